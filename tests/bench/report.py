"""docs/bench.md: one section for each thing that is measured, each written by its own measuring."""

import re
from pathlib import Path

REPORT = Path(__file__).resolve().parents[2] / "docs" / "bench.md"


def write(section: str):
    """Put the section, which begins with its "# heading", in place of the one with the same heading."""
    heading = section.partition("\n")[0]
    before = REPORT.read_text() if REPORT.exists() else ""
    kept = [part for part in re.split(r"^(?=# )", before, flags=re.MULTILINE) if part.strip()]
    parts = {part.partition("\n")[0]: part.strip() for part in kept} | {heading: section.strip()}
    REPORT.write_text("\n\n".join(parts.values()) + "\n")
