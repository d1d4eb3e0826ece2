"""Brinkmanship: what the sides of a crisis choose, why, and what they do not dare."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from game import turn
from game.errors import PolicyError
from game.journal import journal_of, replay, text_of
from game.kernel.catalogue import NONE
from game.kernel.draws import Draws
from game.kernel.orders import (
    BACK_DOWN,
    ESCALATE,
    OFF_RAMP,
    STANCES,
)
from game.kernel.world import CALM, ULTIMATUM, start_world
from game.match.history import History, recorded
from game.match.match import Setup, begin
from game.narrative.causes import in_ids
from game.parameters import defaults
from game.policies import answered, decided, observe
from game.policies.random import Random
from game.policies.reasoner.crisis_bargaining import (
    TERMS,
    choices,
    may_strike,
    rationale,
)
from game.policies.reasoner.reasoner import Reasoner
from game.policies.script import Script
from game.policies.wait import Wait
from game.scenario import read
from game.testing import TRIAD, triad

ARDA, BOREA, CESTIA = range(3)
SEEDS = 3000

FRONT = """\
states:
  arda: {name: Arda, stats: {military: 50}, borders: [borea, cestia]}
  borea: {name: Borea, stats: {military: 90}, borders: [arda, cestia]}
  cestia: {name: Cestia, stats: {military: 40}, borders: [arda, borea]}"""
HATRED = """\
relations:
  table: |
    from\\to  arda  borea  cestia
    arda        .      0     -95
    borea       0      .      80
    cestia    -95     80       ."""
GUARANTEE = "agreements: {guarantee: {kind: defence_pact, members: [borea, cestia]}}"


def front(guaranteed=False, assertive=0.9, risk=0.9, stake=1.0, **sections):
    """Arda, a little stronger than cestia and not easily held back; borea may be bound to defend cestia."""
    islet = f"{{name: The islet, kind: territory, held_by: cestia, claimed_by: arda, tension: 40, stake: {stake}}}"
    made = triad(
        states=FRONT, relations=HATRED, agreements=GUARANTEE if guaranteed else "",
        disputes=f"disputes: {{islet: {islet}}}", **sections,
    ).board  # fmt: skip
    sliders = dict(made.personalities.sliders)
    for name, value in (("assertiveness", assertive), ("risk_tolerance", risk)):
        sliders[name] = np.where(np.arange(3) == ARDA, value, sliders[name])
    return replace(made, personalities=replace(made.personalities, sliders=sliders))


def standing(board, cestia, arda, replicas=SEEDS):
    """A view of the crisis with both sides on these rungs; cestia held the islet, so it is the first party."""
    world = start_world(board, replicas)
    rung = np.broadcast_to(np.array([[[cestia, arda]]], dtype=np.int16), (replicas, 1, 2))
    return observe(board, replace(world, rung=rung, tension=np.full((replicas, 1), 90.0)))


def arda_chooses(board, rung, noise=1.0):
    """What arda chooses in many runs with both sides on a rung `[R]`."""
    view = standing(board, rung, rung)
    return choices(view, noise, Draws.of(*range(SEEDS))).stance[:, 0, 1]


def test_the_terms_of_every_choice_sum_to_its_score_and_the_runner_up_was_worse():
    view = standing(front(guaranteed=True), 3, 4, 200)
    made = choices(view, 1.0, Draws.of(*range(200)))
    for replica in range(200):
        for side in (0, 1):
            found = rationale(made, replica, 0, side)
            assert tuple(found.terms) == TERMS
            assert sum(found.terms.values()) == pytest.approx(found.score, abs=1e-12)
            assert found.score + found.chance >= found.runner_up_score + found.runner_up_chance
            assert found.stance == STANCES[made.stance[replica, 0, side]] != found.runner_up


def test_without_noise_every_seed_chooses_alike():
    assert len(set(arda_chooses(front(), 2, noise=0.0).tolist())) == 1


def test_there_is_nothing_to_choose_without_a_crisis_or_at_war_or_for_a_state_that_takes_no_turns():
    board = front()
    calm = observe(board, start_world(board))
    assert (choices(calm, 1.0, Draws.of(1)).stance == NONE).all()
    view = standing(board, 3, 3, 1)
    out = replace(view.world, out=view.world.out | (np.arange(3) == ARDA))
    assert (choices(observe(board, out), 1.0, Draws.of(1)).stance == NONE).all()
    idle = replace(board, plays=np.arange(3) != ARDA)
    stance = choices(standing(idle, 3, 3, 1), 1.0, Draws.of(1)).stance[0, 0]
    assert stance[0] != NONE
    assert stance[1] == NONE


def test_it_does_not_go_to_force_against_a_guarded_state_that_it_expects_to_lose_to():
    alone = (arda_chooses(front(stake=2.0), ULTIMATUM) == ESCALATE).mean()
    guarded = (arda_chooses(front(guaranteed=True, stake=2.0), ULTIMATUM) == ESCALATE).sum()
    assert alone > 0.05
    assert guarded == 0


def test_a_guarantee_is_the_stated_reason():
    made = choices(standing(front(guaranteed=True), 4, 4, 1), 1.0, Draws.of(1))
    climbing = {name: float(values[0, 0, 1, ESCALATE]) for name, values in made.terms.items()}
    assert min(climbing, key=climbing.get) == "guarantors"
    below = choices(standing(front(guaranteed=True), 1, 1, 1), 1.0, Draws.of(1))
    assert below.terms["guarantors"][0, 0, 1, ESCALATE] == 0


SWORN = "pledges: {peace: {kind: no_attack, giver: arda, to: cestia, turns: 20}}"


def climbing(board, rung, broken=0.0):
    """The term that weighs arda's word as it thinks of climbing; cestia may have seen it break some before."""
    view = standing(board, rung, rung, 1)
    record = view.world.broken.copy()
    record[:, CESTIA, ARDA] = broken
    seen = observe(board, replace(view.world, broken=record))
    return float(choices(seen, 1.0, Draws.of(1)).terms["commitment"][0, 0, 1, ESCALATE])


