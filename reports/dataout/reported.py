"""The tables of what is reported for a year: payouts, partners, activities, networks, answers, figures."""

from reports.dataout.registers import COMMENT, PROJECT, QUALIFIER, STEP, UNIT, YEAR
from reports.dataout.table import Column, Table
from reports.facts import AnswerFact, SubmissionFact
from reports.models import Activity, Answer, PartnerCount, Question, ReportingYear, Submission
from reports.rules import answer_state

ORDER = ("submission__year__year", "submission__administration__code")
NOT_YET = "Ännu inte inlämnad"


def _payouts(scope):
    rows = scope.payouts().select_related(
        "participation__project", "participation__administration", "fund"
    )
    for row in rows.order_by(
        "year", "participation__project__slug", "participation__administration__code"
    ):
        yield (
            row.year,
            row.participation.project.slug,
            row.participation.administration.code,
            row.fund.code if row.fund else None,
            row.amount,
            row.pending,
            row.comment,
        )


def _of(scope, model):
    rows = model.objects.filter(submission__in=scope.told().values("pk"))
    return rows.select_related("submission__year", "submission__administration")


def _partners(scope):
    for row in _of(scope, PartnerCount).order_by(*ORDER, "pk"):
        unit = row.submission.administration.code
        yield row.submission.year.year, unit, row.get_sector_display(), row.count


def _activities(scope):
    for row in _of(scope, Activity).order_by(*ORDER, "position"):
        yield (
            row.submission.year.year,
            row.submission.administration.code,
            row.position,
            row.get_kind_display(),
            row.title,
            row.happened_on,
            row.get_precision_display() if row.happened_on else None,
            row.place,
            row.partner,
            row.people,
            row.people_qualifier,
            row.note,
        )


def _networks(scope):
    rows = scope.memberships().select_related("network", "administration")
    for row in rows.order_by("year", "administration__code", "network__name"):
        yield row.year, row.administration.code, row.network.name, row.network.kind, row.role


def _answers(scope):
    submissions = (
        scope.submissions()
        .select_related("year", "administration")
        .order_by("year__year", "administration__code")
    )
    told = set(scope.told().values_list("pk", flat=True))
    answers = {
        (answer.submission_id, answer.question_id): answer
        for answer in Answer.objects.filter(submission__in=scope.told().values("pk"))
    }
    questions: dict[int, list[Question]] = {}
    for question in Question.objects.order_by("year", "number"):
        questions.setdefault(question.year_id, []).append(question)
    for row in submissions:
        for question in questions.get(row.year_id, ()):
            answer = answers.get((row.pk, question.pk)) if row.pk in told else None
            state = _state(row, question, answer)
            yield row.year.year, row.administration.code, question.number, question.text, state


def _state(submission, question, answer) -> str:
    is_open = submission.year.status != ReportingYear.Status.PUBLISHED
    missing = submission.status == Submission.Status.NOT_RECEIVED
    if is_open and not missing and submission.status not in Submission.RECEIVED:
        return NOT_YET
    fact = answer and AnswerFact(
        question.number, answer.text, answer.nothing_to_report, answer.reason
    )
    received = submission.status in Submission.RECEIVED
    return answer_state(SubmissionFact(submission.administration.code, received), fact).value


def _figures(scope):
    rows = scope.figures().select_related("administration", "goal__goal_set")
    for row in rows.order_by(
        "year", "name", "administration__code", "goal__goal_set__first_year", "goal__number"
    ):
        yield (
            row.year,
            row.name,
            row.get_name_display(),
            row.administration.code if row.administration else None,
            row.goal.goal_set.name if row.goal else None,
            row.goal.number if row.goal else None,
            row.value,
            "kronor" if row.name in KRONOR else "antal",
            row.qualifier,
            row.step,
            row.source,
            row.note,
        )


KRONOR = {"paid", "project_value", "smallest_budget", "largest_budget"}

