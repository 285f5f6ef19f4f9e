"""What in a text of the city's does not agree with the figures, or with who is in which project."""

from malmo_intl import richtext
from reports.collect import project_aliases
from reports.reading import known_of, readings
from reports.reading.ascriptions import ascriptions
from reports.reading.readings import State
from reports.reading.sums import unlike
from reports.rollup import Rollup


def remarks(rollup: Rollup, html: str) -> list[str]:
    """A sentence for each, in the order of the text: numbers first and then names. `rollup` is the city's."""
    if richtext.is_blank(html):
        return []
    known = known_of(rollup, aliases=project_aliases())
    read = readings(html, known)
    said = [item.sentence for item in read if item.state is State.CONTRADICTS]
    said += [found.sentence] if (found := unlike(read)) else []
    said += [item.sentence for item in ascriptions(html, known)]
    return list(dict.fromkeys(said))
