"""Bringing back what one save removed, whatever has been written since."""

from reports.entry import saving
from reports.entry.form import PartForm
from reports.models import Part


def bring_back(now: PartForm, before: int, after: int, writer: saving.Writer) -> Part:
    """Put back what version `before` held and `after` does not; all else stays as it is now.

    Raises ValidationError if it cannot be saved as it was, and Conflict if somebody has written in the
    same place meanwhile.
    """
    held, left = saving.base_of(now.part, before), saving.base_of(now.part, after)
    missing = {name: text for name, text in held.items() if text and not left.get(name)}
    form = type(now)(now.submission, now.key, left | missing)
    if not form.is_valid():
        form.raise_errors()
    return saving.save(form, after, writer)
