"""One administration's report of one year."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from malmo_intl import access
from malmo_intl.fields import RichTextField, StemsField
from malmo_intl.models import Administration, NaturalManager, NaturalModel, Precision
from reports.models.states import Stateful
from reports.models.year import Question, ReportingYear


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own administrations', all for stadskontoret, and what is published for everyone."""
        if access.sees_all(user):
            return self
        return self.filter(
            Q(year__status=ReportingYear.Status.PUBLISHED)
            | Q(administration__in=access.own_administrations(user))
        )


class Verb(StrEnum):
    """What is done with a submission on its way from one hand to the next, as the trail says it."""

    ASKED = "bad om godkännande"
    DECLINED = "skickade tillbaka"
    SIGNED = "godkände för inlämning"
    REOPENED = "tog tillbaka för ändring"
    SUBMITTED = "lämnade in"
    WITHDREW = "tog tillbaka"
    RETURNED = "begärde komplettering"
    OPENED_REVIEW = "började granska"
    APPROVED = "godkände"
    REOPENED_APPROVED = "öppnade igen"


HOW_TO_OPEN = {
    ReportingYear.Status.PLANNED: "Öppna året först.",
    ReportingYear.Status.CLOSED: "Öppna året igen först.",
    ReportingYear.Status.PUBLISHED: "Börja rätta året först.",
}


