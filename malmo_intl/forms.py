"""The forms of people and their roles."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError

from malmo_intl.models import Membership, Role, User

CITY_WIDE = {Role.CITY_OFFICE, Role.SYSTEM}


class OneAddress:
    """Two people never share an e-mail address, however it is written."""

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("En person med den e-postadressen finns redan.")
        return email


class PersonCreationForm(OneAddress, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class PersonForm(OneAddress, UserChangeForm):
    class Meta:
        model = User
        fields = ("email", "name", "title", "phone", "is_active", "is_staff", "password")


class MembershipForm(forms.ModelForm):
    """The two city-wide roles belong to the administration that leads the year."""

    class Meta:
        model = Membership
        fields = ("user", "administration", "role")

    def clean(self):
        chosen = super().clean()
        unit = chosen.get("administration")
        if unit and chosen.get("role") in CITY_WIDE and not unit.leads_the_year:
            self.add_error("role", "Den rollen hör till stadskontoret. Välj en annan roll.")
        return chosen
