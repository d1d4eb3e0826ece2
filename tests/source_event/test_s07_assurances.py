"""S07. Baku's assurances: pledges that are named, dated, owed to someone, kept or broken, remembered."""

from __future__ import annotations

from game.measures.reputation import trust
from tests.source_event.scene import choosing, done, move, pledge, said, shipped, staged, surely

KIND = ("no_foreign_use", "azerbaijan", "iran")
GIVE = {1: ["azerbaijan: pledge_no_foreign_use iran"]}


def spring():
    """February and March 2012 with the three assurances of the record."""
    spec = surely(shipped(), "envoy_summoned", "minister_in_tehran")
    return staged(turns=2, spec=choosing(spec, envoy_summoned="assure", talk_of_airfields="pledge_again"))


def test_baku_pledges_that_its_soil_and_its_arms_will_not_serve_against_iran() -> None:
    model = spring()
    assert model.world.pledges[pledge(model, *KIND)] > 0
    assert model.world.pledges[pledge(model, "no_attack", "azerbaijan", "iran")] > 0
    assert model.world.pledged_on[pledge(model, "no_attack", "azerbaijan", "iran")] == 1


def test_the_same_pledge_three_times_in_two_months_grows_more_solemn_and_not_threefold() -> None:
    model = spring()
    assert model.world.pledged_on[pledge(model, *KIND)] == 2
    # once 1, twice 1 1/2, three times 1 3/4, never 2
    assert model.world.solemnity[pledge(model, *KIND)] == 1.75
    once = staged(GIVE)
    assert once.world.solemnity[pledge(once, *KIND)] == 1


def test_leaks_attack_the_pledge_and_baku_repeats_it() -> None:
    model = spring()
    assert said(model, "talk_of_airfields", 2)
    assert done(model, "azerbaijan", "pledge_no_foreign_use", "iran") == 2


def test_a_pledge_that_is_kept_raises_trust() -> None:
    model, other = staged(GIVE, turns=14), staged(turns=14)
    iran, azerbaijan = (model.board.state(each) for each in ("iran", "azerbaijan"))
    assert trust(model.board, model.world)[0, iran, azerbaijan] > trust(other.board, other.world)[0, iran, azerbaijan]
    assert move(model, "iran -> azerbaijan", since=2) > move(other, "iran -> azerbaijan", since=2) - 8


def test_soil_let_to_israel_breaks_the_pledge_and_leaves_a_scar() -> None:
    post = {3: ["azerbaijan: listening_post israel"]}
    broken, bare = staged({**GIVE, **post}, turns=4), staged(post, turns=4)
    iran, azerbaijan = (broken.board.state(each) for each in ("iran", "azerbaijan"))
    assert broken.world.pledges[pledge(broken, *KIND)] == 0
    assert broken.world.broken[0, iran, azerbaijan] > bare.world.broken[0, iran, azerbaijan]
    scars = broken.board.scars
    assert broken.world.memories[0, scars, iran, azerbaijan] < bare.world.memories[0, scars, iran, azerbaijan] - 3


def test_the_same_soil_let_to_a_state_that_iran_does_not_fear_breaks_nothing() -> None:
    model = staged({**GIVE, 3: ["azerbaijan: overflight_rights turkiye"]}, turns=4)
    assert model.world.pledges[pledge(model, *KIND)] > 0


def test_a_broken_word_is_noticed_by_others_who_hold_one_of_the_same_giver() -> None:
    script = {1: ["azerbaijan: pledge_no_foreign_use iran", "azerbaijan: pledge_no_basing russia"]}
    broken = staged({**script, 3: ["azerbaijan: listening_post israel"]}, turns=4)
    kept = staged(script, turns=4)
    russia, georgia, azerbaijan = (broken.board.state(each) for each in ("russia", "georgia", "azerbaijan"))
    assert broken.world.broken[0, russia, azerbaijan] > kept.world.broken[0, russia, azerbaijan]
    assert broken.world.broken[0, georgia, azerbaijan] == kept.world.broken[0, georgia, azerbaijan]


def test_in_half_a_year_the_pledge_to_iran_is_honoured_more_often_than_not() -> None:
    """Published shares of pledges that are honoured lie between 40 and 75 % by kind, over far longer spans."""
    runs = [staged(turns=6, spec=shipped(), seed=seed, wait=False) for seed in range(12)]
    given = [model for model in runs if model.world.pledged_on[pledge(model, *KIND)] > 0]
    held = [model for model in given if model.world.pledges[pledge(model, *KIND)] > 0]
    assert len(given) >= 8
    assert len(held) > len(given) / 2
