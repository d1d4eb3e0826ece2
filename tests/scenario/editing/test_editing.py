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


SLIPS = (
    ("catalogue: standard", "catalog: standard", "unsafe"),
    ("tension: 40", 'tension: "40"', "safe"),
    ("title: Example", "title: Example: a title", "safe"),
    ("held_by: ada", "held_by: adda", "unsafe"),
    ("turns: 12", "turns 12", "safe"),
    ("title: Example", "title:Example", "safe"),
    ("start: 2012-02", "start: February 2012", "safe"),
    ("start: 2012-02", "start: 2012-Q1", "unsafe"),
    ("  ada: {name", "\u00a0 ada: {name", "safe"),
    ("{ada <-> bora: 20}", "{ada <> bora: 20}", "unsafe"),
    ("  bora: {name", "\tbora: {name", "unsafe"),
    ("  bora: {name", "   bora: {name", "unsafe"),
    ("  bora: {name: Bora", "  Bora: {name: Bora", "unsafe"),
)


@pytest.mark.parametrize(("right", "wrong", "kind"), SLIPS, ids=[each[1] for each in SLIPS])
def test_a_slip_is_mended_as_its_author_would(right: str, wrong: str, kind: str) -> None:
    text = BASE.replace(right, wrong)
    assert text != BASE
    safe, _ = fixed(text, "author")
    unsafe, _ = fixed(text, "author", unsafe=True)
    if kind == "safe":
        assert not [each for each in read(safe).findings if each.severity == "error"]
        assert safe in (BASE, unsafe)
    else:
        assert safe == text
        assert read(unsafe).scenario is not None


WRITTEN = {
    "strait.tension => 40": ("strait.tension >= 40", True),
    "strait.tension at least 40": ("strait.tension >= 40", True),
    "strait.tension is 40": ("strait.tension == 40", True),
    "pact(ada -> bora)": ("pact(ada <-> bora)", True),
    "pledge(ada <-> bora)": ("pledge(ada -> bora)", False),
}


@pytest.mark.parametrize("wrong", WRITTEN)
def test_signs_of_conditions_are_mended(wrong: str) -> None:
    right, safe = WRITTEN[wrong]
    text, expected = (
        f"{BASE}endings:\n  war: {{when: ['{each}', turn > 2], text: It is over.}}\n" for each in (wrong, right)
    )
    assert fixed(text, "author")[0] == (expected if safe else text)
    assert fixed(text, "author", unsafe=True)[0] == expected


def test_groups_and_names_of_lists_are_mended() -> None:
    text = BASE + "endings:\n  war: {when: {or: [turn > 2, strait.tension > 90]}, text: It is over.}\n"
    assert fixed(text, "author")[0] == text.replace("{or:", "{any:")
    negated = text.replace("or:", "not:")
    assert fixed(negated, "author")[0] == negated  # none of them, or not all of them
    assert fixed(BASE + "flags: [alarm, calm, alarm]\n", "author")[0] == BASE + "flags: [alarm, calm]\n"


def test_power_of_one_state_is_offered_as_each_states_own() -> None:
    text = BASE + "power: ada.military\n"
    assert fixed(text, "author")[0] == text
    assert fixed(text, "author", unsafe=True)[0] == BASE + "power: military\n"


def test_cells_and_texts_are_mended_in_all_their_length() -> None:
    table = "relations:\n  table: |\n    from\\to  ada  bora\n    ada     .  10\n    bora    10  .\n"
    right = BASE.replace("relations:\n  pairs: {ada <-> bora: 20}\n", table)
    assert read(right).scenario is not None
    assert fixed(right.replace("ada     .  10", "ada | . | 10 |"), "author", unsafe=True)[0].count("|") == 1
    assert fixed(right.replace("ada     .  10", "ada     0  10"), "author")[0] == right
    torn = BASE + "endings: {war: {when: turn > 2, text: It is over, at last, for all}}\n"
    mended = torn.replace("It is over, at last, for all", '"It is over, at last, for all"')
    assert fixed(torn, "author", unsafe=True)[0] == mended
