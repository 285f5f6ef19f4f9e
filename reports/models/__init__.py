"""What we tell: years and their questions, submissions, memos, publications."""

from reports.models.decision import CityDecision
from reports.models.memo import Memo, MemoLine, MemoSection, ScheduleStep
from reports.models.openness import ApiKey, Dataset
from reports.models.part import CarriedItem, Part, Saving, Waiver
from reports.models.publication import (
    Publication,
    PublicationFile,
    PublishedFigure,
    Publishing,
)
from reports.models.review import Comment, Merge, Quotation
from reports.models.schedule import Letter, MailText, Milestone
from reports.models.submission import Activity, Answer, PartnerCount, Sector, Submission
from reports.models.year import CityText, Question, ReportingYear

__all__ = [
    "Activity",
    "Answer",
    "ApiKey",
    "CarriedItem",
    "CityDecision",
    "CityText",
    "Comment",
    "Dataset",
    "Letter",
    "MailText",
    "Memo",
    "MemoLine",
    "MemoSection",
    "Merge",
    "Milestone",
    "Part",
    "PartnerCount",
    "Publication",
    "PublicationFile",
    "PublishedFigure",
    "Publishing",
    "Question",
    "Quotation",
    "ReportingYear",
    "Saving",
    "ScheduleStep",
    "Sector",
    "Submission",
    "Waiver",
]
