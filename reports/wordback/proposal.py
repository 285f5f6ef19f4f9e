"""What a Word file that has come back would change: text by text, with what cannot be taken and why."""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from malmo_intl import richtext
from reports import identities
from reports.compose import parts
from reports.document import Document
from reports.entry.form import PartForm
from reports.importing.upload import Refused
from reports.renderers import docx as renderer
from reports.renderers import docx_origin as origin
from reports.renderers import docx_reading as reading
from reports.rules import AnswerState
from reports.wordback import opening, texts
from reports.wordback.joining import filled, join
from reports.wordback.opening import Part, Returned
from reports.wordback.places import NOWHERE, Place, Places
from reports.wordback.texts import Target

_WHAT = {
    origin.HEAD: "Dokumentets huvud är ändrat",
    origin.TEXT: "En text som systemet skriver är ändrad",
    "punkter": "Punkterna är ändrade",
    origin.NOTICE: "En upplysning är ändrad",
    "uppgifter": "Uppgifterna är ändrade",
    "nyckeltal": "Nyckeltalen är ändrade",
    "tabell": "Tabellen eller texten vid den är ändrad",
    "diagram": "Diagrammet eller texten vid det är ändrad",
}
_WHERE = "Innehållet kommer från sidorna där redovisningen skrivs och ändras där."
NO_LINES = ("", "")
# The words of a question without an answer: what is written there instead is the answer.
_UNANSWERED = parts.answer_blocks(AnswerState.EMPTY, None)[0].text


class Another(Refused):
    """The file is another document, the one called `identity`."""

    def __init__(self, identity: str, wanted: str):
        super().__init__(
            f"Filen är {identities.title(identity)}. Här tas bara {identities.title(wanted)} emot."
        )
        self.identity = identity


@dataclass(frozen=True)
class Change:
    """A text that the file says otherwise. `before` is the text that the file was made from, `after` what
    would be stored; `seen` is the version of the part that it was made from. `is_clash`: it has been changed
    here too. `problems` are why it cannot be stored. `url` is the page where it is written."""

    target: Target
    heading: str
    before: str
    after: str
    seen: int
    url: str
    is_clash: bool = False
    problems: tuple[str, ...] = ()
    before_shown: str = ""  # both with their live figures as the file had them
    after_shown: str = ""

    @property
    def is_emptied(self) -> bool:
        return not self.after

    @property
    def can_be_taken(self) -> bool:
        return not (self.is_clash or self.problems)


@dataclass(frozen=True)
class Left:
    """A change that is not taken: where, and why; what stood there and what stands there, if that is known.

    `link` names the page at `url` where it can be changed; both are "" if that is no one page."""

    place: str
    sentence: str
    before: str = ""
    after: str = ""
    url: str = ""
    link: str = ""


@dataclass
class Proposal:
    """`is_older`: some text has been changed here since the file was fetched."""

    returned: Returned
    changes: list[Change] = field(default_factory=list)
    figures: list[Left] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    is_older: bool = False

    @property
    def says_nothing(self) -> bool:
        return not (self.changes or self.figures or self.left)

    @property
    def can_be_taken(self) -> list[Change]:
        return [change for change in self.changes if change.can_be_taken]


def propose(desk, document: Document, content: bytes) -> Proposal:
    """What the file would change. `desk` is where the texts of `document` are written; `document` is as it
    would be today. Raises Refused, or Another when the file is not that document."""
    returned = opening.read(content)
    if returned.origin.identity != document.identity:
        raise Another(returned.origin.identity, document.identity)
    return _Reader(desk, document, returned).proposal()


