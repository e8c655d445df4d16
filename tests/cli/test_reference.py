"""The reference pages say what the code says."""

import pytest

from qualcode.cli.reference import PAGES, commands_page, stale
from qualcode.columns import TABLES


def test_the_pages_in_docs_are_what_the_code_says(root):
    if not (root / "docs").is_dir():
        pytest.skip("no docs folder beside this installation")
    assert stale(root / "docs") == [], "run: python -m qualcode.cli.reference"


def test_every_table_and_column_is_on_its_page():
    page = PAGES["columns.md"]()
    for table, columns in TABLES.items():
        section = page.split(f"## {table}\n")[1].split("\n## ")[0]
        assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == [
            column.name for column in columns
        ]


def test_every_command_is_on_its_page_with_an_example():
    page = commands_page()
    for section in page.split("\n## qualcode")[1:]:
        assert "Usage: " in section
        assert "Examples:" in section, section.splitlines()[0]


def test_the_pages_do_not_depend_on_the_width_of_the_terminal(monkeypatch):
    wide = commands_page()
    monkeypatch.setenv("COLUMNS", "40")
    assert commands_page() == wide
