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
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import formats
from reports.entry import saving
from reports.importing.upload import LARGEST, Refused
from reports.models import Saving
from reports.models.publication import DocumentKind
from reports.renderers import kept
from reports.views import clashes
from reports.views.city_texts import city_desk
from reports.views.documents import readable
from reports.views.identified import on_the_shelf
from reports.views.own import Desk, own_submission
from reports.wordback import reach, storing
from reports.wordback.proposal import Another, Proposal, propose
from reports.wordback.storing import Overtaken, Taken

SALT, SALT_OF_FILE = "word", "word-file"
HOURS = 12  # as long as a session, after which the preview has gone stale anyway
TAKE, CHOOSE, FILE = "ta", "valj", "fil"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def from_word(request, year, kind, administration=""):
    item, document = readable(request.user, year, kind, administration)
    page = _Page(request, item, document, _desk(request.user, item))
    if request.method != "POST":
        return page.show()
    if not page.is_open:
        raise PermissionDenied
    if "forslag" in request.POST:
        return _take(page)
    file = request.FILES.get("file")
    if file is None:
        return page.show(422, "Välj en fil först.")
    content = file.read(LARGEST + 1)  # one more byte than it may have says that it is too large
    aside = page.put_aside(content)
    return redirect(aside) if aside else page.show(content=content)


def _desk(user, item) -> Desk:
    """Where the document's texts are written: 404 for a document that has none, or for who may not."""
    if item.kind in (DocumentKind.CITY, DocumentKind.CONSOLIDATED):
        return city_desk(user, item.year)
    if item.kind == DocumentKind.ADMINISTRATION:
        return Desk(own_submission(user, item.year, item.administration.slug))
    raise Http404("Dokumentet har inga texter att ta in.")


class _Page:
    """The page of one document, and what it sends along from the preview to the saving."""

    def __init__(self, request, item, document, desk):
        self.request, self.item, self.document, self.desk = request, item, document, desk

    @property
    def is_open(self) -> bool:
        return self.desk.submission.is_editable

    def show(self, status=200, error="", content=None):
        """The page, with what the file would change: `content`, or else the one that was put aside."""
        context = {
            "item": self.item,
            "breadcrumbs": [("Dokument", reverse("documents")), (self.item.title, self.item.url)],
            "locked": not self.is_open,
            "error": error,
        }
        content = content if content is not None else self.put_aside_before()
        if content is not None and self.is_open:
            try:
                proposal = propose(self.desk, self.document, content)
                context |= {"proposal": proposal, "signed": self.signed(proposal)}
            except Refused as refused:
                status = 422
                context |= {"error": str(refused), "other": self._other(refused)}
        return render(self.request, "reports/from_word.html", context, status=status)

    def _other(self, refused) -> dict:
        """The page where the file can be taken in, if it is another document that the person writes."""
        found = isinstance(refused, Another) and on_the_shelf(self.request.user, refused.identity)
        url = reach.address(self.request.user, found) if found else ""
        return {"url": url, "title": found.title} if url else {}

    # --- The file, between the choice of it and the preview: the browser can go back there ------------

    def put_aside(self, content: bytes) -> str:
        """The address where the preview is; "" where nothing is kept, and for what is too large anyway."""
        name = f"word-{uuid.uuid4().hex}"
        if len(content) <= LARGEST:
            kept.put(name, content)
            kept.sweep()
        if kept.get(name) is None:
            return ""
        signed = signing.dumps([self.item.url, self.request.user.pk, name], salt=SALT_OF_FILE)
        return f"{self.request.path}?{urlencode({FILE: signed})}"

    def put_aside_before(self) -> bytes | None:
        """The file that the address tells of; None if it tells of none of this person's, or it is gone."""
        try:
            of, by, name = signing.loads(
                self.request.GET.get(FILE, ""), salt=SALT_OF_FILE, max_age=HOURS * 3600
            )
        except signing.BadSignature:
            return None
        return kept.get(name) if (of, by) == (self.item.url, self.request.user.pk) else None

    # --- What was shown --------------------------------------------------------------------------------

    def signed(self, proposal: Proposal) -> str:
        """What is shown, so that just that is saved."""
        shown = [Taken.of(change) for change in proposal.changes if not change.problems]
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
        return page.show(422, str(error))
    if request.POST.get(CHOOSE) in shown:
        return _clash(page, shown[request.POST[CHOOSE]])
    chosen = [shown[name] for name in request.POST.getlist(TAKE) if name in shown]
    if not chosen:
        return page.show(
            422, "Du valde ingen text. Kryssa för minst en, eller läs in Word-filen igen."
        )
    writer = saving.Writer(request.user, timezone.now(), Saving.How.IMPORTED)
    try:
        count = storing.store(desk, chosen, writer)
    except Overtaken as overtaken:
        return _clash(page, overtaken.taken, " Inget av det du valde är sparat än.")
    except ValidationError as error:
        return page.show(409, " ".join(error.messages))
    texts = "En text" if count == 1 else f"{formats.count_word(count).capitalize()} texter"
    messages.success(
        request, f"{texts} från Word-filen {'är sparad' if count == 1 else 'är sparade'}."
    )
    return redirect(page.item.url)


def _clash(page, taken, besides=""):
    """The page where two versions are chosen between; what is chosen is saved on the part's own page."""
    now, found, rest = storing.clash_over(page.desk, taken)
    by = storing.author(now, taken.field)
    is_own = by == page.request.user
    sides = clashes.OWN_FROM_WORD if is_own else clashes.with_another(by.name if by else "")
    context = {
        "form": now,
        "submission": page.desk.submission,
        "breadcrumbs": [*page.desk.trail(now.key), (now.heading, page.desk.address(now.key))],
        "sentence": f"{'Du har själv' if is_own else f'{sides.who} har'} ändrat texten här sedan Word-filen hämtades."
        + besides,
        "sides": sides,
        "page": uuid.uuid4().hex,
        "action": page.desk.address(now.key),
        "clashes": [(clash, taken.before) for clash in found],
        "rest": rest,
        "version": now.version,
        "shown": " ".join(now.fields),
    }
    return render(page.request, "reports/entry/clash.html", context, status=409)
