"""manage.py import_workbook redovisning.xlsx --dry-run"""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone

from malmo_intl.commands import Fel, SwedishCommand
from reports.entry.saving import Writer
from reports.importing import filling, reading
from reports.importing.upload import Refused
from reports.management.commands.workbook import submission_of
from reports.models import Saving


class Command(SwedishCommand):
    usage = "manage.py import_workbook FIL [--dry-run]"
    help = "Läser in en ifylld Excel-bok: allt eller inget."

    def add_arguments(self, parser):
        parser.add_argument("file", help="den ifyllda boken")
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle ändras")

    def handle(self, *, file, dry_run, **options):
        try:
            content = Path(file).read_bytes()
            filled = reading.read(content)
            submission = submission_of(filled.administration, filled.year)
            proposal = filling.propose(submission, content)
        except OSError as error:
            raise Fel(f"Det går inte att läsa {file}: {error.strerror}.") from error
        except Refused as error:
            raise Fel(str(error)) from error
        for change in proposal.changes:
            self.stdout.write(f"{change.where}: ”{change.before}” → ”{change.after}”")
        self._stop_at(proposal.problems)
        if dry_run:
            self.stdout.write(f"Ändringar: {len(proposal.changes)}. Inget är sparat (--dry-run).")
            return
        writer = Writer(None, timezone.now(), Saving.How.IMPORTED)
        try:
            filling.store(submission, proposal.data, proposal.versions, writer)
        except filling.NotStored as error:
            self._stop_at(error.problems)
        except ValidationError as error:
            raise Fel(" ".join(error.messages)) from error
        self.stdout.write(f"Sparade ändringar: {len(proposal.changes)}.")

    def _stop_at(self, problems):
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise Fel("Inget är sparat. Rätta felen ovan och försök igen.")
