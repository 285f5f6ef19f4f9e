"""The project register and the page of one project. Everyone who may log in can read them."""

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from funding.filters import ProjectFilter
from funding.models import Grant, Payout
from funding.tables import PENDING, ProjectTable, Totals, collect
from malmo_intl import access, exports, formats
from projects.models import GoalAllocation, Measure, Participation, Project

ROWS_PER_PAGE = 50


@require_safe
def index(request):
    chosen = ProjectFilter(request.GET, request.user)
    if not chosen.form.is_valid():
        return render(request, "projects/index.html", {"filter": chosen})
    rows, totals = collect(chosen)
    year = chosen.chosen.get("year")
    table = ProjectTable(rows, totals, year)
    table.caption = "Projekt i urvalet" if chosen.chosen else "Alla projekt"
    RequestConfig(request, paginate=False).configure(table)
    if (kind := request.GET.get("format")) in exports.CONTENT_TYPES:
        return exports.download(kind, "projekt", table, sums=("granted", "paid"))
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    table.paginate(page=page.number, per_page=ROWS_PER_PAGE)
    context = {
        "filter": chosen,
        "table": table,
        "empty": not rows,
        "summary": _summary(totals, year),
        "note": _note(chosen.chosen),
        "downloads": [("Excel", _address(request, "xlsx")), ("CSV", _address(request, "csv"))],
    }
    return render(request, "projects/index.html", context)


def _summary(totals: Totals, year) -> str:
    if not totals.projects:
        return "Inga projekt"
    when = f" {year}" if year else ""
    if totals.paid.amount is None:
        paid = f"uppgift om utbetalt{when} saknas"
    else:
        paid = f"{formats.kronor(totals.paid.amount)} utbetalt{when}"
    return f"{totals.projects} projekt, {totals.parts.replace(': ', ' (')}), {paid}"


def _note(chosen) -> str:
    """What the chosen questions do to the sums, in words."""
    notes = []
    if "fund" in chosen:
        notes.append("Beloppen gäller bara den valda fonden.")
    if "administration" in chosen or "role" in chosen:
        notes.append("Utbetalt gäller bara de medverkanden som passar in på valet.")
    if "goal" in chosen:
        notes.append("Utbetalt räknas helt, också när medverkan har flera mål.")
    return " ".join(notes)


def _address(request, kind) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = kind
    return f"?{query.urlencode()}"


@require_safe
def detail(request, slug):
    project = get_object_or_404(
        Project.objects.select_related("external_owner", "continues").prefetch_related(
            "aliases",
            "continued_by",
            Prefetch("grants", Grant.objects.select_related("fund").order_by("pk")),
            Prefetch("measures", Measure.objects.order_by("pk")),
        ),
        slug=slug,
    )
    parts = list(
        project.participations.select_related("administration")
        .prefetch_related(
            Prefetch(
                "allocations",
                GoalAllocation.objects.select_related("goal__goal_set").order_by(
                    "-goal__goal_set__first_year", "goal__number"
                ),
            )
        )
        .order_by("role", "administration__code")
    )
    payouts, paid = _paid(project, request.user)
    context = {
        "crumbs": [("Projekt", reverse("projects:index"))],
        "project": project,
        "owner": _owner(project, parts),
        "parts": parts,
        "eu_funds": formats.join_words(
            grant.fund.name for grant in project.grants.all() if grant.fund.is_eu
        ),
        "payouts": payouts,
        "paid": paid,
        "measures": _measures(project),
        "notes": _notes(project, parts),
        "keeps_registers": access.may_edit_registers(request.user),
        "changes": _changes(project) if access.may_edit_registers(request.user) else (),
    }
    return render(request, "projects/detail.html", context)


def _owner(project, parts) -> str:
    owners = [part.administration for part in parts if part.role == Participation.Role.OWNER]
    return str(owners[0] if owners else project.external_owner or formats.MISSING)


def _paid(project, user):
    """The rows that the user may see, newest first, with what they say; and their sum."""
    rows = (
        Payout.objects.visible_to(user)
        .filter(participation__project=project)
        .select_related("participation__administration", "fund")
        .order_by("-year", "participation__administration__code")
    )
    for row in rows:
        row.text = PENDING if row.amount is None else formats.amount(row.amount)
    known = [formats.round_half_up(row.amount) for row in rows if row.amount is not None]
    return rows, formats.amount(sum(known)) if known else formats.MISSING


def _measures(project):
    """(what, aimed at, reached) in the order they were written."""
    found = {}
    for measure in project.measures.all():
        found.setdefault(measure.what, {})[measure.kind] = _measured(measure)
    kinds = Measure.Kind
    return [(what, said.get(kinds.TARGET), said.get(kinds.RESULT)) for what, said in found.items()]


def _measured(measure) -> str:
    decimals = 0 if measure.value == int(measure.value) else 2
    words = (measure.qualifier, formats.number(measure.value, decimals), measure.unit)
    text = formats.NBSP.join(word for word in words if word)
    return f"{text} ({formats.long_date(measure.as_of)})" if measure.as_of else text


def _notes(project, parts):
    """(about what, note) where somebody had to choose between sources."""
    notes = [("Projektet", project.source_note)]
    notes += [(str(part.administration), part.source_note) for part in parts]
    return [(about, note) for about, note in notes if note]


VERBS = {"+": "lade in", "~": "ändrade", "-": "tog bort"}


def _changes(project, limit=20):
    """Who changed what when in the shared facts, newest first: (when, who, words)."""
    found = []
    for history, about in (
        (Project.history.filter(id=project.pk), "projektet"),
        (Participation.history.filter(project_id=project.pk), "medverkan"),
        (Grant.history.filter(project_id=project.pk), "finansieringen"),
    ):
        records = history.select_related("history_user").order_by(
            "id", "history_date", "history_id"
        )
        for _, versions in groupby(records, key=lambda record: record.id):
            before = None
            for record in versions:
                found.append((record.history_date, *_change(record, before, about)))
                before = record
    return sorted(found, key=lambda change: change[0], reverse=True)[:limit]


def _change(record, before, about):
    who = record.history_user.name if record.history_user else "systemet"
    words = f"{VERBS[record.history_type]} {about}"
    if before and record.history_type == "~":
        names = [
            str(record.instance_type._meta.get_field(name).verbose_name)
            for name in record.diff_against(before).changed_fields
            if name != "search"
        ]
        words = f"{words}: {formats.join_words(names)}" if names else f"sparade {about}"
    return who, words
