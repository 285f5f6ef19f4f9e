"""What WeasyPrint 70 leaves undone for a reader who listens. No Django.

Running heads, feet and the draft mark become artifacts, which are not read aloud; a link is called
by its words instead of its address; a table head says whether it heads a column or a row; a hyphen that is there
only because a line ends is told from one that is spelt; and the tree of tags is put right by `pdf_tree`.
"""

import re

import pydyf

from reports.renderers.pdf_tree import put_right

PRINTED = 4  # the flag of an annotation that is not hidden on paper, which PDF/A asks for
PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})
SOFT_HYPHEN = pydyf.Dictionary({"ActualText": pydyf.String("\u00ad")})
# print.css hyphenates with a hyphen and two characters that are not seen: the last glyph, and two empty ones.
HYPHENATED = re.compile(rb"([0-9a-f]{4})>[-\d.]*(?:<>[-\d.]*){2}\] TJ$")


def finish(document, pdf):
    """A WeasyPrint finisher: changes `pdf` before it is written."""
    objects = {item.reference: item for item in pdf.objects if item.number is not None}
    root = objects[pdf.catalog["StructTreeRoot"]]
    put_right(document, objects, objects[root["K"][0]])
    tree = _hanging_on(root["K"], objects)
    owners = objects[root["ParentTree"]]["Nums"]
    pages = [item for item in objects.values() if _is(item, "Type", "/Page")]
    for laid_out, page in zip(document.pages, pages, strict=True):
        marks = owners[2 * page["StructParents"] + 1]
        _finish_text(objects[page["Contents"]].stream, marks, tree)
        _finish_links(laid_out.links, page)
    for reference in tree:
        if _is(objects[reference], "S", "/TH"):
            _give_scope(objects[reference], objects)
        elif _is(objects[reference], "S", "/TD"):
            objects[reference]["A"].pop("Headers", None)


def _is(item, key: str, value: str) -> bool:
    return isinstance(item, dict) and item.get(key) == value


def _hanging_on(kids, objects) -> dict:
    """The structure elements below `kids`; those of margin boxes hang on nothing."""
    found, waiting = {}, list(kids)
    while waiting:
        kid = waiting.pop()
        if not isinstance(kid, int) and kid not in found:
            found[kid] = True
            waiting.extend(objects[kid].get("K", ()))
    return found


def _finish_text(stream: list, marks: list, tree):
    """Make artifacts of the marked contents whose owner (in `marks`, by MCID) is not in the tree; mark the
    hyphens in the others."""
    hyphens = []
    for place, operator in enumerate(stream):
        if operator == b"BDC" and "MCID" in stream[place - 1]:
            mark = stream[place - 1]["MCID"]
            if marks[mark] not in tree:
                stream[place - 2 : place] = ["/Artifact", PAGINATION]
                marks[mark] = b"null"
        elif isinstance(operator, bytes) and operator.endswith(b"<>0.0] TJ"):
            hyphens.append(place)
    for place in reversed(hyphens):
        if found := HYPHENATED.search(stream[place]):
            before, glyph = stream[place][: found.start()], found[1]
            stream[place : place + 1] = [
                before + b">] TJ", "/Span", SOFT_HYPHEN, b"BDC", b"[<" + glyph + b">] TJ", b"EMC",
            ]  # fmt: skip


def _finish_links(links, page):
    for _, _, _, box in links:
        annotation = getattr(box, "link_annotation", None)
        if annotation is None:
            continue
        if (
            "::" in box.element_tag
        ):  # the page after a line of the contents: within their link already
            page["Annots"].remove(annotation.reference)
            continue
        annotation["F"] = PRINTED
        words = " ".join("".join(box.element.itertext()).split())
        if words:
            annotation["Contents"] = pydyf.String(words)


def _give_scope(head, objects):
    """Column in a table's thead or in a row of heads only; else Row.

    It says all that there is to say of tables without spans; the identifiers would need an index, and be
    anybody's in a document merged from chapters.
    """
    row = objects[head["P"]]
    heads_only = all(objects[kid]["S"] == "/TH" for kid in row["K"])
    in_thead = objects[row["P"]]["S"] == "/THead"
    head["A"]["Scope"] = "/Column" if in_thead or heads_only else "/Row"
    head.pop("ID", None)
