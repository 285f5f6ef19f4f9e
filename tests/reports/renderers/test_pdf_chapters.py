"""A report painted by chapters: the same as the one painted whole, and only what has changed is painted again."""

import re
from dataclasses import replace

import page as page_validation
import pikepdf
import pytest
from django.conf import settings

from reports.document import Document, Points, Prose, Section
from reports.renderers import RenderError, html, kept, pdf, pdf_chapters, pdf_child, preview
from tests.reports.renderers.programs import said_by
from tests.reports.renderers.tagged import structure_of
from tests.sample import document

pytestmark = pytest.mark.documents


def report(draft=True) -> Document:
    """Three chapters; a figure in the first leads to a rule that is printed in the last."""
    drawn = document(contents=True, chapters=3, draft=draft)
    *sections, last = drawn.sections
    rules = Section("regler", "Räkneregler", (Points(("Medverkan räknas.",), numbered=True),))
    return replace(drawn, sections=(*sections, replace(last, sections=(*last.sections, rules))))


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """Where files are kept from one test to the next, as from one reader to the next."""
    kept_in = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "RENDER_CACHE", str(kept_in))
        patch.setattr(settings, "RENDER_CACHE_MEGABYTES", 64)
        yield kept_in


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """(whole, by chapters) of a draft and of what is no draft."""
    found = {}
    for draft in (True, False):
        into = tmp_path_factory.mktemp("pdf")
        whole, bound = into / "whole.pdf", into / "bound.pdf"
        whole.write_bytes(pdf.render(report(draft)))
        bound.write_bytes(pdf_chapters.render(report(draft)))
        found[draft] = whole, bound
    return found


@pytest.fixture
def painted(monkeypatch):
    """What is painted from now on: the pages that were given to the painter."""
    pages = []
    paint = pdf.paint

    def watched(page, *more):
        pages.append(page)
        return paint(page, *more)

    monkeypatch.setattr(pdf, "paint", watched)
    return pages


# --- The same as the whole -------------------------------------------------------------------------


@pytest.mark.parametrize("draft", [True, False])
def test_every_page_says_what_it_says_in_the_whole(files, draft):
    whole, bound = (said_by("pdftotext", "-layout", path, "-") for path in files[draft])
    assert "Sida 6 (7)" in whole
    assert bound == whole


def test_it_is_read_aloud_as_the_whole_is(files):
    whole, bound = map(structure_of, files[True])
    assert "Förslag till beslut" in whole
    assert bound == whole


def test_it_looks_as_the_whole_does(files):
    whole, bound = (drawn(path) for path in files[True])
    assert len(whole) == len(bound) == 7
    for one, other in zip(whole, bound, strict=True):
        assert sum(abs(a - b) > 40 for a, b in zip(one, other, strict=True)) < len(one) / 2000


def drawn(path):
    said_by("pdftoppm", "-r", "40", "-gray", path, path.with_suffix(""))
    return [found.read_bytes() for found in sorted(path.parent.glob(f"{path.stem}-*.pgm"))]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("draft", [True, False])
def test_it_keeps_the_rules(files, draft, profile):
    checked = page_validation.validate_pdf(files[draft][1], profile=profile)
    assert checked.is_compliant, [(failed.rule_id, failed.message) for failed in checked.failures]
    said_by("qpdf", "--check", files[draft][1])


def test_bookmarks_and_links_lead_where_they_lead_in_the_whole(files):
    whole, bound = (leads(path) for path in files[True])
    assert any("kapitel-2" in name for name in whole["names"])
    assert bound == whole


def leads(path):
    """Bookmarks, names and links, each with the page that it leads to."""
    with pikepdf.open(path) as file:
        numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
        flat = list(file.Root.Names.Dests.Names)
        names = {
            str(name): numbers[place[0].objgen]
            for name, place in zip(flat[::2], flat[1::2], strict=True)
        }
        with file.open_outline() as outline:
            marks = [*listed(outline.root, numbers)]
        links = [
            (number, str(link.Contents), names[str(link.Dest)] if "/Dest" in link else link.A.URI)
            for number, page in enumerate(file.pages, start=1)
            for link in page.get("/Annots", ())
        ]
        return {"names": names, "marks": marks, "links": [*map(str, links)]}


