"""What a newcomer needs to see before the server starts."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from malmo_intl.management.commands.make_demo_people import PASSWORD, PEOPLE, email


class Command(BaseCommand):
    help = "Visar adressen och demopersonernas inloggning."

    def add_arguments(self, parser):
        parser.add_argument("address", help="värd och port: 127.0.0.1:8000")

    def handle(self, *, address, **options):
        if not settings.DEBUG:
            raise CommandError("I drift finns inga demopersoner.")
        lines = [f"  {email(person[3]):36} {person[0]}" for person in PEOPLE]
        self.stdout.write(
            f"\nÖppna http://{address}/ och logga in som någon av dem:\n\n"
            + "\n".join(lines)
            + f"\n\n  Lösenord för alla: {PASSWORD}\n"
        )
