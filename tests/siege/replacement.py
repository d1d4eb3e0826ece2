"""What passes `check` runs: every value of a scenario replaced by every awkward one, then read and played.

`python -m tests.siege.replacement` goes through everything (some hours for the shipped scenarios); `--part 1/4` takes a
quarter of it, `--sample 50` every fiftieth case. The test beside it takes a sample small enough for each run.
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from game.cli.report import table_after
from game.files import catalogue_path, shipped_scenarios
from game.journal import line_of
from game.match.match import Setup, begin
from game.narrative import chronicle
from game.play.library import sketch_of
from game.scenario import read
from game.scenario.findings.finding import Report
from game.scenario.spec import Scenario
from game.scenario.text.yaml_tree import Node, parse

Path_ = tuple[str | int, ...]
Tree = dict[str, "Tree"] | list["Tree"] | str
"""Blocks, lists, and scalars as they are written."""

AWKWARD: tuple[Tree, ...] = (
    "null", '""', "[]", "{}", "0", "-1", "1", "1e308", "-1e308", "1" + "0" * 30, "1e-300", "1e5", "12345.678", ".inf",
    "-.inf", ".nan", "'inf'", "true", "text", "[[]]", "{a: 1}", "{mean: 1e300, sd: 1e300}",
    "{low: -1e308, high: 1e308}",
    "{low: -1e308, mode: 0, high: 1e308}", "{mean: 0, sd: 100}", "turn > 1", "' '", "0001-01-01", "9999-12-31", "100%",
)  # fmt: skip
"""What a value is replaced by, as it would be written in a file."""

SMALL = """\
format: 1
id: small
title: Small
summary: Everything a file may hold, in few lines.
authors: [Nobody]
sources: {invented: {cite: Invented, url: "https://example.org", accessed: 2012-01}}
start: 2012-02
turn: month
turns: 12
orders: 2
capital: {income: 4, carry: 2}
attributes:
  gdp: {name: Income, unit: bn USD, min: 0, max: 1000, start: {low: 10, high: 20}, doc: Worth.}
  arms: {unit: index}
memories:
  mood: {half_life: 2, doc: Words.}
  memory: {half_life: 24, doc: Deeds.}
  scar: {half_life: 120, doc: Blood.}
power: gdp * 0.5 + arms
states:
  ada: {name: Ada, capital_city: {name: Adaville, lat: 10, lon: 20}, colour: "#3b6fb6", personality: bold,
        codes: {iso3: ADA}, stats: {gdp: {mean: 10, sd: 2}, arms: 5}, borders: [bora], sources: invented}
  bora: {name: Bora, stats: {gdp: 30, arms: {low: 1, mode: 2, high: 5}}}
  cyra: {name: Cyra, plays: false, off_map: true}
relations:
  pairs: {ada -> bora: 20, bora -> ada: {mean: -30, sd: 5}, ada <-> cyra: 10}
  uncertain: {ada -> bora: {sd: 5}}
disputes:
  strait: {name: The strait, kind: territory, held_by: ada, claimed_by: bora, recognised: ada, tension: 40, stake: 2,
           recognised_by: {cyra: bora}}
  arms_race: {name: The race, kind: security, parties: [ada, cyra], tension: {low: 10, high: 20}}
agreement_kinds:
  league: {name: League, mutual: true, worth: 5, commitment: 0.5, settles: true, doc: Together.}
  aid: {name: Aid, mutual: false, giver: 1, receiver: 5, delivers: {gdp: 2}, every: 2, intrusion: 0.2, dependence: 0.3,
        guarantee: 0.4, mediates: true}
agreements:
  old_league: {kind: league, members: [ada, bora], since: 2000, turns: 30, volume: 2, purpose: strait}
  old_aid: {kind: aid, members: [bora, cyra]}
pledge_kinds:
  peace: {name: Peace, turns: 6, breach: "did(giver -> holder: raid)", verifiable: 0.5, reliability: 0.75, gravity: 10,
          shelters: 0.2, doc: No raids.}
pledges:
  old_peace: {kind: peace, giver: ada, to: bora, since: 2010-05, turns: 9}
trust: {ada -> bora: {kept: 3, broken: 1}}
offices:
  crown: {name: The crown, weight: 1, cost: 1, doc: Speaks.}
  herald: {name: The herald, weight: 0.5, cost: 0.2}
personalities:
  bold: {assertiveness: 0.9, trustfulness: 0.1, risk_tolerance: 0.8, deceptiveness: 0.4, domestic_focus: 0.5,
         rationality: 2, doc: Bold.}
