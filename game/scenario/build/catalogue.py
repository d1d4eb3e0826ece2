"""The catalogue a scenario starts from: read by the same machinery, once per process, and laid under its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from game import files
from game.errors import GameError
from game.scenario import spec
from game.scenario.build import acts, pledges
from game.scenario.build.read_values import Site
from game.scenario.findings.finding import Finding, Report, ordered
from game.scenario.schema.declarations import CATALOGUE, USUAL_MEMORIES
from game.scenario.schema.names import Names
from game.scenario.schema.types import Context
from game.scenario.text.source import START, bytes_of, text_of
from game.scenario.text.syntax_recovery import tree_of
from game.scenario.text.yaml_tree import Node

# A catalogue names attributes and states it leaves to scenarios; memories are those of the model.
MEMORIES = frozenset(name for name, _, _ in USUAL_MEMORIES)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What it declares by id, as records and as the nodes they were built from."""

    agreement_kinds: Mapping[str, spec.AgreementKind] = field(default_factory=dict)
    pledge_kinds: Mapping[str, spec.PledgeKind] = field(default_factory=dict)
    offices: Mapping[str, spec.Office] = field(default_factory=dict)
    acts: Mapping[str, spec.Act] = field(default_factory=dict)
    personalities: Mapping[str, spec.Personality] = field(default_factory=dict)
    nodes: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """What it declares; a kind it leaves out passes as any name."""
        return Names(
            {"memory": MEMORIES, **{kind: frozenset(getattr(self, section)) for kind, section in SECTIONS.items()}}
        )


NOTHING = Catalogue()

SECTIONS = {
    "agreement kind": "agreement_kinds",
    "pledge kind": "pledge_kinds",
    "office": "offices",
    "act": "acts",
    "personality": "personalities",
}
"""What a catalogue declares, by the section it stands in."""


@cache
def catalogue_of(name: str) -> Catalogue:
    """A shipped catalogue. Raises UnknownName, and GameError when the catalogue itself has errors."""
    path = files.catalogue_path(name)
    report = Report(str(path))
    text = text_of(bytes_of(path), report)
    root = None if text is None else tree_of(text, report)
    result = NOTHING if root is None else _built(root, report)
    if report.findings:
        said = "\n".join(str(each) for each in report.findings)
        raise GameError(
            f"the catalogue {name!r} that comes with the game has errors; mend it or install the game anew:\n{said}"
        )
    return result


def catalogue_findings(content: bytes | str, name: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a catalogue, and everything that is wrong with it."""
    report = Report(name)
    text = text_of(content, report)
    root = None if text is None else tree_of(text, report)
    if root is not None:
        _built(root, report)
    elif not report.findings:
        report.add("Y008", START, "the file is empty", "start with: format: 1")
    return text or "", ordered(report.findings)


def _built(root: Node, report: Report) -> Catalogue:
    nodes = {name: root.entries[name].entries if name in root.entries else {} for name in SECTIONS.values()}
    names = Names({"memory": MEMORIES, **{kind: frozenset(nodes[section]) for kind, section in SECTIONS.items()}})
    for name, node in root.entries.items():
        if name in CATALOGUE:
            CATALOGUE[name].shape.check(node, Context(report, names))
        else:
            report.unknown("key of a catalogue", name, node.place, CATALOGUE, "S001")
    if report.failed:
        return NOTHING
    site = Site(report, names)
    built = {name: acts.act(name, node, lambda _: site) for name, node in nodes["acts"].items()}
    return Catalogue(
        {name: acts.agreement_kind(name, node) for name, node in nodes["agreement_kinds"].items()},
        {name: pledges.pledge_kind(name, node, lambda _: site) for name, node in nodes["pledge_kinds"].items()},
        {name: pledges.office(name, node) for name, node in nodes["offices"].items()},
        {name: each for name, each in built.items() if each is not None},
        {name: acts.personality(name, node) for name, node in nodes["personalities"].items()},
        nodes,
    )
