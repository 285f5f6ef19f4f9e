"""What the tests of the hand-in look at: the page, its trail, the state."""

import re

from malmo_intl.models import Event

PAGE = "/redovisning/2024/mf/granska/"
RECEIPT = "/redovisning/2024/mf/kvittens/"
# A sentence that holds a warning: the project is in the register but not among Miljö's.
WARNED = "<p>I projektet Rebus har vi varit med.</p>"


def seen(client) -> str:
    """The checksum that the page holds."""
    found = re.search(r'name="sett" value="(\w*)"', client.get(PAGE).content.decode())
    return found[1] if found else ""


def page(client, person, address=PAGE) -> str:
    client.force_login(person)
    return client.get(address, follow=True).content.decode()


def trail(submission) -> list[str]:
    return list(Event.objects.about(submission).order_by("pk").values_list("verb", flat=True))


def state(submission) -> str:
    submission.refresh_from_db()
    return submission.status


def the_warning(client, person) -> str:
    return re.search(r'name="varning" value="([^"]*)"', page(client, person))[1]