acts:
  praise: {kind: statement, roles: {speaker: any, praised: any}, text: "{speaker} praises {praised}", cost: 0,
           effects: {praised -> speaker: {mood: 3}, subject -> speaker: {mood: -1}}, personality: {trustfulness: 0.5},
           weight: 2}
  unmask: {kind: statement, roles: {speaker: any, other: any}, discloses: confirm, credible: true}
  side: {kind: statement, roles: {speaker: any, other: any}, recognises: other}
  trade: {kind: deal, roles: {seller: any, buyer: any}, terms: {value: {unit: bn, low: 0.5, high: 4, usual: 1},
          turns: 8, secrecy: true}, cost: 1, cooldown: 2, requires: buyer -> seller > -50, signs: aid,
          pledges: {buyer: peace},
          effects: {buyer -> seller: {memory: 4}, buyer.gdp: 1, rivals of buyer -> seller: {mood: -2}},
          refused: {seller -> buyer: {mood: -2}}, cameo: "061", doc: Goods.}
  pact: {kind: deal, roles: {one: any, two: any}, signs: league, effects: {one <-> two: {memory: 3}}}
  renounce: {kind: deed, roles: {one: any, two: any}, breaks: all, effects: {two -> one: {scar: -5}}}
  freeze: {kind: deed, roles: {one: any, two: any}, suspends: aid}
  thaw: {kind: deed, roles: {one: any, two: any}, resumes: aid}
  yield: {kind: deal, roles: {one: any, two: any}, cedes: true}
  raid: {kind: deed, roles: {raider: [ada, bora], raided: any}, force: true, cost: 2,
         effects: {raided -> raider: {scar: -10}, raided.arms: -1, dispute.tension: 5}}
events:
  storm: {headline: A storm, text: It blows., at: 2012-04, effects: {ada -> bora: {mood: -4}, ada.gdp: -1}}
  boom: {headline: A boom, mean_turns: {mean: 2, sd: 0.1}, chance: 50%, repeats: true, when: ada.gdp > 1,
         effects: {ada.gdp: {mean: 1, sd: 0.5}, strait.tension: {set: 30}, flag: {risen: true}}}
  vote: {headline: A vote, window: {low: 1, high: 2}, decider: ada, options: {
         no: {label: Against it, weight: 2, effects: {bora -> ada: {mood: -2}}}, on: {label: For it}}}
  echo: {headline: An echo, after: {event: storm, delay: 1}}
  answer: {headline: An answer, after: {act: trade, seller: ada, delay: 1}}
  remark: {headline: A remark, at: 1, comment: true}
flags: [risen]
objectives:
  ada: {public: [{when: ada.gdp > 5, points: 10, label: Rich}], hidden: [{when: bora -> ada > 0, points: -5}]}
endings: {war: {when: [strait.tension > 99, turn > 3], text: It is over.}}
parameters: {balance: {coupling: 1}, reasoner: {threshold: {low: -5, high: 0}}}
map: {view: {west: 10, south: 20, east: 40, north: 50}}
expect: {calm: {runs: 2, turns: 2, seed: 1, then: "mean(strait.tension) between 0 and 100"}}
"""
"""A file with everything in it."""

BARE = """\
format: 1
id: bare
title: Bare
start: 2012-02
turns: 2
states:
  ada: {name: Ada}
  bora: {name: Bora}
"""

TABLED = """\
format: 1
id: tabled
title: Tabled
start: 2012-02
turns: 2
catalogue: standard
attributes: {military: {unit: index, min: 0, max: 100}, resolve: {unit: index, start: 5}}
power: military
states:
  ada: {name: Ada, personality: hedger, stats: {military: 10}}
  bora: {name: Bora, stats: {military: 20}}
relations:
  table: |
    from\\to ada bora
    ada . 10
    bora -20 .
acts: {praise: {cost: 2, weight: 1}}
personalities: {hedger: {risk_tolerance: 0.5, doc: Changed.}}
agreement_kinds: {trade: {worth: 5}}
pledge_kinds: {no_attack: {turns: 5}}
offices: {envoy: {weight: 2}}
disputes: {strait: {name: The strait, kind: security, parties: [ada, bora], tension: 40}}
"""

EVERYTHING = Path(__file__).parent.parent / "findings" / "ok" / "everything.yaml"

SOURCES: Mapping[str, str] = {"bare": BARE, "small": SMALL, "tabled": TABLED}


def sources() -> dict[str, str]:
    """The texts that are varied: the small ones, those that ship, and one with the catalogue's acts as its own."""
    shipped = {name: path.read_text(encoding="utf-8") for name, path in shipped_scenarios().items()}
    catalogue = catalogue_path("standard").read_text(encoding="utf-8")
    own = catalogue.partition("\ncatalogue: standard\n")[2]
    attributes = "attributes: {military: {unit: index}, resolve: {unit: index}, gdp: {unit: bn}}\n"
    bare_of_catalogue = BARE.replace("bare", "catalogue") + attributes + "power: military\n" + own
    return {**SOURCES, **shipped, "catalogue": bare_of_catalogue, "everything": EVERYTHING.read_text(encoding="utf-8")}


def tree_of(text: str) -> Tree:
    """A text as blocks, lists and scalars."""
    root = parse(text, Report("small"))
    assert root is not None
    return _plain(root)


def _plain(node: Node) -> Tree:
    if node.kind == "block":
        return {name: _plain(each) for name, each in node.entries.items()}
    if node.kind == "list":
        return [_plain(each) for each in node.items]
    if node.style == "|":
        return "|\n" + node.text
    quoted = "'" + node.text.replace("'", "''").replace("\n", "\n\n") + "'"
    return quoted if node.kind == "text" else node.text


