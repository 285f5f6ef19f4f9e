"""Årets underlag: the year's tables, diagrams and rows as one workbook."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reports import renderers
from reports.documents import NoSuchDocument, with_figures
from reports.documents import year_workbook as build
from reports.models import ReportingYear
from reports.renderers import FORMATS, RenderError
from reports.views.published import File


@require_safe
@cache_control(private=True, no_store=True)
def year_workbook(request, year):
    """For those who may see the whole city's figures of the year."""
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    if not found.figures_visible_to(request.user):
        raise Http404("Året finns inte.")
    try:
        content = renderers.render(build(found), "xlsx")
    except NoSuchDocument as error:
        raise Http404(str(error)) from error
    except RenderError as error:
        item = {"title": "Årets underlag", "url": found.get_absolute_url()}
        context = {"item": item, "error": error, "format": "Excel"}
        return render(request, "reports/document_error.html", context, status=503)
    name = f"malmo-stad-underlag-{found.year}.xlsx"
    return HttpResponse(
        content,
        content_type=FORMATS["xlsx"].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@dataclass(frozen=True)
class Item:
    """The workbook beside the documents of the year's page. It has no page of its own."""

    files: list[File]
    title: str = "Årets underlag"
    meta: str = "Alla tabeller, diagram och rader i en Excel-bok, ur uppgifterna i dag"
    url: str = ""


def workbook_of(user, year: ReportingYear) -> list[Item]:
    """For the year's page, if `user` may have it and there is anything in it."""
    known = with_figures(ReportingYear.objects.filter(pk=year.pk))
    if not (year.figures_visible_to(user) and known.exists()):
        return []
    address = reverse("year_workbook", args=[year.year])
    return [Item([File(FORMATS["xlsx"].label, address, "xlsx")])]
