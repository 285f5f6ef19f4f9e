"""What to show of the register: the questions that narrow it, and the rows that answer them."""

import django_filters
from django import forms
from django.db.models import Q

from funding.models import Fund, Grant, Payout
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from projects.models import Goal, Participation, Project

YEAR_ERROR = "Skriv ett år med fyra siffror, till exempel 2019."


class YearField(forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options):
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), YEAR_ERROR)
        super().__init__(**options, min_value=1995, max_value=2100, error_messages=wrong)


class YearFilter(django_filters.Filter):
    field_class = YearField


def choice(label, choices=()):
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label="Alla")


class ProjectFilter(django_filters.FilterSet):
    """The chosen projects as `qs`, with the `participations`, `grants` and `payouts` that match.

    What is asked of a participation is asked of one and the same: the role owner and the
    administration ASF find the projects that ASF owns. A chosen fund narrows the money to that fund.
    Payouts that the user may not see take no part, not even in deciding which year a project is of.
    """

    q = django_filters.CharFilter(label="Projektets namn", max_length=100)
    administration = choice("Förvaltning")
    role = choice(
        "Roll", [(value, word.capitalize()) for value, word in Participation.Role.choices]
    )
    fund = choice("Fond eller program")
    year = YearFilter(label="År")
    goal = choice("KF-mål")
    eu = choice("EU-projekt", [("ja", "Ja"), ("nej", "Nej")])

    class Meta:
        model = Project
        fields = []

    def __init__(self, data, user):
        super().__init__(data, Project.objects.all())
        self.payouts = Payout.objects.visible_to(user)
        self.grants = Grant.objects.all()
        self.participations = Participation.objects.all()
        self.goals = {
            f"{goal.goal_set.first_year}-{goal.number}": goal
            for goal in Goal.objects.select_related("goal_set").order_by(
                "-goal_set__first_year", "number"
            )
        }
        for name, choices in {
            "administration": _by_name(Administration.objects.values_list("code", "name")),
            "fund": _by_name(Fund.objects.values_list("code", "name")),
            "goal": [(key, f"{goal.goal_set}: {goal}") for key, goal in self.goals.items()],
        }.items():
            self.filters[name].extra["choices"] = choices

    @property
    def chosen(self) -> dict:
        """The questions that were answered, by name."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def filter_queryset(self, projects):
        chosen = self.chosen
        if "q" in chosen:
            projects = projects.named(chosen["q"])
        if "fund" in chosen:
            self.grants = self.grants.filter(fund__code=chosen["fund"])
            projects = projects.filter(pk__in=self.grants.values("project"))
        if "eu" in chosen:
            eu = Q(pk__in=Grant.objects.filter(fund__is_eu=True).values("project"))
            projects = projects.filter(eu if chosen["eu"] == "ja" else ~eu)
        return self._taking_part(projects, chosen)

    def _taking_part(self, projects, chosen):
        parts = self.participations
        if "administration" in chosen:
            parts = parts.filter(administration__code=chosen["administration"])
        if "role" in chosen:
            parts = parts.filter(role=chosen["role"])
        if "goal" in chosen:
            parts = parts.filter(allocations__goal=self.goals[chosen["goal"]])
        asked = parts is not self.participations
        if "year" in chosen:
            parts = parts.belonging_to(chosen["year"], self.payouts)
            self.payouts = self.payouts.filter(year=chosen["year"])
        found = Q(pk__in=parts.values("project"))
        if "year" in chosen and not asked:
            # A project that nobody has joined yet still has a period of its own.
            alone = Project.objects.filter(participations=None).under_way(chosen["year"])
            found |= Q(pk__in=alone.values("pk"))
        self.participations = parts
        return projects.filter(found) if asked or "year" in chosen else projects


def _by_name(pairs):
    return sorted(pairs, key=lambda pair: sort_key(pair[1]))
