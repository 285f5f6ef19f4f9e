"""Stadskontoret reads a submission as one page, comments, returns, approves, opens again."""

from collections import Counter
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from malmo_intl.inputs import PlainTextField
from projects.models import NetworkMembership
from reports import checks, comparison, letters, review
from reports.comparison import Content, LastYear
from reports.entry.parts import Task
from reports.facts import GoalFact
from reports.models import Memo, PublishedFigure, Submission
from reports.shown import as_read
from reports.turns import turns_of
from reports.views.findings import Shown, groups, shown_findings
from reports.views.shelf import live_address
from reports.views.steps import said

Status = Submission.Status
NOT_MAILED = "Mejlet till förvaltningen har inte gått iväg än. Det skickas på nytt av sig självt."


class CommentForm(forms.Form):
    """A remark on a part."""

    kommentar = PlainTextField(
        label="Kommentar", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv en kommentar."},
    )  # fmt: skip


class ReturnForm(forms.Form):
    """What is said of the whole report when it is returned."""

    helhet = PlainTextField(
        label="Om hela redovisningen", max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Står överst i mejlet, före kommentarerna till delarna.",
    )  # fmt: skip


class ReopenForm(forms.Form):
    skal = PlainTextField(
        label="Skäl", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför redovisningen öppnas igen."},
        help_text="Förvaltningen ser skälet, på sidan och i mejlet.",
    )  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part on the page: what it holds, what has been said of it, and a field to say more in.

    `field`: its id; "" where nothing can be said. There may be hundreds, all alike, so the template writes
    them itself. `form`: what was sent and not taken.
    """

    task: Task
    anchor: str
    content: Content
    comments: list
    findings: int
    field: str = ""
    form: CommentForm | None = None

    @property
    def unsent(self) -> int:
        return sum(comment.sent_at is None for comment in self.comments)


def anchor(key: str) -> str:
    """Where the part stands on the page: a project's own part with all projects."""
    place = "projekt" if key.startswith("projekt/") else key
    return place.replace("/", "-")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request, year, administration):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    submission = get_object_or_404(
        Submission.objects.select_related("year__goal_set", "administration"),
        year__year=year,
        administration__slug=administration,
    )
    if request.method == "POST":
        act = ACTS.get(request.POST.get("gor"))
        return act(request, submission) if act else redirect(request.path)
    return _page(request, submission)


def _page(request, submission, refused=None, key=""):
    """`refused`: a form that was sent and not taken, shown as it was typed; a comment's with its part."""
    case = checks.build(submission)
    findings = checks.run(case)
    sections = list(_sections(case, findings, refused, key))
    turns = turns_of(submission)
    shown = list(_shown(submission, findings))
    context = {
        "submission": submission,
        "breadcrumbs": [
            (str(submission.year), submission.year.get_absolute_url()),
            (submission.administration.name, submission.get_absolute_url()),
        ],
        "sections": sections,
        "errors": list(groups(case, [item for item in shown if item.finding.is_error])),
        "warnings": list(groups(case, [item for item in shown if not item.finding.is_error])),
        "said": {
            "handed_in": turns.handed_in and said(turns.handed_in),
            "signed": turns.signed and said(turns.signed),
        },
        "unsent": sum(section.unsent for section in sections),
        "refused": refused,
        "return_form": refused if isinstance(refused, ReturnForm) else ReturnForm(auto_id="id_%s"),
        "reopen_form": refused if isinstance(refused, ReopenForm) else ReopenForm(auto_id="id_%s"),
        "memo_url": live_address(submission, case.memo),
        **_may(submission, refused),
    }
    return render(request, "reports/review.html", context, status=422 if refused else 200)


def _may(submission, refused) -> dict:
    """What can be done next. A form that was refused is there to be copied from, whatever has happened."""
    submitted = submission.status == Status.SUBMITTED
    opened = submission.review_opened_at is not None
    return {
        "may_begin": submitted and not opened,
        "may_approve": submitted and opened,
        "may_return": submitted and opened or isinstance(refused, ReturnForm),
        "may_reopen": submission.status == Status.APPROVED or isinstance(refused, ReopenForm),
        "is_draft": submission.status not in Submission.RECEIVED,
    }


def _sections(case, findings, refused, key):
    submission = case.submission
    told = comparison.contents(case, _last_year(case), _goals(submission.year))
    told = as_read(told, case.year, submission.administration)
    comments: dict[str, list] = {}
    for comment in submission.comments.select_related("project"):
        comments.setdefault(comment.key, []).append(comment)
    found = Counter(anchor(item.part) for item in findings)
    may_comment = review.may_comment(submission)
    for number, task in enumerate(case.tasks):
        is_refused = isinstance(refused, CommentForm) and key == task.key
        yield Section(
            task,
            anchor(task.key),
            told.get(task.key, Content()),
            comments.get(task.key, []),
            found[anchor(task.key)],
            f"id_kommentar-{number}" if may_comment else "",
            refused if is_refused else None,
        )


