"""What the editor asks for: the figures that may stand in a text, and what its typed numbers say."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from malmo_intl import marks, richtext
from reports import live_faults, prose, typed_numbers
from reports.collect import project_aliases
from reports.shown import Shown
from reports.views.city_texts import city_desk
from reports.views.own import Desk, own_submission


@never_cache
@require_safe
def live_figures(request, year, administration, data=False):
    desk = Desk(own_submission(request.user, year, administration))
    return _data(desk) if data else _page(request, desk)


@never_cache
@require_safe
def city_live_figures(request, year, data=False):
    desk = city_desk(request.user, year)
    return _data(desk) if data else _page(request, desk)


@require_POST
def readings(request, year, administration):
    return _readings(request, Desk(own_submission(request.user, year, administration)))


@require_POST
def city_readings(request, year):
    return _readings(request, city_desk(request.user, year))


def _live(desk):
    return Shown().live(desk.submission.year.year, desk.submission.administration)


def _offered(desk):
    """(figure, ways to write it), in the order of the list."""
    return [(item, prose.choices(item, name)) for name, item in _live(desk).items()]


def _page(request, desk):
    """For who writes without JavaScript: the marks to type."""
    context = {
        "figures": _offered(desk),
        "year": desk.submission.year,
        "breadcrumbs": desk.trail(""),
    }
    return render(request, "reports/entry/live_figures.html", context)


def _data(desk):
    return JsonResponse(
        {
            "figures": [
                {
                    "label": item.label,
                    "rule": item.rule,
                    "ways": [vars(choice) for choice in choices],
                }
                for item, choices in _offered(desk)
            ]
        }
    )


def _readings(request, desk):
    """What each number in `text` says beside the figures, and what each live figure says, or why it is none. Nothing
    is stored."""
    if not desk.submission.is_editable:
        raise PermissionDenied
    try:
        text = prose.recognise(marks.read(request.POST.get("text", "")))
    except richtext.TooComplex as error:
        return JsonResponse({"sentence": str(error)}, status=422)
    live = _live(desk)
    told = typed_numbers.told(prose.fill(text, live, keep_unknown=True), live, project_aliases())
    return JsonResponse(
        told | {"figures": prose.said(text, live), "gone": live_faults.faults(text, live)}
    )
