"""From what a person asks for to a document: collect, roll up, compose."""

from dataclasses import replace

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch

from funding.models import Grant
from malmo_intl.models import Administration
from projects.models import Participation, Project
from reports.collect import collect, collect_memo
from reports.collect_parts import project_fact
from reports.collect_past import collect_past
from reports.compose import administration as administration_memo
from reports.compose import city, consolidated, overview
from reports.compose import project as project_memo
from reports.compose import year_workbook as workbook
from reports.document import Document
from reports.facts import Facts, MemoFact, ProjectFact
from reports.models import Memo, PublishedFigure, ReportingYear, Submission
from reports.models.publication import DocumentKind
from reports.rollup import roll_up

UNDER_WAY = {
    ReportingYear.Status.OPEN,
    ReportingYear.Status.CLOSED,
    ReportingYear.Status.CORRECTING,
}


NO_FIGURES = "För {} finns inga siffror i systemet än."


class NoSuchDocument(LookupError):
    """What was asked for cannot be made; the message is a plain Swedish sentence."""


def city_memo(year: ReportingYear) -> Document:
    memo = _memo(
        Memo.objects.filter(year=year, administration=None),
        f"Staden har ingen tjänsteskrivelse för {year}.",
    )
    return city.compose(roll_up(collect(year)), collect_memo(memo))


def consolidated_report(year: ReportingYear) -> Document:
    if not year.submissions.exists():
        raise NoSuchDocument(
            f"För {year} finns inga redovisningar från förvaltningarna i systemet, bara publicerade siffror."
        )
    return consolidated.compose(roll_up(collect(year)))


def with_figures(years):
    """Those of `years` (a queryset) whose figures make a document: reports from the administrations, or
    figures that were printed before this system."""
    printed = PublishedFigure.objects.filter(year=OuterRef("year"))
    reports = Submission.objects.filter(year=OuterRef("pk"))
    return years.filter(Exists(reports) | Exists(printed))


def overview_of_the_year(year: ReportingYear) -> Document:
    if not with_figures(ReportingYear.objects.filter(pk=year.pk)).exists():
        raise NoSuchDocument(NO_FIGURES.format(year))
    return overview.compose(roll_up(as_it_stands(year)), collect_past())


def year_workbook(year: ReportingYear) -> Document:
    """All tables and rows of the year. It is drawn as a workbook and is never published."""
    if not with_figures(ReportingYear.objects.filter(pk=year.pk)).exists():
        raise NoSuchDocument(NO_FIGURES.format(year))
    return replace(workbook.compose(roll_up(as_it_stands(year)), collect_past()), site=site())


def as_it_stands(year: ReportingYear) -> Facts:
    """The year's facts. While it is under way its rows count though nobody has handed in."""
    facts = collect(year)
    if year.status not in UNDER_WAY:
        return facts
    return replace(facts, reported_years=facts.reported_years | {facts.year})


def without_memo(submissions):
    """Those of `submissions` whose document can be seen though nobody has written in its memo yet:
    they have been begun, in a year under way."""
    memos = Memo.objects.filter(
        year=OuterRef("year"), administration=OuterRef("administration"), project=None
    )
    status = ReportingYear.Status
    under_way = (status.OPEN, status.CLOSED, status.CORRECTING)
    return submissions.filter(~Exists(memos), year__status__in=under_way).exclude(
        status__in=(Submission.Status.NOT_STARTED, Submission.Status.NOT_RECEIVED)
    )


def unwritten_memo(year: ReportingYear) -> MemoFact:
    return MemoFact(title=f"Redovisning av internationellt arbete {year}")


def administration_document(year: ReportingYear, administration: Administration) -> Document:
    own = {"year": year, "administration": administration}
    if without_memo(Submission.objects.filter(**own)).exists():
        memo = unwritten_memo(year)
    else:
        sentence = f"{administration} har ingen tjänsteskrivelse för {year}."
        memo = collect_memo(_memo(Memo.objects.filter(project=None, **own), sentence))
    facts = collect(year, drafts_of=administration)
    return administration_memo.compose(
        roll_up(facts, administration.code), memo, administration.code
    )


