"""What must be known of a whole Word file to read a part of it."""

from dataclasses import dataclass, field

from docx.oxml.ns import qn

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element, default="") -> str:
    """What the element says, in the attribute that most of them have."""
    return element.get(qn("w:val"), default) if element is not None else default


@dataclass
class File:
    """A file's styles, lists, links and live figures.

    `figures` are marks by the number of their bookmark; `known` says how each mark was written. `changed`
    gathers those that were read with other words: in the prose such a one has the mark `docx_runs.CHANGED` with its number.
    """

    styles: dict[str, str] = field(
        default_factory=dict
    )  # id → name, of the style or the one below it
    counting: set[str] = field(default_factory=set)  # numbers of lists that count
    starting: set[str] = field(default_factory=set)  # those that begin anew; others may go on
    of_styles: dict[str, str] = field(default_factory=dict)  # style id → number of its list
    links: dict[str, str] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    changed: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, file, figures=()) -> "File":
        """Of a python-docx file. `figures` are the (mark, words) of its origin."""
        found = cls(figures=tuple(mark for mark, _ in figures), known=dict(figures))
        for style in file.styles.element.iter(qn("w:style")):
            id_ = style.get(qn("w:styleId"), "")
            name = style.find(qn("w:name"))
            found.styles[id_] = name.get(qn("w:val"), "") if name is not None else ""
            number = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                found.of_styles[id_] = number.get(qn("w:val"), "")
        found.links = {
            key: rel.target_ref for key, rel in file.part.rels.items() if rel.is_external
        }
        found._read_lists(file)
        return found

    def _read_lists(self, file):
        try:
            numbering = file.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        kinds = {
            kind.get(qn("w:abstractNumId"), ""): value(kind.find(f"{W}lvl/{W}numFmt"), "bullet")
            for kind in numbering.iter(qn("w:abstractNum"))
        }
        for item in numbering.iter(qn("w:num")):
            number = item.get(qn("w:numId"), "")
            kind = value(item.find(qn("w:abstractNumId")))
            if kinds.get(kind, "bullet") not in ("bullet", "none"):
                self.counting.add(number)
            if item.find(f"{W}lvlOverride/{W}startOverride") is not None:
                self.starting.add(number)
