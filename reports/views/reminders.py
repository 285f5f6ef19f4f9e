"""Reminders to those who have not handed in: choose, write, look, send; and the log of the year's mails."""

import secrets

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from malmo_intl.inputs import PlainTextField
from reports import letters, outbox, reminding
from reports.models import ReportingYear
from reports.wall import days_left

LETTERS_SHOWN = 50
CHANGED = (
    "Något har ändrats sedan du granskade påminnelserna. Läs igenom dem igen innan du skickar."
)


class ReminderForm(forms.Form):
    """Who is reminded, and what the mail says this time."""

    till = forms.MultipleChoiceField(
        label="Förvaltningar",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en förvaltning.",
            "invalid_choice": "En av de valda förvaltningarna har lämnat in sedan du öppnade sidan. Välj igen.",
        },
    )
    amne = PlainTextField(
        label="Ämne", max_length=150, error_messages={"required": "Skriv ett ämne."}
    )
    text = PlainTextField(
        label="Text",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Skriv vad mejlet ska säga."},
    )

    def __init__(self, *args, waiting, **options):
        super().__init__(*args, auto_id="id_%s", **options)
        self.waiting = {item.administration.slug: item for item in waiting}
        self.fields["till"].choices = [
            (slug, item.administration.name) for slug, item in self.waiting.items()
        ]

    def clean_amne(self):
        return self._braces("amne")

    def clean_text(self):
        return self._braces("text")

    def _braces(self, name):
        found = letters.problems(self.cleaned_data[name], outbox.REMINDER)
        if found:
            raise ValidationError(found)
        return self.cleaned_data[name]

    @property
    def chosen(self) -> list:
        return [self.waiting[slug] for slug in self.waiting if slug in self.cleaned_data["till"]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request, year):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("gor"))
        return act(request, found) if act else redirect(request.path)
    waiting = reminding.waited_for(found)
    return _write(
        request, found, ReminderForm(initial=_initial(request, found, waiting), waiting=waiting)
    )


def _initial(request, year, waiting) -> dict:
    """The year's text, and those whom the address names: "sena", "alla", an administration, or else the late
    ones that are not reminded today."""
    today = timezone.localdate()
    subject, body = letters.text_of(year, reminding.kind_on(year, today))
    wanted = request.GET.get("till")
    reminded = _reminded(year) if wanted is None else {}
    chosen = [
        slug
        for item in waiting
        if (slug := item.administration.slug) == wanted
        or wanted == "alla"
        or wanted in (None, "sena")
        and (days_left(item, today) or 0) < 0
        and not (slug in reminded and timezone.localdate(reminded[slug]) == today)
    ]
    return {"till": chosen, "amne": subject, "text": body}


def _reminded(year) -> dict:
    """When each administration was last reminded, by its slug."""
    found = year.letters.filter(kind__in=outbox.REMINDERS).order_by()
    return dict(found.values_list("administration__slug").annotate(Max("at")))


def _write(request, year, form):
    """The form, and the log below it."""
    today, reminded = timezone.localdate(), _reminded(year)
    context = _context(year) | {
        "form": form,
        "choices": [
            (option, form.waiting[option.data["value"]], reminded.get(option.data["value"]))
            for option in form["till"]
        ],
        "late": sum((days_left(item, today) or 0) < 0 for item in form.waiting.values()),
        "words": letters.words_of(outbox.REMINDER),
        "letters": _log(request, year),
        "is_open": year.status == ReportingYear.Status.OPEN,
    }
    return render(request, "reports/reminders.html", context, status=422 if form.errors else 200)


def _context(year) -> dict:
    return {
        "year": year,
        "breadcrumbs": [
            ("Redovisningsår", reverse("years")),
            (str(year), year.get_absolute_url()),
        ],
    }


def _log(request, year):
    written = year.letters.select_related("administration")
    page = Paginator(written, LETTERS_SHOWN).get_page(request.GET.get("sida"))
    for letter in page:
        letter.kind_word = letters.KINDS.get(letter.kind, letter.kind)
        letter.is_given_up = letter.attempts >= outbox.LAST_ATTEMPT
    return page


# --- What can be done ------------------------------------------------------------------------------


def _change(request, year):
    """Back from the preview, with what was typed."""
    form = ReminderForm(request.POST, waiting=reminding.waited_for(year))
    form.full_clean()
    return _write(request, year, form)


def _preview(request, year, notice=""):
    form = ReminderForm(request.POST, waiting=reminding.waited_for(year))
    if not form.is_valid():
        return _write(request, year, form)
    found = _drafts(request, form)
    context = _context(year) | {
        "form": form,
        "going": [item for item in found if item.to],
        "nobody": [item for item in found if not item.to],
        "seal": reminding.seal(found),
        "press": secrets.token_hex(16),
        "notice": notice,
    }
    return render(request, "reports/reminders_preview.html", context, status=409 if notice else 200)


def _drafts(request, form):
    chosen = form.cleaned_data
    site, today = letters.site_of(request), timezone.localdate()
    return reminding.drafts(
        form.chosen, chosen["amne"], chosen["text"], site, today, request.user.name
    )


def _send(request, year):
    form = ReminderForm(request.POST, waiting=reminding.waited_for(year))
    press = request.POST.get("sida", "")[:32]
    if press and year.letters.filter(press=press).exists():
        return redirect(request.path)  # pressed twice
    if not form.is_valid():
        return _write(request, year, form)
    found = _drafts(request, form)
    if not press or reminding.seal(found) != request.POST.get("sett"):
        return _preview(request, year, CHANGED)
    left = []
    written = reminding.remind(found, request.user, press, left.extend)
    if written and left:
        messages.warning(request, _unsent(len(left)))
    if len(left) < len(written):
        messages.success(request, _said(len(written) - len(left)))
    return redirect(request.path)


def _said(number) -> str:
    return "1 påminnelse är skickad." if number == 1 else f"{number} påminnelser är skickade."


def _unsent(number) -> str:
    what = "1 påminnelse" if number == 1 else f"{number} påminnelser"
    return f"{what} kunde inte skickas nu. De är sparade och skickas på nytt av sig själva."


ACTS = {"granska": _preview, "andra": _change, "skicka": _send}
