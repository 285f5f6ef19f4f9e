"""Text copied from an earlier year has no old years or old figures left."""

from functools import lru_cache

from reports.checks.case import MEMO, Case
from reports.entry import copied, leftovers


def check(case: Case):
    for text, earlier, year, about in _copied(case):
        for token in _left_over(text.html, earlier, case.year):
            yield case.warning(
                copied.CODE,
                f"I {text.name} står ”{token}” kvar från {year}. Stämmer det även i år?",
                text.part,
                text.field,
                f"{about}:{token}",
            )


# Those of the texts that were compared last are kept.
_left_over = lru_cache(maxsize=512)(leftovers.find)


def _copied(case):
    """(text, the earlier one, its year, what the page of the part calls it)"""
    for text in case.texts:
        if text.part == MEMO:
            if earlier := case.earlier_memo_texts.get(text.field):
                yield text, earlier, case.earlier_memo.year, text.field
            continue
        number = int(text.part.rpartition("/")[2])
        if earlier := case.earlier_answers.get(number):
            yield text, earlier.text, earlier.submission.year, number
