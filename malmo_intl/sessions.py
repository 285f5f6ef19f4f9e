"""A session that ends while somebody writes must not cost what was written.

A view marked with `keeps_what_was_typed` may be posted to by someone who is no longer logged in: the
answer is the log-in, which carries what was posted along, and after it one button sends it again. Files
are not carried. What is sent again meets the ordinary rules of access, whoever has logged in.
"""

import json
from dataclasses import dataclass

from django.contrib.auth.forms import AuthenticationForm
from django.http import JsonResponse
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.csrf import csrf_failure as refuse

# The hidden field of the log-in that holds it all.
KEPT = "skickades"
# Characters of JSON; with the log-in's own fields it stays below DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST = 1_000_000
LEFT_OUT = {"csrfmiddlewaretoken"}
ENDED = "Du är utloggad. Det du skrev är inte sparat än, men finns kvar på sidan."
OUTDATED = "Sidan hade blivit för gammal."


def keeps_what_was_typed(view):
    """Mark a view whose posts are too dear to lose."""
    view.keeps_what_was_typed = True
    return view


@dataclass(frozen=True)
class Kept:
    """What was posted to an address of ours, field by field. No fields: it was too much to carry."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, request):
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            if name not in LEFT_OUT
            for value in values
        )
        kept = cls(request.path, fields)
        return kept if len(kept.as_json()) <= MOST else cls(request.path, ())

    @classmethod
    def read(cls, text: str) -> "Kept | None":
        """What `as_json` wrote; None for anything else, and for an address that keeps nothing."""
        try:
            address, fields = json.loads(text)
            kept = cls(address, tuple((name, value) for name, value in fields))
            strings = [address, *(part for pair in kept.fields for part in pair)]
        except (ValueError, TypeError):
            return None
        return (
            kept if all(isinstance(part, str) for part in strings) and kept.leads_back() else None
        )

    def as_json(self) -> str:
        return json.dumps([self.address, self.fields])

    def leads_back(self) -> bool:
        """Whether the address is one of ours whose posts are kept."""
        try:
            return hasattr(resolve(self.address).func, "keeps_what_was_typed")
        except Resolver404:
            return False

    def texts(self) -> list[str]:
        """What was written, for reading: words, not the page's own signs."""
        return [value for _, value in self.fields if " " in value.strip()]


class KeepWhatWasTyped:
    """Stands after the CSRF check, which has made sure that the post came from a page of ours, and
    before LoginRequiredMiddleware, which would drop it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        is_kept = request.method == "POST" and hasattr(view, "keeps_what_was_typed")
        return _log_in(request) if is_kept and not request.user.is_authenticated else None


def _log_in(request):
    if _is_script(request):
        log_in = f"{reverse('login')}?next={request.path}"
        return JsonResponse({"sentence": ENDED, "log_in": log_in}, status=401)
    context = {"form": AuthenticationForm(request), "next": request.path, "kept": Kept.of(request)}
    return render(request, "registration/login.html", context, status=401)


def _is_script(request) -> bool:
    return request.headers.get("Accept") == "application/json"


def csrf_failure(request, reason=""):
    """A page whose token has grown old, for instance because of a log-in in another tab, may be sent
    again, if the browser says that it was a page of ours. All else is refused as ever."""
    view = request.resolver_match and request.resolver_match.func
    is_ours = "Origin" in request.headers and not reason.startswith(REASON_BAD_ORIGIN.split("%")[0])
    if not (is_ours and hasattr(view, "keeps_what_was_typed")):
        return refuse(request, reason)
    if not request.user.is_authenticated:
        return _log_in(request)
    if _is_script(request):
        return JsonResponse({"sentence": OUTDATED}, status=403)
    context = {"kept": Kept.of(request), "title": OUTDATED.rstrip(".")}
    return render(request, "registration/back.html", context, status=403)
