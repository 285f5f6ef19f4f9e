"""Owners and partners laid beside each other, and a question to both with one press."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from malmo_intl.formats import in_sentence, join_words
from projects.models import Project
from reports import review
from reports.models import Comment, ReportingYear
from reports.reconciliation import Kind, Mismatch, reconcile
from reports.views.parts import city_rollup

KEY = "projekt"
SHOWN = 100


@dataclass(frozen=True)
class Question:
    """A mismatch on the page: when it was asked, whom it can be put to, and where more can be read."""

    mismatch: Mismatch
    asked: Comment | None
    submissions: tuple
    merge_url: str = ""

    @property
    def receivers(self) -> str:
        return join_words(in_sentence(item.administration.name) for item in self.submissions)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reconciliation(request, year):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    mismatches = reconcile(city_rollup(found))
    if request.method == "POST":
        return _ask(request, found, mismatches)
    page = Paginator(mismatches, SHOWN).get_page(request.GET.get("sida"))
    questions = _questions(found, page)
    context = {
        "year": found,
        "breadcrumbs": [
            ("Redovisningsår", reverse("years")),
            (str(found), found.get_absolute_url()),
        ],
        "groups": [
            (kind.value, list(items))
            for kind, items in groupby(questions, key=lambda item: item.mismatch.kind)
        ],
        "number": len(mismatches),
        "page": page,
    }
    return render(request, "reports/reconciliation.html", context)


def _questions(year, mismatches):
    """Two queries, however many the mismatches are."""
    own = {
        item.administration.code: item for item in year.submissions.select_related("administration")
    }
    asked: dict[str, Comment] = {}
    for comment in Comment.objects.sent().filter(submission__year=year, key=KEY):
        asked.setdefault(comment.text, comment)
    for item in mismatches:
        submissions = tuple(own[code] for code in item.administrations if code in own)
        yield Question(item, asked.get(item.question), submissions, _merge_url(item))


def _merge_url(mismatch) -> str:
    if len(mismatch.projects) != 2 or mismatch.kind not in (Kind.TWO_NAMES, Kind.TWO_OWNERS):
        return ""
    (kept, _), (removed, _) = mismatch.projects
    return f"{reverse('merge')}?behall={kept}&ta-bort={removed}"


def _ask(request, year, mismatches):
    key = request.POST.get("nyckel", "")
    found = [item for item in mismatches if item.key == key]
    chosen = next(_questions(year, found[:1]), None)
    if chosen is None:
        messages.info(request, "Uppgifterna stämmer nu. Ingen fråga är skickad.")
    elif not chosen.submissions:
        messages.error(request, f"Förvaltningarna har ingen redovisning för {year} att fråga om.")
    else:
        projects = chosen.mismatch.projects
        about = Project.objects.filter(slug=projects[0][0]).first() if len(projects) == 1 else None
        sent = review.ask(
            chosen.submissions, KEY, about, chosen.mismatch.question, request.user, timezone.now()
        )
        if sent:
            messages.success(request, f"Frågan är ställd till {chosen.receivers}.")
    return redirect(request.get_full_path())
