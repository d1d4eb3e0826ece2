"""Rules of one phase commute: in whatever order they are called, the world is the same to the last byte, and so is
every row of the ledger.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import turn
from game.kernel.changes import ATTRIBUTES
from game.kernel.compiled.workspaces import made
from game.kernel.deeds import deeds_of
from game.kernel.draws import Draws
from game.kernel.orders import SLOTTED
from game.kernel.records import one_world
from game.kernel.setting import setting_of
from game.kernel.world import digest, start_world
from game.policies import answered, decided
from game.policies.reasoner.reasoner import Reasoner
from game.rules import PHASES
from game.scenario import load
from game.scenario.compile import compiled
from game.submodels.secrecy import keep_secret
from game.testing import arrays, context, step_at, triad
from game.turn import settle
from tests.laws.test_deep_worlds import NAMES, deep_scenarios, scenario_of
from tests.laws.wild import Wild

ACTS = """\
acts:
  shipment:
    {kind: deal, roles: {seller: any, buyer: any}, cost: 1, cooldown: 1, text: "{seller} ships crates to {buyer}",
    terms: {value: {unit: crates, low: 1, high: 9, usual: 3}, secrecy: true},
    effects: {buyer.military: 1.7, buyer -> seller: {memory: 3}, rivals of seller -> buyer: {mood: -2}}}