class Submission(Stateful, NaturalModel):
    """An administration's report (redovisning) of a year. Its row says that it is expected."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Ej påbörjad"
        DRAFT = "draft", "Utkast"
        READY = "ready", "Klar för granskning"
        SUBMITTED = "submitted", "Inlämnad"
        RETURNED = "returned", "Åter för komplettering"
        APPROVED = "approved", "Godkänd"
        NOT_RECEIVED = "not_received", "Ej inkommen"

    MOVES = {
        Status.NOT_STARTED: {Status.DRAFT, Status.NOT_RECEIVED},
        Status.DRAFT: {Status.READY, Status.NOT_RECEIVED},
        Status.READY: {Status.DRAFT, Status.SUBMITTED, Status.NOT_RECEIVED},
        Status.SUBMITTED: {Status.DRAFT, Status.RETURNED, Status.APPROVED},
        Status.RETURNED: {Status.DRAFT, Status.READY, Status.NOT_RECEIVED},
        Status.APPROVED: {Status.RETURNED},
        # Back to where it was, when the year is opened again.
        Status.NOT_RECEIVED: {Status.NOT_STARTED, Status.DRAFT, Status.READY, Status.RETURNED},
    }
    EDITABLE = {Status.NOT_STARTED, Status.DRAFT, Status.RETURNED}
    # In a year that is being corrected: only what stadskontoret has returned, and goes on from there.
    EDITABLE_IN_CORRECTION = {Status.DRAFT, Status.RETURNED}
    BEGINS = {Status.NOT_STARTED, Status.RETURNED, Status.NOT_RECEIVED}
    RECEIVED = {Status.SUBMITTED, Status.APPROVED}

    year = models.ForeignKey(
        ReportingYear, models.PROTECT, related_name="submissions", verbose_name="redovisningsår"
    )
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="submissions", verbose_name="förvaltning"
    )
    status = models.CharField("läge", max_length=12, choices=Status, default=Status.NOT_STARTED)
    board_on = models.DateField("nämnden sammanträder", null=True, blank=True)
    decided_on = models.DateField("nämndens beslut", null=True, blank=True)
    decision_paragraph = models.CharField("paragraf", max_length=12, blank=True)
    review_opened_at = models.DateTimeField("granskning öppnad", null=True, editable=False)
    sign_off_asked_at = models.DateTimeField("bad om godkännande", null=True, editable=False)
    history = HistoricalRecords()

    natural_fields = ("year__year", "administration__code")
    objects = NaturalManager.from_queryset(SubmissionQuerySet)()

    class Meta:
        verbose_name = "redovisning"
        verbose_name_plural = "redovisningar"
        ordering = ["-year", "administration"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "administration"],
                name="submission_once",
                violation_error_message="Förvaltningen har redan en redovisning för året.",
            )
        ]

    def __str__(self):
        return f"{self.administration.code} {self.year}"

    def get_absolute_url(self):
        return reverse("submission", args=[self.year.year, self.administration.slug])

    def earlier(self):
        """The administration's latest submission before this one's year that came in, or None."""
        return (
            type(self)
            .objects.filter(
                administration=self.administration,
                year__year__lt=self.year.year,
                status__in=self.RECEIVED,
            )
            .select_related("year", "administration")
            .order_by("-year__year")
            .first()
        )

    @property
    def is_editable(self):
        if self.year.status == ReportingYear.Status.CORRECTING:
            return self.status in self.EDITABLE_IN_CORRECTION
        return self.status in self.EDITABLE and self.year.status == ReportingYear.Status.OPEN

    @property
    def is_signed(self):
        """Signed off by the responsible manager, and not handed in yet."""
        return self.status == self.Status.READY

    def start(self, by):
        """Begin, or go on with what came back. What is signed off or handed in is taken back instead."""
        is_new = self.status != self.Status.RETURNED
        if is_new and self.year.status == ReportingYear.Status.CORRECTING:
            raise ValidationError(
                "Året rättas. Bara det som stadskontoret har skickat åter kan ändras."
            )
        if self.status not in self.BEGINS:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        if self.year.status not in ReportingYear.WRITABLE:
            raise ValidationError(f"Redovisningsåret {self.year} är inte öppet.")
        self._move(self.Status.DRAFT, by, "påbörjade")

    def ask_sign_off(self, by, at):
        """Ask the responsible manager to sign the draft off. Once: while it waits, nobody asks again."""
        if not (self.is_editable and self.can_become(self.Status.READY)):
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        waits = {"status": self.status, "sign_off_asked_at": None}
        self._note(by, Verb.ASKED, waits, sign_off_asked_at=at)

    def decline(self, by, comment):
        """The manager's answer that something is to be mended first."""
        if not comment.strip():
            raise ValidationError("Skriv vad som ska ändras.")
        if self.sign_off_asked_at is None:
            raise ValidationError("Ingen väntar på ett godkännande av redovisningen.")
        asked = {"status": self.status, "sign_off_asked_at": self.sign_off_asked_at}
        self._note(by, Verb.DECLINED, asked, comment, sign_off_asked_at=None)

    def sign_off(self, by, comment=""):
        """The responsible manager's word that the draft is ready. `comment`: what was signed."""
        self._move(self.Status.READY, by, Verb.SIGNED, comment, sign_off_asked_at=None)

    def reopen_draft(self, by):
        """Take back what is signed off but not handed in, to change it."""
        if self.status != self.Status.READY:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        self._move(self.Status.DRAFT, by, Verb.REOPENED, sign_off_asked_at=None)

    def submit(self, by, comment=""):
        """Hand in to stadskontoret. `comment`: what was handed in."""
        self._move(self.Status.SUBMITTED, by, Verb.SUBMITTED, comment)

    def withdraw(self, by):
        """Take an unanswered hand-in back, until the review has been opened."""
        if self.status != self.Status.SUBMITTED:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        if self.review_opened_at:
            raise ValidationError("Granskningen har börjat. Be stadskontoret om att få den åter.")
        unopened = {"status": self.status, "review_opened_at": None}
        with transaction.atomic():
            self._hold_writable_year()
            self._note(
                by, Verb.WITHDREW, unopened, status=self.Status.DRAFT, sign_off_asked_at=None
            )

    def open_review(self, by, at):
        """Begin the review. From now on the administration cannot take the hand-in back."""
        if self.status != self.Status.SUBMITTED:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        unopened = {"status": self.status, "review_opened_at": None}
        self._note(by, Verb.OPENED_REVIEW, unopened, review_opened_at=at)

    def send_back(self, by, comment):
        """Return to the administration; the comment says what to mend."""
        if not comment.strip():
            raise ValidationError("Skriv vad som ska rättas.")
        self._return(self.Status.SUBMITTED, by, Verb.RETURNED, comment)

    def approve(self, by):
        self._move(self.Status.APPROVED, by, Verb.APPROVED)

    def reopen(self, by, reason):
        """Return what was approved; the reason says why."""
        if not reason.strip():
            raise ValidationError("Skriv varför redovisningen öppnas igen.")
        self._return(self.Status.APPROVED, by, Verb.REOPENED_APPROVED, reason)

    def _return(self, status, by, verb, comment):
        """Only in a year when the administration can write: else nobody could mend it."""
        if self.status != status:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        with transaction.atomic():
            self._hold_writable_year()
            self._move(
                self.Status.RETURNED, by, verb, comment,
                review_opened_at=None, sign_off_asked_at=None,
            )  # fmt: skip

    def _held_year(self) -> ReportingYear:
        """Held until the transaction ends: a year is not closed or published half-way through a deed."""
        return ReportingYear.objects.select_for_update(no_key=True).get(pk=self.year_id)

    def _hold_writable_year(self):
        year = self._held_year()
        if year.status not in ReportingYear.WRITABLE:
            raise ValidationError(
                f"Året {year} är {year.get_status_display().lower()}, så förvaltningen kan inte ändra. "
                + HOW_TO_OPEN[year.status]
            )

    def decide(self, by, on, paragraph=""):
        """Record the board's decision: its day and its §. Nothing happens if it is known."""
        if self.status not in self.RECEIVED:
            raise ValidationError("Beslutet skrivs in när redovisningen är inlämnad.")
        seen = {"decided_on": self.decided_on, "decision_paragraph": self.decision_paragraph}
        if seen == {"decided_on": on, "decision_paragraph": paragraph}:
            return
        said = f"{on:%Y-%m-%d}{f', § {paragraph}' if paragraph else ''}"
        with transaction.atomic():
            if self._held_year().is_published:
                raise ValidationError("Året är publicerat. Beslutet kan ändras när året rättas.")
            self._note(
                by, "skrev in nämndens beslut", seen, said,
                decided_on=on, decision_paragraph=paragraph,
            )  # fmt: skip

    def mark_not_received(self, by):
        """The year closes without it (counting rule 10)."""
        self._move(self.Status.NOT_RECEIVED, by, "stängde utan redovisning från")

    def take_up_again(self, by):
        """The year is open again: the report is where it was before it was "Ej inkommen"."""
        missing = self.Status.NOT_RECEIVED
        before = self.history.exclude(status=missing).order_by("-history_date", "-history_id")
        last = before.first()
        status = last.status if last and last.status in self.MOVES[missing] else None
        self._move(status or self.Status.NOT_STARTED, by, "öppnade året igen för")


