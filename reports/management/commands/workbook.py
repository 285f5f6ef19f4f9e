"""manage.py workbook ASF 2024 --output redovisning.xlsx"""

from pathlib import Path

from malmo_intl.commands import Fel, SwedishCommand, whole_file, year_of
from reports.importing import workbook
from reports.models import Submission


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


class Command(SwedishCommand):
    usage = "manage.py workbook FÖRVALTNING ÅR --output FIL"
    help = "Skriver en förvaltnings redovisning som en Excel-bok att fylla i."

    def add_arguments(self, parser):
        parser.add_argument("administration", help="förvaltningens kortnamn: ASF")
        parser.add_argument("year", help="redovisningsår")
        parser.add_argument("--output", required=True, help="filen som skrivs")

    def handle(self, *, administration, year, output, **options):
        content = workbook.write(submission_of(administration, year_of(year)))
        with whole_file(Path(output)) as file:
            file.write(content)
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")
