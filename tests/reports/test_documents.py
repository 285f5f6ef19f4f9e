"""The five documents of the known years say what the sources say."""

import json
from decimal import Decimal

import pytest

from malmo_intl.formats import Amount
from reports.document import Chart, Grid, Notice, Prose, from_data, to_data
from reports.documents import NoSuchDocument, build

pytestmark = pytest.mark.usefixtures("known_years")


def grid(document, key) -> Grid:
    return next(item for item in document.grids() if item.key == key)


def column(document, key, name):
    table = grid(document, key)
    at = [item.key for item in table.columns].index(name)
    return [row[at] for row in table.rows]


def total(document, key, name):
    table = grid(document, key)
    return table.total[[item.key for item in table.columns].index(name)]


def figures(document):
    return {item.name: (item.value, item.previous) for item in document.figures}


def notices(document):
    return [
        block.text
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Notice)
    ]


# --- forvaltning 2019 ----------------------------------------------------------------------------


def test_the_memo_of_2019_has_eight_rows_and_their_sum():
    memo = build("forvaltning", 2019, "ASF")
    assert len(grid(memo, "utbetalningar").rows) == 8
    assert total(memo, "utbetalningar", "utbetalt") == 4_029_253
    assert 0 in column(memo, "utbetalningar", "utbetalt")


def test_the_memo_of_2019_splits_the_money_by_goal():
    memo = build("forvaltning", 2019, "ASF")
    paid = dict(
        zip(column(memo, "per-mal", "mal"), column(memo, "per-mal", "utbetalt"), strict=True)
    )
    by_number = {
        name.split(".")[0]: amount.value if isinstance(amount, Amount) else amount
        for name, amount in paid.items()
    }
    assert len(by_number) == 9
    assert (by_number["2"], by_number["6"], by_number["8"]) == (3_795_545, 0, 233_708)
    assert sum(by_number.values()) == 4_029_253


def test_the_questions_are_headings_with_their_answers():
    headings = [section.heading for _, section in build("forvaltning", 2019, "ASF").walk()]
    assert "Implementering/spridning av projektresultat" in headings
    assert headings[0] == "Sammanfattning"
    assert headings[-1] == "Ansvariga"


def test_projects_stand_under_the_question_of_results_by_role():
    headings = [section.heading for _, section in build("forvaltning", 2019, "ASF").walk()]
    owned = headings.index("Projekt där förvaltningen är projektägare")
    partnered = headings.index("Projekt där förvaltningen är projektpart")
    assert owned < headings.index("Vägen in") < partnered < headings.index("Malmö växer")


# --- forvaltning 2022 ----------------------------------------------------------------------------


def test_the_memo_of_2022_has_its_payouts_goals_and_partners():
    memo = build("forvaltning", 2022, "asf")
    assert total(memo, "utbetalningar", "utbetalt") == 21_639_766
    assert sorted(column(memo, "utbetalningar", "utbetalt")) == [2_797_926, 5_552_107, 13_289_733]
    assert column(memo, "per-mal", "utbetalt") == [21_639_766, 0, 0, 0]
    assert column(memo, "samverkansparter", "antal") == [17, 5, 1, 8]
    assert total(memo, "samverkansparter", "antal") == 31


def test_the_memo_of_2022_says_which_projects_have_no_figure():
    notes = " ".join(grid(build("forvaltning", 2022, "ASF"), "utbetalningar").notes)
    assert "Care for Ukraine" in notes
    assert "Uppgift om utbetalning saknas" in notes


def test_activities_keep_the_precision_of_their_dates():
    days = column(build("forvaltning", 2022, "ASF"), "aktiviteter", "nar")
    assert {"day", "month"} <= {when.precision for when in days}


# --- stad 2023 -----------------------------------------------------------------------------------


def test_the_citys_memo_of_2023_counts_54_with_47_the_year_before():
    said = figures(build("stad", 2023))
    assert said["eu_projects"] == (54, 47)
    assert said["owned"][0] == 19
    assert said["partnered"][0] == 35


def test_the_citys_memo_lists_eight_administrations_most_first():
    memo = build("stad", 2023)
    assert column(memo, "projekt-per-forvaltning", "antal") == [17, 15, 9, 4, 4, 2, 2, 1]
    assert column(memo, "projekt-per-forvaltning", "forvaltning")[3:7] == [
        "Gymnasie- och vuxenutbildningsförvaltningen",
        "Stadskontoret",
        "Förskoleförvaltningen",
        "Kulturförvaltningen",
    ]
    assert total(memo, "projekt-per-forvaltning", "antal") == 54


