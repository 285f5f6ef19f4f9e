"""Search: projects, answers and documents that the person may see."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.search import LONGEST, search

FIRST = 5  # of each group, before one of them is chosen
ON_A_PAGE = 20


@require_safe
def find(request):
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found = search(request.user, text)
    chosen = found.group(request.GET.get("slag", ""))
    context = {"text": text, "found": found, "chosen": chosen}
    if chosen:
        page = Paginator(chosen.names, ON_A_PAGE).get_page(request.GET.get("sida"))
        context |= {"page": page, "groups": [(chosen, chosen.draw(list(page.object_list)))]}
    else:
        groups = [group for group in found.groups if group.count]
        context["groups"] = [(group, group.draw(list(group.names[:FIRST]))) for group in groups]
    return render(request, "reports/search.html", context)
