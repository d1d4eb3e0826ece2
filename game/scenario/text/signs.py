"""Letters that the window can't draw: looked for in every text of a file, and said once."""

from __future__ import annotations

from collections.abc import Iterator

from game.scenario.findings.finding import Finding, of_code
from game.scenario.text.letters import missing
from game.scenario.text.yaml_tree import Node
from game.text import called


def undrawable(root: Node, path: str) -> Iterator[Finding]:
    """The finding that some letters of a file are in no font, at the first text that has one."""
    first: Node | None = None
    lacking: dict[str, None] = {}
    for node in texts(root):
        found = missing(node.text)
        first = first or (node if found else None)
        lacking.update(dict.fromkeys(found))
    if first is not None:
        letter, more = next(iter(lacking)), len(lacking) - 1
        others = f" and {more} more" if more else ""
        message = f"the window's fonts have no {letter} ({called(letter)}){others}"
        yield of_code(path, "Y019", first.span, message, "write it in letters that they have, or let it be a box there")


def texts(root: Node) -> Iterator[Node]:
    """Every text that is a value, in the order of the file."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind == "text":
            yield node
        waiting += reversed([*node.entries.values(), *node.items])
