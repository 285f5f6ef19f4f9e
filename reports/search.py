"""Searching projects, answers and documents, limited to what a person may see. Alike on both databases.

Every word of the search must be found. Words are compared without inflection; when nothing has them whole, words
that begin with them will do. What is hidden is neither found nor counted.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from malmo_intl import prose
from malmo_intl.formats import join_words, normalise, sort_key
from malmo_intl.words import Sought, snippet, sought
from projects.models import Project, ProjectAlias
from reports.document import from_data
from reports.lookback.questions import readable
from reports.models import Answer, Memo, MemoSection, Publication
from reports.models.publication import DocumentKind, title_of
from reports.publishing.words import texts
from reports.shown import Shown

LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """`about`: where it is from, in a few words. `pieces`: some of its text, (text, whether it was sought)."""

    title: str
    url: str
    about: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Group:
    """All that was found of a kind. `names` are the rows; `draw` makes hits of some of them."""

    key: str
    title: str
    names: tuple
    draw: Callable[[list], list[Hit]]

    @property
    def count(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Found:
    groups: tuple[Group, ...]
    unfinished: bool = False

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    def group(self, key: str) -> Group | None:
        return next((group for group in self.groups if group.key == key), None)


def search(user, text: str) -> Found:
    """What `user` may see that has every word of `text`."""
    text = text[:LONGEST]
    found = _find(user, text, sought(text))
    if found.count:
        return found
    wanted = sought(text, unfinished=True)
    return _find(user, text, wanted, unfinished=True) if wanted else found


def _find(user, text, wanted: list[Sought], unfinished=False) -> Found:
    if not wanted:
        return Found(())
    return Found(
        (
            Group("projekt", "Projekt", _projects(text), _draw_projects),
            Group("svar", "Svar", _answers(user, wanted), lambda some: _draw_answers(some, wanted)),
            Group(
                "dokument",
                "Dokument",
                (*_publications(user, wanted), *_memos(user, wanted)),
                lambda some: _draw_documents(some, wanted),
            ),
        ),
        unfinished,
    )


def _all(wanted, found: Callable[[str], Q]) -> Q:
    condition = Q()
    for item in wanted:
        condition &= found(item.needle)
    return condition


# --- Projects: the register is for everyone who may log in -----------------------------------------


def _projects(text) -> tuple:
    """By name and other names: each word somewhere in them, as in the register, or without its inflection."""
    condition = Q()
    for word in normalise(text.replace("*", " ")).split()[:10]:
        forms = {word, *(item.stem for item in sought(word) if len(item.stem) > 2)}
        one = Q()
        for form in forms:
            named = ProjectAlias.objects.filter(search__contains=form).values("project")
            one |= Q(search__contains=form) | Q(pk__in=named)
        condition &= one
    rows = Project.objects.filter(condition).order_by().values_list("pk", "name")
    return tuple(pk for pk, _ in sorted(rows, key=lambda row: sort_key(row[1])))


def _draw_projects(some) -> list[Hit]:
    rows = Project.objects.prefetch_related("aliases").in_bulk(some)
    found = []
    for pk in some:
        project = rows[pk]
        others = join_words(alias.name for alias in project.aliases.all())
        about = project.period if project.starts_on or project.ends_on else ""
        pieces = ((f"Kallas också {others}.", False),) if others else ()
        found.append(Hit(project.name, project.get_absolute_url(), about, pieces))
    return found


# --- Answers ---------------------------------------------------------------------------------------


def _answers(user, wanted) -> tuple:
    rows = Answer.objects.filter(
        _all(wanted, lambda needle: Q(search__contains=needle)),
        submission__in=readable(user).order_by().values("pk"),
    )
    order = ("-submission__year__year", "submission__administration__code", "question__number")
    return tuple(rows.order_by(*order).values_list("pk", flat=True))


def _draw_answers(some, wanted) -> list[Hit]:
    rows = Answer.objects.select_related(
        "submission__year", "submission__administration", "question"
    ).in_bulk(some)
    shown = Shown()
    return [
        Hit(
            answer.question.text,
            reverse(
                "look_back_question",
                args=[answer.submission.administration.slug, answer.question_id],
            ),
            f"{answer.submission.administration} {answer.submission.year}",
            tuple(snippet(_read(shown, answer), wanted)),
        )
        for answer in (rows[pk] for pk in some)
    ]


def _read(shown, answer) -> str:
    submission = answer.submission
    html = shown.text(answer.text, submission.year.year, submission.administration)
    return prose.plain(html)


# --- Documents: what is published, in its last version; and memos that are not ------------------------


def _publications(user, wanted) -> tuple:
    rows = Publication.objects.visible_to(user).filter(
        _all(wanted, lambda needle: Q(search__contains=needle))
    )
    names = rows.order_by("-year__year", "kind", "administration__code", "-version").values_list(
        "pk", "kind", "year", "administration", "project", "version"
    )
    last = _last_versions(user)
    return tuple(
        ("publication", pk) for pk, *about in names if last[tuple(about[:-1])] == about[-1]
    )


def _last_versions(user) -> dict:
    rows = Publication.objects.visible_to(user).order_by("version")
    names = ("kind", "year", "administration", "project", "version")
    return {tuple(about): version for *about, version in rows.values_list(*names)}


def _memos(user, wanted) -> tuple:
    """Each word in the head or in a section. Those that are published are found as published."""
    rows = Memo.objects.visible_to(user).filter(
        _all(
            wanted,
            lambda needle: (
                Q(search__contains=needle)
                | Exists(MemoSection.objects.filter(memo=OuterRef("pk"), search__contains=needle))
            ),
        )
    )
    order = ("-year__year", F("administration__code").asc(nulls_first=True), "pk")
    names = rows.order_by(*order).values_list("pk", "year", "administration", "project")
    published = {tuple(about[1:]) for about in _last_versions(user) if about[0] in MEMO_KINDS}
    return tuple(("memo", pk) for pk, *about in names if tuple(about) not in published)


MEMO_KINDS = {DocumentKind.CITY, DocumentKind.ADMINISTRATION, DocumentKind.PROJECT}


def _draw_documents(some, wanted) -> list[Hit]:
    publications = Publication.objects.select_related("year", "administration", "project").in_bulk(
        [pk for kind, pk in some if kind == "publication"]
    )
    memos = (
        Memo.objects.select_related("year", "administration", "project")
        .prefetch_related("sections")
        .in_bulk([pk for kind, pk in some if kind == "memo"])
    )
    return [
        _published(publications[pk], wanted) if kind == "publication" else _memo(memos[pk], wanted)
        for kind, pk in some
    ]


def _published(row, wanted) -> Hit:
    text = " ".join(texts(from_data(row.data)))
    about = f"Publicerad {timezone.localdate(row.published_at):%Y-%m-%d}, version {row.version}"
    return Hit(row.title, row.get_absolute_url(), about, tuple(snippet(text, wanted)))


def _memo(memo, wanted) -> Hit:
    kind = DocumentKind.CITY
    address = {"year": memo.year.year}
    if memo.administration:
        kind = DocumentKind.PROJECT if memo.project else DocumentKind.ADMINISTRATION
        address["administration"] = memo.administration.slug
    if memo.project:
        address["project"] = memo.project.slug
    title = title_of(kind, memo.year, memo.administration, memo.project)
    parts = [memo.title, memo.summary, *(section.text for section in memo.sections.all())]
    if not memo.project:
        shown = Shown()
        parts = [shown.text(part, memo.year.year, memo.administration) for part in parts]
    text = _around(parts, wanted)
    about = "Underlag i systemet" if memo.year.is_published else "Utkast"
    url = reverse("document", kwargs={**address, "kind": kind.value})
    return Hit(title, url, about, tuple(snippet(text, wanted)))


def _around(parts, wanted) -> str:
    """The first text that has one of the words."""
    plain = [prose.plain(part) for part in parts]
    return next(
        (text for text in plain if any(hit for _, hit in snippet(text, wanted))), " ".join(plain)
    )
