"""The data that goes with a PDF, inside it: what it was made from, and its tables."""

from reports.document import Document
from reports.renderers import FORMATS, json, xlsx
from reports.renderers.pdf_seal import Attachment


def attachments(document: Document) -> tuple[Attachment, ...]:
    """The document as JSON, which is all that it was drawn from, and its tables as a workbook if it has any.

    They are the same files, byte for byte, as those that are published beside the PDF. A receipt has none: it
    tells of a document that has its own.
    """
    if document.kind == "kvittens":
        return ()
    source = Attachment(
        f"{document.identity}.json",
        json.render(document),
        FORMATS["json"].media_type,
        "Source",
        "Dokumentet som data: allt som det är gjort av",
    )
    if not any(document.grids()):
        return (source,)
    tables = Attachment(
        f"{document.identity}.xlsx",
        xlsx.render(document),
        FORMATS["xlsx"].media_type,
        "Data",
        "Tabellerna och raderna bakom siffrorna",
    )
    return (source, tables)
