"""One figure of a year: what it means, how it is counted, and the rows behind it."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from malmo_intl import access, exports, formats
from malmo_intl.models import Administration
from reports import addresses, tables
from reports.behind import Answer, behind
from reports.document import Figure
from reports.figure_form import CutForm
from reports.figure_table import FigureTable
from reports.figures import FIGURES, plain
from reports.frozen import frozen
from reports.models import ReportingYear
from reports.rules import RULES
from reports.views import parts


@require_safe
def figure(request, year, name):
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    asked = addresses.FIGURES.get(name, name)
    if asked not in FIGURES:
        raise Http404("Siffran finns inte.")
    form, rollup, sees_rows = _chosen(request, found, asked)
    if not sees_rows:
        return _only_frozen(request, found, asked, form)
    answer = behind(rollup, asked, form.cut)
    table = _table(rollup, asked, answer)
    RequestConfig(request, paginate=False).configure(table)
    if (kind := request.GET.get("format")) in exports.CONTENT_TYPES:
        return exports.download(kind, f"{addresses.NAMES[asked]}-{year}", table, sums=("value",))
    versions = _versions(request.user, found, asked, form.cut)
    context = _about(found, asked) | {
        "told": list(_told(answer, FIGURES[asked].unit, found, bool(versions))),
        "remarks": list(remarks(answer, FIGURES[asked].unit)),
        "chosen": form.words,
        "versions": versions,
        "large": _large(rollup, asked, answer),
        "filter": {"form": form} if form.fields else None,
        "table": table if answer.rows else None,
        "downloads": [("Excel", _file(request, "xlsx")), ("CSV", _file(request, "csv"))],
    }
    return render(request, "reports/figure.html", context)


def _only_frozen(request, year, name, form):
    """A year that is being corrected, for who may not see to what: the figure as documents were published with it."""
    versions = _versions(request.user, year, name, form.cut)
    if not versions:
        raise Http404("Siffran är inte publicerad.")
    context = _about(year, name) | {"chosen": form.words, "versions": versions}
    return render(request, "reports/figure_frozen.html", context)


def _about(year, name) -> dict:
    """What the page says in words."""
    definition = FIGURES[name]
    return {
        "year": year,
        "breadcrumbs": [("Redovisningsår", reverse("years")), (year, year.get_absolute_url())],
        "heading": f"{definition.heading} {year}",
        "definition": definition,
        "rule": (definition.rule, RULES[definition.rule]),
        "also": [(number, RULES[number]) for number in definition.also],
    }


def _chosen(request, year, name):
    """The cut that is asked for, the city's roll-up, and whether the reader may see the rows. 404 for what the
    reader may not see."""
    whole = year.figures_visible_to(request.user)
    rollup = parts.city_rollup(year)
    codes = {item.code for item in rollup.facts.administrations}
    own = Administration.objects.filter(pk__in=access.own_administrations(request.user))
    own = codes & set(own.values_list("code", flat=True))
    sees_rows = whole or request.GET.get("forvaltning") in own
    if not sees_rows and year.status not in ReportingYear.HAS_PUBLICATIONS:
        raise Http404("Siffran är inte publicerad.")
    only_own = sees_rows and not whole
    form = CutForm(request.GET, rollup, name, own if only_own else codes, must_choose=only_own)
    if not form.is_valid() or (only_own and not form.cut.administration):
        raise Http404("Siffran finns inte.")
    return form, rollup, sees_rows


def _table(rollup, name, answer) -> FigureTable:
    names = {item.code: item.name for item in rollup.facts.administrations}
    table = FigureTable(name, answer, names, FIGURES[name].unit)
    table.caption = "Publicerat per förvaltning" if answer.printed else "Raderna bakom siffran"
    return table


def _large(rollup, name, answer) -> tables.LargeFigure:
    definition = FIGURES[name]
    shown = Figure(
        name,
        definition.heading,
        plain(answer.figure.shown, definition.unit),
        definition.unit,
        definition.noun,
        plain(answer.before, definition.unit),
        rollup.year - 1 if answer.before is not None else None,
    )
    return tables.figure(shown, rollup.year)


def _versions(user, year, name, cut) -> list[dict]:
    """What was frozen when documents were published, oldest first; `url` leads to the document."""
    unit = FIGURES[name].unit
    show = formats.kronor if unit == "kr" else formats.amount
    return [
        {
            "title": item.publication.title,
            "url": item.publication.get_absolute_url(),
            "version": item.publication.version,
            "day": timezone.localdate(item.publication.published_at),
            "value": show(item.value),
            "reason": item.publication.reason,
        }
        for item in frozen(user, year, addresses.of_figure(year.year, name, cut), cut, unit)
    ]


def _told(answer, unit, year, is_frozen):
    """Published, today and why they differ (counting rule 9), and last year's. What is `is_frozen` in documents
    only is told by them."""
    show = formats.kronor if unit == "kr" else formats.amount
    published = answer.figure.published
    if published is not None or not is_frozen:
        yield "Publicerad siffra", show(published) if published is not None else _unprinted(year)
    yield "Räknat på raderna i dag", show(answer.figure.today)
    if answer.figure.reason:
        yield "Skäl och anmärkning", answer.figure.reason
    yield f"Året före, {year.year - 1}", show(answer.before)


def _unprinted(year) -> str:
    has_documents = year.status in ReportingYear.HAS_PUBLICATIONS
    return "Står inte för sig i det som är publicerat" if has_documents else "Inte publicerad än"


def remarks(answer: Answer, unit: str):
    """What the rows do not hold, in words."""
    show = formats.kronor if unit == "kr" else formats.amount
    shown = answer.figure.shown
    if shown is not None and not answer.rows:
        yield "Siffran är publicerad. Det finns inga rader bakom den i systemet."
    elif answer.rest.value > 0:
        yield f"{show(answer.rest)} av {show(shown)} har ingen rad i systemet."
    elif answer.rest.value < 0:
        more = replace(answer.rest, value=-answer.rest.value)
        yield f"Raderna ger {show(more)} mer än siffran, som är {show(shown)}."
    if answer.missing:
        yield (
            f"För {formats.count_word(answer.missing, neuter=False)} av raderna saknas uppgift. De är inte "
            "med i summan, och är inte noll."
        )


def _file(request, kind) -> str:
    query = request.GET.copy()
    query["format"] = kind
    return f"?{query.urlencode()}"
