"""Which answer goes where: headings matched to the year's questions and to the administrations.

Pure: blocks in, a plan out. Every block ends up in exactly one place of the plan, so nothing is lost.
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rapidfuzz import fuzz

from malmo_intl.formats import normalise
from reports.importing.blocks import Block

ALIKE = 84  # of 100: the same question, numbered or slightly differently worded
SAME_NAME = 90
CITY = ""  # the place of the whole city's own chapter
SUMMARY = 0  # the number of the summary that has no question


class State(StrEnum):
    ANSWERED = "besvarad"
    NOTHING = "inget att rapportera"
    NOT_RECEIVED = "ej inkommen"
    EMPTY = "tom"


@dataclass(frozen=True)
class Question:
    number: int
    text: str


@dataclass(frozen=True)
class Unit:
    """An administration, and the names that a chapter about it may have."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """Text under one heading of the file. Without `question` it matched nothing."""

    heading: str
    number: str
    line: int
    administration: str | None = None
    question: int | None = None
    blocks: tuple[Block, ...] = ()
    remark: str = ""

    @property
    def html(self) -> str:
        return _as_answer(self.blocks)

    @property
    def is_bare(self) -> bool:
        """A heading with nothing under it: the title, or the name of a chapter."""
        return not self.blocks

    @property
    def words(self) -> str:
        return " ".join(block.words for block in self.blocks)

    @property
    def state(self) -> State:
        if not self.words.strip():
            return State.EMPTY
        if re.fullmatch(r"rapportering(en)? har (ej|inte) inkommit\W*", self.words, re.IGNORECASE):
            return State.NOT_RECEIVED
        return State.NOTHING if _says_nothing(self.words) else State.ANSWERED


@dataclass(frozen=True)
class Plan:
    """`answers` have a question and an administration; `leftovers` have not, or were in the way."""

    answers: tuple[Piece, ...]
    leftovers: tuple[Piece, ...]

    @property
    def texts(self) -> tuple[Piece, ...]:
        """The leftovers that hold something to place by hand."""
        return tuple(piece for piece in self.leftovers if not piece.is_bare)

    @property
    def bare(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.leftovers if piece.is_bare)

    def count(self, state: State) -> int:
        """Of the administrations' answers; the city's own chapter is not one."""
        return sum(piece.state == state for piece in self.answers if piece.administration)


@dataclass
class _Reader:
    questions: tuple[Question, ...]
    units: tuple[Unit, ...]
    only: str | None
    pieces: list[Piece] = field(default_factory=list)
    chapter: str | None = None
    chapter_number: str = ""

    def read(self, blocks):
        self.chapter = self.only
        self._begin(Piece("", "", 1))
        for block in blocks:
            begins = block.is_heading or _could_be_heading(block)
            if not (begins and self._heading(block)):
                self._add(block)
        return self.pieces

    def _heading(self, block) -> bool:
        """Whether the block begins a piece of its own; a heading within an answer does not."""
        unit = self._unit(block)
        if unit is not None and block.is_heading:
            self.chapter, self.chapter_number = unit, block.number
            self._begin(Piece(block.words, block.number, block.line, unit))
            return True
        question = self._question(block)
        if question is None:
            outside = self.pieces[-1].question is None
            if block.is_heading and outside:
                self._begin(Piece(block.words, block.number, block.line, self.chapter))
                return True
            return False
        self._begin(Piece(block.words, block.number, block.line, self.chapter, question))
        return True

    def _begin(self, piece):
        self.pieces.append(piece)

    def _add(self, block):
        last = self.pieces[-1]
        self.pieces[-1] = replace(last, blocks=(*last.blocks, block))

    def _unit(self, block) -> str | None:
        name = normalise(block.words)
        if name == "malmö stad":
            return CITY
        scored = [
            (fuzz.ratio(name, normalise(known)), unit.code)
            for unit in self.units
            for known in unit.names
        ]
        best = max(scored, default=(0, None))
        return best[1] if best[0] >= SAME_NAME else None

    def _question(self, block) -> int | None:
        text = _question_words(block.words)
        if text == "sammanfattning" and self.chapter == CITY and block.is_heading:
            return SUMMARY
        scored = [
            (fuzz.ratio(text, _question_words(question.text)), -question.number)
            for question in self.questions
        ]
        score, number = max(scored, default=(0, 0))
        wanted = ALIKE if block.is_heading else SAME_NAME
        return -number if score >= wanted else None


def _question_words(text: str) -> str:
    return re.sub(r"[^\w ]", "", normalise(text))


def _could_be_heading(block: Block) -> bool:
    """A short line of its own may be a question though nobody made it a heading."""
    return block.html.startswith("<p>") and len(block.words) < 300


def place(
    blocks: list[Block],
    questions: tuple[Question, ...],
    units: tuple[Unit, ...],
    only: str | None = None,
) -> Plan:
    """The plan for a file. `only`: the administration that a file without chapters is about."""
    pieces = _Reader(questions, units, only).read(blocks)
    answers, leftovers = [], []
    for piece in pieces:
        if piece.question is not None and piece.administration is not None:
            answers.append(piece)
        elif piece.blocks or piece.heading:
            leftovers.append(piece)
    return _without_strays(answers, leftovers)


def _without_strays(answers, leftovers) -> Plan:
    """Where a question stands twice in a chapter, the one whose number fits is the answer."""
    kept: dict[tuple, Piece] = {}
    for piece in answers:
        place_ = (piece.administration, piece.question)
        other = kept.get(place_)
        if other is None:
            kept[place_] = piece
            continue
        stray, right = (
            (other, piece)
            if _fits(piece, answers) and not _fits(other, answers)
            else (piece, other)
        )
        kept[place_] = right
        leftovers.append(replace(stray, question=None, remark=_stray_remark(stray, right)))
    return Plan(tuple(kept.values()), tuple(sorted(leftovers, key=lambda piece: piece.line)))


def _fits(piece, answers) -> bool:
    """Whether the heading's number begins as most of its chapter's do."""

    def chapter(number):
        return number.split(".")[0]

    numbers = [
        chapter(item.number) for item in answers if item.administration == piece.administration
    ]
    return chapter(piece.number) == max(set(numbers), key=numbers.count)


def _stray_remark(stray, right) -> str:
    likeness = fuzz.ratio(stray.words, right.words)
    same = (
        "samma text som"
        if likeness == 100
        else "nästan samma text som"
        if likeness > 95
        else "en annan text än"
    )
    return f"Frågan står två gånger i kapitlet. Det här är {same} på rad {right.line}."


_NOTHING = re.compile(r"\b(inget|inga|ingenting|ej aktuellt|inte aktuellt)\b", re.IGNORECASE)


def _says_nothing(words: str) -> bool:
    """One short sentence that says no and nothing more."""
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", words.strip()) if part]
    return (
        len(sentences) == 1
        and len(words) <= 100
        and bool(_NOTHING.search(words))
        and not re.search(r"\b(men|utan|däremot)\b", words, re.IGNORECASE)
    )


def _as_answer(blocks) -> str:
    """HTML with the headings that an answer may have: h3, and h4 below one."""
    levels = [block.level for block in blocks if block.is_heading and not block.quiet]
    top = min(levels, default=0)
    parts, seen = [], False
    for block in blocks:
        if not block.is_heading:
            parts.append(block.html)
            continue
        deep = seen and (block.quiet or block.level > top + 1)
        seen = True
        parts.append(f"<h4>{block.html}</h4>" if deep else f"<h3>{block.html}</h3>")
    return "".join(parts)