def test_the_four_goals_of_2023_add_up():
    memo = build("stad", 2023)
    assert column(memo, "per-mal", "utbetalt") == [22_744_744, 17_412_993, 2_680_030, 271_027]
    assert total(memo, "per-mal", "utbetalt") == 43_108_794


def test_the_sum_of_rounded_amounts_is_marked_approximate_and_reconciled():
    memo = build("stad", 2023)
    summed = total(memo, "medel-per-forvaltning", "utbetalt")
    assert (summed.value, summed.exact, summed.caution) == (Decimal(42_860_000), False, "ca")
    line = next(text for text in notices(memo) if "skiljer" in text).replace("\u00a0", " ")
    assert "ca 42 860 000 kr" in line
    assert "43 108 794 kr" in line
    assert "248 794 kr" in line
    assert "ryms i avrundningen" in line


def test_an_administration_with_a_project_and_no_payout_is_not_zero():
    memo = build("stad", 2023)
    paid = dict(
        zip(
            column(memo, "medel-per-forvaltning", "forvaltning"),
            column(memo, "medel-per-forvaltning", "utbetalt"),
            strict=True,
        )
    )
    assert paid["Fastighets- och gatukontoret"] is None


# --- samlad 2019 ---------------------------------------------------------------------------------


def test_the_report_of_2019_has_twelve_chapters_in_swedish_order():
    report = build("samlad", 2019)
    chapters = [section for section in report.sections if section.number]
    assert [chapter.number for chapter in chapters] == [str(number) for number in range(1, 14)]
    assert [chapter.heading for chapter in chapters][:6] == [
        "Malmö stad",
        "Arbetsmarknads- och socialnämnden",
        "Fritidsnämnden",
        "Funktionsstödsnämnden",
        "Förskolenämnden",
        "Grundskolenämnden",
    ]
    assert all(chapter.opens_page for chapter in chapters)


def test_the_report_of_2019_has_72_answers_by_state():
    states = grid(build("samlad", 2019), "svar-per-namnd")
    assert states.total == ("Summa", 59, 5, 6, 2)
    assert sum(states.total[1:]) == 72


def test_what_has_not_come_in_is_said_once():
    assert notices(build("samlad", 2019)).count("Rapportering har ej inkommit.") == 1


def test_the_five_figures_of_2019_are_the_published_ones():
    said = figures(build("samlad", 2019))
    assert said["eu_projects"] == (51, 47)
    assert said["project_value"][0] == Amount(Decimal(725_000_000), "ca", 1_000_000)
    assert said["paid"][0].value == 25_000_000
    assert said["partners"][0] == 275
    assert said["visitors"][0] == 1265


def test_where_rows_and_print_differ_both_are_told():
    text = " ".join(notices(build("samlad", 2019))).replace("\u00a0", " ")
    assert "Publicerat antal är 51" in text
    assert "4 029 253 kr" in text


def test_the_counting_rules_are_printed_in_the_report():
    sections = {section.key: section for _, section in build("samlad", 2019).walk()}
    assert len(sections["rakneregler"].blocks[0].items) == 10


# --- projekt 2019 --------------------------------------------------------------------------------


def test_the_project_memo_keeps_ca_at_amounts_that_were_never_exact():
    memo = build("projekt", 2019, project="malmokraften-2-0")
    amounts = [value for value in column(memo, "finansiering", "belopp") if value is not None]
    assert [(item.value, item.caution) for item in amounts] == [
        (44_000_000, "ca"),
        (25_000_000, "ca"),
    ]
    assert grid(memo, "finansiering").total == ()


# --- siffror -------------------------------------------------------------------------------------


def test_the_figures_of_2019_are_cut_in_four_ways_and_checked():
    overview = build("siffror", 2019)
    headings = [section.heading for section in overview.sections]
    assert headings == [
        "Siffrorna i korthet", "Per förvaltning", "Per fond", "Per mål", "Per roll",
        "Utveckling över åren", "Vad som skiljer 2019 från 2018", "Avstämning", "Datakvalitet",
        "Så har siffrorna räknats",
    ]  # fmt: skip
    assert total(overview, "medel-per-forvaltning", "utbetalt") == 4_029_253
    assert total(overview, "per-fond", "utbetalt") == 4_029_253
    assert total(overview, "per-mal", "utbetalt") == 4_029_253
    assert total(overview, "per-roll", "utbetalt") == 4_029_253
    assert any("Publicerat antal är 51" in text for text in notices(overview))


