"""manage.py rebuild 2019: are the published files still what their frozen data gives?"""

from malmo_intl.commands import Fel, SwedishCommand, year_of
from reports.models import Publication, ReportingYear
from reports.models.publication import DocumentKind
from reports.publishing import files
from reports.publishing.rebuilding import Rebuilt, rebuilt
from reports.renderers import RenderError


class Command(SwedishCommand):
    usage = "manage.py rebuild ÅR [--kind DOKUMENT] [--format FORMAT]"
    help = "Gör om ett års publicerade filer ur deras frysta data och jämför dem byte för byte."

    def add_arguments(self, parser):
        parser.add_argument("year", help="redovisningsår, till exempel 2019")
        kinds, formats = ", ".join(DocumentKind.values), ", ".join(files.FORMATS)
        parser.add_argument("--kind", default="", help=f"bara ett slags dokument: {kinds}")
        parser.add_argument("--format", default="", help=f"bara ett format: {formats}")

    def handle(self, *, year, kind, **options):
        found = _year(year_of(year), kind, options["format"])
        total = same = wrong = 0
        try:
            for one in rebuilt(found, kind, options["format"]):
                self.stdout.write(_line(one))
                total, same, wrong = total + 1, same + one.is_same, wrong + one.is_wrong
        except RenderError as error:
            raise Fel(str(error)) from error
        if wrong:
            raise Fel(f"{wrong} av {total} filer är olika fast de är gjorda med samma version.")
        others = f" {total - same} är olika, gjorda med andra versioner." if same < total else ""
        self.stdout.write(f"{same} av {total} filer är lika.{others}")


def _year(year: int, kind: str, suffix: str) -> ReportingYear:
    """Raises Fel with a sentence if there is nothing to rebuild."""
    if kind and kind not in DocumentKind.values:
        raise Fel(f"Dokumentet {kind} finns inte. Välj bland: {', '.join(DocumentKind.values)}.")
    if suffix and suffix not in files.FORMATS:
        raise Fel(f"Formatet {suffix} finns inte. Välj bland: {', '.join(files.FORMATS)}.")
    found = ReportingYear.objects.filter(year=year).first()
    if found is None or not Publication.objects.filter(year=found).exists():
        raise Fel(f"För {year} finns inget publicerat i systemet.")
    return found


def _line(one: Rebuilt) -> str:
    """ "lika   malmo-stad-samlad-2019-v1.pdf (WeasyPrint 70.0)" """
    name = f"{one.file.publication.file_name}.{one.file.format}"
    word = "lika " if one.is_same else "olika"
    if one.same_engine:
        return f"{word}  {name} ({one.file.engine})"
    if one.file.engine == one.engine_now:
        return f"{word}  {name} ({one.file.engine}, men mallarna har ändrats sedan dess)"
    return f"{word}  {name} (då {one.file.engine}, nu {one.engine_now})"
