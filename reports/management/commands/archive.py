"""manage.py archive 2019 --output arkiv-2019.zip"""

from pathlib import Path

from malmo_intl.commands import Fel, SwedishCommand, whole_file, year_of
from reports.archiving.package import NoPackage, write
from reports.models import ReportingYear


class Command(SwedishCommand):
    usage = "manage.py archive ÅR --output FIL"
    help = "Skriver ett års handlingar, uppgifter och händelser som ett arkivpaket (zip)."

    def add_arguments(self, parser):
        parser.add_argument("year", help="redovisningsår, till exempel 2019")
        parser.add_argument("--output", required=True, help="zip-filen som skrivs")

    def handle(self, *, year, output, **options):
        found = ReportingYear.objects.filter(year=year_of(year)).first()
        if found is None:
            raise Fel(f"Redovisningsåret {year} finns inte.")
        try:
            with whole_file(Path(output)) as file:
                write(found, file)
                size = file.tell()
        except NoPackage as error:
            raise Fel(str(error)) from error
        self.stdout.write(f"Skrev {output} ({size} byte).")
