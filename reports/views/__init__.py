"""The pages. Rows by `visible_to`, acts by `malmo_intl.access`, log-in by middleware."""

from reports.views.account import LogIn
from reports.views.documents import document, document_file, documents
from reports.views.entry import part, start
from reports.views.entry_projects import carried, projects
from reports.views.hand_in import check
from reports.views.home import home
from reports.views.importing import import_answers
from reports.views.joining import (
    project_leave,
    project_new,
    project_owner,
    project_return,
    project_search,
)
from reports.views.public import accessibility, health
from reports.views.receipts import receipt, receipt_file
from reports.views.submissions import submission
from reports.views.versions import part_history, part_restore
from reports.views.workbook import workbook, workbook_file
from reports.views.years import year, years

__all__ = [
    "LogIn",
    "accessibility",
    "carried",
    "check",
    "document",
    "document_file",
    "documents",
    "health",
    "home",
    "import_answers",
    "part",
    "part_history",
    "part_restore",
    "receipt",
    "receipt_file",
    "project_leave",
    "project_new",
    "project_owner",
    "project_return",
    "project_search",
    "projects",
    "start",
    "submission",
    "workbook",
    "workbook_file",
    "year",
    "years",
]
