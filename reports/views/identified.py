"""From what a file calls itself inside to the document on the reader's shelf."""

from reports import identities
from reports.views.shelf import Item, PublishedItem, shelf


def on_the_shelf(user, identity: str) -> Item | PublishedItem | None:
    """What is published before what is live; None for what the person may not read, or is no document."""
    year = identities.year(identity)
    items = shelf(user, year=year) if year else ()
    return next((item for item in items if identities.of(item) == identity), None)
