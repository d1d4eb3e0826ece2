"""Pairs of games with and without a secret of each kind, over random worlds.

In every world Ada and Bora keep something to themselves. Cyra is a party to a dispute with Bora, and Dena has no part
in anything of theirs; neither may know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.orders import PRIVATE, SLOTTED, Orders
from game.kernel.world import CALM, QUERY, World
from game.match.match import Match, Setup, begin
from game.match.turn_taking import PERSON
from game.measures.information import seen_by
from game.policies import answered, decided
from game.policies.random import Random as Baseline
from game.scenario import read
from tests.siege.differential import Pair, altered

STATES = ("ada", "bora", "cyra", "dena")
ADA, BORA, CYRA, DENA = range(4)
VIEWERS = ("cyra", "dena")
TURNS, WHEN = 3, 2
"""How many turns are played, and in which of them the secret is."""

ACTS = """\
pledge_kinds:
  quiet: {name: Quiet, turns: 12, breach: ["did(giver -> holder: criticise)"], verifiable: 0.5, reliability: 0.7,
    gravity: 10, shelters: 0.5, doc: No harsh words.}
  aloof: {name: Aloof, turns: 12, breach: ["pact(giver <-> cyra: defence_pact)"], verifiable: 1, reliability: 0.7,
    gravity: 10, doc: No pact with Cyra.}
agreement_kinds:
  convoy: {name: Convoy, mutual: false, giver: 4, receiver: 6, commitment: 0.9, delivers: {military: 1},
    dependence: 0.7, guarantee: 0.8, intrusion: 0.5, doc: Crates.}
  defence_pact: {name: Defence pact, mutual: true, giver: 5, receiver: 5, commitment: 0.9, guarantee: 0.7,
    doc: An attack on one is an attack on both.}
  fund: {name: Fund, mutual: true, giver: 3, receiver: 3, commitment: 0.6, mediates: true, doc: Money.}
memories: {mood: {half_life: 2}, memory: {half_life: 24}, scar: {half_life: 120}}
acts:
  praise: {name: Praise, kind: statement, roles: {speaker: any, praised: any}, text: "{speaker} praises {praised}",
    cost: 1, cooldown: 1, effects: {praised -> speaker: {mood: 4}, rivals of praised -> speaker: {mood: -2}}, weight: 2,
    doc: Kind words.}
  criticise: {name: Criticise, kind: statement, roles: {speaker: any, blamed: any}, text: "{speaker} blames {blamed}",
    cost: 1, cooldown: 1, effects: {blamed -> speaker: {mood: -5}, friends of blamed -> speaker: {mood: -2}},
    weight: -3, doc: Harsh words.}
  ally: {name: Ally, kind: deal, roles: {first: any, second: any}, text: "{first} and {second} are allies",
    terms: {turns: 24}, cost: 2, cooldown: 3, signs: defence_pact, requires: ["second -> first >= 10"],
    effects: {second -> first: {memory: 9}, first -> second: {memory: 9}, rivals of second -> first: {memory: -8}},
    weight: 8, doc: For better or worse.}
  trade: {name: Trade, kind: deal, roles: {first: any, second: any}, text: "{first} trades with {second}", cost: 1,
    cooldown: 2, effects: {second -> first: {memory: 4}, first -> second: {memory: 3}}, weight: 3, doc: Goods.}
  disown: {name: Disown, kind: statement, roles: {speaker: any, partner: any}, text: "{speaker} denies it", cost: 1,
    cooldown: 1, effects: {partner -> speaker: {mood: 1}}, discloses: deny, weight: 1, doc: It is not true.}
  own_up: {name: Own up, kind: statement, roles: {speaker: any, partner: any}, text: "{speaker} owns up", cost: 1,
    cooldown: 1, effects: {partner -> speaker: {mood: 1}}, discloses: confirm, weight: 1, doc: It is true.}
  smuggle:
    name: Smuggle
    kind: deal
    roles: {seller: any, buyer: any}
    text: "{seller} smuggles arms to {buyer}"
    terms: {value: {unit: crates, low: 1, high: 4, usual: 2}, turns: 12, secrecy: true}
    cost: 1
    cooldown: 2
    signs: convoy
    pledges: {buyer: quiet}
    effects:
      buyer -> seller: {memory: 9, mood: 3}
      seller -> buyer: {memory: 5}
      rivals of seller -> buyer: {memory: -10}
      neighbours of buyer -> seller: {mood: -4}
      buyer.military: 4
      strait.tension: 5
    weight: 6
    doc: Arms by night.
  lend: {name: Lend, kind: deal, roles: {lender: any, borrower: any}, text: "{lender} lends {borrower}",
    terms: {turns: 1, secrecy: true}, cost: 1, cooldown: 1, signs: fund, effects: {borrower -> lender: {memory: 6}},
    weight: 4, doc: For a while.}
  sabotage: {name: Sabotage, kind: deed, roles: {actor: any, target: any}, text: "{actor} sabotages {target}",
    terms: {secrecy: true}, cost: 1, cooldown: 3, effects: {target -> actor: {scar: -15}, target.military: -3},
    weight: -6, doc: Nobody knows who did it.}
  swear: {name: Swear, kind: statement, roles: {giver: any, holder: any}, text: "{giver} swears to {holder}", cost: 1,
    cooldown: 2, effects: {holder -> giver: {memory: 4}}, pledges: {giver: aloof}, weight: 3, doc: A word.}
