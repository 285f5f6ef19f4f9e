"""Where what cannot be taken from a Word file can be changed."""

from functools import cached_property

from reports.document import Document

Place = tuple[str, str]  # the address of a page, and what a link to it says
NOWHERE = ("", "")


class Places:
    """The pages behind `document`, whose texts are written at `desk`. NOWHERE where there is no one page."""

    def __init__(self, desk, document: Document):
        self.desk, self.document = desk, document
        self._parts: dict[str, Place] = {"": NOWHERE}

    def of_part(self, key: str) -> Place:
        if key not in self._parts:
            heading = self.desk.form(key).heading
            self._parts[key] = self.desk.address(key), f"Gå till ”{heading}”"
        return self._parts[key]

    def of_report(self, code: str) -> Place:
        """An administration's report; its code in small letters."""
        found = self._reports.get(code)
        if found is None:
            return NOWHERE
        return found.get_absolute_url(), f"Gå till {found.administration.genitive} redovisning"

    @cached_property
    def _reports(self) -> dict:
        rows = self.desk.submission.year.submissions.select_related("administration", "year")
        return {row.administration.code.lower(): row for row in rows}

    def of_rows(self, mark: str) -> Place:
        """The rows behind a live figure; its form, as in "utbetalt cirka", makes no difference."""
        address = dict(self.document.marks).get(mark.partition(" ")[0])
        return (address, "Visa uppgifterna bakom siffran") if address else NOWHERE
