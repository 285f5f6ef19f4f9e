"""What a browser would post of a year's form as it stands, with some fields changed."""

from reports.models import ReportingYear
from reports.yearsetup.new import DRAWN_FOR, NewYearForm
from reports.yearsetup.settings import SEEN, SettingsForm


def as_posted(form, changes):
    posted = form.stored | {name.replace("_", "-"): text for name, text in changes.items()}
    return {name: text for name, text in posted.items() if text not in (None, "")}


def new(number, **changes):
    """The page of a new year: `fraga_ny1_text` is the field fraga-ny1-text."""
    return as_posted(NewYearForm(number), changes) | {DRAWN_FOR: str(number)}


def settings(number, **changes):
    form = SettingsForm(ReportingYear.objects.get(year=number))
    return as_posted(form, changes) | {SEEN: form.seen()}
