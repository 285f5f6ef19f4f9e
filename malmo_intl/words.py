"""Words as a search compares them: without inflection, alike on every database. No Django.

"projekten" is found by "projekt", "Finnsinte" not by "finns". Å, ä and ö are letters of their own; accents
on other letters are not.
"""

import re
import threading
import unicodedata
from dataclasses import dataclass

import snowballstemmer

from malmo_intl.formats import normalise

_OF_THE_THREAD = (
    threading.local()
)  # a stemmer keeps the word it works on, so two threads cannot share one
_WORD = re.compile(r"\w+")
MOST_SOUGHT = 10


def stem_list(text: str) -> list[str]:
    """The stem of each word of `text`, in order."""
    return _stemmer().stemWords(_WORD.findall(_compared(text)))


def _stemmer():
    if not hasattr(_OF_THE_THREAD, "stemmer"):
        _OF_THE_THREAD.stemmer = snowballstemmer.stemmer("swedish")
    return _OF_THE_THREAD.stemmer


def _without_accents(text: str) -> str:
    return "".join(
        letter if letter in "åäö" else unicodedata.normalize("NFD", letter)[0] for letter in text
    )


def stems(text: str) -> str:
    """The stems of `text` between spaces, one at each end too, so that " ord " finds a whole word."""
    found = " ".join(stem_list(text))
    return f" {found} " if found else ""


@dataclass(frozen=True)
class Sought:
    """A word that is searched for. `unfinished`: words that begin with it will do."""

    stem: str
    unfinished: bool = False

    @property
    def needle(self) -> str:
        """What the text's stems hold if it is found (`stems`)."""
        return f" {self.stem}" if self.unfinished else f" {self.stem} "

    def is_in(self, word: str) -> bool:
        """Whether `word`, as it stands in a text, is one that was sought."""
        if not _compared(word).startswith(self.stem[:2]):
            return False  # quicker than stemming it
        return any(
            stem.startswith(self.stem) if self.unfinished else stem == self.stem
            for stem in stem_list(word)
        )


def sought(text: str, unfinished: bool = False) -> list[Sought]:
    """The first MOST_SOUGHT words of a search, each once. "utbild*" is unfinished; so are all if `unfinished`."""
    found = []
    for word in text.split():
        for stem in stem_list(word):
            item = Sought(stem, unfinished or word.endswith("*"))
            if item not in found:
                found.append(item)
    return found[:MOST_SOUGHT]


def snippet(text: str, wanted: list[Sought], length: int = 240) -> list[tuple[str, bool]]:
    """Some of `text` round the first word that was sought, in pieces: (text, whether it was sought).

    Cut between words, with … where something is left out. The beginning, if none of the words is there.
    """
    text = " ".join(text.split())
    hits = (match for match in _WORD.finditer(text) if _hit(match, wanted))
    first = next(hits, None)
    start = max(0, (first.start() if first else 0) - length // 3)
    if start:
        start = text.find(" ", start) + 1 or start
    if first and start > first.start():
        start = first.start()
    end = len(text) if start + length >= len(text) else text.rfind(" ", 0, start + length)
    if end <= start or (first and end < first.end()):
        end = min(len(text), start + length)
    pieces = [("…\u00a0", False)] if start else []
    at = start
    for match in _WORD.finditer(text, start, end):
        if _hit(match, wanted):
            pieces += [(text[at : match.start()], False), (match.group(), True)]
            at = match.end()
    pieces.append((text[at:end] + ("\u00a0…" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _hit(match, wanted) -> bool:
    return any(item.is_in(match.group()) for item in wanted)


def _compared(text: str) -> str:
    return _without_accents(normalise(text))
