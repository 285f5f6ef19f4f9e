"""Keys with which a program, as Power BI, reads published tables. Shown once, kept as their sha256, never logged."""

import datetime
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from malmo_intl.models import Event
from reports.models import ApiKey

TAKEN = "Det finns redan en nyckel med det namnet. Återkalla den först, eller välj ett annat namn."


def sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make(name: str, by, at: datetime.datetime) -> tuple[ApiKey, str]:
    """The key's row and its secret, which nobody can read again. Raises ValidationError if the name is in use."""
    with transaction.atomic():
        if ApiKey.objects.filter(name__iexact=name, revoked_at=None).exists():
            raise ValidationError({"name": TAKEN})
        secret = secrets.token_urlsafe(32)
        key = ApiKey.objects.create(
            name=name, sha256=sha256(secret), made_by=by, made_by_name=by.name, made_at=at
        )
        Event.objects.record("skapade nyckeln", key, by)
    return key, secret


def revoke(key: ApiKey, by, at: datetime.datetime):
    """It opens nothing from now on. Once: the second who does it gets a ValidationError."""
    with transaction.atomic():
        if not ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
            raise ValidationError("Nyckeln är redan återkallad.")
        Event.objects.record("återkallade nyckeln", key, by)


def sent_with(request) -> str | None:
    """The key that the request brings, as `Authorization: Bearer …` or `?nyckel=…`; None if it brings none."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() == "bearer":
        return secret.strip()
    return request.GET.get("nyckel")


def opens(secret: str, today: datetime.date) -> bool:
    """Whether the key is one of ours and not revoked. That it was used is noted once a day."""
    key = ApiKey.objects.filter(sha256=sha256(secret), revoked_at=None).first()
    if key is None:
        return False
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)
    return True
