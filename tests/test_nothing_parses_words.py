"""Causes and refusals are values; nothing that reads them takes our own sentences apart again."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READERS = ("analysis", "cli", "match", "narrative", "play", "screen")

TAKEN_APART = {"partition", "rpartition", "split", "rsplit", "startswith", "endswith", "removeprefix", "removesuffix"}
"""What looks into a text or cuts it."""

WORDS = re.compile(r"[A-Za-z]:? |[ :][A-Za-z]|^[:,;.] $")
"""What only stands in sentences: a word with a blank or a colon beside it, or what divides their parts."""

EXPRESSIONS = {
    "cli/check_settings.py": "the lines of a file of settings, and where the reader of TOML says that a fault is",
    "cli/commands/new.py": "the name that a person gives",
    "cli/commands/why.py": "the pair of states that a person gives",
    "cli/echo.py": "colours of the terminal",
    "narrative/codex.py": "the documentation of rules, written in their modules",
    "play/library.py": "the text of a scenario file",
    "screen/paint/words.py": "where lines of any text may break",
}
"""Where regular expressions are read, and what they are for."""

FORMATS = {
    "narrative/briefing.py": {": "},  # the text of an order, after its state
    "narrative/codex.py": {": "},  # the first line of a rule's documentation
    "play/presentation.py": {": "},  # the text of an order
    "screen/board/orders.py": {": "},  # the text of an order
    "screen/dealing.py": {": "},  # the text of an order
    "screen/scenes/saves.py": {", "},  # the ids of the states that people decide for
    "screen/scenes/statement.py": {": "},  # the text of an order
    "screen/scenes/board.py": {"act "},  # the name of a zone
}
"""Formats that are no sentences: file by file, what they are divided at."""


def modules() -> list[str]:
    return sorted(
        str(path.relative_to(ROOT / "game")) for layer in READERS for path in (ROOT / "game" / layer).rglob("*.py")
    )


def literals(node: ast.AST) -> Iterator[str]:
    """The text in an argument: of a constant, of the parts of an f-string, of the members of a tuple."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _ours(whose: ast.expr, name: str) -> bool:
    """Whether an attribute is, or once was, a sentence of the rules."""
    causes = isinstance(whose, ast.Name) and whose.id in {"cause", "row", "entry", "known", "error"}
    return name in {"cause", "refusal", "blocker"} or (causes and name == "text")


def parsed(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where sentences are looked into, and for what."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Call(ast.Name("str"), [ast.Name("error" | "problem")]), method)):
                yield node.lineno, f"str(error).{method}"
            case ast.Call(ast.Attribute(_, method), arguments) if method in TAKEN_APART:
                yield from ((node.lineno, text) for each in arguments for text in literals(each) if WORDS.search(text))
            case ast.Compare(ast.Constant(str(text)), [ast.In() | ast.NotIn()], _) if WORDS.search(text):
                yield node.lineno, text
            case ast.Compare(left, [ast.In() | ast.NotIn()], [ast.Attribute(whose, name)]) if _ours(whose, name):
                yield node.lineno, ast.unparse(left)
            case ast.Compare(ast.Call(ast.Name("str"), [ast.Name("error")])):
                yield node.lineno, "str(error) compared"


@pytest.mark.parametrize("module", modules())
def test_no_reader_takes_a_sentence_of_ours_apart(module: str) -> None:
    tree = ast.parse((ROOT / "game" / module).read_text(encoding="utf-8"))
    allowed = FORMATS.get(module, set())
    assert [(line, text) for line, text in parsed(tree) if text not in allowed] == []


@pytest.mark.parametrize("module", modules())
def test_regular_expressions_read_only_what_is_not_ours(module: str) -> None:
    tree = ast.parse((ROOT / "game" / module).read_text(encoding="utf-8"))
    imported = any(
        isinstance(node, ast.Import) and any(each.name == "re" for each in node.names) for node in ast.walk(tree)
    )
    assert imported == (module in EXPRESSIONS)


@pytest.mark.parametrize(
    "code",
    [
        'text.removeprefix("agreement in force: ")',
        'text.removeprefix(f"Crisis over {title}: ")',
        'cause.text.startswith("clash over ")',
        'text.partition(": ")',
        'broken = " breaks " in text',
        '"accident" in cause.text',
        "dispute.title in cause.text",
        'str(error).partition("x")',
        'found = str(error) == "no"',
        'CHOICES[act].removesuffix(" over")',
    ],
)
def test_the_kinds_of_parsing_that_there_were_are_found(code: str) -> None:
    assert list(parsed(ast.parse(code)))


@pytest.mark.parametrize("code", ['date.partition("-")', 'name.endswith(".yaml")', '"a" in names', "text.split()"])
def test_what_reads_data_is_let_pass(code: str) -> None:
    assert not list(parsed(ast.parse(code)))
