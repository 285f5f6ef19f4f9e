"""Who we are: people, administrations, roles; and the trail of who did what.

Every floor speaks of these, so they live on the ground floor.
"""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from malmo_intl.formats import genitive, in_sentence


class NaturalManager(models.Manager):
    """Finds a row by the model's `natural_fields`, so that fixtures need no numbers of their own."""

    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class NaturalModel(models.Model):
    """A model that fixtures name by what people know it by, not by its row number."""

    natural_fields: tuple[str, ...]
    objects = NaturalManager()

    class Meta:
        abstract = True

    def natural_key(self):
        values = []
        for path in self.natural_fields:
            value = self
            for step in path.split("__"):
                value = getattr(value, step) if value is not None else None
            values.append(value)
        return tuple(values)


class PeriodQuerySet(models.QuerySet):
    """For models with `starts_on` and an optional `ends_on`, both days included."""

    def during(self, year: int):
        return self.filter(Q(ends_on=None) | Q(ends_on__year__gte=year), starts_on__year__lte=year)

    def on(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Precision(models.TextChoices):
    """How well a date is known. The missing parts are stored as the first month and day."""

    DAY = "day", "dag"
    MONTH = "month", "månad"
    YEAR = "year", "år"


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may log in. Known by the e-mail address."""

    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=120)
    title = models.CharField("titel", max_length=120, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    is_active = models.BooleanField("får logga in", default=True)
    is_staff = models.BooleanField("når registren (systemförvaltare)", default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_short_name(self):
        """What the registers greet a person by."""
        return self.name


class AdministrationQuerySet(PeriodQuerySet):
    def of(self, user):
        """Those that the user has any role in."""
        return self.filter(memberships__user=user).distinct()


class Administration(NaturalModel):
    """A förvaltning with its nämnd, for as long as it exists. Renamed or merged, never deleted."""

    code = models.CharField("kortnamn", max_length=12, unique=True, help_text="Till exempel ASF.")
    slug = models.SlugField("adress", max_length=12, unique=True)
    name = models.CharField("förvaltning", max_length=120)
    board_name = models.CharField("nämnd", max_length=120)
    board_code = models.CharField("nämndens kortnamn", max_length=12)
    leads_the_year = models.BooleanField(
        "leder arbetet för hela staden", default=False, help_text="Sant för stadskontoret."
    )
    starts_on = models.DateField("finns från")
    ends_on = models.DateField("finns till", null=True, blank=True)
    continued_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continues",
        verbose_name="fortsätter i",
    )
    history = HistoricalRecords()

    natural_fields = ("code",)
    objects = NaturalManager.from_queryset(AdministrationQuerySet)()

    class Meta:
        verbose_name = "förvaltning"
        verbose_name_plural = "förvaltningar"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="administration_ends_after_start",
                violation_error_message="Slutdagen kan inte vara före startdagen.",
            ),
            models.UniqueConstraint(
                fields=["leads_the_year"],
                condition=Q(leads_the_year=True, ends_on=None),
                name="administration_one_leads",
                violation_error_message="En annan förvaltning leder redan arbetet.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def genitive(self):
        """Arbetsmarknads- och socialförvaltningens"""
        return genitive(self.name)

    @property
    def in_sentence(self):
        return in_sentence(self.name)


class Role(models.TextChoices):
    READER = "reader", "läsare"
    COORDINATOR = "coordinator", "samordnare"
    MANAGER = "manager", "ansvarig chef"
    CITY_OFFICE = "city_office", "stadskontoret"
    SYSTEM = "system", "systemförvaltare"


class Membership(NaturalModel):
    """A person's role in an administration. The two city-wide roles belong to stadskontoret."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name="person"
    )
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="memberships", verbose_name="förvaltning"
    )
    role = models.CharField("roll", max_length=12, choices=Role)
    history = HistoricalRecords()

    natural_fields = ("user__email", "administration__code", "role")

    class Meta:
        verbose_name = "behörighet"
        verbose_name_plural = "behörigheter"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "administration", "role"],
                name="membership_unique",
                violation_error_message="Personen har redan den rollen i förvaltningen.",
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.administration.code}"


class EventQuerySet(models.QuerySet):
    def about(self, subject):
        return self.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
        )

    def record(self, verb, subject, by, *, administration=None, comment=""):
        """Write that `by` did `verb` to `subject` now. Call it in the transaction of the deed."""
        return self.create(
            verb=verb,
            subject=subject,
            subject_name=str(subject),
            by=by,
            by_name=by.name if by else "systemet",
            administration=administration,
            comment=comment,
        )

    def update(self, **values):
        raise TypeError("An event is never changed.")

    def bulk_update(self, *args, **options):
        raise TypeError("An event is never changed.")

    def delete(self):
        raise TypeError("An event is never deleted.")

    # As Django's own: not to be called from templates, nor on a manager.
    update.alters_data = bulk_update.alters_data = True
    delete.alters_data, delete.queryset_only = True, True


class Event(models.Model):
    """Who did what, when, with a comment. Only ever added to: nothing in the application changes or removes
    one, but that a person who is removed leaves only the name behind."""

    at = models.DateTimeField("när", default=timezone.now, editable=False, db_index=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="events", verbose_name="vem"
    )
    by_name = models.CharField("namn då", max_length=120)
    verb = models.CharField("vad", max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_name = models.CharField("gäller", max_length=300)
    administration = models.ForeignKey(
        Administration, models.PROTECT, null=True, related_name="events", verbose_name="förvaltning"
    )
    comment = models.TextField("kommentar", blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self):
        return f"{self.by_name}: {self.verb} {self.subject_name}"

    def save(self, *args, **options):
        if self.pk:
            raise TypeError("An event is never changed.")
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise TypeError("An event is never deleted.")
