"""The tables of what lasts from year to year: years, administrations, projects, grants."""

from funding.models import Grant
from malmo_intl.models import Administration
from projects.models import Goal, GoalAllocation
from reports.dataout.table import Column, Table

YEAR = Column("ar", "heltal", "Redovisningsåret.")
UNIT = Column("forvaltning", "text", "Förvaltningens kortnamn, se tabellen forvaltningar.")
PROJECT = Column("projekt", "text", "Projektets adress i registret, se tabellen projekt.")
QUALIFIER = Column(
    "noggrannhet", "text", "ca, över, drygt, nästan, minst eller upp till. Tomt: exakt.", rule=7
)
STEP = Column("avrundat_till", "heltal", "Till närmaste så många. 1: inte avrundat.", rule=7)


def _years(scope):
    for row in scope.years().select_related("goal_set"):
        yield (
            row.year,
            row.get_status_display(),
            row.goal_set.name,
            row.opens_on,
            row.last_day,
            row.council_on,
        )


def _administrations(scope):
    for row in Administration.objects.select_related("continued_by").order_by("code"):
        yield (
            row.code,
            row.name,
            row.board_name,
            row.starts_on,
            row.ends_on,
            row.continued_by.code if row.continued_by else None,
        )


def _goals(scope):
    for row in Goal.objects.select_related("goal_set").order_by("goal_set__first_year", "number"):
        yield (
            row.goal_set.name,
            row.goal_set.first_year,
            row.goal_set.last_year,
            row.number,
            row.name,
        )


def _projects(scope):
    rows = scope.projects().select_related("external_owner", "continues").order_by("slug")
    for row in rows:
        yield (
            row.slug,
            row.name,
            row.get_kind_display(),
            row.aim,
            row.diary_number,
            row.link,
            row.starts_on,
            row.get_starts_precision_display() if row.starts_on else None,
            row.ends_on,
            row.get_ends_precision_display() if row.ends_on else None,
            row.ends_planned,
            row.external_owner.name if row.external_owner else None,
            row.continues.slug if row.continues else None,
            row.source_note,
        )


def _participations(scope):
    rows = scope.participations().select_related("project", "administration")
    for row in rows.order_by("project__slug", "administration__code"):
        yield (
            row.project.slug,
            row.project.name,
            row.administration.code,
            row.get_role_display(),
            row.starts_on,
            row.ends_on,
            row.source_note,
        )


def _grants(scope):
    rows = Grant.objects.filter(project__in=scope.projects().values("pk"))
    for row in rows.select_related("project", "fund").order_by("project__slug", "fund__code"):
        yield (
            row.project.slug,
            row.fund.code,
            row.fund.name,
            row.fund.is_eu,
            row.get_status_display(),
            row.budget_sek,
            row.amount_sek,
            row.amount_eur,
            row.rate,
            row.qualifier,
            row.step,
            row.comment,
        )


def _shares(scope):
    rows = GoalAllocation.objects.filter(participation__in=scope.participations().values("pk"))
    if scope.user is None:
        rows = rows.filter(goal__goal_set__in=scope.years().values("goal_set"))
    rows = rows.select_related(
        "participation__project", "participation__administration", "goal__goal_set"
    )
    for row in rows.order_by(
        "participation__project__slug",
        "participation__administration__code",
        "goal__goal_set__first_year",
        "goal__number",
    ):
        yield (
            row.participation.project.slug,
            row.participation.administration.code,
            row.goal.goal_set.name,
            row.goal.number,
            row.goal.name,
            row.share,
        )


NOTE = Column("kallanmarkning", "text", "Val som gjorts när källor säger olika.", is_open=False)
COMMENT = Column("kommentar", "text", "Det som står vid beloppet.", is_open=False)

