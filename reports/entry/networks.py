"""The networks of an administration's year: last year's, the register's, and those it lacks.

A network that the register lacks is written as a row and added to the register when the part is saved,
since nobody should have to wait for systemförvaltaren to tell of it. As long as no one else is in it,
it follows what is written in the row, so that a misspelt or half-written name leaves nothing behind.
"""

from django import forms
from django.db.models import Exists, OuterRef, Q

from malmo_intl.formats import normalise, sort_key
from projects.models import Network, NetworkMembership
from reports.entry import carry
from reports.entry.rows import LineField, Rows
from reports.entry.stored import put
from reports.models import CarriedItem

Verdict = CarriedItem.Verdict
WITH, WITHOUT = "med", "inte"
ROLE = {"label": "Uppdrag", "max_length": 200, "required": False}


class Networks:
    """The fields natverk-17 and uppdrag-17 for network 17, and rows annat-… for what is new."""

    def __init__(self, form):
        self.form, submission = form, form.submission
        self.year, self.unit = submission.year.year, submission.administration
        self.carried = {item.network_id: item for item in submission.carried.exclude(network=None)}
        self.members = {item.network_id: item for item in self._memberships(year=self.year)}
        before = self._memberships(year__lt=self.year).order_by("year")
        self.earlier = {item.network_id: item.role for item in before}
        others = NetworkMembership.objects.filter(network=OuterRef("pk")).exclude(
            Q(administration=self.unit), Q(year=self.year)
        )
        networks = Network.objects.annotate(is_shared=Exists(others))
        self.all = {item.pk: item for item in sorted(networks, key=lambda n: sort_key(n.name))}

    def _memberships(self, **years):
        return NetworkMembership.objects.filter(administration=self.unit, **years)

    def _is_own(self, network) -> bool:
        """Whether it stands in the register only because of this row."""
        alone = network.pk in self.members and network.pk not in self.carried
        return alone and not network.kind and not network.is_shared

    @property
    def own(self) -> dict[str, Network]:
        return {str(item.pk): item for item in self.all.values() if self._is_own(item)}

    # --- On the form ------------------------------------------------------------------------------

    def read(self) -> dict:
        stored = {}
        for pk, network in self.all.items():
            member = self.members.get(pk)
            if self._is_own(network):
                stored |= {f"annat-{pk}-namn": network.name, f"annat-{pk}-uppdrag": member.role}
                continue
            stored[f"natverk-{pk}"] = self._answer(pk) if pk in self.carried else bool(member)
            if member or pk in self.carried:
                stored[f"uppdrag-{pk}"] = member.role if member else ""
        return stored

    def _answer(self, pk):
        if pk in self.members:
            return WITH
        return WITHOUT if self.carried[pk].verdict == Verdict.ENDED else ""

    def lay_out(self) -> dict[str, forms.Field]:
        columns = {
            "namn": lambda: LineField(label="Nätverk", max_length=120, required=False),
            "uppdrag": lambda: LineField(**ROLE),
        }
        self.rows = Rows(
            "annat", columns, self.form, blank=0, noun="nytt nätverk", needed=("namn",)
        )
        fields = {}
        for pk, network in self.all.items():
            if self._is_own(network):
                continue
            fields[f"natverk-{pk}"] = self._choice(pk, network)
            name = f"uppdrag-{pk}"
            if name in self.form.stored or name in (self.form.data or ()):
                fields[name] = LineField(**ROLE)
                fields[name].short = ROLE["label"]
                fields[name].label = f"Uppdrag i {network.name}"
        return fields | self.rows.fields()

    def _choice(self, pk, network):
        if pk not in self.carried:
            return forms.BooleanField(label=network.name, required=False)
        name = f"uppdrag-{pk}"
        if not self._answer(pk):
            # Offered, and stored only together with the answer that the network goes on.
            self.form.initial = self.form.initial | {name: self.earlier.get(pk, "")}
        return forms.ChoiceField(
            label=network.name,
            choices=[(WITH, "Med i år"), (WITHOUT, "Inte i år")],
            widget=forms.RadioSelect,
            required=False,
        )

    def last_years(self):
        """(choice, role, last year's role) for each network that came along."""
        for pk in self.all:
            if pk in self.carried:
                role = self.form[f"uppdrag-{pk}"]
                yield self.form[f"natverk-{pk}"], role, self.earlier.get(pk, "")

    def chosen(self):
        """(choice, role) for each other network that the administration is in."""
        for pk in self.all:
            if pk not in self.carried and f"uppdrag-{pk}" in self.form.fields:
                yield self.form[f"natverk-{pk}"], self.form[f"uppdrag-{pk}"]

    def others(self):
        """A choice for each network of the register that is left."""
        for pk in self.all:
            names = (f"natverk-{pk}", f"uppdrag-{pk}")
            if names[0] in self.form.fields and names[1] not in self.form.fields:
                yield self.form[names[0]]

    # --- What is kept -----------------------------------------------------------------------------

    def clean(self):
        self.rows.require("namn", "Skriv vad nätverket heter.")
        known = self._by_name()
        for row, values in self.rows.cleaned():
            network = known.get(normalise(values["namn"] or ""))
            answer = self.form.cleaned_data.get(f"natverk-{network.pk}") if network else ""
            if answer == WITHOUT:
                self.form.add_error(
                    self.rows.field_name(row, "namn"),
                    f"Ovan står att ni inte är med i {network.name} i år. Ändra det ena svaret.",
                )

    def _by_name(self):
        return {normalise(network.name): network for network in self.all.values()}

    def wanted(self) -> dict[int, str]:
        """Network → role, for all but the rows that name new ones."""
        data, wanted = self.form.cleaned_data, {}
        for pk in self.all:
            answer = data.get(f"natverk-{pk}")
            member = self.members.get(pk)
            if pk in self.carried and not answer and not self._is_asked(pk):
                answer = member and WITH
            if answer and answer != WITHOUT:
                kept = member.role if member else ""
                wanted[pk] = data.get(f"uppdrag-{pk}", kept)
        return wanted

    def _is_asked(self, pk) -> bool:
        """A browser leaves out a question that nobody answered: then what is stored stands."""
        return f"natverk-{pk}" in self.form.data

    def write(self, by):
        wanted = self.wanted()
        for row, values in self.rows.cleaned():
            network = self._named(row, values["namn"])
            wanted[network.pk] = values["uppdrag"] or wanted.get(network.pk, "")
        self._set_verdicts(wanted, by)
        self._set_memberships(wanted)
        self._clear_up()

    def _named(self, row, name) -> Network:
        """The network of that name. A name that nobody has is the row's own, or a new network's."""
        found, own = self._by_name().get(normalise(name)), self.own.get(row)
        if found is None and own is None:
            found = Network.objects.get_or_create(name=name)[0]
            self.rows.rename(row, found.pk)
        elif own and found in (None, own):
            put(own, name=name)
            found = own
        return found

    def _set_verdicts(self, wanted, by):
        """What is answered here needs no confirmation of its own. Asked for anew: items may have come
        along since the page was made."""
        for item in self.form.submission.carried.exclude(network=None):
            pk, goes_on = item.network_id, item.verdict in (Verdict.UNCHANGED, Verdict.CHANGED)
            verdict = item.verdict
            if pk in wanted and not goes_on:
                same = wanted[pk] == self.earlier.get(pk, "")
                verdict = Verdict.UNCHANGED if same else Verdict.CHANGED
            elif pk not in wanted and self._is_asked(pk):
                is_without = self.form.cleaned_data.get(f"natverk-{pk}") == WITHOUT
                verdict = Verdict.ENDED if is_without else Verdict.WAITING
            carry.answer(item, verdict, item.verdict, by)

    def _set_memberships(self, wanted):
        members = {item.network_id: item for item in self._memberships(year=self.year)}
        for pk, member in members.items():
            if pk not in wanted:
                member.delete()
        for pk, role in wanted.items():
            member = members.get(pk) or NetworkMembership(
                network_id=pk, administration=self.unit, year=self.year
            )
            put(member, role=role)

    def _clear_up(self):
        """A network that stood in the register only because of its row goes with the row."""
        removed = self.rows.removed()
        for row, network in self.own.items():
            left = Network.objects.filter(pk=network.pk, members=None, carried=None)
            if left.delete()[0] and row in removed:
                self.form.taken_away.append(f"nätverket ”{network.name}”")
