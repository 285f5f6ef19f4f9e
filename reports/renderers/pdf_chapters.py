"""A report as PDF by chapters, painted side by side and kept.

Every chapter begins a page, so it looks the same by itself. It is painted by a job of its own and kept under
the hash of its page: after an edit only that chapter is painted again, and the contents if a page has moved.
Then all are bound into one PDF that says on every page what the whole would have said there. It is larger:
each chapter brings its own part of the typefaces. So what is published is painted whole.
"""

import os
import re
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

from django.conf import settings

from reports.document import Document
from reports.renderers import html, kept, pdf, pdf_child
from reports.renderers.pdf_attachments import attachments
from reports.renderers.pdf_bind import Binding
from reports.renderers.pdf_parts import ELSEWHERE, Part, unpacked
from reports.renderers.pdf_seal import seal

WORKERS = len(os.sched_getaffinity(0))
LINES = 50  # of contents on a page: a first guess at how many pages they take
STAMPS = (
    '<html lang="sv"><title>-</title><article class="report stamp"></article>'
    '<article class="report mark"></article>'
)


def render(document: Document) -> bytes:
    """As `pdf.render`, with RENDER_SECONDS for all of it. What has no chapters is painted whole."""
    if not document.contents:
        return pdf.render(document)
    front, chapters = html.apart(document)
    if len(chapters) < 2:
        return pdf.render(document)
    until = time.monotonic() + settings.RENDER_SECONDS
    with ThreadPoolExecutor(WORKERS) as workers:
        try:
            return _bound(document, front, _linked(chapters), partial(_painted, until), workers)
        except BaseException:
            workers.shutdown(wait=False, cancel_futures=True)
            raise


def _bound(document, front: str, chapters: list[str], painted, workers: Executor) -> bytes:
    stamps = workers.submit(painted, STAMPS, document.draft)
    # The longest first, or all would wait for it at the end.
    jobs = {page: workers.submit(painted, page) for page in sorted(chapters, key=len, reverse=True)}
    attached = attachments(document)  # made meanwhile, here
    binding, places, pages = Binding(), {}, 0
    for page in chapters:
        part = jobs[page].result()
        binding.add(part)
        places |= {key: pages + number for key, number in part.places.items()}
        pages += part.pages
    pdf = binding.finish(_front(front, places, painted), stamps.result(), document.draft)
    return seal(pdf, document, attached)


def _painted(until: float, page: str, draft: bool = False) -> Part:
    name = kept.key(page, str(draft))
    packed = kept.get(name)
    if packed is None:
        packed = pdf.paint(page, draft, pdf_child.PART, until)
        kept.put(name, packed)
    return unpacked(packed)


# --- What leads from one part to another -----------------------------------------------------------

_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'href="#([^"]+)"')


def _linked(chapters: list[str]) -> list[str]:
    """The chapters with their links to each other marked as such."""
    own = [set(_ID.findall(page)) for page in chapters]
    known = set().union(*own)

    def elsewhere(link: re.Match, own: set[str]) -> str:
        key = link[1]
        return f'href="{ELSEWHERE}{key}"' if key in known - own else link[0]

    return [
        _LINK.sub(partial(elsewhere, own=keys), page)
        for page, keys in zip(chapters, own, strict=True)
    ]


def _front(page: str, places: dict[str, int], painted) -> Part:
    """Cover and contents, with the pages of the headings. `places` are counted from the first chapter.

    They take as many pages whatever the numbers are, so a wrong guess is put right once.
    """
    before = 1 + max(1, round(len(_LINK.findall(page)) / LINES))
    front = painted(_numbered(page, places, before))
    return front if front.pages == before else painted(_numbered(page, places, front.pages))


def _numbered(page: str, places: dict[str, int], before: int) -> str:
    def numbered(link: re.Match) -> str:
        key = link[1]
        return f'href="{ELSEWHERE}{key}" data-page="{before + places[key] + 1}"'

    return _LINK.sub(numbered, page)
