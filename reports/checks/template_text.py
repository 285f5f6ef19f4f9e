"""Nothing is left of the template that somebody wrote in."""

import re

from reports.checks.case import MEMO, Case
from reports.checks.sentences import sentences
from reports.entry.memo_start import LISTS

LEFT_OVER = re.compile(
    r"(?i:\[\s*(?:skriv|fyll|ange|infoga|namn|datum|belopp|text|titel|antal|projekt|xx?|\.\.\.|…)[^\]]{0,80}\])"
    r"|\bX{2,}\b|(?<!\w)[x]{3,}(?!\w)"
    r"|\b[Ll]orem ipsum\b"
    r"|\b[Kk]licka (?:eller tryck )?här för att (?:ange|skriva|lägga till)\b[^.]{0,20}"
    r"|\bTODO\b|\bTBD\b",
)
# A text without any of these has nothing left over, and is not searched.
_SIGNS = ("[", "XX", "xxx", "orem ipsum", "licka ", "TODO", "TBD")

_ROWS = {kind: name for name, kind in LISTS.items()}


def check(case: Case):
    for part, field, name, words in _texts(case):
        for sentence in words:
            if not any(sign in sentence for sign in _SIGNS):
                continue
            for match in LEFT_OVER.finditer(sentence):
                yield case.error(
                    "malltext",
                    f"I {name} står ”{match[0]}” kvar från mallen. Skriv klart eller ta bort det.",
                    part,
                    field,
                    f"{part}:{field}:{match[0]}",
                )


def _texts(case):
    for text in case.texts:
        yield text.part, text.field, text.name, text.sentences
    if case.memo:
        yield MEMO, "rubrik", "ärendemeningen", [case.memo.title]
        for line in case.memo.lines.all():
            field = f"{_ROWS[line.list]}-{line.pk}-text"
            yield MEMO, field, f"listan {line.get_list_display()}", [line.text]
    for entry in case.entries:
        part, name = entry.part, entry.name
        yield part, "var_del", f"texten om vår del i {name}", sentences(entry.row.contribution)
        if not entry.is_others:
            yield part, "syfte", f"syftet med {name}", sentences(entry.project.aim)
