"""The floors of the house: reports → funding → projects → malmo_intl, and never the other way."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["malmo_intl", "projects", "funding", "reports"]
ROOF = {"settings.py", "urls.py", "wsgi.py"}
# Pure arithmetic and plain data: these must not know of Django.
NO_DJANGO = [
    "malmo_intl/formats.py",
    "malmo_intl/richtext.py",
    "malmo_intl/words.py",
    "reports/facts.py",
    "reports/rules.py",
    "reports/rollup.py",
    "reports/figures.py",
    "reports/bridge.py",
    "reports/behind.py",
    "reports/development.py",
    "reports/document.py",
    "reports/addresses.py",
    "reports/claims.py",
    "reports/archiving/schema.py",
    "reports/lookback/breaks.py",
    "reports/lookback/series.py",
    "reports/dataout/table.py",
    "reports/prose.py",
    "reports/quoting.py",
    "reports/naming.py",
    "reports/wordback/opening.py",
    "reports/wordback/joining.py",
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "reports/compose").glob("*.py")),
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "reports/reading").glob("*.py")),
]


def modules(floor):
    for path in sorted((ROOT / floor).rglob("*.py")):
        if "migrations" not in path.parts and path.name not in ROOF:
            yield path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_uses_only_what_is_below_it(floor):
    above = FLOORS[FLOORS.index(floor) + 1 :]
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(floor)
        for name in imports(path)
        if name.split(".")[0] in above
    ]
    assert wrong == []


@pytest.mark.parametrize("module", NO_DJANGO)
def test_arithmetic_and_plain_data_know_nothing_of_django(module):
    assert not [name for name in imports(ROOT / module) if name.split(".")[0] == "django"]


def test_renderers_ask_no_database_and_count_nothing():
    for path in (ROOT / "reports/renderers").glob("*.py"):
        names = set(imports(path))
        assert not [name for name in names if ".models" in name or "rollup" in name], path.name


def test_every_model_says_in_one_sentence_what_it_is():
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for floor in FLOORS
        for path in modules(floor)
        for node in ast.parse(path.read_text()).body
        if "models" in str(path)
        and isinstance(node, ast.ClassDef)
        and not node.name.endswith(("QuerySet", "Manager", "Role"))
        and not ast.get_docstring(node)
    ]
    assert silent == []
