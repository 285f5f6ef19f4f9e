"""Figures of years before this system: stadskontoret adds, changes and removes them. What a publication of
this system has set is locked: it is corrected by a new version of the year."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from malmo_intl import access, formats
from malmo_intl.formats import sort_key
from malmo_intl.inputs import CountField, KronorField, PlainTextField
from malmo_intl.models import Administration, Event
from malmo_intl.sessions import keeps_what_was_typed
from projects.models import Goal
from reports.dataout.reported import KRONOR
from reports.models import PublishedFigure, ReportingYear

STEPS = (
    (1, "Inte avrundat"),
    (1_000, "Tusental"),
    (10_000, "Tiotusental"),
    (100_000, "Hundratusental"),
    (1_000_000, "Miljoner"),
)
LOCKED = "Siffran är publicerad i systemet och kan inte ändras här. Rätta året i stället."
CHANGED = "Någon annan har ändrat siffran sedan du öppnade sidan. Läs in sidan på nytt och gör om."


class PublishedFigureForm(forms.ModelForm):
    """A figure as it was printed, with how exact it is and where it stood."""

    year = CountField(label="År", most=2100)
    value = KronorField(
        label="Värde",
        help_text="Kronor eller antal, med siffror: 43\u00a0000\u00a0000.",
        negative=False,
    )
    qualifier = forms.ChoiceField(
        label="Ord före siffran",
        required=False,
        choices=[("", "Inget"), *((word, word) for word in formats.QUALIFIERS)],
    )
    step = forms.TypedChoiceField(label="Avrundat till", choices=STEPS, coerce=int)
    source = PlainTextField(
        label="Källa", max_length=200, help_text="Dokumentet som siffran står i, med år och sida."
    )
    note = PlainTextField(
        label="Anmärkning",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hur siffran ska läsas, om det inte är självklart.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PublishedFigure
        fields = (
            "year",
            "name",
            "value",
            "qualifier",
            "step",
            "administration",
            "goal",
            "source",
            "note",
        )

    def __init__(self, *args, **options):
        super().__init__(*args, **options, label_suffix="")
        self.initial["seen"] = _version(self.instance)
        if (value := self.instance.value) is not None:
            self.initial["value"] = formats.number(value, 0 if value == int(value) else 2)
        if self.instance.step not in dict(STEPS):
            number = formats.number(self.instance.step)
            self.fields["step"].choices = [*STEPS, (self.instance.step, number)]
        units = sorted(Administration.objects.all(), key=lambda unit: sort_key(unit.name))
        self._offer("administration", "Hela staden", [(unit.pk, unit.name) for unit in units])
        goals = Goal.objects.select_related("goal_set")
        goals = goals.order_by("-goal_set__first_year", "number")
        told = [(goal.pk, f"{goal.goal_set}: {goal}") for goal in goals]
        self._offer("goal", "Alla mål", told)
        self._offer("name", "Välj siffra", PublishedFigure.Name.choices)
        for field in self.fields.values():
            if field.required:
                field.error_messages["required"] = f"Ange {str(field.label).lower()}."

    def _offer(self, name, everything, choices):
        self.fields[name].choices = [("", everything), *choices]

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year < 1995:
            raise ValidationError("Skriv ett år med fyra siffror, till exempel 2018.")
        under_way = ReportingYear.objects.filter(year=year).exclude(
            status=ReportingYear.Status.PUBLISHED
        )
        if under_way.exists():
            raise ValidationError(f"Året {year} pågår. Dess siffror sparas när det publiceras.")
        if PublishedFigure.objects.filter(year=year, publication__isnull=False).exists():
            raise ValidationError(f"Året {year} är publicerat i systemet. Rätta året i stället.")
        return year

    def clean(self):
        found = super().clean()
        value, year, goal = found.get("value"), found.get("year"), found.get("goal")
        if value is not None and found.get("name") not in KRONOR and value != int(value):
            self.add_error("value", "Ett antal är ett helt tal.")
        if goal and found.get("administration"):
            self.add_error("goal", "Välj en förvaltning eller ett mål, inte båda.")
        elif goal and year and not _holds(goal.goal_set, year):
            self.add_error("goal", f"Målet gällde inte {year}.")
        if found.get("seen", "") != _version(self.instance):
            raise ValidationError(CHANGED)
        return found


def _version(figure) -> str:
    last = figure.history.order_by("-history_id").first() if figure.pk else None
    return str(last.history_id) if last else ""


def _holds(goal_set, year) -> bool:
    return goal_set.first_year <= year and (
        goal_set.last_year is None or year <= goal_set.last_year
    )


def _crumbs(*more):
    return [("Tillbakablick", reverse("look_back")), *more]


def _office_only(user):
    if not access.may_review(user):
        raise PermissionDenied


@require_safe
def published_figures(request):
    _office_only(request.user)
    rows = PublishedFigure.objects.select_related("administration", "goal__goal_set")
    years: dict[int, list] = {}
    for row in sorted(rows, key=_order):
        years.setdefault(row.year, []).append(row)
    for row in rows:
        show = formats.kronor if row.name in KRONOR else formats.amount
        row.text = show(row.amount)
    context = {"years": list(years.items()), "breadcrumbs": _crumbs()}
    return render(request, "reports/figures/list.html", context)


def _order(row):
    unit = row.administration.name if row.administration else ""
    goal = (row.goal.goal_set.first_year, row.goal.number) if row.goal else (0, 0)
    return -row.year, PublishedFigure.Name.values.index(row.name), sort_key(unit), goal


@never_cache
@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def published_figure(request, figure=None):
    """Add one, or change the one with the id `figure`."""
    _office_only(request.user)
    rows = PublishedFigure.objects.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=figure) if figure else PublishedFigure()
    if found.publication_id:
        messages.error(request, LOCKED)
        return redirect("published_figures")
    form = PublishedFigureForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        verb = "ändrade en publicerad siffra" if figure else "skrev in en publicerad siffra"
        Event.objects.record(
            verb, saved, request.user, administration=saved.administration, comment=_said(saved)
        )
        messages.success(request, f"{saved} är sparad.")
        return redirect("published_figures")
    context = {
        "form": form,
        "figure": found if figure else None,
        "history": _history(found) if figure else (),
        "breadcrumbs": _crumbs(("Publicerade siffror", reverse("published_figures"))),
    }
    return render(request, "reports/figures/form.html", context, status=422 if form.errors else 200)


def _said(figure) -> str:
    return f"{formats.amount(figure.amount)}. Källa: {figure.source}"


def _history(figure):
    """(when, who, the figure then), newest first."""
    return [
        (
            row.history_date,
            row.history_user.name if row.history_user else "systemet",
            row.instance.amount,
        )
        for row in figure.history.select_related("history_user").order_by("-history_id")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def published_figure_remove(request, figure):
    _office_only(request.user)
    rows = PublishedFigure.objects.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=figure)
    if found.publication_id:
        messages.error(request, LOCKED)
        return redirect("published_figures")
    if request.method == "POST":
        Event.objects.record(
            "tog bort en publicerad siffra",
            found,
            request.user,
            administration=found.administration,
            comment=_said(found),
        )
        found.delete()
        messages.success(request, f"{found} är borttagen.")
        return redirect("published_figures")
    crumbs = _crumbs(("Publicerade siffror", reverse("published_figures")))
    context = {"figure": found, "said": _said(found), "breadcrumbs": crumbs}
    return render(request, "reports/figures/remove.html", context)
