"""The addresses of the reports, the documents and the account, grouped by their prefix."""

from django.contrib.auth import views as auth
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from malmo_intl.forms import NewPasswordForm
from reports import views
from reports.renderers import FORMATS
from reports.views import (
    api_keys,
    city_decision,
    city_texts,
    data,
    live_figures,
    lookback,
    published_figures,
    reminders,
    search,
    word_back,
    year_settings,
    year_turns,
    year_workbook,
)
from reports.views import archiving as archiving_view
from reports.views import decision as decision_view
from reports.views import figures as figure_view
from reports.views import merging as merging_view
from reports.views import published as published_view
from reports.views import publishing as publishing_view
from reports.views import reconciliation as reconciliation_view
from reports.views import review as review_view
from reports.views import schedule as schedule_view
from reports.views import trail as trail_view
from reports.views import verifying as verifying_view
from reports.views import wall as wall_view


class WholeCity(StringConverter):
    """The kinds of document that are one for the whole city."""

    regex = "samlad|stad|siffror"


class PartKey(StringConverter):
    """The parts of a submission that are entered on a form: `reports.entry.parts`."""

    regex = (
        r"projekt(?:/(?!versioner/)[-\w]+)?"
        r"|utbetalningar|mal|parter|aktiviteter|tjansteskrivelse|fragor/\d+"
    )


class CityKey(StringConverter):
    """The city's own texts of a year: `reports.entry.city_parts`."""

    regex = r"sammanfattning|tjansteskrivelse|fragor/\d{1,3}"


class ProjectSlug(StringConverter):
    """A project's address, with whatever letters it was given."""

    regex = r"[-\w]+"


class TableSuffix(StringConverter):
    regex = "csv|json"


class Suffix(StringConverter):
    regex = "|".join(FORMATS)


register_converter(WholeCity, "whole_city")
register_converter(PartKey, "part")
register_converter(CityKey, "city_text")
register_converter(ProjectSlug, "project")
register_converter(Suffix, "suffix")
register_converter(TableSuffix, "table_suffix")

