"""The cells of a page's tables, a row in one go: with a template for every cell, hundreds of rows take ten times
as long."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from reports import wall
from reports.tables import Cell

register = template.Library()


@register.filter
def as_cells(row: tuple[Cell, ...]) -> SafeString:
    """The first cell is the row's heading. Texts, classes and addresses are escaped here."""
    first, *others = row
    html = f'<th scope="row">{_linked(first, "<a")}</th>' + "".join(map(_cell, others))
    return mark_safe(html)  # noqa: S308 - only escaped pieces


def _cell(cell) -> str:
    css = f' class="{escape(cell.css)}"' if cell.css else ""
    return f"<td{css}>" + _linked(cell, '<a class="figure-link"') + "</td>"


def _linked(cell, tag) -> str:
    text = escape(cell.text)
    return f'{tag} href="{escape(cell.url)}">{text}</a>' if cell.url else text


@register.filter
def as_states(cells: Iterable[wall.Cell]) -> SafeString:
    """An administration's parts on the wall, each leading to its place; a state as in components/status.html."""
    return mark_safe("".join(map(_state, cells)))  # noqa: S308 - only escaped pieces


def _state(cell) -> str:
    title, state = escape(cell.column.title), cell.state
    return (
        f'<td><a href="{escape(cell.url)}" title="{title}: {escape(state.word.lower())}">'
        f'<span class="ds-sr-only">{title}: </span><span class="ds-tag status" data-color="{state.color}"'
        f' data-sign="{state.sign}">{escape(state.short)}</span></a></td>'
    )
