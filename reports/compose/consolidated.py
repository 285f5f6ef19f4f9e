"""Samlad redovisning: the city's year and every nämnd's answers, as one report."""

from dataclasses import replace
from string import ascii_uppercase

from malmo_intl import formats
from reports import prose
from reports.compose import city, grids, parts, quality, versions
from reports.compose.marks import with_marks
from reports.document import Column, Document, Grid, Head, Notice, Section
from reports.facts import SubmissionFact
from reports.figures import figures
from reports.live import Live
from reports.live_names import unit_key
from reports.rollup import Rollup
from reports.rules import answer_state

FIVE_FIGURES = ("eu_projects", "project_value", "paid", "partners", "visitors")


def compose(rollup: Rollup, draft: bool = True) -> Document:
    """The consolidated report; `rollup` is the whole city's. Chapters in Swedish order of nämnd."""
    first = _city_chapter(rollup, 1)
    chapters = [
        _chapter(rollup, submission, number)
        for number, submission in enumerate(rollup.submissions, start=2)
    ]
    opening = Section(
        "siffrorna-i-korthet",
        "Siffrorna i korthet",
        (
            *parts.key_figures(_five_figures(rollup)),
            *city.coverage_notice(rollup),
            *city.money_coverage_notice(rollup),
            *city.chart(
                grids.projects_by_administration(rollup),
                "diagram-projekt",
                "count",
                "deltar i flest EU-projekt",
            ),
        ),
        opens_page=True,
    )
    document = Document(
        kind="samlad",
        identity=f"samlad-{rollup.year}",
        head=Head(
            sender=city.SENDER,
            genre="Samlad redovisning",
            title=f"Malmö stads internationella arbete {rollup.year}",
            subtitle="Redovisning från stadens nämnder",
            year=rollup.year,
        ),
        sections=(opening, first, *chapters, *_appendix(rollup)),
        figures=figures(rollup, *FIVE_FIGURES, "owned", "partnered", "unique_projects"),
        draft=draft,
        contents=True,
    )
    return with_marks(document, Live(rollup))


def _five_figures(rollup):
    """Why print and rows differ is said by the notices; a correction is said beside its figure."""
    for figure in figures(rollup, *FIVE_FIGURES):
        now, before = rollup.figure(figure.name), rollup.figure_before(figure.name)
        yield figure if now.corrected or before.corrected else replace(figure, note="")


def _city_chapter(rollup, number):
    """Malmö stad: a summary of the whole and of each question, then the year's tables."""
    live = Live(rollup)
    texts = {number: prose.fill(text, live) for number, text in rollup.facts.city_texts.items()}
    topics = [("sammanfattning", "Sammanfattning", texts.get(0, ""))]
    topics += [
        (f"stad-fraga-{question.number}", question.text, texts.get(question.number, ""))
        for question in rollup.facts.questions
    ]
    sections = [parts.text(*topic) for topic in topics]
    sections.append(_tables(rollup))
    return _numbered(
        Section(
            "malmo-stad", "Malmö stad", sections=tuple(filter(None, sections)), opens_page=True
        ),
        str(number),
    )


def _tables(rollup):
    by_goal = grids.by_goal(rollup)
    money = (grids.money_by_administration(rollup), by_goal, grids.by_fund(rollup))
    shown = money if any(grid.rows for grid in (money[0], money[2])) else (by_goal,)
    return Section(
        "tabeller",
        "Årets siffror",
        (
            parts.told(city.counts_told(rollup), city.paid_told(rollup)),
            grids.projects_by_administration(rollup),
            *(block for grid in shown for block in city.with_bars(grid)),
            *city.reconciliation(rollup),
        ),
    )


def _chapter(rollup, submission: SubmissionFact, number: int):
    administration = rollup.facts.administration(submission.administration)
    key = administration.code.lower()
    if not submission.received:
        # Counting rule 10: a state, said once.
        blocks, sections = (Notice(parts.NOT_RECEIVED, "missing"),), ()
    else:
        live = Live(rollup).of(administration.code)
        submission = prose.fill_answers(submission, live, within=unit_key(administration.code))
        blocks, sections = (), tuple(_answers(rollup, submission, key))
    return _numbered(
        Section(key, administration.board_name, blocks, sections, opens_page=True), str(number)
    )


def _answers(rollup, submission, key):
    administration = rollup.facts.administration(submission.administration)
    name = formats.in_sentence(administration.name)
    mine = [part for part in rollup.parts if part.administration == submission.administration]
    for question in rollup.facts.questions:
        answer = submission.answer(question.number)
        blocks = parts.answer_blocks(answer_state(submission, answer), answer)
        if question.lists_projects and mine:
            caption = f"Projekt som {name} redovisar för {rollup.year}"
            blocks += (_own_projects(mine, f"{key}-projekt", caption, administration.code),)
        yield Section(f"{key}-fraga-{question.number}", question.text, blocks)


def _own_projects(mine, key, caption, code):
    return Grid(
        key=key,
        caption=caption,
        short=f"Projekt {code}",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("roll", "Roll", share=2),
            Column("fond", "Fond", share=2),
            Column("period", "Period", share=4),
        ),
        rows=tuple(
            (
                part.project.name,
                grids.role_of(part),
                grids.funds_of(part),
                parts.known(part.period),
            )
            for part in mine
        ),
    )


def _appendix(rollup) -> tuple[Section, ...]:
    caption = f"Medverkan i projekt {rollup.year}, alla förvaltningar"
    received = [submission for submission in rollup.submissions if submission.received]
    sections = (
        Section(
            "alla-projekt",
            "Alla projekt",
            (grids.projects(rollup, rollup.parts, caption=caption),),
        ),
        Section("alla-utbetalningar", "Alla utbetalningar", (grids.raw(rollup),)),
        Section(
            "alla-aktiviteter",
            "Studiebesök, jobbmässor och konferenser",
            (grids.activities(rollup, received, names=True),),
        ),
        Section("alla-natverk", "Internationella nätverk", (grids.networks(rollup, received),)),
        Section("rakneregler", "Så har siffrorna räknats", (parts.counting_rules(),)),
        Section("datakvalitet", "Datakvalitet", tuple(quality.blocks(rollup))),
        *versions.section(rollup),
    )
    lettered = (
        replace(section, number=letter)
        for letter, section in zip(ascii_uppercase, sections, strict=False)
    )
    return (Section("bilagor", "Bilagor", sections=tuple(lettered), opens_page=True),)


def _numbered(section: Section, number: str, levels: int = 3) -> Section:
    """The section with generated numbers: 2, 2.1, 2.1.1."""
    return Section(
        section.key,
        section.heading,
        section.blocks,
        tuple(
            _numbered(child, f"{number}.{index}", levels - 1)
            for index, child in enumerate(section.sections, start=1)
        )
        if levels > 1
        else section.sections,
        number,
        section.opens_page,
        section.in_contents,
    )
