"""A document that holds every kind of block, for trying a renderer without a database."""

import datetime
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.document import (
    Bar,
    Chart,
    Column,
    Document,
    Figure,
    Grid,
    Head,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Reference,
    Section,
    SumOf,
    Term,
    Terms,
    When,
)

PAID = (
    ("Hela Familjen 2.0", "ESF", "2", Decimal("1680158")),
    ("Malmö innovationsarena", "ERUF", "8", Decimal("214598")),
    ("=1+1 är ett projektnamn", "ESF", "2", Decimal("0")),
    ("Återbetalt projekt", "ERUF", "8", Decimal("-500")),
)


def payouts(key="utbetalningar"):
    return Grid(
        key=key,
        caption="Utbetalda EU-medel 2019, kronor",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("fond", "Fond", share=2),
            Column("mal", "KF-mål", "goal", share=1),
            Column("utbetalt", "Utbetalt", "kr", total=True, share=2),
        ),
        rows=PAID,
        total=("Summa", "", "", Decimal("1894256")),
        notes=("För 2 projekt saknas uppgift om utbetalning.",),
    )


def by_goal():
    return Grid(
        key="per-mal",
        caption="Utbetalt per mål 2019, kronor",
        columns=(
            Column("mal", "KF-mål", "goal", share=1),
            Column("namn", "Namn", share=4),
            Column(
                "utbetalt", "Utbetalt", "kr", True, SumOf("utbetalningar", "utbetalt", "mal"), 2
            ),
        ),
        rows=(
            ("2", "En stad för arbete och näringsliv", Decimal("1680158")),
            ("8", "En ekologiskt hållbar stad", Decimal("214098")),
        ),
        total=("Summa", "", Decimal("1894256")),
    )


def rough():
    return Grid(
        key="ungefar",
        caption="Utbetalt per förvaltning 2023, kronor",
        columns=(
            Column("forvaltning", "Förvaltning", share=4),
            Column("antal", "Antal projekt", "count", total=True, share=1),
            Column("utbetalt", "Utbetalt", "kr", total=True, share=2),
        ),
        rows=(
            ("Miljöförvaltningen", 17, Amount(Decimal(15_300_000), "ca", 100_000)),
            ("Kulturförvaltningen", 2, Amount(Decimal(360_000))),
            ("Fastighets- och gatukontoret", 1, None),
        ),
        total=("Summa", 20, Amount(Decimal(15_660_000), "ca", 100_000)),
        notes=("För en förvaltning saknas uppgift.",),
    )


PROSE = Prose(
    "<p>Förvaltningen har <strong>deltagit</strong> i <em>flera</em> projekt, se "
    '<a href="https://malmo.se/">malmo.se</a>.</p><h3>En underrubrik</h3>'
    "<ul><li>första punkten</li><li>andra punkten</li></ul><ol><li>ett</li><li>två</li></ol>"
    "<table><thead><tr><th>Vad</th><th>Antal</th></tr></thead>"
    "<tbody><tr><td>Besök</td><td>4</td></tr></tbody></table><p>Slut på avsnittet.</p>"
)


def document(*, contents=False, draft=True, chapters=2):
    """A memo; with `contents` a report of `chapters` chapters, each with every kind of block."""
    figures = (
        Figure(
            "eu_projects", "EU-projekt", 54, "count", "EU-projekt", 47, 2022, "Medverkan räknas."
        ),
        Figure(
            "paid",
            "Utbetalda EU-medel",
            Amount(Decimal(43_000_000), "ca", 1_000_000),
            "kr",
            previous=Amount(Decimal(41_000_000), "ca", 1_000_000),
            previous_year=2022,
        ),
        Figure("partners", "Samverkansparter", None, "count"),
    )
    decision = Section(
        "beslut",
        "Förslag till beslut",
        (Points(("Nämnden godkänner redovisningen.", "Nämnden skickar den vidare."), True),),
    )
    plan = Section(
        "planering",
        "Beslutsplanering",
        (
            Terms(
                (
                    Term("Nämndens arbetsutskott", datetime.date(2020, 1, 16), "date"),
                    Term("Nämnden", datetime.date(2020, 1, 30), "date"),
                )
            ),
        ),
    )

    def chapter(number):
        return Section(
            f"kapitel-{number}",
            f"Nämnd nummer {number}",
            sections=(
                Section(
                    f"kapitel-{number}-fraga-1",
                    "Vilka områden är prioriterade i det internationella arbetet?",
                    (PROSE,),
                    number=f"{number}.1",
                    sections=(
                        Section(
                            f"kapitel-{number}-projekt",
                            "Hela Familjen 2.0",
                            (
                                Terms(
                                    (
                                        Term("Fond", "Europeiska socialfonden (ESF)"),
                                        Term("Period", "januari 2017 – februari 2019"),
                                        Term(
                                            "Slutseminarium",
                                            When(datetime.date(2019, 2, 1), "month"),
                                            "date",
                                        ),
                                    )
                                ),
                            ),
                            number=f"{number}.1.1",
                            in_contents=False,
                        ),
                    ),
                ),
                Section(
                    f"kapitel-{number}-fraga-2",
                    "Hur sprids projektens resultat?",
                    (Notice("Rapportering har ej inkommit.", "missing"),),
                    number=f"{number}.2",
                ),
            ),
            number=str(number),
            opens_page=True,
        )

    tables = Section(
        "tabeller",
        "Utbetalda EU-medel",
        (
            KeyFigures(figures),
            Chart(
                "diagram",
                "Hela Familjen 2.0 fick mest: 1,7 av 1,9 miljoner kronor",
                "Liggande staplar över fyra projekt. Hela Familjen 2.0 fick mest.",
                "kr",
                tuple(Bar(name, paid) for name, _, _, paid in PAID[:2]),
                "utbetalningar",
            ),
            payouts(),
            by_goal(),
            rough(),
        ),
    )
    chapters = tuple(chapter(number) for number in range(1, chapters + 1)) if contents else ()
    return Document(
        kind="samlad" if contents else "forvaltning",
        identity="exempel-2019",
        head=Head(
            sender="Arbetsmarknads- och socialförvaltningen",
            genre="Redovisning" if contents else "Tjänsteskrivelse",
            title="Redovisning av internationellt arbete 2019",
            year=2019,
            dated=datetime.date(2020, 1, 5),
            diary_number="ASN-2019-17886",
            reference=Reference(
                title="Planeringssekreterare", email="asf.eu@exempel.malmo.se", phone="040-00 00 00"
            ),
        ),
        sections=(
            Section("sammanfattning", "Sammanfattning", (PROSE,)),
            decision,
            plan,
            tables,
            *chapters,
        ),
        figures=figures,
        appendix=(payouts("underlag"),),
        draft=draft,
        contents=contents,
    )
