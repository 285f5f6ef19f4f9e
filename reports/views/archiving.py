"""The archive package of a year, for those who keep the city's records."""

import tempfile

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports.archiving.package import NoPackage, name, write
from reports.models import ReportingYear


@never_cache
@require_safe
def archive(request, year):
    """Made when it is asked for, on disk, and sent piece by piece: a year is some tens of megabytes at most."""
    if not access.may_edit_registers(request.user):
        raise Http404("Sidan finns inte.")
    found = get_object_or_404(ReportingYear, year=year)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write(found, file)
    except NoPackage as error:
        file.close()
        messages.error(request, str(error))
        return redirect(found)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name(found)}.zip", content_type="application/zip"
    )