events:
  outcry: {headline: An outcry, mean_turns: 2, repeats: true, when: ["pact(ada <-> bora: convoy)"],
    effects: {cyra -> ada: {mood: -5}}}
  warmth: {headline: Warmth, mean_turns: 2, repeats: true, when: ["bora -> ada > 40"],
    effects: {others -> bora: {mood: 2}}}
  query: {headline: A query, after: {act: smuggle}, effects: {cyra -> ada: {mood: -1}}}
  vote: {headline: A vote, mean_turns: 2, repeats: true, decider: cyra, options: {
    aye: {label: Aye, effects: {cyra -> dena: {mood: 3}}}, nay: {label: Nay, effects: {cyra -> dena: {mood: -3}}}}}
"""

HIDDEN = {
    "a hidden objective about a relation": "cyra -> ada >= 20",
    "a hidden objective about the viewer": "ada -> dena >= 40",
    "a hidden objective about a dispute": "strait.tension <= 10",
}
"""Objectives that Bora says nothing of."""


def world_of(seed: int, *, wishes: bool = True, hidden: str | None = None, turns: int = 12) -> str:
    """A scenario of four states: any relations, borders and arms, and what two of them have always wanted."""
    chance = Random(seed)
    lines = [
        "format: 1\nid: drawn\ntitle: Drawn\nsummary: Drawn.\nstart: 2000-01\nturn: month",
        f"turns: {turns}\norders: 3\ncapital: {{income: 6, carry: 2}}",
        "attributes: {military: {unit: index, min: 0, max: 100}}\npower: military\nstates:",
    ]
    for place, name in enumerate(STATES):
        border = f", borders: [{STATES[place - 1]}]" if place and chance.random() < 0.7 else ""
        lines.append(f"  {name}: {{name: {name.title()}, stats: {{military: {chance.randint(5, 90)}}}{border}}}")
    lines.append("relations:\n  pairs:")
    for first in STATES:
        lines += [f"    {first} -> {other}: {chance.randint(-80, 80)}" for other in STATES if other != first]
    lines.append(
        f"disputes:\n  strait: {{name: The strait, kind: territory, held_by: cyra, claimed_by: bora, "
        f"tension: {chance.randint(5, 60)}}}\n"
        f"  ridge: {{name: The ridge, kind: security, parties: [ada, bora], tension: {chance.randint(5, 60)}}}"
    )
    lines.append("pledges: {old: {kind: quiet, giver: bora, to: ada, turns: 9}}" if chance.random() < 0.5 else "")
    lines.append("agreements: {league: {kind: defence_pact, members: [bora, dena]}}" if chance.random() < 0.5 else "")
    if wishes:
        lines.append("objectives:")
        lines.append(
            f"  ada: {{public: [{{when: bora -> ada >= {chance.randint(0, 90)}, points: 20, label: A friend}}]}}"
        )
        secret = f", hidden: [{{when: {hidden}, points: 60, label: A dream}}]" if hidden else ""
        lines.append(f"  bora: {{public: [{{when: dena -> bora >= 30, points: 20, label: A wish}}]{secret}}}")
        lines.append("  cyra: {public: [{when: bora.military <= 40, points: 20, label: Safety}], "
                     "hidden: [{when: ada -> cyra >= 0, points: 10, label: Peace}]}")  # fmt: skip
        lines.append("  dena: {public: [{when: bora -> ada >= 30, points: 20, label: Harmony}]}")
    return "\n".join(lines) + "\n" + ACTS


def begun(text: str, seed: int, people: tuple[str, ...], **parameters: float) -> Match:
    """A game of a world in which nothing leaks."""
    scenario = read(text).scenario
    assert scenario is not None, [str(each) for each in read(text).findings]
    given = {"secrecy.rate": 0.0, **parameters}
    return begin(Setup(scenario, seed, "central", given, dict.fromkeys(people, PERSON)))


Action = Callable[[Match, Orders, Any], tuple[Orders, Any]]


def played(
    text: str, seed: int, people: tuple[str, ...], action: Action | None = None, *, plain: Match | None = None
) -> Match:
    """A game after a few turns in which everybody does as it likes, and somebody does something more.

    `plain` is the game whose orders are given again.
    """
    match = begun(text, seed, people)
    for number in range(1, TURNS + 1):
        history = match.history.open()
        if plain is None:
            world, draws = history.world, history.draws
            every = decided(Baseline(), {}, history.board, world, draws)
            orders = _without_affairs(match, every, number == WHEN)
            accepted = answered(Baseline(), {}, history.board, world, orders, draws)
        else:
            orders, accepted = plain.history.turns[number - 1].orders, plain.history.turns[number - 1].accepted
        if action is not None and number == WHEN:
            orders, accepted = action(match, orders, accepted)
        match = match.with_history(history.play(orders, accepted))
    return match if match.finished else match.with_history(match.history.open())


def _without_affairs(match: Match, orders: Orders, free: bool) -> Orders:
    """The orders without those that could be kept secret; Ada's first slot is left `free` if asked for."""
    board = match.history.board
    dropped = np.isin(orders.act, [*board.acts.secrets, board.acts.act("swear")])
    dropped[:, ADA, 0] |= free
    return replace(orders, act=np.where(dropped, NONE, orders.act), target=np.where(dropped, NONE, orders.target))


