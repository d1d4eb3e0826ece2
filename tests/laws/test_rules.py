"""What holds of every rule by itself, in worlds that games come to and in rare ones: it changes what it says, explains
all that it does to relations, and leaves alone what it looks at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from game import turn
from game.kernel.changes import ADDED, HIDDEN, MEMORIES, REPLACED
from game.kernel.compiled.workspaces import made
from game.kernel.declare import of_replica
from game.kernel.draws import Draws
from game.kernel.ledger import Ledger
from game.kernel.step import Step
from game.kernel.world import digest, start_world
from game.measures.relations import relations
from game.narrative.causes import in_ids
from game.parameters import with_values
from game.rules import NAMES, PHASES, RULES
from game.scenario.compile import Compiled
from game.study.runs import table
from game.testing import DEEDS, ROWS, TRIAD, Context, step_at
from tests.laws.rare import rare, rare_parameters
from tests.oracle import games
from tests.oracle.frozen import read

TURNS = 3
GAMES = (
    ("classroom_triad", 0), ("classroom_triad", 17), ("invented-1", 1), ("invented-2", 2), ("invented-7", 7),
    ("deep-3", 103), ("any-3", 103), ("secret-2", 102), ("odd", 0), ("odd", 1), ("odd", 2),
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
endings:
  blaze: {when: ["islet.tension >= 85"], text: The islet burns.}
events:
  crates: {headline: Crates, mean_turns: 1, repeats: true,
    effects: {sign: {act: shipment, seller: arda, buyer: borea, value: 2, secret: true}, flag: {alarm: true}}}
  rupture: {headline: A rupture, at: 3, effects: {break: {kind: all, members: [arda, borea]}}}
  asked: {headline: Asked, mean_turns: 1, repeats: true, decider: borea, options: {
    yes: {label: "Yes", weight: 2, effects: {sign: {act: shipment, seller: borea, buyer: arda, secret: true}}},
    no: {label: "No", weight: 1, effects: {arda -> borea: {mood: -3}, cestia -> borea: {mood: 1}}}}}
  after: {headline: After, after: {act: shipment, delay: 1}, text: So it was.}
"""
"""What the other games have nothing of: deliveries in secret, ruptures, an ending, conditions of every sort."""


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

QUIET = {"triggers", "capital", "suspicion", "drift", "posture", "endings"}
"""Rules that write no row of their own."""

JOINED = {"last", "due", "secrecy", "stake"}
"""What several rules of a phase set: their values join in any order."""


@dataclass(frozen=True)
class Recorded:
    """A game, turn by turn."""

    made: Compiled
    draws: Draws
    turns: Sequence[games.Step]

    def moments(self) -> Iterator[Context]:
        """What rules look at in each turn, as it begins, and when it is open and everybody has decided."""
        before = start_world(self.made.board)
        for number, step in enumerate(self.turns, 1):
            for world in (before, step.opened):
                if world.running[0]:
                    yield Context(self.made.board, world, number, step.orders, step.accepted, self.draws)
            before = step.world


@pytest.fixture(scope="module")
def recorded():
    """A game, played when it is first asked for."""
    odd_ones = (replace(game, text=odd()) for game in ODD_GAMES)
    frozen = {(game.name, game.seed): replace(game, turns=TURNS) for game in (*read().games, *odd_ones)}

    def record(name: tuple[str, int]) -> Recorded:
        game = frozen[name]
        made_here = games.made_of(game, [game.seed])
        return Recorded(made_here, Draws.of(game.seed), [*games.played(made_here, game.seats, [game.seed], TURNS)])

    return cache(record)


def after(rule: str, moment: Context, params: Any) -> Step:
    """The step in which a rule has acted alone."""
    step = step_at(moment, made(moment.board, 0, ROWS, DEEDS))
    RULES[rule](step, of_replica(params, 0))
    return step


def arrays_of(record: Any) -> Mapping[str, bytes]:
    """Every array of a record, and of those within it, by its path."""
    found = {}
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, np.ndarray):
            found[each.name] = value.tobytes()
        elif is_dataclass(value):
            found |= {f"{each.name}.{path}": array for path, array in arrays_of(value).items()}
    return found


def faults(rule: str, step: Step, moment: Context) -> Iterator[str]:
    """What a rule has done that no rule may."""
    changes, rows, board = step.changes, step.rows, moment.board
    for number, name in enumerate(ADDED):
        if getattr(changes.world, name).any() and not changes.added[number]:
            yield f"{name} is added to, but not said so"
    for number, name in enumerate(REPLACED):
        if getattr(changes.world, name).any() and not changes.set[number]:
            yield f"{name} is set, but was not begun"
    if rows.count[0] > ROWS or rows.deed_count[0] > DEEDS:
        yield "more rows than there is room for"
    summed = [np.zeros_like(each) for each in (changes.world.memories, changes.world.hidden)]
    for first, second, row in Ledger(moment.turn, ((turn.written(rows),),)).every(board):
        summed[row.hidden][row.layer, first, second] += row.impulse
        if row.rule != rule:
            yield f"a row of {row.rule}"
        if first == second or not in_ids(row.cause, board):
            yield f"a row of nobody or of nothing: {row}"
    if rule != "drift":
        for total, name in zip(summed, ("memories", "hidden"), strict=True):
            if not np.array_equal(total, getattr(changes.world, name)):
                yield f"{name} is not the sum of its rows"


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_explains_what_it_does_to_relations_and_says_what_it_changes(recorded, rule):
    for name in GAMES:
        game = recorded(name)
        for moment in game.moments():
            step = after(rule, moment, game.made.parameters[rule])
            assert [*faults(rule, step, moment)] == [], (name, moment.turn)


