"""From what a person asks for to a document: collect, roll up, compose."""

from django.db.models import Exists, OuterRef, Prefetch

from funding.models import Grant
from malmo_intl.models import Administration
from projects.models import Project
from reports.collect import collect, collect_memo, project_fact
from reports.compose import administration as administration_memo
from reports.compose import city, consolidated
from reports.compose import project as project_memo
from reports.document import Document
from reports.facts import MemoFact
from reports.models import Memo, ReportingYear, Submission
from reports.models.publication import DocumentKind
from reports.rollup import roll_up


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


def without_memo(submissions):
    """Those of `submissions` whose document can be seen though nobody has written in its memo yet:
    they have been begun, in a year under way."""
    memos = Memo.objects.filter(
        year=OuterRef("year"), administration=OuterRef("administration"), project=None
    )
    under_way = (ReportingYear.Status.OPEN, ReportingYear.Status.CLOSED)
    return submissions.filter(~Exists(memos), year__status__in=under_way).exclude(
        status__in=(Submission.Status.NOT_STARTED, Submission.Status.NOT_RECEIVED)
    )


def administration_document(year: ReportingYear, administration: Administration) -> Document:
    own = {"year": year, "administration": administration}
    if without_memo(Submission.objects.filter(**own)).exists():
        memo = MemoFact(title=f"Redovisning av internationellt arbete {year}")
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
    return project_memo.compose(
        collect_memo(memo),
        _project(project),
        memo.administration.name,
        year.year,
        code=memo.administration.code,
        earlier=(_project(project.continues),) if project.continues else (),
    )


def build(kind: str, year: int, administration: str = "", project: str = "") -> Document:
    """The document that the words ask for. `administration` is a code, `project` a slug.

    Raises NoSuchDocument with a sentence that says what is wrong and what there is.
    """
    found = ReportingYear.objects.filter(year=year).select_related("goal_set").first()
    if found is None:
        years = ", ".join(str(item) for item in ReportingYear.objects.order_by("year"))
        raise NoSuchDocument(f"Redovisningsåret {year} finns inte. Välj bland: {years or 'inget'}.")
    if kind == DocumentKind.CITY:
        return city_memo(found)
    if kind == DocumentKind.CONSOLIDATED:
        return consolidated_report(found)
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


def _project(project):
    row = (
        Project.objects.select_related("external_owner")
        .prefetch_related(Prefetch("grants", Grant.objects.select_related("fund")), "measures")
        .get(pk=project.pk)
    )
    owner = row.participations.filter(role="owner").select_related("administration").first()
    return project_fact(row, owner.administration.name if owner else "")
