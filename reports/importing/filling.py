"""A filled-in workbook against what is stored: every change and every problem, then all or nothing."""

from dataclasses import dataclass

from reports.entry import carry, parts, saving
from reports.entry.form import PartForm
from reports.importing import reading
from reports.importing.reading import Filled, Typed
from reports.importing.sheets import choices, kind, tab_title
from reports.importing.upload import Refused
from reports.importing.workbook import in_cell
from reports.models import Submission

_YES = {"x", "ja", "1", "sant", "true"}


@dataclass(frozen=True)
class Change:
    """A cell that says something else than what is stored."""

    where: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Problem:
    """Why the workbook cannot be stored as it is, and where."""

    where: str
    sentence: str

    def __str__(self):
        return f"{self.where}: {self.sentence}"


@dataclass(frozen=True)
class Proposal:
    """What the workbook would change. `data` is part → field → text, only of parts that change."""

    changes: list[Change]
    problems: list[Problem]
    data: dict[str, dict[str, str]]
    versions: dict[str, int]


class NotStored(ValueError):
    """Nothing was stored; `problems` says why."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def propose(submission: Submission, content: bytes) -> Proposal:
    """What the workbook would change in `submission`. Raises Refused when it is not for it."""
    filled = reading.read(content)
    _check_whose(submission, filled)
    proposal = Proposal([], [], {}, filled.versions)
    for key, cells in filled.parts.items():
        form_class = parts.form_class(key)
        if form_class is None:
            raise Refused(f"Delen {key} finns inte. Hämta en ny Excel-bok.")
        _part(form_class(submission, key), cells, filled.versions.get(key, 0), proposal)
    return proposal


def _check_whose(submission, filled: Filled):
    wanted = (submission.year.year, submission.administration.code)
    if (filled.year, filled.administration) != wanted:
        raise Refused(
            f"Excel-boken gäller {filled.administration} {filled.year}, "
            f"men den här redovisningen är {wanted[1]} {wanted[0]}."
        )
    if not submission.is_editable:
        raise Refused(
            f"Redovisningen är {submission.get_status_display().lower()} och går inte att ändra."
        )


def _part(now: PartForm, cells: dict[str, Typed], version: int, proposal: Proposal):
    base = now.stored
    if now.part and version != now.version:
        base = saving.base_of(now.part, version)
    data = dict(base)
    # Made with the cells, so that new rows have their fields.
    shaped = type(now)(now.submission, now.key, {name: cell.text for name, cell in cells.items()})
    for name, cell in cells.items():
        try:
            data[name] = _as_posted(shaped.fields.get(name), cell.text, base.get(name, ""))
        except ValueError as error:
            proposal.problems.append(Problem(str(cell.place), str(error)))
            data[name] = base.get(name, "")
    if all(data.get(name, "") == base.get(name, "") for name in cells):
        return  # untouched, so what it lacks is not this workbook's fault
    form = type(now)(now.submission, now.key, data)
    if form.is_valid():
        _compare(form, base, cells, proposal)
    else:
        proposal.problems.extend(_problems(form, cells))


def _as_posted(field, text: str, before: str) -> str:
    """A cell's text as the page would post it. Raises ValueError with a sentence."""
    if field is None:
        if text:
            raise ValueError("Raden finns inte längre. Hämta en ny Excel-bok.")
        return ""
    match kind(field):
        case "choice":
            by_label = {label.casefold(): value for value, label in choices(field).items()}
            if text and text.strip().casefold() not in by_label:
                raise ValueError(f"”{text}” finns inte i listan. Välj ett av listans alternativ.")
            return by_label.get(text.strip().casefold(), "")
        case "yes":
            if text and text.strip().casefold() not in _YES:
                raise ValueError(f"”{text}” går inte att läsa. Skriv x för ja eller lämna tomt.")
            return "on" if text else ""
        case "prose":
            return before if text == in_cell(before) else text
    return text


def _compare(form, base, cells, proposal):
    after = form.values()
    changed = [name for name in after if after[name] != base.get(name, "")]
    if not changed:
        return
    proposal.data[form.key] = {name: form.data.get(name, "") for name in form.data}
    for name in changed:
        where = str(cells[name].place) if name in cells else str(form.heading)
        label = str(form.fields[name].label)
        proposal.changes.append(Change(where, label, base.get(name, ""), after[name]))


def _problems(form, cells):
    for name, sentences in form.errors.items():
        where = str(cells[name].place) if name in cells else tab_title(form)
        yield from (Problem(where, sentence) for sentence in sentences)


def store(
    submission: Submission, data: dict, versions: dict[str, int], writer: saving.Writer
) -> int:
    """Save the parts of a proposal, all or none. Returns how many.

    Raises NotStored, or ValidationError where nothing may be written.
    """
    with carry.writing(submission, writer.by):
        _store_each(submission, data, versions, writer)
    return len(data)


def _store_each(submission, data, versions, writer):
    problems = []
    for key, values in data.items():
        form = parts.form_class(key)(submission, key, values)
        if not form.is_valid():
            problems.extend(_problems(form, {}))
            continue
        try:
            saving.save(form, versions.get(key, 0), writer)
        except saving.Conflict as conflict:
            problems.extend(_clashes(form, conflict))
    if problems:
        raise NotStored(problems)


def _clashes(form, conflict):
    saved_by = conflict.theirs.part.saved_by
    who = saved_by.name if saved_by else "Någon annan"
    for clash in conflict.clashes:
        yield Problem(
            tab_title(form),
            f"{clash.label}: {who} har ändrat till ”{clash.theirs}” medan filen var ute; "
            f"i filen står ”{clash.mine}”. Hämta en ny Excel-bok, eller ändra på sidan.",
        )
    if not conflict.clashes:
        yield Problem(tab_title(form), f"{who} har ändrat här så att uppgifterna inte går ihop.")
