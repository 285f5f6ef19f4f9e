"""The parts that the documents share: head, decision, projects, text."""

from malmo_intl import formats, richtext
from malmo_intl.formats import Amount
from reports.addresses import of_figure
from reports.behind import Cut
from reports.document import (
    Head,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Reference,
    Section,
    Term,
    Terms,
)
from reports.facts import MemoFact, Part
from reports.rules import RULES, AnswerState

NOT_RECEIVED = "Rapportering har ej inkommit."


def memo_head(memo: MemoFact, sender: str, year: int) -> Head:
    name, title, email, phone = memo.reference
    return Head(
        sender=sender,
        genre="Tjänsteskrivelse",
        title=memo.title,
        year=year,
        dated=memo.dated,
        diary_number=memo.diary_number,
        reference=Reference(name, title, email, phone),
    )


def decision(memo: MemoFact) -> tuple[Section, ...]:
    """What stands before the matter itself: summary, decision, basis, schedule, recipients."""
    lead = (paragraph(memo.decision_lead),) if memo.decision_lead else ()
    sections = [
        text("sammanfattning", "Sammanfattning", memo.summary),
        Section(
            "forslag-till-beslut",
            "Förslag till beslut",
            (*lead, _decisions(memo)),
        ),
        points("beslutsunderlag", "Beslutsunderlag", memo.basis),
        Section(
            "beslutsplanering",
            "Beslutsplanering",
            (Terms(tuple(Term(body, day, "date") for body, day in memo.schedule)),),
        )
        if memo.schedule
        else None,
        points("beslutet-skickas-till", "Beslutet skickas till", memo.recipients),
    ]
    return tuple(section for section in sections if section)


def _decisions(memo: MemoFact):
    if not memo.decisions:
        return Notice("Beslutspunkterna är inte skrivna.", "missing")
    return Points(memo.decisions, numbered=True)


def signatories(memo: MemoFact) -> tuple[Section, ...]:
    lines = tuple(f"{name}, {title}" if title else name for name, title in memo.signatories)
    section = points("ansvariga", "Ansvariga", lines)
    return (section,) if section else ()


def text(key: str, heading: str, html: str, *more) -> Section | None:
    """A section of prose; None when there is nothing to say."""
    blocks = (Prose(html),) if html and not richtext.is_blank(html) else ()
    blocks += more
    return Section(key, heading, blocks) if blocks else None


def points(key: str, heading: str, items) -> Section | None:
    return Section(key, heading, (Points(tuple(items)),)) if items else None


def paragraph(*sentences: str) -> Prose:
    """Generated sentences as one paragraph. They hold no markup."""
    return told(*map(escape, sentences))


def told(*sentences: str) -> Prose:
    """Generated sentences with live figures (`marks.live`) as one paragraph."""
    return Prose(f"<p>{' '.join(filter(None, sentences))}</p>")


def escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def answer_blocks(state: AnswerState, answer) -> tuple:
    """An answer as it stands, or its state when there is none."""
    if state is AnswerState.ANSWERED:
        return (Prose(answer.text),)
    if state is AnswerState.NOTHING:
        return (Notice(f"Inget att rapportera. {answer.reason}".strip(), "nothing"),)
    if state is AnswerState.NOT_RECEIVED:
        return (Notice(NOT_RECEIVED, "missing"),)
    return (Notice("Frågan är inte besvarad.", "missing"),)


def known(words: str) -> str | None:
    """None for what the facts put in words as missing: the renderers draw it alike everywhere."""
    return None if words in ("", formats.MISSING) else words


def project_terms(part: Part, year: int) -> Terms:
    """What a reader wants to know of a project: fund, period, owner, targets and results.

    Each target and each result has a line of its own.
    """
    project = part.project
    funds = formats.join_words(grant.fund.name for grant in project.grants)
    targets = [_measure(item) for item in project.measures if item.is_target]
    results = [_measure(item) for item in project.measures if not item.is_target]
    terms = [
        Term("Fond", funds or None),
        Term("Period", known(part.period)),
        Term("Projektägare", project.owner or None),
    ]
    payout = part.payout(year)
    if payout:
        cut = Cut(part.administration, project=project.slug)
        address = of_figure(year, "paid", cut)
        terms.append(Term(f"Utbetalt {year}", payout.amount, "kr", address))
    if targets:
        terms.append(Term("Mål", "\n".join(targets)))
    if results:
        terms.append(Term("Resultat", "\n".join(results)))
    return Terms(tuple(terms))


def _measure(item) -> str:
    value = formats.amount(Amount(item.value, item.qualifier)).strip()
    return f"{item.what}: {value} {item.unit}".strip()


def project_section(part: Part, year: int, prefix: str) -> Section:
    words = [paragraph(line) for line in (part.project.aim, part.contribution) if line]
    return Section(
        f"{prefix}-{part.project.slug}",
        part.project.name,
        (*words, project_terms(part, year)),
        in_contents=False,
    )


def projects_by_role(parts, year: int, prefix: str) -> tuple[Section, ...]:
    """Projects grouped as owned and as partner in; a group without projects is left out."""
    groups = (
        ("agare", "Projekt där förvaltningen är projektägare", [p for p in parts if p.is_owner]),
        ("part", "Projekt där förvaltningen är projektpart", [p for p in parts if not p.is_owner]),
    )
    return tuple(
        Section(
            f"{prefix}-{key}",
            heading,
            sections=tuple(project_section(part, year, f"{prefix}-{key}") for part in mine),
            in_contents=False,
        )
        for key, heading, mine in groups
        if mine
    )


def counting_rules() -> Points:
    """The counting rules that the figures follow, in their order."""
    return Points(tuple(RULES[number] for number in sorted(RULES)), numbered=True)


def key_figures(figures) -> tuple[KeyFigures, ...]:
    figures = tuple(figures)
    return (KeyFigures(figures),) if figures else ()
