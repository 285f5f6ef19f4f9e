"""manage.py import_answers redovisning.docx --year 2024 --administration ASF --dry-run"""

from pathlib import Path

from django.utils import timezone

from malmo_intl.commands import Fel, SwedishCommand
from malmo_intl.models import Administration
from reports.entry.saving import Writer
from reports.importing import answers
from reports.importing.placing import State
from reports.importing.upload import Refused
from reports.models import ReportingYear, Saving


class Command(SwedishCommand):
    usage = "manage.py import_answers FIL --year ÅR [--administration ASF] [--dry-run]"
    help = "Läser in svaren på årets frågor från en Word-, Markdown- eller textfil."

    def add_arguments(self, parser):
        parser.add_argument("file", help="filen som läses in")
        parser.add_argument("--year", required=True, type=int, help="redovisningsår")
        parser.add_argument("--administration", default="", help="förvaltningens kortnamn: ASF")
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle sparas")

    def handle(self, *, file, year, administration, dry_run, **options):
        found = ReportingYear.objects.filter(year=year).first()
        if found is None:
            raise Fel(f"Redovisningsåret {year} finns inte.")
        unit = Administration.objects.filter(code__iexact=administration).first()
        if administration and unit is None:
            raise Fel(f"Förvaltningen {administration} finns inte.")
        try:
            plan = answers.plan(Path(file).read_bytes(), found, unit)
        except OSError as error:
            raise Fel(f"Det går inte att läsa {file}: {error.strerror}.") from error
        except Refused as error:
            raise Fel(str(error)) from error
        pieces = [item for item in plan.answers if unit is None or item.administration == unit.code]
        if not pieces:
            raise Fel("Filen har inga svar på årets frågor. Kontrollera rubrikerna och året.")
        self._tell(plan, pieces)
        if dry_run:
            self.stdout.write("Inget är sparat (--dry-run).")
            return
        try:
            stored = answers.store(found, pieces, Writer(None, timezone.now(), Saving.How.IMPORTED))
        except answers.NotStored as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise Fel("Inget är sparat. Rätta felen ovan och försök igen.") from error
        self.stdout.write(f"Sparade {stored} svar.")

    def _tell(self, plan, pieces):
        for piece in pieces:
            words = len(piece.words.split())
            who = piece.administration or "Malmö stad"
            self.stdout.write(f"{who:12} fråga {piece.question}  {piece.state.value}, {words} ord")
        own = [piece for piece in pieces if piece.administration]
        for state in State:
            number = sum(piece.state == state for piece in own)
            self.stdout.write(f"{state.value}: {number}")
        for piece in plan.texts:
            remark = piece.remark or "Hör inte till någon fråga."
            self.stdout.write(
                f"Över, rad {piece.line}: ”{f'{piece.number} {piece.heading}'.strip()}”, {len(piece.words.split())} ord. {remark}"
            )
