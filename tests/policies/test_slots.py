"""How the reasoner fills the slots of a turn: one by one, by what is left, and never against itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import NONE
from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.world import SECRET, start_world
from game.policies import observe
from game.policies.reasoner.choosing import draw, gather, lots, luck, quiet, sharpness
from game.policies.reasoner.deal_terms import Bid
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thoughts import weights_of
from tests.policies.plain import peninsula, stirred

ARDA, BOREA, CESTIA, DARA = range(4)
SEEDS = range(12)
LOW = -2.0


@pytest.fixture(scope="module")
def made():
    return peninsula()


def rich(world, capital=9.0):
    return replace(world, capital=np.full_like(world.capital, capital))


def deciding(made, world, **changes):
    """A reasoner, and the position as it sees it."""
    reasoner = Reasoner(made.board, replace(made.parameters["reasoner"], **changes))
    return reasoner, observe(made.board, world)


def crowd(made, capital):
    return rich(stirred(made.board, 5), capital)


class Options:
    """What one state may do, as the reasoner has it: scores, prices and luck, all else being worked out here."""

    def __init__(self, reasoner, view, decision, state):
        setting, params = setting_for(view.board, 0), reasoner.params
        weights, thoughts = weights_of(view.board, params), reasoner.appraisal(view)
        pool = lots(setting)
        np.copyto(thoughts.legal, decision.legal)
        count = gather(setting, view.world, weights, params, thoughts, decision.orders.stance, state, pool)
        draw(setting, view.turn, decision.seed, state, 0, pool, count)
        self.act, self.target = pool.act[:count].tolist(), pool.target[:count].tolist()
        self.price, self.score = pool.price[:count].tolist(), pool.score[:count].tolist()
        self.sharpness = sharpness(setting, params, state)
        slots = range(view.board.orders)
        self.luck = [[luck(weights, params, pool, lot, slot) for lot in range(count)] for slot in slots]
        self.quiet = [quiet(setting, view.turn, decision.seed, weights, params, state, slot) for slot in slots]

    def worth(self, slot, lot, tired=0.0):
        return (self.score[lot] - tired) * self.sharpness + self.luck[slot][lot]


def filled(reasoner, view, options, state):
    """The orders of one state, slot by slot, from its options: the best that it may still do and can pay."""
    board, params = view.board, reasoner.params
    left = int(hundredths(view.world.capital)[state])
    tone = [float(np.sign(each)) for each in board.acts.weight]
    size = [(0.25 + abs(float(each))) * params.fatigue for each in board.acts.weight]
    shown = [(1.0 + abs(float(each))) / 2.0 for each in board.acts.weight]
    done = [0.0] * len(board.states)
    orders, barred = [], set()
    mine = range(len(options.act))
    for slot in range(board.orders):
        able = [each for each in mine if each not in barred and options.price[each] <= left]
        # What was closed once for its price stays closed: nothing is given back.
        barred |= {each for each in mine if each not in able}
        worth = {
            each: options.worth(slot, each, shown[options.act[each]] * done[options.target[each]]) for each in able
        }
        best = max(able, key=lambda each: (worth[each], -each), default=None)
        if best is None or worth[best] <= options.quiet[slot]:
            orders.append((NONE, NONE))
            continue
        act, target = options.act[best], options.target[best]
        orders.append((act, target))
        left -= int(options.price[best])
        done[target] += size[act]
        for each in mine:
            contrary = options.target[each] == target and tone[options.act[each]] != tone[act]
            if options.act[each] == act or contrary:
                barred.add(each)
    return orders


def decisions(made, reasoner, view):
    """What is decided with each luck, and what each state that plays could choose from."""
    for seed in SEEDS:
        decision = reasoner.decide(view, Draws.of(seed))
        for state in range(len(made.board.states)):
            options = Options(reasoner, view, decision, state)
            if options.act:
                yield decision, state, options


@pytest.mark.parametrize(("capital", "spread"), [(3.0, 10.0), (5.0, 0.15), (40.0, 0.15), (40.0, 10.0)])
def test_slots_are_filled_one_by_one_by_what_is_best_then(made, capital, spread):
    (reasoner, view), seen = deciding(made, crowd(made, capital), threshold=-2.0, spread=spread), set()
    for decision, state, options in decisions(made, reasoner, view):
        orders = decision.orders
        given = list(zip(orders.act[state].tolist(), orders.target[state].tolist(), strict=True))
        assert given == filled(reasoner, view, options, state), made.board.states[state]
        seen.add(sum(act != NONE for act, _ in given))
    assert len(seen) > 1 or capital > 9.0


def test_no_order_is_worth_less_than_the_threshold(made):
    world = rich(stirred(made.board, 5))

    def first(threshold):
        reasoner, view = deciding(made, world, noise=0.0, threshold=threshold)
        return reasoner, view, reasoner.decide(view, Draws.of(1))

    assert (first(20.0)[2].orders.act == NONE).all()
    reasoner, view, decision = first(-20.0)
    assert (decision.orders.act != NONE).all()
    best = max(Options(reasoner, view, decision, ARDA).score)
    for threshold, taken in ((best - 0.01, True), (best + 0.01, False)):
        assert (first(threshold)[2].orders.act[ARDA, 0] != NONE) == taken


def test_the_runner_up_is_the_best_of_the_rest_or_nothing(made):
    (reasoner, view), seen = deciding(made, crowd(made, 40.0), threshold=LOW), set()
    for decision, state, options in decisions(made, reasoner, view):
        if decision.orders.act[state, 0] == NONE:
            continue
        order = sorted(range(len(options.act)), key=lambda each: (-options.worth(0, each), each))
        found = reasoner.rationale(view, decision, state, 0)
        if options.worth(0, order[1]) < options.quiet[0]:
            expected = None
            assert found.runner_up_score == LOW
        else:
            expected = f"{made.board.acts.names[options.act[order[1]]]} {made.board.states[options.target[order[1]]]}"
            assert found.runner_up_score == options.score[order[1]]
        assert found.runner_up == expected
        seen.add(expected is None)
    assert seen == {True, False}


def test_what_is_left_to_the_last_hundredth_can_be_asked_for(made):
    reasoner, view = deciding(made, rich(start_world(made.board), 2.0))
    plain = Bid(ARDA, made.board.acts.act("trade_agreement"), BOREA)
    asked = [plain._replace(side_payment=each) for each in (-2.0, -2.01)]
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
        reasoner, view = deciding(made, replace(world, agreements=agreements, volume=volume, secrecy=hidden))
        legal = reasoner.decide(view, Draws.of(1)).legal
        known[name] = legal[:, board.acts.act("gossip")].any(axis=1).tolist()
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
    waiting = replace(world, pending=np.ones_like(world.pending))
    reasoner, view = deciding(made, waiting, noise=0.0, objectives=2.0)
    # The goal is 40 points off: slope (1 + 2 / sqrt 5) / 2 = 0.947; 2 x 0.3 x that / 0.15 x 2 = 7.6 outweighs
    # log 3 = 1.1 and not log 1e9 = 20.7.
    assert reasoner.orders(view, Draws.of(1)).option.tolist() == [taken]
