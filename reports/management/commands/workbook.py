"""manage.py workbook ASF 2024 --output redovisning.xlsx"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.importing import workbook
from reports.models import Submission


class Fel(CommandError):
    """Django prints an error's own name before its sentence, so it has a Swedish one."""


def submission_of(code: str, year: int) -> Submission:
    """Raises Fel with a sentence if there is none such."""
    found = (
        Submission.objects.filter(administration__code__iexact=code, year__year=year)
        .select_related("year__goal_set", "administration")
        .first()
    )
    if found is None:
        raise Fel(f"{code.upper()} har ingen redovisning för {year}.")
    return found


class Command(BaseCommand):
    help = "Skriver en förvaltnings redovisning som en Excel-bok att fylla i."

    def add_arguments(self, parser):
        parser.add_argument("administration", help="förvaltningens kortnamn: ASF")
        parser.add_argument("year", type=int, help="redovisningsår")
        parser.add_argument("--output", required=True, help="filen som skrivs")

    def handle(self, *, administration, year, output, **options):
        content = workbook.write(submission_of(administration, year))
        try:
            Path(output).write_bytes(content)
        except OSError as error:
            raise Fel(f"Det går inte att skriva {output}: {error.strerror}.") from error
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")
