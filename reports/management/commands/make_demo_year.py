"""An open year to try the reporting in. Never in production."""

import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from projects.models import Goal, GoalSet
from reports import newyear, schedule
from reports.models import ReportingYear

YEAR = 2024
# The council's real goals from 2024 are not in the sources, so these are invented.
GOALS = ("Arbete och utbildning", "Trygghet", "Klimat och miljö", "En god organisation")


class Command(BaseCommand):
    help = f"Öppnar redovisningsåret {YEAR} att prova i, med påhittade mål. Bara där DEBUG är på."

    @transaction.atomic
    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError("Demoåret läggs aldrig in i drift. Sätt DEBUG=true vid prov.")
        if ReportingYear.objects.filter(year=YEAR).exists():
            return
        goals = GoalSet.objects.create(
            name=f"KF-mål från {YEAR} (påhittade)", first_year=YEAR, source="Påhittade för prov."
        )
        for number, name in enumerate(GOALS, start=1):
            Goal.objects.create(goal_set=goals, number=number, name=name)
        today = timezone.localdate()
        days = datetime.timedelta(days=1)
        newyear.prepare(
            YEAR,
            opens_on=today,
            last_day=today + 40 * days,
            council_on=schedule.before(today + 182 * days, 0),
        ).open(by=None)
