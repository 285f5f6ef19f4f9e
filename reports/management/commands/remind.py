"""For cron: the day's reminders, and letters that the mail server did not take."""

from django.conf import settings
from django.utils import timezone

from malmo_intl.commands import Fel, SwedishCommand, day_of
from reports import outbox, reminding
from reports.models import ReportingYear


class Command(SwedishCommand):
    usage = "manage.py remind [--date ÅÅÅÅ-MM-DD] [--dry-run]"
    help = "Skickar dagens påminnelser till dem som inte har lämnat in, och mejl som inte har gått iväg."

    def add_arguments(self, parser):
        parser.add_argument(
            "--date", type=day_of, help="en annan dag än i dag, till exempel 2025-03-01"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="visa bara vilka som skulle påminnas"
        )

    def handle(self, date=None, dry_run=False, **options):
        today = date or timezone.localdate()
        if not dry_run:
            self._retry()
        for year in ReportingYear.objects.filter(status=ReportingYear.Status.OPEN).order_by("year"):
            self._remind(year, today, dry_run)

    def _retry(self):
        outbox.drop_outdated()
        now = timezone.now()
        waiting = outbox.due(now)
        tried = waiting.count()
        left = outbox.deliver(waiting, now)
        if tried:
            self.stdout.write(f"Försökte igen med {tried} mejl, {len(left)} gick inte iväg.")

    def _remind(self, year, today, dry_run):
        if reminding.text_on(year, today) is None:
            self.stdout.write(f"{year}: ingen påminnelse går {today}.")
            return
        if not settings.SITE_URL:
            raise Fel("Sätt SITE_URL, så att länkarna i mejlen leder rätt.")
        send = reminding.planned if dry_run else reminding.automatic
        done = send(year, today, settings.SITE_URL)
        for draft in done:
            self.stdout.write(f"{year}: {self._said(draft, dry_run)}")
        if not done:
            self.stdout.write(f"{year}: ingen mer att påminna {today}.")
        self._unsent(year, today)

    def _said(self, draft, dry_run) -> str:
        unit = draft.submission.administration
        if not draft.to:
            return f"{unit} har ingen samordnare eller chef att påminna."
        people = ", ".join(user.email for user in draft.to)
        return f"{'skulle påminna' if dry_run else 'påminde'} {unit.in_sentence}: {people}."

    def _unsent(self, year, today):
        left = year.letters.filter(automatic_on=today, sent_at=None).count()
        if left:
            self.stderr.write(
                f"{year}: {left} mejl gick inte iväg än. De skickas på nytt av sig själva."
            )
