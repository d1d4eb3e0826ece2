"""How the reasoner fills the slots of a turn: one by one, by what is left, and never against itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import NONE
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.world import SECRET, start_world
from game.policies import observe
from game.policies.reasoner.deal_terms import Bids
from game.policies.reasoner.reasoner import Reasoner
from tests.policies.plain import peninsula, stirred

ARDA, BOREA, CESTIA, DARA = range(4)
REPLICAS = 12
LOW = -2.0


@pytest.fixture(scope="module")
def made():
    return peninsula()


def rich(world, capital=9.0):
    return replace(world, capital=np.full_like(world.capital, capital))


def decided(made, world, seeds=range(REPLICAS), **changes):
    """A reasoner, the position as it sees it, and what it decides."""
    reasoner = Reasoner(made.board, replace(made.parameters["reasoner"], **changes))
    view = observe(made.board, world)
    return reasoner, view, reasoner.decide(view, Draws.of(*seeds))


def crowd(made, capital):
    world = stirred(made.board, 5)
    many = {name: np.repeat(array, REPLICAS, axis=0) for name, array in world.arrays()}
    return rich(replace(world, **many), capital)


def filled(reasoner, view, options, owner):
    """The orders of one state, slot by slot, from its options: the best that it may still do and can pay."""
    board, params = view.board, reasoner.params
    mine = np.flatnonzero(options.place == owner).tolist()
    state = int(options.owner[owner])
    left = int(hundredths(view.world.capital).reshape(-1)[state])
    tone = [float(np.sign(each)) for each in board.acts.weight]
    size = [(0.25 + abs(float(each))) * params.fatigue for each in board.acts.weight]
    shown = [(1.0 + abs(float(each))) / 2.0 for each in board.acts.weight]
    done = [0.0] * len(board.states)
    orders, barred = [], set()
    for slot in range(board.orders):
        able = [each for each in mine if each not in barred and options.price[each] <= left]
        # What was closed once for its price stays closed: nothing is given back.
        barred |= {each for each in mine if each not in able}
        worth = {
            each: (float(options.score[each]) - shown[options.act[each]] * done[options.target[each]])
            * float(options.sharpness[each]) + float(options.noise[slot][each])
            for each in able
        }  # fmt: skip
        best = max(able, key=lambda each: (worth[each], -each), default=None)
        if best is None or worth[best] <= float(options.quiet[slot][owner]):
            orders.append((NONE, NONE))
            continue
        act, target = int(options.act[best]), int(options.target[best])
        orders.append((act, target))
        left -= int(options.price[best])
        done[target] += size[act]
        for each in mine:
            other = int(options.act[each])
            contrary = int(options.target[each]) == target and tone[other] != tone[act]
            if other == act or contrary:
                barred.add(each)
    return orders


@pytest.mark.parametrize(("capital", "spread"), [(3.0, 10.0), (5.0, 0.15), (40.0, 0.15), (40.0, 10.0)])
def test_slots_are_filled_one_by_one_by_what_is_best_then(made, capital, spread):
    reasoner, view, decision = decided(made, crowd(made, capital), threshold=-2.0, spread=spread)
    options, seen = decision.options, set()
    for owner, number in enumerate(options.owner.tolist()):
        replica, state = divmod(number, len(made.board.states))
        given = [(int(act), int(target)) for act, target in zip(
            decision.orders.act[replica, state], decision.orders.target[replica, state], strict=True)]  # fmt: skip
        assert given == filled(reasoner, view, options, owner), (replica, made.board.states[state])
        seen.add(sum(act != NONE for act, _ in given))
    assert len(seen) > 1 or capital > 9.0


def test_no_order_is_worth_less_than_the_threshold(made):
    world = rich(stirred(made.board, 5))
    _, _, decision = decided(made, world, [1], noise=0.0, threshold=20.0)
    assert (decision.orders.act == NONE).all()
    _, _, decision = decided(made, world, [1], noise=0.0, threshold=-20.0)
    assert (decision.orders.act != NONE).all()
    best = float(decision.options.score[decision.options.place == 0].max())
    for threshold, taken in ((best - 0.01, True), (best + 0.01, False)):
        _, _, decision = decided(made, world, [1], noise=0.0, threshold=threshold)
        assert (decision.orders.act[0, ARDA, 0] != NONE) == taken


def test_the_runner_up_is_the_best_of_the_rest_or_nothing(made):
    reasoner, view, decision = decided(made, crowd(made, 40.0), threshold=LOW)
    options, seen = decision.options, set()
    for owner, number in enumerate(options.owner.tolist()):
        replica, state = divmod(number, len(made.board.states))
        if decision.orders.act[replica, state, 0] == NONE:
            continue
        mine = np.flatnonzero(options.place == owner)
        value = options.score[mine] * options.sharpness[mine] + options.noise[0][mine]
        second = int(mine[np.argsort(-value, kind="stable")[1]])
        quiet = float(options.quiet[0][owner])
        found = reasoner.rationale(view, decision, replica, state, 0)
        if np.sort(value)[-2] < quiet:
            expected = None
            assert found.runner_up_score == LOW
        else:
            act, target = options.act[second], options.target[second]
            expected = f"{made.board.acts.names[act]} {made.board.states[target]}"
            assert found.runner_up_score == options.score[second]
        assert found.runner_up == expected
        seen.add(expected is None)
    assert seen == {True, False}


def test_what_is_left_to_the_last_hundredth_can_be_asked_for(made):
    world = rich(start_world(made.board), 2.0)
    reasoner, view, _ = decided(made, world, [1])
    at = np.zeros(2, dtype=np.int64)
    plain = Bids.plain(at, at + ARDA, at + made.board.acts.act("trade_agreement"), at + BOREA)
    asked = replace(plain, side_payment=np.array([-2.0, -2.01]))
    assert reasoner.reception(view, asked, Draws.of(1)).payable.tolist() == [True, False]


KNOWING = """\
acts:
  broker: {name: Broker, kind: deal, roles: {one: any, other: any}, text: "{one} brokers with {other}",
    terms: {turns: 12, secrecy: true}, cost: 1, weight: 2, signs: mediation, effects: {}, doc: Quietly.}
  gossip: {name: Gossip, kind: statement, roles: {one: any, other: any}, text: "{one} gossips to {other}", cost: 1,
    weight: 5, requires: ["pact(cestia <-> dara: mediation)"], effects: {other -> one: {mood: 9}}, doc: Gossip.}
