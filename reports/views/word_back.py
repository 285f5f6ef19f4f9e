"""A document that has been edited in Word: choose the file, see what was changed, take it text by text."""

import uuid
from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import formats
from reports.entry import saving
from reports.importing.upload import Refused
from reports.models import Saving
from reports.models.publication import DocumentKind
from reports.views.city_texts import city_desk
from reports.views.documents import readable
from reports.views.own import Desk, own_submission
from reports.wordback import storing
from reports.wordback.proposal import propose
from reports.wordback.storing import Overtaken, Taken

SALT = "word"
HOURS = 12  # as long as a session, after which the preview has gone stale anyway
TAKE, CHOOSE = "ta", "valj"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_word(request, year, kind, administration=""):
    item, document = readable(request.user, year, kind, administration)
    desk = _desk(request.user, item)
    page = _Page(request, item, desk)
    if request.method != "POST":
        return page.show()
    if not desk.submission.is_editable:
        raise PermissionDenied
    if "forslag" in request.POST:
        return _take(page)
    file = request.FILES.get("file")
    if file is None:
        return page.show(422, error="Välj en fil först.")
    try:
        proposal = propose(desk, document, file.read())
    except Refused as error:
        return page.show(422, error=str(error))
    shown = [Taken.of(change) for change in proposal.changes if not change.problems]
    return page.show(proposal=proposal, signed=page.signed(shown))


def _desk(user, item) -> Desk:
    """Where the document's texts are written: 404 for a document that has none, or for who may not."""
    if item.kind in (DocumentKind.CITY, DocumentKind.CONSOLIDATED):
        return city_desk(user, item.year)
    if item.kind == DocumentKind.ADMINISTRATION:
        return Desk(own_submission(user, item.year, item.administration.slug))
    raise Http404("Dokumentet har inga texter att ta in.")


class _Page:
    """The page of one document, and what it sends along from the preview to the saving."""

    def __init__(self, request, item, desk):
        self.request, self.item, self.desk = request, item, desk

    def show(self, status=200, **more):
        context = {
            "item": self.item,
            "breadcrumbs": [("Dokument", reverse("documents")), (self.item.title, self.item.url)],
            "locked": not self.desk.submission.is_editable,
            **more,
        }
        return render(self.request, "reports/from_word.html", context, status=status)

    def signed(self, shown: list[Taken]) -> str:
        """What was shown, so that just that is saved."""
        told = {"of": self.item.url, "texts": [asdict(taken) for taken in shown]}
        return signing.dumps(told, salt=SALT, compress=True) if shown else ""

    def shown(self) -> dict[str, Taken]:
        """What was shown, by name. Raises Refused for what is not of this page, or too old."""
        try:
            told = signing.loads(self.request.POST["forslag"], salt=SALT, max_age=HOURS * 3600)
        except signing.BadSignature:
            told = {"of": None}
        if told["of"] != self.item.url:
            raise Refused("Det som visades är för gammalt för att sparas. Läs in Word-filen igen.")
        texts = [Taken(**text) for text in told["texts"]]
        return {taken.name: taken for taken in texts}


def _take(page):
    request, desk = page.request, page.desk
    try:
        shown = page.shown()
    except Refused as error:
        return page.show(422, error=str(error))
    if request.POST.get(CHOOSE) in shown:
        return _clash(page, shown[request.POST[CHOOSE]])
    chosen = [shown[name] for name in request.POST.getlist(TAKE) if name in shown]
    if not chosen:
        return page.show(
            422, error="Du valde ingen text. Läs in Word-filen igen och kryssa för minst en."
        )
    writer = saving.Writer(request.user, timezone.now(), Saving.How.IMPORTED)
    try:
        count = storing.store(desk, chosen, writer)
    except Overtaken as overtaken:
        return _clash(page, overtaken.taken, " Inget av det du valde är sparat än.")
    except ValidationError as error:
        return page.show(409, error=" ".join(error.messages))
    texts = "En text" if count == 1 else f"{formats.count_word(count).capitalize()} texter"
    messages.success(
        request, f"{texts} från Word-filen {'är sparad' if count == 1 else 'är sparade'}."
    )
    return redirect(page.item.url)


def _clash(page, taken, besides=""):
    """The page where two versions are chosen between; what is chosen is saved on the part's own page."""
    now, found, rest = storing.clash_over(page.desk, taken)
    who = now.part.saved_by.name if now.part and now.part.saved_by else "Någon annan"
    context = {
        "form": now,
        "submission": page.desk.submission,
        "breadcrumbs": [*page.desk.trail(now.key), (now.heading, page.desk.address(now.key))],
        "sentence": f"{who} har ändrat texten här sedan Word-filen hämtades.{besides}",
        "who": who,
        "page": uuid.uuid4().hex,
        "action": page.desk.address(now.key),
        "clashes": [(clash, taken.before) for clash in found],
        "rest": rest,
        "version": now.version,
        "shown": " ".join(now.fields),
    }
    return render(page.request, "reports/entry/clash.html", context, status=409)
