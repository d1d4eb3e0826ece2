"""Kernels and arrays are one engine: turns, thoughts and whole games by either are the same bytes, and each rule alone
makes the same changes and writes the same rows. Kernels run here as they stand; `tests/siege` compiles them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from game import turn
from game.kernel import changes
from game.kernel.compiled.workspaces import made as workspace_for
from game.kernel.declare import of_replica
from game.kernel.deeds import ORDERED, deeds_of
from game.kernel.draws import Draws
from game.kernel.ledger import Change, Ledger
from game.kernel.step import Step
from game.kernel.world import Board, digest, relations, start_world
from game.match.match import Setup, begin
from game.parameters import with_values
from game.policies import observe
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thinking import Thinking
from game.rules import NAMES, PHASES, RULES
from game.scenario.compile import Compiled
from game.study import ensemble
from game.study.ensembles import _played_apart
from game.study.runs import table
from game.submodels.context import StepContext
from game.testing import TRIAD
from game.turn.kernels import BODIES
from tests import kernels
from tests.laws.rare import rare, rare_parameters
from tests.oracle import games
from tests.oracle.frozen import read

TURNS = 3
GAMES = (
    ("classroom_triad", 0), ("classroom_triad", 1), ("classroom_triad", 15), ("classroom_triad", 17),
    ("invented-0", 0), ("invented-1", 1), ("invented-2", 2), ("invented-4", 4), ("invented-5", 5), ("invented-7", 7),
    ("invented-22", 22), ("deep-2", 102), ("deep-3", 103), ("deep-5", 105), ("any-2", 102), ("any-3", 103),
    ("secret-1", 101), ("secret-2", 102), ("secret-3", 103), ("odd", 0), ("odd", 1), ("odd", 2),
)  # fmt: skip
"""Games of two to six states, by name and seed: the reasoner plays in some, policies that do anything in others."""

CONDITIONS = (
    "recognises(cestia -> arda: islet)", "recognises(borea -> cestia: islet)", "holds(arda: islet)", "at_war(arda)",
    "pledge(borea -> arda)", "pledge(borea -> arda: no_attack)", "rumour(arda <-> cestia)", "flag(alarm)",
    "suspended(arda <-> borea: defence_pact)", "border(arda <-> borea)", "pact(arda <-> borea)", "crisis(islet)",
    "happened(crates)", "depth(arda <-> borea) * 2 > 30", "suspicion(arda -> borea) > 1 - 0.5",
    "arda.military / 2 + 1 != 31", "rung(islet) <= 2", "did(rivals of arda -> arda: criticise)", "turn == 2",
    "islet.tension >= 40",
)  # fmt: skip
"""A condition of every sort, each of an event that does something whenever it holds."""

ODD = """\
flags: [alarm]
pledges: {word: {kind: no_attack, giver: borea, to: arda, turns: 3}}
acts:
  shipment:
    {kind: deal, roles: {seller: any, buyer: any}, cost: 0, cooldown: 1, text: "{seller} ships crates to {buyer}",
    terms: {value: {unit: crates, low: 1, high: 9, usual: 3}, secrecy: true}, weight: 9,
    effects: {buyer.military: 1.7, buyer -> seller: {memory: 3}, arda -> seller: {memory: -1},
    seller -> rivals of buyer: {mood: -2}, rivals of seller -> buyer: {mood: 1}}}
objectives:
  arda: {public: [{when: "pledge(borea -> arda)", points: 20, label: A word}]}
events:
  crates: {headline: Crates, mean_turns: 1, repeats: true,
    effects: {sign: {act: shipment, seller: arda, buyer: borea, value: 2, secret: true}, flag: {alarm: true}}}
  rupture: {headline: A rupture, at: 3, effects: {break: {kind: all, members: [arda, borea]}}}
  asked: {headline: Asked, mean_turns: 1, repeats: true, decider: borea, options: {
    yes: {label: "Yes", weight: 2, effects: {sign: {act: shipment, seller: borea, buyer: arda, secret: true}}},
    no: {label: "No", weight: 1, effects: {arda -> borea: {mood: -3}, cestia -> borea: {mood: 1}}}}}
  after: {headline: After, after: {act: shipment, delay: 1}, text: So it was.}
