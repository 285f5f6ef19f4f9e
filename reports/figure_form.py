"""How a figure can be cut: by administration, fund and goal, as a plain GET form."""

from django import forms

from malmo_intl.formats import sort_key
from reports.behind import CUTS, Cut
from reports.rollup import Rollup

FIELDS = {
    "administration": ("forvaltning", "Förvaltning", "Alla förvaltningar"),
    "fund": ("fond", "Fond eller program", "Alla fonder"),
    "goal": ("mal", "KF-mål", "Alla mål"),
}


class CutForm(forms.Form):
    """The questions that the figure can be asked. `codes`: the administrations that may be chosen; one
    must be when `must_choose`."""

    def __init__(self, data, rollup: Rollup, name: str, codes, must_choose: bool):
        super().__init__(data)
        choices = {
            "administration": _administrations(rollup, codes),
            "fund": _funds(rollup, codes),
            "goal": [(str(number), f"{number}. {text}") for number, text in rollup.goals.items()],
        }
        for cut in CUTS.get(name, ()):
            field, label, empty = FIELDS[cut]
            needed = must_choose and cut == "administration"
            first = [] if needed else [("", empty)]
            self.fields[field] = forms.ChoiceField(
                label=label, choices=[*first, *choices[cut]], required=needed
            )

    @property
    def cut(self) -> Cut:
        """Of a valid form."""
        goal = self.cleaned_data.get("mal")
        return Cut(
            self.cleaned_data.get("forvaltning", ""),
            self.cleaned_data.get("fond", ""),
            int(goal) if goal else None,
        )

    @property
    def words(self) -> str:
        """What has been chosen, as it is called."""
        chosen = [
            dict(field.choices)[self.cleaned_data[name]]
            for name, field in self.fields.items()
            if self.cleaned_data.get(name)
        ]
        return " · ".join(chosen)


def _administrations(rollup, codes):
    found = [(item.code, item.name) for item in rollup.facts.administrations if item.code in codes]
    return sorted(found, key=lambda item: sort_key(item[1]))


def _funds(rollup, codes):
    funds = {
        grant.fund
        for part in rollup.eu_parts
        if part.administration in codes
        for grant in part.project.grants
        if grant.granted
    }
    funds |= {row.fund for row in rollup.rows if row.fund and row.part.administration in codes}
    return sorted(((fund.code, fund.name) for fund in funds), key=lambda item: sort_key(item[1]))
