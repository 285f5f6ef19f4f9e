"""Reading prose: every number in it, judged against the figures of the year; names, and texts told twice.

Pure: no Django, no queries. `numbers` finds what is a figure, `known` holds the figures that a text may speak
of, `context` says what a sentence is about, and `judging` lays them beside each other. Quiet: what the rows do
not know is unknown, never wrong.
"""

from reports.reading.known import Known, known_of
from reports.reading.readings import Reading, State, readings

__all__ = ["Known", "Reading", "State", "known_of", "readings"]
