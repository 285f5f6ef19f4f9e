"""What of the tables belongs to one published year."""

from dataclasses import dataclass

from projects.models import Participation
from reports.dataout.scope import Scope


@dataclass(frozen=True)
class OfYear(Scope):
    """What anyone with a key may read, less all other years. Administrations and goals are those of all years:
    rows of the year speak of them."""

    year: int = 0

    def years(self):
        return super().years().filter(year=self.year)

    def submissions(self):
        return super().submissions().filter(year__year=self.year)

    def payouts(self):
        return super().payouts().filter(year=self.year)

    def participations(self):
        found = Participation.objects.belonging_to(self.year, self.payouts())
        return Participation.objects.filter(pk__in=found.values("pk"))

    def memberships(self):
        return super().memberships().filter(year=self.year)

    def figures(self):
        return super().figures().filter(year=self.year)
