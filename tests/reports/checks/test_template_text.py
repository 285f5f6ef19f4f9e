"""Words of the template that were left."""

import pytest

from reports.checks import template_text
from reports.models import MemoLine
from tests import make


@pytest.mark.parametrize(
    "left",
    ["[skriv här]", "[Fyll i namn]", "[belopp]", "XX", "XXX", "xxx", "Lorem ipsum",
     "Klicka här för att ange text", "Klicka eller tryck här för att ange text", "TODO"],
)  # fmt: skip
def test_it_is_an_error(find, answer, left):
    answer(f"<p>Vi har gjort {left} under året.</p>")
    (found,) = find(template_text)
    assert found.is_error
    assert "I svaret på fråga 1 står" in found.sentence
    assert found.url.endswith("/fragor/1/#id_svar")


@pytest.mark.parametrize(
    "words",
    [
        "Storlek XXL",
        "Skriv här om [1] och [se bilaga]",
        "Kapitel XIX",
        "Maxx",
        "Klicka här för att läsa mer",
    ],
)
def test_ordinary_text_is_fine(find, answer, words):
    answer(f"<p>{words}</p>")
    assert find(template_text) == []


def test_the_memo_and_the_projects_are_looked_through_too(find, draft, miljo, rebus):
    memo = make.memo(draft.year, miljo, title="Redovisning [datum]", summary="<p>XX kronor</p>")
    line = MemoLine.objects.create(memo=memo, list="decision", position=1, text="[skriv beslut]")
    rebus.contribution = "xxx"
    rebus.save()
    ends = {item.url.partition("mf/")[2] for item in find(template_text)}
    assert ends == {
        "tjansteskrivelse/#id_rubrik",
        "tjansteskrivelse/#id_sammanfattning",
        f"tjansteskrivelse/#id_punkt-{line.pk}-text",
        "projekt/rebus/#id_var_del",
    }
