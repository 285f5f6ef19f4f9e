"""Rows for tests, from small functions with sensible defaults."""

import datetime
import hashlib
from decimal import Decimal

from funding.models import Fund, Grant, Payout
from malmo_intl.models import Administration, Membership, User
from projects.models import Goal, GoalSet, Participation, Project
from reports.document import Document, Head, to_data
from reports.models import (
    Memo,
    Publication,
    PublicationFile,
    Question,
    ReportingYear,
    Submission,
)

PASSWORD = "ett-langt-losenord-for-prov"


def person(name, administration=None, role=None, **fields):
    """Someone who may log in as `name`@exempel.malmo.se, with at most one role."""
    user = User.objects.create_user(
        f"{name.lower()}@exempel.malmo.se", PASSWORD, name=name, **fields
    )
    if role:
        Membership.objects.create(user=user, administration=administration, role=role)
    return user


def administration(code, name, board, **fields):
    fields.setdefault("starts_on", datetime.date(2013, 1, 1))
    return Administration.objects.create(
        code=code, slug=code.lower(), name=name, board_name=board, board_code=code, **fields
    )


def goal_set(first_year=2019, last_year=None, goals=("Arbete", "Miljö")):
    made = GoalSet.objects.create(
        name=f"Mål från {first_year}", first_year=first_year, last_year=last_year
    )
    for number, name in enumerate(goals, start=1):
        Goal.objects.create(goal_set=made, number=number, name=name)
    return made


def year(number, goals=None, status=ReportingYear.Status.OPEN, questions=("Vad har ni gjort?",)):
    made = ReportingYear.objects.create(
        year=number, goal_set=goals or goal_set(number, number), status=status
    )
    for index, text in enumerate(questions, start=1):
        Question.objects.create(year=made, number=index, text=text)
    return made


def submission(reporting_year, unit, status=Submission.Status.DRAFT, **fields):
    return Submission.objects.create(
        year=reporting_year, administration=unit, status=status, **fields
    )


def fund(code="ESF", name="Europeiska socialfonden", is_eu=True):
    return Fund.objects.get_or_create(code=code, defaults={"name": name, "is_eu": is_eu})[0]


def project(name, slug=None, funded_by=None, **fields):
    fields.setdefault("starts_on", datetime.date(2019, 1, 1))
    made = Project.objects.create(name=name, slug=slug or name.lower().replace(" ", "-"), **fields)
    if funded_by:
        Grant.objects.create(project=made, fund=funded_by)
    return made


def participation(in_project, unit, role=Participation.Role.PARTNER, paid=None, **fields):
    """`paid`: {year: kronor}."""
    made = Participation.objects.create(
        project=in_project, administration=unit, role=role, **fields
    )
    for number, amount in (paid or {}).items():
        Payout.objects.create(participation=made, year=number, amount=Decimal(amount))
    return made


def memo(reporting_year, unit=None, about=None, **fields):
    fields.setdefault("title", f"Redovisning av internationellt arbete {reporting_year}")
    fields.setdefault("summary", "<p>Kort om ärendet.</p>")
    return Memo.objects.create(year=reporting_year, administration=unit, project=about, **fields)


def publication(reporting_year, kind="samlad", version=1, content=b"{}", **fields):
    """A document that says nothing, with one file."""
    document = Document(kind, f"{kind}-{reporting_year}", Head("Staden", "Prov", "Prov", 2018), ())
    fields.setdefault("reason", "Ett fel" if version > 1 else "")
    made = Publication.objects.create(
        kind=kind,
        year=reporting_year,
        version=version,
        data=to_data(document),
        sha256="0" * 64,
        published_by_name="Sam",
        **fields,
    )
    PublicationFile.objects.create(
        publication=made,
        format="json",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        engine="Python",
    )
    return made
