"""Entering a submission: begin, show a part, save it."""

import re
import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.widgets import Script
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from js_asset import ImportMap, Media

from malmo_intl.sessions import keeps_what_was_typed
from reports.entry import answer, carry, saving
from reports.models import Saving, Submission
from reports.views import clashes, told
from reports.views.own import Desk, clock, own_submission
from reports.views.versions import offer_undo

SCRIPTS = Media(
    importmap=ImportMap({"entry/drafts": "js/drafts.js"}),
    js=[Script("js/entry.js", type="module")],
)
AUTO, DONE = "autospara", "klar"
HOW = {AUTO: Saving.How.AUTO, answer.COPY: Saving.How.COPIED}


@require_POST
def start(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if submission.status != Submission.Status.DRAFT:
        try:
            carry.begin(submission, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(submission)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def part(request, year, administration, key):
    return write(request, Desk(own_submission(request.user, year, administration)), key)


def write(request, desk, key):
    """The part `key` as a page, and its saves. Whoever calls keeps what was typed, and has asked who it is."""
    if request.method == "POST":
        return _save(request, desk, clashes.as_posted(desk.form(key, request.POST)))
    form = desk.form(key)
    if not form.submission.is_editable:
        return redirect(form.submission.get_absolute_url())
    return _page(request, desk, form)


def _save(request, desk, form):
    if form.is_redrawn:
        return _page(request, desk, form)
    seen = clashes.seen(request.POST)
    writer = saving.Writer(
        request.user,
        timezone.now(),
        HOW.get(request.POST.get("gor"), Saving.How.SAVED),
        page_of(request),
    )
    is_valid = form.is_valid()
    if form.submission.is_editable and not is_valid:
        return _refuse(request, desk, form, _first_error(form), 422)
    try:
        with transaction.atomic():
            desk.hold()
            desk.begin(request.user)
            finished = request.POST.get("gor") == DONE
            saved = saving.save(form, seen, writer, finished=finished)
            _press(request.POST, form, writer)
    except saving.Conflict as conflict:
        return _disagree(request, desk, form, conflict, seen)
    except ValidationError as error:
        return _refuse(request, desk, form, " ".join(error.messages), 409)
    joined = clashes.joined(saved, seen, writer)
    if writer.how == Saving.How.AUTO:
        return _tell(form, saved, joined)
    return _onwards(request, desk, form, saved, joined)


def _press(posted, form, writer):
    """What the buttons beside old years and figures in a text ask for, beside saving."""
    if not ({answer.KEEP, answer.TAKE_BACK} & posted.keys() and getattr(form, "may_keep", False)):
        return
    found = {leftover.value for leftover in form.leftovers()}
    if posted.get(answer.KEEP) in found:
        form.keep(posted[answer.KEEP], writer.by, writer.at)
    if posted.get(answer.TAKE_BACK) in found:
        form.take_back(posted[answer.TAKE_BACK])


def page_of(request) -> str:
    """The name that the page got when it was opened; anything else that is posted is no name."""
    name = request.POST.get("sida", "")
    return name if re.fullmatch(r"[0-9a-f]{32}", name) else ""


# --- After a save --------------------------------------------------------------------------------


def _tell(form, saved, joined):
    """The answer to the page's own script."""
    told = {"version": saved.version, "at": clock(saved.saved_at), "renamed": form.renamed}
    if joined:
        told |= {"joined": joined, **clashes.lagging(form)}
    if hasattr(form, "notes"):
        told["notes"] = render_to_string(form.notes, {"form": form})
    return JsonResponse(told)


def _onwards(request, desk, form, saved, joined):
    """To where the writer goes on, with a word about what was done."""
    if joined:
        messages.info(request, joined)
    if form.taken_away:
        offer_undo(request, form, desk.restore(form.key, saved.version - 1), saved.version)
    onwards = redirect(_following(request, desk, form, clock(saved.saved_at)))
    # For js/drafts.js, which keeps what was typed on the page until it knows that it has come here.
    onwards.set_cookie(
        "sparat", page_of(request), max_age=3600,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return onwards


def _following(request, desk, form, at) -> str:
    """The next unfinished part, or the place on the same page where a button was pressed."""
    pressed = request.POST.get("gor")
    if pressed == DONE:
        messages.success(request, f"Sparat {at} och markerat som klart: {form.heading}")
        return desk.following(form.key)
    if pressed == answer.COPY and getattr(form, "earlier", None):
        messages.success(request, f"Sparat {at}. {form.copied} ligger nu sist i texten.")
        return request.path
    kept = request.POST.get(answer.KEEP) or request.POST.get(answer.TAKE_BACK)
    if kept and getattr(form, "may_keep", False):
        places = {leftover.value: leftover.place for leftover in form.leftovers()}
        return f"{request.path}#{places.get(kept, 'kvar')}"
    messages.success(request, f"Sparat {at}.")
    return request.path


def _refuse(request, desk, form, sentence, status):
    if request.POST.get("gor") == AUTO:
        return JsonResponse({"sentence": sentence}, status=status)
    problem = "" if status == 422 else sentence  # else each field says its own
    locked = not form.submission.is_editable
    return _page(request, desk, form, status=status, problem=problem, locked=locked)


def _first_error(form) -> str:
    return next(
        f"{form.fields[name].label}: {sentences[0]}" if name in form.fields else sentences[0]
        for name, sentences in form.errors.items()
    )


def _disagree(request, desk, form, conflict, seen):
    theirs = conflict.theirs.part
    at = clock(theirs.saved_at)
    if theirs.saved_by == request.user:
        sides = clashes.OWN_IN_WINDOW
        sentence = f"Du sparade den här delen {at} i ett annat fönster."
    else:
        sides = clashes.with_another(theirs.saved_by.name if theirs.saved_by else "")
        sentence = f"{sides.who} sparade den här delen {at}, medan du skrev."
    if request.POST.get("gor") == AUTO:
        return JsonResponse({"sentence": sentence, "conflict": True}, status=409)
    context = {
        "form": form,
        "submission": form.submission,
        "breadcrumbs": [*desk.trail(form.key), (form.heading, request.path)],
        "sentence": sentence,
        "sides": sides,
        "page": page_of(request),
        "finished": request.POST.get("gor") == DONE,
        **clashes.choices(form, conflict, seen),
    }
    return render(request, "reports/entry/clash.html", context, status=409)


def _page(request, desk, form, status=200, **more):
    context = {
        "form": form,
        "submission": form.submission,
        "breadcrumbs": desk.trail(form.key),
        "history": desk.history(form.key),
        "page": page_of(request) or uuid.uuid4().hex,
        "version": clashes.seen(request.POST) if request.method == "POST" else form.version,
        "shown": " ".join(form.fields),
        "comments": told.at_part(form),
        "media": (form.media + SCRIPTS).with_nonce(request.csp_nonce),
        **more,
    }
    return render(request, "reports/entry/part.html", context, status=status)
