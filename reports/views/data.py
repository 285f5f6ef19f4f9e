"""Data out: the tables for those who log in, for who has a key, and the open ones for anyone."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from malmo_intl import access
from reports.dataout import keys, openness
from reports.dataout.catalogue import CONTACT_NAME, EMAIL, Open, catalogue
from reports.dataout.scope import Scope
from reports.dataout.table import Table
from reports.dataout.tables import TABLES
from reports.dataout.writing import MEDIA_TYPES, write
from reports.rules import RULES

SUFFIXES = tuple(MEDIA_TYPES)
OPEN_FOR = 300  # seconds that a cache may keep an open file
WRONG_KEY = "Nyckeln gäller inte. Be stadskontoret om en ny."


def _table(key: str) -> Table:
    if key not in TABLES:
        raise Http404("Tabellen finns inte.")
    return TABLES[key]


def _described(table: Table, columns, name: str) -> dict:
    """What the pages say of a table; `name` is the address of its files."""
    files = [(suffix.upper(), reverse(name, args=[table.key, suffix])) for suffix in SUFFIXES]
    told = [(column, RULES.get(column.rule, "")) for column in columns]
    return {"table": table, "columns": told, "files": files}


@require_safe
def data(request):
    open_ones = openness.opened()
    context = {
        "tables": [
            _described(table, table.columns, "data_file") | {"opened": open_ones.get(key)}
            for key, table in TABLES.items()
        ],
        "office": access.may_review(request.user),
        "breadcrumbs": [("Tillbakablick", reverse("look_back"))],
    }
    return render(request, "reports/data/data.html", context)


@login_not_required
@require_safe
def data_file(request, key, suffix):
    """What the person may see, or what is published for a program with a key."""
    secret = keys.sent_with(request)
    if secret is not None:
        if not keys.opens(secret, timezone.localdate()):
            return HttpResponse(WRONG_KEY, status=401, content_type="text/plain; charset=utf-8")
        scope = Scope()
    elif request.user.is_authenticated:
        scope = Scope(request.user)
    else:
        return redirect_to_login(request.path)
    table = _table(key)
    content = write(suffix, table, table.columns, table.rows(scope))
    return _file(table, suffix, content, "private, no-store")


def _file(table, suffix, content, caching) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[suffix],
        headers={
            "Content-Disposition": f'attachment; filename="{table.key}.{suffix}"',
            "Cache-Control": caching,
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def data_open(request, key):
    """Stadskontoret opens a table for anyone, or closes it again."""
    if not access.may_review(request.user):
        raise PermissionDenied
    table = _table(key)
    if request.POST.get("oppen") == "ja":
        openness.open_table(table, request.user, timezone.now())
        messages.success(request, f"{table.title} är öppna data.")
    else:
        openness.close_table(table, request.user)
        messages.success(request, f"{table.title} är inte längre öppna data.")
    return redirect(f"{reverse('data')}#{table.key}")


# --- Open data: no log-in, published years only, no free text in which people may be named ---------


@login_not_required
@require_safe
def open_data(request):
    tables = [
        _described(TABLES[key], TABLES[key].open_columns, "open_data_file")
        for key in openness.opened()
    ]
    context = {"tables": tables, "contact": CONTACT_NAME, "email": EMAIL}
    return render(request, "reports/data/open.html", context)


@login_not_required
@require_safe
def open_data_file(request, key, suffix):
    if key not in openness.opened():
        raise Http404("Tabellen finns inte.")
    table = TABLES[key]
    content = write(suffix, table, table.open_columns, table.open_rows(Scope()))
    response = _file(table, suffix, content, f"public, max-age={OPEN_FOR}")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_safe
def dcat(request):
    """The catalogue, for the national portal to harvest. Without open tables there is none."""
    tables = [
        Open(TABLES[key], timezone.localdate(row.opened_at))
        for key, row in openness.opened().items()
    ]
    if not tables:
        raise Http404("Ingen tabell är öppna data.")
    address = reverse("open_data")
    site = f"{settings.SITE_URL}{address}" if settings.SITE_URL else None
    graph = catalogue(tables, site or request.build_absolute_uri(address))
    return HttpResponse(
        graph.serialize(format="pretty-xml", encoding="utf-8"),
        content_type="application/rdf+xml; charset=utf-8",
        headers={
            "Cache-Control": f"public, max-age={OPEN_FOR}",
            "Access-Control-Allow-Origin": "*",
        },
    )
