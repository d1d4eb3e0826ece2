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
from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.orders import BACK_DOWN, ESCALATE, OFF_RAMP, STANCES
from game.kernel.world import CALM, ULTIMATUM, start_world
from game.match.history import History, recorded
from game.match.match import Setup, begin
from game.narrative.causes import in_ids
from game.parameters import defaults
from game.policies import answered, decided, observe
from game.policies.random import Random
from game.policies.reasoner.crisis_bargaining import TERMS, may_strike, stance_rationale
from game.policies.reasoner.reasoner import Reasoner
from game.policies.script import Script
from game.policies.wait import Wait
from game.scenario import read
from game.testing import TRIAD, triad

ARDA, BOREA, CESTIA = range(3)
SEEDS = 1500

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


def standing(board, cestia, arda):
    """The crisis with both sides on these rungs; cestia held the islet, so it is the first party."""
    world = start_world(board)
    rung = np.array([[[cestia, arda]]], dtype=np.int16)
    return replace(world, rung=rung, tension=np.full((1, 1), 90.0))


def reasoner_of(board, noise=1.0):
    return Reasoner(board, replace(defaults()["reasoner"], noise=noise))


def choices(board, world, seeds=(1,), noise=1.0):
    """What both sides choose in a crisis, with each luck."""
    reasoner, view = reasoner_of(board, noise), observe(board, world)
    return [reasoner.choices(view, Draws.of(seed)) for seed in seeds]


def arda_chooses(board, rung, noise=1.0, seeds=range(SEEDS)):
    """What arda chooses with each luck, both sides standing on a rung."""
    return np.array([made.stance[0, 1] for made in choices(board, standing(board, rung, rung), seeds, noise)])


def test_the_terms_of_every_choice_sum_to_its_score_and_the_runner_up_was_worse():
    board = front(guaranteed=True)
    for made in choices(board, standing(board, 3, 4), range(200)):
        for side in (0, 1):
            found = stance_rationale(made, 0, side)
            assert tuple(found.terms) == TERMS
            assert sum(found.terms.values()) == pytest.approx(found.score, abs=1e-12)
            assert found.score + found.chance >= found.runner_up_score + found.runner_up_chance
            assert found.stance == STANCES[made.stance[0, side]] != found.runner_up


def test_without_noise_every_seed_chooses_alike():
    assert len(set(arda_chooses(front(), 2, noise=0.0, seeds=range(100)).tolist())) == 1


def test_there_is_nothing_to_choose_without_a_crisis_or_at_war_or_for_a_state_that_takes_no_turns():
    board = front()
    crisis = standing(board, 3, 3)
    out = replace(crisis, out=crisis.out | (np.arange(3) == ARDA))
    for world in (start_world(board), out):
        assert (choices(board, world)[0].stance == NONE).all()
    idle = replace(board, plays=np.arange(3) != ARDA)
    stance = choices(idle, crisis)[0].stance[0]
    assert stance[0] != NONE
    assert stance[1] == NONE


def test_it_does_not_go_to_force_against_a_guarded_state_that_it_expects_to_lose_to():
    alone = (arda_chooses(front(stake=2.0), ULTIMATUM) == ESCALATE).mean()
    guarded = (arda_chooses(front(guaranteed=True, stake=2.0), ULTIMATUM) == ESCALATE).sum()
    assert alone > 0.05
    assert guarded == 0


def test_a_guarantee_is_the_stated_reason():
    board = front(guaranteed=True)
    climbing = arda_weighs_climbing(board, standing(board, 4, 4))
    assert min(climbing, key=climbing.get) == "guarantors"
    assert arda_weighs_climbing(board, standing(board, 1, 1))["guarantors"] == 0


def arda_weighs_climbing(board, world):
    """What arda makes of climbing, term by term."""
    terms = reasoner_of(board).stance_terms(observe(board, world), 0, 1)
    return dict(zip(TERMS, terms[:, ESCALATE].tolist(), strict=True))


SWORN = "pledges: {peace: {kind: no_attack, giver: arda, to: cestia, turns: 20}}"


def climbing(board, rung, broken=0.0):
    """The term that weighs arda's word as it thinks of climbing; cestia may have seen it break some before."""
    world = standing(board, rung, rung)
    record = world.broken.copy()
    record[:, CESTIA, ARDA] = broken
    return arda_weighs_climbing(board, replace(world, broken=record))["commitment"]


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


def played_by_reasoners(board, seeds, turns=10, prepare=None):
    """Games through a crisis: the rungs before and after every turn `[T + 1, R, D, B]`, for each turn and run what the
    rule wrote into the ledger, and the worlds that come of it.
    """
    parameters, draws = defaults(), Draws.of(*seeds)
    reasoner, world = Reasoner(board, parameters["reasoner"]), start_world(board, len(seeds))
    world = world if prepare is None else prepare(world)
    rungs, told = [world.rung], []
    for _ in range(turns):
        world, _ = turn.opening(board, world, parameters, draws)
        orders = decided(reasoner, {}, board, world, draws)
        accepted = answered(reasoner, {}, board, world, orders, draws)
        world, ledger = turn.step(board, world, orders, accepted, parameters, draws)
        rungs.append(world.rung)
        told.append([
            {in_ids(row.cause, board) for *_, row in ledger.every(board, run) if row.rule == "crises"}
            for run in range(len(seeds))
        ])  # fmt: skip
    return np.stack(rungs), told, world


CLIMB = "crisis over The islet: arda climbs to limited force"
FORCEFUL = (25, 61, 72, 99, 141, 143, 155, 171)
"""Seeds with which it comes to force, of some six hundred."""


