"""The form of a year: what a new one and a changed one have in common."""

from dataclasses import dataclass

from django import forms

from malmo_intl.formats import join_words, sort_key
from malmo_intl.inputs import as_text
from malmo_intl.models import Administration
from reports.entry.rows import FormOfRows, Row, Rows
from reports.models import MailText
from reports.yearsetup import fields
from reports.yearsetup.plan import COUNTED, Asked, Mail, Pace, Plan, earlier_questions


@dataclass(frozen=True)
class Line:
    """What a template draws beside each other: a name, its fields, and why something is locked."""

    name: str
    fields: list[forms.BoundField]
    remark: str = ""

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)


class YearForm(FormOfRows):
    """A plan as fields: {name: text}, flat, so that what is stored, typed and seen can be compared."""

    # Question rows may change places. In a year that is begun their numbers are where answers are kept.
    is_ordered = True

    def __init__(self, plan: Plan, data=None):
        super().__init__(data, auto_id="id_%s", label_suffix="")
        self.year = plan.year
        self.numbers = {str(asked.pk): asked.number for asked in plan.questions if asked.pk}
        self.renamed: dict[str, str] = {}
        values = fields.values(plan, not self.is_ordered)
        self.stored = {name: as_text(value) for name, value in values.items()}
        self.initial = dict(self.stored)
        self.units = self.listed(plan)
        self.earlier = earlier_questions(plan.year)
        self.lay_out()

    def listed(self, plan: Plan) -> list[Administration]:
        """The administrations to choose among, in Swedish order."""
        raise NotImplementedError

    def lay_out(self):
        self.fields |= {"malperiod": fields.goals(), **fields.dates()}
        if not self.initial["malperiod"]:
            self.fields[
                "malperiod"
            ].help_text = f"Ingen målperiod gäller {self.year} än. Systemförvaltaren lägger in den."
        self.questions = Rows(
            fields.QUESTION, fields.question_columns(self.earlier), self,
            blank=0, noun="fråga", needed=("text",), ordered=self.is_ordered,
        )  # fmt: skip
        self.fields |= self.questions.fields()
        self.fields |= fields.unit_fields(self.units)
        self.fields |= fields.step_fields()
        self.fields |= fields.mail_fields()

    # --- What is asked --------------------------------------------------------------------------------

    def clean(self):
        cleaned = super().clean()
        self._clean_goals(cleaned.get("malperiod"))
        self._clean_dates()
        self.questions.require("text", "Skriv frågan, eller ta bort den.")
        self._clean_questions()
        for name, sentence in fields.mail_problems(cleaned):
            self.add_error(name, sentence)
        return cleaned

    def _clean_goals(self, goals):
        if goals is None or self.fields["malperiod"].disabled:
            return
        if not goals.first_year <= self.year <= (goals.last_year or self.year):
            self.add_error(
                "malperiod", f"{goals} gäller inte {self.year}. Välj den målperiod som gör det."
            )

    def _clean_dates(self):
        opens, last, council = (self._day(name) for name in fields.DATES)
        if opens and last and last < opens:
            self.add_error("sista", "Sista dagen kan inte vara innan året öppnar.")
        if last and council and council < last:
            self.add_error(
                "kf", "Kommunfullmäktige kan inte besluta innan redovisningarna är inne."
            )

    def _clean_questions(self):
        here = [row for row, values in self.questions.cleaned() if values["projekt"]]
        for row in here[1:]:
            self.add_error(
                self.questions.field_name(row, "projekt"),
                "Projekten kan bara redovisas under en fråga. Ta bort krysset här eller ovanför.",
            )

    def _day(self, name):
        found = self.cleaned_data.get(name)
        return found and found.day

    def plan(self) -> Plan:
        """What was filled in. Only for a valid form."""
        data = self.cleaned_data
        return Plan(
            self.year,
            data["malperiod"],
            **{attribute: self._day(name) for name, attribute in fields.DATES.items()},
            questions=tuple(
                Asked(
                    values["text"],
                    bool(values["projekt"]),
                    int(values["fortsatter"]) if values["fortsatter"] else None,
                    pk=None if row.startswith("ny") else int(row),
                )
                for row, values in self.questions.cleaned()
            ),
            boards={
                unit.pk: self._day(f"namnd-{unit.pk}")
                for unit in self.units
                if data[f"forvaltning-{unit.pk}"]
            },
            mails={
                kind.value: Mail(
                    data[f"mejl-{kind}-amne"],
                    data[f"mejl-{kind}-text"],
                    data.get(f"mejl-{kind}-dagar", ""),
                )
                for kind in MailText.Kind
            },
            paces={
                step.value: Pace(data[f"steg-{step}-dagar"], self._day(f"steg-{step}-dag"))
                for step in COUNTED
            },
        )

    # --- What the page draws --------------------------------------------------------------------------

    def named(self, *names) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    def date_fields(self):
        return self.named(*fields.DATES)

    def asked(self) -> list[tuple[Row, str]]:
        """(row, why it cannot be removed) for each question."""
        return [(row, self.why_locked(row.id)) for row in self.questions]

    def why_locked(self, row: str) -> str:
        return ""

    def expected(self) -> list[Administration]:
        return [unit for unit in self.units if self.stored.get(f"forvaltning-{unit.pk}")]

    def unit_lines(self) -> list[Line]:
        return [
            Line(
                unit.name,
                self.named(f"forvaltning-{unit.pk}", f"namnd-{unit.pk}"),
                self.why_expected(unit),
            )
            for unit in self.units
        ]

    def why_expected(self, unit) -> str:
        return ""

    def step_lines(self) -> list[Line]:
        return [
            Line(step.label, self.named(f"steg-{step}-dagar", f"steg-{step}-dag"))
            for step in COUNTED
        ]

    def mail_lines(self) -> list[Line]:
        """Each mail, with the words that its text may have."""
        return [
            Line(
                kind.label,
                self.named(*(f"mejl-{kind}-{part}" for part in ("amne", "text", "dagar"))),
                join_words(f"{{{word}}}" for word in fields.letters.words_of(kind)),
            )
            for kind in MailText.Kind
        ]


def in_order(units) -> list[Administration]:
    return sorted(units, key=lambda unit: sort_key(unit.name))
