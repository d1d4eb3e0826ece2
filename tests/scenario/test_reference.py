from __future__ import annotations

from pathlib import Path

from game.scenario.schema.declarations import SCENARIO
from game.scenario.schema.reference import format_page, pages

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_every_page_is_as_the_declarations_write_it() -> None:
    written = {name: (REFERENCE / name).read_text(encoding="utf-8") for name in pages()}
    assert [name for name, page in pages().items() if written[name] != page] == []


def test_the_format_page_names_every_key() -> None:
    page = format_page()
    assert [key for key in SCENARIO if f"| `{key}` |" not in page] == []


def test_every_key_says_what_it_is() -> None:
    assert [name for name, key in SCENARIO.items() if not key.doc.endswith(".")] == []
