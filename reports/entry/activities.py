"""Aktiviteter och nätverk."""

from django import forms

from malmo_intl.formats import QUALIFIERS
from malmo_intl.inputs import CountField, KnownDate, KnownDateField, read_date
from reports.entry.form import PartForm
from reports.entry.networks import Networks
from reports.entry.rows import SCRIPT, LineField, Rows
from reports.entry.stored import put_rows
from reports.models import Activity

KINDS = [("", "Välj slag"), *((kind.value, kind.label.capitalize()) for kind in Activity.Kind)]
# Travels around New Year may begin the year before or end the year after.
YEARS_BESIDE = 1


class ActivitiesForm(PartForm):
    """What was done during the year, in the order that people give it, and the networks."""

    heading = "Aktiviteter och nätverk"
    lead = (
        "Studiebesök, jobbmässor, konferenser och annat under året, "
        "och de nätverk som förvaltningen är med i."
    )
    template = "reports/entry/_activities.html"

    class Media:
        js = (SCRIPT,)

    def read(self):
        self.networks = Networks(self)
        stored = {}
        for activity in self.submission.activities.order_by("position"):
            known = activity.happened_on and KnownDate(activity.happened_on, activity.precision)
            values = {
                "slag": activity.kind,
                "vad": activity.title,
                "nar": known,
                "plats": activity.place,
                "med": activity.partner,
                "antal": activity.people,
                "noggrannhet": activity.people_qualifier,
                "anmarkning": activity.note,
                Rows.ORDER: activity.position,
            }
            stored |= {f"aktivitet-{activity.pk}-{name}": value for name, value in values.items()}
        return stored | self.networks.read()

    def lay_out(self):
        self.activities = Rows(
            "aktivitet", self._columns(), self, blank=0 if self._any("aktivitet-") else 1,
            noun="aktivitet", needed=("slag", "vad"), ordered=True, remark=self._outside,
        )  # fmt: skip
        return self.activities.fields() | self.networks.lay_out()

    def _any(self, prefix):
        return any(name.startswith(prefix) for name in self.stored)

    def _columns(self):
        kept = {text for name, text in self.stored.items() if name.endswith("-noggrannhet")}
        rough = [("", "exakt"), *((word, word) for word in [*QUALIFIERS, *sorted(kept)] if word)]
        return {
            "slag": lambda: forms.ChoiceField(label="Slag", choices=KINDS, required=False),
            "vad": lambda: LineField(label="Vad", max_length=200, required=False),
            "nar": lambda: KnownDateField(
                label="När", required=False, help_text="2024-05-12, maj 2024 eller bara 2024"
            ),
            "plats": lambda: LineField(label="Plats och land", max_length=120, required=False),
            "med": lambda: LineField(label="Med vem", max_length=300, required=False),
            "antal": lambda: CountField(label="Antal personer", required=False),
            "noggrannhet": lambda: forms.ChoiceField(
                label="Antalet är", choices=list(dict.fromkeys(rough)), required=False
            ),
            "anmarkning": lambda: LineField(label="Anmärkning", max_length=300, required=False),
        }

    def _outside(self, texts) -> str:
        """A remark for a date beside the year, which is let through."""
        try:
            day = read_date(texts["nar"]).day if texts["nar"] else None
        except ValueError:
            return ""
        year = self.submission.year.year
        return f"Datumet ligger utanför {year}." if day and day.year != year else ""

    def clean(self):
        cleaned = super().clean()
        self.activities.require("slag", "Välj vilket slag av aktivitet det är.")
        self.activities.require("vad", "Skriv vad aktiviteten var, till exempel dess namn.")
        for row, values in self.activities.cleaned():
            self._check_year(self.activities.field_name(row, "nar"), values["nar"])
            if values["noggrannhet"] and values["antal"] is None:
                name = self.activities.field_name(row, "antal")
                if name not in self.errors:
                    self.add_error(name, "Skriv hur många, eller välj ”exakt” och lämna tomt.")
        self.networks.clean()
        return cleaned

    def _check_year(self, name, known):
        year = self.submission.year.year
        if known and abs(known.day.year - year) > YEARS_BESIDE:
            self.add_error(
                name,
                f"{known.typed} ligger långt från redovisningsåret {year}. Kontrollera årtalet, "
                f"eller ta bort aktiviteten om den hör till ett annat år.",
            )

    def has_content(self):
        return bool(
            self.activities.cleaned() or self.networks.wanted() or self.networks.rows.cleaned()
        )

    def write(self, by):
        gone = put_rows(
            self.activities,
            self.submission.activities.all(),
            lambda: Activity(submission=self.submission),
            self._fields,
        )
        self.taken_away += [f"aktiviteten ”{activity.title}”" for activity in gone]
        self.networks.write(by)

    @staticmethod
    def _fields(values) -> dict:
        known = values["nar"] or KnownDate(None)
        return {
            "kind": values["slag"],
            "title": values["vad"],
            "happened_on": known.day,
            "precision": known.precision,
            "place": values["plats"],
            "partner": values["med"],
            "people": values["antal"],
            "people_qualifier": values["noggrannhet"],
            "note": values["anmarkning"],
        }
