"""The five documents that were written by hand, as text, made into prose that the engine can read.

They are no part of this project, and nothing of them but places and figures may be written down here.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# A page of them holds about so many characters: the longest has forty pages, by its own list of contents.
PAGE = 2600
# Source → the year it tells of, and the administration that writes; "" is the city.
TOLD = {
    "000": (2019, "ASF"),
    "001": (2023, ""),
    "002": (2022, "ASF"),
    "003": (2019, ""),
    "004": (2019, "ASF"),
}
_CHAPTER = re.compile(r"#+ \W*(\d{1,2}) ([^\d*]+?)\**")
_MARKUP = re.compile(r"\*\*|</?b>|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|□")


@dataclass(frozen=True)
class Piece:
    """What one body writes in a source. `lines`: the line of the source that each block of text comes from."""

    source: str
    year: int
    administration: str
    heading: str
    blocks: tuple[str, ...]
    lines: tuple[int, ...]

    @property
    def html(self) -> str:
        return "".join(self.blocks)

    def altered(self, block: int, said: str, to: str) -> str | None:
        """The same with one number another; None where it cannot be told which of several it is."""
        markup = self.blocks[block]
        if markup.count(said) != 1:
            return None
        return "".join((*self.blocks[:block], markup.replace(said, to), *self.blocks[block + 1 :]))


def pieces(folder: Path, boards: dict[str, str]) -> Iterator[Piece]:
    """`boards`: board's name → the administration's code."""
    for source, (year, code) in TOLD.items():
        (path,) = folder.glob(f"{source}_*.txt")
        lines = list(enumerate(path.read_text("utf-8").splitlines(), start=1))
        for who, heading, chapter in _chapters(lines, code, boards):
            blocks = [block for number, line in chapter for block in _blocks(number, line)]
            yield Piece(
                source,
                year,
                who,
                heading,
                tuple(markup for _, markup in blocks),
                tuple(number for number, _ in blocks),
            )


def pages(folder: Path, source: str) -> int:
    (path,) = folder.glob(f"{source}_*.txt")
    return max(1, round(len(path.read_text("utf-8")) / PAGE))


def _chapters(lines, code, boards):
    """The consolidated report has a chapter for each board."""
    found = [(code, "", [])]
    for number, line in lines:
        chapter = _CHAPTER.fullmatch(line.strip())
        if chapter and chapter[2] in boards:
            found.append((boards[chapter[2]], chapter[2], []))
        found[-1][2].append((number, line))
    return found


def _blocks(number, line) -> Iterator[tuple[int, str]]:
    """A line is a paragraph, a heading, a point, or a row of cells."""
    text = _MARKUP.sub("", line).strip()
    if not text or "...." in text:  # a row of a list of contents
        return
    if "\t" in text:
        for cell in text.split("\t"):
            yield number, f"<p>{html.escape(cell.strip(), quote=False)}</p>"
    elif line.startswith("#"):
        yield number, f"<h3>{html.escape(text.lstrip('# '), quote=False)}</h3>"
    else:
        yield number, f"<p>{html.escape(text.removeprefix('- '), quote=False)}</p>"