"""
"""A deal that may be secret and leaves no agreement: what is at stake in it adds up."""

DONE = {
    "shipment": ("seller", "buyer", True),
    "arms_package": ("seller", "buyer", True),
    "intelligence_sharing": ("proposer", "partner", True),
    "praise": ("speaker", "target", False),
    "visit": ("guest", "host", False),
}
"""Acts that events have done, by their roles, and whether they are deals and may be secret."""


@st.composite
def eventful_scenarios(draw):
    """A deep world in which states are asked every turn to do what they may order as well, or its contrary."""
    text = draw(deep_scenarios())
    most = draw(st.sampled_from(["100", "63.7", "99.999"]))
    text = re.sub(r"military: (\d+)", lambda found: f"military: {min(float(found[1]), float(most)):g}", text)
    lines = [text.replace("max: 100}", f"max: {most}}}")]
    for number in range(draw(st.integers(2, 5))):
        act = draw(st.sampled_from(sorted(DONE)))
        first, second, closed = DONE[act]
        one, other = draw(st.permutations(NAMES[:3]))[:2]
        kind = "sign" if closed else "act"
        secret = ", secret: true" if closed and draw(st.booleans()) else ""
        effects = [f"{kind}: {{act: {act}, {first}: {one}, {second}: {other}{secret}}}"]
        extra = [
            f"{one}.military: {draw(st.floats(-9, 9)):.3f}",
            f"{other}.military: {{set: {draw(st.integers(0, 60))}}}",
            f"valley.tension: {draw(st.integers(-20, 20))}",
            f"cede: {{dispute: valley, to: {draw(st.sampled_from(NAMES[:2]))}}}",
            f"{one} -> {other}: {{mood: {draw(st.floats(-40, 40)):.2f}}}",
            f"pledge: {{kind: no_attack, giver: {one}, to: {other}}}",
            f"break: {{kind: all, members: [{one}, {other}]}}",
        ]
        effects += draw(st.lists(st.sampled_from(extra), unique=True, max_size=3))
        asked = f"decider: {one}, options: {{yes: {{label: Yes, weight: 1, effects: {{{', '.join(effects)}}}}}}}"
        lines.append(f"  asked_{number}: {{headline: Asked, mean_turns: 1, repeats: true, {asked}}}\n")
        lines.append(f"  after_{number}: {{headline: After, after: {{act: {act}, delay: 2}}, text: So it was.}}\n")
    return "".join(lines) + ACTS


def orders_of_the_asked(board, world, orders):
    """The orders, and in a first slot what an event asks its decider to do; twice, if it is asked so."""
    parts = {name: getattr(orders, name).copy() for name in SLOTTED}
    for index in np.flatnonzero(world.pending.any(axis=0)).tolist():
        for action in board.events[index].options[0].effects.actions:
            cell = (slice(None), action.actor, 0)
            parts["act"][cell], parts["target"][cell], parts["scale"][cell] = action.act, action.target, 0.3
            parts["secret"][cell], parts["audience"][cell], parts["office"][cell] = action.secret, action.audience, 0
            parts["about"][cell] = parts["purpose"][cell] = parts["pledge"][cell] = -1
    return replace(orders, **parts)


def reordered():
    """The phases of a turn, the rules of one of them in another order."""
    for place, phase in enumerate(PHASES):
        for other in list(permutations(phase))[1:]:
            yield (*PHASES[:place], other, *PHASES[place + 1 :])


def rows(board, ledger, replicas):
    """Every row of a ledger, by replica and pair, and how often."""
    return Counter((replica, *row) for replica in range(replicas) for row in ledger.every(board, replica))


def check_turns(made, draws, seats, turns, steered=False):
    """Play some turns, and each of them in every order of the rules of each phase."""
    board, world = made.board, start_world(made.board, draws.seeds.size)
    reasoner = Reasoner(board, made.parameters["reasoner"])
    for _ in range(turns):
        world, _ = turn.opening(board, world, made.parameters, draws)
        orders = decided(reasoner, seats, board, world, draws)
        orders = orders_of_the_asked(board, world, orders) if steered else orders
        accepted = answered(reasoner, seats, board, world, orders, draws)
        after, ledger = turn.step(board, world, orders, accepted, made.parameters, draws)
        expected = rows(board, ledger, draws.seeds.size)
        for phases in reordered():
            other, told = turn.step(board, world, orders, accepted, made.parameters, draws, phases)
            assert digest(other) == digest(after), phases
            assert rows(board, told, draws.seeds.size) == expected, phases
        world = after


@settings(max_examples=15)
@given(eventful_scenarios(), st.integers(0, 2**32))
def test_the_rules_of_a_phase_commute_in_any_world(text, seed):
    made = compiled(scenario_of(text))
    wild = Wild()
    check_turns(made, Draws.of(seed, seed + 1), dict.fromkeys(range(len(made.board.states)), wild), 4, steered=True)


@pytest.mark.parametrize("policy", ["wild", "reasoner"])
@pytest.mark.parametrize("name", ["classroom-triad", "hegemon-and-five", "south-caucasus-2012"])
def test_the_rules_of_a_phase_commute_in_what_is_shipped(name, policy):
    made = compiled(load(name))
    wild = Wild()
    seats = {s: wild for s in range(len(made.board.states)) if policy == "wild"}
    check_turns(made, Draws.of(3), seats, 6, steered=policy == "wild")


def asked_and_ordered(act, first, second):
    """The world after an option of two crates and an order of four, done in secret in one turn, in both orders."""
    asked = f"sign: {{act: {act}, seller: arda, buyer: borea, value: {first}, secret: true}}"
    event = f"ask: {{headline: Asked, at: 1, decider: arda, options: {{yes: {{label: Yes, effects: {{{asked}}}}}}}}}"
    board = triad(acts=ACTS.replace("usual: 3", "usual: 1"), events=f"events: {{{event}}}").board
    orders, accepted = arrays(board, [f"arda: {act} borea value={second} secret"])
    parameters = compiled(load("classroom-triad")).parameters
    opened, _ = turn.opening(board, start_world(board), parameters, Draws.of(1))
    place = board.acts.secrets.index(board.acts.act(act))
    stakes = []
    for phase in permutations(PHASES[0]):
        world, _ = turn.step(board, opened, orders, accepted, parameters, Draws.of(1), (phase,))
        stakes.append(float(world.stake[0, place, 0, 1]))
    return stakes


def test_what_an_option_and_an_order_ship_in_secret_in_one_turn_adds_up():
    assert asked_and_ordered("shipment", 2, 4) == [6.0] * 6


def test_an_agreement_that_an_option_and_an_order_sign_in_secret_is_worth_the_greater():
    assert asked_and_ordered("arms_package", 1, 2) == [2.0] * 6


def test_what_one_event_has_shipped_twice_adds_up_too():
    asked = "sign: {act: shipment, seller: arda, buyer: borea, value: %d, secret: true}"
    events = "events: {" + ", ".join(
        f"e{value}: {{headline: Crates, at: 1, effects: {{{asked % value}}}}}" for value in (2, 3)
    ) + "}"  # fmt: skip
    made = triad(acts=ACTS.replace("usual: 3", "usual: 1"), events=events)
    world, _ = turn.opening(made.board, start_world(made.board), made.parameters, Draws.of(1))
    assert world.stake[0, made.board.acts.secrets.index(made.board.acts.act("shipment")), 0, 1] == 5.0


@pytest.fixture(scope="module")
def shipping():
    return triad(acts=ACTS).board


def shipped(board, values):
    """Deeds that ship crates from the first state to the second in secret, with these values over the usual one."""
    deeds = deeds_of(len(values))
    deeds.count[0] = len(values)
    deeds.actor[:], deeds.target[:], deeds.act[:], deeds.secret[:] = 0, 1, board.acts.act("shipment"), True
    deeds.scale[:] = values
    return deeds


VALUES = st.lists(st.floats(0.0, 9.0), min_size=1, max_size=3)


@given(VALUES, VALUES, st.floats(0.0, 3.0))
def test_two_rules_may_add_to_a_stake_in_either_order(shipping, first, second, before):
    setting, world = setting_of(shipping), one_world(start_world(shipping), 0)
    world = replace(world, stake=world.stake + before)
    stakes = []
    for order in permutations((shipped(shipping, first), shipped(shipping, second))):
        secrecy, stake = world.secrecy.copy(), world.stake.copy()
        for deeds in order:
            keep_secret(setting, world, secrecy, stake, deeds)
        stakes.append(stake)
    assert stakes[0].tobytes() == stakes[1].tobytes()
    place = shipping.acts.secrets.index(shipping.acts.act("shipment"))
    assert stakes[0][place, 0, 1] == pytest.approx(before + sum(first) + sum(second))


def test_sums_do_not_depend_on_their_order_where_a_scale_ends_off_the_grid():
    board = triad(attributes="attributes:\n  military: {unit: index, min: 0, max: 60.3}").board
    full = replace(start_world(board), attributes=np.full((1, 3, 1), 60.3))
    left = set()
    for order in permutations((-0.7, -0.9)):
        step = step_at(context(board, full), made(board, 0))
        for value in order:
            step.changes.world.attributes[...] += value
            step.changes.added[ATTRIBUTES] = True
        settle(step)
        left.add(step.world.attributes.tobytes())
    assert len(left) == 1