def written(tree: Tree, depth: int = 0) -> str:
    """A tree as a text that reads back as it."""
    if isinstance(tree, str):
        if not tree.startswith("|\n"):
            return f" {tree}"
        return " |\n" + "".join(f"{' ' * depth}{line}\n" for line in tree[2:].rstrip("\n").split("\n"))
    if not tree:
        return " {}" if isinstance(tree, dict) else " []"
    rows = tree.items() if isinstance(tree, dict) else (("-", each) for each in tree)
    lines = []
    for key, value in rows:
        head = key if key == "-" else _key(key) + ":"
        body = written(value, depth + 1)
        lines.append(" " * depth + head + (body if body.endswith("\n") else body + "\n"))
    return ("\n" if depth else "") + "".join(lines)


def _key(key: str) -> str:
    return "'" + key.replace("'", "''") + "'" if key else "''"


def places(tree: Tree, path: Path_ = ()) -> Iterator[Path_]:
    """Every value of a tree by its path."""
    if path:
        yield path
    rows = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in rows:
        yield from places(value, (*path, key))


def replaced(tree: Tree, path: Path_, value: Tree | None) -> Tree:
    """A tree with another value at a path; None leaves the entry out."""
    key, rest = path[0], path[1:]
    if isinstance(tree, dict):
        assert isinstance(key, str)
        if not rest and value is None:
            return {name: each for name, each in tree.items() if name != key}
        return {**tree, key: value if not rest and value is not None else replaced(tree[key], rest, value)}
    assert isinstance(tree, list)
    assert isinstance(key, int)
    after = (
        []
        if not rest and value is None
        else [value if not rest and value is not None else replaced(tree[key], rest, value)]
    )
    return [*tree[:key], *after, *tree[key + 1 :]]


@dataclass(frozen=True)
class Case:
    """One file with one value changed."""

    source: str
    path: Path_
    value: Tree | None
    text: str

    def __str__(self) -> str:
        return f"{self.source}: {'.'.join(map(str, self.path))} = {self.value}"


def cases(names: Mapping[str, str]) -> Iterator[Case]:
    """Every value of every text replaced by every awkward one, left out, and said twice in its list."""
    for name, text in names.items():
        tree = tree_of(text)
        for path in places(tree):
            was = at(tree, path)
            for value in (None, *AWKWARD, *_neighbours(tree, path, was)):
                yield Case(name, path, value, written(replaced(tree, path, value)))


def at(tree: Any, path: Path_) -> Any:
    """The value at a path."""
    for key in path:
        tree = tree[key]
    return tree


def _neighbours(tree: Tree, path: Path_, was: Tree) -> Iterator[Tree]:
    """A list with its items twice, and the value of the entry beside."""
    if isinstance(was, list) and was:
        yield [*was, *was]
        yield was * 20
    if len(path) > 1:
        beside = at(tree, path[:-1])
        rows = list(beside.values()) if isinstance(beside, dict) else beside
        place = list(beside).index(path[-1]) if isinstance(beside, dict) else path[-1]
        if len(rows) > 1:
            yield rows[(place + 1) % len(rows)]


def plays(text: str) -> bool:
    """Whether a text is a scenario; one that is plays two turns, by reason and at random, and is told.

    Raises what goes wrong.
    """
    scenario = read(text, audience="strict").scenario
    if scenario is None:
        return False
    with warnings.catch_warnings(), np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        warnings.simplefilter("error")
        _play(scenario)
    return True


def _play(scenario: Scenario) -> None:
    sketch_of(scenario)
    chance = {name: "random" for name, state in scenario.states.items() if state.plays}
    for setup in (Setup(scenario, 1, "drawn"), Setup(scenario, 2, "central", policies=chance)):
        match = begin(setup)
        list(chronicle.opening(match, 2))
        teller = chronicle.Chronicle.of(match)
        for turn in (1, 2):
            if match.over:
                break
            before = table_after(match, match.history.turn)
            match = match.advance()
            list(teller.turn(line_of(match, turn), before, []))
            for name, array in match.history.world.arrays():
                finite = np.isfinite(array) if array.dtype.kind == "f" else np.ones(1, dtype=bool)
                if not finite.all():
                    raise FloatingPointError(f"{name} is not finite")
        list(chronicle.closing(match))


def main() -> int:
    """Go through the cases and print those that fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1, help="take every so many cases")
    parser.add_argument("--part", default="1/1", help="which part of the whole: 2/4 is the second quarter")
    parser.add_argument("--only", action="append", help="only these sources")
    given = parser.parse_args()
    which, parts = map(int, given.part.split("/"))
    wanted = {name: text for name, text in sources().items() if not given.only or name in given.only}
    logging.basicConfig(format="%(message)s")
    count = ran = failed = 0
    for number, case in enumerate(cases(wanted)):
        if number % given.sample or (number // given.sample) % parts != which - 1:
            continue
        count += 1
        try:
            ran += plays(case.text)
        except Exception:
            failed += 1
            logging.exception("%s", case)
    print(f"{count} cases, {ran} ran, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