def _goals(year):
    return [GoalFact(goal.number, goal.name) for goal in year.goal_set.goals.all()]


def _last_year(case) -> LastYear:
    """Five queries, whatever there is."""
    submission, year, unit = case.submission, case.year - 1, case.administration
    earlier = Submission.objects.filter(
        administration=unit, year__year=year, status__in=Submission.RECEIVED
    ).prefetch_related("activities")
    found = earlier.first()
    own = {"administration": unit, "year": year}
    printed = PublishedFigure.objects.filter(name=PublishedFigure.Name.PAID, goal=None, **own)
    return LastYear(
        year=year,
        handed_in=found is not None,
        memo=Memo.objects.filter(year__year=year, administration=unit, project=None)
        .prefetch_related("sections")
        .first(),
        networks=frozenset(
            NetworkMembership.objects.filter(**own).values_list("network__name", flat=True)
        ),
        activities=tuple(found.activities.all()) if found else (),
        same_goals=submission.year.goal_set.first_year <= year,
        published_paid=row.amount if (row := printed.first()) else None,
    )


def _shown(submission, findings):
    """Each leading to its part on the page; with the reasons, but without fields to give any: those are the
    administration's."""
    for item in shown_findings(submission, findings, None):
        finding = replace(item.finding, url=f"#{anchor(item.finding.part)}")
        yield Shown(finding, item.waiver, item.anchor)


# --- What can be done ------------------------------------------------------------------------------


def _begin(request, submission):
    return _do(
        request, submission, lambda: submission.open_review(request.user, timezone.now()),
        "Granskningen har börjat. Förvaltningen kan inte längre ta tillbaka redovisningen.",
    )  # fmt: skip


def _comment(request, submission):
    key = request.POST.get("del", "")
    keys = [known for known, _ in review.parts.keys(submission)]
    if key not in keys:
        raise Http404("Delen finns inte.")
    form = CommentForm(request.POST, auto_id=f"id_%s-{keys.index(key)}")
    if not form.is_valid():
        return _page(request, submission, form, key)
    text = form.cleaned_data["kommentar"]
    try:
        review.comment(submission, key, text, request.user, timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, submission, form, key)
    messages.success(request, "Kommentaren är sparad. Den skickas när du skickar tillbaka.")
    return redirect(f"{request.path}#{anchor(key)}")


def _remove(request, submission):
    if review.withdraw_comment(submission, _number(request)):
        messages.success(request, "Kommentaren är borttagen.")
    return redirect(f"{request.path}#{anchor(request.POST.get('del', ''))}")


def _resolve(request, submission):
    if review.resolve(submission, _number(request), request.user, timezone.now()):
        messages.success(request, "Kommentaren är markerad som åtgärdad.")
    return redirect(f"{request.path}#{anchor(request.POST.get('del', ''))}")


def _send_back(request, submission):
    form = ReturnForm(request.POST, auto_id="id_%s")
    overall = form.cleaned_data["helhet"] if form.is_valid() else ""
    if form.is_valid() and not overall and not submission.comments.unsent().exists():
        form.add_error("helhet", review.NOTHING_SAID)
    if form.errors:
        return _page(request, submission, form)
    return _do(
        request, submission,
        lambda: review.send_back(submission, request.user, overall, *_when_and_where(request)),
        "Redovisningen är åter hos förvaltningen, med dina kommentarer.", form,
    )  # fmt: skip


def _reopen(request, submission):
    form = ReopenForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return _page(request, submission, form)
    reason = form.cleaned_data["skal"]
    return _do(
        request, submission,
        lambda: review.reopen(submission, request.user, reason, *_when_and_where(request)),
        "Redovisningen är öppnad igen och åter hos förvaltningen.", form,
    )  # fmt: skip


def _approve(request, submission):
    site = letters.site_of(request)
    return _do(
        request, submission,
        lambda: review.approve(submission, request.user, site, _not_mailed(request)),
        "Redovisningen är godkänd.",
    )  # fmt: skip


ACTS = {
    "borja": _begin,
    "kommentera": _comment,
    "ta-bort": _remove,
    "atgardad": _resolve,
    "skicka-tillbaka": _send_back,
    "godkann": _approve,
    "oppna": _reopen,
}


# --- What they share -------------------------------------------------------------------------------


def _do(request, submission, deed, done, form=None):
    """What somebody typed in `form` is shown again when the deed was refused."""
    try:
        deed()
    except ValidationError as error:
        submission.refresh_from_db()
        if form is not None and any(form.cleaned_data.values()):
            form.add_error(None, error)
            return _page(request, submission, form)
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return redirect(request.path)


def _number(request) -> int:
    text = request.POST.get("kommentar", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _when_and_where(request):
    return timezone.now(), letters.site_of(request), _not_mailed(request)


def _not_mailed(request):
    return lambda left: messages.warning(request, NOT_MAILED)
