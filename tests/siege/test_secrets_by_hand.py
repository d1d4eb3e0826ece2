"""What a side can tell of another's answer, worked out by hand: by what shows, and by nothing that does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.orders import Order
from game.kernel.world import COERCE, World
from game.match.information import (
    Estimate,
    bid_of,
    estimate,
    known_history,
    known_match,
    reasons,
)
from game.match.match import Match, Setup, begin
from game.measures.posture import posture_scores
from game.policies import View, observe
from game.scenario import read
from game.testing import TRIAD

ARDA, BOREA, CESTIA = range(3)
PACT = Order("cestia", "non_aggression_pact", "borea")
TALK = Order("cestia", "trade_agreement", "borea")
LEAGUE = """\
agreement_kinds:
  league: {{name: League, mutual: true, giver: 0, receiver: 0, commitment: {commitment}, doc: A league.}}
acts:
  join: {{name: Join, kind: deal, roles: {{one: any, other: any}}, text: "{{one}} and {{other}} are in league",
    terms: {{turns: 12, secrecy: true}}, cost: 1, cooldown: 1, signs: league, effects: {{other -> one: {{memory: 1}}}},
    weight: 1, doc: For better or worse.}}
"""


def match_of(text: str) -> Match:
    """The coming turn of a game in which Arda is an enemy of Cestia."""
    apart = text.replace("arda        .     60     -40", "arda        .     60     -80")
    scenario = read(
        apart.replace("agreements:\n  old_friends: {kind: defence_pact, members: [arda, borea]}\n", "")
    ).scenario
    assert scenario is not None, [str(each) for each in read(text).findings]
    match = begin(Setup(scenario, 1))
    return match.with_history(match.history.open())


def in_league(commitment: float, *, secret: bool) -> Match:
    """Arda and Borea are in league, openly or in secret."""
    match = match_of(TRIAD + LEAGUE.format(commitment=commitment))
    board = match.history.board

    def joined(world: World) -> World:
        agreements, volume = world.agreements.copy(), world.volume.copy()
        kind = board.agreements.names.index("league")
        agreements[0, kind, [ARDA, BOREA], [BOREA, ARDA]] = 12
        volume[0, kind, [ARDA, BOREA], [BOREA, ARDA]] = 1.0
        secrecy, last = world.secrecy.copy(), world.last.copy()
        secrecy[0, board.acts.secrets.index(board.acts.act("join")), ARDA, BOREA] = int(secret)
        last[0, board.acts.act("join"), ARDA, BOREA] = 0
        return replace(world, agreements=agreements, volume=volume, secrecy=secrecy, last=last)

    return changed(match, joined)


def changed(match: Match, change) -> Match:
    """A game in another position."""
    history = match.history
    assert history.opened is not None
    return match.with_history(replace(history, opened=(change(history.opened[0]), history.opened[1])))


def told(match: Match, order: Order) -> Estimate:
    """What the one who gives an order can tell of its answer."""
    return estimate(known_match(match, order.state), order)


def really(match: Match, order: Order):
    """How its target receives it."""
    ready = match.history.open()
    return match.reasoner.reception(ready.view(), [bid_of(ready.board, order)], match.history.draws)


@pytest.mark.parametrize(("commitment", "forbids"), [(0.79, False), (0.8, True), (0.9, True)])
def test_an_ally_that_is_bound_by_four_fifths_forbids_what_it_is_known_to_mind(commitment, forbids):
    match = in_league(commitment, secret=False)
    assert told(match, PACT).veto == (ARDA if forbids else None)
    assert bool(really(match, PACT).veto[0]) == forbids


def test_an_ally_of_whom_nobody_knows_forbids_nothing_that_could_be_told_beforehand():
    match = in_league(0.9, secret=True)
    assert really(match, PACT).veto[0] == ARDA + 1
    assert told(match, PACT).veto is None
    assert told(match, PACT) == told(match_of(TRIAD + LEAGUE.format(commitment=0.9)), PACT)


def test_what_the_other_secretly_wants_counts_in_its_answer_and_not_in_what_is_told_of_it():
    wish = "objectives: {borea: {hidden: [{when: borea -> cestia >= 20, points: 90, label: A dream}]}}\n"
    plain, wishing = match_of(TRIAD), match_of(TRIAD + wish)
    assert really(wishing, TALK).score[0] != really(plain, TALK).score[0]
    assert told(wishing, TALK) == told(plain, TALK)
    mine = Order("borea", "trade_agreement", "cestia")
    assert reasons(known_match(wishing, "borea"), mine)["objectives"] != 0.0
    assert reasons(known_match(wishing, "cestia"), mine)["objectives"] == 0.0


@pytest.mark.parametrize("left", [0.0, 4.0, 6.0])
def test_of_anothers_capital_one_knows_what_it_gets_each_turn(left):
    match = match_of(TRIAD)
    capital = match.history.world.capital.copy()
    capital[0, BOREA] = left
    match = changed(match, lambda world: replace(world, capital=capital))
    income = match.history.board.income
    for asked in (income, income + 0.1):
        order = replace(TALK, side_payment=-asked)
        assert told(match, order).payable == (asked <= income)
        assert bool(really(match, order).payable[0]) == (asked <= left)


def test_others_are_taken_to_be_about_what_they_seem_to_be_about():
    match = match_of(TRIAD)
    posture = match.history.world.posture.copy()
    posture[0, BOREA, CESTIA] = posture[0, ARDA, CESTIA] = posture[0, CESTIA, ARDA] = COERCE
    other = changed(match, lambda world: replace(world, posture=posture))
    assert told(other, TALK) == told(match, TALK)
    known = known_history(other.history, CESTIA)
    seeming = posture_scores(known.board, known.world, known.parameters["posture"])[0].argmax(axis=0)
    assert (known.world.posture[0, BOREA, CESTIA], known.world.posture[0, CESTIA, ARDA]) == (
        seeming[BOREA, CESTIA],
        COERCE,
    )


def test_chance_is_in_the_answer_and_not_in_what_is_told_of_it():
    match = match_of(TRIAD)
    scores = {float(really(match.with_history(replace(match.history, draws=draws)), TALK).chance[0])
              for draws in (match.history.draws, known_match(match, "cestia").history.draws)}  # fmt: skip
    assert len(scores) == 2
    known = known_match(match, "cestia")
    assert really(known, TALK).chance[0] == 0.0
    assert 0.0 < told(match, TALK).chance < 1.0


def test_a_policy_of_ones_own_is_not_told_what_others_secretly_want():
    wish = "objectives: {borea: {hidden: [{when: borea -> cestia >= 20, points: 90, label: A dream}]}}\n"
    match = match_of(TRIAD + wish)
    view: View = observe(match.history.board, match.history.world)
    assert [objective.label for objective in view.of(BOREA).board.objectives] == ["A dream"]
    assert view.of(CESTIA).board.objectives == ()
    assert not np.asarray(view.of(CESTIA).board.interests[:, BOREA]).any()
    assert np.asarray(view.of(BOREA).board.interests[:, BOREA]).any()
