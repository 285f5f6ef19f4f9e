"""What was changed in a text, marked word by word: <ins> what came, <del> what went. No Django."""

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

from malmo_intl import prose

_PIECE = re.compile(r"<[^>]*>|&\w+;|\w+|\s+|[^\w\s<]", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
# Comparing word by word takes time that grows with the square: this many pieces, 600 words, some 0.1 s.
# What is longer is compared block by block.
MOST_PIECES = 1200
# Longer texts with a smaller share of words in common are two texts, not one that was changed: of the known
# years' answers no two to different questions have more than 0.37. Marked word by word they cannot be read.
FEW_WORDS, SAME_TEXT = 40, 0.4


@lru_cache(maxsize=256)
def mark(before: str, after: str) -> str:
    """`after`, cleaned prose, with what is not in `before` in <ins> and what was taken away in <del>.

    The pairs that were compared last are kept: a review is read many times, and its texts do not change.
    """
    old, new = _blocks(before), _blocks(after)
    written = ""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal":
            written += come
        elif what == "replace":
            written += _words(_PIECE.findall(gone), _PIECE.findall(come))
        else:
            written += _all(gone, "del") + _all(come, "ins")
    return written


def _blocks(html) -> list[str]:
    return [prose.write(part) for part in prose.read(html).inside]


def _all(html, tag) -> str:
    return "".join(
        piece if piece.startswith("<") or not piece.strip() else f"<{tag}>{piece}</{tag}>"
        for piece in re.findall(r"<[^>]*>|[^<]+", html)
    )


def _words(old, new) -> str:
    if len(old) > MOST_PIECES or len(new) > MOST_PIECES or not _is_one_text(old, new):
        return _all("".join(old), "del") + _all("".join(new), "ins")
    marked = _Marked()
    for what, a, b, c, d in SequenceMatcher(_is_between, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            marked.remove(old[a:b])
        marked.add(new[c:d], is_new=what != "equal")
    return marked.end()


def _is_one_text(old, new) -> bool:
    words = [
        Counter(piece.casefold() for piece in side if piece[0].isalnum()) for side in (old, new)
    ]
    most = sum(map(Counter.total, words))
    return most <= 2 * FEW_WORDS or 2 * (words[0] & words[1]).total() >= SAME_TEXT * most


def _is_between(piece) -> bool:
    """A space or a sign is the same only together with a word beside it: by itself it is everywhere, which
    says nothing to a reader and takes most of the time."""
    return not piece[0].isalnum() and piece[0] not in "<&"


class _Marked:
    """HTML that is written piece by piece. What was removed waits for a place that may hold text."""

    def __init__(self):
        self.out: list[str] = []
        self.gone, self.come = "", ""
        self.holders = 0

    def remove(self, pieces):
        text = "".join(" " if piece.startswith("<") else piece for piece in pieces)
        self.gone += text if text.strip() else ""

    def add(self, pieces, is_new):
        for piece in pieces:
            if tag := _TAG.match(piece):
                self._tag(piece, tag)
            elif is_new:
                self.come += piece
            else:
                self._flush()
                self.out.append(piece)

    def _tag(self, piece, tag):
        self._flush()
        self.out.append(piece)
        if tag[2] in prose.HOLDS_TEXT:
            self.holders += -1 if tag[1] else 1

    def _flush(self):
        if self.gone and self.holders:
            self.out.append(f"<del>{self.gone}</del>")
            self.gone = ""
        if self.come:
            self.out.append(f"<ins>{self.come}</ins>" if self.come.strip() else self.come)
            self.come = ""

    def end(self) -> str:
        self._flush()
        return "".join(self.out) + (f"<p><del>{self.gone.strip()}</del></p>" if self.gone else "")
