"""A page as people meet it: nothing serious for axe, in light and in dark; nothing sideways on a phone, where
tables scroll and axe asks whether the keyboard reaches them; no report of the content security policy."""

from axe_playwright_python.sync_playwright import Axe

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
SERIOUS = ("serious", "critical")
AXE = Axe().axe_script
# What axe asks that light or dark can change, and what a narrow window can.
COLOURS = ["color-contrast", "link-in-text-block"]
NARROW = [
    "scrollable-region-focusable",
    "target-size",
    "aria-hidden-focus",
    "link-name",
    "button-name",
]


def faults(page, rules=None):
    """What axe finds that is serious, by all its rules or by `rules` only."""
    options = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = rules
    page.wait_for_load_state()  # a document on its way out has nothing for axe to look at
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{page.url}: {fault['id']} {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]


def sideways(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def complaints(visitor):
    """All that is wrong with the page where the visitor is, looked at in every way; the window is wide and
    light afterwards."""
    page = visitor.page
    found = list(visitor.reports)  # before axe, which makes reports of its own
    found += faults(page)
    page.emulate_media(color_scheme="dark")
    found += faults(page, COLOURS)
    page.set_viewport_size(PHONE)
    if sideways(page) > 0:
        found.append(f"{page.url}: {sideways(page)} pixels sideways")
    found += faults(page, NARROW)
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    visitor.reports.clear()
    return found


def look_over(visitor):
    assert complaints(visitor) == []
