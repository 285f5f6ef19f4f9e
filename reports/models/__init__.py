"""What we tell: years and their questions, submissions, memos, publications."""

from reports.models.memo import Memo, MemoLine, MemoSection, ScheduleStep
from reports.models.part import CarriedItem, Part, Saving, Waiver
from reports.models.publication import Publication, PublicationFile, PublishedFigure
from reports.models.submission import Activity, Answer, PartnerCount, Sector, Submission
from reports.models.year import CityText, Question, ReportingYear

__all__ = [
    "Activity",
    "Answer",
    "CarriedItem",
    "CityText",
    "Memo",
    "MemoLine",
    "MemoSection",
    "Part",
    "PartnerCount",
    "Publication",
    "PublicationFile",
    "PublishedFigure",
    "Question",
    "ReportingYear",
    "Saving",
    "ScheduleStep",
    "Sector",
    "Submission",
    "Waiver",
]
