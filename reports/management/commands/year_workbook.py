"""manage.py year_workbook 2019 --output underlag.xlsx"""

from pathlib import Path

from malmo_intl.commands import Fel, SwedishCommand, whole_file, year_of
from reports.documents import NoSuchDocument, year_workbook
from reports.models import ReportingYear
from reports.renderers import RenderError, render


class Command(SwedishCommand):
    usage = "manage.py year_workbook ÅR --output FIL"
    help = "Skriver årets underlag som en Excel-bok: alla tabeller, diagram och rader."

    def add_arguments(self, parser):
        parser.add_argument("year", help="redovisningsår, till exempel 2019")
        parser.add_argument("--output", required=True, help="filen som skrivs")

    def handle(self, *, year, output, **options):
        found = ReportingYear.objects.filter(year=year_of(year)).select_related("goal_set").first()
        if found is None:
            raise Fel(f"Redovisningsåret {year} finns inte.")
        try:
            content = render(year_workbook(found), "xlsx")
        except (NoSuchDocument, RenderError) as error:
            raise Fel(str(error)) from error
        with whole_file(Path(output)) as file:
            file.write(content)
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")