account = [
    path("logga-in/", views.LogIn.as_view(), name="login"),
    path("logga-ut/", auth.LogoutView.as_view(), name="logout"),
    path(
        "losenord/",
        auth.PasswordChangeView.as_view(form_class=NewPasswordForm),
        name="password_change",
    ),
    path("losenord/klart/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
]

city = [
    path("", city_texts.city_texts, name="city_texts"),
    path("siffror/", live_figures.city_live_figures, name="city_live_figures"),
    path("siffror.json", live_figures.city_live_figures, {"data": True}),
    path("tal/", live_figures.city_readings, name="city_readings"),
    path("<city_text:key>/", city_texts.city_text, name="city_text"),
    path("<city_text:key>/versioner/", city_texts.city_text_history, name="city_text_history"),
    path(
        "<city_text:key>/versioner/<int:version>/",
        city_texts.city_text_restore,
        name="city_text_restore",
    ),
]

# A year from plan to close. Words of ours, so they stand before an administration's address.
setting_up = [
    path("nytt/", year_settings.year_new, name="year_new"),
    path("<int:year>/installningar/", year_settings.year_settings, name="year_settings"),
    path("<int:year>/oppna/", year_turns.year_open, name="year_open"),
    path("<int:year>/stang/", year_turns.year_close, name="year_close"),
    path("<int:year>/oppna-igen/", year_turns.year_reopen, name="year_reopen"),
    path("<int:year>/tidplan/", schedule_view.schedule, name="schedule"),
    path("<int:year>/kalender.ics", schedule_view.year_calendar, name="calendar"),
]

reporting = [
    path("", views.years, name="years"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/siffror/<slug:name>/", figure_view.figure, name="figure"),
    path("<int:year>/stadens-text/", include(city)),
    path("<int:year>/publicering/", publishing_view.publishing, name="publishing"),
    path("<int:year>/arkivpaket.zip", archiving_view.archive, name="archive"),
    *setting_up,
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
    path(
        "<int:year>/<slug:administration>/siffror/", live_figures.live_figures, name="live_figures"
    ),
    path(
        "<int:year>/<slug:administration>/siffror.json", live_figures.live_figures, {"data": True}
    ),
    path("<int:year>/<slug:administration>/tal/", live_figures.readings, name="readings"),
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

# Before `reporting`: its fixed words stand where an administration's slug may.
reviewing = [
    path("sammanfor/", merging_view.merge, name="merge"),
    path("sammanfor/<int:number>/ta-tillbaka/", merging_view.merge_undo, name="merge_undo"),
    path("<int:year>/avstamning/", reconciliation_view.reconciliation, name="reconciliation"),
    path("<int:year>/<slug:administration>/granskning/", review_view.review_page, name="review"),
    path("<int:year>/<slug:administration>/beslut/", decision_view.decision, name="decision"),
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


chasing = [
    path("<int:year>/laget/", wall_view.wall, name="wall"),
    path("<int:year>/paminnelser/", reminders.reminders, name="reminders"),
]

documents = [
    path("", views.documents, name="documents"),
    path("<int:year>/underlag.xlsx", year_workbook.year_workbook, name="year_workbook"),
    path("<int:year>/<whole_city:kind>/", views.document, name="document"),
    path("<int:year>/<whole_city:kind>/fran-word/", word_back.from_word, name="from_word"),
    path(
        "<int:year>/forvaltning/<slug:administration>/fran-word/",
        word_back.from_word,
        {"kind": "forvaltning"},
        name="from_word",
    ),
    path("<int:year>/<whole_city:kind>.<suffix:suffix>", views.document_file, name="document_file"),
    *_addresses("forvaltning", "<slug:administration>"),
    *_addresses("projekt", "<slug:administration>/<slug:project>"),
]


def _lasting(kind, about):
    """What is published of a kind: page and files, with the version in the address."""
    known = {} if kind.startswith("<") else {"kind": kind}
    address = f"<int:year>/{kind}/{about}v<int:version>"
    return (
        path(f"{address}/", published_view.published, known, name="published"),
        path(
            f"{address}.<suffix:suffix>",
            published_view.published_file,
            known,
            name="published_file",
        ),
    )


publications = [
    *_lasting("<whole_city:kind>", ""),
    path(
        "<int:year>/<whole_city:kind>/v<int:version>/beslut/",
        city_decision.city_decision,
        name="city_decision",
    ),
    *_lasting("forvaltning", "<slug:administration>/"),
    *_lasting("projekt", "<slug:administration>/<slug:project>/"),
]

looking_back = [
    path("", lookback.look_back, name="look_back"),
    path(
        "fragor/<slug:administration>/<int:question>/",
        lookback.look_back_question,
        name="look_back_question",
    ),
    path("publicerade-siffror/", published_figures.published_figures, name="published_figures"),
    path(
        "publicerade-siffror/ny/", published_figures.published_figure, name="published_figure_new"
    ),
    path(
        "publicerade-siffror/<int:figure>/",
        published_figures.published_figure,
        name="published_figure",
    ),
    path(
        "publicerade-siffror/<int:figure>/ta-bort/",
        published_figures.published_figure_remove,
        name="published_figure_remove",
    ),
]

data_out = [
    path("", data.data, name="data"),
    path("nycklar/", api_keys.api_keys, name="api_keys"),
    path("nycklar/<int:key>/aterkalla/", api_keys.api_key_revoke, name="api_key_revoke"),
    path("<slug:key>/oppen/", data.data_open, name="data_open"),
    path("<slug:key>.<table_suffix:suffix>", data.data_file, name="data_file"),
]

open_data = [
    path("", data.open_data, name="open_data"),
    path("dcat.rdf", data.dcat, name="dcat"),
    path("<slug:key>.<table_suffix:suffix>", data.open_data_file, name="open_data_file"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("konto/", include(account)),
    path("redovisning/", include(reviewing)),
    path("redovisning/", include(chasing)),
    path("redovisning/", include(reporting)),
    path("dokument/", include(documents)),
    path("publicerat/", include(publications)),
    path("tillbakablick/", include(looking_back)),
    path("sok/", search.find, name="search"),
    path("kontrollera/", verifying_view.verify_file, name="verify"),
    path("data/", include(data_out)),
    path("oppna-data/", include(open_data)),
    path("handelser/", trail_view.trail, name="trail"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("halsa/", views.health, name="health"),
]
