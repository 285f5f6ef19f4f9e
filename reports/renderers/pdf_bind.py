"""Parts that were painted apart, bound into one tagged PDF: pages, tags, headings, outline. No Django."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from reports.renderers import pdf_stamp
from reports.renderers.pdf_parts import Part


class Binding:
    """A binding under way. Chapters may be added while the front, which stands first, is being painted."""

    def __init__(self):
        self.pdf = pikepdf.new()
        self._kept_open = []  # streams are read from their parts when the whole is saved
        self._owners = []  # as in a ParentTree: a page's or a link's number, and whose its content is
        self._tags = []
        self._places = []
        self._outline = []

    def add(self, chapter: Part):
        self._take(chapter, len(self.pdf.pages))

    def finish(self, front: Part, stamps: Part, draft: bool) -> pikepdf.Pdf:
        """The whole: the front, then the chapters in the order they were added, every page stamped."""
        tags, self._tags = self._tags, []
        outline, self._outline = self._outline, []
        self._take(front, 0)
        self._hang(self._tags + tags)
        self._name(sorted(self._places, key=lambda place: bytes(place[0])))
        self._chain(self._outline + outline)
        pdf_stamp.stamp(self.pdf, stamps.pdf, draft)
        return self.pdf

    def _take(self, part: Part, at: int):
        source = pikepdf.open(BytesIO(part.pdf))
        self._kept_open.append(source)
        for number, page in enumerate(source.pages):
            self.pdf.pages.insert(at + number, page)
        # After the pages, so that what leads to them leads to their copies.
        found = self.pdf.copy_foreign(source.make_indirect(_besides_pages(source.Root)))
        first = len(self._owners) // 2
        for number in range(part.pages):
            _renumber(self.pdf.pages[at + number].obj, first)
        for number, owner in _pairs(found.Tags.ParentTree.Nums):
            self._owners += (first + int(number), owner)
        for article in found.Tags.K[0].K:
            self._tags += list(article.K)
        self._places += _pairs(found.Places)
        self._outline += _chained(found.get(Name.Outline))

    def _hang(self, tags: list):
        """One tree of tags: as in a document painted whole, a Document that is one article."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document, article = (
            self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind))
            for kind in (Name.Document, Name.Art)
        )
        for above, kids in ((root, [document]), (document, [article]), (article, tags)):
            above.K = Array(kids)
            for kid in kids:
                kid.P = above
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self._owners)))
        self.pdf.Root.StructTreeRoot = root

    def _name(self, places: list):
        flat = [item for place in places for item in place]
        self.pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(flat)))

    def _chain(self, items: list):
        if not items:
            return
        outline = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        outline.First, outline.Last = items[0], items[-1]
        outline.Count = len(items) + sum(int(item.Count) for item in items)
        for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
            item.Parent = outline
            for key, neighbour in ((Name.Prev, before), (Name.Next, after)):
                if neighbour is not None:
                    item[key] = neighbour
        self.pdf.Root.Outlines = outline


def _besides_pages(root) -> Dictionary:
    found = Dictionary(Tags=root.StructTreeRoot)
    names = root.get(Name.Names)
    found.Places = names.Dests.Names if names is not None else Array()
    if Name.Outlines in root:
        found.Outline = root.Outlines
    return found


def _pairs(flat) -> list[tuple]:
    items = list(flat)
    return list(zip(items[::2], items[1::2], strict=True))


def _chained(outline) -> list:
    found = [outline.First] if outline is not None else []
    while found and Name.Next in found[-1]:
        found.append(found[-1].Next)
    return found


def _renumber(page, first: int):
    """Content and links of the page are found in the whole tree `first` places further on."""
    page.StructParents = int(page.StructParents) + first
    for link in page.get(Name.Annots, ()):
        if Name.StructParent in link:
            link.StructParent = int(link.StructParent) + first
