"""Asks the database for what a person may know of all years: the only queries behind looking back.

As many queries for many years, administrations and projects as for few.
"""

from dataclasses import dataclass, replace

from malmo_intl import access
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from projects.models import GoalSet
from reports.collect import collect
from reports.facts import AdministrationFact, Facts, PublishedFact, SubmissionFact
from reports.lookback.breaks import Goals, Unit, breaks
from reports.lookback.questions import NOTHING_YET
from reports.lookback.series import Year
from reports.models import PublishedFigure, ReportingYear, Submission

Status = ReportingYear.Status


@dataclass(frozen=True)
class Past:
    """All years that the reader may know something of, oldest first."""

    years: tuple[Year, ...]
    administrations: tuple[Administration, ...]
    goal_sets: tuple[Goals, ...]

    def breaks(self, only: str = "") -> dict[int, tuple[str, ...]]:
        names = {unit.pk: unit.code for unit in self.administrations}
        units = [
            Unit(
                unit.code,
                unit.name,
                unit.starts_on,
                unit.ends_on,
                names.get(unit.continued_by_id, ""),
            )
            for unit in self.administrations
        ]
        return breaks(self.goal_sets, units, only)


def gather(user) -> Past:
    """What `user` may know. Figures of the whole city: of published years, and for stadskontoret of all; of a
    year that is being corrected what was published. Own figures of every year."""
    units = sorted(Administration.objects.all(), key=lambda unit: sort_key(unit.name))
    sets = tuple(
        Goals(row.name, row.first_year, row.last_year)
        for row in GoalSet.objects.order_by("first_year")
    )
    reporting = list(ReportingYear.objects.exclude(status=Status.PLANNED).order_by("year"))
    printed = _printed()
    base = collect(reporting[-1]) if reporting else Facts(year=0)
    submissions = _submissions()
    make = _Maker(user, units, base, printed, submissions)
    found = [make.year(row) for row in reporting]
    alone = set(printed) - set(ReportingYear.objects.values_list("year", flat=True))
    found += [make.printed_only(number) for number in alone]
    seen = [year for year in found if year.of_the_city or year.known]
    return Past(tuple(sorted(seen, key=lambda year: year.year)), tuple(units), sets)


def _printed() -> dict[int, list[PublishedFact]]:
    found: dict[int, list[PublishedFact]] = {}
    for row in PublishedFigure.objects.select_related("administration", "goal"):
        fact = PublishedFact(
            row.year,
            row.name,
            row.amount,
            row.administration.code if row.administration else "",
            row.goal.number if row.goal else None,
            source=row.source,
            note=row.note,
            in_system=row.publication_id is not None,
        )
        found.setdefault(row.year, []).append(fact)
    return found


def _submissions() -> dict[int, list[Submission]]:
    found: dict[int, list[Submission]] = {}
    rows = Submission.objects.select_related("administration").prefetch_related("partner_counts")
    for row in rows.order_by("year", "administration"):
        found.setdefault(row.year_id, []).append(row)
    return found


@dataclass(frozen=True)
class _Maker:
    """Puts a year together from what was read for all of them."""

    user: object
    units: list
    base: Facts
    printed: dict
    submissions: dict

    def year(self, row: ReportingYear) -> Year:
        office = access.sees_all(self.user)
        mine = access.own_administrations(self.user)
        submissions = self.submissions.get(row.pk, [])
        whole = row.figures_visible_to(self.user)
        under_way = row.status != Status.PUBLISHED
        is_counted = whole and (
            row.status in (Status.OPEN, Status.CLOSED)
            or any(item.status in Submission.RECEIVED for item in submissions)
        )
        of_the_city = whole or row.status in ReportingYear.HAS_PUBLICATIONS
        inside = {item.pk for item in submissions if office or item.administration_id in mine}
        return Year(
            self._facts(row.year, submissions, is_counted=is_counted, is_printed=of_the_city),
            under_way,
            row.status == Status.CORRECTING,
            of_the_city,
            frozenset(
                item.administration.code
                for item in submissions
                if (item.status in Submission.RECEIVED and whole)
                or (item.pk in inside and item.status not in NOTHING_YET)
            ),
            frozenset(item.administration.code for item in submissions),
        )

    def printed_only(self, number: int) -> Year:
        """A year before this system."""
        return Year(self._facts(number, (), is_counted=False))

    def _facts(self, number, submissions, *, is_counted, is_printed=True) -> Facts:
        return replace(
            self.base,
            year=number,
            administrations=tuple(
                AdministrationFact(unit.code, unit.name, unit.board_name)
                for unit in self.units
                if unit.starts_on.year <= number
                and (unit.ends_on is None or unit.ends_on.year >= number)
            ),
            goals=(),
            questions=(),
            submissions=tuple(
                SubmissionFact(
                    item.administration.code,
                    item.status in Submission.RECEIVED,
                    partners=tuple(
                        (row.get_sector_display(), row.count) for row in item.partner_counts.all()
                    ),
                )
                for item in submissions
            ),
            published=tuple(self.printed.get(number, ()) if is_printed else ()),
            city_texts={},
            reported_years=frozenset({number} if is_counted else ()),
        )
