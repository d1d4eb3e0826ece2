"""A file as an editor has it open: its text, what was found in it, and every name in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from game.errors import GameError
from game.files import catalogue_path
from game.scenario import reading, spec
from game.scenario.build.catalogue import MEMORIES, NOTHING, Catalogue, catalogue_of
from game.scenario.build.catalogue import SECTIONS as CATALOGUED
from game.scenario.build.read_values import EMPTY
from game.scenario.build.scenario import RULED, SECTIONS, names_of
from game.scenario.editing.kept import KeptTrees
from game.scenario.editing.occurrences import Occurrence, occurrences
from game.scenario.findings.finding import Audience, Finding, Report
from game.scenario.schema.names import ID, Names
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

OWN_SECTIONS: Mapping[str, str] = {kind: section for kind, section in SECTIONS.items() if kind != "flag"}
"""Where each kind of thing is declared as a key."""


@dataclass(frozen=True)
class Document:
    """One version of a file."""

    path: str
    text: str
    root: Node
    scenario: spec.Scenario | None
    findings: tuple[Finding, ...]
    catalogue: Catalogue = field(repr=False)
    catalogue_file: Path | None

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def names(self) -> Names:
        """What is declared, also in sections that can't be read just now."""
        read, inherited = names_of(self.root, self.catalogue).known, self.catalogue.names.known
        known = {kind: read.get(kind) or frozenset(self._scanned(kind)) for kind in SECTIONS}
        known |= {kind: known[kind] | inherited[kind] for kind in CATALOGUED}
        return Names({**known, "memory": known["memory"] or MEMORIES})

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        return occurrences(self.root, self.names, self.catalogue, self.text)

    def at(self, line: int, column: int) -> Occurrence | None:
        """What is named at a place; a cursor behind the last letter counts as on it."""
        for each in self.occurrences:
            if each.span.line == line and each.span.column <= column <= each.span.end_column:
                return each
        return None

    def same(self, occurrence: Occurrence) -> tuple[Occurrence, ...]:
        """Every occurrence of what is named."""
        wanted = occurrence.kind, occurrence.name
        return tuple(each for each in self.occurrences if (each.kind, each.name) == wanted)

    def node(self, kind: str, name: str) -> Node:
        """The entry that declares an id, here or in the catalogue; the empty node where there is none."""
        section = OWN_SECTIONS.get(kind, "")
        own = self.root.entries.get(section, EMPTY).entries
        return own.get(name) or self.catalogue.nodes.get(section, {}).get(name) or EMPTY

    def declared_elsewhere(self, kind: str, name: str) -> Span | None:
        """Where the catalogue declares an id."""
        node = self.catalogue.nodes.get(OWN_SECTIONS.get(kind, ""), {}).get(name)
        return None if node is None else node.place

    @cached_property
    def spoken_of(self) -> frozenset[tuple[str, str]]:
        """The attributes and memories that the catalogue or the rules know by their names, as kind and name."""
        root = Node("block", (1, 1, 1, 2))
        for section, nodes in self.catalogue.nodes.items():
            root.entries[section] = Node("block", (1, 1, 1, 2))
            root.entries[section].entries.update(nodes)
        found = occurrences(root, self.catalogue.names, self.catalogue, "")
        named = {(each.kind, each.name) for each in found if each.kind in ("attribute", "memory")}
        return frozenset(named | {("memory", name) for name in RULED})

    def _scanned(self, kind: str) -> list[str]:
        """The keys of a section by their indentation, for a section that can't be read."""
        section, found, column = OWN_SECTIONS.get(kind), [], 0
        inside = False
        for row in self.lines:
            content = row.lstrip(" ")
            if not content.strip() or content.startswith("#"):
                continue
            indent = len(row) - len(content)
            if indent == 0:
                inside, column = content.partition(":")[0].rstrip() == section, 0
            elif inside:
                column = column or indent
                name = content.partition(":")[0].rstrip()
                if indent == column and ID.match(name):
                    found.append(name)
        return found


def examined(text: str, path: str, trees: KeptTrees, audience: Audience = "author") -> Document:
    """A version of a file, checked."""
    root = Node("block", (1, 1, 1, 2))

    def parsed(safe: str, report: Report) -> Node | None:
        nonlocal root
        made = trees.tree_of(safe, report)
        root = made if made is not None and made.kind == "block" else root
        return made

    found = reading.read(text, path=path, audience=audience, parsed=parsed)
    named = root.entries.get("catalogue", EMPTY)
    catalogue, file = NOTHING, None
    if named.kind == "text":
        with suppress(GameError):  # one that is unknown is a finding
            catalogue, file = catalogue_of(named.text), catalogue_path(named.text)
    return Document(path, text, root, found.scenario, found.findings, catalogue, file)
