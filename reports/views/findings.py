"""The findings of the checks as the page shows them: by part, with the reasons given and a form for more."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django import forms

from malmo_intl.inputs import PlainTextField
from reports.checks.finding import LONGEST_KEY, Finding
from reports.models import Waiver


class CommentForm(forms.Form):
    kommentar = PlainTextField(
        label="Vad som ska ändras",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv vad som ska ändras."},
    )


class ReasonForm(forms.Form):
    varning = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY)
    skal = PlainTextField(
        label="Skäl till att uppgiften stämmer",
        max_length=300,
        error_messages={"required": "Skriv varför uppgiften stämmer."},
    )


@dataclass(frozen=True)
class Shown:
    """A finding on the page: with the reason given, or with a field to give one in. `form`: what was sent and
    not taken. There may be hundreds of fields, all alike, so the template writes them itself."""

    finding: Finding
    waiver: Waiver | None
    anchor: str = ""
    asks_reason: bool = False
    form: ReasonForm | None = None


@dataclass(frozen=True)
class Group:
    """What was found in one part."""

    title: str
    shown: list[Shown]


def shown_findings(submission, found, refused: ReasonForm | None) -> Iterator[Shown]:
    """`refused`: a form that was sent and not taken, shown with its finding as it was typed."""
    reasons = {waiver.finding: waiver for waiver in submission.waivers.all()}
    for number, finding in enumerate(found):
        waiver = reasons.get(finding.key)
        asks = not finding.is_error and waiver is None and submission.is_editable
        form = refused if refused and refused["varning"].value() == finding.key else None
        yield Shown(finding, waiver, f"skal-{number}", asks, form)


def groups(case, shown) -> Iterator[Group]:
    """Under the titles of the task list, in the order given."""
    titles = {task.key: task.title for task in case.tasks}

    def title(item):
        part = item.finding.part
        return titles.get(part) or titles.get(part.partition("/")[0], "")

    for heading, items in groupby(shown, key=title):
        yield Group(heading, list(items))
