"""People to log in as when the product is tried. Never in production."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from malmo_intl.models import Administration, Membership, Role, User

PASSWORD = "demo-malmo-2024"  # noqa: S105 - only where DEBUG is on
# (what the person may do, invented name, function, address, administration, role)
PEOPLE = [
    ("läsare", "Lena Läsare", "Nämndsekreterare", "lasare", "ASF", Role.READER),
    ("samordnare", "Rut Samordnare", "EU-samordnare", "samordnare", "ASF", Role.COORDINATOR),
    ("samordnare i en annan förvaltning", "Olle Samordnare", "EU-samordnare", "miljo", "MF", Role.COORDINATOR),
    ("ansvarig chef", "Mona Chef", "Avdelningschef", "chef", "ASF", Role.MANAGER),
    ("stadskontoret", "Sam Stadskontor", "Handläggare", "stadskontoret", "STK", Role.CITY_OFFICE),
    ("systemförvaltare", "Siv System", "Systemförvaltare", "system", "STK", Role.SYSTEM),
]  # fmt: skip


def email(address):
    return f"{address}@exempel.malmo.se"


class Command(BaseCommand):
    help = "Lägger in påhittade personer, en för varje roll. Bara där DEBUG är på."

    @transaction.atomic
    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demopersoner läggs aldrig in i drift. Sätt DEBUG=true vid prov.")
        for _, name, title, address, code, role in PEOPLE:
            if User.objects.filter(email=email(address)).exists():
                continue
            system = role == Role.SYSTEM
            user = User.objects.create_user(
                email(address),
                PASSWORD,
                name=name,
                title=title,
                is_staff=system,
                is_superuser=system,
            )
            Membership.objects.create(
                user=user, administration=Administration.objects.get(code=code), role=role
            )