TABLES = (
    Table(
        "ar",
        "Redovisningsår",
        "De år som redovisas, med läge, målperiod och dagar.",
        (
            YEAR,
            Column("lage", "text", "Planerad, Öppen, Stängd, Publicerad eller Rättas."),
            Column("malperiod", "text", "Kommunfullmäktiges mål det året."),
            Column("oppnar", "datum", "Dagen då förvaltningarna kan börja."),
            Column("sista_dag", "datum", "Sista dag att lämna in."),
            Column("kf_beslutar", "datum", "Dagen då kommunfullmäktige beslutar."),
        ),
        _years,
        "Reporting years",
    ),
    Table(
        "forvaltningar",
        "Förvaltningar",
        "Förvaltningar och nämnder, de dagar de finns, och vad de fortsätter i.",
        (
            Column("kortnamn", "text", "Förvaltningens kortnamn."),
            Column("namn", "text", "Förvaltningens namn."),
            Column("namnd", "text", "Nämndens namn."),
            Column("finns_fran", "datum", "Första dagen. 2013-01-01: inte känd, tidigast så."),
            Column("finns_till", "datum", "Sista dagen. Tomt: finns."),
            Column("fortsatter_i", "text", "Kortnamnet på den som tog över."),
        ),
        _administrations,
        "Administrations",
        keywords=("förvaltning", "nämnd"),
    ),
    Table(
        "mal",
        "Kommunfullmäktiges mål",
        "Målen i varje målperiod. Ett mål är aldrig bara sitt nummer.",
        (
            Column("malperiod", "text", "Målperiodens namn."),
            Column("forsta_ar", "heltal", "Periodens första år."),
            Column("sista_ar", "heltal", "Periodens sista år. Tomt: gäller."),
            Column("nummer", "heltal", "Målets nummer i perioden."),
            Column("mal", "text", "Målets namn."),
        ),
        _goals,
        "The council's goals",
        keywords=("mål",),
    ),
    Table(
        "projekt",
        "Internationella projekt",
        "Projekt som staden äger eller är part i.",
        (
            PROJECT,
            Column("namn", "text", "Projektets namn."),
            Column("slag", "text", "projekt, ansökan, process eller plattform, investering."),
            Column("syfte", "text", "Projektets syfte."),
            Column("diarienummer", "text", "I stadens diarium."),
            Column("webbplats", "text", "Projektets egen webbplats."),
            Column("startar", "datum", "Första dagen, i den noggrannhet som anges."),
            Column("start_noggrannhet", "text", "dag, månad eller år. Resten är utfyllt med 01."),
            Column("slutar", "datum", "Sista dagen, i den noggrannhet som anges."),
            Column("slut_noggrannhet", "text", "dag, månad eller år. Resten är utfyllt med 01."),
            Column("slut_planerat", "ja/nej", "Om slutet är planerat och inte har skett."),
            Column(
                "extern_agare", "text", "Organisationen som äger projektet. Tomt: en förvaltning."
            ),
            Column("fortsatter", "text", "Adressen till projektet som det fortsätter."),
            NOTE,
        ),
        _projects,
        "International projects",
        keywords=("projekt", "EU-projekt"),
    ),
    Table(
        "medverkan",
        "Förvaltningars medverkan i projekt",
        "En rad per förvaltning och projekt. Flera rader kan gälla samma projekt.",
        (
            PROJECT,
            Column("projektnamn", "text", "Projektets namn.", rule=1),
            UNIT,
            Column("roll", "text", "projektägare eller projektpart.", rule=1),
            Column("deltar_fran", "datum", "Tomt: hela projekttiden.", rule=3),
            Column("deltar_till", "datum", "Tomt: hela projekttiden.", rule=3),
            NOTE,
        ),
        _participations,
        "Participations in projects",
        keywords=("projekt", "EU-projekt"),
    ),
    Table(
        "finansiering",
        "Projektens finansiering",
        "Vad fonder och program har beviljat, eller vad som har sökts. Läggs aldrig ihop med utbetalt.",
        (
            PROJECT,
            Column("fond", "text", "Fondens kortnamn."),
            Column("fondnamn", "text", "Fondens eller programmets namn."),
            Column("eu_medel", "ja/nej", "Om det är pengar från EU.", rule=2),
            Column("lage", "text", "sökt eller beviljat.", rule=2),
            Column("budget", "decimaltal", "Projektets hela budget.", "kronor", 5),
            Column("belopp", "decimaltal", "Sökt eller beviljat.", "kronor", 5),
            Column("belopp_euro", "decimaltal", "Där det beviljades i euro.", "euro", 5),
            Column("kurs", "decimaltal", "Kursen som euro räknades om med.", "kronor per euro"),
            QUALIFIER,
            STEP,
            COMMENT,
        ),
        _grants,
        "Project funding",
        "ECON",
        ("EU-medel", "finansiering"),
    ),
    Table(
        "malandelar",
        "Medverkan fördelad på mål",
        "Hur stor del av en förvaltnings medverkan som hör till ett mål.",
        (
            PROJECT,
            UNIT,
            Column("malperiod", "text", "Målperiodens namn."),
            Column("nummer", "heltal", "Målets nummer i perioden."),
            Column("mal", "text", "Målets namn."),
            Column("andel", "decimaltal", "Högst 100 tillsammans.", "procent", 6),
        ),
        _shares,
        "Participations by goal",
        keywords=("mål",),
    ),
)
