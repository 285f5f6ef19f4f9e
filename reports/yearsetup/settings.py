"""The form of a year that there is: what may still be changed, and what others changed meanwhile."""

import hashlib
import json
from collections import Counter

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from malmo_intl import formats
from malmo_intl.models import Administration
from reports.models import Answer, CityText, Comment, Part, Question, ReportingYear, Submission
from reports.yearsetup.form import YearForm, in_order
from reports.yearsetup.plan import stored

Status = ReportingYear.Status
FIXED = {Status.PUBLISHED, Status.CORRECTING}
# The hidden field with what the page showed: field → a fingerprint of its text.
SEEN = "sett"
STATE = "lage"


class SettingsForm(YearForm):
    """A year as it stands. Its settings are fixed once it is published."""

    def __init__(self, year: ReportingYear, data: QueryDict | None = None):
        self.reporting_year = year
        self.locks = locked_questions(year)
        self.is_ordered = year.status == Status.PLANNED and not self.locks
        self.begun = begun_units(year)
        super().__init__(stored(year), data)

    def listed(self, plan):
        wanted = Q(pk__in=Administration.objects.during(plan.year)) | Q(pk__in=list(plan.boards))
        return in_order(Administration.objects.filter(wanted))

    def lay_out(self):
        self.stored[STATE] = self.reporting_year.status
        super().lay_out()
        self.fields["malperiod"].disabled = self.reporting_year.status != Status.PLANNED
        for unit in self.begun:
            self.fields[f"forvaltning-{unit}"].disabled = True

    @property
    def is_fixed(self) -> bool:
        return self.reporting_year.status in FIXED

    def _clean_questions(self):
        super()._clean_questions()
        for row in self.questions.removed():
            if why := self.why_locked(row):
                self.add_error(self.questions.field_name(row, self.questions.REMOVE), why)

    def why_locked(self, row):
        return self.locks.get(row, "")

    def why_expected(self, unit):
        return "Har börjat och kan inte tas bort." if unit.pk in self.begun else ""

    # --- Two at once ----------------------------------------------------------------------------------

    def seen(self) -> str:
        """For the page's hidden field."""
        return json.dumps({name: _mark(text) for name, text in self.stored.items()})

    def changed_since(self, posted: str) -> list[str]:
        """The names of what is not as the page showed it. What cannot be read has shown nothing."""
        seen = _read(posted)
        names = dict.fromkeys([*self.stored, *seen])
        return [name for name in names if seen.get(name) != _mark(self.stored.get(name))]

    def joined(self) -> "SettingsForm":
        """The form with what was typed, and what others changed where nothing was typed."""
        data, seen = self.data.copy(), _read(self.data.get(SEEN, ""))
        for name in self.changed_since(self.data.get(SEEN, "")):
            if _mark(data.get(name)) == seen.get(name, _mark("")):
                data[name] = self.stored.get(name, "")
        return SettingsForm(self.reporting_year, data)

    def differences(self, names) -> list[str]:
        """What others made of the fields, as sentences for whoever typed meanwhile."""
        found = []
        for name in names:
            if name == STATE:
                found.append(f"Året är nu {self.reporting_year.get_status_display().lower()}")
            elif name not in self.stored:
                found += self._removed(name)
            elif name in self.fields and not name.endswith(f"-{self.questions.ORDER}"):
                found.append(f"{self.fields[name].label}: {self.shown(name)}")
        return found

    def _removed(self, name) -> list[str]:
        if name.startswith("forvaltning-"):
            unit = self.fields.get(name)
            return [f"{unit.label if unit else 'En förvaltning'}: inte med längre"]
        return ["En fråga är borttagen"] if name.endswith("-text") else []

    def shown(self, name) -> str:
        """A stored value as a person reads it."""
        text, field = self.stored.get(name, ""), self.fields[name]
        if text == "on":
            return "ja"
        if hasattr(field, "choices") and text:
            text = dict(_flat(field.choices)).get(text, text)
        return text if len(text) <= 80 else f"{text[:79]}…" if text else "tomt"


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list):
            yield from _flat(label)
        else:
            yield str(value), str(label)


def _mark(text) -> str:
    plain = (text or "").replace("\r\n", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def _read(posted: str) -> dict[str, str]:
    try:
        found = json.loads(posted)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


# --- What has been begun ---------------------------------------------------------------------------


def locked_questions(year: ReportingYear) -> dict[str, str]:
    """Question id → why it cannot be removed. Its number is where its answers are kept."""
    numbers = {f"fragor/{item.number}": item.pk for item in year.questions.all()}
    parts = Part.objects.filter(Q(submission__year=year) | Q(year=year), key__in=numbers)
    answers = Answer.objects.filter(question__year=year)
    remarks = Comment.objects.filter(submission__year=year, key__in=numbers)
    held = {(numbers[key], unit) for key, unit in parts.values_list("key", "submission")}
    held |= set(answers.values_list("question", "submission"))
    held |= {(numbers[key], unit) for key, unit in remarks.values_list("key", "submission")}
    found = {
        str(pk): f"{_units(count)} har börjat svara. Frågan kan inte tas bort eller flyttas; "
        "ändra orden bara om den betyder detsamma."
        for pk, count in Counter(pk for pk, unit in held if unit).items()
    }
    texts = CityText.objects.filter(question__year=year).exclude(text="")
    for pk in texts.values_list("question", flat=True):
        found.setdefault(str(pk), "Stadens text bygger på frågan. Den kan inte tas bort.")
    later = Question.objects.filter(continues__year=year).select_related("year")
    for item in later:
        why = f"Frågan fortsätter {item.year}. Den kan inte tas bort."
        found.setdefault(str(item.continues_id), why)
    return found


def _units(count: int) -> str:
    word = formats.count_word(count, neuter=False).capitalize()
    return f"{word} {'förvaltning' if count == 1 else 'förvaltningar'}"


def begun_units(year: ReportingYear) -> set[int]:
    """Ids of the administrations whose submission holds something, or is past its first state."""
    held = [
        Exists(model.objects.filter(submission=OuterRef("pk"))) for model in (Part, Answer, Comment)
    ]
    begun = ~Q(status=Submission.Status.NOT_STARTED)
    for one in held:
        begun |= Q(one)
    return set(year.submissions.filter(begun).values_list("administration", flat=True))
