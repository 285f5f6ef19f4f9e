"""What a person does with a document's file in Word: opens it, changes it, saves it."""

import io
from copy import deepcopy

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph


def edited(blob: bytes, *deeds) -> bytes:
    """The file after each of the deeds, functions of an open python-docx file."""
    file = docx.Document(io.BytesIO(blob))
    for deed in deeds:
        deed(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def paragraph(file, words) -> Paragraph:
    """The first that says `words`, in tables too."""
    found = (Paragraph(item, file) for item in file.element.body.iter(qn("w:p")))
    return next(item for item in found if words in all_text(item._p))


def all_text(element) -> str:
    return "".join(item.text or "" for item in element.iter(qn("w:t")))


def write(old, new):
    """Types `new` over `old`, which stands in one run."""

    def deed(file):
        item = next(t for t in file.element.body.iter(qn("w:t")) if old in (t.text or ""))
        item.text = item.text.replace(old, new)

    return deed


def add_after(words, new):
    def deed(file):
        after = paragraph(file, words)._p
        made = OxmlElement("w:p")
        after.addnext(made)
        Paragraph(made, file).add_run(new)

    return deed


def remove(words):
    def deed(file):
        item = paragraph(file, words)._p
        item.getparent().remove(item)

    return deed


def move(words, after):
    def deed(file):
        paragraph(file, after)._p.addnext(paragraph(file, words)._p)

    return deed


def copy(words, after):
    def deed(file):
        paragraph(file, after)._p.addnext(deepcopy(paragraph(file, words)._p))

    return deed


def unlock(words):
    """Lets go of the control around the live figure and keeps what stands in it, as some programs do."""

    def deed(file):
        control = next(
            item for item in file.element.body.iter(qn("w:sdt")) if words in all_text(item)
        )
        for run in list(control.iter(qn("w:r"))):
            control.addprevious(run)
        control.getparent().remove(control)

    return deed


def write_tracked(old, new):
    """Changes `old` to `new` with tracked changes on."""

    def deed(file):
        item = next(t for t in file.element.body.iter(qn("w:t")) if old in (t.text or ""))
        run = item.getparent()
        before, _, after = item.text.partition(old)
        item.text = before
        item.set(qn("xml:space"), "preserve")
        about = 'w:id="900" w:author="Sam" w:date="2024-01-01T00:00:00Z"'
        ns = nsdecls("w")
        rest = f'<w:r {ns}><w:t xml:space="preserve">{after}</w:t></w:r>'
        come = f"<w:ins {ns} {about}><w:r><w:t>{new}</w:t></w:r></w:ins>"
        gone = f"<w:del {ns} {about}><w:r><w:delText>{old}</w:delText></w:r></w:del>"
        for xml in (rest, come, gone):
            run.addnext(parse_xml(xml))

    return deed


def comment(words, text):
    def deed(file):
        file.add_comment(paragraph(file, words).runs, text=text, author="Sam")

    return deed