class Answer(NaturalModel):
    """The administration's answer to a question. A row without text is an empty answer."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = RichTextField("svar", blank=True)
    nothing_to_report = models.BooleanField("inget att rapportera", default=False)
    reason = models.CharField("skäl", max_length=300, blank=True)
    signed_by = models.CharField("intygat av", max_length=120, blank=True)
    search = StemsField(source="text")
    history = HistoricalRecords(excluded_fields=["search"])

    natural_fields = (
        "submission__year__year",
        "submission__administration__code",
        "question__number",
    )

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        ordering = ["submission", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "question"],
                name="answer_once",
                violation_error_message="Frågan har redan ett svar.",
            ),
            models.CheckConstraint(
                condition=Q(nothing_to_report=False) | ~Q(signed_by=""),
                name="answer_nothing_is_signed",
                violation_error_message="Ange vem som intygar att det inte finns något att rapportera.",
            ),
        ]

    def __str__(self):
        return f"{self.submission}: {self.question.number}"

    def clean(self):
        if self.question_id and self.submission_id and self.question.year != self.submission.year:
            raise ValidationError({"question": "Frågan hör till ett annat år."})


class Sector(models.TextChoices):
    """Where an outside party belongs, in the order of the form."""

    PUBLIC = "public", "Offentlig"
    PRIVATE = "private", "Privat"
    RESEARCH = "research", "Universitet/forskning"
    NON_PROFIT = "non_profit", "Ideell sektor"


class PartnerCount(NaturalModel):
    """How many outside parties (samverkansparter) of a sector the administration worked with."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="partner_counts")
    sector = models.CharField("sektor", max_length=10, choices=Sector)
    count = models.PositiveIntegerField("antal")
    history = HistoricalRecords()

    natural_fields = ("submission__year__year", "submission__administration__code", "sector")

    class Meta:
        verbose_name = "samverkansparter"
        verbose_name_plural = "samverkansparter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "sector"],
                name="partner_count_once",
                violation_error_message="Sektorn finns redan.",
            )
        ]

    def __str__(self):
        return f"{self.get_sector_display()}: {self.count}"


class Activity(NaturalModel):
    """A study visit, fair, conference or the like. The day is known as day, month or year."""

    class Kind(models.TextChoices):
        VISIT_IN = "visit_in", "inkommande studiebesök"
        VISIT_OUT = "visit_out", "utgående studiebesök"
        FAIR = "fair", "jobbmässa"
        CONFERENCE = "conference", "konferens"
        OTHER = "other", "annat"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="activities")
    position = models.PositiveSmallIntegerField("ordning", default=0)
    kind = models.CharField("slag", max_length=10, choices=Kind)
    title = models.CharField("vad", max_length=200)
    happened_on = models.DateField("när", null=True, blank=True)
    precision = models.CharField(
        "noggrannhet", max_length=5, choices=Precision, default=Precision.DAY
    )
    place = models.CharField("plats", max_length=120, blank=True)
    partner = models.CharField("med vem", max_length=300, blank=True)
    people = models.PositiveIntegerField("antal personer", null=True, blank=True)
    people_qualifier = models.CharField("antalets noggrannhet", max_length=20, blank=True)
    note = models.CharField("anmärkning", max_length=300, blank=True)
    history = HistoricalRecords()

    natural_fields = (
        "submission__year__year",
        "submission__administration__code",
        "position",
    )

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="activity_position_unique",
                violation_error_message="Två aktiviteter har samma plats i ordningen.",
            )
        ]

    def __str__(self):
        return self.title
