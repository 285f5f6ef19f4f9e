"""manage.py render_document samlad 2019 --format pdf --output rapport.pdf"""

from pathlib import Path

from malmo_intl.commands import Fel, SwedishCommand, whole_file, year_of
from reports.documents import NoSuchDocument, build
from reports.models.publication import DocumentKind
from reports.renderers import FORMATS, RenderError, render


class Command(SwedishCommand):
    usage = "manage.py render_document {forvaltning|stad|samlad|siffror|projekt} ÅR --output FIL"
    help = "Skriver ett av årets dokument till en fil."

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
        number = year_of(year)
        try:
            document = build(kind, number, options["administration"], options["project"])
            content = render(document, options["format"])
        except (NoSuchDocument, RenderError) as error:
            raise Fel(str(error)) from error
        with whole_file(Path(output)) as file:
            file.write(content)
        self.stdout.write(f"Skrev {output} ({len(content)} byte).")
