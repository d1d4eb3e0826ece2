"""What editors need of a scenario, without an editor: laws over the shipped files and random edits of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from game.errors import InvalidArgument
from game.scenario import read
from game.scenario.editing.document import Document, examined
from game.scenario.editing.edits import applied
from game.scenario.editing.fixes import fixed
from game.scenario.editing.kept import KeptTrees
from game.scenario.editing.rename import renamed
from game.scenario.findings.finding import Report
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import Node
from tests.scenario.examples import BASE

CHECKOUT = Path(__file__).resolve().parents[3]
FILES = sorted([*(CHECKOUT / "scenarios").glob("*.yaml"), *(CHECKOUT / "tests/findings/ok").glob("*.yaml")])
SIGNS = ["\n", "x", " ", '"', "{", "\n  foo: 1\n", "#", "- ", ":", ": ", "\nturn: week\n", "'", "\t", "|", "]", "é"]


def opened(text: str) -> Document:
    return examined(text, "mine.yaml", KeptTrees())


def shape(node: Node | None) -> object:
    """All that a reader of a tree can see; blocks have a place, and no end that anybody asks for."""
    if node is None:
        return None
    end = None if node.kind in ("block", "list") else (node.end_line, node.end_column)
    entries = [(name, shape(each)) for name, each in node.entries.items()]
    return (
        (node.kind, node.text, node.value, node.style, node.line, node.column, end),
        node.key and shape(node.key),
        entries,
        [shape(each) for each in node.items],
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_tree_made_of_kept_pieces_is_the_tree_of_the_whole_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    trees, chance = KeptTrees(), random.Random(path.stem)
    for _ in range(25):
        at = chance.randrange(len(text))
        edited = text[:at] + chance.choice(SIGNS) + text[at + chance.randrange(3) :]
        kept, whole = Report("x"), Report("x")
        assert shape(trees.tree_of(edited, kept)) == shape(tree_of(edited, whole)), edited[at - 20 : at + 20]
        assert kept.findings == whole.findings
        text = edited if not whole.findings else text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_stands_where_it_is_said_to_stand(path: Path) -> None:
    document = opened(path.read_text(encoding="utf-8"))
    for each in document.occurrences:
        row = document.lines[each.span.line - 1]
        assert row[each.span.column - 1 : each.span.end_column - 1] == each.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whatever_is_renamed_leaves_a_sound_file_and_can_be_renamed_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = opened(text)
    before = [(each.code, each.span.line) for each in document.findings]
    declared = {each.kind: each for each in document.occurrences if each.declares}
    assert "state" in declared
    for each in declared.values():
        if (each.kind, each.name) in document.spoken_of:
            with pytest.raises(InvalidArgument, match="keeps its name"):
                renamed(document, each.span.line, each.span.column, "quite_another")
            continue
        edits = renamed(document, each.span.line, each.span.column, "quite_another")
        other = applied(text, edits)
        found = read(other).findings
        assert [(each.code, each.span.line) for each in found] == before, f"{each}: {found}"
        place = next(edit.span for edit in edits)
        back = renamed(opened(other), place.line, place.column, each.name)
        assert applied(other, back) == text


@pytest.mark.parametrize("path", sorted((CHECKOUT / "tests/findings/err").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_fix_never_makes_a_new_finding(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    if len(text) > 20_000:
        pytest.skip("a file that is too large has nothing to be fixed")
    before = [(each.code, each.message) for each in read(text, audience="strict").findings]
    for unsafe in (False, True):
        mended, done = fixed(text, "strict", unsafe=unsafe)
        after = [(each.code, each.message) for each in read(mended, audience="strict").findings]
        assert all(before.count(each) >= after.count(each) for each in after)
        assert bool(done) == (mended != text)


SLIPS = {
    "catalogue: standard": ("catalog: standard", "unsafe"),
    "tension: 40": ('tension: "40"', "safe"),
    "{military: 50}": ("{military: \N{MINUS SIGN}50}", None),
    "title: Example": ("title: Example: a title", "safe"),
    "held_by: ada": ("held_by: adda", "unsafe"),
}


@pytest.mark.parametrize("right", SLIPS)
def test_a_slip_is_mended_as_its_author_would(right: str) -> None:
    wrong, kind = SLIPS[right]
    text = BASE.replace(right, wrong)
    assert text != BASE
    safe, _ = fixed(text, "author")
    unsafe, _ = fixed(text, "author", unsafe=True)
    if kind == "safe":
        assert not [each for each in read(safe).findings if each.severity == "error"]
    if kind == "unsafe":
        assert safe == text
        assert unsafe == BASE
