"""The same open year, draft and saving as where it is entered."""

from tests.reports.entry.conftest import draft, save, year

__all__ = ["draft", "save", "year"]
