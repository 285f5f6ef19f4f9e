"""Search in projects, answers and documents: Swedish, limited to what one may see, never by a stranger's draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl import words
from projects.models import ProjectAlias
from reports.entry.stored import put
from reports.models import MemoSection, Publication, Submission
from tests import make
from tests.reports.views.conftest import PUBLISHED, report

ADDRESS = "/sok/"


def find(client, person, query, **more):
    client.force_login(person)
    return client.get(ADDRESS, {"q": query, **more})


def counts(response):
    return {group.key: group.count for group in response.context["found"].groups if group.count}


def test_an_answer_is_found_whatever_the_inflection(client, olle, published):
    response = find(client, olle, "plantera träden")
    assert counts(response) == {"svar": 1}
    page = response.content.decode()
    assert "Vi <mark>planterade</mark> <mark>träd</mark>." in page
    assert "Miljöförvaltningen 2019" in page


def test_every_word_must_be_there(client, rut, published):
    assert counts(find(client, rut, "planterade ubåtar")) == {}


def test_a_project_is_found_by_its_names(client, rut):
    made = make.project("Gröna tak", "grona-tak")
    ProjectAlias.objects.create(project=made, name="Takträdgården")
    for query in ("gröna", "TAKTRÄDGÅRDEN", "tak grön"):
        assert counts(find(client, rut, query)) == {"projekt": 1}, query
    assert (
        '<a href="/projekt/grona-tak/">Gröna tak</a>' in find(client, rut, "tak").content.decode()
    )


def test_the_beginning_of_a_word_does_when_no_whole_word_is_found(client, rut, published):
    response = find(client, rut, "plant")
    assert counts(response) == {"svar": 1}
    assert "Inga hela ord passade" in response.content.decode()
    assert counts(find(client, rut, "plant*")) == {"svar": 1}


def test_a_memo_is_found_by_its_head_and_its_sections(client, rut, published, miljo):
    memo = miljo.memos.get()
    MemoSection.objects.create(memo=memo, key="case", text="<p>Ekonomiska förutsättningar</p>")
    response = find(client, rut, "ärende förutsättning")
    assert counts(response) == {"dokument": 1}
    assert "<mark>förutsättningar</mark>" in response.content.decode() or (
        "<mark>ärendet</mark>" in response.content.decode()
    )


def publication(year, text, version=1, **fields):
    data = {
        "type": "Document", "kind": "samlad", "identity": "samlad-2019", "appendix": [], "figures": [],
        "head": {"type": "Head", "sender": "S", "genre": "Redovisning", "title": "Samlad", "year": 2019},
        "sections": [
            {"type": "Section", "key": "a", "heading": "A", "blocks": [{"type": "Prose", "html": text}]}
        ],
    }  # fmt: skip
    return Publication.objects.create(
        kind="samlad",
        year=year,
        version=version,
        reason="Rättat." if version > 1 else "",
        data=data,
        search=words.stems(text),
        sha256="0" * 64,
        published_by_name="Sam",
        **fields,
    )


def test_a_published_document_is_found_in_its_last_version(client, rut, published):
    publication(published, "<p>Kommunens odlingslotter</p>")
    publication(published, "<p>Kommunens odlingslotter, rättat</p>", version=2)
    response = find(client, rut, "odlingslott")
    assert counts(response) == {"dokument": 1}
    page = response.content.decode()
    assert "<mark>odlingslotter</mark>" in page
    assert "version 2" in page


def test_a_document_of_a_year_that_is_not_published_is_stadskontorets(client, sam, rut, under_way):
    publication(under_way, "<p>odlingslotter</p>")
    assert counts(find(client, rut, "odlingslotter")) == {}
    assert counts(find(client, sam, "odlingslotter")) == {"dokument": 1}


def test_what_is_written_later_is_found_by_its_new_words(client, rut, published, miljo):
    memo, project = miljo.memos.get(), make.project("Gammalt namn")
    put(memo, summary="<p>Om vindkraft.</p>")
    put(project, name="Solceller")
    assert counts(find(client, rut, "vindkraft")) == {"dokument": 1}
    assert counts(find(client, rut, "solceller")) == {"projekt": 1}
    assert counts(find(client, rut, "gammalt")) == {}


# --- The canary --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["kanariefågeln", "gruvan", "kanarie*", "gruv", "kanariefågeln i gruvan"]
)
def test_a_drafts_word_is_found_only_by_its_own(client, rut, sam, olle, under_way, query):
    for insider in (rut, sam):
        assert counts(find(client, insider, query))["svar"] == 1
    for stranger in (olle, make.person("Nils")):
        response = find(client, stranger, query)
        assert counts(response) == {}
        assert "Inga träffar" in response.content.decode()
        assert "mark>" not in response.content.decode()


def test_a_draft_that_never_came_in_is_not_found_when_its_year_is_published(
    client, olle, published
):
    Submission.objects.filter(administration__code="MF").update(status="not_received")
    assert counts(find(client, olle, "planterade")) == {}


def test_a_report_that_is_corrected_is_not_found_before_it_is_published(client, olle, published):
    type(published).objects.update(status="correcting")
    assert counts(find(client, olle, "planterade")) == {}


# --- The page ----------------------------------------------------------------------------------------


def test_nothing_found_gives_help(client, rut):
    page = find(client, rut, "xyzzy").content.decode()
    assert "Inga träffar på ”xyzzy”" in page
    assert "Alla ord måste finnas" in page


@pytest.mark.parametrize(
    "query", ["", "   ", "*", "%", "_", "'", "--", "\x00", "å" * 500, "<script>"]
)
def test_odd_queries_are_answered(client, rut, published, query):
    response = find(client, rut, query)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1].split("</main")[0]


def test_what_is_found_is_never_markup(client, rut, published):
    report(
        make.year(2018, status=PUBLISHED),
        make.administration("X", "X", "X"),
        "approved",
        "<p>träd &lt;b&gt;</p>",
    )
    assert "<mark>träd</mark> &lt;b&gt;" in find(client, rut, "träd").content.decode()


def test_many_hits_are_shown_few_at_first_and_then_page_by_page(client, rut):
    for number in range(25):
        make.project(f"Odling {number}")
    page = find(client, rut, "odling").content.decode()
    assert "25 träffar" in page
    assert "Visa alla 25 under Projekt" in page
    assert page.count("<li>\n              <h3>") == 5
    assert (
        "Träff 21–25 av 25"
        in find(client, rut, "odling", slag="projekt", sida="2").content.decode()
    )


def test_every_page_has_a_search_field_for_who_is_logged_in(client, rut):
    client.force_login(rut)
    assert 'action="/sok/"' in client.get("/").content.decode()
    client.logout()
    assert 'action="/sok/"' not in client.get("/konto/logga-in/").content.decode()


def test_the_queries_do_not_grow(client, sam, esf):
    client.force_login(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = client.get(ADDRESS, {"q": "odling"})
        assert counts(found).keys() == {"projekt", "svar", "dokument"}
        return len(captured)

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
            report(year, unit, "approved", "<p>Odling.</p>")
            make.memo(year, unit, summary="<p>Odling.</p>")
            make.project(f"Odling {number}", funded_by=esf)

    year = make.year(2019, status=PUBLISHED)
    fill(0, 3)
    few = queries()
    fill(3, 12)
    assert queries() == few
    assert few <= 25


def test_only_reading(client, rut):
    client.force_login(rut)
    assert client.post(ADDRESS).status_code == 405
    client.logout()
    assert client.get(ADDRESS).url == f"/konto/logga-in/?next={ADDRESS}"