def project_document(
    year: ReportingYear, project: Project, administration: Administration | None = None
) -> Document:
    """The memo about a project; `administration` says whose, where several have written one."""
    memos = Memo.objects.filter(year=year, project=project)
    if administration:
        memos = memos.filter(administration=administration)
    writers = sorted(memos.values_list("administration__code", flat=True))
    if len(writers) > 1:
        raise NoSuchDocument(
            f"Flera förvaltningar har skrivit om projektet {project} {year}: {', '.join(writers)}. "
            "Välj en av dem med --administration."
        )
    memo = _memo(memos, f"Projektet {project} har ingen tjänsteskrivelse för {year}.")
    return memo_about(memo, project, project_facts((project.pk, project.continues_id)))


def memo_about(memo: Memo, project: Project, facts: dict[int, ProjectFact]) -> Document:
    """The memo about `project`; `facts` holds its shared facts and those of what it continues."""
    return project_memo.compose(
        collect_memo(memo),
        facts[project.pk],
        memo.administration.name,
        memo.year.year,
        code=memo.administration.code,
        earlier=(facts[project.continues_id],) if project.continues_id else (),
    )


def build(kind: str, year: int, administration: str = "", project: str = "") -> Document:
    """The document that the words ask for. `administration` is a code, `project` a slug.

    Raises NoSuchDocument with a sentence that says what is wrong and what there is.
    """
    return replace(_build(kind, year, administration, project), site=site())


def site() -> str:
    """Where the links in files lead; "" when nobody has said (SITE_URL)."""
    return settings.SITE_URL.rstrip("/")


def _build(kind: str, year: int, administration: str, project: str) -> Document:
    found = ReportingYear.objects.filter(year=year).select_related("goal_set").first()
    if found is None:
        years = ", ".join(str(item) for item in ReportingYear.objects.order_by("year"))
        raise NoSuchDocument(f"Redovisningsåret {year} finns inte. Välj bland: {years or 'inget'}.")
    if kind == DocumentKind.CITY:
        return city_memo(found)
    if kind == DocumentKind.CONSOLIDATED:
        return consolidated_report(found)
    if kind == DocumentKind.OVERVIEW:
        return overview_of_the_year(found)
    if kind == DocumentKind.ADMINISTRATION:
        return administration_document(found, _administration(administration))
    if kind == DocumentKind.PROJECT:
        writer = _administration(administration) if administration else None
        return project_document(found, _project_named(project), writer)
    raise NoSuchDocument(
        f"Dokumentet {kind} finns inte. Välj bland: {', '.join(DocumentKind.values)}."
    )


def _administration(code):
    if not code:
        raise NoSuchDocument("Ange förvaltningens kortnamn med --administration, till exempel ASF.")
    found = Administration.objects.filter(code__iexact=code).first()
    if found is None:
        codes = ", ".join(Administration.objects.order_by("code").values_list("code", flat=True))
        raise NoSuchDocument(f"Förvaltningen {code} finns inte. Välj bland: {codes}.")
    return found


def _project_named(slug):
    if not slug:
        raise NoSuchDocument("Ange projektets adress med --project, till exempel malmokraften-2-0.")
    found = Project.objects.filter(slug=slug).select_related("continues").first()
    if found is None:
        raise NoSuchDocument(f"Projektet {slug} finns inte. Adressen står på projektets sida.")
    return found


def _memo(memos, sentence):
    memo = (
        memos.select_related("administration")
        .prefetch_related("lines", "schedule", "sections")
        .first()
    )
    if memo is None:
        raise NoSuchDocument(sentence)
    return memo


def project_facts(projects) -> dict[int, ProjectFact]:
    """The shared facts of the projects with these row numbers. Five queries."""
    owners = Participation.objects.filter(role=Participation.Role.OWNER)
    rows = Project.objects.select_related("external_owner").prefetch_related(
        Prefetch("grants", Grant.objects.select_related("fund")),
        "measures",
        Prefetch("participations", owners.select_related("administration"), to_attr="owned_by"),
    )
    return {
        row.pk: project_fact(row, row.owned_by[0].administration.name if row.owned_by else "")
        for row in rows.filter(pk__in=projects)
    }
