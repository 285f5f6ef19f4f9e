"""People's texts as they are read today: with what their live figures say now."""

from dataclasses import replace

from malmo_intl.models import Administration
from reports import prose
from reports.collect import collect
from reports.facts import Facts
from reports.live import Live
from reports.models import ReportingYear
from reports.rollup import roll_up


class Shown:
    """Texts of several years and administrations. The facts of a year are read once, when the first live
    figure of it is met: texts without any cost nothing."""

    def __init__(self):
        self._facts: dict[int, Facts] = {}
        self._live: dict[tuple[int, str], Live] = {}

    def text(self, html: str, year: int, administration: Administration | None = None) -> str:
        """Settled `html` of the administration's, or of the city's own, filled."""
        if not prose.marks(html):
            return html
        return prose.fill(html, self.live(year, administration))

    def live(self, year: int, administration: Administration | None = None) -> Live:
        """The figures of the administration's texts, its draft counted; or of the city's own."""
        code = administration.code if administration else ""
        if (year, code) not in self._live:
            facts = self._facts_of(year)
            if code:
                facts = replace(facts, reported_years=facts.reported_years | {year})
            self._live[year, code] = Live(roll_up(facts, code))
        return self._live[year, code]

    def _facts_of(self, year) -> Facts:
        if year not in self._facts:
            found = ReportingYear.objects.select_related("goal_set").get(year=year)
            self._facts[year] = collect(found)
        return self._facts[year]


def as_read(contents: dict, year: int, administration: Administration) -> dict:
    """The parts of a submission beside last year's (`reports.comparison`), each text with the figures of its
    own year."""
    shown = Shown()

    def read(passage):
        before_year = int(passage.before_year or year)
        return replace(
            passage,
            html=shown.text(passage.html, year, administration),
            before=shown.text(passage.before, before_year, administration),
        )

    return {
        key: replace(content, passages=tuple(map(read, content.passages)))
        for key, content in contents.items()
    }
