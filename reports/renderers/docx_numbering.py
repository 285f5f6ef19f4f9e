"""Real numbering in Word: lists of points, and the numbers of headings, which Word counts on itself."""

import re

from docx.shared import Mm

from reports.renderers.docx_parts import element

LEVELS = 6
_NUMBER_WIDTHS = (11, 13, 16, 19)  # millimetres for "12", "12.1", "12.1.1" and longer
INDENT = 425  # twips a level: 7.5 mm, room for "10."
BULLETS, NUMBERS, CHAPTERS, LETTERS = 1, 2, 3, 4
_SIGNS = ("•", "–")
_COUNTS = (("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", "."))


_STYLES = {False: "ListBullet", True: "ListNumber"}


def _level(level: int, numbered: bool):
    if numbered:
        count, end = _COUNTS[level % 3]
        sign = f"%{level + 1}{end}"
    else:
        count, sign = "bullet", _SIGNS[min(level, 1)]
    indent = element("w:ind", left=INDENT * (level + 1), hanging=INDENT)
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val=count),
        *([] if level else [element("w:pStyle", val=_STYLES[numbered])]),
        element("w:lvlText", val=sign),
        element("w:lvlJc", val="left"),
        element("w:pPr", indent),
        ilvl=level,
    )


class Lists:
    """The numbering part. Bullets share one list; each numbered list is its own, and begins at 1.

    The first of each kind are those of the styles. Headings have lists of their own: 2, 2.1, 2.1.1, and A, B.
    """

    def __init__(self, document):
        self._part = document.part.numbering_part.element
        self._part[:] = []
        for number, numbered in ((BULLETS, False), (NUMBERS, True)):
            kind = element("w:multiLevelType", val="multilevel")
            levels = [_level(level, numbered) for level in range(LEVELS)]
            self._part.append(element("w:abstractNum", kind, *levels, abstractNumId=number))
        for kind in (CHAPTERS, LETTERS):
            self._part.append(_headings(kind))
        self._last = 0
        self.bullets = self._add(BULLETS)
        self._add(NUMBERS)
        self._counted: dict[int, tuple[int, tuple[int, ...]]] = {}

    def _add(self, kind: int, starts=()) -> int:
        """A new list of the kind. `starts`: where its levels begin."""
        self._last += 1
        overrides = [
            element("w:lvlOverride", element("w:startOverride", val=start), ilvl=level)
            for level, start in enumerate(starts)
        ]
        kind_of = element("w:abstractNumId", val=kind)
        # A list with its own beginnings stands among the w:num, which come after every w:abstractNum.
        self._part.append(element("w:num", kind_of, *overrides, numId=self._last))
        return self._last

    def numbers(self) -> int:
        """A new numbered list."""
        return self._add(NUMBERS, [1] * LEVELS)

    def heading(self, number: str) -> tuple[int, int] | None:
        """The list and the level in which Word counts to just this number: "2.1.4" or "B". None if it cannot.

        Where the count would come to another number a new list begins at the right one.
        """
        if re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,5}", number):
            kind, wanted = CHAPTERS, tuple(map(int, number.split(".")))
        elif re.fullmatch("[A-Z]", number):
            kind, wanted = LETTERS, (ord(number) - ord("A") + 1,)
        else:
            return None
        list_id, before = self._counted.get(kind, (0, ()))
        if not list_id or wanted != _next(before, len(wanted)):
            list_id = self._add(kind, wanted)
        self._counted[kind] = (list_id, wanted)
        return list_id, len(wanted) - 1


def _next(before: tuple[int, ...], levels: int) -> tuple[int, ...]:
    """What Word counts to after the heading `before`, so many levels down; those that are skipped are 1."""
    if len(before) >= levels:
        return (*before[: levels - 1], before[levels - 1] + 1)
    return (*before, *[1] * (levels - len(before)))


def _headings(kind: int):
    """Headings are not of one style each, since some have no number: so each is given its list by itself."""
    levels = [_heading_level(kind, level) for level in range(LEVELS if kind == CHAPTERS else 1)]
    return element(
        "w:abstractNum", element("w:multiLevelType", val="multilevel"), *levels, abstractNumId=kind
    )


def _heading_level(kind: int, level: int):
    width = Mm(_NUMBER_WIDTHS[min(level, len(_NUMBER_WIDTHS) - 1)]).twips
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val="decimal" if kind == CHAPTERS else "upperLetter"),
        element("w:suff", val="tab"),
        element("w:lvlText", val=".".join(f"%{at + 1}" for at in range(level + 1))),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=width, hanging=width)),
        ilvl=level,
    )


def list_item(paragraph, list_id: int, level: int):
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, LEVELS - 1)
    properties.get_or_add_numId().val = list_id
