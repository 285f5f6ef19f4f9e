"""A text as a row of blocks: headings and pieces of clean HTML, each with where it stood. No Django."""

import re
from dataclasses import dataclass
from html import escape

from malmo_intl import marks

NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=\S)")


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1–9) or a piece of text (`level` 0). `number` is what was typed before a
    heading: "2.1.5". `line` is where it stood: the line of a text file, the paragraph of a Word file."""

    html: str
    words: str
    line: int
    level: int = 0
    number: str = ""
    quiet: bool = False  # a heading in italics: a sub-heading, whatever its level says

    @property
    def is_heading(self) -> bool:
        return self.level > 0


def heading(words: str, level: int, line: int, quiet: bool = False) -> Block:
    words = re.sub(r"[\s□]+", " ", words).strip()
    number = NUMBER.match(words)
    bare = words[number.end() :] if number else words
    return Block(escape(bare, quote=False), bare, line, level, number[1] if number else "", quiet)


# --- Markdown and plain text --------------------------------------------------------------------------

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITALIC = re.compile(r"\*[^*].*[^*]\*|_[^_].*[^_]_")
_ITEM = re.compile(r"^(\s*)(?:[-*•]|(\d{1,2}[.)]))\s+")
_RULE = re.compile(r"^\s*([-*_])(\s*\1){2,}\s*$")


def from_text(text: str) -> list[Block]:
    """The blocks of a text with Markdown headings; the rest is written with `malmo_intl.marks`.

    A line that only goes on from the one above belongs to it, as when a page has cut a sentence.
    """
    blocks: list[Block] = []
    waiting: list[str] = []
    for at, line in enumerate([*text.splitlines(), ""], start=1):
        found = _HEADING.match(line)
        if found or not line.strip() or _RULE.match(line) or _begins_list(line, waiting):
            if waiting:
                blocks.append(_block(waiting, at - len(waiting)))
            waiting = []
        if found:
            marked = found[2].strip()
            quiet = bool(_ITALIC.fullmatch(marked))
            blocks.append(heading(_bare(marked), len(found[1]), at, quiet))
        elif line.strip() and not _RULE.match(line):
            waiting.append(line)
    return blocks


def _begins_list(line, waiting) -> bool:
    return bool(waiting) and bool(_ITEM.match(line)) and not _ITEM.match(waiting[0])


def _block(lines, at) -> Block:
    html = marks.from_marks("\n".join(_joined(lines)).replace("<b>", "**").replace("</b>", "**"))
    return Block(html, _bare(" ".join(line.strip() for line in lines)), at)


def _joined(lines) -> list[str]:
    """A table as it is; else each point, or the paragraph, on one line."""
    if lines[0].strip().startswith("|"):
        return [line.strip() for line in lines]
    joined: list[str] = []
    for line in lines:
        if item := _ITEM.match(line):
            joined.append(f"{item[1]}{item[2] or '-'} {line[item.end() :].strip()}")
        elif joined:
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line.strip())
    return joined


def _bare(text: str) -> str:
    """Without the marks of Markdown."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*+|</?b>|^[-•]\s", "", text).strip()
