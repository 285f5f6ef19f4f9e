"""The form of a new year, filled in from the last one."""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from malmo_intl.inputs import as_text
from malmo_intl.models import Administration
from reports.models import ReportingYear
from reports.yearsetup import fields
from reports.yearsetup.form import YearForm, in_order
from reports.yearsetup.plan import proposed

# The button that fetches what holds in the year that is typed, and the year that the page was drawn for.
FETCH, DRAWN_FOR = "ar", "for_ar"


class NewYearForm(YearForm):
    """Last year's questions, the goals and administrations of the year that is typed.

    Goals and administrations depend on the year. When another year is typed they are fetched anew, and the
    person sees them before anything is saved; questions and texts stay as typed.
    """

    def __init__(self, number: int, data: QueryDict | None = None):
        typed = self._typed(data)
        plan = proposed(typed or number)
        self.is_moved = bool(data) and typed is not None and data.get(DRAWN_FOR) != str(typed)
        if self.is_moved:
            data = self._fetched(plan, data.copy())
        super().__init__(plan, data)

    @staticmethod
    def _typed(data) -> int | None:
        """The year that is typed, if it can be read and can be planned."""
        try:
            typed = fields.YearNumberField().clean(data.get("ar")) if data else None
        except ValidationError:
            return None
        return None if ReportingYear.objects.filter(year=typed).exists() else typed

    @staticmethod
    def _fetched(plan, data):
        """What was typed, with the goals and the administrations of the plan's year."""
        there = {name: as_text(value) for name, value in fields.values(plan).items()}
        for name in [name for name in data if name.startswith("forvaltning-")]:
            del data[name]
        for name, text in there.items():
            if name.startswith("forvaltning-") or name == "malperiod":
                data[name] = text
        data[DRAWN_FOR] = str(plan.year)
        return data

    def listed(self, plan):
        return in_order(Administration.objects.during(plan.year))

    def lay_out(self):
        if self.is_bound:
            # Every row is on the page; one that was taken away there is not to come back.
            rows = [name for name in self.stored if name.startswith(f"{fields.QUESTION}-")]
            self.stored = {name: text for name, text in self.stored.items() if name not in rows}
        self.fields["ar"] = fields.YearNumberField(
            label="Redovisningsår", error_messages={"required": "Skriv vilket år det gäller."}
        )
        self.stored["ar"] = self.initial["ar"] = str(self.year)
        super().lay_out()

    def clean(self):
        cleaned = super().clean()
        number = cleaned.get("ar")
        if number and ReportingYear.objects.filter(year=number).exists():
            self.add_error("ar", f"Redovisningsåret {number} finns redan.")
        elif self.is_moved and not self.is_redrawn:
            self.add_error(
                "ar",
                f"Sidan gällde ett annat år. Nu visas målperioden och förvaltningarna för {number}: "
                "läs igenom och spara igen.",
            )
        return cleaned


def following(today) -> int:
    """The year after the last one that there is."""
    last = ReportingYear.objects.order_by("-year").first()
    return last.year + 1 if last else today.year