def test_climbing_to_force_weighs_the_words_that_it_would_break():
    sworn = front(pledges=SWORN)
    assert climbing(sworn, ULTIMATUM) == pytest.approx(-0.48, abs=1e-5)  # 0.04 x gravity 12 x solemnity 1 x credit 1
    assert climbing(sworn, ULTIMATUM - 1) == 0.0  # an ultimatum breaks no word
    assert climbing(front(), ULTIMATUM) == 0.0
    assert climbing(front(pledges=SWORN.replace("no_attack", "end_use")), ULTIMATUM) == 0.0
    # of one that broke a word four times: trust is half of what it was, and so is what is left to lose
    assert climbing(sworn, ULTIMATUM, broken=4.0) == pytest.approx(-0.24, abs=1e-5)
    plain, bound = (
        (arda_chooses(each, ULTIMATUM) == ESCALATE).mean()
        for each in (front(stake=2.0), front(stake=2.0, pledges=SWORN))
    )
    assert bound < 0.75 * plain


def test_a_weak_resolve_backs_down_more_and_climbs_less():
    weak, strong = (arda_chooses(front(assertive=each, risk=each), 3) for each in (0.1, 0.9))
    assert (weak == BACK_DOWN).mean() > 0.01 > 3 * (strong == BACK_DOWN).mean()
    assert (weak == ESCALATE).mean() < (strong == ESCALATE).mean() / 3


def test_a_greater_stake_is_climbed_for_more_often():
    small, great = (arda_chooses(front(stake=each), 3) for each in (0.5, 2.0))
    assert (small == ESCALATE).mean() < (great == ESCALATE).mean()


def test_backing_down_is_chosen_less_the_higher_one_stands_unless_war_is_near():
    shares = [(arda_chooses(front(assertive=0.2, risk=0.2), rung) == BACK_DOWN).mean() for rung in (0, 1, 2)]
    assert shares == sorted(shares, reverse=True)


