"""Är detta den beslutade versionen? Anyone who may log in tries a file; nothing of it is kept."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.models import Publication
from reports.verifying import LARGEST, MEGABYTE, NotRead, State, decided, verify
from reports.views.identified import on_the_shelf

# How each answer looks: what is right is calm, what only looks right is loud.
COLORS = {
    State.GENUINE: "success",
    State.SUPERSEDED: "warning",
    State.DRAFT: "warning",
    State.RECEIPT: "warning",
    State.WEB_PAGE: "warning",
    State.FOREIGN: "info",
    State.ALTERED: "danger",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request):
    context = {
        "most": f"{LARGEST // MEGABYTE} MB",
        "breadcrumbs": [("Dokument", reverse("documents"))],
    }
    if request.method != "POST":
        return render(request, "reports/verify.html", context)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NotRead("Välj en fil först.")
        content = file.read(LARGEST + 1)  # one more byte than it may have says that it is too large
        verdict = verify(content, Publication.objects.visible_to(request.user))
    except NotRead as error:
        return render(request, "reports/verify.html", context | {"error": str(error)}, status=422)
    row, said = verdict.publication, verdict.claim
    context |= {
        "verdict": verdict,
        "color": COLORS[verdict.state],
        "name": file.name,
        "called": on_the_shelf(request.user, said.identity) if said and not row else None,
        "decided": decided(row) if row else "",
        "is_genuine": verdict.state in (State.GENUINE, State.SUPERSEDED),
    }
    return render(request, "reports/verify.html", context)
