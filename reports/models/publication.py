"""What has been decided and printed, in this system or before it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from malmo_intl import access
from malmo_intl.formats import Amount
from malmo_intl.models import Administration, NaturalModel, User
from projects.models import Goal, Project
from reports.models.year import ReportingYear


class DocumentKind(models.TextChoices):
    """The documents of a year. The values are what people type and see in addresses."""

    ADMINISTRATION = "forvaltning", "Förvaltningens tjänsteskrivelse"
    CITY = "stad", "Stadens tjänsteskrivelse"
    CONSOLIDATED = "samlad", "Samlad redovisning"
    OVERVIEW = "siffror", "Årets siffror"
    PROJECT = "projekt", "Projektets tjänsteskrivelse"


# The order in which people look for them: the city's before the administrations' and the projects'.
ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            DocumentKind.CONSOLIDATED,
            DocumentKind.CITY,
            DocumentKind.OVERVIEW,
            DocumentKind.ADMINISTRATION,
            DocumentKind.PROJECT,
        )
    )
}


def title_of(kind, year, administration=None, project=None) -> str:
    """What people call the document. Without administration it is the whole city's."""
    if kind == DocumentKind.CONSOLIDATED:
        return f"Samlad redovisning {year}"
    if kind == DocumentKind.OVERVIEW:
        return f"Årets siffror {year}"
    if project:
        return f"Tjänsteskrivelse om {project} {year}"
    return f"{administration.genitive if administration else 'Stadens'} tjänsteskrivelse {year}"


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone who may log in reads what is published, also while the year is being corrected."""
        if access.sees_all(user):
            return self
        return self.filter(year__status__in=ReportingYear.HAS_PUBLICATIONS)

    def light(self):
        """For lists: without the documents' data, and with all that their titles and addresses need."""
        return self.select_related("year", "administration", "project").defer(
            "data", "search", "sources"
        )


class Publication(models.Model):
    """A document frozen: its data and its files. Never changed; a correction is a new version."""

    kind = models.CharField("dokument", max_length=12, choices=DocumentKind)
    year = models.ForeignKey(ReportingYear, models.PROTECT, related_name="publications")
    administration = models.ForeignKey(
        Administration, models.PROTECT, null=True, blank=True, related_name="publications"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="publications"
    )
    version = models.PositiveSmallIntegerField("version", default=1)
    reason = models.TextField("skäl till ny version", blank=True)
    data = models.JSONField("dokumentets data")
    # What it was made from: the versions of the administrations' reports, and who decided on them when.
    sources = models.JSONField("underlag", default=list)
    search = models.TextField(editable=False, default="")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    published_at = models.DateTimeField("publicerad", default=timezone.now)
    # Setting it to null would change the row, which the database refuses (`reports.permanence`).
    published_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name="av")
    published_by_name = models.CharField("namn då", max_length=120)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""),
                name="publication_new_version_has_reason",
                violation_error_message="Skriv varför det behövs en ny version.",
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "version"],
                condition=Q(administration=None, project=None),
                name="publication_version_of_the_city",
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "administration", "version"],
                condition=Q(project=None),
                name="publication_version_of_the_administration",
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "administration", "project", "version"],
                name="publication_version_of_the_project",
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self):
        return reverse("published", kwargs=self.address)

    @property
    def title(self):
        return title_of(self.kind, self.year, self.administration, self.project)

    @property
    def is_the_citys(self) -> bool:
        return self.administration_id is None

    @property
    def about(self) -> tuple:
        """What the versions of a document share."""
        return (self.kind, self.administration_id, self.project_id)

    @property
    def address(self) -> dict:
        """What its lasting URL is made of."""
        address = {"year": self.year.year, "kind": self.kind, "version": self.version}
        if self.administration:
            address["administration"] = self.administration.slug
        if self.project:
            address["project"] = self.project.slug
        return address

    @property
    def file_name(self) -> str:
        """malmo-stad-forvaltning-asf-2019-v1, without suffix"""
        about = (part.slug for part in (self.administration, self.project) if part)
        return "-".join(("malmo-stad", self.kind, *about, str(self.year), f"v{self.version}"))

    def file_url(self, suffix) -> str:
        return reverse("published_file", kwargs={**self.address, "suffix": suffix})


