"""Which names say the same project: real names, as the sources misspell them (facts/anomalies.md, E)."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from projects import likeness
from projects.likeness import (
    ALIKE,
    SAME,
    ByEnds,
    Candidate,
    alike,
    may_be_one,
    resemblance,
)

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "projects.json"

# What somebody writes, and the project that it is (or that she must be shown before she adds another).
ALIKE_PAIRS = [
    ("Wisdom Innovation", "Wisdome Innovation"),
    ("Växtplats Botildenberg", "Växtplats Botildenborg"),
    ("Botildenberg", "Växtplats Botildenborg"),
    ("Sluta skjut/GVT", "Sluta skjut/GVI"),
    ("Sluta Skjut", "Sluta skjut/GVI"),
    ("Hela familjen", "Hela Familjen 2.0"),
    ("Krami Malmö/ Konsekvenspedagogisk vägledning", "Konsekvenspedagogisk vägledning/KRAMI"),
    ("krami", "Konsekvenspedagogisk vägledning/KRAMI"),
    ("Malmö Innovationsarena", "Malmö innovationsarena"),
    ("Malmo inovationsarena", "Malmö innovationsarena"),
    ("TAMU", "TAMU Malmö"),
    ("IPVI- Trygg Relation", "Trygg relation – fri från våld (IPVI)"),
    ("Trygg relation - fri från våld", "Trygg relation – fri från våld (IPVI)"),
    ("Thaiwise", "ThaiWISE"),
    ("Thai wise", "ThaiWISE"),
    ("Sida vid Sida", "Sida vid sida"),
    ("Innocarveal", "InnoCarnival Skåne"),
    ("Dawn och Schools for Education", "Dawn of Schools for Education"),
    ("Dawn of Schools", "Dawn of Schools for Education"),
    ("My Place my Story", "My Place-My Story"),
    ("ICT to Enhance Learning", "ICT to Enhance Learning and Internationalisation"),
    ("Digital Schools of Europe", "Digital Schools of Europe (DSoE)"),
    ("Spegla Malmö", "Kompetensförsörjning genom att spegla Malmö"),
    ("REBUS", "Rebus"),
    ("Rebus, förlängning", "Rebus"),
    ("Amiralstaden", "Amiralsstaden"),
    ("Oresundsmetron", "Öresundsmetron"),
    ("Care for Ukraina", "Care for Ukraine"),
    ("Malmökraften", "Malmökraften 2.0"),
    ("Malmö kraften", "Malmökraften"),
    ("Fossilbränslefria kommuner 3", "Fossilbränslefria kommuner 2"),
    ("Hallbar platform for kompetensutveckling", "Hållbar plattform för kompetensutveckling (HÅPP)"),
    ("REACT EU uppsök", "React-EU Uppsök"),
]  # fmt: skip
# Two projects whose names have something in common, but nobody would take one for the other.
OTHER_PAIRS = [
    ("Malmökraften", "Malmöpendeln"),
    ("Malmö växer", "Malmö innovationsarena"),
    ("Malmö växer", "Malmökraften"),
    ("TAMU Malmö", "StickUt Malmö"),
    ("TAMU Malmö", "Malmö växer"),
    ("Station Rosengård", "Växtplats Rosengård"),
    ("Växtplats Rosengård", "Växtplats Botildenborg"),
    ("React-EU Uppsök", "React-EU Bortom Malmö"),
    ("Lusaka and Malmö Sustainable Energy Projekt", "Lusaka and Malmö Youth for Change Projekt"),
    ("ICT to Enhance Learning and Internationalisation",
     "Assistive Technology and Methodology to Enhance Learning and Internationalisation"),
    ("Digital Schools of Europe (DSoE)", "Dawn of Schools for Education"),
    ("Nordic CRAFT", "Nordic City Stories"),
    ("Hållbara övergångar", "Hållbar plattform för kompetensutveckling (HÅPP)"),
    ("Malmö innovationsarena", "Wisdome Innovation"),
    ("Deep Demonstration: Malmö", "React-EU Bortom Malmö"),
    ("Clever Cities", "Circular PP"),
    ("RASK", "ACCESS"),
    ("Inkluderande arbetsintegration", "Breddad rekrytering"),
    ("Barns rätt till lek, vila och fritid", "Sida vid sida"),
    ("Code 4 All", "Reading is Fun"),
    ("Etablera fler snabbare", "Ett sammanhängande transportsystem"),
    ("JDO", "JDM"),
]  # fmt: skip


def register():
    rows = json.loads(FIXTURE.read_text())
    names = {}
    for row in rows:
        if row["model"] == "projects.project":
            names.setdefault(row["fields"]["slug"], []).insert(0, row["fields"]["name"])
        elif row["model"] == "projects.projectalias":
            names.setdefault(row["fields"]["project"][0], []).append(row["fields"]["name"])
    return [Candidate(slug, tuple(known)) for slug, known in names.items()]


def found(text, name):
    return bool(alike(text, [Candidate(1, (name,))]))


def test_precision_and_recall_on_the_pairs_from_the_sources():
    right = [pair for pair in ALIKE_PAIRS if found(*pair)]
    wrong = [pair for pair in OTHER_PAIRS if found(*pair) or found(*reversed(pair))]
    missed = [pair for pair in ALIKE_PAIRS if pair not in right]
    # 32 of 33 are found and none of 22 wrongly: recall 0.97, precision 1. The one that is missed is
    # found by its alias.
    assert missed == [("Innocarveal", "InnoCarnival Skåne")]
    assert wrong == []


def test_no_two_projects_of_the_register_are_taken_for_one():
    everyone = register()
    taken = [
        (one.names[0], other.names[0])
        for at, one in enumerate(everyone)
        for other in everyone[at + 1 :]
        if resemblance(one.names[0], other.names[0]) >= SAME
    ]
    assert taken == []


def test_only_the_numbered_ones_are_alike_by_their_names():
    everyone = register()
    pairs = {
        (one.names[0], other.names[0])
        for at, one in enumerate(everyone)
        for other in everyone[at + 1 :]
        if resemblance(one.names[0], other.names[0]) >= ALIKE
    }
    assert pairs == {
        ("Malmökraften", "Malmökraften 2.0"),
        ("Fossilbränslefria kommuner 1", "Fossilbränslefria kommuner 2"),
    }


def test_what_is_meant_is_among_the_first_three_of_the_whole_register():
    everyone = register()
    missed = []
    for text, name in ALIKE_PAIRS:
        first = [match.candidate.names[0] for match in alike(text, everyone)[:3]]
        if name not in first:
            missed.append((text, name, first))
    assert missed == []


def test_a_continuation_is_alike_but_not_the_same():
    assert ALIKE <= resemblance("Malmökraften", "Malmökraften 2.0") < SAME
    assert resemblance("React EU Uppsök", "React-EU Uppsök") >= SAME


def test_an_alias_finds_its_project():
    match, *_ = alike("GVT", register())
    assert (match.candidate.key, match.name) == ("sluta-skjut-gvi", "Sluta skjut/GVT")


def test_a_few_letters_are_enough_while_typing():
    assert [match.candidate.key for match in alike("botil", register())] == [
        "vaxtplats-botildenborg"
    ]
    assert "vaxtplats-botildenborg" in [match.candidate.key for match in alike("bot", register())]
    assert alike("b", register()) == []


def test_of_two_that_are_as_like_the_fund_and_then_the_year_decides():
    first = Candidate("ended", ("Kraften",), frozenset({"ESF"}), (2014, 2016))
    second = Candidate("running", ("Kraften",), frozenset({"ERUF"}), (2022, None))
    order = [match.candidate.key for match in alike("kraften", [first, second], year=2024)]
    assert order == ["running", "ended"]
    order = [match.candidate.key for match in alike("kraften", [second, first], {"ESF"}, 2024)]
    assert order == ["ended", "running"]


@pytest.mark.parametrize("name", [each.names[0] for each in register()])
def test_every_project_finds_itself_first(name):
    match = alike(name, register())[0]
    assert match.score == 100
    assert name in match.candidate.names


names = some.sampled_from([name for each in register() for name in each.names])
letters = "abcdefghijklmnopqrstuvwxyzåäö"


@settings(deadline=None)  # the whole register, a hundred times
@given(some.data())
def test_one_wrong_letter_in_a_longer_name_is_still_found(data):
    name = data.draw(names.filter(lambda name: len(name) >= 10))
    at = data.draw(some.integers(1, len(name) - 2))
    deed = data.draw(some.sampled_from(["drop", "double", "change"]))
    wrong = {"drop": "", "double": name[at] * 2, "change": data.draw(some.sampled_from(letters))}
    typed = name[:at] + wrong[deed] + name[at + 1 :]
    assert name in [
        other for match in alike(typed, register())[:5] for other in match.candidate.names
    ]


@given(some.text(max_size=60), some.text(max_size=60))
def test_any_two_texts_can_be_compared_either_way(one, other):
    score = resemblance(one, other)
    assert 0 <= score <= 100
    assert score == pytest.approx(resemblance(other, one))
    alike(one, [Candidate(1, (other,))])


@given(names, names, some.sampled_from([0, ALIKE, SAME]))
def test_a_limit_only_makes_it_quicker(one, other, least):
    score, limited = resemblance(one, other), resemblance(one, other, least)
    assert (limited >= least) == (score >= least)
    assert limited in (0, pytest.approx(score))


def test_it_knows_no_django():
    assert "django" not in Path(likeness.__file__).read_text().replace("No Django", "")


def test_two_entries_of_the_same_name_may_be_one():
    assert may_be_one(("Rebus energi",), ("Rebus Energi",))


def test_another_name_that_both_have_been_given_says_nothing():
    assert not may_be_one(("Malmökraften", "Kraften"), ("Hela familjen", "Kraften"))


def test_names_that_are_nearly_the_same_are_twins_and_others_are_not():
    known = ByEnds({"a": ("Växtplats Botildenborg",), "b": ("Sluta skjut",), "c": ("Vaxtplats",)})
    assert known.twins(("Växtplats Botildenberg",)) == ["a"]
    assert known.twins(("Väckt plats",)) == []


@pytest.mark.parametrize(("text", "name"), ALIKE_PAIRS)
def test_the_ends_of_words_find_all_that_are_probably_one(text, name):
    found = ByEnds({1: (name,)}).twins((text,))
    assert found == ([1] if may_be_one((text,), (name,)) else [])


def test_each_pair_of_a_register_is_found_once():
    named = {
        "a": ("Malmökraften 2.0",),
        "b": ("Rebus energi",),
        "c": ("Malmö-kraften 2.0", "Rebusenergi"),
    }
    assert ByEnds(named).pairs() == [("a", "c"), ("b", "c")]
    assert ByEnds(named).twins(named["c"]) == ["a", "b", "c"]


def test_another_name_that_both_have_been_given_makes_no_twins_of_them():
    known = ByEnds({1: ("Malmökraften", "Kraften")})
    assert known.twins(("Hela familjen", "Kraften")) == []


@settings(deadline=None)
@given(some.lists(some.tuples(names, some.integers(0, 60), some.sampled_from(letters)), max_size=8))
def test_a_register_finds_the_same_as_holding_every_name_against_every_other(written):
    """Also names with a wrong letter."""
    named = {
        place: (name[:at] + letter + name[at + 1 :],)
        for place, (name, at, letter) in enumerate(written)
    }
    assert ByEnds(named).pairs() == [
        (one, other)
        for one in named
        for other in named
        if one < other and may_be_one(named[one], named[other])
    ]
