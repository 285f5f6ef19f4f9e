"""The case that the checks look at: a submission with all that is around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from malmo_intl.models import Administration
from projects.models import NetworkMembership
from reports.checks.entries import Entry, Register
from reports.checks.finding import LONGEST_KEY, Finding, Severity
from reports.checks.sentences import Text
from reports.entry import parts
from reports.facts import Facts
from reports.models import Answer, Comment, Memo, Question, Submission
from reports.models.part import CarriedItem
from reports.rollup import Rollup, roll_up

PAYOUTS, GOALS, PARTNERS, MEMO = "utbetalningar", "mal", "parter", "tjansteskrivelse"


@dataclass(frozen=True)
class Case:
    """`entries` are the participations that belong to the year (counting rule 3), in Swedish order;
    `every` are those of all years. `shared` are the participations of all administrations in the same
    projects that belong to the year by their period or by published money: drafts are secret."""

    submission: Submission
    every: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    shared: frozenset[int]
    questions: tuple[Question, ...]
    answers: dict[int, Answer]
    earlier_answers: dict[int, Answer]
    memo: Memo | None
    earlier_memo: Memo | None
    partners: dict[str, int]
    earlier_partners: dict[str, int]
    tasks: tuple[parts.Task, ...]
    carried: tuple[CarriedItem, ...]
    register: Register
    administrations: tuple[Administration, ...]
    networks: frozenset[str]
    memberships: tuple[NetworkMembership, ...]
    comments: tuple[Comment, ...] = ()

    # --- What the checks ask ----------------------------------------------------------------------

    @property
    def year(self) -> int:
        return self.submission.year.year

    @property
    def administration(self) -> Administration:
        return self.submission.administration

    @cached_property
    def rollup(self) -> Rollup:
        """The administration's own figures, counted as in its documents."""
        code = self.administration.code
        facts = Facts(year=self.year, parts=tuple(entry.fact for entry in self.every))
        return roll_up(facts, code)

    def task(self, key: str) -> parts.Task | None:
        return self._tasks.get(key)

    @cached_property
    def _tasks(self) -> dict[str, parts.Task]:
        return {task.key: task for task in self.tasks}

    def has_nothing(self, key: str) -> bool:
        """Whether somebody has certified that there is nothing to report in the part."""
        task = self.task(key)
        return bool(task and task.part and task.part.status == task.part.Status.NOTHING)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All prose of the report, with the field where it stands."""
        return tuple(text for text in self._texts() if text.html.strip())

    def _texts(self) -> Iterator[Text]:
        for number, answer in sorted(self.answers.items()):
            yield Text(f"fragor/{number}", "svar", f"svaret på fråga {number}", answer.text)
        if self.memo:
            yield Text(MEMO, "sammanfattning", "sammanfattningen", self.memo.summary)
            for section in self.memo.sections.all():
                name = f"avsnittet {section.get_key_display()}"
                yield Text(MEMO, f"avsnitt-{section.key}", name, section.text)

    @cached_property
    def earlier_memo_texts(self) -> dict[str, str]:
        """Field of the memo's part → what it held in the earlier memo."""
        if self.earlier_memo is None:
            return {}
        sections = {f"avsnitt-{item.key}": item.text for item in self.earlier_memo.sections.all()}
        return {"sammanfattning": self.earlier_memo.summary} | sections

    # --- How they answer --------------------------------------------------------------------------

    def error(self, code: str, sentence: str, part: str, field="", about="") -> Finding:
        """`part` and `field` say where it is mended: a field's name, or "#place". `about` tells findings
        of one code apart."""
        return self._found(Severity.ERROR, code, sentence, part, field, about)

    def warning(self, code: str, sentence: str, part: str, field="", about="") -> Finding:
        return self._found(Severity.WARNING, code, sentence, part, field, about)

    def _found(self, severity, code, sentence, part, field, about):
        anchor = field if field.startswith("#") else f"#id_{field}"
        url = self._address(part) + (anchor if field else "")
        key = ":".join(filter(None, (code, str(about))))[:LONGEST_KEY]
        return Finding(code, severity, sentence, url, key, part)

    def _address(self, part) -> str:
        """Hundreds of findings may lead to one part."""
        if part not in self._addresses:
            self._addresses[part] = parts.address(self.submission, part)
        return self._addresses[part]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {task.key: task.url for task in self.tasks}