TABLES = (
    Table(
        "utbetalningar",
        "Utbetalda medel",
        "Vad en förvaltning fick utbetalt för ett projekt ett år. 0 är en uppgift; ingen rad är ingen uppgift.",
        (
            YEAR,
            PROJECT,
            UNIT,
            Column("fond", "text", "Fondens kortnamn, där projektet har flera."),
            Column("belopp", "decimaltal", "Utbetalt. Återbetalning är negativ.", "kronor", 4),
            Column("inte_utbetalt_an", "ja/nej", "Pengarna har inte kommit än.", rule=4),
            COMMENT,
        ),
        _payouts,
        "Payouts",
        "ECON",
        ("EU-medel", "utbetalning"),
    ),
    Table(
        "parter",
        "Externa samverkansparter",
        "Hur många parter utanför staden som förvaltningen samverkade med, per sektor.",
        (
            YEAR,
            UNIT,
            Column(
                "sektor", "text", "Offentlig, Privat, Universitet/forskning eller Ideell sektor."
            ),
            Column("antal", "heltal", "0 är en uppgift.", "parter", 4),
        ),
        _partners,
        "External partners",
        keywords=("samverkan",),
    ),
    Table(
        "aktiviteter",
        "Aktiviteter",
        "Studiebesök, mässor, konferenser och annat.",
        (
            YEAR,
            UNIT,
            Column("ordning", "heltal", "Platsen i förvaltningens lista."),
            Column("slag", "text", "Till exempel inkommande studiebesök."),
            Column("vad", "text", "Aktiviteten med förvaltningens ord.", is_open=False),
            Column("nar", "datum", "I den noggrannhet som anges."),
            Column("nar_noggrannhet", "text", "dag, månad eller år. Resten är utfyllt med 01."),
            Column("plats", "text", "Var."),
            Column("med_vem", "text", "Med vilka.", is_open=False),
            Column("antal_personer", "heltal", "Hur många som deltog.", "personer", 7),
            Column("antal_noggrannhet", "text", "ca, över, drygt med flera. Tomt: exakt.", rule=7),
            Column("anmarkning", "text", "Anmärkning.", is_open=False),
        ),
        _activities,
        "Activities",
        keywords=("studiebesök", "konferens"),
    ),
    Table(
        "natverk",
        "Medlemskap i nätverk",
        "Vilken förvaltning som var med i vilket nätverk vilket år.",
        (
            YEAR,
            UNIT,
            Column("natverk", "text", "Nätverkets namn."),
            Column("slag", "text", "Vad det är för nätverk."),
            Column("uppdrag", "text", "Förvaltningens uppdrag.", is_open=False),
        ),
        _networks,
        "Network memberships",
        keywords=("nätverk",),
    ),
    Table(
        "svar",
        "Svarens läge",
        "Om varje fråga är besvarad, förvaltning för förvaltning. Svarens texter är inte med.",
        (
            YEAR,
            UNIT,
            Column("nummer", "heltal", "Frågans nummer det året."),
            Column("fraga", "text", "Frågan."),
            Column(
                "lage",
                "text",
                "Besvarad, Inget att rapportera, Ej inkommen, Tomt svar eller Ännu inte inlämnad.",
                rule=10,
            ),
        ),
        _answers,
        "State of the answers",
    ),
    Table(
        "publicerade-siffror",
        "Publicerade siffror",
        "Siffror som de stod i beslutade redovisningar, också från år före det här systemet.",
        (
            YEAR,
            Column("siffra", "text", "Siffrans namn i systemet.", rule=9),
            Column("benamning", "text", "Siffrans namn i ord."),
            Column("forvaltning", "text", "Kortnamn. Tomt: hela staden."),
            Column("malperiod", "text", "Tomt: alla mål."),
            Column("mal", "heltal", "Målets nummer i perioden. Tomt: alla mål."),
            Column("varde", "decimaltal", "Värdet som det publicerades.", "se enhet", 9),
            Column("enhet", "text", "kronor eller antal."),
            QUALIFIER,
            STEP,
            Column("kalla", "text", "Dokumentet som siffran stod i."),
            Column(
                "anmarkning", "text", "Varför siffran rättats, eller hur den ska läsas.", rule=9
            ),
        ),
        _figures,
        "Published figures",
        "GOVE",
        ("EU-projekt", "EU-medel"),
    ),
)
