"""A part of a document, painted by itself. No Django.

What a part cannot know is stamped on when it is bound (pdf_bind.py): the numbers of its pages and the mark of
a draft. So a part that nobody has changed is the same wherever it stands, and can be kept.
"""

from functools import cache

import pydyf
from weasyprint import CSS, HTML

from reports.renderers import pdf_paint
from reports.renderers.pdf_finish import finish
from reports.renderers.pdf_parts import ELSEWHERE, SAMPLE, Part, packed

# The contents are given the page of each heading with its link.
SHEET = f"""
@page {{ @bottom-right {{ content: none }} }}
.paper-contents a::after {{ content: attr(data-page) }}
.stamp {{ page: stamp }}
.mark {{ page: mark }}
@page stamp {{ @bottom-right {{ content: "{SAMPLE}" }} }}
"""


def paint(html: str, draft: bool) -> bytes:
    """The pages as a packed Part. With `draft` the mark of a draft is painted: for the page of stamps only.

    Raises as `pdf_paint.paint`.
    """
    fonts, sheets, draft_sheet = pdf_paint.prepared()
    sheets = [*sheets, _sheet(), *([draft_sheet] if draft else ())]
    options = {"pdf_variant": "pdf/ua-1"}
    with pdf_paint.no_collection():
        page = HTML(string=html, url_fetcher=pdf_paint.StaticFiles())
        laid_out = page.render(font_config=fonts, stylesheets=sheets, **options)
        pdf = laid_out.write_pdf(finisher=_finish, **options)
    places = {
        key: number
        for number, page in reversed(list(enumerate(laid_out.pages)))
        for key in page.anchors
    }
    return packed(Part(len(laid_out.pages), places, pdf))


def prepare():
    """Read beforehand what every part shares."""
    _sheet()


@cache
def _sheet():
    fonts, _, _ = pdf_paint.prepared()
    return CSS(string=SHEET, font_config=fonts, url_fetcher=pdf_paint.StaticFiles())


def _finish(document, pdf):
    """As in a whole document; and links to other parts lead to a name, which the whole knows."""
    finish(document, pdf)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            address = item.get("A", {}).get("URI")
            if address is not None and address.string.startswith(ELSEWHERE):
                item["Dest"] = pydyf.String(address.string.removeprefix(ELSEWHERE))
                del item["A"]
