"""manage.py render_document samlad 2019 --format pdf --output rapport.pdf"""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.documents import NoSuchDocument, build
from reports.models.publication import DocumentKind
from reports.renderers import FORMATS, RenderError, render

USAGE = "manage.py render_document {forvaltning|stad|samlad|siffror|projekt} ÅR --output FIL"


class Fel(CommandError):
    """Django prints an error's own name before its sentence, so it has a Swedish one."""


class Command(BaseCommand):
    help = "Skriver ett av årets dokument till en fil."

    def create_parser(self, *args, **options):
        parser = super().create_parser(*args, **options)
        parser.error = self._refuse  # argparse speaks English, over several lines
        return parser

    def _refuse(self, message):
        self.stderr.write(f"Fel: Argumenten går inte att läsa. Skriv: {USAGE}")
        sys.exit(2)

    def add_arguments(self, parser):
        parser.add_argument("kind", help=f"dokument: {', '.join(DocumentKind.values)}")
        parser.add_argument("year", help="redovisningsår, till exempel 2019")
        parser.add_argument("--format", default="pdf", help=f"format: {', '.join(FORMATS)}")
        parser.add_argument("--output", required=True, help="filen som skrivs")
        parser.add_argument("--administration", default="", help="förvaltningens kortnamn: ASF")
        parser.add_argument("--project", default="", help="projektets adress: malmokraften-2-0")

    def handle(self, *, kind, year, output, **options):
        if options["format"] not in FORMATS:
            raise Fel(f"Formatet {options['format']} finns inte. Välj bland: {', '.join(FORMATS)}.")
        if not (year.isascii() and year.isdecimal() and len(year) == 4):
            raise Fel(f"”{year}” är inget år. Skriv fyra siffror, till exempel 2019.")
        try:
            document = build(kind, int(year), options["administration"], options["project"])
            content = render(document, options["format"])
        except (NoSuchDocument, RenderError) as error:
            raise Fel(str(error)) from error
        _write(Path(output), content)
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")


def _write(path: Path, content: bytes):
    """Whole or not at all: written beside, then renamed. Fel if it cannot be written."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise Fel(f"Det går inte att skriva i {path.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise Fel(f"Det går inte att skriva {path}: {error.strerror}.") from error