class _Reader:
    """Goes through the file's stretches once. Forms are made once for each part."""

    def __init__(self, desk, document: Document, returned: Returned):
        self.desk, self.document, self.returned = desk, document, returned
        self.places = Places(desk, document)
        self.forms: dict[str, PartForm] = {}
        self.found = Proposal(returned)
        self._today: list[Part] | None = None

    def proposal(self) -> Proposal:
        taken: set[Target] = set()
        for part in self.returned.parts:
            stretch = part.stretch
            target = texts.target(self.document.kind, stretch.section)
            is_written = stretch.kind == origin.TEXT or _is_unanswered(stretch)
            if not is_written or target is None or target in taken:
                self._leave_if_changed(part)
                continue
            base, seen = self._base(target, stretch)
            if base is None:
                self._leave_unknown(part, target)
                continue
            taken.add(target)
            self.found.is_older |= self._form(target.key).stored.get(target.field, "") != base
            if part.is_changed(self.returned.file):
                self._compare(part, target, base, seen)
        return self.found

    def _form(self, key) -> PartForm:
        if key not in self.forms:
            self.forms[key] = self.desk.form(key)
        return self.forms[key]

    def _base(self, target, stretch) -> tuple[str | None, int]:
        """The text that the file was made from, and in which version of its part it was."""
        form = self._form(target.key)
        if _is_unanswered(stretch):
            return "", form.version
        stored, wanted = form.stored.get(target.field, ""), stretch.text
        if origin.of_prose(stored) == wanted:
            return stored, form.version
        for saving in form.part.savings.order_by("-version") if form.part else ():
            text = saving.values.get(target.field, "")
            if text and origin.of_prose(text) == wanted:
                return text, saving.version
        return None, 0

    def _compare(self, part: Part, target, base, seen):
        file, stretch = self.returned.file, part.stretch
        try:
            joined = join(base, self._written(part), file)
        except richtext.TooComplex as error:
            self._leave(part, str(error), self.places.of_part(target.key))
            return
        for item in joined.figures:
            self.found.figures.append(
                Left(
                    f"Avsnitt ”{stretch.heading}”, stycke {item.paragraph}",
                    f"Siffran är ändrad från ”{item.before}” till ”{item.after}”. Den kommer ur uppgifterna "
                    "och ändras där. Stycket tas inte in.",
                    *NO_LINES,
                    *self.places.of_rows(item.mark),
                )
            )
        form = self._form(target.key)
        stored = form.stored.get(target.field, "")
        if joined.html in (base, stored):
            return
        after = type(form)(form.submission, form.key, {**form.stored, target.field: joined.html})
        after.full_clean()
        problems = tuple(text for sentences in after.errors.values() for text in sentences)
        self.found.changes.append(
            Change(
                target,
                stretch.heading,
                base,
                joined.html,
                seen,
                self.desk.address(target.key),
                stored != base,
                problems,
                filled(base, file.known),
                filled(joined.html, file.known),
            )
        )

    def _written(self, part) -> str:
        """What stands in the stretch, without the words that stood there because nobody had written."""
        found = reading.html(part.elements, self.returned.file, part.stretch.level)
        if _is_unanswered(part.stretch):
            found = re.sub(rf"{re.escape(_UNANSWERED)}\s*", "", found, count=1)
        return found

    # --- What is not taken ---------------------------------------------------------------------------

    def _leave_unknown(self, part, target):
        """The first text of a section that is a part's is that part's, or generated if the part is empty."""
        if not part.is_changed(self.returned.file):
            return
        if not self._form(target.key).stored.get(target.field, ""):
            self._leave_if_changed(part)
            return
        self.found.is_older = True
        sentence = (
            "Texten är ändrad, men den som filen bygger på finns inte kvar att jämföra med. "
            "Hämta en ny Word-fil, eller ändra på sidan."
        )
        self._leave(part, sentence, self.places.of_part(target.key))

    def _leave_if_changed(self, part):
        if part.is_changed(self.returned.file):
            self._leave(part, *self._why(part), self._lines(part))

    def _why(self, part) -> tuple[str, Place]:
        """Why the stretch is not taken, and the page where it can be changed."""
        kind, stretch = self.document.kind, part.stretch
        if stretch.kind == origin.HEADING and part.elements[1:]:
            sentence = f"Text är tillagd under rubriken. {_WHERE}"
            return sentence, self.places.of_part(texts.part(kind, stretch.section))
        if stretch.kind == origin.HEADING:
            how = "borttagen" if part.is_missing else "ändrad"
            return f"Rubriken är {how}. Rubriker tas inte in från filen.", NOWHERE
        if stretch.kind in (origin.TEXT, origin.NOTICE):
            if whose := texts.whose(kind, stretch.section):
                sentence = (
                    "Svaret är ändrat. Det är förvaltningens eget och ändras i dess redovisning."
                )
                return sentence, self.places.of_report(whose)
            target = texts.target(kind, stretch.section)
            if target and stretch.kind == origin.NOTICE:
                sentence = "Frågan hade inget svar att ändra när filen hämtades. Skriv svaret på frågans sida."
                return sentence, self.places.of_part(target.key)
        what = _WHAT.get(stretch.kind, "Innehållet är ändrat")
        if part.is_missing:
            what = "Det här är borttaget i filen"
        return f"{what}. {_WHERE}", self.places.of_part(texts.part(kind, stretch.section))

    def _leave(self, part, sentence, place: Place, lines=NO_LINES):
        self.found.left.append(Left(self._where(part), sentence, *lines, *place))

    def _where(self, part) -> str:
        if part.stretch.kind == origin.HEAD:
            return "Dokumentets huvud"
        return f"Avsnitt ”{part.stretch.heading}”"

    def _lines(self, part) -> tuple[str, str]:
        """What stood there and what stands there now; ("", what stands there) if the document says something
        else today than when the file was fetched."""
        now = reading.lines(part.elements, self.returned.file)
        then = self._as_sent(part.stretch)
        if then is None:
            return "", _short(now)
        changes = SequenceMatcher(None, then, now, autojunk=False).get_opcodes()
        changes = [change for change in changes if change[0] != "equal"]
        gone = [line for _, a, b, _, _ in changes for line in then[a:b]]
        come = [line for _, _, _, c, d in changes for line in now[c:d]]
        return _short(gone), _short(come)

    def _as_sent(self, stretch) -> list[str] | None:
        if self._today is None:
            today = opening.read(renderer.render(self.document))
            self._today = today.parts
            self._file = today.file
        about = (stretch.section, stretch.kind, stretch.words)
        for part in self._today:
            if (part.stretch.section, part.stretch.kind, part.stretch.words) == about:
                return reading.lines(part.elements, self._file)
        return None


def _is_unanswered(stretch) -> bool:
    is_notice = stretch.kind == origin.NOTICE
    return is_notice and stretch.words == origin.of_words([_UNANSWERED])


def _short(lines: list[str], most=300) -> str:
    text = " · ".join(lines)
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
