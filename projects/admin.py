"""The registers of the projects floor: goals, organisations and networks."""

from django.contrib import admin

from malmo_intl.admin import Inline, Register, RegisterWithHistory, years
from projects.models import Goal, GoalSet, Network, Organisation


class Goals(Inline):
    model = Goal


@admin.register(GoalSet)
class GoalSetAdmin(RegisterWithHistory):
    list_display = ["name", "period"]
    inlines = [Goals]

    @admin.display(description="år", ordering="first_year")
    def period(self, goal_set):
        return years(goal_set.first_year, goal_set.last_year)


@admin.register(Organisation)
class OrganisationAdmin(Register):
    search_fields = ["name"]


@admin.register(Network)
class NetworkAdmin(Register):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