class Publishing(models.Model):
    """An attempt to publish a year: asked for, under way, done or failed.

    Nothing is published before all files are made; then everything is, in one transaction. A year has at most
    one attempt under way. One whose `beat_at` is old has lost its worker, and the next may take its place.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Väntar"
        RUNNING = "running", "Pågår"
        DONE = "done", "Klar"
        FAILED = "failed", "Misslyckades"

    UNDER_WAY = (Status.WAITING, Status.RUNNING)

    year = models.ForeignKey(ReportingYear, models.CASCADE, related_name="publishings")
    status = models.CharField("läge", max_length=7, choices=Status, default=Status.WAITING)
    reason = models.TextField("skäl till ny version", blank=True)
    done = models.PositiveSmallIntegerField("klara filer", default=0)
    total = models.PositiveSmallIntegerField("filer i allt", default=0)
    message = models.TextField("meddelande", blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när", default=timezone.now)
    # Who works on it: a new one each time it is taken up, so that a worker that was given up cannot finish.
    worker = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField("senaste livstecken", default=timezone.now)
    ended_at = models.DateTimeField("slut", null=True)

    class Meta:
        verbose_name = "publiceringsförsök"
        verbose_name_plural = "publiceringsförsök"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(status__in=["waiting", "running"]),
                name="publishing_one_at_a_time",
                violation_error_message="Publiceringen pågår redan.",
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.get_status_display()}"


class PublicationFile(models.Model):
    """One file of a publication, byte for byte."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    format = models.CharField("format", max_length=4)
    template = models.CharField("mall", max_length=64, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField("kontrollsumma", max_length=64)
    engine = models.CharField("framställd med", max_length=120)

    class Meta:
        verbose_name = "publicerad fil"
        verbose_name_plural = "publicerade filer"
        constraints = [
            models.UniqueConstraint(fields=["publication", "format"], name="publication_file_once")
        ]

    def __str__(self):
        return f"{self.publication} ({self.format})"


class PublishedFigure(NaturalModel):
    """A figure printed in a decided report, with its exactness and its source (counting rule 9).

    Kronor or a count. `goal` and `administration` say what part of the whole it is; both empty, the
    whole city.
    """

    class Name(models.TextChoices):
        EU_PROJECTS = "eu_projects", "EU-projekt (medverkan)"
        UNIQUE_PROJECTS = "unique_projects", "Unika EU-projekt"
        OWNED = "owned", "EU-projekt som projektägare"
        PARTNERED = "partnered", "EU-projekt som projektpart"
        PAID = "paid", "Utbetalda EU-medel"
        PROJECT_VALUE = "project_value", "Projektens samlade värde"
        PARTNERS = "partners", "Externa samverkansparter"
        VISITORS = "visitors", "Internationella besökare"
        SMALLEST_BUDGET = "smallest_budget", "Minsta projektbudget"
        LARGEST_BUDGET = "largest_budget", "Största projektbudget"

    year = models.PositiveSmallIntegerField("år")
    name = models.CharField("siffra", max_length=16, choices=Name)
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_figures",
        verbose_name="förvaltning",
    )
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="published_figures",
        verbose_name="KF-mål",
    )
    value = models.DecimalField("värde", max_digits=14, decimal_places=2)
    qualifier = models.CharField("noggrannhet", max_length=20, blank=True)
    step = models.PositiveIntegerField("avrundat till närmaste", default=1)
    source = models.CharField("källa", max_length=200)
    note = models.TextField("anmärkning", blank=True)
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="figures",
        help_text="Tomt: publicerad före det här systemet.",
    )
    history = HistoricalRecords()

    natural_fields = (
        "year",
        "name",
        "administration__code",
        "goal__goal_set__name",
        "goal__number",
    )

    class Meta:
        verbose_name = "publicerad siffra"
        verbose_name_plural = "publicerade siffror"
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"],
                condition=Q(administration=None, goal=None),
                name="published_figure_of_the_city",
                violation_error_message="Siffran finns redan för året.",
            ),
            models.UniqueConstraint(
                fields=["year", "name", "administration"],
                condition=Q(goal=None),
                name="published_figure_of_the_administration",
                violation_error_message="Siffran finns redan för förvaltningen och året.",
            ),
            models.UniqueConstraint(
                fields=["year", "name", "goal"],
                condition=Q(administration=None),
                name="published_figure_of_the_goal",
                violation_error_message="Siffran finns redan för målet och året.",
            ),
        ]

    def __str__(self):
        return f"{self.get_name_display()} {self.year}"

    @property
    def amount(self):
        # The column has two decimals; 4711.00 and 4711 would be two documents.
        whole = self.value.to_integral_value()
        value = whole if whole == self.value else self.value
        return Amount(value, self.qualifier, self.step)
