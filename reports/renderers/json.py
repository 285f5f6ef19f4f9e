"""The document as JSON: everything that the other renderers draw, and its figures by name."""

import json

from reports.document import Document, to_data


def render(document: Document) -> bytes:
    return json.dumps(to_data(document), ensure_ascii=False, indent=1).encode()
