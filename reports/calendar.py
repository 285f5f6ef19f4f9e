"""The year's days as a calendar file (RFC 5545). Pure: no queries, no clock of its own.

An event has the same UID for ever, and DTSTAMP says when the year was last changed: the file is the same,
byte for byte, until something in it is.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

DOMAIN = "internationell-redovisning.malmo.se"


@dataclass(frozen=True)
class Day:
    """An all-day event. `key`: what it is, in letters that last, for its UID."""

    key: str
    day: datetime.date
    title: str
    note: str = ""


def calendar(name: str, days: Iterable[Day], stamp: datetime.datetime) -> bytes:
    """`stamp`: when what the calendar says was last changed, with a time zone."""
    made = Calendar()
    made.add("prodid", "-//Malmö stad//Internationell redovisning//SV")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for day in sorted(days, key=lambda item: (item.day, item.key)):
        made.add_component(_event(day, stamp))
    return made.to_ical()


def _event(day: Day, stamp) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@{DOMAIN}")
    event.add("dtstamp", stamp.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + datetime.timedelta(days=1))
    event.add("summary", day.title)
    if day.note:
        event.add("description", day.note)
    event.add("transp", "TRANSPARENT")
    return event
