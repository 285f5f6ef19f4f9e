"""The addresses of the reports, the documents and the account, grouped by their prefix."""

from django.contrib.auth import views as auth
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from reports import views
from reports.renderers import FORMATS


class WholeCity(StringConverter):
    """The kinds of document that are one for the whole city."""

    regex = "samlad|stad"


class Suffix(StringConverter):
    regex = "|".join(FORMATS)


register_converter(WholeCity, "whole_city")
register_converter(Suffix, "suffix")

account = [
    path(
        "logga-in/",
        auth.LoginView.as_view(authentication_form=views.LoginForm),
        name="login",
    ),
    path("logga-ut/", auth.LogoutView.as_view(), name="logout"),
    path("losenord/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("losenord/klart/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
]

reporting = [
    path("", views.years, name="years"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:administration>/", views.submission, name="submission"),
]


def _addresses(kind, about):
    """Of a kind of document that is about an administration, or about a project of it: page and files."""
    return (
        path(f"<int:year>/{kind}/{about}/", views.document, {"kind": kind}, name="document"),
        path(
            f"<int:year>/{kind}/{about}.<suffix:suffix>",
            views.document_file,
            {"kind": kind},
            name="document_file",
        ),
    )


documents = [
    path("", views.documents, name="documents"),
    path("<int:year>/<whole_city:kind>/", views.document, name="document"),
    path("<int:year>/<whole_city:kind>.<suffix:suffix>", views.document_file, name="document_file"),
    *_addresses("forvaltning", "<slug:administration>"),
    *_addresses("projekt", "<slug:administration>/<slug:project>"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("konto/", include(account)),
    path("redovisning/", include(reporting)),
    path("dokument/", include(documents)),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("halsa/", views.health, name="health"),
]