SPARK = "events: {spark: {headline: A spark, at: 1, effects: {crisis: {dispute: islet, rung: 0}, islet.tension: +45}}}"


def played_by_reasoners(board, runs, turns=10, prepare=None):
    """Many games through a crisis: the rungs before and after every turn `[T + 1, R, D, B]`, and for each turn the
    causes that the rule wrote into the ledger, with the runs `[R]` in which they did something.
    """
    parameters, draws = defaults(), Draws.of(*range(runs))
    reasoner, world = Reasoner(board, parameters["reasoner"]), start_world(board, runs)
    world = world if prepare is None else prepare(world)
    rungs, told = [world.rung], []
    for _ in range(turns):
        world, _ = turn.opening(board, world, parameters, draws)
        view = observe(board, world)
        orders = reasoner.orders(view, draws)
        world, ledger = turn.step(board, world, orders, reasoner.answer(view, orders, draws), parameters, draws)
        rungs.append(world.rung)
        told.append({
            in_ids(entry.cause, board): (entry.relation != 0).any(axis=(1, 2, 3))
            for name, change in ledger.changes if name == "crises" for entry in change.entries
        })  # fmt: skip
    return np.stack(rungs), told, world


def happened(told, cause, runs):
    """In which runs something was told of, in any of some turns `[R]`."""
    nowhere = np.zeros(runs, dtype=bool)
    return np.any([nowhere, *(each.get(cause, nowhere) for each in told)], axis=0)


CLIMB = "crisis over The islet: arda climbs to limited force"


def test_it_warns_before_it_climbs_to_force():
    runs, seen = 600, 0
    rungs, told, _ = played_by_reasoners(front(stake=4.0, events=SPARK), runs)
    for turn_, each in enumerate(told):
        for run in np.flatnonzero(each.get(CLIMB, [])):
            seen += 1
            before = [cause for earlier in told[:turn_] for cause, where in earlier.items() if where[run]]
            for rung in ("protest", "penalty", "alert", "ultimatum"):
                assert any(cause.endswith(f"to {rung}") for cause in before)
            assert rungs[turn_, run].max() == ULTIMATUM
    assert seen > 5


def test_in_play_the_guarantee_keeps_the_peace():
    runs = 600
    alone, guarded = (
        happened(played_by_reasoners(front(guaranteed=each, stake=4.0, events=SPARK), runs)[1], CLIMB, runs).sum()
        for each in (False, True)
    )
    assert alone > 5
    assert guarded == 0


def test_a_mediator_brings_more_crises_to_a_settlement():
    board = front(stake=2.0, events=SPARK)
    kind, pact = (board.agreements.names.index(name) for name in ("mediation", "non_aggression"))

    def with_mediator(world):
        agreements = world.agreements.copy()
        agreements[:, kind, BOREA, CESTIA] = 99
        return replace(world, agreements=agreements)

    def settled(prepare):
        world = played_by_reasoners(board, 300, turns=5, prepare=prepare)[2]
        return np.count_nonzero(world.agreements[:, pact, ARDA, CESTIA])

    assert settled(with_mediator) > 1.2 * settled(None) > 0
    view = standing(board, 3, 3)
    plain = choices(view, 1.0, Draws.of(*range(SEEDS))).stance
    helped = choices(observe(board, with_mediator(view.world)), 1.0, Draws.of(*range(SEEDS))).stance
    assert (helped == OFF_RAMP).mean() > (plain == OFF_RAMP).mean()


def test_force_is_ordered_only_from_an_ultimatum_and_to_climb():
    board = front()
    calm = start_world(board)
    nothing = np.full(calm.rung.shape, NONE)
    assert not may_strike(board, calm, nothing)[0, ARDA, CESTIA]
    assert may_strike(board, calm, nothing)[0, ARDA, BOREA]  # there is no quarrel to warn in
    for rung, stance, able in ((3, ESCALATE, False), (4, ESCALATE, True), (4, OFF_RAMP, False)):
        world = standing(board, rung, rung, 1).world
        assert may_strike(board, world, np.full_like(nothing, stance))[0, ARDA, CESTIA] == able


