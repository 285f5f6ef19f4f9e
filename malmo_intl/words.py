"""Words as a search compares them: without inflection, alike on every database. No Django.

"projekten" is found by "projekt", "Finnsinte" not by "finns". Å, ä and ö are letters of their own; accents
on other letters are not.
"""

import re
import unicodedata

import snowballstemmer

from malmo_intl.formats import normalise

_STEMMER = snowballstemmer.stemmer("swedish")
_WORD = re.compile(r"\w+")


def stem_list(text: str) -> list[str]:
    """The stem of each word of `text`, in order."""
    return _STEMMER.stemWords(_WORD.findall(_without_accents(normalise(text))))


def _without_accents(text: str) -> str:
    return "".join(
        letter if letter in "åäö" else unicodedata.normalize("NFD", letter)[0] for letter in text
    )


def stems(text: str) -> str:
    """The stems of `text` between spaces, one at each end too, so that " ord " finds a whole word."""
    found = " ".join(stem_list(text))
    return f" {found} " if found else ""
