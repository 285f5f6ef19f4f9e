"""manage.py verify rapport.pdf bilaga.xlsx"""

from pathlib import Path

from malmo_intl.commands import Fel, SwedishCommand
from reports.models import Publication
from reports.verifying import LARGEST, NotRead, decided, verify

UNREADABLE = 5


class Command(SwedishCommand):
    usage = "manage.py verify FIL [FIL…]"
    bad_arguments = 64
    help = (
        "Säger om filer är de beslutade. Slutar med 0 om alla är äkta och gäller, annars med det högsta av: "
        "1 ersatt av en senare version, 2 utkast, kvittens eller webbsida, 3 inte härifrån, 4 ändrad efter publiceringen, "
        "5 går inte att läsa. Fel i argumenten ger 64."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="fil", help="filer att kontrollera")

    def handle(self, *, files, **options):
        codes = [self._tell(file) for file in files]
        if worst := max(codes):
            bad = sum(code > 0 for code in codes)
            noun = "fil" if len(codes) == 1 else "filer"
            raise Fel(
                f"{bad} av {len(codes)} {noun} är inte gällande handlingar.", returncode=worst
            )

    def _tell(self, file: str) -> int:
        try:
            with Path(file).open("rb") as opened:
                verdict = verify(opened.read(LARGEST + 1), Publication.objects.all())
        except (OSError, NotRead) as error:
            is_missing = isinstance(error, OSError)
            why = "Den finns inte, eller får inte läsas." if is_missing else error
            self.stdout.write(f"{file}: Filen går inte att kontrollera. {why}")
            return UNREADABLE
        self.stdout.write(f"{file}: {verdict.state}. {verdict.sentence}")
        if verdict.publication and (words := decided(verdict.publication)):
            self.stdout.write(f"  Beslut: {words}")
        self.stdout.write(f"  sha256: {verdict.sha256}")
        return verdict.state.code
