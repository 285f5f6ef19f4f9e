"""Which version of each nämnd's report the city's documents are made from."""

from reports.document import Column, Grid, Section
from reports.facts import SubmissionFact
from reports.rollup import Rollup

SHORT = 12  # the first characters of a checksum tell versions apart
LATE = "Ej inkommen"
NOTE = (
    f"Versionen är de {SHORT} första tecknen i redovisningens kontrollsumma. Hela summan står i "
    "förvaltningens kvittens."
)


def section(rollup: Rollup) -> tuple[Section, ...]:
    """The chain from nämnd to city: handed in when, in which version, decided when and in which §."""
    if not rollup.submissions:
        return ()
    return (Section("anvanda-versioner", "Underlag", (_grid(rollup),)),)


def _grid(rollup):
    return Grid(
        key="versioner",
        caption=f"Redovisningar som ligger till grund för {rollup.year}",
        columns=(
            Column("namnd", "Nämnd", share=5),
            Column("inlamnad", "Inlämnad", "date", share=2),
            Column("version", "Version", share=3),
            Column("beslut", "Nämndens beslut", "date", share=3),
            Column("paragraf", "Paragraf", share=2),
        ),
        rows=tuple(_row(rollup, submission) for submission in rollup.submissions),
        notes=(NOTE,) if any(item.checksum for item in rollup.submissions) else (),
        short="Underlag",
    )


def _row(rollup, submission: SubmissionFact):
    board = rollup.facts.administration(submission.administration).board_name
    if not submission.received:
        return (board, LATE, "", "", "")
    paragraph = submission.paragraph.removeprefix("§").strip()
    return (
        board,
        submission.handed_in,
        submission.checksum[:SHORT] or None,
        submission.decided_on,
        f"§ {paragraph}" if paragraph else None,
    )
