"""No passage stands in two answers, or twice in one: a section that was copied and left.

Answers only: a memo sums up, in the same words, what the report tells.
"""

from functools import lru_cache

from reports.checks.case import Case
from reports.reading.repeated import Repeated, repeated

SHOWN = 6  # words of the passage


def check(case: Case):
    texts = {text.part: text for text in case.texts if text.part.startswith("fragor/")}
    found: dict[tuple[str, str], list] = {}
    for item in _repeated(tuple((part, text.html) for part, text in texts.items())):
        found.setdefault((item.first.text, item.second.text), []).append(item)
    for (first, second), items in found.items():
        text, number = texts[second], len(items)
        passage = items[0].second
        many = "ett stycke" if number == 1 else f"{number} stycken"
        where = "två gånger" if first == second else f"också i {texts[first].name}"
        yield case.warning(
            "samma-text",
            f"I {text.name} står {many} {where}: ”{passage.beginning(SHOWN)} …”. Ska det vara så?",
            text.part,
            text.field,
            f"{first}:{second}:{number}:{passage.beginning(SHOWN)}",
        )


@lru_cache(maxsize=32)
def _repeated(texts: tuple[tuple[str, str], ...]) -> tuple[Repeated, ...]:
    """Those of the reports that were checked last are kept."""
    return tuple(repeated(dict(texts)))
