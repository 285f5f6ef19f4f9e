"""What WeasyPrint 70 leaves undone for a reader who listens. No Django.

Running heads, feet and the draft mark become artifacts, which are not read aloud; a link is called
by its words instead of its address; a table head says whether it heads a column or a row.
"""

import pydyf

PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})


def finish(document, pdf):
    """A WeasyPrint finisher: changes `pdf` before it is written."""
    objects = {item.reference: item for item in pdf.objects if item.number is not None}
    root = objects[pdf.catalog["StructTreeRoot"]]
    tree = _hanging_on(root["K"], objects)
    owners = objects[root["ParentTree"]]["Nums"]
    for page in objects.values():
        if _is(page, "Type", "/Page"):
            marks = owners[2 * page["StructParents"] + 1]
            _mark_artifacts(objects[page["Contents"]].stream, marks, tree)
    _name_links(document)
    for reference in tree:
        if _is(objects[reference], "S", "/TH"):
            _give_scope(objects[reference], objects)


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


def _mark_artifacts(stream: list, marks: list, tree):
    """Make artifacts of the marked contents whose owner (in `marks`, by MCID) is not in the tree."""
    for place, operator in enumerate(stream):
        if operator != b"BDC" or "MCID" not in stream[place - 1]:
            continue
        mark = stream[place - 1]["MCID"]
        if marks[mark] not in tree:
            stream[place - 2 : place] = ["/Artifact", PAGINATION]
            marks[mark] = b"null"


def _name_links(document):
    for page in document.pages:
        for _, _, _, box in page.links:
            words = " ".join("".join(box.element.itertext()).split())
            annotation = getattr(box, "link_annotation", None)
            if annotation and words:
                annotation["Contents"] = pydyf.String(words)


def _give_scope(head, objects):
    """Column in a table's thead or in a row of heads only; else Row."""
    row = objects[head["P"]]
    heads_only = all(objects[kid]["S"] == "/TH" for kid in row["K"])
    in_thead = objects[row["P"]]["S"] == "/THead"
    head["A"]["Scope"] = "/Column" if in_thead or heads_only else "/Row"
