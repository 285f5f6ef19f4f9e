"""Where the rows behind a figure are shown: the lasting address of each, as a path. No Django.

Printed and published files lead here, so what stands in an address is never renamed.
"""

from functools import lru_cache
from urllib.parse import quote

from reports.behind import Cut

# What stands in addresses → the figure.
FIGURES = {
    "eu-projekt": "eu_projects",
    "projektagare": "owned",
    "projektpart": "partnered",
    "unika-projekt": "unique_projects",
    "utbetalt": "paid",
    "projektvarde": "project_value",
    "samverkansparter": "partners",
    "besokare": "visitors",
    "minsta-budget": "smallest_budget",
    "storsta-budget": "largest_budget",
}
NAMES = {name: address for address, name in FIGURES.items()}
# A way to cut → what it is called in an address, in the order that they stand there.
PARAMETERS = {
    "administration": "forvaltning",
    "fund": "fond",
    "goal": "mal",
    "project": "projekt",
    "role": "roll",
    "sector": "sektor",
}


@lru_cache(maxsize=4096)
def of_figure(year: int, name: str, cut: Cut = Cut()) -> str:  # noqa: B008
    """The page of the figure `name`, or of a part of it; "" when it cannot be cut so."""
    if not cut.fits(name):
        return ""
    path = f"/redovisning/{year}/siffror/{NAMES[name]}/"
    asked = "&".join(
        f"{parameter}={quote(str(value), safe='')}"
        for field, parameter in PARAMETERS.items()
        if (value := getattr(cut, field)) not in ("", None)
    )
    return f"{path}?{asked}" if asked else path


def of_project(slug: str) -> str:
    """The page of a project, with its grants and payouts."""
    return f"/projekt/{quote(slug)}/"
