"""What it brings: funds, what they grant and what they have paid out."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from malmo_intl import access, formats
from malmo_intl.fields import SearchField
from malmo_intl.models import NaturalManager, NaturalModel
from projects.models import Participation, Project

SHARE = {
    "max_digits": 5,
    "decimal_places": 2,
    "null": True,
    "blank": True,
    "validators": [MinValueValidator(0), MaxValueValidator(100)],
}
MONEY = {"max_digits": 14, "decimal_places": 2, "null": True, "blank": True}


class FundQuerySet(models.QuerySet):
    def named(self, text: str):
        text = formats.normalise(text)
        return self.filter(
            Q(search__contains=text)
            | Q(pk__in=FundAlias.objects.filter(search__contains=text).values("fund"))
        )


class Fund(NaturalModel):
    """A fund, programme or other payer. The EU's share and our own are two different things."""

    code = models.CharField("kortnamn", max_length=20, unique=True)
    name = models.CharField("fond eller program", max_length=160, unique=True)
    search = SearchField(source="name")
    is_eu = models.BooleanField("EU-medel", default=True)
    first_year = models.PositiveSmallIntegerField("programperiodens början", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("programperiodens slut", null=True, blank=True)
    eu_share = models.DecimalField("EU:s andel i procent, högst", **SHARE)
    own_share = models.DecimalField("egen andel i procent, minst", **SHARE)
    note = models.TextField("anmärkning", blank=True)
    history = HistoricalRecords()

    natural_fields = ("code",)
    objects = NaturalManager.from_queryset(FundQuerySet)()

    class Meta:
        verbose_name = "fond eller program"
        verbose_name_plural = "fonder och program"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None)
                | Q(first_year=None)
                | Q(last_year__gte=models.F("first_year")),
                name="fund_ends_after_start",
                violation_error_message="Programperioden kan inte sluta innan den börjar.",
            )
        ]

    def __str__(self):
        return self.name


class FundAlias(NaturalModel):
    """Another way that the fund is written."""

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="aliases")
    name = models.CharField("annat namn", max_length=160)
    search = SearchField(source="name")

    natural_fields = ("fund__code", "name")

    class Meta:
        verbose_name = "annat namn på fond"
        verbose_name_plural = "andra namn på fonden"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "name"],
                name="fund_alias_unique",
                violation_error_message="Fonden har redan det namnet.",
            )
        ]

    def __str__(self):
        return self.name


class Grant(NaturalModel):
    """A fund's money for a project: applied for or granted.

    Budget, granted and paid are three measures, never added or compared (counting rule 5). Kronor;
    with the amount in euro and the rate used where it was granted in euro.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", "sökt"
        GRANTED = "granted", "beviljat"

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="grants", verbose_name="projekt"
    )
    fund = models.ForeignKey(
        Fund, models.PROTECT, related_name="grants", verbose_name="fond eller program"
    )
    status = models.CharField("läge", max_length=7, choices=Status, default=Status.GRANTED)
    budget_sek = models.DecimalField("total budget, kronor", **MONEY)
    amount_sek = models.DecimalField("sökt eller beviljat belopp, kronor", **MONEY)
    amount_eur = models.DecimalField("belopp i euro", **MONEY)
    rate = models.DecimalField(
        "kurs, kronor per euro", max_digits=8, decimal_places=4, null=True, blank=True
    )
    qualifier = models.CharField(
        "noggrannhet", max_length=20, blank=True, help_text="Till exempel ca. Tomt: exakt."
    )
    step = models.PositiveIntegerField("avrundat till närmaste", default=1)
    comment = models.TextField("kommentar", blank=True)
    history = HistoricalRecords()

    natural_fields = ("project__slug", "fund__code")

    class Meta:
        verbose_name = "finansiering"
        verbose_name_plural = "finansiering"
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "fund"],
                name="grant_once",
                violation_error_message="Projektet har redan finansiering från den fonden.",
            ),
            models.CheckConstraint(
                condition=Q(amount_eur=None) | Q(rate__gt=0),
                name="grant_euro_has_rate",
                violation_error_message="Ange den kurs som beloppet i euro räknas om med.",
            ),
            models.CheckConstraint(
                condition=Q(budget_sek=None) | Q(budget_sek__gte=0),
                name="grant_budget_not_negative",
                violation_error_message="Budgeten kan inte vara negativ.",
            ),
            models.CheckConstraint(
                condition=Q(amount_sek=None) | Q(amount_sek__gte=0),
                name="grant_amount_not_negative",
                violation_error_message="Beloppet kan inte vara negativt.",
            ),
        ]

    def __str__(self):
        return f"{self.project}: {self.fund.code}"

    @property
    def amount(self) -> "formats.Amount | None":
        return as_known(self.amount_sek, self.qualifier, self.step)

    @property
    def budget(self) -> "formats.Amount | None":
        return as_known(self.budget_sek, self.qualifier, self.step)


def as_known(kronor: Decimal | None, qualifier: str, step: int) -> "formats.Amount | None":
    """A grant's money, as exact as it is known."""
    return None if kronor is None else formats.Amount(kronor, qualifier, step)


class PayoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is published is for all; drafts for the own administration and stadskontoret."""
        if access.sees_all(user):
            return self
        return self.filter(
            Q(published=True)
            | Q(participation__administration__in=access.own_administrations(user))
        )


class Payout(NaturalModel):
    """What an administration was paid for a project in a year. Kronor.

    A row with 0 says that nothing was paid; no row says nothing at all (counting rule 4). `pending`
    says that the money has not come yet. A repayment is negative and says why.
    """

    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="payouts", verbose_name="medverkan"
    )
    year = models.PositiveSmallIntegerField("år")
    fund = models.ForeignKey(
        Fund,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payouts",
        verbose_name="fond eller program",
        help_text="Behövs bara när projektet har flera.",
    )
    amount = models.DecimalField("utbetalt, kronor", **MONEY)
    pending = models.BooleanField("inte utbetalt än", default=False)
    comment = models.TextField("kommentar", blank=True)
    published = models.BooleanField("publicerad", default=False, editable=False)
    history = HistoricalRecords()

    natural_fields = (
        "participation__project__slug",
        "participation__administration__code",
        "year",
    )
    objects = NaturalManager.from_queryset(PayoutQuerySet)()

    class Meta:
        verbose_name = "utbetalning"
        verbose_name_plural = "utbetalningar"
        ordering = ["-year", "participation"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "year"],
                name="payout_once_a_year",
                violation_error_message="Det finns redan en utbetalning för projektet det året.",
            ),
            models.CheckConstraint(
                condition=Q(pending=True, amount=None) | Q(pending=False, amount__isnull=False),
                name="payout_amount_or_pending",
                violation_error_message="Ange ett belopp eller att inget är utbetalt än.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0) | ~Q(comment=""),
                name="payout_repayment_has_comment",
                violation_error_message="Skriv en kommentar till en återbetalning.",
            ),
        ]

    def __str__(self):
        return f"{self.participation} {self.year}"
