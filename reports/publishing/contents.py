"""What a publication of a year holds: every document, composed from one reading of the database."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import F
from django.urls import reverse

from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from projects.models import Project
from reports import prose
from reports.collect import collect, collect_memo
from reports.collect_past import collect_past
from reports.compose import administration as administration_memo
from reports.compose import city, consolidated, overview
from reports.document import Document, to_data
from reports.documents import memo_about, project_facts, site, unwritten_memo
from reports.models import Memo, Publication, ReportingYear, Submission
from reports.models.publication import DocumentKind, title_of
from reports.rollup import Rollup, roll_up
from reports.turns import sum_in, turns


@dataclass(frozen=True)
class Item:
    """A document to be published, and the chain behind it. Without administration it is the city's."""

    kind: DocumentKind
    title: str
    document: Document
    sources: tuple[dict, ...] = ()
    administration: Administration | None = None
    project: Project | None = None

    @property
    def about(self) -> tuple:
        """What the versions of a document share."""
        return (self.kind.value, *(row.pk if row else None for row in self._rows))

    @property
    def _rows(self):
        return (self.administration, self.project)

    @property
    def url(self) -> str:
        """Of the document as it would be published, to read before it is."""
        slugs = (("administration", self.administration), ("project", self.project))
        about = {name: row.slug for name, row in slugs if row}
        address = {"year": self.document.head.year, "kind": self.kind.value, **about}
        return reverse("document", kwargs=address)

    @property
    def has_gone_figure(self) -> bool:
        """Whether a text has a live figure that no longer exists."""
        return prose.GONE.encode() in canonical(to_data(self.document))

    def as_version(self, number: int, at: str | None = None) -> Document:
        """`at`: the site that its files lead to; None for today's."""
        site_then = site() if at is None else at
        return replace(self.document, draft=False, version=number, site=site_then)

    def checksum(self, version: int, at: str | None = None) -> str:
        """sha256 of the document's data as that version."""
        return sha256(canonical(to_data(self.as_version(version, at))))


@dataclass(frozen=True)
class Contents:
    """All that a year publishes. `rollup`: the city's figures, which are published with it."""

    items: tuple[Item, ...]
    rollup: Rollup

    @property
    def checksum(self) -> str:
        """Of everything, whatever its versions and wherever its links lead: two that are equal would publish
        the same."""
        sums = [(item.about, item.checksum(0, ""), item.sources) for item in self.items]
        return sha256(canonical(sums))


def canonical(data) -> bytes:
    """JSON in the one form that checksums are made of: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def contents(year: ReportingYear, reason: str = "") -> Contents:
    """Every document of the year as it would be published now, the city's first.

    `reason`: why a year that is being corrected gets a new version. The queries are as many for any
    number of administrations and projects.
    """
    rollup = roll_up(collect(year, reason=reason))
    chain = sources(year)
    memos = list(_memos(year))
    items = [
        *_of_the_city(year, rollup, memos, chain),
        *_of_administrations(year, rollup, memos, chain),
    ]
    return Contents((*items, *_of_projects(year, memos, chain)), rollup)


def _memos(year):
    return (
        Memo.objects.filter(year=year)
        .select_related("year", "administration", "project")
        .prefetch_related("lines", "schedule", "sections")
    )


def _of_the_city(year, rollup, memos, chain) -> Iterator[Item]:
    everyone = tuple(chain.values())

    def item(kind, document):
        return Item(kind, title_of(kind, year), document, everyone)

    if chain:
        yield item(DocumentKind.CONSOLIDATED, consolidated.compose(rollup))
    for memo in memos:
        if memo.administration is None:
            yield item(DocumentKind.CITY, city.compose(rollup, collect_memo(memo)))
    if chain:
        yield item(DocumentKind.OVERVIEW, overview.compose(rollup, collect_past()))


def _of_administrations(year, rollup, memos, chain) -> Iterator[Item]:
    """Of those that handed in; one that never wrote its memo has its figures and answers in it."""
    written = {memo.administration_id: memo for memo in memos if memo.project is None}
    kind = DocumentKind.ADMINISTRATION
    for unit in _received(year):
        memo = written.get(unit.pk)
        words = collect_memo(memo) if memo else unwritten_memo(year)
        document = administration_memo.compose(roll_up(rollup.facts, unit.code), words, unit.code)
        yield Item(kind, title_of(kind, year, unit), document, (chain[unit.code],), unit)


def _of_projects(year, memos, chain) -> Iterator[Item]:
    about = [
        memo
        for memo in memos
        if memo.project and chain.get(memo.administration.code, {}).get("received")
    ]
    facts = project_facts({pk for m in about for pk in (m.project_id, m.project.continues_id)})
    kind = DocumentKind.PROJECT
    for memo in sorted(about, key=lambda memo: sort_key(memo.project.name)):
        unit = memo.administration
        title = title_of(kind, year, unit, memo.project)
        document = memo_about(memo, memo.project, facts)
        yield Item(kind, title, document, (chain[unit.code],), unit, memo.project)


def _received(year) -> list[Administration]:
    rows = year.submissions.filter(status__in=Submission.RECEIVED).select_related("administration")
    return sorted((row.administration for row in rows), key=lambda unit: sort_key(unit.name))


def sources(year: ReportingYear) -> dict[str, dict]:
    """The chain by administration's code: which version was handed in, and what the nämnd decided.

    Plain data that JSON knows, for ever. Two queries.
    """
    rows = sorted(
        year.submissions.select_related("administration"),
        key=lambda row: sort_key(row.administration.board_name),
    )
    found = turns(rows)
    return {row.administration.code: _source(row, found[row.pk].handed_in) for row in rows}


def _source(row, handed_in) -> dict:
    received = row.status in Submission.RECEIVED
    return {
        "administration": row.administration.code,
        "name": row.administration.name,
        "board": row.administration.board_name,
        "received": received,
        "handed_in_at": handed_in.at.isoformat() if received and handed_in else "",
        "checksum": sum_in(handed_in) if received else "",
        "decided_on": row.decided_on.isoformat() if received and row.decided_on else "",
        "paragraph": row.decision_paragraph if received else "",
    }


def changed(year: ReportingYear, items) -> list[tuple[Item, int]]:
    """Those that differ from what is published, with the number of their next version. That this system has
    moved to another site is no difference. One query."""
    published = Publication.objects.filter(year=year).light().annotate(site=F("data__site"))
    latest = {row.about: row for row in published.order_by("version")}
    wanted = []
    for item in items:
        last = latest.get(item.about)
        if last is None:
            wanted.append((item, 1))
        elif item.checksum(last.version, last.site) != last.sha256:
            wanted.append((item, last.version + 1))
    return wanted
