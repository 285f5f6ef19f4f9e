"""CPU time of reading one administration's report, ten times the size of the known years:

    python -m tests.reports.reading.speed

Thirty answers of 300 words each, 80 projects of the year and as many of earlier ones. Needs no database. The
first line tells how fast the machine is just now, so that two runs can be compared.
"""

import random
import time
from decimal import Decimal
from statistics import median

from reports.facts import MeasureFact, Part, PayoutFact
from reports.reading import known_of, readings
from reports.reading.repeated import repeated
from tests.reports.reading.kit import project, rollup

ANSWERS, PROJECTS, TIMES = 30, 160, 9
WORDS = [
    "förvaltningen",
    "har",
    "under",
    "året",
    "deltagit",
    "i",
    "flera",
    "projekt",
    "och",
    "nätverk",
    "tillsammans",
    "med",
    "andra",
    "städer",
    "för",
    "att",
    "utveckla",
    "arbetet",
    "hållbarhet",
    "barn",
    "unga",
    "kultur",
    "miljö",
    "energi",
    "lärande",
    "besök",
    "från",
    "till",
]
SAID = (
    "8 projekt", "1 265 besökare", "4 029 253 kronor", "cirka 43 miljoner kronor", "åtta deltagare", "under 2024",
    "40–60 %", "tre projekt",
)  # fmt: skip


def main():
    chance = random.Random(1)  # noqa: S311 (the same texts every time)
    made = rollup("MF", parts=tuple(_parts(chance)))
    texts = {str(number): _answer(chance) for number in range(ANSWERS)}
    known = known_of(made, "MF")
    print(f"{'a million additions':30} {_time(lambda: sum(range(10**6))):6.1f} ms")
    print(f"{'what is known':30} {_time(lambda: known_of(made, 'MF')):6.1f} ms")
    read = _time(lambda: [readings(html, known) for html in texts.values()])
    found = sum(len(readings(html, known)) for html in texts.values())
    print(f"{f'reading, {found} numbers':30} {read:6.1f} ms")
    print(f"{'passages that stand twice':30} {_time(lambda: list(repeated(texts))):6.1f} ms")


def _parts(chance):
    for number in range(PROJECTS):
        year = 2024 if number % 2 else 2022
        measures = (MeasureFact(False, "Deltagare", Decimal(chance.randint(10, 900)), "personer"),)
        paid = PayoutFact(year, Decimal(chance.randint(10_000, 9_000_000)))
        yield Part(project(f"Projekt{number} gatan", measures=measures), "MF", payouts=(paid,))


def _answer(chance) -> str:
    paragraphs = (" ".join(_sentence(chance) for _ in range(5)) for _ in range(4))
    return "".join(f"<p>{words}</p>" for words in paragraphs)


def _sentence(chance) -> str:
    said = [chance.choice(WORDS) for _ in range(15)]
    if chance.random() < 0.25:
        said[5] = f"Projekt{chance.randrange(PROJECTS)} gatan"
    if chance.random() < 0.3:
        said[8] = chance.choice(SAID)
    return f"{' '.join(said).capitalize() if chance.random() < 0.5 else 'Vi ' + ' '.join(said)}."


def _time(work) -> float:
    """Median of TIMES, in milliseconds of this process's CPU time."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
