"""The memo (tjänsteskrivelse) on which a board decides."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from malmo_intl import access
from malmo_intl.fields import RichTextField, StemsField
from malmo_intl.models import Administration, NaturalManager, NaturalModel
from projects.models import Project
from reports.models.submission import Submission
from reports.models.year import ReportingYear


class MemoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own administrations', all for stadskontoret, and those of a published year for everyone,
        but for a draft whose administration never handed its report in."""
        if access.sees_all(user):
            return self
        handed_in = Submission.objects.filter(
            year=OuterRef("year"),
            administration=OuterRef("administration"),
            status__in=Submission.RECEIVED,
        )
        return self.filter(
            Q(year__status=ReportingYear.Status.PUBLISHED)
            & (Q(administration=None) | Exists(handed_in))
            | Q(administration__in=access.own_administrations(user))
        )


class Memo(NaturalModel):
    """Head and texts of a memo: an administration's year, the city's year, or one project."""

    year = models.ForeignKey(
        ReportingYear, models.PROTECT, related_name="memos", verbose_name="redovisningsår"
    )
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memos",
        verbose_name="förvaltning",
        help_text="Tomt: hela staden.",
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memos",
        verbose_name="projekt",
        help_text="Tomt: årets redovisning.",
    )
    title = models.CharField("ärendemening", max_length=200)
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    dated = models.DateField("datum", null=True, blank=True)
    reference_name = models.CharField("handläggare", max_length=120, blank=True)
    reference_title = models.CharField("handläggarens titel", max_length=120, blank=True)
    reference_email = models.EmailField("handläggarens e-post", blank=True)
    reference_phone = models.CharField("handläggarens telefon", max_length=40, blank=True)
    summary = RichTextField("sammanfattning", blank=True)
    decision_lead = models.CharField("inledning till beslutet", max_length=300, blank=True)
    search = StemsField(source="title summary")
    history = HistoricalRecords(excluded_fields=["search"])

    natural_fields = ("year__year", "administration__code", "project__slug")
    objects = NaturalManager.from_queryset(MemoQuerySet)()

    class Meta:
        verbose_name = "tjänsteskrivelse"
        verbose_name_plural = "tjänsteskrivelser"
        ordering = ["-year", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project=None) | Q(administration__isnull=False),
                name="memo_project_has_administration",
                violation_error_message="Ange vilken förvaltning som skriver om projektet.",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(administration=None),
                name="memo_one_for_the_city",
                violation_error_message="Året har redan en tjänsteskrivelse för staden.",
            ),
            models.UniqueConstraint(
                fields=["year", "administration"],
                condition=Q(project=None),
                name="memo_one_for_the_administration",
                violation_error_message="Förvaltningen har redan en tjänsteskrivelse för året.",
            ),
            models.UniqueConstraint(
                fields=["year", "administration", "project"],
                name="memo_one_for_the_project",
                violation_error_message="Projektet har redan en tjänsteskrivelse för året.",
            ),
        ]

    def __str__(self):
        return self.title


class MemoLine(NaturalModel):
    """A line of one of the memo's lists."""

    class List(models.TextChoices):
        DECISION = "decision", "Förslag till beslut"
        BASIS = "basis", "Beslutsunderlag"
        RECIPIENT = "recipient", "Beslutet skickas till"
        SIGNATORY = "signatory", "Ansvariga"

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="lines")
    list = models.CharField("lista", max_length=9, choices=List)
    position = models.PositiveSmallIntegerField("ordning")
    text = models.CharField("text", max_length=500)
    detail = models.CharField("titel", max_length=120, blank=True)

    natural_fields = (
        "memo__year__year",
        "memo__administration__code",
        "memo__project__slug",
        "list",
        "position",
    )

    class Meta:
        verbose_name = "rad"
        verbose_name_plural = "rader"
        ordering = ["memo", "list", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "list", "position"],
                name="memo_line_position_unique",
                violation_error_message="Två rader har samma plats i listan.",
            )
        ]

    def __str__(self):
        return self.text


class ScheduleStep(NaturalModel):
    """A body that treats the matter, and the day (beslutsplanering)."""

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="schedule")
    body = models.CharField("instans", max_length=160)
    day = models.DateField("datum")

    natural_fields = (
        "memo__year__year",
        "memo__administration__code",
        "memo__project__slug",
        "body",
    )

    class Meta:
        verbose_name = "steg i beslutsplaneringen"
        verbose_name_plural = "beslutsplanering"
        ordering = ["memo", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "body"],
                name="schedule_body_once",
                violation_error_message="Instansen finns redan i beslutsplaneringen.",
            )
        ]

    def __str__(self):
        return f"{self.body} {self.day:%Y-%m-%d}"


class MemoSection(NaturalModel):
    """A text under its own heading. Its key says where in the document it stands."""

    class Key(models.TextChoices):
        CASE = "case", "Ärendet"
        WORK = "work", "Det internationella arbetet"
        FINANCING = "financing", "Finansiering"
        EXAMPLES = "examples", "Exempel från förvaltningarna"
        BACKGROUND = "background", "Bakgrund"
        AIM = "aim", "Syfte"
        BUDGET = "budget", "Budget"
        COST = "cost", "Förvaltningens kostnad"
        ECONOMY = "economy", "Ekonomiska konsekvenser"
        EQUALITY = "equality", "Jämställdhetsperspektivet"
        CHILDREN = "children", "Barnrättsperspektivet"
        CONSIDERATIONS = "considerations", "Förvaltningens överväganden"
        ASSESSMENT = "assessment", "Stadskontorets bedömning"

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="sections")
    key = models.CharField("avsnitt", max_length=14, choices=Key)
    text = RichTextField("text", blank=True)
    search = StemsField(source="text")
    history = HistoricalRecords(excluded_fields=["search"])

    natural_fields = (
        "memo__year__year",
        "memo__administration__code",
        "memo__project__slug",
        "key",
    )

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "key"],
                name="memo_section_once",
                violation_error_message="Avsnittet finns redan.",
            )
        ]

    def __str__(self):
        return self.get_key_display()
