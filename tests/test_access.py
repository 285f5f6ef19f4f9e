"""Who gets what: one table that a person can read, and every address is in it.

A row is an address; a column is a person. The numbers are what the server answers:
200 yes · 404 does not exist for that person · 302 to the log-in · 405 wrong method · 403 no.

The year 2024 is open and holds a draft of Miljöförvaltningen, with its memo and a project memo.
The year 2019 is published; 2018 was, with documents, and is being corrected.
"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from funding.models import Fund
from malmo_intl.models import Administration, Membership, User
from projects.models import GoalSet, Network
from reports.models import Dataset, ReportingYear, Submission
from tests import make

# Lena reads, Rut reports and Måns manages at Miljö; Olle reports for Kultur; Sam is at stadskontoret; Siv
# keeps the registers; Nils may log in but has no role.
PEOPLE = ["anonym", "lena", "rut", "olle", "mans", "sam", "siv", "nils"]
TABLE = """
                                              anonym lena rut olle mans sam siv nils
/                                                302  200 200  200  200 200 200  200
/konto/logga-in/                                 200  200 200  200  200 200 200  200
/konto/logga-ut/                                 302  405 405  405  405 405 405  405
/konto/losenord/                                 302  200 200  200  200 200 200  200
/konto/losenord/klart/                           302  200 200  200  200 200 200  200
/tillganglighet/                                 200  200 200  200  200 200 200  200
/kontrollera/                                    302  200 200  200  200 200 200  200
/halsa/                                          200  200 200  200  200 200 200  200
/redovisning/                                    302  200 200  200  200 200 200  200
/redovisning/2019/                               302  200 200  200  200 200 200  200
/redovisning/2024/                               302  200 200  200  200 200 200  200
/redovisning/1999/                               302  404 404  404  404 404 404  404
/redovisning/sammanfor/                          302  404 404  404  404 200 404  404
/redovisning/sammanfor/1/ta-tillbaka/            302  405 405  405  405 405 405  405
/redovisning/2024/avstamning/                    302  404 404  404  404 200 404  404
/redovisning/2019/mf/granskning/                 302  404 404  404  404 200 404  404
/redovisning/2024/mf/granskning/                 302  404 404  404  404 200 404  404
/redovisning/2024/mf/beslut/                     302  403 302  404  302 302 404  404
/redovisning/nytt/                               302  404 404  404  404 200 404  404
/redovisning/2024/installningar/                 302  404 404  404  404 200 404  404
/redovisning/2019/installningar/                 302  404 404  404  404 200 404  404
/redovisning/2024/oppna/                         302  404 404  404  404 200 404  404
/redovisning/2024/stang/                         302  404 404  404  404 200 404  404
/redovisning/2024/oppna-igen/                    302  404 404  404  404 200 404  404
/redovisning/2024/tidplan/                       302  200 200  200  200 200 200  200
/redovisning/2024/kalender.ics                   302  200 200  200  200 200 200  200
/redovisning/2019/siffror/utbetalt/              302  200 200  200  200 200 200  200
/redovisning/2024/siffror/utbetalt/              302  404 404  404  404 200 404  404
/redovisning/2019/siffror/nix/                   302  404 404  404  404 404 404  404
/redovisning/2019/laget/                         302  404 404  404  404 200 404  404
/redovisning/2024/laget/                         302  404 404  404  404 200 404  404
/redovisning/2019/paminnelser/                   302  404 404  404  404 200 404  404
/redovisning/2024/paminnelser/                   302  404 404  404  404 200 404  404
/redovisning/2019/mf/                            302  200 200  200  200 200 200  200
/redovisning/2024/mf/                            302  200 200  404  200 200 404  404
/redovisning/2024/mf/projekt/                    302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/besked/             302  403 302  404  302 403 404  404
/redovisning/2024/mf/projekt/lagg-till/          302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/nytt/               302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/rebus/              302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/rebus/agare/        302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/rebus/ta-bort/      302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/rebus/ta-tillbaka/  302  405 405  405  405 405 405  405
/redovisning/2024/mf/projekt/nix/                302  403 404  404  404 403 404  404
/redovisning/2024/mf/projekt/rebus/versioner/    302  403 200  404  200 403 404  404
/redovisning/2024/mf/projekt/versioner/          302  403 200  404  200 403 404  404
/redovisning/2024/mf/borja/                      302  405 405  405  405 405 405  405
/redovisning/2024/mf/utbetalningar/              302  403 200  404  200 403 404  404
/redovisning/2024/mf/mal/                        302  403 200  404  200 403 404  404
/redovisning/2024/mf/siffror/                    302  403 200  404  200 403 404  404
/redovisning/2024/mf/siffror.json                302  403 200  404  200 403 404  404
/redovisning/2024/mf/tal/                        302  405 405  405  405 405 405  405
/redovisning/2024/mf/fragor/1/                   302  403 200  404  200 403 404  404
/redovisning/2024/mf/fragor/9/                   302  403 404  404  404 403 404  404
/redovisning/2024/mf/fragor/1/versioner/         302  403 200  404  200 403 404  404
/redovisning/2024/mf/fragor/1/versioner/0/       302  405 405  405  405 405 405  405
/redovisning/2024/mf/arbetsbok/                  302  403 200  404  200 403 404  404
/redovisning/2024/mf/arbetsbok.xlsx              302  403 200  404  200 403 404  404
/redovisning/2024/mf/svar-fran-fil/              302  403 200  404  200 403 404  404
/redovisning/2024/mf/granska/                    302  403 200  404  200 403 404  404
/redovisning/2024/kulf/granska/                  302  404 404  200  404 403 404  404
/redovisning/2024/mf/kvittens/                   302  302 302  404  302 302 404  404
/redovisning/2024/mf/kvittens.pdf                302  404 404  404  404 404 404  404
/redovisning/2024/mf/kvittens.json               302  404 404  404  404 404 404  404
/redovisning/2024/stadens-text/                  302  404 404  404  404 200 404  404
/redovisning/2024/stadens-text/siffror/          302  404 404  404  404 200 404  404
/redovisning/2024/stadens-text/siffror.json      302  404 404  404  404 200 404  404
/redovisning/2024/stadens-text/tal/              302  405 405  405  405 405 405  405
/redovisning/2024/stadens-text/sammanfattning/   302  404 404  404  404 200 404  404
/redovisning/2024/stadens-text/fragor/1/         302  404 404  404  404 200 404  404
/redovisning/2024/stadens-text/fragor/9/         302  404 404  404  404 404 404  404
/redovisning/2024/stadens-text/tjansteskrivelse/ 302  404 404  404  404 200 404  404
/redovisning/2019/stadens-text/fragor/1/         302  404 404  404  404 302 404  404
/redovisning/2024/stadens-text/fragor/1/versioner/ 302 404 404 404  404 200 404  404
/redovisning/2024/stadens-text/fragor/1/versioner/0/ 302 405 405 405 405 405 405 405
/redovisning/2024/kulf/                          302  404 404  200  404 200 404  404
/redovisning/2024/nix/                           302  404 404  404  404 404 404  404
/projekt/                                        302  200 200  200  200 200 200  200
/projekt/rebus/                                  302  200 200  200  200 200 200  200
/projekt/nix/                                    302  404 404  404  404 404 404  404
/dokument/                                       302  200 200  200  200 200 200  200
/dokument/2019/samlad/                           302  200 200  200  200 200 200  200
/dokument/2019/samlad.json                       302  200 200  200  200 200 200  200
/dokument/2019/siffror/                          302  200 200  200  200 200 200  200
/dokument/2019/siffror.json                      302  200 200  200  200 200 200  200
/dokument/2024/siffror/                          302  404 404  404  404 200 404  404
/dokument/2024/siffror.json                      302  404 404  404  404 200 404  404
/dokument/2019/underlag.xlsx                     302  200 200  200  200 200 200  200
/dokument/2024/underlag.xlsx                     302  404 404  404  404 200 404  404
/dokument/1999/underlag.xlsx                     302  404 404  404  404 404 404  404
/dokument/2019/samlad.odt                        404  404 404  404  404 404 404  404
/dokument/2019/forvaltning/mf/                   302  200 200  200  200 200 200  200
/dokument/2019/forvaltning/mf.json               302  200 200  200  200 200 200  200
/dokument/2024/samlad/                           302  404 404  404  404 200 404  404
/dokument/2024/samlad.json                       302  404 404  404  404 200 404  404
/dokument/2024/stad/                             302  404 404  404  404 200 404  404
/dokument/2024/stad.json                         302  404 404  404  404 200 404  404
/dokument/2024/stad/fran-word/                   302  404 404  404  404 200 404  404
/dokument/2024/samlad/fran-word/                 302  404 404  404  404 200 404  404
/dokument/2024/siffror/fran-word/                302  404 404  404  404 404 404  404
/dokument/2019/samlad/fran-word/                 302  404 404  404  404 200 404  404
/dokument/2024/forvaltning/mf/fran-word/         302  403 200  404  200 403 404  404
/dokument/2024/forvaltning/kulf/fran-word/       302  404 404  200  404 403 404  404
/dokument/2024/forvaltning/mf/                   302  200 200  404  200 200 404  404
/dokument/2024/forvaltning/mf.json               302  200 200  404  200 200 404  404
/dokument/2024/forvaltning/mf.pdf                302  200 200  404  200 200 404  404
/dokument/2024/forvaltning/kulf/                 302  404 404  200  404 200 404  404
/dokument/2024/forvaltning/kulf.json             302  404 404  200  404 200 404  404
/dokument/2024/projekt/mf/rebus/                 302  200 200  404  200 200 404  404
/dokument/2024/projekt/mf/rebus.json             302  200 200  404  200 200 404  404
/tillbakablick/                                  302  200 200  200  200 200 200  200
/tillbakablick/fragor/mf/999999/                 302  404 404  404  404 404 404  404
/tillbakablick/publicerade-siffror/              302  403 403  403  403 200 403  403
/tillbakablick/publicerade-siffror/ny/           302  403 403  403  403 200 403  403
/tillbakablick/publicerade-siffror/999999/       302  403 403  403  403 404 403  403
/tillbakablick/publicerade-siffror/999999/ta-bort/  302  403 403  403  403 404 403  403
/sok/                                            302  200 200  200  200 200 200  200
/data/                                           302  200 200  200  200 200 200  200
/data/utbetalningar.csv                          302  200 200  200  200 200 200  200
/data/utbetalningar.json                         302  200 200  200  200 200 200  200
/data/nix.csv                                    302  404 404  404  404 404 404  404
/data/ar/oppen/                                  302  405 405  405  405 405 405  405
/data/nycklar/                                   302  403 403  403  403 200 403  403
/data/nycklar/999999/aterkalla/                  302  405 405  405  405 405 405  405
/oppna-data/                                     200  200 200  200  200 200 200  200
/oppna-data/ar.csv                               200  200 200  200  200 200 200  200
/oppna-data/mal.csv                              404  404 404  404  404 404 404  404
/oppna-data/dcat.rdf                             200  200 200  200  200 200 200  200
/handelser/                                      302  200 200  200  200 200 200  200
/redovisning/2024/publicering/                   302  404 404  404  404 200 404  404
/redovisning/2019/arkivpaket.zip                 302  404 404  404  404 302 302  404
/publicerat/2018/samlad/v1/                      302  200 200  200  200 200 200  200
/publicerat/2018/samlad/v1.json                  302  200 200  200  200 200 200  200
/publicerat/2018/samlad/v1.pdf                   302  404 404  404  404 404 404  404
/publicerat/2018/samlad/v1/beslut/               302  403 403  403  403 200 403  403
/publicerat/2018/samlad/v2/beslut/               302  404 404  404  404 404 404  404
/publicerat/2018/samlad/v2/                      302  404 404  404  404 404 404  404
/publicerat/2018/forvaltning/mf/v1/              302  200 200  200  200 200 200  200
/publicerat/2018/forvaltning/mf/v1.json          302  200 200  200  200 200 200  200
/publicerat/2018/projekt/mf/rebus/v1/            302  200 200  200  200 200 200  200
/publicerat/2018/projekt/mf/rebus/v1.json        302  200 200  200  200 200 200  200
/admin/                                          302  302 302  302  302 302 200  302
"""
# Every other address answers a POST with 405.
TAKES_POSTS = (
    "/konto/",
    "/kontrollera/",
    "/admin/",
    "/tillbakablick/publicerade-siffror/ny/",
    "/data/ar/oppen/",
    "/data/nycklar/",
    "/redovisning/sammanfor/",
    "/redovisning/2024/avstamning/",
    "/redovisning/2019/mf/granskning/",
    "/redovisning/2024/mf/granskning/",
    "/redovisning/2024/mf/beslut/",
    "/redovisning/2024/stadens-text/",
    "/redovisning/2019/stadens-text/",
    "/dokument/2024/stad/fran-word/",
    "/dokument/2024/samlad/fran-word/",
    "/redovisning/nytt/",
    "/redovisning/2019/paminnelser/",
    "/redovisning/2024/paminnelser/",
    "/redovisning/2019/installningar/",
    "/redovisning/2024/installningar/",
    "/redovisning/2024/oppna/",
    "/redovisning/2024/stang/",
    "/redovisning/2024/oppna-igen/",
    "/publicerat/2018/samlad/v1/beslut/",
    "/publicerat/2018/samlad/v2/beslut/",
)


def rows():
    lines = TABLE.strip().splitlines()
    assert lines[0].split() == PEOPLE
    for line in lines[1:]:
        address, *answers = line.split()
        yield address, dict(zip(PEOPLE, map(int, answers), strict=True))


@pytest.fixture
def people(lena, rut, olle, mans, sam, siv):
    everyone = {"lena": lena, "rut": rut, "olle": olle, "mans": mans, "sam": sam, "siv": siv}
    return {"anonym": None, "nils": make.person("Nils"), **everyone}


@pytest.fixture
def city(miljo, kultur, office):
    """What the addresses of the table speak of."""
    Dataset.objects.create(key="ar", opened_by_name="Sam")
    before = make.year(2019, status=ReportingYear.Status.PUBLISHED)
    make.submission(before, miljo, Submission.Status.APPROVED)
    make.memo(before, miljo)
    now = make.year(2024)
    make.submission(now, miljo)
    make.submission(now, kultur)
    rebus = make.project("Rebus", funded_by=make.fund())
    make.participation(rebus, miljo, paid={2024: 4711, 2018: 4711})
    make.memo(now, miljo)
    make.memo(now)
    make.memo(now, miljo, rebus)
    long_ago = make.year(2018, status=ReportingYear.Status.CORRECTING)
    make.submission(long_ago, miljo, Submission.Status.APPROVED)
    for kind, about in (("samlad", {}), ("forvaltning", {}), ("projekt", {"project": rebus})):
        unit = None if kind == "samlad" else miljo
        make.publication(long_ago, kind, administration=unit, **about)


@pytest.mark.parametrize("name", PEOPLE)
def test_everyone_gets_what_the_table_says(client, city, people, name):
    if people[name]:
        client.force_login(people[name])
    got = {address: client.get(address).status_code for address, _ in rows()}
    assert got == {address: answers[name] for address, answers in rows()}


def test_who_is_not_logged_in_is_sent_to_the_log_in_and_back(client, city):
    answer = client.get("/redovisning/2024/mf/")
    assert answer["Location"] == "/konto/logga-in/?next=/redovisning/2024/mf/"


def patterns(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def test_every_address_of_the_product_is_in_the_table():
    walked = {resolve(address).route for address, answers in rows() if answers["anonym"] != 404}
    missing = [
        route for route in patterns() if route not in walked and not route.startswith("admin/")
    ]
    assert missing == []


@pytest.mark.django_db
def test_every_page_of_the_registers_is_closed_to_all_but_systemforvaltare(client, rut, sam, siv):
    registers = {User, Membership, Administration, Fund, GoalSet, Network}
    assert registers <= set(admin.site._registry)
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for address in (reverse(f"{name}_changelist"), reverse(f"{name}_add")):
            client.force_login(siv)
            # The trail is written by the acts themselves, so nobody may add to it.
            expected = 403 if address.endswith("event/add/") else 200
            assert client.get(address).status_code == expected, address
            for person in (rut, sam):
                client.force_login(person)
                assert client.get(address)["Location"].startswith("/admin/login/"), address


@pytest.mark.anydb
def test_nothing_that_is_read_can_be_posted_to(client, city, sam):
    client.force_login(sam)
    for address, _ in rows():
        if not address.startswith(TAKES_POSTS):
            assert client.post(address).status_code in (405, 404, 403), address


def test_a_post_without_its_token_is_refused(city, rut):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rut)
    for address in ("/konto/logga-ut/", "/konto/losenord/"):
        assert strict.post(address).status_code == 403


def test_reading_any_page_changes_nothing(client, city, sam):
    client.force_login(sam)

    def everything():
        models = [model for model in apps.get_models() if model is not Session]
        return serializers.serialize(
            "json", [row for model in models for row in model._base_manager.order_by("pk")]
        )

    before = everything()
    for address, _ in rows():
        client.get(address)
    assert everything() == before


def test_a_drafts_money_is_nowhere_to_be_found_for_another_administration(client, city, olle):
    """The canary: 4 711 kronor, which only Miljö and stadskontoret may know of."""
    client.force_login(olle)
    for address, answers in rows():
        if answers["olle"] == 200:
            content = client.get(address).content.decode(errors="replace")
            assert "4711" not in content.replace("\u00a0", "").replace(" ", ""), address


@pytest.mark.anydb
def test_every_answer_has_a_strict_content_security_policy(client, city, sam):
    client.force_login(sam)
    for address, answers in rows():
        if answers["sam"] == 200:
            policy = client.get(address).headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, address
            assert "unsafe-inline" not in policy, address
            assert "unsafe-eval" not in policy, address
