"""The document as HTML: everything is there, nothing of people's text can do harm."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from malmo_intl.formats import Amount
from reports.document import Chart, Column, Grid, Points, Section, Term, Terms, When
from reports.renderers import html
from reports.renderers.html_prose import prose
from tests.sample import document


def with_block(block):
    return replace(document(), sections=(Section("a", "Avsnitt", (block,)),))


class Outline(HTMLParser):
    """The levels of all headings, the ids, and every attribute by name."""

    def __init__(self, page):
        super().__init__()
        self.levels, self.ids, self.attributes, self.targets = [], [], set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.attributes.update(name for name, _ in attrs)
        self.ids += [value for name, value in attrs if name == "id"]
        self.targets += [
            value[1:] for name, value in attrs if name == "href" and value.startswith("#")
        ]


@pytest.mark.parametrize(
    "words",
    [
        "Malmö stad",
        "Arbetsmarknads- och socialförvaltningen",
        "Tjänsteskrivelse",
        "ASN-2019-17886",
        "asf.eu@exempel.malmo.se",
        "<strong>deltagit</strong>",
        "<li>Nämnden godkänner redovisningen.</li>",
        "<dt>Nämnden</dt><dd>2020-01-30</dd>",
        '<span class="keyfigure-digits">54</span>',
        "2022: 47",
        "Medverkan räknas.",
        '<span class="keyfigure-digits">ca 43</span> <span class="keyfigure-unit">miljoner kronor',
        "Hela Familjen 2.0 fick mest: 1,7 av 1,9 miljoner kronor</figcaption>",
        "Liggande staplar över fyra projekt. Hela Familjen 2.0 fick mest.</title>",
        "1 680 158 kr</text>",
        "<caption>Utbetalt per mål 2019, kronor</caption>",
        '<th scope="col" class="number">Utbetalt</th>',
        '<th scope="row">Hela Familjen 2.0</th>',
        '<td class="number">−500</td>',
        '<tfoot><tr><th scope="row">Summa</th>',
        '<td class="number missing">uppgift saknas</td>',
        '<td class="number">ca 15 660 000</td>',
        "För en förvaltning saknas uppgift.",
    ],
)
def test_every_block_of_a_memo_appears(words):
    assert words in html.fragment(document()).replace("\xa0", " ")


@pytest.mark.parametrize(
    "words",
    [
        '<p class="paper-year">2019</p>',
        '<a href="#kapitel-1-fraga-2">1.2 Hur sprids projektens resultat?</a>',
        "Rapportering har ej inkommit.",
        "<dt>Slutseminarium</dt><dd>februari 2019</dd>",
    ],
)
def test_a_report_has_a_title_page_contents_and_chapters(words):
    assert words in html.fragment(document(contents=True))


def test_what_is_kept_out_of_the_contents_is_still_in_the_report():
    page = html.fragment(document(contents=True))
    assert 'id="kapitel-1-projekt"' in page
    assert 'href="#kapitel-1-projekt"' not in page


def test_headings_never_skip_a_level_and_there_is_one_title():
    outline = Outline(html.fragment(document(contents=True)))
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(
        after <= before + 1
        for before, after in zip(outline.levels, outline.levels[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("<h3>a</h3><h4>b</h4><h3>c</h3>", [3, 4, 3]),
        ("<h4>a</h4><h4>b</h4>", [3, 3]),
        ("<h4>a</h4><h3>b</h3><h4>c</h4>", [3, 3, 4]),
    ],
)
def test_headings_in_prose_follow_on_their_sections_level(text, levels):
    assert Outline(prose(text, 2)).levels == levels


def test_headings_go_no_deeper_than_six():
    assert Outline(prose("<h3>a</h3><h4>b</h4>", 6)).levels == [6, 6]


def test_ids_are_the_keys_and_every_link_within_the_document_leads_somewhere():
    outline = Outline(html.fragment(document(contents=True)))
    assert {"sammanfattning", "per-mal", "diagram", "kapitel-2"} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)


def test_there_are_no_styles_or_handlers_in_attributes():
    attributes = Outline(html.fragment(document(contents=True))).attributes
    assert "style" not in attributes
    assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<img src="x" onerror="alert(1)">',
        "<style>* { background: url(http://x/) }</style>",
        '<iframe src="http://x/"></iframe>',
        "<svg><script>alert(1)</script></svg>",
        '<a href="https://x/<th>onmouseover=alert(1) x=">a</a>',
        '<h3 id="x" style="color:red">a</h3>',
    ],
)
def test_prose_is_cleaned_again_when_it_is_drawn(text):
    drawn = prose(text, 2)
    assert Outline(drawn).attributes <= {"href", "class", "scope"}
    for harm in ("<script", "<style", "<img", "<iframe", "<svg", "javascript:"):
        assert harm not in drawn


def test_text_that_is_not_prose_is_never_markup():
    drawn = html.fragment(with_block(Points(("<script>alert(1)</script>",))))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_link_leads_out_of_the_document_and_holds_words_only():
    drawn = prose('<p><a href="https://a.se/?a=1&amp;b=2"><em>x</em></a> <a href="/y">y</a>', 2)
    assert '<a href="https://a.se/?a=1&amp;b=2">x</a> y' in drawn


def test_rows_of_a_pasted_table_become_equally_long_and_its_heads_get_a_scope():
    drawn = prose(
        "<table><tr><th>a</th><th>b</th></tr><tr><th>c</th></tr><tr><td>d</td><td>e</td></tr></table>",
        2,
    )
    assert '<th scope="col">a</th><th scope="col">b</th>' in drawn
    assert '<tr><th scope="row">c</th><td></td></tr>' in drawn


def test_no_line_of_prose_ends_with_a_space():
    drawn = prose("<p>Ett <em>ord</em> till </p><ul><li>x </li></ul><h3>y </h3>", 2)
    assert drawn == "<p>Ett <em>ord</em> till</p><ul><li>x</li></ul><h3>y</h3>"


def test_a_table_without_rows_says_so():
    grid = Grid("tom", "Utbetalt 2024", (Column("a", "A"),), (), empty="Inga utbetalningar.")
    drawn = html.fragment(with_block(grid))
    assert "Inga utbetalningar." in drawn
    assert "<table" not in drawn


def test_a_chart_without_known_values_is_drawn_without_bars():
    chart = Chart("d", "Inget är känt", "Inget är känt.", "kr", ())
    assert "Inget är känt." in html.fragment(with_block(chart))


def test_a_chart_whose_table_is_only_in_the_workbook_links_to_nothing():
    chart = Chart("d", "x", "y", "kr", (), grid="underlag")
    assert 'href="#underlag"' not in html.fragment(with_block(chart))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "kr", "uppgift saknas"),
        ("=1+1", "text", "=1+1"),
        (2019, "text", "2019"),
        (Decimal("4029253"), "kr", "4 029 253"),
        (Decimal("0"), "kr", "0"),
        (Amount(Decimal(16_000_000), "ca", 1_000_000), "kr", "ca 16 000 000"),
        (1200, "count", "1 200"),
        (Decimal("12.5"), "percent", "12,5 %"),
        (date(2020, 1, 5), "date", "2020-01-05"),
        (When(date(2019, 8, 1), "month"), "date", "augusti 2019"),
        (When(date(2019, 1, 1), "year"), "date", "2019"),
    ],
)
def test_values_are_shown_as_in_swedish_tables(value, unit, text):
    assert html.shown(value, unit).replace("\xa0", " ") == text


def test_outside_a_table_kronor_are_named():
    assert html.shown(Decimal("500"), "kr", alone=True) == "500\xa0kr"


def test_the_file_stands_alone():
    page = html.render(document()).decode()
    assert page.startswith("<!doctype html>")
    assert '<html lang="sv">' in page
    assert "<title>Redovisning av internationellt arbete 2019</title>" in page
    assert page.count("<style>") == 1
    assert not re.search(r"<(link|script|img)\b|url\(|@import", page)


def test_a_draft_says_so_and_what_is_published_says_its_version():
    assert "<dd>Utkast</dd>" in html.fragment(document())
    published = html.fragment(replace(document(draft=False), version=3))
    assert "<dd>Version 3</dd>" in published
    assert "UTKAST" not in published


def test_a_figure_leads_to_its_rule_where_the_document_prints_the_rules():
    rules = Section("regler", "Räkneregler", (Points(("Annat.", "Medverkan räknas."), True),))
    drawn = html.fragment(replace(document(), sections=(*document().sections, rules)))
    assert '<li id="regler-2">Medverkan räknas.</li>' in drawn
    assert '<a href="#regler-2">Räkneregel 2</a>' in drawn
    assert drawn.count("Medverkan räknas.") == 1


def test_no_two_tables_of_a_document_are_called_the_same():
    drawn = html.fragment(document(contents=True))
    regions = re.findall(r'role="region" aria-label="(.*?)"', drawn)
    assert len(regions) == len(set(regions)) == 3


def test_a_table_in_prose_is_called_by_its_heads():
    drawn = prose(
        "<table><tr><th>Ort &amp; <em>land</em></th><th>A</th></tr><tr><th>x</th><td>1</td></tr></table>"
        '<table><tr><td>"citat"</td></tr></table>',
        2,
    )
    labels = re.findall(r'role="group" aria-label="(.*?)" tabindex="0"', drawn)
    assert labels == ["Tabell i texten: Ort &amp; land, A", "Tabell i texten"]


def test_facts_with_long_labels_give_them_room():
    def drawn(label):
        return html.fragment(with_block(Terms((Term(label, "x"),))))

    assert '<dl class="terms wide together">' in drawn("Arbetsmarknads- och socialnämnden")
    assert '<dl class="terms together">' in drawn("Period")


def test_a_column_is_wide_enough_for_its_longest_word_if_others_have_room():
    columns = (Column("a", "Projekt", share=9), Column("b", "Projektmedverkan", "count", share=1))
    columns += (Column("c", "Kort", share=9),)
    drawn = html.fragment(with_block(Grid("g", "G", columns, (("x", 1, "y"),))))
    shares = [int(share) for share in re.findall(r'class="share-(\d+)"', drawn)]
    assert shares[1] > 15


def test_what_is_missing_takes_one_line_if_others_have_room():
    def share(fund):
        columns = (Column("a", "Projekt", share=9), Column("b", "Fond", share=1))
        rows = (("Ett långt namn på ett projekt " * 4, fund),)
        drawn = html.fragment(with_block(Grid("g", "G", columns, rows)))
        return int(re.findall(r'class="share-(\d+)"', drawn)[1])

    assert share(None) > share("uppgift om")


@pytest.mark.parametrize("shares", [(4, 1, 1, 2, 2, 1), (1,) * 7, (5, 2, 1, 2), (1,)])
def test_the_columns_of_a_table_share_its_whole_width(shares):
    columns = tuple(Column(str(n), "A", share=share) for n, share in enumerate(shares))
    grid = Grid("g", "Tabell", columns, (("x",) * len(shares),))
    drawn = html.fragment(with_block(grid))
    assert sum(map(int, re.findall(r'class="share-(\d+)"', drawn))) == 100
