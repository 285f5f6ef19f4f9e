"""The rows of a project's form that say which funds pay for it: budget and granted, in kronor or euro.

Paid, granted and budget are three measures, never added or compared (counting rule 5).
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from funding.models import Fund, Grant
from malmo_intl import formats
from malmo_intl.inputs import MOST_KRONOR, KronorField, TypedField, as_text
from reports.entry.form import PartForm, Rows
from reports.entry.stored import put

ROWS = "fond"
STATUSES = {status.label: status.value for status in Grant.Status}
LABELS = {status.value: status.label for status in Grant.Status}


class RateField(TypedField):
    """Kronor per euro with at most four decimals, as text in one way: "11,4765", "11,5"."""

    inputmode = "decimal"
    longest = 12

    def read(self, text):
        match = re.fullmatch(r"(\d{1,4})(?:,(\d{1,4}))?", text, re.ASCII)
        rate = Decimal(f"{match[1]}.{match[2] or 0}") if match else Decimal(0)
        if rate <= 0:
            raise ValidationError(
                f"”{text}” går inte att läsa som en kurs. Skriv till exempel 11,4765."
            )
        return rate_text(rate)


def rate_text(rate: Decimal | None) -> str:
    """Without zeros at the end, never with an exponent."""
    return f"{rate.normalize():f}".replace(".", ",") if rate is not None else ""


def rate_of(text: str | None) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def rows(form: PartForm) -> Rows:
    """A row per fund. The funds are asked for once, however many the rows."""
    funds = sorted(Fund.objects.values_list("code", "name"), key=_by_name)
    columns = _columns(funds)
    blank = 0 if any(name.startswith(f"{ROWS}-") for name in form.stored) else 1
    return Rows(ROWS, columns, form, blank, noun="finansiering", needed=("fond",), remark=_in_words)


def _in_words(texts) -> str:
    """What an amount in euro is in kronor."""
    try:
        euro, rate = KronorField().read(texts["euro"]), rate_of(RateField().read(texts["kurs"]))
    except (ValueError, ValidationError):
        return ""
    return f"{as_text(euro)} euro är {formats.kronor(in_kronor(euro, rate))}."


def _by_name(pair):
    return formats.sort_key(pair[1])


def _columns(funds):
    def choice(label, blank, words, **options):
        choices = [("", blank), *words]
        return lambda: forms.ChoiceField(label=label, choices=choices, required=False, **options)

    def typed(field, label):
        return lambda: field(label=label, required=False)

    return {
        "fond": choice("Fond eller program", "Välj", funds),
        "lage": choice("Läge", "Välj", [(word, word.capitalize()) for word in STATUSES]),
        "budget": typed(KronorField, "Total budget, kr"),
        "belopp": typed(KronorField, "Sökt eller beviljat, kr"),
        "euro": typed(KronorField, "Eller i euro"),
        "kurs": typed(RateField, "Kurs, kr per euro"),
        "noggrannhet": choice("Exakt?", "Exakt", [(word, word) for word in formats.QUALIFIERS]),
    }


def stored(grants) -> dict:
    """Field → value. What is reckoned from euro is not stored a second time."""
    values = {}
    for grant in grants:
        in_euro = grant.amount_eur is not None
        row = {
            "fond": grant.fund.code,
            "lage": LABELS[grant.status],
            "budget": grant.budget_sek,
            "belopp": None if in_euro else grant.amount_sek,
            "euro": grant.amount_eur,
            "kurs": rate_text(grant.rate),
            "noggrannhet": grant.qualifier,
        }
        values |= {f"{ROWS}-{grant.pk}-{column}": value for column, value in row.items()}
    return values


def in_kronor(euro: Decimal, rate: Decimal) -> Decimal:
    """To the öre, half up."""
    return formats.round_half_up(euro * rate, Decimal("0.01"))


def clean(form: PartForm, kept: Rows):
    """Add an error where a row lacks something or says two things."""
    kept.require("fond", "Välj fond eller program.")
    seen = set()
    for row, values in kept.cleaned():
        for column, sentence in _faults(values, seen):
            name = kept.field_name(row, column)
            if name not in form.errors:
                form.add_error(name, sentence)
        seen.add(values["fond"])


def _faults(values, seen):
    euro, rate = values["euro"], rate_of(values["kurs"])
    if values["fond"] and values["fond"] in seen:
        yield "fond", "Projektet har redan finansiering från den fonden."
    if euro is not None and rate is None:
        yield "kurs", "Ange den kurs som beloppet i euro räknas om med."
    if rate is not None and euro is None:
        yield "euro", "Ange beloppet i euro, eller töm kursen."
    if euro is not None and values["belopp"] is not None:
        yield "belopp", "Ange beloppet i kronor eller i euro, inte båda."
    if euro is not None and rate is not None and in_kronor(euro, rate) >= MOST_KRONOR:
        yield "euro", "Beloppet är för stort. Kontrollera antalet siffror."


def write(form: PartForm, kept: Rows, project):
    """Rows to grants. A row that changed its fund is another grant than the one it was."""
    known = {str(grant.pk): grant for grant in project.grants.select_related("fund")}
    funds = {fund.code: fund for fund in Fund.objects.all()}
    wanted = dict(kept.cleaned())
    gone = [grant for row, grant in known.items() if row not in wanted]
    form.taken_away += [f"finansieringen från {grant.fund}" for grant in gone]
    moved = [
        grant
        for row, grant in known.items()
        if row in wanted and grant.fund.code != wanted[row]["fond"]
    ]
    # First out, then in: two rows may have changed places, and a fund stands once in a project.
    comments = {str(grant.pk): grant.comment for grant in moved}
    for grant in gone + moved:
        del known[str(grant.pk)]
        grant.delete()
    for row, values in wanted.items():
        grant = known.get(row) or Grant(project=project, comment=comments.get(row, ""))
        put(grant, **_facts(grant, values, funds))
        kept.rename(row, grant.pk)


def _facts(grant, values, funds) -> dict:
    euro, rate, amount = values["euro"], rate_of(values["kurs"]), values["belopp"]
    if euro is not None:
        same = (grant.amount_eur, grant.rate) == (euro, rate)
        amount = grant.amount_sek if same else in_kronor(euro, rate)
    same = (grant.amount_sek, grant.budget_sek) == (amount, values["budget"])
    return {
        "fund": funds[values["fond"]],
        "status": STATUSES.get(values["lage"], Grant.Status.GRANTED),
        "budget_sek": values["budget"],
        "amount_sek": amount,
        "amount_eur": euro,
        "rate": rate,
        "qualifier": values["noggrannhet"],
        "step": grant.step if same else 1,  # what is typed anew is typed to the krona
    }
