"""What we tell: years and their questions, submissions, memos, publications."""

from reports.models.memo import Memo, MemoLine, MemoSection, ScheduleStep
from reports.models.publication import Publication, PublicationFile, PublishedFigure
from reports.models.submission import Activity, Answer, PartnerCount, Sector, Submission
from reports.models.year import CityText, Question, ReportingYear

__all__ = [
    "Activity",
    "Answer",
    "CityText",
    "Memo",
    "MemoLine",
    "MemoSection",
    "PartnerCount",
    "Publication",
    "PublicationFile",
    "PublishedFigure",
    "Question",
    "ReportingYear",
    "ScheduleStep",
    "Sector",
    "Submission",
]
