"""Cleaned prose as a tree, and the one form that it is kept in. No Django.

The same text comes as several kinds of HTML: an editor puts a paragraph in every point of a list, Word
puts none, and a person without JavaScript writes no tags at all. `settle` makes them one, so that a
text which nobody has changed is stored, compared and drawn as it was.

A live figure is an element with its mark as value, <data value="utbetalt cirka">, and what stands in it is
always the mark, "{utbetalt cirka}": its value changes, and the text does not. Which marks there are is no
matter of this floor. A number that the author answers for himself is <data value="eget">, and what stands in
it is his.
"""

import html
import re
from dataclasses import dataclass, field

from malmo_intl import richtext

_TOKEN = re.compile(r"""(<(?:[^<>"]|"[^"]*")*>)""")
_OPENING = re.compile(r"<([a-z0-9]+)(.*)>", re.DOTALL)
# A figure's name, what of it is meant, and how it is written: "utbetalt/vagen-in cirka".
MARK = r"[a-zåäö][a-zåäö0-9-]*(?:/[\w-]+){0,2}(?: [a-zåäö]+)?"
OWN = "eget"
LONGEST_OWN = 80  # of a number with its unit; more is a text
_VALUE = re.compile(rf' value="({MARK})"')
INLINE = {"strong", "em", "a", "br", "data"}
HOLDS_TEXT = {"p", "h3", "h4", "li", "td", "th"}


@dataclass
class Element:
    """A tag with what is in it: elements, and text as it is written in HTML."""

    tag: str = ""
    attributes: str = ""
    inside: list["Element | str"] = field(default_factory=list)

    def elements(self, *tags: str) -> list["Element"]:
        return [part for part in self.inside if isinstance(part, Element) and part.tag in tags]


def read(cleaned: str) -> Element:
    """The tree of HTML that `richtext.clean` has gone over, so that every tag is closed."""
    root = Element()
    above = [root]
    for token in _TOKEN.split(cleaned):
        if token.startswith("</"):
            above.pop()
        elif match := _OPENING.fullmatch(token):
            element = Element(match[1], match[2])
            above[-1].inside.append(element)
            if element.tag != "br":
                above.append(element)
        elif token:
            above[-1].inside.append(token)
    return root


def write(part: Element | str) -> str:
    if isinstance(part, str):
        return part
    inside = "".join(map(write, part.inside))
    if not part.tag:
        return inside
    opening = f"<{part.tag}{part.attributes}>"
    return opening if part.tag == "br" else f"{opening}{inside}</{part.tag}>"


def settle(cleaned: str) -> str:
    """Cleaned HTML in the form that it is kept in; settling twice changes nothing.

    Loose text stands in paragraphs, empty ones go, a point or a cell with one paragraph holds its text
    itself, and a table whose first row is all heads has them in its head.
    """
    root = read(cleaned)
    _settle_figures(root)
    _settle(root)
    settled = write(root)
    return settled if richtext.clean(settled) == settled else cleaned


def mark_of(part: Element) -> str:
    """The mark of a settled live figure; OWN for a number that is the author's own."""
    return part.attributes.removeprefix(' value="').removesuffix('"')


def is_live(part: "Element | str") -> bool:
    """Whether it is a live figure of settled prose."""
    return isinstance(part, Element) and part.tag == "data" and mark_of(part) != OWN


def without_figures(cleaned: str) -> str:
    """The text with what stands in its live figures as plain words."""
    root = read(cleaned)
    _settle_figures(root, keep=False)
    return write(root)


def _settle_figures(element, keep=True):
    """Live figures hold their marks. What has no mark, or stands where none may, becomes plain words."""
    inside, element.inside = element.inside, []
    for part in inside:
        if not isinstance(part, Element):
            element.inside.append(part)
        elif part.tag != "data":
            _settle_figures(part, keep)
            element.inside.append(part)
        else:
            element.inside += _settled(part, _VALUE.search(part.attributes) if keep else None)


def _settled(part, mark) -> list["Element | str"]:
    part.attributes = f' value="{mark[1]}"' if mark else ""
    if mark and mark[1] != OWN:
        part.inside = [f"{{{mark[1]}}}"]
        return [part]
    _settle_figures(part, keep=False)
    said = plain(write(part))
    is_own = mark and said.strip() and len(said) <= LONGEST_OWN and _is_inline(part)
    return [part] if is_own else part.inside


def _is_inline(part: Element | str) -> bool:
    return isinstance(part, str) or part.tag in INLINE and all(map(_is_inline, part.inside))


def _settle(element: Element):
    for part in element.inside:
        if isinstance(part, Element):
            _settle(part)
    if element.tag not in HOLDS_TEXT | INLINE:
        element.inside = [part for part in element.inside if not _is_gap(part)]
    if not element.tag:
        blocks = list(_in_paragraphs(element.inside))
        element.inside = [block for block in blocks if not _is_gap(block)]
    elif element.tag in ("li", "td", "th"):
        _unwrap(element)
    elif element.tag == "table":
        _raise_heads(element)


def _is_gap(part) -> bool:
    """Whether nothing of it is seen between blocks: white space, or a paragraph of it."""
    if isinstance(part, str):
        return not part.strip()
    return part.tag in ("p", "h3", "h4") and richtext.is_blank(write(part))


def _in_paragraphs(parts):
    loose = None
    for part in parts:
        if isinstance(part, str) or part.tag in INLINE:
            if loose is None:
                loose = Element("p")
                yield loose
            loose.inside.append(part)
        else:
            loose = None
            yield part


def _unwrap(element):
    parts = [part for part in element.inside if not (isinstance(part, str) and not part.strip())]
    first, rest = parts[:1], parts[1:]
    lists_only = all(isinstance(part, Element) and part.tag in ("ul", "ol") for part in rest)
    if first and isinstance(first[0], Element) and first[0].tag == "p" and lists_only:
        element.inside = [*first[0].inside, *rest]


def _raise_heads(table):
    bodies = table.elements("tbody")
    if table.elements("thead") or not bodies or len(bodies[0].inside) < 2:
        return
    row = bodies[0].inside[0]
    if isinstance(row, Element) and row.inside and len(row.elements("th")) == len(row.inside):
        bodies[0].inside.remove(row)
        table.inside.insert(table.inside.index(bodies[0]), Element("thead", "", [row]))


def plain(cleaned: str) -> str:
    """The text without tags, each block on a line of its own."""
    apart = re.sub(r"</?(?!strong\b|em\b|a\b|data\b)[a-z0-9]+[^>]*>", "\n", cleaned)
    return html.unescape(re.sub(r"<[^>]*>", "", apart))


_LIVE = re.compile(rf'<data value="(?!{OWN}")[^"]*">.*?</data>')


def typed(cleaned: str) -> str:
    """The text without its live figures: what the author has written himself."""
    return _LIVE.sub("\ufffc", cleaned) if "<data" in cleaned else cleaned


def words(cleaned: str) -> int:
    """How many words; a number is one, and so is a live figure. A dash by itself is none."""
    counted = _LIVE.sub("1", cleaned)
    joined = re.sub(r"(?<=\d)[\u00a0\u2009\u202f](?=\d)", "", plain(counted))
    return sum(any(letter.isalnum() for letter in word) for word in joined.split())
