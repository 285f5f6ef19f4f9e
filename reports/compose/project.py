"""Projektets tjänsteskrivelse: a decision to apply for, extend or join one project."""

from reports import prose
from reports.addresses import of_project
from reports.compose import parts
from reports.document import Column, Document, Grid
from reports.facts import MemoFact, ProjectFact


def compose(
    memo: MemoFact,
    project: ProjectFact,
    sender: str,
    year: int,
    earlier: tuple[ProjectFact, ...] = (),
    draft: bool = True,
    code: str = "",
) -> Document:
    """The memo about `project`; `earlier` are the projects that it continues.

    `code` is the writing administration's: two may write about the same project in the same year.
    """
    # A project's memo is about no year's figures, so it has no live ones.
    words = prose.fill_memo(memo, {}).sections.get
    sections = [
        *parts.decision(memo),
        parts.text("arendet", "Ärendet", words("case", "")),
        parts.text("bakgrund", "Bakgrund", words("background", "")),
        parts.text("syfte", "Syfte", words("aim", "")),
        parts.text(
            "budget",
            "Budget och finansiering",
            words("budget", ""),
            _financing((*earlier, project)),
        ),
        parts.text("forvaltningens-kostnad", "Förvaltningens kostnad", words("cost", "")),
        parts.text(
            "forvaltningens-overvaganden",
            "Förvaltningens överväganden",
            words("considerations", ""),
        ),
        *parts.signatories(memo),
    ]
    return Document(
        kind="projekt",
        identity="-".join(filter(None, ("projekt", str(year), code.lower(), project.slug))),
        head=parts.memo_head(memo, sender, year),
        sections=tuple(section for section in sections if section),
        draft=draft,
    )


def _financing(projects) -> Grid:
    """Budget and financing per project and fund. Two measures, so two columns and no total."""
    return Grid(
        key="finansiering",
        caption="Budget och finansiering, kronor",
        columns=(
            Column("projekt", "Projekt", share=4),
            Column("period", "Period", share=4),
            Column("fond", "Fond", share=5),
            Column("budget", "Total budget", "kr", share=3),
            Column("belopp", "Sökt eller beviljat", "kr", share=3),
        ),
        rows=tuple(
            (
                project.name,
                parts.known(project.period),
                grant.fund.name,
                grant.budget,
                grant.amount,
            )
            for project in projects
            for grant in project.grants
        ),
        notes=tuple(
            f"{project.name}, {grant.fund.name}: {grant.comment}"
            for project in projects
            for grant in project.grants
            if grant.comment
        ),
        empty="Ingen finansiering är registrerad.",
        addresses=tuple(
            ("", "", "", *[of_project(project.slug)] * 2)
            for project in projects
            for _ in project.grants
        ),
    )
