"""One project: the facts that all share, written by its owner, and the administration's own part in it."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from funding.models import Grant
from malmo_intl import formats
from malmo_intl.inputs import KnownDate, KnownDateField, PlainTextField, as_text
from malmo_intl.models import Membership, Precision, Role
from projects.models import Participation, Project, ProjectAlias
from reports.entry import grants
from reports.entry.carry import Verdict
from reports.entry.form import PartForm
from reports.entry.projects import OWNER, owner_of, say, waits, writes_shared
from reports.entry.saving import Writer
from reports.entry.stored import put

KEY = "projekt/"
ENDS_FIRST = "Slutdagen kan inte vara före startdagen."
KINDS = {kind.label: kind.value for kind in Project.Kind}


class LinesField(PlainTextField):
    """Several short texts, one a line, without doubles and in Swedish order."""

    widget = forms.Textarea

    def to_python(self, value):
        lines = [" ".join(line.split()) for line in super().to_python(value).split("\n")]
        return "\n".join(sorted(dict.fromkeys(filter(None, lines)), key=formats.sort_key))


class ProjectForm(PartForm):
    template = "reports/entry/_project.html"
    may_be_nothing = False

    @cached_property
    def participation(self) -> Participation:
        found = (
            Participation.objects.filter(
                project__slug=self.key.removeprefix(KEY),
                administration=self.submission.administration,
            )
            .select_related("project__external_owner", "project__continues")
            .prefetch_related("project__participations__administration")
            .first()
        )
        if found is None:
            raise Http404("Förvaltningen är inte med i projektet.")
        return found

    @property
    def project(self) -> Project:
        return self.participation.project

    @property
    def heading(self):
        return self.project.name

    @property
    def owner(self) -> str:
        return owner_of(self.project)

    @property
    def has_owner(self) -> bool:
        return self.owner != formats.MISSING

    @property
    def is_owned(self) -> bool:
        """By us."""
        return self.participation.role == OWNER

    def contacts(self) -> list[tuple[str, str]]:
        """Name and address of those who report for the administration that owns the project."""
        people = Membership.objects.filter(
            role=Role.COORDINATOR,
            user__is_active=True,
            administration__participations__project=self.project,
            administration__participations__role=OWNER,
        )
        return list(people.order_by("user__name").values_list("user__name", "user__email"))

    @cached_property
    def writes_shared(self) -> bool:
        return writes_shared(self.participation, self.submission)

    # --- What is stored -----------------------------------------------------------------------------

    def read(self):
        part = self.participation
        own = {
            "deltar_fran": KnownDate(part.starts_on) if part.starts_on else None,
            "deltar_till": KnownDate(part.ends_on) if part.ends_on else None,
            "var_del": part.contribution,
        }
        return {**self._read_shared(), **own} if self.writes_shared else own

    def _read_shared(self):
        project = self.project
        names = sorted((alias.name for alias in project.aliases.all()), key=formats.sort_key)
        values = {
            "namn": project.name,
            "slag": project.get_kind_display(),
            "andra_namn": "\n".join(names),
            "syfte": project.aim,
            "startar": known(project.starts_on, project.starts_precision),
            "slutar": known(project.ends_on, project.ends_precision),
            "slut_planerat": project.ends_planned,
            "fortsatter": project.continues.slug if project.continues else "",
            "diarienummer": project.diary_number,
            "webbplats": project.link,
        }
        return values | grants.stored(self.grants)

    @cached_property
    def grants(self) -> list[Grant]:
        return list(self.project.grants.select_related("fund").order_by("pk"))

    # --- The fields ---------------------------------------------------------------------------------

    def lay_out(self):
        own = {
            "deltar_fran": KnownDateField(
                label="Vi deltar från", required=False, whole=True,
                help_text="Hela datumet, till exempel 2024-01-01. Tomt: från projektets start.",
            ),
            "deltar_till": KnownDateField(
                label="Vi deltar till", required=False, whole=True,
                help_text="Tomt: till projektets slut.",
            ),
            "var_del": PlainTextField(
                label="Vår del i projektet", required=False, max_length=5000,
                widget=forms.Textarea, help_text="Vad förvaltningen gör, kort.",
            ),
        }  # fmt: skip
        if not self.writes_shared:
            return own
        self.rows = grants.rows(self)
        return {**self._lay_out_shared(), **self.rows.fields(), **own}

    def _lay_out_shared(self):
        return {
            "namn": PlainTextField(label="Projektets namn", max_length=300),
            "slag": forms.ChoiceField(label="Slag", choices=[(word, word.capitalize()) for word in KINDS]),
            "andra_namn": LinesField(
                label="Andra namn", required=False, max_length=3000,
                help_text="Förkortningar och namn som projektet också går under. Ett på varje rad.",
            ),
            "syfte": PlainTextField(
                label="Syfte", required=False, max_length=5000, widget=forms.Textarea
            ),
            "startar": KnownDateField(
                label="Projektet startar", required=False,
                help_text="Så noga du vet: 2024-05-12, maj 2024 eller 2024.",
            ),
            "slutar": KnownDateField(label="Projektet slutar", required=False),
            "slut_planerat": forms.BooleanField(label="Slutet är planerat", required=False),
            "fortsatter": forms.ChoiceField(
                label="Fortsätter ett tidigare projekt", required=False,
                choices=[("", "Nej"), *self._earlier_projects()],
            ),
            "diarienummer": PlainTextField(label="Diarienummer", required=False, max_length=40),
            "webbplats": forms.URLField(
                label="Webbplats", required=False, max_length=200, assume_scheme="https",
                widget=forms.TextInput(attrs={"inputmode": "url"}),
                error_messages={
                    "invalid": "Adressen går inte att läsa. Skriv till exempel https://malmo.se/projekt."
                },
            ),
        }  # fmt: skip

    def _earlier_projects(self):
        own = Project.objects.filter(participations__administration=self.submission.administration)
        found = dict(own.exclude(pk=self.project.pk).values_list("slug", "name"))
        if self.project.continues:
            found[self.project.continues.slug] = self.project.continues.name
        return sorted(found.items(), key=lambda pair: formats.sort_key(pair[1]))

    # --- What is asked of them ----------------------------------------------------------------------

    def clean(self):
        cleaned = super().clean()
        self._in_order("deltar_fran", "deltar_till")
        if self.writes_shared:
            self._in_order("startar", "slutar")
            self._no_circle()
            grants.clean(self, self.rows)
        else:
            self._nothing_lost()
        return cleaned

    def _in_order(self, first, last):
        starts, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if starts and ends and ends.day < starts.day:
            hint = ""
            if ends.day.year == starts.day.year and ends.precision != Precision.DAY:
                hint = " Skriv slutet noggrannare: utan dag räknas det från periodens början."
            self.add_error(last, ENDS_FIRST + hint)

    def _no_circle(self):
        earlier = Project.objects.filter(slug=self.cleaned_data.get("fortsatter") or "").first()
        if earlier and self.project in (earlier, *earlier.predecessors()):
            self.add_error("fortsatter", "Det projektet fortsätter redan det här.")

    def _nothing_lost(self):
        """Who had the form open when another became the owner is told, and keeps the text."""
        now = {name: as_text(value) for name, value in self._read_shared().items()}
        typed = {
            name: text
            for name, text in self.data.items()
            if (name in now or name.startswith("fond-ny"))
            and str(text).replace("\r\n", "\n").strip() != now.get(name, "")
        }
        if typed:
            texts = "; ".join(f"”{text}”" for text in typed.values() if text)
            raise ValidationError(
                f"Projektet ägs nu av {self.owner}, som skriver de gemensamma uppgifterna. "
                f"Det här är inte sparat: {texts or 'det du tömde'}."
            )

    # --- Writing ------------------------------------------------------------------------------------

    def write(self, by):
        data = self.cleaned_data
        put(
            self.participation,
            starts_on=data["deltar_fran"] and data["deltar_fran"].day,
            ends_on=data["deltar_till"] and data["deltar_till"].day,
            contribution=data["var_del"],
        )
        if self.writes_shared:
            self._write_shared()
        if any(text != self.stored.get(name, "") for name, text in self.values().items()):
            self._say_changed(by)

    def _write_shared(self):
        data = self.cleaned_data
        starts, ends = (data[name] or KnownDate(None) for name in ("startar", "slutar"))
        put(
            self.project,
            name=data["namn"],
            search=formats.normalise(data["namn"]),  # follows the name only when it is saved too
            kind=KINDS[data["slag"]],
            aim=data["syfte"],
            starts_on=starts.day,
            starts_precision=starts.precision,
            ends_on=ends.day,
            ends_precision=ends.precision,
            ends_planned=data["slut_planerat"],
            continues=Project.objects.filter(slug=data["fortsatter"] or "").first(),
            diary_number=data["diarienummer"],
            link=data["webbplats"],
        )
        names = set(filter(None, data["andra_namn"].split("\n")))
        for alias in self.project.aliases.all():
            if alias.name not in names:
                alias.delete()
        for name in sorted(names - {alias.name for alias in self.project.aliases.all()}):
            ProjectAlias.objects.create(project=self.project, name=name)
        grants.write(self, self.rows, self.project)

    def _say_changed(self, by):
        """Who changes a project that waits for a verdict has given it."""
        slug = self.project.slug
        if waits(self.submission, slug):
            say(self.submission, slug, Verdict.CHANGED, Writer(by, timezone.now()))


def known(day, precision) -> KnownDate | None:
    return KnownDate(day, precision) if day else None


# --- It ended ------------------------------------------------------------------------------------


def end_field(form: ProjectForm) -> str:
    """Where the end is written that the administration knows: the project's if it writes that and has
    no end of its own."""
    own = not form.writes_shared or form.participation.ends_on
    return "deltar_till" if own else "slutar"


def ended(form: ProjectForm, typed: str, required=False) -> ProjectForm:
    """The form filled in with the end, as it would be posted. `required`: some end has to be given."""
    name = end_field(form)
    values = {**form.stored, name: typed}
    if name == "slutar":
        values["slut_planerat"] = ""
    filled = ProjectForm(form.submission, form.key, values)
    filled.fields[name].required = required
    filled.fields[name].error_messages["required"] = "Skriv när det tog slut."
    return filled
