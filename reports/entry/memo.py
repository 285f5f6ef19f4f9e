"""Tjänsteskrivelse: the memo on which the board decides the year."""

from functools import cached_property
from itertools import pairwise

from malmo_intl import marks, richtext
from malmo_intl.inputs import KnownDate, read_date
from reports.compose.administration import PERSPECTIVES
from reports.entry import copied, leftovers, memo_fields, workdays
from reports.entry.copied import Leftover
from reports.entry.form import PartForm
from reports.entry.live import LiveTexts
from reports.entry.memo_start import HEAD, LISTS, Start
from reports.entry.rows import REDRAW, SCRIPT, Rows
from reports.entry.stored import put, put_rows
from reports.models import Memo, MemoLine, MemoSection, ScheduleStep, Submission

GONE = {
    "punkt": "beslutspunkten",
    "underlag": "underlaget",
    "mottagare": "mottagaren",
    "ansvarig": "den ansvariga",
    "steg": "steget",
}


def sections(year: int) -> dict[str, str]:
    """Key → heading of the texts that `compose.administration` prints, in its order."""
    return {
        "case": "Ärendet",
        "work": f"Förvaltningens internationella arbete {year}",
        **{key: heading for key, _, heading in PERSPECTIVES},
    }


class MemoForm(LiveTexts, PartForm):
    """The memo and, when the board has decided, its decision.

    Before the first save, what is usual is filled in where nothing is stored; it is stored when the
    person saves. Decision points, the schedule's bodies and last year's texts are fetched on request.
    """

    heading = "Tjänsteskrivelse"
    lead = (
        "Det som nämnden beslutar om. Siffror, svar och tabeller kommer av sig själva "
        "från de andra delarna."
    )
    template = "reports/entry/_memo.html"
    may_be_nothing = False
    # What differs between those who write a memo.
    starts_from = Start
    has_decision = True

    class Media:
        js = (SCRIPT,)

    # --- What is stored ---------------------------------------------------------------------------

    def _memo(self) -> Memo | None:
        return Memo.objects.filter(
            year=self.submission.year, administration=self.submission.administration, project=None
        ).first()

    def read(self):
        self.start = self.starts_from(self.submission)
        self.memo = self._memo()
        stored = self._read_decision() if self.has_decision else {}
        if self.memo is None:
            return stored
        stored |= {name: getattr(self.memo, field) for name, field in HEAD.items()}
        stored["datum"] = self.memo.dated and KnownDate(self.memo.dated)
        stored |= {f"avsnitt-{item.key}": item.text for item in self._sections().values()}
        names = {kind: name for name, kind in LISTS.items()}
        for line in self.memo.lines.order_by("position"):
            stored |= self._read_line(f"{names[line.list]}-{line.pk}-", line)
        for step in self.memo.schedule.order_by("day", "pk"):
            stored |= {
                f"steg-{step.pk}-instans": step.body,
                f"steg-{step.pk}-datum": KnownDate(step.day),
            }
        return stored

    def printed(self) -> dict[str, str]:
        """The texts of the memo that its document prints: key → heading."""
        return sections(self.submission.year.year)

    def _sections(self) -> dict[str, MemoSection]:
        return {item.key: item for item in self.memo.sections.filter(key__in=self.printed())}

    def _read_decision(self):
        # Asked for anew: somebody may have saved since the submission was fetched.
        row = Submission.objects.get(pk=self.submission.pk)
        return {
            "beslutsdatum": row.decided_on and KnownDate(row.decided_on),
            "paragraf": row.decision_paragraph,
        }

    @staticmethod
    def _read_line(prefix, line):
        stored = {f"{prefix}text": line.text, f"{prefix}{Rows.ORDER}": line.position}
        if line.list == MemoLine.List.SIGNATORY:
            stored[f"{prefix}titel"] = line.detail
        return stored

    # --- The fields -------------------------------------------------------------------------------

    def lay_out(self):
        offered = {} if self.part or self.is_bound else self.start.offered(self.stored)
        self.initial = self.stored | offered
        self.offers = bool(offered)
        fetched = ""
        if self.is_redrawn:
            self.data, fetched = self.start.fetched(self.data[REDRAW], self.data)
        self.rows = {name: self._rows(name, offered) for name in (*LISTS, "steg")}
        fields = memo_fields.head(self.prose_field)
        for rows in self.rows.values():
            fields |= rows.fields()
        for key, heading in self.printed().items():
            fields[f"avsnitt-{key}"] = self.prose_field(heading)
        if self.has_decision:
            fields |= memo_fields.decision()
        if fetched in fields:
            fields[fetched].widget.attrs["autofocus"] = True
        return fields

    def summary_text(self):
        return self._beside_earlier("sammanfattning")

    def section_texts(self):
        return [self._beside_earlier(f"avsnitt-{key}") for key in self.printed()]

    def _beside_earlier(self, name):
        """(field, last year's text, what of its years and figures stands in this year's too)"""
        earlier = self.start.texts.get(name, "")
        if earlier:
            earlier = self.reading_of(earlier, self.start.earlier.year.year)
        return self[name], earlier, self._old_in(name)

    # --- What is left of the earlier texts ----------------------------------------------------------

    @property
    def may_keep(self) -> bool:
        """Whether somebody can say that what is old is right: the city has no checks to say it to."""
        return hasattr(self.submission, "waivers")

    def leftovers(self) -> list[Leftover]:
        """The old years and figures in the texts as they stand on the page."""
        names = ("sammanfattning", *(f"avsnitt-{key}" for key in self.printed()))
        return [leftover for name in names for leftover in self._old_in(name)]

    def _old_in(self, name) -> list[Leftover]:
        earlier = self.start.texts.get(name, "")
        try:
            text = marks.read(self[name].value() or "")
        except richtext.TooComplex:
            text = ""
        if not (text and earlier):
            return []
        found = leftovers.find(text, earlier, self.submission.year.year)
        return [Leftover(old, copied.finding(name, old) in self._kept, name) for old in found]

    @cached_property
    def _kept(self) -> set[str]:
        return copied.kept(self.submission) if self.may_keep else set()

    def keep(self, value: str, by, at):
        """`value`: a leftover's. Say that it is right this year too."""
        copied.keep(self.submission, copied.finding(*value.split(":", 1)), by, at)

    def take_back(self, value: str):
        copied.take_back(self.submission, copied.finding(*value.split(":", 1)))

    def _rows(self, name, offered):
        offer = {item.split("-")[1] for item in offered if item.startswith(f"{name}-")}
        blank = len(offer) or (0 if any(n.startswith(f"{name}-") for n in self.stored) else 1)
        if name == "steg":
            return Rows(
                name, memo_fields.columns(name), self, blank, noun="steg",
                needed=("instans", "datum"), remark=self._remark,
            )  # fmt: skip
        nouns = {"punkt": "beslutspunkt", "ansvarig": "ansvarig"}
        return Rows(
            name,
            memo_fields.columns(name),
            self,
            blank,
            noun=nouns.get(name, name),
            needed=("text",),
            ordered=True,
        )

    @staticmethod
    def _remark(texts) -> str:
        """A warning for a day on which no board meets."""
        try:
            return workdays.warning(read_date(texts["datum"]).day) if texts["datum"] else ""
        except ValueError:
            return ""

    # --- What is asked of it ----------------------------------------------------------------------

    def clean_paragraf(self):
        return self.cleaned_data["paragraf"].lstrip("§ ")

    def clean(self):
        cleaned = super().clean()
        self.rows["ansvarig"].require("text", "Skriv vem eller vilken funktion som är ansvarig.")
        self.rows["steg"].require("instans", "Skriv vilken instans det gäller.")
        self.rows["steg"].require("datum", "Skriv vilken dag, eller ta bort raden.")
        self._check_bodies()
        self._check_days()
        dated, decided = cleaned.get("datum"), cleaned.get("beslutsdatum")
        if dated and decided and decided.day < dated.day:
            self.add_error(
                "beslutsdatum",
                f"Nämnden kan inte ha beslutat {decided.typed}, före tjänsteskrivelsens datum "
                f"{dated.typed}. Rätta det ena datumet.",
            )
        return cleaned

    def _check_bodies(self):
        seen = set()
        for row, values in self.rows["steg"].cleaned():
            body = (values["instans"] or "").casefold()
            if body and body in seen:
                self.add_error(
                    self.rows["steg"].field_name(row, "instans"),
                    f"{values['instans']} står redan i beslutsplaneringen. Ta bort den ena raden.",
                )
            seen.add(body)

    def _check_days(self):
        """The steps come in the order of their days. One that is added takes its place by its day, so
        the stored ones are compared with each other, and the new ones with each other."""
        rows = self.rows["steg"]
        dated = [(row, values) for row, values in rows.cleaned() if values["datum"]]
        stored = [step for step in dated if rows.field_name(step[0], "datum") in self.stored]
        new = [step for step in dated if step[0].startswith("ny")]
        for series in (stored, new):
            for (_, before), (row, values) in pairwise(series):
                if values["datum"].day < before["datum"].day:
                    self.add_error(
                        rows.field_name(row, "datum"),
                        f"{values['datum'].typed} är före {before['datum'].typed}, då raden ovanför "
                        "behandlar ärendet. Rätta det ena datumet.",
                    )

    # --- What is kept -----------------------------------------------------------------------------

    def write(self, by):
        data = self.cleaned_data
        memo = self._memo()
        if memo and self.memo is None:
            # It came along when this save began the report. The same lines were offered on the page,
            # so they are here already, as the person left them.
            memo.lines.all().delete()
        self.memo = memo or Memo(
            year=self.submission.year, administration=self.submission.administration
        )
        values = {field: data[name] for name, field in HEAD.items()}
        put(self.memo, **values | {"dated": data["datum"] and data["datum"].day})
        self._write_lists(self.memo)
        self._write_sections()
        if self.has_decision:
            self._write_decision()

    def _write_lists(self, memo):
        gone = {}
        for name, kind in LISTS.items():
            gone[name] = put_rows(
                self.rows[name],
                memo.lines.filter(list=kind),
                lambda kind=kind: MemoLine(memo=memo, list=kind),
                lambda values: {"text": values["text"], "detail": values.get("titel", "")},
            )
        gone["steg"] = put_rows(
            self.rows["steg"],
            memo.schedule.all(),
            lambda: ScheduleStep(memo=memo),
            lambda values: {"body": values["instans"], "day": values["datum"].day},
            distinct="body",
        )
        self.taken_away += [f"{GONE[name]} ”{row}”" for name, rows in gone.items() for row in rows]

    def _write_sections(self):
        there = self._sections()
        for key in self.printed():
            text = self.cleaned_data[f"avsnitt-{key}"]
            if text or key in there:
                put(there.get(key) or MemoSection(memo=self.memo, key=key), text=text)

    def _write_decision(self):
        decided = self.cleaned_data["beslutsdatum"]
        put(
            Submission.objects.get(pk=self.submission.pk),
            decided_on=decided and decided.day,
            decision_paragraph=self.cleaned_data["paragraf"],
        )
