"""A text as it was sent out and as it came back, put together paragraph by paragraph. No Django.

What nobody touched stays as it was stored, to the letter; only what was changed is read from the file. A
paragraph in which a live figure was changed is not taken: the figure comes from the rows.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from malmo_intl import prose, richtext
from malmo_intl.prose import Element
from reports.document import Document, Head, Prose, Section
from reports.renderers import docx as renderer
from reports.renderers import docx_reading as reading
from reports.renderers.docx_known import File
from reports.renderers.docx_origin import TEXT
from reports.renderers.docx_runs import CHANGED
from reports.wordback import opening

MOST_PIECES = 1200  # comparing word by word takes time that grows with the square
LEVEL = 1  # of the heading above a text that is written only to be read back
_DATA = re.compile(r'<data value="([^"]*)">(.*?)</data>', re.DOTALL)
_TOKEN = re.compile(r'<data value="[^"]*">.*?</data>|<[^>]*>|[^\s<]+', re.DOTALL)


@dataclass(frozen=True)
class ChangedFigure:
    """A live figure that says something else in the file. `paragraph` counts the text's own, from 1."""

    paragraph: int
    mark: str
    before: str
    after: str


@dataclass(frozen=True)
class Joined:
    html: str
    figures: tuple[ChangedFigure, ...] = ()


def join(base: str, came: str, file: File) -> Joined:
    """`base`, settled prose, with what was changed in `came`, the prose that was read from the file.

    Raises richtext.TooComplex for what is more than prose may be.
    """
    kept = [prose.write(part) for part in prose.read(base).inside]
    sent = _as_read(kept, file.known)
    back = [prose.write(part) for part in prose.read(came).inside]
    lost = Counter(_marks(sent)) - Counter(_marks(back))
    out, changed = [], []
    for what, a, b, c, d in SequenceMatcher(None, sent, back, autojunk=False).get_opcodes():
        if what == "equal":
            out += kept[a:b]
            continue
        for old, new, at in _pairs(range(a, b), range(c, d)):
            before, mine = [sent[i] for i in old], [kept[i] for i in old]
            after = [_with_marks_again(mine, back[j], file.known) for j in new]
            found = list(_changed(before, after, at + 1, lost, file))
            changed += found
            out += mine if found else after
    return Joined(prose.settle(richtext.clean("".join(out))), tuple(changed))


def _pairs(old: range, new: range):
    """One to one where there are as many; else all against all. (old, new, where it begins)"""
    if len(old) == len(new):
        for i, j in zip(old, new, strict=True):
            yield [i], [j], i
    else:
        yield list(old), list(new), old.start


# --- What the file said when it was sent out ---------------------------------------------------------


def _as_read(blocks: list[str], known: Mapping[str, str]) -> list[str]:
    """Each block as it is read from a Word file that it has just been written to."""
    texts = tuple(Prose(filled(html, known)) for html in blocks)
    head = Head(sender="", genre="", title="·", year=2000)
    copy = Document("stad", "", head, (Section("text", "·", texts),), draft=False)
    back = opening.read(renderer.render(copy))
    written = [part for part in back.parts if part.stretch.kind == TEXT]
    return [reading.html(part.elements, back.file, LEVEL) for part in written]


def filled(html: str, known: Mapping[str, str]) -> str:
    """The text with its live figures as the file had them."""
    return _DATA.sub(
        lambda found: (
            f'<data value="{found[1]}">{escape(known[found[1]], quote=False)}</data>'
            if found[1] in known
            else found[0]
        ),
        html,
    )


# --- Live figures ----------------------------------------------------------------------------------


def _marks(blocks) -> list[str]:
    return [mark for html in blocks for mark, _ in _DATA.findall(html)]


def _changed(before, after, paragraph, lost, file):
    """The live figures that were changed between the two, by name or by being typed over."""
    for mark in _marks(after):
        if mark.startswith(CHANGED):
            name, said = file.changed[int(mark.removeprefix(CHANGED)) - 1]
            yield ChangedFigure(paragraph, name, file.known.get(name, ""), said)
    gone = Counter(_marks(before)) - Counter(_marks(after))
    for mark in gone:
        typed = _typed_over(before, after, mark) if lost[mark] else ""
        if typed and mark in file.known and not any(CHANGED in html for html in after):
            yield ChangedFigure(paragraph, mark, file.known[mark], typed)


def _typed_over(before, after, mark) -> str:
    """What stands where the live figure stood, if that is a number; "" if it was only taken away."""
    old, new = (_TOKEN.findall("".join(blocks)) for blocks in (before, after))
    if len(old) > MOST_PIECES or len(new) > MOST_PIECES:
        return "en annan text"
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "replace" and any(f'value="{mark}"' in token for token in old[a:b]):
            said = prose.plain(" ".join(new[c:d])).strip()
            if any(letter.isdecimal() for letter in said):
                return " ".join(said.split())
    return ""


def _with_marks_again(before: list[str], html: str, known) -> str:
    """Some programs let go of the control and keep its words; the author's own numbers are never marked in
    Word. Where the words stand once, unchanged, they are given their marks again."""
    for mark, inside in {found: None for old in before for found in _DATA.findall(old)}:
        words = escape(known[mark], quote=False) if mark in known else inside
        if f'value="{mark}"' in html and mark != prose.OWN:
            continue
        root = prose.read(html)
        if words and _count(root, words) == 1:
            shown = f"{{{mark}}}" if mark in known else inside
            _put(root, words, Element("data", f' value="{mark}"', [shown]))
            html = prose.write(root)
    return html


def _texts(element):
    for part in element.inside:
        if isinstance(part, str):
            yield element, part
        elif part.tag != "data":
            yield from _texts(part)


def _count(root, words) -> int:
    return sum(text.count(words) for _, text in _texts(root))


def _put(root, words, figure):
    element, text = next(pair for pair in _texts(root) if words in pair[1])
    at = element.inside.index(text)
    before, _, after = text.partition(words)
    element.inside[at : at + 1] = [part for part in (before, figure, after) if part]
