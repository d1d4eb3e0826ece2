"""The games of the oracle: which scenario, seed and policies each is, and how it is played turn by turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from game import turn
from game.files import shipped_scenarios
from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans
from game.kernel.draws import (
    OPTION,
    Draws,
    combined,
    keys,
)
from game.kernel.ledger import Ledger
from game.kernel.numerics import hundredths
from game.kernel.orders import ESCALATE, SLOTTED, Orders
from game.kernel.world import Board, World, start_world
from game.policies import (
    Policy,
    View,
    answered,
    decided,
)
from game.policies.random import Random
from game.policies.reasoner.reasoner import Decision, Reasoner
from game.policies.wait import Wait
from game.scenario import load, read
from game.scenario.compile import Compiled, compiled
from game.scenario.spec import Scenario
from tests.laws.test_deep_worlds import deep_scenarios
from tests.laws.test_random_worlds import scenarios
from tests.laws.test_secrecy import worlds
from tests.laws.wild import Wild
from tests.oracle.worlds import SIZES, invented

SEEDS = 20
"""How many seeds each shipped scenario is played with."""

INVENTED = 44
"""How many invented worlds are played: each size with each half of the numbers."""

DRAWN = 16
"""How many worlds are taken from each of the strategies of `tests/laws`."""

SMALL, LARGE = 12, 6
"""The turns of worlds with up to ten states, and of larger ones."""


@dataclass(frozen=True, slots=True)
class Game:
    """One game: a shipped scenario by name or the text of an invented one, and who decides for its states.

    `seats` is `reasoner`, `wild` or `fierce` for all, `mixed` for every other state wild, `crowd` for a bit
    of everything.
    """

    name: str
    text: str
    seed: int
    drawn: bool
    seats: str
    turns: int

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        if not self.text:
            return load(self.name)
        reading = read(self.text)
        if reading.scenario is None:
            raise SystemExit(f"{self.name} no longer reads as a scenario: {reading.findings[0]}")
        return reading.scenario

    def __str__(self) -> str:
        return f"{self.name}, seed {self.seed}, {'drawn' if self.drawn else 'central'}, {self.seats}"


THOUGHTS = ("legal", "features", "scores to actors", "scores to targets", "foreseen scores", "vetoes")
"""What the reasoner made of the position: where it has gone astray is seen here first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a batch: what everybody looked at, what they decided, and what came of it."""

    opened: World
    thoughts: Sequence[Mapping[str, Any]]  # of the reasoner, one a replica
    orders: Orders
    accepted: Booleans
    world: World
    ledger: Ledger


class Fierce(Wild):
    """A policy that does what others seldom do, where it may: suspend, resume, break, cede, strike, confirm and deny.

    It climbs in every crisis.
    """

    name = "fierce"

    def orders(self, view: View, draws: Draws) -> Orders:
        """The orders of `wild`, the first of each state something rare where that is legal and can be paid."""
        board, wild = view.board, super().orders(view, draws)
        acts = board.acts
        if not acts.names:
            return wild
        rare = (acts.suspends != NONE) | (acts.resumes != NONE) | (acts.breaks != NONE) | (acts.discloses != 0)
        rare = rare | acts.cedes | acts.force
        able = view.permitted() & rare[:, None]
        able &= (hundredths(acts.cost) <= hundredths(view.world.capital)[:, None])[..., None]
        able &= board.plays[:, None, None]
        count = able.reshape(len(able), -1).cumsum(axis=1)
        chance = draws.uniform(view.turn, OPTION, combined(board.keys, keys(("rare",))))
        wanted = np.floor(chance * count[:, -1]) + 1.0
        chosen = (count >= wanted[:, None]).argmax(axis=1)
        going = count[:, -1] > 0
        nothing = view.nothing()
        parts = {name: getattr(wild, name).copy() for name in SLOTTED}
        for name in SLOTTED:
            # Whatever else it meant to do might not be paid any more, or go against this.
            parts[name] = np.where(going[:, None], getattr(nothing, name), parts[name])
        parts["act"][:, 0] = np.where(going, chosen // len(board.states), parts["act"][:, 0])
        parts["target"][:, 0] = np.where(going, chosen % len(board.states), parts["target"][:, 0])
        stance = np.where(wild.stance != NONE, ESCALATE, wild.stance)
        return replace(wild, **parts, stance=stance)


class Watched(Reasoner):
    """The reasoner, which keeps what it last thought of each replica."""

    def __init__(self, board: Board, params: Any) -> None:
        super().__init__(board, params)
        self.kept: dict[int, Mapping[str, Any]] = {}

    def decide(self, view: View, draws: Draws) -> Decision:
        """Decide, and keep what was thought."""
        decision, mind = super().decide(view, draws), self._mind(view.replica)
        made, weights = mind.thoughts, mind.weights
        vetoes = np.where(weights.binding[:, None, None], made.veto, 0.0)
        thoughts = (decision.legal, made.outlook.features, made.actor, made.target, made.foreseen, vetoes)
        self.kept[view.replica] = dict(zip(THOUGHTS, map(np.copy, thoughts), strict=True))
        return decision


def seated(word: str, states: int) -> Mapping[int, Policy]:
    """The policy of each state that does not follow the reasoner."""
    wild, fierce, random, wait = Wild(), Fierce(), Random(), Wait()
    if word in ("wild", "fierce"):
        return dict.fromkeys(range(states), wild if word == "wild" else fierce)
    if word == "mixed":
        return dict.fromkeys(range(1, states, 2), wild)
    if word == "crowd":
        crowd: Sequence[Policy | None] = (None, wild, random, fierce, wait)
        return {state: policy for state in range(states) if (policy := crowd[state % 5]) is not None}
    return {}


def made_of(game: Game, seeds: Sequence[int]) -> Compiled:
    """The arrays of a game's scenario, for a batch of seeds."""
    return compiled(game.scenario, Draws.of(*seeds) if game.drawn else None)


