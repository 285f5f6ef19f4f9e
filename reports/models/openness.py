"""What others may fetch from here without logging in, and with what key."""

from django.db import models
from django.utils import timezone

from malmo_intl.models import User


class Dataset(models.Model):
    """A table that stadskontoret has marked as open data, by its key in `reports.dataout`. No row: not open."""

    key = models.SlugField("datamängd", unique=True)
    opened_by_name = models.CharField("öppnad av", max_length=120)
    opened_at = models.DateTimeField("öppnad", default=timezone.now)

    class Meta:
        verbose_name = "öppen datamängd"
        verbose_name_plural = "öppna datamängder"

    def __str__(self):
        return self.key


class ApiKey(models.Model):
    """Lets a program, as Power BI, read published figures. Only the sha256 of the secret is kept."""

    name = models.CharField("vad den används till", max_length=120)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField("skapad av", max_length=120)
    made_at = models.DateTimeField("skapad", default=timezone.now)
    used_on = models.DateField("användes senast", null=True)
    revoked_at = models.DateTimeField("återkallad", null=True)

    class Meta:
        verbose_name = "nyckel"
        verbose_name_plural = "nycklar"
        ordering = ["-made_at"]

    def __str__(self):
        return self.name
