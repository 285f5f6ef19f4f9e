"""Our reader of a PDF's tags hears what poppler hears."""

import re

from reports.renderers import pdf
from tests.reports.renderers.programs import said_by
from tests.reports.renderers.tagged import structure_of
from tests.sample import document


def test_it_hears_what_poppler_hears(tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf.draw(document()))
    ours, popplers = heard(structure_of(path)), heard(said_by("pdfinfo", "-struct-text", path))
    assert "Table" in ours
    assert ours == popplers


def heard(dump):
    """The names of the tags and their texts in order; poppler parts and joins the texts of a tag as it likes."""
    found = []
    for line in map(str.strip, dump.splitlines()):
        if line.startswith('"'):
            text = re.sub(r"\s", "", line[1:-1])
            if found and found[-1].startswith('"'):
                found[-1] += text
            elif text:
                found.append(f'"{text}')
        elif line and not line.startswith(("/", "Object ")):
            found.append(re.match(r"\w*", line)[0])
    return found
