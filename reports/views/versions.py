"""Looking back: what a part held after every save, and taking it back."""

from dataclasses import replace
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from malmo_intl import formats
from reports.entry import saving, undoing
from reports.models import Saving
from reports.views.own import Desk, own_submission

MOST = 30  # the latest; all of them with ?alla


@never_cache
@require_safe
def part_history(request, year, administration, key):
    return history(request, Desk(own_submission(request.user, year, administration)), key)


def history(request, desk, key):
    form = desk.form(key)
    sittings = saving.sittings(form.part.savings.all()) if form.part else iter(())
    steps = sittings if "alla" in request.GET else islice(sittings, MOST)
    context = {
        "form": form,
        "submission": form.submission,
        "breadcrumbs": [*desk.trail(key), (form.heading, desk.address(key))],
        "steps": [
            (newer, _as_read(form, newer, older), desk.restore(key, newer.version))
            for newer, older in steps
        ],
        "has_more": next(sittings, None) is not None,
    }
    return render(request, "reports/entry/history.html", context)


def _as_read(form, newer, older) -> list[saving.Change]:
    return [
        replace(change, before=form.reading(change.before), after=form.reading(change.after))
        for change in saving.changes(newer, older)
    ]


@require_POST
def part_restore(request, year, administration, key, version):
    """Make the part what it was in `version`; or, with `efter`, bring back what was removed since."""
    return restore(request, Desk(own_submission(request.user, year, administration)), key, version)


def restore(request, desk, key, version):
    form = desk.form(key)
    if not form.submission.is_editable or form.part is None:
        raise PermissionDenied
    after = request.POST.get("efter", "")
    writer = saving.Writer(request.user, timezone.now(), Saving.How.RESTORED)
    try:
        with transaction.atomic():
            desk.hold()
            form = desk.form(key)
            if after.isdecimal() and len(after) < 10:
                undoing.bring_back(form, version, int(after), writer)
                done = "Det du tog bort är tillbaka."
            else:
                get_object_or_404(form.part.savings, version=version)
                saving.restore(form, version, writer)
                done = "Den tidigare versionen är tillbaka."
        messages.success(request, done)
    except (ValidationError, saving.Conflict) as error:
        sentences = getattr(error, "messages", ["Någon annan hann spara. Försök igen."])
        messages.error(request, " ".join(sentences))
    return redirect(desk.address(key))


def offer_undo(request, form, url, version):
    """Offer back, with a post to `url`, what the save that made `version` removed: on the next page."""
    offer = {
        "sentence": f"Du tog bort {formats.join_words(form.taken_away)}.",
        "url": url,
        "version": version,
    }
    messages.info(request, render_to_string("reports/entry/_undo.html", offer, request))