def test_a_state_chooses_by_what_it_may_know():
    board = front(guaranteed=True, stake=2.0)
    view = standing(board, 3, 3, 40)
    world, states = view.world, np.arange(3)
    secrecy, agreements = world.secrecy.copy(), world.agreements.copy()
    concealed = world.concealed + np.where(states == BOREA, 60.0, 20.0)[:, None]
    place = board.acts.secrets.index(board.acts.act("intelligence_sharing"))
    secrecy[:, place, BOREA, CESTIA] = 1
    for one, other in ((BOREA, CESTIA), (CESTIA, BOREA)):
        agreements[:, board.agreements.names.index("intelligence"), one, other] = 9
    secret = observe(board, replace(world, secrecy=secrecy, agreements=agreements, concealed=concealed))
    assert not secret.all_is_open
    draws = Draws.of(*range(40))
    whole = choices(secret, 1.0, draws)
    for side, state in enumerate((CESTIA, ARDA)):
        alone = choices(secret.of(state), 1.0, draws)
        assert (alone.stance[:, 0, side] == whole.stance[:, 0, side]).all()
        assert (alone.score[:, 0, side] == whole.score[:, 0, side]).all()
    assert (whole.score[:, 0] != choices(view, 1.0, draws).score[:, 0]).any()


def test_a_choice_in_a_crisis_is_recorded_with_its_reasons():
    board = front(events=SPARK)
    reasoner = Reasoner(board, defaults()["reasoner"])
    ready = History.begin(board, defaults(), Draws.of(1)).open()
    orders = decided(reasoner, {}, ready.view(), ready.draws)
    history = ready.play(orders, answered(reasoner, {}, ready.view(), orders, ready.draws))
    records = [each for each in recorded(history, history.turns[0], reasoner, range(3)) if each.order.is_stance]
    assert {each.order.state for each in records} == {"arda", "cestia"}
    assert all(set(each.why["terms"]) == set(TERMS) and each.why["runner_up"].endswith(" islet") for each in records)


def test_random_takes_each_of_the_four_ways_and_wait_none():
    view = standing(front(), 2, 2)
    stance = Random().orders(view, Draws.of(*range(SEEDS))).stance[:, 0]
    for each in range(len(STANCES)):
        assert (stance == each).mean() == pytest.approx(0.25, abs=0.03)
    assert (Wait().orders(view, Draws.of(1)).stance == NONE).all()
    calm = observe(front(), start_world(front()))
    assert (Random().orders(calm, Draws.of(1)).stance == NONE).all()


def test_a_script_chooses_in_a_crisis_and_says_what_it_could_not_choose():
    board = front()
    text = "1: arda: escalate islet\n1: arda: back_down islet\n2: cestia: off_ramp islet"
    script = Script.of(text, board)
    view = standing(board, 1, 1, 1)
    assert script.orders(view, Draws.of(1)).stance.tolist() == [[[NONE, ESCALATE]]]
    assert script.left_out(view) == ["arda: back_down islet: the choice was spent on the lines before"]
    calm = observe(board, start_world(board))
    assert (script.orders(calm, Draws.of(1)).stance == NONE).all()
    assert script.left_out(calm)[0] == "arda: escalate islet: there is no crisis over The islet"
    with pytest.raises(PolicyError, match="there is no dispute called 'islt'; did you mean 'islet'"):
        Script.of("1: arda: escalate islt", board)


def test_a_journal_holds_the_choices_of_a_crisis_with_their_reasons_and_plays_them_again():
    match = begin(Setup(read(TRIAD + SPARK).scenario, 7))
    for _ in range(6):
        match = match.advance()
    assert any(world.rung.max() > CALM for world in match.history.worlds)
    journal = journal_of(match)
    text = text_of(journal)
    chosen = re.findall(r'"arda: ([a-z_]+) islet"', text)
    assert chosen
    assert set(chosen) <= set(STANCES)
    assert '"guarantors":' in text
    assert replay(journal).history.digests() == match.history.digests()
