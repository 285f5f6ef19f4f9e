"""Förvaltningens tjänsteskrivelse: the memo on which a nämnd decides its year."""

from malmo_intl import formats
from reports import prose
from reports.compose import grids, parts
from reports.compose.marks import live, with_marks
from reports.document import Document, Points, Section
from reports.facts import AdministrationFact, MemoFact, SubmissionFact
from reports.figures import figures
from reports.live import Live
from reports.rollup import Rollup
from reports.rules import answer_state

PERSPECTIVES = (
    ("economy", "ekonomiska-konsekvenser", "Ekonomiska konsekvenser"),
    ("equality", "jamstalldhetsperspektivet", "Jämställdhetsperspektivet"),
    ("children", "barnrattsperspektivet", "Barnrättsperspektivet"),
    ("considerations", "forvaltningens-overvaganden", "Förvaltningens överväganden"),
)


def compose(rollup: Rollup, memo: MemoFact, code: str, draft: bool = True) -> Document:
    """The memo of the administration `code`; `rollup` is that administration's own."""
    figures_now = Live(rollup)
    memo = prose.fill_memo(memo, figures_now)
    administration = rollup.facts.administration(code)
    submission = rollup.facts.submission(code)
    if submission:
        submission = prose.fill_answers(submission, figures_now)
    sections = [
        *parts.decision(memo),
        _case(rollup, memo),
        parts.text(
            "internationellt-arbete",
            f"Förvaltningens internationella arbete {rollup.year}",
            memo.sections.get("work", ""),
        ),
        _money(rollup, administration),
        Section("samverkan", "Samverkansparter", (grids.partners(rollup),)),
        parts.points(
            "natverk", "Internationella nätverk", submission.networks if submission else ()
        ),
        *(_answers(rollup, submission) if submission else ()),
        _activities(rollup, submission),
        *(
            parts.text(key, heading, memo.sections.get(name, ""))
            for name, key, heading in PERSPECTIVES
        ),
        *parts.signatories(memo),
    ]
    document = Document(
        kind="forvaltning",
        identity=f"forvaltning-{rollup.year}-{code.lower()}",
        head=parts.memo_head(memo, administration.name, rollup.year),
        sections=tuple(section for section in sections if section),
        figures=figures(
            rollup, "eu_projects", "owned", "partnered", "unique_projects", "paid", "partners"
        ),
        appendix=(grids.projects(rollup, rollup.parts), grids.raw(rollup)),
        draft=draft,
    )
    return with_marks(document, figures_now)


def _case(rollup, memo):
    """The matter, with the year's questions listed."""
    questions = Points(tuple(question.text for question in rollup.facts.questions))
    listed = (
        (
            parts.paragraph(
                "Förvaltningen har redovisat sitt internationella arbete utifrån följande frågor:"
            ),
            questions,
        )
        if questions.items
        else ()
    )
    return parts.text("arendet", "Ärendet", memo.sections.get("case", ""), *listed)


def _money(rollup, administration: AdministrationFact):
    """Where nothing is known of what was paid the table alone says so."""
    payouts = grids.payouts(rollup, administration.code)
    told, by_goal = (), ()
    if rollup.rows:
        told = (parts.told(_paid_told(rollup, administration)),)
        by_goal = (Section("utbetalt-per-mal", "Utbetalt per mål", (grids.by_goal(rollup),)),)
    return Section(
        "utbetalda-eu-medel", f"Utbetalda EU-medel {rollup.year}", (*told, payouts), by_goal
    )


def _paid_told(rollup, administration):
    rows = len(rollup.paid_parts)
    zero = any(rollup.paid_to(part) == 0 for part in rollup.paid_parts)
    return (
        f"Under {rollup.year} betalades {live('utbetalt', formats.number(rollup.paid.amount))} kronor i "
        f"EU-medel ut till {parts.escape(formats.in_sentence(administration.name))}. "
        f"Tabellen har {formats.count_word(rows, neuter=False)} {'rad' if rows == 1 else 'rader'}"
        f"{'; 0 betyder att inget betalades ut' if zero else ''}."
    )


def _answers(rollup, submission: SubmissionFact):
    """The year's questions as headings; projects stand under the question that asks for results."""
    for question in rollup.facts.questions:
        answer = submission.answer(question.number)
        key = f"fraga-{question.number}"
        yield Section(
            key,
            question.text,
            parts.answer_blocks(answer_state(submission, answer), answer),
            parts.projects_by_role(rollup.parts, rollup.year, key)
            if question.lists_projects
            else (),
        )


def _activities(rollup, submission):
    if not (submission and submission.activities):
        return None
    return Section(
        "besok-och-massor",
        "Studiebesök, jobbmässor och konferenser",
        (grids.activities(rollup, [submission]),),
    )