def climbs(told):
    """In how many runs arda climbs to force."""
    return sum(any(CLIMB in each[run] for each in told) for run in range(len(FORCEFUL)))


@pytest.fixture(scope="module")
def forceful():
    return played_by_reasoners(front(stake=4.0, events=SPARK), FORCEFUL, turns=6)


def test_it_warns_before_it_climbs_to_force(forceful):
    rungs, told, _ = forceful
    for turn_, each in enumerate(told):
        for run, causes in enumerate(each):
            if CLIMB in causes:
                before = set().union(*(earlier[run] for earlier in told[:turn_]))
                for rung in ("protest", "penalty", "alert", "ultimatum"):
                    assert any(cause.endswith(f"to {rung}") for cause in before)
                assert rungs[turn_, run].max() == ULTIMATUM
    assert climbs(told) > 5


def test_in_play_the_guarantee_keeps_the_peace(forceful):
    guarded = played_by_reasoners(front(guaranteed=True, stake=4.0, events=SPARK), FORCEFUL, turns=6)[1]
    assert climbs(forceful[1]) > 5
    assert climbs(guarded) == 0


def test_a_mediator_brings_more_crises_to_a_settlement():
    board = front(stake=2.0, events=SPARK)
    kind, pact = (board.agreements.names.index(name) for name in ("mediation", "non_aggression"))

    def with_mediator(world):
        agreements = world.agreements.copy()
        agreements[:, kind, BOREA, CESTIA] = 99
        return replace(world, agreements=agreements)

    def settled(prepare):
        world = played_by_reasoners(board, range(40), turns=5, prepare=prepare)[2]
        return np.count_nonzero(world.agreements[:, pact, ARDA, CESTIA])

    assert settled(with_mediator) > 1.2 * settled(None) > 0
    world = standing(board, 3, 3)
    plain, helped = (
        np.mean([made.stance == OFF_RAMP for made in choices(board, each, range(SEEDS))])
        for each in (world, with_mediator(world))
    )
    assert helped > plain


def test_force_is_ordered_only_from_an_ultimatum_and_to_climb():
    board = front()
    setting, nothing = setting_for(board, 0), np.full((1, 2), NONE)

    def able(world, stance, target):
        return may_strike(setting, observe(board, world).world, stance, ARDA, target)

    assert not able(start_world(board), nothing, CESTIA)
    assert able(start_world(board), nothing, BOREA)  # there is no quarrel to warn in
    for rung, stance, expected in ((3, ESCALATE, False), (4, ESCALATE, True), (4, OFF_RAMP, False)):
        assert able(standing(board, rung, rung), np.full_like(nothing, stance), CESTIA) == expected


def test_a_state_chooses_by_what_it_may_know():
    board = front(guaranteed=True, stake=2.0)
    world, states = standing(board, 3, 3), np.arange(3)
    secrecy, agreements = world.secrecy.copy(), world.agreements.copy()
    concealed = world.concealed + np.where(states == BOREA, 60.0, 20.0)[:, None]
    place = board.acts.secrets.index(board.acts.act("intelligence_sharing"))
    secrecy[:, place, BOREA, CESTIA] = 1
    for one, other in ((BOREA, CESTIA), (CESTIA, BOREA)):
        agreements[:, board.agreements.names.index("intelligence"), one, other] = 9
    secret = observe(board, replace(world, secrecy=secrecy, agreements=agreements, concealed=concealed))
    assert secret.shown is not secret.relation
    reasoner = reasoner_of(board)
    for seed in range(20):
        whole = reasoner.choices(secret, Draws.of(seed))
        for side, state in enumerate((CESTIA, ARDA)):
            alone = reasoner.choices(secret.of(state), Draws.of(seed))
            assert alone.stance[0, side] == whole.stance[0, side]
            assert (alone.score[0, side] == whole.score[0, side]).all()
        assert (whole.score != reasoner.choices(observe(board, world), Draws.of(seed)).score).any()


def test_a_choice_in_a_crisis_is_recorded_with_its_reasons():
    board = front(events=SPARK)
    reasoner = Reasoner(board, defaults()["reasoner"])
    ready = History.begin(board, defaults(), Draws.of(1)).open()
    orders = decided(reasoner, {}, board, ready.world, ready.draws)
    history = ready.play(orders, answered(reasoner, {}, board, ready.world, orders, ready.draws))
    records = [each for each in recorded(history, history.turns[0], reasoner, range(3)) if each.order.is_stance]
    assert {each.order.state for each in records} == {"arda", "cestia"}
    assert all(set(each.why["terms"]) == set(TERMS) and each.why["runner_up"].endswith(" islet") for each in records)


def test_random_takes_each_of_the_four_ways_and_wait_none():
    board = front()
    view, calm = observe(board, standing(board, 2, 2)), observe(board, start_world(board))
    stance = np.array([Random().orders(view, Draws.of(seed)).stance[0] for seed in range(SEEDS)])
    for each in range(len(STANCES)):
        assert (stance == each).mean() == pytest.approx(0.25, abs=0.03)
    assert (Wait().orders(view, Draws.of(1)).stance == NONE).all()
    assert (Random().orders(calm, Draws.of(1)).stance == NONE).all()


def test_a_script_chooses_in_a_crisis_and_says_what_it_could_not_choose():
    board = front()
    text = "1: arda: escalate islet\n1: arda: back_down islet\n2: cestia: off_ramp islet"
    script = Script.of(text, board)
    view = observe(board, standing(board, 1, 1))
    assert script.orders(view, Draws.of(1)).stance.tolist() == [[NONE, ESCALATE]]
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
