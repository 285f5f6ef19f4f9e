"""The years: all of them, and one."""

from dataclasses import replace

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports.collect import collect
from reports.collect_past import collect_past
from reports.documents import UNDER_WAY
from reports.facts import PublishedFact
from reports.models import PublishedFigure, ReportingYear, Submission
from reports.rollup import roll_up
from reports.views import parts
from reports.views.shelf import shelf
from reports.views.year_workbook import workbook_of

LISTED = ("eu_projects", "paid")


@require_safe
def years(request):
    found = (
        ReportingYear.objects.select_related("goal_set")
        .annotate(
            expected=Count("submissions"),
            received=Count("submissions", filter=Q(submissions__status__in=Submission.RECEIVED)),
        )
        .order_by("-year")  # the order of the model is lost where rows are grouped
    )
    visible = [year for year in found if year.figures_visible_to(request.user)]
    known = dict(figures_of(visible))
    rows = [(year, year in visible, known.get(year.year, {})) for year in found]
    context = {"rows": rows, "leads": access.may_review(request.user)}
    return render(request, "reports/years.html", context)


def figures_of(years):
    """(year, its listed figures by name). The queries are the same however many the years are."""
    if not years:
        return
    published = tuple(
        PublishedFact(
            row.year,
            row.name,
            row.amount,
            note=row.note,
            in_system=row.publication_id is not None,
        )
        for row in PublishedFigure.objects.filter(administration=None, goal=None)
    )
    # The participations and payouts of every year are among the facts of any year.
    facts = replace(collect(years[0]), published=published)
    for year in years:
        its = replace(facts, year=year.year)
        if year.status in UNDER_WAY:
            its = parts.with_drafts(its)
        yield year.year, {figure.name: figure for figure in parts.large(roll_up(its), LISTED)}


@require_safe
def year(request, year):
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    submissions = parts.submissions_of(request.user, year=found)
    context = {
        "year": found,
        "leads": access.may_review(request.user),
        "breadcrumbs": [("Redovisningsår", reverse("years"))],
        "submissions": submissions,
        "documents": [
            *shelf(request.user, year=found.year),
            *workbook_of(request.user, found),
        ],
    }
    if found.figures_visible_to(request.user):
        context |= parts.whole_city(parts.city_rollup(found), collect_past())
        context |= {
            "received": parts.handed_in(submissions),
            "whole_city": True,
            "under_way": found.status in UNDER_WAY,
        }
    else:
        context["own"] = own_figures(request.user, found, submissions)
    return render(request, "reports/year.html", context)


def own_figures(user, year, submissions):
    """(submission, figures) for each of the administrations that the user belongs to."""
    mine = [
        item for item in submissions if item.administration_id in access.own_administrations(user)
    ]
    if not mine:
        return []
    facts = parts.with_drafts(collect(year))
    return [
        (item, parts.large(roll_up(facts, item.administration.code), parts.OWN_FIGURES))
        for item in mine
    ]
