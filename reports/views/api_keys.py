"""Keys for programs: stadskontoret makes them and revokes them. The secret is shown once."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from malmo_intl import access
from malmo_intl.inputs import PlainTextField
from reports.dataout import keys
from reports.models import ApiKey


class KeyForm(forms.Form):
    name = PlainTextField(
        label="Vad nyckeln ska användas till",
        max_length=120,
        help_text="Till exempel Power BI på stadskontoret.",
        error_messages={"required": "Skriv vad nyckeln ska användas till."},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_keys(request):
    if not access.may_review(request.user):
        raise PermissionDenied
    form, secret, made = KeyForm(request.POST or None, label_suffix=""), "", None
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = keys.make(form.cleaned_data["name"], request.user, timezone.now())
            form = KeyForm(label_suffix="")
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "form": form,
        "made": made,
        "secret": secret,  # on this very page and never again: a redirect would have to keep it somewhere
        "example": request.build_absolute_uri(reverse("data_file", args=["utbetalningar", "csv"])),
        "keys": ApiKey.objects.order_by("revoked_at", "-made_at"),
        "breadcrumbs": [("Tillbakablick", reverse("look_back")), ("Data", reverse("data"))],
    }
    return render(request, "reports/data/keys.html", context, status=422 if form.errors else 200)


@require_POST
def api_key_revoke(request, key):
    if not access.may_review(request.user):
        raise PermissionDenied
    found = get_object_or_404(ApiKey, pk=key)
    try:
        keys.revoke(found, request.user, timezone.now())
        messages.success(request, f"Nyckeln {found} är återkallad.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("api_keys")
