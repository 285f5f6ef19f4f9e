"""The old address of a project that has been merged with another leads to the one that was kept."""

from django.shortcuts import redirect

from reports.models import Merge

PAGE = "projects:detail"


class MovedProjects:
    """Asks only when the page of a project was not found, so the floor below need not know of merges."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 404 or match is None or match.view_name != PAGE:
            return response
        slug = match.kwargs["slug"].replace("\x00", "")
        merge = (
            Merge.objects.filter(merged_slug=slug, undone_at=None).select_related("kept").first()
        )
        return redirect(merge.kept) if merge else response
