"""The document as PDF: what other programs see in it, and what a hostile document cannot do."""

import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import page as page_validation
import pytest
from PIL import Image

from malmo_intl import richtext
from reports.document import Column, Grid, Points, Prose, Section, Term, Terms
from reports.renderers import html, pdf, pdf_child, pdf_paint
from tests.reports.renderers.programs import (
    listed_in_contents,
    pages,
    pages_with_heading,
    said_by,
)
from tests.reports.renderers.tagged import structure_of
from tests.sample import document

MARK = (235, 235, 235)

pytestmark = pytest.mark.documents


@pytest.fixture(scope="module")
def memo(tmp_path_factory):
    return saved(tmp_path_factory, document())


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return saved(tmp_path_factory, replace(document(contents=True, draft=False), version=2))


def saved(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("pdf") / "document.pdf"
    path.write_bytes(pdf.draw(drawn))
    return path


def images(path):
    """Each page as a picture, not smoothed: a colour is there or it is not."""
    said_by("pdftoppm", "-r", "40", "-aa", "no", "-aaVector", "no", "-png", path, path.parent / "p")
    return [Image.open(found).convert("RGB") for found in sorted(path.parent.glob("p*.png"))]


def long_table(rows):
    grid = Grid(
        "lang",
        "Alla projekt",
        (Column("projekt", "Projektets namn", share=3), Column("utbetalt", "Utbetalt", "kr", True)),
        tuple((f"Projekt {number}", Decimal(number)) for number in range(rows)),
        total=("Summa", Decimal(rows * (rows - 1) // 2)),
    )
    return replace(document(), sections=(Section("a", "Projekt", (grid,)),))


# --- What it is ------------------------------------------------------------------------------------


def test_it_is_tagged_a4_with_title_and_the_documents_own_date(memo):
    info = said_by("pdfinfo", "-isodates", memo)
    assert re.search(r"Title: +Redovisning av internationellt arbete 2019", info)
    assert re.search(r"Tagged: +yes", info)
    assert re.search(r"Page size: .*\(A4\)", info)
    assert re.search(r"CreationDate: +2020-01-05", info)


@pytest.mark.parametrize("which", ["memo", "report"])
def test_it_keeps_the_rules_of_pdf_ua(which, request):
    checked = page_validation.validate_pdf(request.getfixturevalue(which), profile="ua1")
    assert checked.is_compliant, [(failed.rule_id, failed.message) for failed in checked.failures]


def test_untidy_prose_keeps_the_rules_of_pdf_ua_too():
    text = (
        "<h4>a</h4><p></p><ul></ul><ul><li></li><li>x<ul><li>y</li></ul></li></ul><p>"
        '<a href="https://a.se"><strong>fet</strong></a> <a href="/x">y</a> <a>z</a></p>'
        "<table><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table><table></table>"
        "<h3></h3>text utan stycke<br><em>kursiv</em>"
    )
    drawn = replace(document(), sections=(Section("a", "Avsnitt", (Prose(text),)),))
    checked = page_validation.validate_pdf_bytes(pdf.draw(drawn), profile="ua1")
    assert checked.is_compliant, [(failed.rule_id, failed.message) for failed in checked.failures]


@pytest.mark.parametrize("which", ["memo", "report"])
def test_all_fonts_are_embedded_and_are_ours(which, request):
    for line in said_by("pdffonts", request.getfixturevalue(which)).splitlines()[2:]:
        name, *_, embedded, _subset, _unicode, _number, _generation = line.split()
        assert embedded == "yes"
        assert re.search("Open-Sans|Gelasio", name)


def test_another_program_finds_no_fault_in_the_file(report):
    said_by("qpdf", "--check", report)


def test_the_same_document_is_the_same_file():
    assert pdf.draw(document()) == pdf.draw(document())


# --- What stands on the pages ----------------------------------------------------------------------


def test_the_contents_give_the_pages_where_the_headings_stand(tmp_path_factory):
    drawn = document(contents=True, draft=False, chapters=30)
    text = pages(saved(tmp_path_factory, drawn))
    first = pages_with_heading(text, "Sammanfattning", 1)[0]
    listed = listed_in_contents(text, first)
    assert len(listed) == 4 + 30 * 3
    for heading, number in listed:
        assert number in pages_with_heading(text, heading, first)


def test_every_page_says_which_page_it_is(report):
    text = pages(report)
    for number, page in enumerate(text, start=1):
        assert f"Sida {number} ({len(text)})" in page


def test_a_draft_is_marked_on_every_page_and_the_mark_is_not_read_aloud(tmp_path_factory):
    path = saved(tmp_path_factory, document(contents=True))
    for page in pages(path):
        assert "UTKAST, inte den beslutade handlingen" in page
        assert "Version" not in page
    aloud = structure_of(path)
    assert "Förslag till beslut" in aloud
    assert "UTKAST" not in aloud
    assert "Sida 1" not in aloud


@pytest.mark.parametrize("draft", [True, False])
def test_a_mark_lies_across_every_page_of_a_draft_only(draft, tmp_path_factory):
    path = saved(tmp_path_factory, document(draft=draft))
    for image in images(path):
        colours = {colour for _, colour in image.getcolors(1 << 20)}
        assert (MARK in colours) is draft


def test_what_is_published_says_version_date_and_identity_on_every_page(report):
    for page in pages(report):
        assert "Version 2 · 2020-01-05 · exempel-2019" in page
        assert "UTKAST" not in page


def test_chapters_open_a_new_page(report):
    opened = [page for page in pages(report) if re.search(r"^ *\d +Nämnd nummer \d$", page, re.M)]
    assert len(opened) == 2


def test_a_long_table_repeats_its_heads_but_not_its_total(tmp_path_factory):
    text = pages(saved(tmp_path_factory, long_table(120)))
    assert len(text) > 2
    assert all("Projektets namn" in page for page in text)
    assert sum(page.count("Summa") for page in text) == 1
    assert "Projekt 119" in text[-1]  # a total never stands alone


def test_facts_stand_beside_their_labels_however_long_these_are(tmp_path_factory):
    labels = [
        "Arbetsmarknads- och socialnämndens presidieberedning",
        "Kort",
        "Mycket lång " * 12,
        "Sist",
    ]
    facts = Terms(
        tuple(Term(label, f"2020-01-0{day}") for day, label in enumerate(labels, start=1))
    )
    drawn = replace(document(), sections=(Section("a", "Beslutsplanering", (facts,)),))
    lines = "".join(pages(saved(tmp_path_factory, drawn))).splitlines()
    for day, label in enumerate(labels, start=1):
        assert any(re.search(rf"^ *{label[:10]}.* 2020-01-0{day}$", line) for line in lines)


def test_no_head_of_a_table_is_hyphenated(tmp_path_factory):
    heads = (
        "Projekt",
        "Utbetalt till ASF 2019",
        "Samverkansparter",
        "Medverkan",
        "Kommunfullmäktigemål",
    )
    columns = tuple(Column(head, head, "count", share=1) for head in heads)
    grid = Grid("g", "G", columns, ((1, 2, 3, 4, 5),))
    drawn = replace(document(), sections=(Section("a", "Tabell", (grid,)),))
    text = " ".join("".join(pages(saved(tmp_path_factory, drawn))).split())
    for word in " ".join(heads).split():
        assert word in text


def test_who_answers_for_a_memo_is_not_alone_on_the_last_page(tmp_path_factory):
    signed = Section("ansvariga", "Ansvariga", (Points(("Enhetschef", "Avdelningschef")),))
    for lines in range(36, 46):
        text = Section("a", "Text", (Prose("<p>rad</p>" * lines),))
        last = pages(saved(tmp_path_factory, replace(document(), sections=(text, signed))))[-1]
        assert re.search(r"rad\s+Ansvariga\s+• *Enhetschef\s+• *Avdelningschef", last)


def test_every_page_of_a_memo_begins_at_the_same_height(tmp_path_factory):
    sections = tuple(
        Section(f"s{at}", f"Rubrik {at}", (Prose("<p>rad</p>" * (1 + at % 3)),)) for at in range(40)
    )
    path = saved(tmp_path_factory, replace(document(), sections=sections))
    tops = [
        min(float(top) for top in re.findall(r'yMin="([\d.]+)".*>(?:Rubrik|rad)</word>', page))
        for page in said_by("pdftotext", "-bbox", path, "-").split("<page ")[2:]
    ]
    assert len(tops) > 2
    assert max(tops) - min(tops) < 3  # points: a heading's letters are larger


def test_an_address_in_the_letterhead_stays_within_the_margin(tmp_path_factory):
    head = document().head
    reference = replace(head.reference, email=f"{'fornamn.' * 9}efternamn@malmo.se")
    path = saved(tmp_path_factory, replace(document(), head=replace(head, reference=reference)))
    first = said_by("pdftotext", "-bbox", "-l", "1", path, "-")
    assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', first)) < 528  # of 595


def test_a_small_table_is_whole_and_of_a_large_one_no_row_is_alone(tmp_path_factory):
    small = replace(long_table(8).sections[0], heading="Liten")
    for lines in range(20, 32, 3):
        text = Section("b", "Text", (Prose("<p>rad</p>" * lines),))
        found = pages(saved(tmp_path_factory, replace(document(), sections=(text, small))))
        assert sum("Projektets namn" in page for page in found) == 1
    for rows in range(38, 44):
        last = pages(saved(tmp_path_factory, long_table(rows)))[-1]
        assert len(re.findall(r"Projekt \d+", last)) >= 3


def test_sections_are_bookmarks_and_links_are_called_by_their_words(report):
    read = said_by("qpdf", "--qdf", "--object-streams=disable", report, "-")
    assert "/Outlines" in read
    aloud = said_by("pdfinfo", "-struct", report)
    assert {"H1", "H2", "H3", "Table", "THead", "TH", "Figure", "Link"} <= set(
        re.findall(r"\w+", aloud)
    )
    assert "/Scope /Column" in read
    assert "/Scope /Row" in read
    assert "(malmo.se)" in read


# --- What it cannot do -----------------------------------------------------------------------------

TOUCHED = []
WATCHING = False


def _watch(event, arguments):
    if WATCHING and event in ("open", "socket.connect", "socket.getaddrinfo"):
        TOUCHED.append(str(arguments))


sys.addaudithook(_watch)


@contextmanager
def watched():
    """A list of all files opened and addresses called meanwhile; a hook cannot be taken away."""
    global WATCHING
    TOUCHED.clear()
    WATCHING = True
    try:
        yield TOUCHED
    finally:
        WATCHING = False


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    path = tmp_path_factory.mktemp("secret") / "secret.png"
    path.write_bytes(b"hemligt")
    return path


HOSTILE = [
    '<img src="http://127.0.0.1:9/x.png">',
    '<img src="HTTP://127.0.0.1:9/x.png">',
    '<img src="//127.0.0.1:9/x.png">',
    '<img src="{file}">',
    '<img src="file://{path}">',
    '<img src="FILE://localhost{path}">',
    '<img src="file:{path}?.png#x">',
    '<img src="ftp://127.0.0.1:9/x.png">',
    '<img src="{static}/../malmo_intl/settings.py">',
    '<img src="{static}/%2e%2e/manage.py">',
    '<img srcset="http://127.0.0.1:9/x.png 1x" src="{file}">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{file}">x</a>',
    "<style>@import url({file});</style>",
    "<style>@import 'http://127.0.0.1:9/x.css';</style>",
    "<style>@font-face {{ font-family: x; src: url({file}) }} p {{ font-family: x }}</style><p>x",
    "<style>p {{ background: url({file}) }}</style><p>x",
    "<style>@page {{ background: url({file}) }}</style>",
    "<style>p::before {{ content: url(http://127.0.0.1:9/x.png) }}</style><p>x",
    "<style>li {{ list-style-image: url({file}) }}</style><ul><li>x</ul>",
    '<p style="background: \\75rl({file})">x',
    '<object data="{file}"></object>',
    '<embed src="{file}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{file}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{file}#a"/></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22%3E'
    '%3Cimage href=%22{file}%22/%3E%3C/svg%3E">',
    '<base href="file:///etc/"><img src="passwd">',
]


@pytest.mark.parametrize("vector", HOSTILE)
def test_prose_that_asks_for_files_or_addresses_gets_nothing(vector, secret):
    text = vector.format(file=secret.as_uri(), path=secret, static=pdf_paint.STATIC.as_uri())
    drawn = replace(document(), sections=(Section("a", "Avsnitt", (Prose(text),)),))
    with watched() as touched:
        assert b"hemligt" not in pdf.draw(drawn)
    assert_nothing_of_others(touched)


@pytest.mark.parametrize("vector", HOSTILE)
def test_the_painter_refuses_the_same_even_if_nothing_was_cleaned(vector, secret):
    text = vector.format(file=secret.as_uri(), path=secret, static=pdf_paint.STATIC.as_uri())
    pdf_paint.prepare()
    with watched() as touched:
        try:
            painted = pdf_paint.paint(f'<html lang="sv"><title>x</title>{text}', draft=False)
        except pdf_paint.Refused:
            painted = b""
    assert b"EmbeddedFile" not in painted
    assert_nothing_of_others(touched)


def assert_nothing_of_others(touched):
    """Templates, fonts, hyphenation and our modules are read; nothing secret is, and no one called."""
    assert not [
        what
        for what in touched
        if re.search(r"secret|passwd|settings\.py'|manage\.py|127\.0\.0\.1|AF_INET", what)
    ]


@pytest.mark.parametrize("name", ["css/print.css", "fonts/gelasio-latin-400-normal.woff2"])
def test_our_own_style_and_fonts_are_served(name):
    assert pdf_paint.StaticFiles().fetch((pdf_paint.STATIC / name).as_uri()).read()


@pytest.mark.parametrize("name", ["js/site.js", "../pyproject.toml", "css/none.css", "css"])
def test_nothing_else_is_served(name):
    with pytest.raises(pdf_paint.Refused):
        pdf_paint.StaticFiles().fetch(f"{pdf_paint.STATIC.as_uri()}/{name}")


def test_a_link_out_of_the_static_folder_is_not_followed(tmp_path, secret, monkeypatch):
    monkeypatch.setattr(pdf_paint, "STATIC", tmp_path)
    (tmp_path / "logo.png").symlink_to(secret)
    with pytest.raises(pdf_paint.Refused):
        pdf_paint.StaticFiles().fetch((tmp_path / "logo.png").as_uri())


# --- Limits ----------------------------------------------------------------------------------------


def test_a_render_in_its_own_process_is_the_same_file():
    assert pdf.render(document()) == pdf.draw(document())


def test_a_render_that_takes_too_long_is_ended_and_the_next_one_works(settings):
    pdf.render(document())
    settings.RENDER_SECONDS = 0.5
    started = time.monotonic()
    with pytest.raises(pdf.RenderError, match="för lång tid"):
        pdf.paint('<html lang="sv"><title>x</title>' + "<div style='display:flex'>" * 14, False)
    assert time.monotonic() - started < 3
    settings.RENDER_SECONDS = 60
    assert pdf.render(document()).startswith(b"%PDF")


def test_a_render_that_takes_too_much_memory_is_ended_and_the_next_one_works(settings):
    settings.RENDER_MEGABYTES = 330
    with pytest.raises(pdf.RenderError):
        pdf.render(long_table(4000))
    settings.RENDER_MEGABYTES = 2048
    assert pdf.render(document()).startswith(b"%PDF")


TOO_MUCH = {
    "a table of 4 000 rows": "<table>" + "<tr><td>rad</td><td>1</td></tr>" * 4000 + "</table>",
    "a word of a million letters": f"<p>{'a' * 1_000_000}</p>",
    "200 000 words": "<p>" + "ord " * 200_000 + "</p>",
    "nested lists": "<ul><li>" * 120 + "x" + "</li></ul>" * 120,
    "nested tables": "<table><tr><td>" * 80 + "x" + "</td></tr></table>" * 80,
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_refused_where_it_is_written(text):
    with pytest.raises(richtext.TooComplex, match="för lång|nivåer"):
        richtext.clean(text)


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_and_if_it_comes_all_the_same_the_render_ends_with_a_sentence(text, settings):
    settings.RENDER_SECONDS = 0.4
    with pytest.raises(pdf.RenderError, match="för lång tid|för stort|Det gick inte att göra"):
        pdf.paint(f'<html lang="sv"><title>x</title><div class="prose">{text}</div>', False)


def test_a_server_that_was_given_too_much_goes_on(settings):
    settings.RENDER_SECONDS = 0.2
    with pytest.raises(pdf.RenderError):
        pdf.paint(f'<html lang="sv"><title>x</title>{TOO_MUCH["200 000 words"]}', False)
    settings.RENDER_SECONDS = 60
    assert pdf.render(document()).startswith(b"%PDF")


def test_a_refusal_in_the_process_is_an_error_with_words():
    with pytest.raises(pdf.RenderError, match="Det gick inte att göra en PDF-fil"):
        pdf.paint('<html lang="sv"><title>x</title><img src="file:///etc/passwd">', False)


def test_the_painter_is_started_again_if_it_has_fallen():
    pdf.render(document())
    pdf._painter._process.kill()
    pdf._painter._process.wait()
    assert pdf.render(document()).startswith(b"%PDF")


def test_many_may_ask_at_once():
    with ThreadPoolExecutor(6) as threads:
        assert len(set(threads.map(pdf.render, [document()] * 6))) == 1


def test_the_painter_is_told_nothing_of_the_database(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://hemligt")
    pdf._painter.stop()
    pdf.render(document())
    told = Path(f"/proc/{pdf._painter._process.pid}/environ").read_text()
    assert "hemligt" not in told


def test_the_page_that_is_painted_is_the_page_that_is_read():
    assert html.fragment(document()) in html.page(document())


def test_the_painter_ends_when_the_server_is_killed():
    code = (
        "import django; django.setup()\n"
        "from reports.renderers import pdf\n"
        "pdf.warm_up(); print(pdf._painter._process.pid, flush=True); input()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    painter = Path("/proc", server.stdout.readline().strip())
    assert painter.exists()
    server.kill()
    server.communicate()
    ended = time.monotonic() + 10
    while painter.exists() and time.monotonic() < ended:
        time.sleep(0.05)
    assert not painter.exists() or "Z" in (painter / "stat").read_text().split()[2]


def test_a_painter_that_cannot_start_is_an_error_with_words(monkeypatch):
    pdf._painter.stop()
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")
    with pytest.raises(pdf.RenderError, match="just nu"):
        pdf.render(document())
    monkeypatch.undo()
    assert pdf.render(document()).startswith(b"%PDF")


# --- Workers ---------------------------------------------------------------------------------------


@pytest.fixture
def workers():
    """What tells which workers there are now, of a painter that has done nothing yet."""
    pdf._painter.stop()

    def now():
        painter = pdf._painter._process.pid
        return Path(f"/proc/{painter}/task/{painter}/children").read_text().split()

    return now


def test_a_worker_goes_on_with_the_next_document_and_leaves_nothing_in_it(workers):
    first, (worker,) = pdf.render(document()), workers()
    other = long_table(60)
    assert pdf.render(other) == pdf.draw(other)
    assert pdf.render(document()) == first
    assert workers() == [worker]


def test_no_document_waits_for_another(workers):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pdf._painter.hand_over(theirs)  # and is never told what to paint
        assert pdf.render(document()).startswith(b"%PDF")
        assert len(workers()) == 2


@pytest.mark.parametrize(
    "page",
    ['<img src="file:///etc/passwd">', f"<table>{'<tr><td>rad<td>1' * 1500}</table>"],
    ids=["failed", "grown"],
)
def test_a_worker_that_has_failed_or_grown_is_let_go(page, workers):
    with suppress(pdf.RenderError):
        pdf.paint(f'<html lang="sv"><title>x</title>{page}', False)
    assert at_last(lambda: workers() == [])


def test_of_many_workers_some_are_kept(workers):
    test_many_may_ask_at_once()
    assert at_last(lambda: 0 < len(workers()) <= pdf_child.KEPT)


def at_last(true) -> bool:
    """Whether it comes true within some seconds: a process needs a moment to end."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()