"""
"""What the other games have nothing of: deliveries in secret, ruptures, conditions of every sort."""


def odd() -> str:
    """A scenario with all of it."""
    events = "".join(
        f"  so_{place}: {{headline: So, mean_turns: 1, repeats: true, when: ['{condition}'], "
        f"effects: {{borea -> cestia: {{mood: {place + 1}}}}}}}\n"
        for place, condition in enumerate(CONDITIONS)
    )
    return TRIAD + ODD + events


ODD_GAMES = tuple(
    games.Game("odd", "", seed, seed == 2, seats, TURNS) for seed, seats in enumerate(("fierce", "wild", "reasoner"))
)

REASONED = [GAMES[place] for place in (0, 1, 4, 8, 11, 14, 17, 21)]
"""Those in which the reasoner decides for everybody."""

QUIET = {"triggers", "capital", "suspicion", "drift", "posture", "endings"}
"""Rules that write no row of their own."""


@dataclass(frozen=True)
class Moment:
    """One rule at one moment of a game: what it looked at, and what it did by arrays."""

    context: StepContext
    params: Any
    change: Change


@dataclass(frozen=True)
class Recorded:
    """A game by arrays: every turn, and every moment of every rule."""

    made: Compiled
    draws: Draws
    turns: Sequence[games.Step]
    moments: Mapping[str, Sequence[Moment]]

    @property
    def board(self) -> Board:
        return self.made.board


@pytest.fixture(scope="module")
def frozen():
    odd_ones = (replace(game, text=odd()) for game in ODD_GAMES)
    return {(game.name, game.seed): replace(game, turns=TURNS) for game in (*read().games, *odd_ones)}


@pytest.fixture(scope="module")
def recorded(frozen):
    """A game by arrays, played when it is first asked for."""
    return cache(lambda name: record(frozen[name]))


@pytest.fixture(params=GAMES, ids=lambda game: f"{game[0]}-seed-{game[1]}")
def game(request, recorded):
    return recorded(request.param)


@pytest.fixture(params=REASONED, ids=lambda game: f"{game[0]}-seed-{game[1]}")
def reasoned(request, recorded):
    return recorded(request.param)


def record(game: games.Game) -> Recorded:
    made, moments = games.made_of(game, [game.seed]), defaultdict(list)

    def watching(name: str) -> Callable[[StepContext, Any], Change]:
        def watched(context: StepContext, params: Any) -> Change:
            change = RULES[name](context, params)
            if context.world.running[0]:
                moments[name].append(Moment(context, params, change))
            return change

        return watched

    with kernels.by_arrays(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(turn, "RULES", {name: watching(name) for name in NAMES})
        turns = [*games.played(made, game.seats, [game.seed], game.turns)]
    return Recorded(made, Draws.of(game.seed), turns, moments)


def assert_same(found: Any, expected: Any, where: str) -> None:
    """Both are the same record: every array has the same cells, whatever the bytes it keeps them in."""
    unlike = [
        each.name
        for each in fields(expected)
        if isinstance(getattr(expected, each.name), np.ndarray)
        and not np.array_equal(getattr(found, each.name), getattr(expected, each.name))
    ]
    assert not unlike, f"{where}: {', '.join(unlike)}"


# ---- turns


def test_a_turn_by_kernels_is_the_turn_by_arrays(game):
    before = start_world(game.board)
    for number, step in enumerate(game.turns, 1):
        with kernels.by_kernels():
            opened, first = turn.opening(game.board, before, game.made.parameters, game.draws)
            after, then = turn.step(
                game.board, opened, step.orders, step.accepted, game.made.parameters, game.draws
            )  # fmt: skip
        assert digest(opened) == digest(step.opened), number
        assert digest(after) == digest(step.world), number
        assert kernels.told(game.board, first + then) == kernels.told(game.board, step.ledger), number
        before = step.world


def test_a_world_that_is_not_open_is_opened_first(recorded):
    game = recorded(GAMES[5])
    with kernels.by_kernels():
        after, ledger = turn.step(
            game.board, start_world(game.board), game.turns[0].orders, game.turns[0].accepted, game.made.parameters,
            game.draws,
        )  # fmt: skip
    assert digest(after) == digest(game.turns[0].world)
    assert kernels.told(game.board, ledger) == kernels.told(game.board, game.turns[0].ledger)


@pytest.mark.parametrize("name", [GAMES[2], GAMES[6], GAMES[12], GAMES[18]], ids=lambda game: game[0])
def test_rules_of_a_phase_commute_by_kernels_too(recorded, name):
    game = recorded(name)
    for step in game.turns[1:3]:
        for place, phase in enumerate(PHASES):
            for other in list(permutations(phase))[1:]:
                order = (*PHASES[:place], other, *PHASES[place + 1 :])
                with kernels.by_kernels():
                    after, ledger = turn.step(
                        game.board, step.opened, step.orders, step.accepted, game.made.parameters, game.draws, order
                    )
                assert digest(after) == digest(step.world), order
                rows = kernels.told(game.board, step.ledger)
                assert [row for row in kernels.told(game.board, ledger) if row not in rows] == [], order


BATCHES = {
    "drawn": (("invented-4", 4), {}),
    "swept": (("classroom_triad", 0), {"balance.coupling": [0.1, 1.0, 2.0], "reasoner.threshold": [-5.0, 0.0, 4.0]}),
    "secret": (("secret-3", 103), {}),
}


@pytest.mark.parametrize("kind", BATCHES)
def test_so_is_that_of_a_batch_in_which_one_replica_is_over(frozen, kind):
    name, swept = BATCHES[kind]
    game, seeds = frozen[name], [8, 9, 10]
    made = games.made_of(game, seeds)
    parameters = with_values(made.parameters, {path: np.array(values) for path, values in swept.items()})
    made, draws = replace(made, parameters=parameters), Draws.of(*seeds)
    with kernels.by_arrays():
        turns = [*games.played(made, game.seats, seeds, 3)]
    opened = turns[1].opened
    for over in (-1, 0):
        world = replace(opened, over=np.array([-1, over, -1], dtype=np.int16))
        given = (made.board, world, turns[1].orders, turns[1].accepted, parameters, draws)
        with kernels.by_arrays():
            expected, ledger = turn.step(*given)
        with kernels.by_kernels():
            found, rows = turn.step(*given)
        assert digest(found) == digest(expected)
        for replica in range(3):
            assert kernels.told(made.board, rows, replica) == kernels.told(made.board, ledger, replica)


# ---- thoughts


def test_what_the_reasoner_orders_and_answers_by_kernels_is_what_it_does_by_arrays(game):
    params = game.made.parameters["reasoner"]
    reasoner, thinking = Reasoner(game.board, params), Thinking(game.board, params)
    for number, step in enumerate(game.turns, 1):
        expected = reasoner.orders(step.view, game.draws)
        accepted = reasoner.answer(step.view, step.orders, game.draws)
        with kernels.by_kernels():
            found = thinking.orders(step.opened, game.draws)
            answers = thinking.answer(step.opened, step.orders, game.draws)
        assert_same(found, expected, f"orders of turn {number}")
        assert np.array_equal(answers, accepted), number


@pytest.mark.parametrize("name", GAMES[::3], ids=lambda game: game[0])
def test_it_thinks_the_same_in_rare_worlds(recorded, name):
    game, chance = recorded(name), np.random.default_rng(11)
    params = game.made.parameters["reasoner"]
    reasoner, thinking = Reasoner(game.board, params), Thinking(game.board, params)
    for step in game.turns:
        context = game.moments["acts"][0].context
        world = rare(replace(context, world=step.opened), chance).world
        with kernels.by_arrays():
            view = observe(game.board, world)
            expected = reasoner.orders(view, game.draws)
            accepted = reasoner.answer(view, expected, game.draws)
        with kernels.by_kernels():
            found = thinking.orders(world, game.draws)
            answers = thinking.answer(world, expected, game.draws)
        assert_same(found, expected, name[0])
        assert np.array_equal(answers, accepted)


# ---- whole games


def test_a_whole_game_by_kernels_is_the_game_by_arrays(reasoned):
    board = reasoned.board
    with kernels.by_kernels():
        seat = table(board, reasoned.made.parameters, 0, TURNS)
        series = np.zeros((TURNS + 1, len(board.states), len(board.states)))
        for _ in range(2):
            seat.play(start_world(board), 0, int(reasoned.draws.seeds[0]), series)
    arrays = {name: np.zeros_like(array) for name, array in reasoned.turns[-1].world.arrays()}
    seat.work.unload(arrays, 0)
    assert digest(replace(reasoned.turns[-1].world, **arrays)) == digest(reasoned.turns[-1].world)
    for number, step in enumerate(reasoned.turns, 1):
        assert np.array_equal(series[number], relations(board, step.world)[0])


@pytest.mark.parametrize(
    ("name", "spreads", "parameters"),
    [("classroom-triad", "central", {}), ("classroom-triad", "drawn", {}), ("invented-4", "drawn", {}),
     ("classroom-triad", "central", {"balance.coupling": [0.1, 1.0, 2.0]}), ("hegemon-and-five", "drawn", {})],
)  # fmt: skip
def test_an_ensemble_by_kernels_is_the_ensemble_by_arrays(monkeypatch, frozen, name, spreads, parameters):
    scenario, asked = frozen[name, 4].scenario if name.startswith("invented") else name, []
    monkeypatch.setattr("game.study.ensembles._played_apart", lambda *given: asked.append(1) or _played_apart(*given))
    with kernels.by_arrays():
        expected = ensemble(scenario, range(3), turns=TURNS, spreads=spreads, parameters=parameters)
    assert not asked
    with kernels.by_kernels():
        found = ensemble(scenario, range(3), turns=TURNS, spreads=spreads, parameters=parameters)
    assert asked
    assert np.array_equal(found.series, expected.series)
    assert [digest(found.world(run)) for run in range(3)] == [digest(expected.world(run)) for run in range(3)]


def test_a_match_by_kernels_is_the_match_by_arrays():
    def history() -> Any:
        match = begin(Setup("classroom-triad", 4))
        for _ in range(TURNS):
            match = match.advance()
        return match.history

    with kernels.by_arrays():
        expected = history()
    with kernels.by_kernels():
        found = history()
    assert found.digests() == expected.digests()
    assert np.array_equal(found.series(), expected.series())


# ---- each rule alone


def step_for(context: StepContext) -> Step:
    """What a kernel of a rule takes at a moment."""
    step = workspace_for(context.board, 0, rows=20000, deeds=2000)
    step.load(context.world, 0, int(context.draws.seeds[0]))
    step.order(context.orders, np.zeros(context.orders.act.shape, dtype=bool), 0)
    done, deeds = context.actions, deeds_of(max(len(context.actions), 1))
    deeds.count[0] = len(done)
    deeds.origin[: len(done)] = ORDERED
    for each in fields(deeds):
        if hasattr(done, each.name):
            getattr(deeds, each.name)[: len(done)] = getattr(done, each.name)
    step.step.deeds, step.step.turn = deeds, context.turn
    return step.step


def by_kernel(rule: str, context: StepContext, params: Any) -> Step:
    """The step after a rule, by its kernel."""
    with kernels.by_kernels():
        step = step_for(context)
        BODIES[rule](step, of_replica(params, 0))
    return step


def differences(rule: str, step: Step, context: StepContext, change: Change) -> list[str]:
    """What a kernel has changed or written otherwise than the rule's change by arrays."""
    found, own = [], step.changes
    for number, name in enumerate(changes.ADDED):
        given, now = getattr(change, name), getattr(own.world, name)
        if not np.array_equal(now, np.zeros_like(now) if given is None else given[0]):
            found.append(name)
        if now.any() and not own.added[number]:
            found.append(f"{name}: added to, but not said so")
    for number, name in enumerate(changes.REPLACED):
        given, before = getattr(change, name), getattr(context.world, name)
        now = getattr(own.world if own.set[number] else step.world, name)
        if not np.array_equal(now, _alone(before if given is None else given)):
            found.append(name)
    board = context.board
    assert step.rows.count[0] <= step.rows.amounts.size
    assert step.rows.deed_count[0] <= step.rows.deeds.shape[0]
    written = kernels.told(board, Ledger(context.turn, parts=((step.rows,),)))
    if written != kernels.told(board, Ledger(context.turn, ((rule, change),))):
        found.append("rows")
    return found