def listed(items, numbers, level=1):
    for item in items:
        yield level, item.title, numbers[item.destination[0].objgen]
        yield from listed(item.children, numbers, level + 1)


def test_a_link_from_one_chapter_leads_into_another():
    front, chapters = html.apart(report())
    linked = pdf_chapters._linked(chapters)
    assert 'href="part:regler-1"' in linked[0]
    assert 'href="#utbetalningar"' in linked[0]
    assert 'href="#sammanfattning"' in front or 'href="#kapitel-1"' in front


# --- Only what has changed ---------------------------------------------------------------------------


def changed(drawn, text="<p>En mening till.</p>"):
    """The report with something more in its second chapter."""
    *before, second, third = drawn.sections
    second = replace(second, blocks=(*second.blocks, Prose(text)))
    return replace(drawn, sections=(*before, second, third))


def test_the_same_document_is_painted_once_and_is_the_same_file(painted):
    drawn = replace(report(), identity="tva-ganger")
    first = preview.render(drawn, "pdf")
    painted.clear()
    assert preview.render(drawn, "pdf") == first
    assert painted == []


def test_after_an_edit_only_that_chapter_is_painted_again(files, painted):
    assert b"%PDF" in pdf_chapters.render(changed(report()))
    assert len(painted) == 1
    assert "En mening till." in painted[0]
    assert "Nämnd nummer 2" in painted[0]


def test_when_pages_have_moved_the_contents_are_painted_too(files, painted, tmp_path):
    path = tmp_path / "longer.pdf"
    path.write_bytes(pdf_chapters.render(changed(report(), "<p>En mening till.</p>" * 60)))
    assert [("Innehåll" in page, "En mening till." in page) for page in painted] == [
        (False, True),
        (True, False),
    ]
    text = said_by("pdftotext", "-layout", path, "-")
    assert "Sida 9 (9)" in text
    assert re.search(r"3 Nämnd nummer 3 +9\n", text)


def test_the_number_of_pages_of_the_contents_may_be_guessed_wrong(files, monkeypatch, tmp_path):
    monkeypatch.setattr(pdf_chapters, "LINES", 3)
    path = tmp_path / "guessed.pdf"
    path.write_bytes(pdf_chapters.render(report()))
    assert said_by("pdftotext", "-layout", path, "-") == said_by(
        "pdftotext", "-layout", files[True][0], "-"
    )


def test_what_has_no_chapters_is_painted_whole(painted):
    memo = document()
    assert preview.render(memo, "pdf") == pdf.render(memo)
    assert painted == [html.page(memo)] * 2


def test_other_formats_are_kept_too(monkeypatch):
    first = preview.render(document(), "docx")
    monkeypatch.setattr("reports.renderers.docx.render", None)
    assert preview.render(document(), "docx") == first


# --- When it cannot be done ------------------------------------------------------------------------------


def test_a_chapter_that_takes_too_long_ends_all_with_words(settings, files, painted):
    settings.RENDER_SECONDS = 0.05
    with pytest.raises(RenderError, match="för lång tid"):
        pdf_chapters.render(changed(report(), "<p>För lång tid.</p>"))
    assert len(painted) == 1


def test_a_chapter_that_takes_too_much_memory_ends_all_with_words(settings, files):
    settings.RENDER_MEGABYTES = 100
    with pytest.raises(RenderError, match="minnet tog slut"):
        pdf_chapters.render(changed(report(), "<p>För mycket minne.</p>"))
    settings.RENDER_MEGABYTES = 2048
    assert pdf_chapters.render(changed(report(), "<p>För mycket minne.</p>"))


def test_half_an_answer_is_no_file(monkeypatch):
    def ended_while_it_answers(job):
        job = job.dup()
        job.sendall((100).to_bytes(pdf_child.LENGTH) + pdf_child.PAINTED + b"%PDF-1.7 half")
        job.close()

    monkeypatch.setattr(pdf._painter, "hand_over", ended_while_it_answers)
    with pytest.raises(RenderError):
        pdf.paint("<p>", draft=False)


def test_nothing_is_kept_of_what_could_not_be_painted(settings, folder, files):
    before = set(folder.iterdir())
    settings.RENDER_SECONDS = 0.05
    with pytest.raises(RenderError):
        preview.render(changed(report(), "<p>Inget blev av detta.</p>"), "pdf")
    assert set(folder.iterdir()) == before
    assert kept.get("nothing") is None
