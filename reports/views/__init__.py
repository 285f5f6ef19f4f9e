"""The pages. Rows by `visible_to`, acts by `malmo_intl.access`, log-in by middleware."""

from reports.views.account import LoginForm
from reports.views.documents import document, document_file, documents
from reports.views.home import home
from reports.views.public import accessibility, health
from reports.views.submissions import submission
from reports.views.years import year, years

__all__ = [
    "LoginForm",
    "accessibility",
    "document",
    "document_file",
    "documents",
    "health",
    "home",
    "submission",
    "year",
    "years",
]
