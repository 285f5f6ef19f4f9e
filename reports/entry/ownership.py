"""Who owns a project: a new project's owner, a change of owner, and leaving a project."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from funding.models import Payout
from malmo_intl.models import Event
from projects.models import GoalAllocation, Organisation, Participation
from reports.entry.picking import organisation, search
from reports.entry.projects import OWNER, owner_of
from reports.entry.rows import LineField
from reports.models import Submission

PARTNER = Participation.Role.PARTNER
CHANGED, LEFT, RETURNED = "bytte ägare för", "lämnade", "kom tillbaka till"
WE, OUTSIDE, OTHER = "vi", "extern", "annan"


class OwnerFields(forms.Form):
    """Who owns it, and the name of an owner outside the city."""

    agare = forms.ChoiceField(
        label="Projektets ägare",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som äger projektet."},
    )
    agare_extern = LineField(
        label="Organisationens namn",
        required=False,
        max_length=200,
        help_text="Om ägaren finns utanför staden. Välj ur listan eller skriv ett nytt namn.",
        widget=forms.TextInput(attrs={"list": "organisationer", "autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, label_suffix="", **options)

    def organisations(self):
        return Organisation.objects.values_list("name", flat=True)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("agare") == OUTSIDE and not cleaned.get("agare_extern"):
            self.add_error("agare_extern", "Skriv vilken organisation som äger projektet.")
        return cleaned


class NewProjectForm(OwnerFields):
    """A project that the register lacks: its name and its owner. The rest is filled in on its form."""

    namn = LineField(label="Projektets namn", max_length=300)
    bekrafta = forms.BooleanField(label="Nej, det är ett annat projekt", required=False)
    field_order = ["namn", "agare", "agare_extern", "bekrafta"]

    def __init__(self, submission: Submission, *args, **options):
        super().__init__(*args, **options)
        self.submission, self.alike = submission, []
        unit = submission.administration.in_sentence
        self.fields["agare"].choices = [
            (WE, f"Vi, {unit}"),
            (OUTSIDE, "En organisation utanför staden"),
            (OTHER, "En annan förvaltning, eller så vet vi inte"),
        ]
        self.fields["namn"].error_messages["required"] = "Skriv vad projektet heter."

    def clean(self):
        cleaned = super().clean()
        if name := cleaned.get("namn"):
            self.alike = search(self.submission, name)[0]
            if self.alike and not cleaned.get("bekrafta"):
                self.add_error(
                    "bekrafta",
                    f"Menar du {self.alike[0].project}? Välj projektet i listan, eller kryssa för att "
                    "det är ett annat.",
                )
        return cleaned

    def asks(self) -> bool:
        """Whether it has to be confirmed that the project is a new one."""
        return bool(self.alike)

    @property
    def role(self) -> str:
        return OWNER if self.cleaned_data["agare"] == WE else PARTNER

    @property
    def external(self) -> str:
        return self.cleaned_data["agare_extern"] if self.cleaned_data["agare"] == OUTSIDE else ""


class OwnerForm(OwnerFields):
    """Another owner: an administration that takes part, or an organisation outside the city."""

    sett = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, part: Participation, *args, **options):
        super().__init__(*args, **options)
        self.part, self.now = part, owner_of(part.project)
        parts = list(part.project.participations.all())
        self.parts = {str(each.pk): each for each in parts}
        self.fields["agare"].choices = [
            *((str(each.pk), self._name(each)) for each in parts),
            (OUTSIDE, "En organisation utanför staden"),
        ]
        owner = next((each for each in parts if each.role == OWNER), None)
        self.initial = {"sett": self.now, "agare": str(owner.pk) if owner else ""}
        if part.project.external_owner:
            self.initial |= {"agare": OUTSIDE, "agare_extern": part.project.external_owner.name}

    def _name(self, part):
        unit = part.administration
        return f"Vi, {unit.in_sentence}" if part == self.part else unit.name

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("sett") != self.now:
            raise ValidationError(
                f"Någon annan har bytt ägare medan sidan var öppen. Nu ägs projektet av {self.now}."
            )
        return cleaned

    def save(self, by):
        chosen = self.cleaned_data["agare"]
        if chosen == OUTSIDE:
            hand_over(self.part.project, by, external=self.cleaned_data["agare_extern"])
        else:
            hand_over(self.part.project, by, to=self.parts[chosen])


@transaction.atomic
def hand_over(project, by, to: Participation | None = None, external: str = ""):
    """Make `to`, or the organisation `external`, the project's only owner. The old one takes part.

    Raises ValidationError in the constraints' words. Both rows keep their history.
    """
    before = owner_of(project)
    outside = organisation(external) if external else None
    if project.external_owner != outside:
        project.external_owner = outside
        project.save(update_fields=["external_owner"])
    # The old owner first: at no time may there be two.
    for part in project.participations.exclude(pk=to and to.pk).filter(role=OWNER):
        part.role = PARTNER
        part.save(update_fields=["role"])
    if to and to.role != OWNER:
        to.role, to.project = OWNER, project
        to.full_clean()
        try:
            with transaction.atomic():
                to.save(update_fields=["role"])
        except IntegrityError as error:
            raise ValidationError("Projektet har redan en ägare.") from error
    after = external or str(to.administration)
    if after != before:
        Event.objects.record(CHANGED, project, by, comment=f"från {before} till {after}")


# --- Leaving -------------------------------------------------------------------------------------


def why_not_leave(part: Participation) -> str:
    """Why the participation cannot be removed, as a sentence; "" if it can."""
    if part.payouts.exists():
        return (
            "Det finns utbetalningar till er för projektet. De hör till redovisningen, och därför går "
            "medverkan inte att ta bort. Har den tagit slut, skriv när ni slutade delta."
        )
    received = Submission.objects.filter(
        administration=part.administration, status__in=Submission.RECEIVED
    )
    own = Participation.objects.filter(pk=part.pk)
    for number in received.order_by("-year__year").values_list("year__year", flat=True):
        if own.belonging_to(number, Payout.objects.none()).exists():
            return (
                f"Ni har redovisat projektet {number}. Därför går medverkan inte att ta bort. Har den "
                "tagit slut, skriv när ni slutade delta."
            )
    return ""


@transaction.atomic
def leave(part: Participation, by):
    """Remove the participation; `come_back` undoes it. Raises ValidationError if it may not go."""
    if reason := why_not_leave(part):
        raise ValidationError(reason)
    Event.objects.record(LEFT, part.project, by, administration=part.administration)
    part.delete()


@transaction.atomic
def come_back(project, administration, by) -> Participation:
    """The participation that was removed last, with its role, period, text and goals.

    Raises ValidationError if there is none, or if it no longer fits: another owner, say.
    """
    left = Event.objects.about(project).filter(verb=LEFT, administration=administration).first()
    removed = (
        Participation.history.filter(
            project_id=project.pk, administration_id=administration.pk, history_type="-"
        )
        .order_by("-history_date")
        .first()
    )
    if left is None or removed is None:
        raise ValidationError("Det finns ingen borttagen medverkan att ta tillbaka.")
    part = removed.instance
    part.full_clean()
    part.save(force_insert=True)
    goals = GoalAllocation.history.filter(
        participation_id=part.pk, history_type="-", history_date__gte=left.at
    )
    for row in goals:
        row.instance.save(force_insert=True)
    Event.objects.record(RETURNED, project, by, administration=administration)
    return part
