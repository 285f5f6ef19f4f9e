"""The tree of tags that WeasyPrint 70 builds, put right for a reader who listens. No Django.

WeasyPrint makes an element of every box of every page. So what is broken over two pages is two elements, a label
and its value are two items of a list, and the head of a table is said again on every page. Here a
paragraph is one, and so is a table; a fact has its label; the contents are a table of contents.

An element does not know its box, but elements are made in the order in which the boxes are walked: the walk below
is the same, and so meets each element with the box that it was made of.
"""

from dataclasses import dataclass, field, replace

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

ITEMS = ("li", "dt", "dd")
# What may be broken over pages and be one all the same. Not a link: each part of it has an annotation.
BROKEN = {
    "/Art", "/Sect", "/Div", "/P", "/L", "/LI", "/LBody", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD",
}  # fmt: skip
AS_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}


class OtherTags(RuntimeError):
    """WeasyPrint has built its tags in another way than version 70 does."""


def put_right(document, objects: dict, root):
    """Change the structure elements in `objects`, by reference, below `root`, which is their Document."""
    walk = _Walk(_made_below(root, objects), objects)
    for number, page in enumerate(document.pages):
        walk.page = number
        walk.visit(page._page_box, _Place(root, "/Document"))
    if next(walk.made, None) is not None:
        raise OtherTags("There are more elements than boxes.")
    walk.change()


def _made_below(root, objects):
    """All that was made after `root`, in its order."""
    made = iter(objects.values())
    for item in made:
        if item is root:
            break
    for item in made:
        if isinstance(item, dict) and item.get("Type") in ("/StructElem", "/OBJR"):
            yield item


@dataclass(frozen=True)
class _Place:
    """An element of the tree as WeasyPrint made it, and the HTML element that it was made of. `again`: how many
    of the same kind it lies in that were made of the same one. `repeated`: it was said on an earlier page."""

    element: dict
    kind: str
    html: object = None
    again: int = 0
    in_contents: bool = False
    repeated: bool = False

    @property
    def key(self) -> tuple:
        return id(self.html), self.kind, self.again


@dataclass
class _Walk:
    made: object
    objects: dict
    page: int = 0
    joined: list = field(default_factory=list)  # a part, and the whole that it goes into
    repeated: list = field(default_factory=list)  # heads of tables that are printed again
    listed: list = field(default_factory=list)  # contents within contents
    within_links: list = field(default_factory=list)  # the page after a line of the contents
    renamed: list = field(default_factory=list)
    _first: dict = field(default_factory=dict)
    _fact: tuple = (None, None)

    # --- What WeasyPrint's _build_box_tree does

    def visit(self, box, parent: _Place):
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        tag = None if box.element is None else box.element_tag
        outermost = isinstance(box, boxes.PageBox) or tag in ("html", "body")
        holds_boxes = isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox)
        if isinstance(box, boxes.MarginBox) or (outermost and holds_boxes):
            for child in box.children:
                self.visit(child, parent)
            return
        if tag in ITEMS and parent.kind not in ("/LI", "/LBody") and _has_no_marker(box):
            parent = self._meet(box, tag, parent)
        place = self._meet(box, tag, parent)
        if box.link_annotation:
            self._next("/OBJR")
        for child in _children(box, place.kind):
            if not isinstance(child, boxes.TextBox):
                self.visit(child, place)
            elif place.kind != "/Link":
                self._next()

    def _next(self, wanted: str = "/StructElem") -> dict:
        made = next(self.made, {"Type": "nothing"})
        if made["Type"] != wanted:
            raise OtherTags(f"{made['Type']} was made where {wanted} is made of a box.")
        return made

    # --- What is to be changed

    def _meet(self, box, tag, parent: _Place) -> _Place:
        element = self._next()
        kind = element["S"]
        again = parent.again + 1 if (parent.html, parent.kind) == (box.element, kind) else 0
        in_contents = parent.in_contents or tag == "nav"
        place = _Place(element, kind, box.element, again, in_contents, parent.repeated)
        if self._began_before(place):
            if kind == "/THead":
                self.repeated.append(element)
                place = replace(place, repeated=True)
            else:
                self.joined.append((element, self._first[place.key][0]))
        elif tag in ("dt", "dd"):
            self._tell(place, tag, parent)
        if in_contents and kind in AS_CONTENTS:
            self.renamed.append((element, AS_CONTENTS[kind]))
            if kind == "/L" and parent.kind == "/LBody":
                self.listed.append(element)
        elif kind == "/Link" and parent.kind == "/Link":
            self.within_links.append(element)
        return place

    def _began_before(self, place: _Place) -> bool:
        """Is it a part of what began on an earlier page?"""
        if place.html is None or place.kind not in BROKEN or place.repeated:
            return False
        return self._first.setdefault(place.key, (place.element, self.page))[1] != self.page

    def _tell(self, place: _Place, tag, parent: _Place):
        """A label and its values are one item."""
        if tag == "dt" and place.kind == "/LI":
            self._fact = (parent.html, place.element)
        elif tag == "dt":
            self.renamed.append((place.element, "/Lbl"))
        elif place.kind == "/LI" and self._fact[0] is parent.html:
            self.joined.append((place.element, self._fact[1]))

    def change(self):
        # As they are met, the outer first: parts of the same whole keep their order.
        for part, whole in self.joined:
            self._take_out(part)
            self._hand_over(part["K"], whole)
        for head in self.repeated:
            self._take_out(head)
        joined = {id(part) for part, _ in self.joined}
        for inner in self.listed:
            if id(inner) not in joined:
                item = self.objects[self._take_out(inner)["P"]]
                self._hand_over([inner.reference], item)
        for element in self.within_links:
            element["K"] = pydyf.Array(kid for kid in element["K"] if isinstance(kid, int))
            element["S"] = "/Span"
        for element, kind in self.renamed:
            element["S"] = kind

    def _take_out(self, element) -> dict:
        """What it was taken out of."""
        parent = self.objects[element["P"]]
        parent["K"].remove(element.reference)
        return parent

    def _hand_over(self, kids: list, parent):
        parent["K"].extend(kids)
        for kid in kids:
            self.objects[kid]["P"] = parent.reference


def _has_no_marker(box) -> bool:
    return (
        box.element_tag != "li"
        or "list-item" not in box.style["display"]
        or box.style["list_style_type"] == "none"
    )


def _children(box, kind: str) -> list:
    """As they are met: lines are seen through, and a table lies in the box that holds its caption."""
    children = box.children
    if kind == "/Table" and box.is_table_wrapper and (table := box.get_wrapped_table()):
        children = [
            inner for child in children for inner in (child.children if child is table else [child])
        ]
    return [
        inner
        for child in children
        for inner in (child.children if isinstance(child, boxes.LineBox) else [child])
    ]