def test_participations_and_unique_projects_are_both_there_and_defined():
    text = " ".join(
        block.html
        for _, section in build("siffror", 2019).walk()
        for block in section.blocks
        if isinstance(block, Prose)
    ).replace("\u00a0", " ")
    assert "Medverkan och unika projekt är två olika tal." in text
    assert (
        "De 32 medverkanden i EU-projekt som har uppgifter i systemet gäller 27 unika projekt."
        in text
    )


def test_the_figures_of_2023_are_made_of_what_there_is():
    overview = build("siffror", 2023)
    assert column(overview, "projekt-per-forvaltning", "antal") == [17, 15, 9, 4, 4, 2, 2, 1]
    assert column(overview, "per-roll", "medverkan") == [19, 35]
    assert column(overview, "brygga-medverkan", "antal") == [47, 0, -3, 10]
    assert grid(overview, "brygga-medverkan").total == ("Medverkan 2023", 54)
    assert any("inga redovisningar från förvaltningarna" in text for text in notices(overview))


def test_the_years_stand_in_order_with_the_breaks_between_them():
    overview = build("siffror", 2023)
    assert column(overview, "ar-for-ar", "ar") == ["2018", "2019", "2022", "2023"]
    assert column(overview, "ar-for-ar", "eu-projects") == [47, 51, 47, 54]
    bars = next(
        block.bars
        for _, section in overview.walk()
        for block in section.blocks
        if isinstance(block, Chart) and block.key == "diagram-ar-eu-projects"
    )
    assert [(bar.label, bar.value, bar.note) for bar in bars] == [
        ("2018", 47, ""),
        ("2019", 51, ""),
        ("2020–2021", None, "Nya KF-mål från 2020"),
        ("2022", 47, ""),
        ("2023", 54, "Nya KF-mål från 2023"),
    ]


# --- All of them ---------------------------------------------------------------------------------

ALL = [
    ("forvaltning", 2019, "ASF", ""),
    ("forvaltning", 2022, "ASF", ""),
    ("stad", 2019, "", ""),
    ("stad", 2023, "", ""),
    ("samlad", 2019, "", ""),
    ("samlad", 2022, "", ""),
    ("siffror", 2019, "", ""),
    ("siffror", 2022, "", ""),
    ("siffror", 2023, "", ""),
    ("projekt", 2019, "", "malmokraften-2-0"),
]


@pytest.mark.parametrize("asked", ALL)
def test_every_document_comes_back_from_its_data(asked):
    document = build(*asked)
    assert from_data(json.loads(json.dumps(to_data(document)))) == document


@pytest.mark.parametrize("asked", ALL)
def test_every_part_has_an_address_of_its_own(asked):
    document = build(*asked)
    keys = [section.key for _, section in document.walk()] + [g.key for g in document.grids()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("asked", ALL)
def test_what_is_not_published_is_marked_as_a_draft(asked):
    assert build(*asked).draft


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("samlad", 1999), "Redovisningsåret 1999 finns inte. Välj bland: 2019, 2022, 2023."),
        (("stad", 2022), "Staden har ingen tjänsteskrivelse för 2022."),
        (("samlad", 2023), "bara publicerade siffror"),
        (("forvaltning", 2019), "Ange förvaltningens kortnamn med --administration"),
        (("forvaltning", 2019, "XYZ"), "Förvaltningen XYZ finns inte. Välj bland: ASF,"),
        (("forvaltning", 2019, "MF"), "Miljöförvaltningen har ingen tjänsteskrivelse för 2019."),
        (("projekt", 2019), "Ange projektets adress"),
        (("projekt", 2019, "", "nix"), "Projektet nix finns inte."),
        (("projekt", 2022, "", "vagen-in"), "har ingen tjänsteskrivelse"),
        (("roman", 2019), "Dokumentet roman finns inte."),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(asked, sentence):
    with pytest.raises(NoSuchDocument, match=sentence.replace(".", r"\.")):
        build(*asked)
