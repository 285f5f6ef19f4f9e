"""The form that people log in with. The views are Django's own."""

from django.contrib.auth.forms import AuthenticationForm


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen.",
        "inactive": "Kontot är avstängt. Kontakta stadskontoret.",
    }
