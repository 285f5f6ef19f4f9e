"""The register of funds and programmes."""

from django.contrib import admin

from funding.models import Fund, FundAlias
from malmo_intl.admin import Inline, RegisterWithHistory, years


class Aliases(Inline):
    model = FundAlias


@admin.register(Fund)
class FundAdmin(RegisterWithHistory):
    list_display = ["name", "code", "is_eu", "programme_period"]
    list_filter = ["is_eu"]
    search_fields = ["name", "code", "aliases__name"]
    inlines = [Aliases]

    @admin.display(description="programperiod", ordering="first_year")
    def programme_period(self, fund):
        return years(fund.first_year, fund.last_year)
