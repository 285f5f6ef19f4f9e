"""The trail: who did what when. Read, filtered and taken along; never written from here."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from malmo_intl import access, exports
from malmo_intl.formats import number
from reports.trail import TrailFilter, TrailTable, with_subjects

ROWS_PER_PAGE = 50


@require_safe
def trail(request):
    chosen = TrailFilter(request.GET, request.user)
    if not chosen.form.is_valid():
        return render(request, "reports/trail/trail.html", {"filter": chosen})
    events = with_subjects(chosen.qs)
    if request.GET.get("format") == "csv":
        return exports.download("csv", "handelser", TrailTable(events))
    page = Paginator(events, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    table = TrailTable(events)
    table.paginate(page=page.number, per_page=ROWS_PER_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "csv"
    count = page.paginator.count
    context = {
        "filter": chosen,
        "table": table,
        "subject": chosen.subject_words,
        "found": f"{number(count)} {'händelse' if count == 1 else 'händelser'}",
        "empty": not count,
        "everything": access.sees_all(request.user),
        "download": f"?{query.urlencode()}",
    }
    return render(request, "reports/trail/trail.html", context)
