"""The addresses of the reports, the documents and the account, grouped by their prefix."""

from django.contrib.auth import views as auth
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from reports import views
from reports.renderers import FORMATS


class WholeCity(StringConverter):
    """The kinds of document that are one for the whole city."""

    regex = "samlad|stad"


class PartKey(StringConverter):
    """The parts of a submission that are entered on a form: `reports.entry.parts`."""

    regex = (
        r"projekt(?:/(?!versioner/)[-\w]+)?"
        r"|utbetalningar|mal|parter|aktiviteter|tjansteskrivelse|fragor/\d+"
    )


class ProjectSlug(StringConverter):
    """A project's address, with whatever letters it was given."""

    regex = r"[-\w]+"


class Suffix(StringConverter):
    regex = "|".join(FORMATS)


register_converter(WholeCity, "whole_city")
register_converter(PartKey, "part")
register_converter(ProjectSlug, "project")
register_converter(Suffix, "suffix")

account = [
    path("logga-in/", views.LogIn.as_view(), name="login"),
    path("logga-ut/", auth.LogoutView.as_view(), name="logout"),
    path("losenord/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("losenord/klart/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
]

reporting = [
    path("", views.years, name="years"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:administration>/", views.submission, name="submission"),
    path("<int:year>/<slug:administration>/borja/", views.start, name="submission_start"),
    path("<int:year>/<slug:administration>/projekt/", views.projects, name="projects"),
    path("<int:year>/<slug:administration>/projekt/besked/", views.carried, name="carried"),
    path(
        "<int:year>/<slug:administration>/projekt/lagg-till/",
        views.project_search,
        name="project_search",
    ),
    path("<int:year>/<slug:administration>/projekt/nytt/", views.project_new, name="project_new"),
    path(
        "<int:year>/<slug:administration>/projekt/<project:slug>/agare/",
        views.project_owner,
        name="project_owner",
    ),
    path(
        "<int:year>/<slug:administration>/projekt/<project:slug>/ta-bort/",
        views.project_leave,
        name="project_leave",
    ),
    path(
        "<int:year>/<slug:administration>/projekt/<project:slug>/ta-tillbaka/",
        views.project_return,
        name="project_return",
    ),
    path("<int:year>/<slug:administration>/<part:key>/", views.part, name="part"),
    path("<int:year>/<slug:administration>/granska/", views.check, name="check"),
    path("<int:year>/<slug:administration>/kvittens/", views.receipt, name="receipt"),
    path(
        "<int:year>/<slug:administration>/kvittens.pdf",
        views.receipt_file,
        {"suffix": "pdf"},
        name="receipt_pdf",
    ),
    path(
        "<int:year>/<slug:administration>/kvittens.json",
        views.receipt_file,
        {"suffix": "json"},
        name="receipt_data",
    ),
    path("<int:year>/<slug:administration>/arbetsbok/", views.workbook, name="workbook"),
    path(
        "<int:year>/<slug:administration>/arbetsbok.xlsx", views.workbook_file, name="workbook_file"
    ),
    path(
        "<int:year>/<slug:administration>/svar-fran-fil/",
        views.import_answers,
        name="import_answers",
    ),
    path(
        "<int:year>/<slug:administration>/<part:key>/versioner/",
        views.part_history,
        name="part_history",
    ),
    path(
        "<int:year>/<slug:administration>/<part:key>/versioner/<int:version>/",
        views.part_restore,
        name="part_restore",
    ),
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