"""


def test_an_act_that_a_secret_of_others_would_permit_is_nobody_elses_to_order():
    made = peninsula(acts=KNOWING, pledge_kinds="")
    board, world = made.board, rich(start_world(made.board))
    agreements, volume, secrecy = world.agreements.copy(), world.volume.copy(), world.secrecy.copy()
    kind = board.agreements.names.index("mediation")
    agreements[0, kind, CESTIA, DARA], volume[0, kind, CESTIA, DARA] = 9, 1.0
    secrecy[0, board.acts.secrets.index(board.acts.act("broker")), CESTIA, DARA] = SECRET
    known = {}
    for name, hidden in (("open", world.secrecy), ("secret", secrecy)):
        _, _, decision = decided(made, replace(world, agreements=agreements, volume=volume, secrecy=hidden), [1])
        known[name] = decision.legal[0, :, board.acts.act("gossip")].any(axis=1).tolist()
    assert known["open"] == [True] * 4
    assert not known["secret"][ARDA]
    assert not known["secret"][BOREA]


EVENT = """\
events:
  overture:
    headline: An overture
    at: 1
    decider: arda
    options:
      welcome: {label: Welcome it, weight: %s, effects: {borea -> arda: {memory: 30}}}
      ignore: {label: Ignore it, weight: %s}
"""


@pytest.mark.parametrize(
    ("welcome", "ignore", "wishes", "taken"),
    [(1, 3, False, 1), (3, 1, False, 0), (1, 3, True, 0), (1, 1e9, True, 1)],
    ids=("the weightier", "the weightier, listed first", "the one that gains", "the one that outweighs the gain"),
)
def test_an_option_is_taken_by_its_weight_and_by_what_its_decider_gains(welcome, ignore, wishes, taken):
    wish = "objectives:\n  arda: {public: [{when: 'borea -> arda >= 90', points: 100, label: A friend}]}"
    objective = {"objectives": wish if wishes else ""}
    made = peninsula(events=EVENT % (welcome, ignore), **objective)
    world = start_world(made.board)
    _, _, decision = decided(made, replace(world, pending=np.ones_like(world.pending)), [1], noise=0.0, objectives=2.0)
    # The goal is 40 points off: slope (1 + 2 / sqrt 5) / 2 = 0.947; 2 x 0.3 x that / 0.15 x 2 = 7.6 outweighs
    # log 3 = 1.1 and not log 1e9 = 20.7.
    assert decision.orders.option.tolist() == [[taken]]
