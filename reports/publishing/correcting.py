"""After publication: to open a year for a new version, and to give that up."""

from django.core.exceptions import ValidationError
from django.db import transaction

from funding.models import Payout
from reports.models import Publication, ReportingYear
from reports.publishing.contents import contents

BEFORE_THE_SYSTEM = (
    "Året publicerades innan det här systemet fanns, så här finns inget att göra en ny version av."
)
CHANGED = (
    "Uppgifter har ändrats sedan rättelsen började. Publicera en ny version, eller ändra tillbaka."
)


def start(year: ReportingYear, by, reason: str):
    """Open the year for a new version. Until it is published, others see only what is published.

    Raises ValidationError with what stands in the way.
    """
    if not Publication.objects.filter(year=year).exists():
        raise ValidationError(BEFORE_THE_SYSTEM)
    with transaction.atomic():
        year.start_correction(by, reason, contents(year).checksum)
        Payout.objects.filter(year=year.year).update(published=False)


def stop(year: ReportingYear, by):
    """Give the correction up. Raises ValidationError if anything has changed since it began."""
    begun = year.correction
    with transaction.atomic():
        year.stop_correction(by)
        # Compared as a published year, which it was when the correction began.
        if contents(year).checksum != begun.checksum:
            raise ValidationError(CHANGED)
        Payout.objects.filter(year=year.year).update(published=True)
