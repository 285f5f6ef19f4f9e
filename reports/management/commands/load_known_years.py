"""Load the registers and the years that are known from before: 2018 to 2023."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from reports.models import Answer, Memo, MemoSection, ReportingYear

# Each file speaks only of rows in the files before it.
FIXTURES = [
    settings.BASE_DIR / "fixtures" / name
    for name in (
        "registers.json",
        "years.json",
        "projects.json",
        "2019.json",
        "2022.json",
        "2023.json",
    )
]


def read_in():
    """Load the files, all in one transaction; a second time changes nothing."""
    with transaction.atomic():
        call_command("loaddata", *FIXTURES, verbosity=0)
        # `loaddata` saves raw: what a row writes of itself for searching is missing.
        for model in (Answer, Memo, MemoSection):
            field = model._meta.get_field("search")
            for row in model.objects.all():
                model.objects.filter(pk=row.pk).update(search=field.stems_of(row))


class Command(BaseCommand):
    help = "Läser in registren och de kända åren. Ändrar inget om de redan finns."

    def handle(self, **options):
        # A second load would write over whatever has been corrected since.
        if ReportingYear.objects.filter(year=2019).exists():
            self.stdout.write("De kända åren finns redan. Inget har ändrats.")
            return
        read_in()
        # Rows that are loaded have no history of their own; the first correction needs a before.
        call_command("populate_history", auto=True, verbosity=0)
        self.stdout.write("De kända åren är inlästa.")