def doing(act: str, *, answered: bool = True, **terms: Any) -> Action:
    """Ada does something more towards Bora."""

    def action(match: Match, orders: Orders, accepted: Any) -> tuple[Orders, Any]:
        parts = {name: getattr(orders, name).copy() for name in SLOTTED}
        parts["act"][0, ADA, 0], parts["target"][0, ADA, 0] = match.history.board.acts.act(act), BORA
        for name, value in terms.items():
            parts[name][0, ADA, 0] = value
        agreed = accepted.copy()
        agreed[0, ADA, 0] = answered
        return replace(orders, **parts), agreed

    return action


ACTIONS: Mapping[str, Action] = {
    "a secret act": doing("sabotage", secret=True),
    "a secret pact": doing("smuggle", secret=True, scale=1.5, purpose=0),
    "a secret pact with a pledge and a gift": doing("smuggle", secret=True, pledge=1, side_payment=0.5),
    "a secret pact that has ended": doing("lend", secret=True),
    "a secret offer that was refused": doing("smuggle", secret=True, answered=False),
    "a private word": doing("praise", audience=PRIVATE),
    "a pledge that was confided": doing("swear", audience=PRIVATE),
}
"""What is done between the two alone."""


def _changed(world: World, **cells: Callable[[Any], None]) -> World:
    """A world with some of its arrays changed in place of the old ones."""
    arrays = {name: getattr(world, name).copy() for name in cells}
    for name, change in cells.items():
        change(arrays[name])
    return replace(world, **arrays)


def _set(array: Any, place: Any, value: Any) -> None:
    array[place] = value


ALTERED: Mapping[str, Callable[[World], World]] = {
    "what others are about": lambda world: _changed(
        world, posture=lambda array: (_set(array, (0, ADA, BORA), 3), _set(array, (0, BORA, CYRA), 2),
                                      _set(array, (0, ADA, DENA), 3), _set(array, (0, BORA, DENA), 4))),
    "what capital others have": lambda world: _changed(
        world, capital=lambda array: (_set(array, (0, ADA), 0.0), _set(array, (0, BORA), 2.5))),
    "what events are set for": lambda world: _changed(world, due=lambda array: _set(array, (0, 2), world.turn + 2)),
    "what others may not do again yet": lambda world: _changed(
        world, cooldown=lambda array: _set(array, (0, slice(None), ADA, BORA), 3)),
    "what is felt in secret": lambda world: _changed(
        world, hidden=lambda array: (_set(array, (0, 0, BORA, ADA), -30.0), _set(array, (0, 1, ADA, BORA), 45.0))),
    "what is concealed": lambda world: _changed(world, concealed=lambda array: _set(array, (0, BORA, 0), 25.0)),
    "a query of others": lambda world: _changed(
        world, rung=lambda array: _set(array, (0, 1), QUERY) if (array[0, 1] == CALM).all() else None),
}  # fmt: skip
"""What may be otherwise without anybody else knowing."""


def kinds() -> tuple[str, ...]:
    """Every kind of secret."""
    return (*ACTIONS, *ALTERED, *HIDDEN)


def pair(kind: str, seed: int, people: tuple[str, ...] = STATES, **world: Any) -> Pair:
    """A game without a secret of a kind, and with it; both look the same to those who may not know."""
    text = other = world_of(seed, **world)
    plain = played(text, seed, people)
    if kind in ACTIONS:
        secret = played(text, seed, people, ACTIONS[kind], plain=plain)
    elif kind in ALTERED:
        secret = altered(plain, ALTERED[kind])
    else:
        other = world_of(seed, **{**world, "hidden": HIDDEN[kind]})
        secret = played(other, seed, people, plain=plain)
    made = Pair.of(kind, plain, secret, VIEWERS, (text, other))
    for viewer in VIEWERS:
        assert looks(plain, viewer) == looks(secret, viewer), (kind, viewer)
    return made


def looks(match: Match, viewer: str) -> tuple[bytes, ...]:
    """A position as one state may know it, byte by byte."""
    board, world = match.history.board, match.history.world
    return tuple(array.tobytes() for _, array in seen_by(board, world, board.state(viewer)).arrays())
