"""Every answer under its question and its administration; every other word among the leftovers."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.importing.blocks import from_text
from reports.importing.placing import Question, State, Unit, place

QUESTIONS = (
    Question(1, "Förvaltningarnas prioriterade områden i det internationella arbetet"),
    Question(2, "Hur har beviljade EU-medel medfört att förvaltningarnas målsättningar uppnåtts?"),
    Question(3, "Redogör kort för det internationella arbetet på förvaltningen under året."),
)
UNITS = (
    Unit("MF", ("Miljöförvaltningen", "Miljönämnden", "MF")),
    Unit("KULF", ("Kulturförvaltningen", "Kulturnämnden", "KULF")),
)


def placed(text, only=None):
    return place(from_text(text), QUESTIONS, UNITS, only)


def where(plan):
    return [(piece.administration, piece.question, piece.words) for piece in plan.answers]


@pytest.mark.parametrize(
    "heading",
    [
        "## Hur har beviljade EU-medel medfört att förvaltningarnas målsättningar uppnåtts?",
        "#### **2.1.5 Hur har beviljade EU-medel medfört att förvaltningarnas målsättningar uppnåtts?**",
        "# Hur beviljade EU-medel medfört att förvaltningarnas målsättningar uppnåtts",
        "# HUR HAR BEVILJADE EU-MEDEL MEDFÖRT ATT FÖRVALTNINGENS MÅLSÄTTNINGAR UPPNÅTTS",
    ],
)
def test_a_question_is_known_though_numbered_or_worded_a_little_differently(heading):
    assert where(placed(f"{heading}\n\nBra.", "MF")) == [("MF", 2, "Bra.")]


def test_a_question_on_a_line_of_its_own_needs_no_mark():
    text = "Redogör kort för det internationella arbetet på förvaltningen under året\n\nMycket."
    assert where(placed(text, "MF")) == [("MF", 3, "Mycket.")]


def test_a_heading_within_an_answer_stays_in_it():
    plan = placed(
        "# Redogör kort för det internationella arbetet på förvaltningen under året.\n\n## Resor\n\nTill Lusaka.",
        "MF",
    )
    (piece,) = plan.answers
    assert piece.html == "<h3>Resor</h3><p>Till Lusaka.</p>"


def test_chapters_give_each_administration_its_answers():
    question = f"### {QUESTIONS[0].text}"
    plan = placed(
        f"# 10 Miljönämnden\n\n{question}\n\nHavet.\n\n# 9 Kulturnämden\n\n{question}\n\nScenen."
    )
    assert where(plan) == [("MF", 1, "Havet."), ("KULF", 1, "Scenen.")]


def test_what_matched_nothing_is_left_over_with_its_words():
    plan = placed("Ett förord.\n\n# Om oss\n\nVi finns.", "MF")
    assert [piece.words for piece in plan.texts] == ["Ett förord.", "Vi finns."]


def test_of_a_question_that_stands_twice_the_number_decides():
    heading = QUESTIONS[1].text
    plan = placed(
        f"# 2 Miljönämnden\n\n### 2.1 {QUESTIONS[0].text}\n\nHav.\n\n### 1.1 {heading}\n\nNej.\n\n### 2.2 {heading}\n\nJa."
    )
    assert where(plan) == [("MF", 1, "Hav."), ("MF", 2, "Ja.")]
    assert [(piece.words, piece.number) for piece in plan.texts] == [("Nej.", "1.1")]
    assert "två gånger" in plan.texts[0].remark


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Inget att rapportera.", State.NOTHING),
        ("Förvaltningen bedrev under 2019 inga egna EU-finansierade projekt.", State.NOTHING),
        ("Vi hade inga egna projekt, men deltog i flera.", State.ANSWERED),
        ("Inga resor. Däremot tre besök.", State.ANSWERED),
        ("Rapportering har ej inkommit", State.NOT_RECEIVED),
        ("", State.EMPTY),
        ("Vi reste.", State.ANSWERED),
    ],
)
def test_the_state_of_an_answer_is_read_from_its_words(text, state):
    (piece,) = placed(f"# {QUESTIONS[0].text}\n\n{text}", "MF").answers
    assert piece.state == state


lines = some.lists(
    some.sampled_from(
        ["# Miljönämnden", "# Kulturnämnden", "## Något annat", "ett", "två", "- tre"]
        + [f"## {question.text}" for question in QUESTIONS]
    ),
    max_size=20,
)


@given(lines)
def test_every_text_ends_up_in_exactly_one_place(lines):
    found = from_text("\n\n".join(lines))
    plan = place(found, QUESTIONS, UNITS)
    texts = [block for block in found if not block.is_heading]
    kept = [block for piece in (*plan.answers, *plan.leftovers) for block in piece.blocks]
    assert sorted(block.line for block in kept if not block.is_heading) == [
        block.line for block in texts
    ]