def played(made: Compiled, seats: str, seeds: Sequence[int], turns: int) -> Iterator[Step]:
    """Every turn of a batch, one replica a seed."""
    board, draws = made.board, Draws.of(*seeds)
    reasoner, seats_ = Watched(board, made.parameters["reasoner"]), seated(seats, len(board.states))
    world = start_world(board, len(seeds))
    for _ in range(turns):
        opened, first = turn.opening(board, world, made.parameters, draws)
        orders = decided(reasoner, seats_, board, opened, draws)
        accepted = answered(reasoner, seats_, board, opened, orders, draws)
        world, ledger = turn.step(board, opened, orders, accepted, made.parameters, draws)
        yield Step(opened, [*reasoner.kept.values()], orders, accepted, world, first + ledger)


def all_games() -> list[Game]:
    """Every game of the oracle, as it is frozen."""
    return [*_shipped(), *_invented(), *_of_the_laws()]


def _shipped() -> Iterator[Game]:
    for name in sorted(shipped_scenarios()):
        turns = load(name).turns
        for number in range(SEEDS):
            seats = "reasoner" if number < 14 else ("mixed", "crowd", "wild", "fierce")[number % 4]
            yield Game(name, "", number, number % 2 == 1, seats, turns)


def _invented() -> Iterator[Game]:
    kinds = ("reasoner", "mixed", "fierce", "wild", "crowd")
    for number in range(INVENTED):
        states = SIZES[number % len(SIZES)]
        turns = SMALL if states <= 10 else LARGE
        yield Game(f"invented-{number}", invented(number), number, number % 3 == 1, kinds[number % 5], turns)


def _of_the_laws() -> Iterator[Game]:
    for kind, strategy in (("deep", deep_scenarios()), ("any", scenarios()), ("secret", worlds())):
        for number, text in enumerate(_examples(strategy)):
            seats = ("mixed", "wild", "reasoner", "fierce")[number % 4]
            yield Game(f"{kind}-{number}", text, 100 + number, number % 2 == 1, seats, SMALL)


def _examples(strategy: st.SearchStrategy[str]) -> list[str]:
    """Some texts of a strategy, the longest of many: the shortest say least."""
    found: set[str] = set()

    @seed(20120226)
    @settings(
        max_examples=8 * DRAWN,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(strategy)
    def collect(text: str) -> None:
        found.add(text)

    collect()
    return sorted(found, key=lambda text: (-len(text), text))[:DRAWN]
