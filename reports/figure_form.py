"""How a figure can be cut: by administration, fund, goal and more, as a plain GET form."""

from django import forms

from malmo_intl.formats import sort_key
from reports.addresses import PARAMETERS
from reports.behind import CUTS, NO_FUND, ROLES, Cut
from reports.rollup import Rollup
from reports.rules import NO_GOAL

FIELDS = {
    "administration": ("Förvaltning", "Alla förvaltningar"),
    "fund": ("Fond eller program", "Alla fonder"),
    "goal": ("KF-mål", "Alla mål"),
    "project": ("Projekt", "Alla projekt"),
    "role": ("Roll", "Alla roller"),
    "sector": ("Sektor", "Alla sektorer"),
}
# Asked for only by who follows a link to them: else there would be too much to choose from.
BY_LINK = ("project", "role", "sector")


class CutForm(forms.Form):
    """The questions that the figure can be asked. `codes`: the administrations that may be chosen; one
    must be when `must_choose`."""

    def __init__(self, data, rollup: Rollup, name: str, codes, must_choose: bool):
        super().__init__(data)
        choices = {
            "administration": _administrations(rollup, codes),
            "fund": _funds(rollup, codes),
            "goal": _goals(rollup),
            "project": _projects(rollup, codes),
            "role": list(ROLES.items()),
            "sector": [(sector, sector) for sector in rollup.partners],
        }
        for cut in CUTS.get(name, ()):
            field, (label, empty) = PARAMETERS[cut], FIELDS[cut]
            if cut in BY_LINK and not data.get(field):
                continue
            needed = must_choose and cut == "administration"
            first = [] if needed else [("", empty)]
            self.fields[field] = forms.ChoiceField(
                label=label, choices=[*first, *choices[cut]], required=needed
            )

    @property
    def cut(self) -> Cut:
        """Of a valid form."""
        said = {cut: self.cleaned_data.get(field, "") for cut, field in PARAMETERS.items()}
        return Cut(**{**said, "goal": int(said["goal"]) if said["goal"] else None})

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
    paid = {row.fund for row in rollup.rows if row.part.administration in codes}
    funds |= paid - {None}
    found = sorted(((fund.code, fund.name) for fund in funds), key=lambda item: sort_key(item[1]))
    return [*found, (NO_FUND, "Fond ej angiven")] if None in paid else found


def _goals(rollup):
    goals = [(str(number), f"{number}. {text}") for number, text in rollup.goals.items()]
    loose = any(row.goal == NO_GOAL for row in rollup.rows)
    return [*goals, (str(NO_GOAL), "Utan mål")] if loose else goals


def _projects(rollup, codes):
    mine = [*rollup.parts, *rollup.paid_parts]
    found = {part.project.slug: part.project.name for part in mine if part.administration in codes}
    return sorted(found.items(), key=lambda item: sort_key(item[1]))
