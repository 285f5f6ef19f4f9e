"""Kvittens: that a report was handed in, by whom, and exactly what."""

import datetime
from dataclasses import dataclass

from malmo_intl import formats
from reports.compose import parts
from reports.document import Column, Document, Grid, Head, Section, Term, Terms
from reports.figures import figures
from reports.rollup import Rollup

FIGURES = ("eu_projects", "owned", "partnered", "unique_projects", "paid", "partners")


@dataclass(frozen=True)
class Deed:
    """Somebody did something at a moment, in local time."""

    by: str
    at: datetime.datetime

    def __str__(self):
        return f"{self.by}, {moment(self.at)}"

    @property
    def short(self) -> str:
        """For a table: Rut Samordnare, 2020-01-16 14.02"""
        return f"{self.by}, {self.at:%Y-%m-%d %H.%M}"


@dataclass(frozen=True)
class HandedPart:
    title: str
    state: str
    saved: Deed | None = None


@dataclass(frozen=True)
class Warned:
    """A warning that was left, with the reason if somebody gave one."""

    sentence: str
    reason: str = ""
    by: Deed | None = None


@dataclass(frozen=True)
class Receipt:
    administration: str
    year: int
    diary_number: str
    handed_in: Deed
    signed: Deed | None
    parts: tuple[HandedPart, ...]
    warnings: tuple[Warned, ...]
    checksum: str
    decided: str = ""


def moment(at: datetime.datetime) -> str:
    """16 januari 2020 klockan 14.02"""
    return f"{formats.long_date(at.date())} klockan {at:%H.%M}"


def compose(rollup: Rollup, receipt: Receipt) -> Document:
    """`rollup` is the administration's own."""
    sections = (
        Section("inlamnad", "Inlämnad till stadskontoret", (_deeds(receipt),)),
        _figures(rollup),
        Section("delarna", "Delarna", (_parts(receipt),)),
        _warnings(receipt),
        _checksum(receipt),
    )
    return Document(
        kind="kvittens",
        identity=f"kvittens-{receipt.year}-{rollup.only.lower()}",
        head=Head(
            sender=receipt.administration,
            genre="Kvittens",
            title=f"Redovisning av internationellt arbete {receipt.year}",
            year=receipt.year,
            dated=receipt.handed_in.at.date(),
            diary_number=receipt.diary_number,
        ),
        sections=tuple(section for section in sections if section),
        draft=False,
        version=1,
    )


def _deeds(receipt) -> Terms:
    signed = (Term("Godkänd av", str(receipt.signed)),) if receipt.signed else ()
    decided = (Term("Nämndens beslut", receipt.decided),) if receipt.decided else ()
    return Terms((Term("Inlämnad av", str(receipt.handed_in)), *signed, *decided))


def _figures(rollup):
    shown = figures(rollup, *FIGURES)
    terms = tuple(Term(item.label, item.value, item.unit) for item in shown)
    return Section("siffror", "Siffrorna", (Terms(terms),)) if terms else None


def _parts(receipt) -> Grid:
    return Grid(
        key="delar",
        caption=f"Delar i redovisningen {receipt.year}",
        columns=(
            Column("del", "Del", share=5),
            Column("lage", "Läge", share=3),
            Column("sparad", "Senast sparad", share=5),
        ),
        rows=tuple(
            (part.title, part.state, part.saved.short if part.saved else "")
            for part in receipt.parts
        ),
    )


def _warnings(receipt):
    if not receipt.warnings:
        return None
    grid = Grid(
        key="varningar",
        caption="Varningar vid inlämningen, och skälen till att uppgifterna stämmer",
        columns=(
            Column("varning", "Varning", share=6),
            Column("skal", "Skäl", share=5),
            Column("av", "Av", share=4),
        ),
        rows=tuple(
            (
                item.sentence,
                item.reason or "Inget skäl är angivet.",
                item.by.short if item.by else "",
            )
            for item in receipt.warnings
        ),
    )
    return Section("varningar-och-skal", "Varningar och skäl", (grid,))


def _checksum(receipt):
    if not receipt.checksum:
        return None
    return Section(
        "kontrollsumma",
        "Kontrollsumma",
        (
            parts.paragraph(
                "Summan är räknad med sha256 på de uppgifter som lämnades in. Ändras en enda uppgift "
                "blir summan en annan."
            ),
            Terms((Term("sha256", receipt.checksum),)),
        ),
    )
