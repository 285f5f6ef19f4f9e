"""The forms of people and their roles."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, PasswordChangeForm, UserChangeForm
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


class NewPasswordForm(PasswordChangeForm):
    """As settings.AUTH_PASSWORD_VALIDATORS have it, in one sentence instead of their list."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = (
            "Minst 12 tecken. Det får inte likna ditt namn eller din e-postadress, och inte vara ett "
            "lösenord som många använder. Flera vanliga ord efter varandra är lätt att minnas."
        )
        self.fields["new_password2"].help_text = ""
        self.fields["new_password2"].label = "Nytt lösenord igen"


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