def _alone(array: Any) -> Any:
    """The first replica's part of an array."""
    return array[0] if array.ndim > 1 else array[:1]


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_by_its_kernel_changes_what_it_changes_by_arrays(recorded, rule):
    moments = [moment for name in GAMES for moment in recorded(name).moments[rule]]
    assert len(moments) > len(GAMES)
    for moment in moments:
        step = by_kernel(rule, moment.context, moment.params)
        assert differences(rule, step, moment.context, moment.change) == [], (moment.context.board.scenario, moment)


@pytest.mark.parametrize("rule", NAMES)
def test_so_it_does_in_rare_worlds(recorded, rule):
    chance, touched, written = np.random.default_rng(NAMES.index(rule)), set(), 0
    for name in GAMES:
        for moment in recorded(name).moments[rule]:
            context, params = rare(moment.context, chance), rare_parameters(moment.params, chance)
            with kernels.by_arrays():
                change = RULES[rule](context, params)
            step = by_kernel(rule, context, params)
            assert differences(rule, step, context, change) == [], (name, context.turn)
            touched.update(place for place, done in enumerate([*step.changes.added, *step.changes.set]) if done)
            written += int(step.rows.count[0])
    assert touched, "no rare world makes it do anything"
    assert bool(written) == (rule not in QUIET)


def test_every_rule_has_its_kernel():
    assert tuple(BODIES) == NAMES
    assert [body.__name__.removeprefix("k_") for body in BODIES.values()] == [*NAMES]
