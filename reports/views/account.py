"""Logging in. The other views of the account are Django's own."""

from django.contrib.auth import login, views
from django.contrib.auth.forms import AuthenticationForm
from django.shortcuts import render

from malmo_intl.sessions import KEPT, Kept


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "E-postadressen och lösenordet hör inte ihop. Kontrollera båda och försök igen.",
        "inactive": "Kontot är avstängt. Kontakta stadskontoret.",
    }


class LogIn(views.LoginView):
    """Django's, which also gives back what was typed when the session ended."""

    authentication_form = LoginForm

    def kept(self) -> Kept | None:
        return Kept.read(self.request.POST.get(KEPT, ""))

    def form_valid(self, form):
        kept = self.kept()
        if not (kept and kept.fields):
            return super().form_valid(form)
        login(self.request, form.get_user())
        context = {"kept": kept, "title": "Du är inloggad igen"}
        return render(self.request, "registration/back.html", context)

    def get_context_data(self, **context):
        return super().get_context_data(**{"kept": self.kept(), **context})
