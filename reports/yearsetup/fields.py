"""The fields of a year's form, piece by piece. Names last, so that two people's forms can be compared."""

from django import forms
from django.core.exceptions import ValidationError

from malmo_intl.inputs import CountField, KnownDate, KnownDateField, PlainTextField, TypedField
from malmo_intl.shared_select import SharedChoices, shared_choice
from projects.models import GoalSet
from reports import letters
from reports.entry.rows import LineField
from reports.models import MailText
from reports.models.schedule import clean_days
from reports.yearsetup.plan import COUNTED, FIXABLE, Plan

FIRST_YEAR, LAST_YEAR = 2000, 2100
QUESTION = "fraga"
BY_ITSELF = {
    MailText.Kind.BEFORE: "Så många dagar före sista dagen, till exempel 14, 3. Tomt: aldrig.",
    MailText.Kind.AFTER: "Så många dagar efter sista dagen, till exempel 1, 7. Tomt: aldrig.",
}
DATES = {"oppnar": "opens_on", "sista": "last_day", "kf": "council_on"}


class YearNumberField(TypedField):
    inputmode = "numeric"
    longest = 4

    def read(self, text):
        number = int(text) if text.isascii() and text.isdecimal() else 0
        if not FIRST_YEAR <= number <= LAST_YEAR:
            raise ValidationError(f"Skriv ett år från {FIRST_YEAR} till {LAST_YEAR}.")
        return number


def day(label, **options):
    return KnownDateField(label=label, whole=True, required=False, **options)


def dates() -> dict[str, forms.Field]:
    return {
        "oppnar": day("Öppnar"),
        "sista": day("Sista dag att lämna in"),
        "kf": day("Kommunfullmäktige beslutar"),
    }


def goals() -> forms.Field:
    return forms.ModelChoiceField(
        GoalSet.objects.order_by("-first_year"), label="Målperiod", empty_label="Välj målperiod",
        error_messages={"required": "Välj den målperiod som gäller för året."},
    )  # fmt: skip


def question_columns(earlier) -> dict:
    """Column → a function that makes its field. `earlier`: questions of earlier years."""
    by_year: dict[str, list] = {}
    for question in earlier:
        choice = (str(question.pk), f"{question.year}, fråga {question.number}: {question.text}")
        by_year.setdefault(str(question.year), []).append(choice)
    choices = SharedChoices([("", "Ingen tidigare fråga"), *by_year.items()])
    return {
        "text": lambda: LineField(
            label="Fråga", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 1})
        ),
        "fortsatter": lambda: shared_choice(choices, label="Fortsätter frågan", required=False),
        "projekt": lambda: forms.BooleanField(label="Projekten redovisas här", required=False),
    }


def unit_fields(units) -> dict[str, forms.Field]:
    """A tick and a board's day for each administration."""
    made = {}
    for unit in units:
        made[f"forvaltning-{unit.pk}"] = forms.BooleanField(label=unit.name, required=False)
        made[f"namnd-{unit.pk}"] = day(f"{unit.board_name} sammanträder")
    return made


def mail_fields() -> dict[str, forms.Field]:
    made = {}
    for kind in MailText.Kind:
        name = kind.label
        made[f"mejl-{kind}-amne"] = LineField(
            label=f"Ämne, {name}", max_length=150,
            error_messages={"required": "Skriv mejlets ämne."},
        )  # fmt: skip
        made[f"mejl-{kind}-text"] = PlainTextField(
            label=f"Text, {name}", max_length=4000, widget=forms.Textarea(attrs={"rows": 10}),
            error_messages={"required": "Skriv mejlets text."},
        )  # fmt: skip
        if kind in BY_ITSELF:
            made[f"mejl-{kind}-dagar"] = PlainTextField(
                label=f"Går av sig själv, {name}", max_length=60, required=False,
                validators=[clean_days], help_text=BY_ITSELF[kind],
            )  # fmt: skip
    for field in made.values():
        field.short = field.label.split(",")[0]
    return made


def mail_problems(cleaned):
    """(field, sentence) for each fault in the words in braces."""
    for kind in MailText.Kind:
        for part in ("amne", "text"):
            name = f"mejl-{kind}-{part}"
            for sentence in letters.problems(cleaned.get(name) or "", kind):
                yield name, sentence


def step_fields() -> dict[str, forms.Field]:
    made = {}
    for step in COUNTED:
        made[f"steg-{step}-dagar"] = CountField(
            label=f"Arbetsdagar, {step.label}", most=250,
            error_messages={"required": "Skriv antal arbetsdagar, till exempel 10."},
        )  # fmt: skip
        if step in FIXABLE:
            made[f"steg-{step}-dag"] = day(f"Bestämd dag, {step.label}")
    return made


def known(found):
    """A day as the field gives and takes it."""
    return found and KnownDate(found)


def values(plan: Plan, is_begun=False) -> dict:
    """The plan as {field: value}; questions without a row get the ids of new ones."""
    found = {"malperiod": plan.goal_set}
    found |= {name: known(getattr(plan, attribute)) for name, attribute in DATES.items()}
    for place, asked in enumerate(plan.questions, start=1):
        row = f"{QUESTION}-{asked.pk or f'ny{place}'}"
        found[f"{row}-text"] = asked.text
        found[f"{row}-fortsatter"] = asked.continues_id
        found[f"{row}-projekt"] = asked.lists_projects
        found[f"{row}-ordning"] = asked.number if is_begun else place
    for unit, board_on in plan.boards.items():
        found |= {f"forvaltning-{unit}": True, f"namnd-{unit}": known(board_on)}
    for kind, mail in plan.mails.items():
        found |= {f"mejl-{kind}-amne": mail.subject, f"mejl-{kind}-text": mail.body}
        if kind in BY_ITSELF:
            found[f"mejl-{kind}-dagar"] = mail.days
    for step in COUNTED:
        pace = plan.paces[step]
        found[f"steg-{step}-dagar"] = pace.workdays
        if step in FIXABLE:
            found[f"steg-{step}-dag"] = known(pace.day)
    return found
