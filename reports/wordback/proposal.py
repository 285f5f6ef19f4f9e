"""What a Word file that has come back would change: text by text, with what cannot be taken and why."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from malmo_intl import richtext
from reports.document import Document
from reports.entry.form import PartForm
from reports.importing.upload import Refused
from reports.renderers import docx as renderer
from reports.renderers import docx_origin as origin
from reports.renderers import docx_reading as reading
from reports.wordback import opening, texts
from reports.wordback.joining import filled, join
from reports.wordback.opening import Part, Returned
from reports.wordback.texts import Target

_WHAT = {
    origin.HEAD: "Dokumentets huvud är ändrat",
    origin.HEADING: "Rubriken är ändrad",
    origin.TEXT: "En text som systemet skriver är ändrad",
    "punkter": "Punkterna är ändrade",
    "notis": "En upplysning är ändrad",
    "uppgifter": "Uppgifterna är ändrade",
    "nyckeltal": "Nyckeltalen är ändrade",
    "tabell": "Tabellen eller texten vid den är ändrad",
    "diagram": "Diagrammet eller texten vid det är ändrad",
}
_WHERE = "Innehållet kommer från sidorna där redovisningen skrivs och ändras där."


@dataclass(frozen=True)
class Change:
    """A text that the file says otherwise. `before` is the text that the file was made from, `after` what
    would be stored; `seen` is the version of the part that it was made from. `is_clash`: it has been changed
    here too. `problems` are why it cannot be stored."""

    target: Target
    heading: str
    before: str
    after: str
    seen: int
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
    """A change that is not taken: where, and why; what stood there and what stands there, if that is known."""

    place: str
    sentence: str
    before: str = ""
    after: str = ""


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
    would be today. Raises Refused when the file is not that document."""
    returned = opening.read(content)
    _refuse_another(returned.origin, document)
    return _Reader(desk, document, returned).proposal()


def _refuse_another(found: origin.Origin, document: Document):
    if found.identity == document.identity:
        return
    if found.kind == document.kind:
        raise Refused(
            f"Filen är ett annat dokument av samma slag ({found.identity}). Här tas bara {document.identity} emot."
        )
    raise Refused(
        f"Filen är ett annat dokument ({found.identity}). Gå till det dokumentets sida och ta in den där."
    )


class _Reader:
    """Goes through the file's stretches once. Forms are made once for each part."""

    def __init__(self, desk, document: Document, returned: Returned):
        self.desk, self.document, self.returned = desk, document, returned
        self.forms: dict[str, PartForm] = {}
        self.found = Proposal(returned)
        self._today: list[Part] | None = None

    def proposal(self) -> Proposal:
        taken: set[Target] = set()
        for part in self.returned.parts:
            stretch = part.stretch
            target = texts.target(self.document.kind, stretch.section)
            if stretch.kind != origin.TEXT or target is None or target in taken:
                self._leave_if_changed(part)
                continue
            base, seen = self._base(target, stretch.text)
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

    def _base(self, target, wanted) -> tuple[str | None, int]:
        """The text that the file was made from, and in which version of its part it was."""
        form = self._form(target.key)
        stored = form.stored.get(target.field, "")
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
            joined = join(base, reading.html(part.elements, file, stretch.level), file)
        except richtext.TooComplex as error:
            self.found.left.append(Left(self._place(part), str(error)))
            return
        for item in joined.figures:
            self.found.figures.append(
                Left(
                    f"Avsnitt ”{stretch.heading}”, stycke {item.paragraph}",
                    f"Siffran är ändrad från ”{item.before}” till ”{item.after}”. Den kommer ur uppgifterna "
                    "och ändras där. Stycket tas inte in.",
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
                stored != base,
                problems,
                filled(base, file.known),
                filled(joined.html, file.known),
            )
        )

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
        self.found.left.append(Left(self._place(part), sentence))

    def _leave_if_changed(self, part):
        if not part.is_changed(self.returned.file):
            return
        stretch = part.stretch
        sentence = f"{_WHAT.get(stretch.kind, 'Innehållet är ändrat')}. {_WHERE}"
        if stretch.kind == origin.TEXT and texts.is_an_administrations(
            self.document.kind, stretch.section
        ):
            sentence = "Svaret är ändrat. Det är förvaltningens eget och ändras i dess redovisning."
        if part.is_missing:
            sentence = f"Det här är borttaget i filen. {_WHERE}"
        self.found.left.append(Left(self._place(part), sentence, *self._lines(part)))

    def _place(self, part) -> str:
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


def _short(lines: list[str], most=300) -> str:
    text = " · ".join(lines)
    return text if len(text) <= most else f"{text[:most].rstrip()} …"