@pytest.mark.parametrize("rule", NAMES)
def test_so_it_does_in_rare_worlds_and_does_something_there(recorded, rule):
    chance, touched, written = np.random.default_rng(NAMES.index(rule)), set(), 0
    for name in GAMES:
        game = recorded(name)
        for moment in game.moments():
            params = rare_parameters(game.made.parameters[rule], chance)
            seen = rare(moment, chance)
            step = after(rule, seen, params)
            assert [*faults(rule, step, seen)] == [], (name, moment.turn)
            touched.update(place for place, done in enumerate([*step.changes.added, *step.changes.set]) if done)
            written += int(step.rows.count[0])
    assert touched, "no rare world makes it do anything"
    assert bool(written) == (rule not in QUIET)


@pytest.mark.parametrize("rule", NAMES)
def test_a_rule_leaves_alone_what_it_looks_at(recorded, rule):
    chance = np.random.default_rng(NAMES.index(rule))
    for name in GAMES[::3]:
        game = recorded(name)
        for moment in game.moments():
            seen = rare(moment, chance)
            step = step_at(seen, made(seen.board, 0, ROWS, DEEDS))
            looked_at = ("setting", "world", "orders", "deeds")
            before = [arrays_of(getattr(step, each)) for each in looked_at]
            RULES[rule](step, of_replica(game.made.parameters[rule], 0))
            assert [arrays_of(getattr(step, each)) for each in looked_at] == before


def test_two_rules_of_a_phase_set_the_same_only_where_their_values_join(recorded):
    chance, touched = np.random.default_rng(3), defaultdict(set)
    for name in GAMES:
        game = recorded(name)
        for moment in game.moments():
            seen = rare(moment, chance)
            for rule in NAMES:
                done = after(rule, seen, game.made.parameters[rule]).changes.set
                touched[rule] |= {name for name, begun in zip(REPLACED, done, strict=True) if begun}
    for phase in PHASES:
        for place, rule in enumerate(phase):
            for other in phase[:place]:
                assert touched[rule] & touched[other] <= JOINED, (rule, other)
    assert set().union(*touched.values()) == set(REPLACED)


def test_a_rule_that_acts_twice_gives_the_same_bytes(recorded):
    for name in GAMES[::2]:
        game = recorded(name)
        for moment in game.moments():
            for rule in NAMES:
                one, other = (after(rule, moment, game.made.parameters[rule]) for _ in range(2))
                assert arrays_of(one.changes) == arrays_of(other.changes)
                assert arrays_of(one.rows) == arrays_of(other.rows)


# ---- turns and games


def test_a_world_that_is_not_open_is_opened_first(recorded):
    game = recorded(("invented-2", 2))
    step, board = game.turns[0], game.made.board
    world, ledger = turn.step(
        board, start_world(board), step.orders, step.accepted, game.made.parameters, game.draws
    )  # fmt: skip
    assert digest(world) == digest(step.world)
    assert [*ledger.every(board)] == [*step.ledger.every(board)]


BATCHES = {
    "drawn": (("invented-7", 7), {}),
    "swept": (("classroom_triad", 17), {"balance.coupling": [0.1, 1.0, 2.0], "posture.inertia": [0.0, 0.1, 0.4]}),
    "secret": (("secret-2", 102), {}),
}


@pytest.mark.parametrize("kind", BATCHES)
def test_each_world_of_a_batch_is_played_by_itself_and_one_that_is_over_stays_as_it_is(kind):
    name, swept = BATCHES[kind]
    game = next(replace(each, drawn=kind == "drawn") for each in read().games if (each.name, each.seed) == name)
    seeds = [8, 9, 10]
    made_here = games.made_of(game, seeds)
    board, draws = made_here.board, Draws.of(*seeds)
    parameters = with_values(made_here.parameters, {path: np.array(values) for path, values in swept.items()})
    opened = [*games.played(replace(made_here, parameters=parameters), game.seats, seeds, 2)][1]
    world = replace(opened.opened, over=np.array([-1, 0, -1], dtype=np.int16))
    given = (board, world, opened.orders, opened.accepted, parameters, draws)
    whole, ledger = turn.step(*given)
    before = replace(world.replica(1), turn=world.turn + 1, opened=False)
    assert digest(whole.replica(1)) == digest(before)
    assert [*ledger.every(board, 1)] == []
    alone, rows = turn.step(*given, phases=(*PHASES[:6], PHASES[6][::-1], *PHASES[7:]))
    assert digest(alone) == digest(whole)
    assert {*rows.every(board, 2)} == {*ledger.every(board, 2)}


@pytest.mark.parametrize("name", [name for name in GAMES if name in {("classroom_triad", 0), ("odd", 2)}], ids=str)
def test_a_whole_game_in_one_go_is_the_game_turn_by_turn(recorded, name):
    game = recorded(name)
    board = game.made.board
    seat = table(board, game.made.parameters, 0, TURNS)
    series = np.zeros((TURNS + 1, len(board.states), len(board.states)))
    for _ in range(2):
        seat.play(start_world(board), 0, int(game.draws.seeds[0]), series)
    arrays = {name: np.zeros_like(array) for name, array in game.turns[-1].world.arrays()}
    seat.work.unload(arrays, 0)
    assert digest(replace(game.turns[-1].world, **arrays)) == digest(game.turns[-1].world)
    for number, step in enumerate(game.turns, 1):
        assert np.array_equal(series[number], relations(board, step.world)[0])


def test_every_rule_is_there_in_the_order_of_the_phases():
    assert tuple(RULES) == NAMES
    assert (ADDED[MEMORIES], ADDED[HIDDEN]) == ("memories", "hidden")
