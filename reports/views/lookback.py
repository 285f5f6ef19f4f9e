"""Looking back: figures over the years, and an administration's answers to one question through them."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from malmo_intl import access
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from reports.figures import FIGURES
from reports.lookback import questions
from reports.lookback.gather import gather
from reports.lookback.series import (
    OF_AN_ADMINISTRATION,
    OF_THE_CITY,
    Point,
    Series,
    series,
    side_by_side,
)
from reports.models import Submission
from reports.rules import RULES

CRUMB = "Tillbakablick"


class LookBackForm(forms.Form):
    """Which figure, and of whom. Nothing chosen: the city's participations in EU projects."""

    siffra = forms.ChoiceField(label="Siffra", required=False)
    forvaltning = forms.ChoiceField(label="Gäller", required=False)

    def __init__(self, data, administrations):
        super().__init__(data, label_suffix="")
        names = [(name, Series(name, ()).label) for name in OF_THE_CITY]
        units = [(unit.code, unit.name) for unit in administrations]
        self.fields["siffra"].choices = names
        self.fields["forvaltning"].choices = [("", "Hela staden"), *units]


@dataclass(frozen=True)
class Drawn:
    """A point with its words, and its length in per cent of the longest."""

    point: Point
    text: str
    other: str
    percent: Decimal | None


@require_safe
def look_back(request):
    past = gather(request.user)
    data = request.GET.copy()
    data.setdefault("siffra", "eu_projects")
    form = LookBackForm(data, past.administrations)
    if not form.is_valid():
        return render(request, "reports/lookback/look_back.html", {"filter": {"form": form}})
    name, code = form.cleaned_data["siffra"], form.cleaned_data["forvaltning"]
    breaks = past.breaks(code)
    chosen = series(name, past.years, breaks, code)
    names = OF_AN_ADMINISTRATION if code else OF_THE_CITY
    rows = [series(item, past.years, breaks, code) for item in names]
    unit = next((item for item in past.administrations if item.code == code), None)
    context = {
        "filter": {"form": form},
        "administration": unit,
        "series": chosen,
        "drawn": drawn(chosen),
        "of_the_city_only": bool(code) and name not in names,
        "rule": RULES[FIGURES[name].rule],
        "missing_rule": RULES[4],
        "published_rule": RULES[9],
        "side": side_by_side(rows, past.goal_sets),
        "breaks": [item for item in breaks.items() if _within(item[0], chosen)],
        "lineages": _lineages(request.user, unit) if unit else (),
        "office": access.may_review(request.user),
    }
    return render(request, "reports/lookback/look_back.html", context)


def _within(year, chosen: Series) -> bool:
    return bool(chosen.points) and chosen.points[0].year < year <= chosen.points[-1].year


def drawn(chosen: Series) -> list[Drawn]:
    """Oldest first. What is missing has no length, and zero has the shortest."""
    longest = max((abs(point.value.value) for point in chosen.known), default=0) or 1
    return [
        Drawn(
            point,
            chosen.text(point.value),
            chosen.text(point.other) if point.other is not None else "",
            None if point.value is None else _percent(point.value.value, longest),
        )
        for point in chosen.points
    ]


def _percent(value, longest) -> Decimal:
    return (Decimal(max(value, 0)) * 100 / longest).quantize(Decimal("0.1"))


def _lineages(user, unit) -> list:
    """(the newest wording, its address, in how many years it was answered) of the questions the unit got."""
    asked = set(
        Submission.objects.visible_to(user)
        .filter(administration=unit)
        .values_list("year", flat=True)
    )
    found = []
    for lineage in questions.lineages():
        years = [item for item in lineage if item.year_id in asked]
        if years:
            address = reverse("look_back_question", args=[unit.slug, years[0].pk])
            found.append((years[0], address, [item.year.year for item in reversed(years)]))
    return found


@require_safe
def look_back_question(request, administration, question):
    """What an administration has answered to a question and to those it continues, newest first."""
    unit = get_object_or_404(Administration, slug=administration)
    lineage = questions.lineage_of(question)
    found = questions.replies(request.user, unit, lineage)
    if not found:
        raise Http404("Det finns inga svar på frågan.")
    others = {
        item.administration
        for item in Submission.objects.visible_to(request.user)
        .filter(year__in=[item.year_id for item in lineage])
        .select_related("administration")
    }
    context = {
        "administration": unit,
        "question": found[0].question,
        "replies": found,
        "others": [
            (item, reverse("look_back_question", args=[item.slug, question]))
            for item in sorted(others, key=lambda item: sort_key(item.name))
            if item != unit
        ],
        "breadcrumbs": [
            (CRUMB, reverse("look_back")),
            (unit.name, f"{reverse('look_back')}?forvaltning={unit.code}"),
        ],
    }
    return render(request, "reports/lookback/question.html", context)
