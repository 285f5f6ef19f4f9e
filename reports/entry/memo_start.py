"""A memo's start: what is usual, and what the earlier memo said. Offered; saved by who saves."""

from functools import cached_property
from itertools import count

from reports.entry import carry
from reports.models import Memo, MemoLine, Submission

List = MemoLine.List
# The form's field → the memo's.
HEAD = {
    "rubrik": "title",
    "diarienummer": "diary_number",
    "datum": "dated",
    "handlaggare": "reference_name",
    "handlaggare_titel": "reference_title",
    "handlaggare_epost": "reference_email",
    "handlaggare_telefon": "reference_phone",
    "sammanfattning": "summary",
    "inledning": "decision_lead",
}
# The form's rows → the memo's list.
LISTS = {
    "punkt": List.DECISION,
    "underlag": List.BASIS,
    "mottagare": List.RECIPIENT,
    "ansvarig": List.SIGNATORY,
}
# What a button of the page asks for: "hamta-punkt", "kopiera-avsnitt-work".
FETCH, COPY = "hamta-", "kopiera-"


class Start:
    """What there is to begin from, for the administration of `submission`."""

    def __init__(self, submission: Submission):
        self.submission = submission

    @cached_property
    def earlier(self) -> Memo | None:
        return carry.earlier_memo(self.submission)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The form's field → the earlier memo's text in it, if there is any."""
        if self.earlier is None:
            return {}
        texts = {f"avsnitt-{item.key}": item.text for item in self.earlier.sections.all()}
        texts["sammanfattning"] = self.earlier.summary
        return {name: text for name, text in texts.items() if text}

    @cached_property
    def bodies(self) -> list[str]:
        return carry.bodies(self.submission)

    @property
    def bodies_words(self) -> str:
        """What the button that fetches them says; "" where there is nothing to fetch."""
        return f"Hämta instanserna från {self.earlier.year}" if self.bodies else ""

    @property
    def points_words(self) -> str:
        if self.earlier is None:
            return "Hämta de vanliga beslutspunkterna"
        points = self.decision_points()
        return f"Hämta beslutspunkterna från {self.earlier.year}" if points else ""

    def decision_points(self) -> list[str]:
        """The earlier memo's with the year changed, or the usual ones of the board."""
        if self.earlier:
            old, new = self.earlier.year.year, self.submission.year.year
            return [carry.retitled(line.text, old, new) for line in self._lines(List.DECISION)]
        board = self.submission.administration.board_name
        return [
            f"{board} godkänner redovisningen.",
            f"{board} skickar redovisningen till kommunstyrelsen.",
        ]

    def _lines(self, kind):
        return self.earlier.lines.filter(list=kind).order_by("position")

    def usual(self, title: str) -> dict[str, str]:
        """The form's field → what it usually holds, in the manner of the earlier memo.

        `title`: as it is stored, or "" to begin with the house's own.
        """
        title = title or f"Redovisning av internationellt arbete {self.submission.year.year}"
        usual = {"rubrik": title, "underlag-ny1-text": f"Tjänsteskrivelse: {title}"}
        if self.earlier is None:
            return usual | {"mottagare-ny1-text": "Kommunstyrelsen"}
        for name, field in HEAD.items():
            if field in carry.MEMO_HEAD:
                usual[name] = getattr(self.earlier, field)
        for name in ("mottagare", "ansvarig"):
            for number, line in enumerate(self._lines(LISTS[name]), start=1):
                usual[f"{name}-ny{number}-text"] = line.text
                usual[f"{name}-ny{number}-titel"] = line.detail
        return {name: text for name, text in usual.items() if text}

    def offered(self, stored: dict[str, str]) -> dict[str, str]:
        """The usual for the fields and lists in which nothing is stored."""
        there = {name.split("-")[0] for name, text in stored.items() if text}
        usual = self.usual(stored.get("rubrik", ""))
        return {name: text for name, text in usual.items() if name.split("-")[0] not in there}

    def fetched(self, pressed: str, data: dict) -> tuple[dict, str]:
        """The page's `data` with what the button `pressed` asks for, and the field that it came to."""
        name = pressed.removeprefix(COPY)
        if pressed.startswith(COPY) and name in self.texts:
            data = data.copy()
            data[name] = "\n\n".join(filter(None, (data.get(name, ""), self.texts[name])))
            return data, name
        if pressed == f"{FETCH}punkt":
            return _with_rows(data, "punkt", "text", self.decision_points())
        if pressed == f"{FETCH}steg":
            return _with_rows(data, "steg", "instans", self.bodies)
        return data, ""


def _with_rows(data, rows, column, texts):
    """A new row for each text that no row has yet; empty new rows are filled first."""
    data = data.copy()
    posted = {name: data[name] for name in data if name.startswith(f"{rows}-")}
    blank = [name for name, text in posted.items()
             if name.startswith(f"{rows}-ny") and name.endswith(f"-{column}") and not text]  # fmt: skip
    following = (f"{rows}-ny{number}-{column}" for number in count(1)
                 if not any(name.startswith(f"{rows}-ny{number}-") for name in posted))  # fmt: skip
    filled = ""
    for text in texts:
        if text not in posted.values():
            name = blank.pop(0) if blank else next(following)
            data[name] = text
            filled = filled or name
    return data, filled
