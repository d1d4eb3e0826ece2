"""S10. Nagorno-Karabakh: held by one, claimed by another, recognised by the world."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.errors import IllegalOrder
from tests.source_event.scene import attribute, dispute, move, shipped, staged, without_events


def test_it_is_held_by_armenia_claimed_by_azerbaijan_and_recognised_by_the_world() -> None:
    model = staged(turns=1)
    place, states = dispute(model, "karabakh"), model.board.states
    assert states[model.world.holder[0, place]] == "armenia"
    assert states[model.board.disputes[place].claimant] == "azerbaijan"
    sides = dict(zip(states, model.world.recognition[0, place].tolist(), strict=True))
    assert sides.pop("armenia") == -1
    assert set(sides.values()) == {1}


def test_a_sale_that_shifts_the_balance_of_arms_raises_tension() -> None:
    calm, armed = staged(turns=12), staged({1: ["israel: arms_package azerbaijan value=2"]}, turns=12)
    place = dispute(calm, "karabakh")
    assert armed.world.tension[0, place] > calm.world.tension[0, place]


def test_words_raise_tension_and_talks_lower_it() -> None:
    def after(script) -> float:
        model = staged(script)
        return float(model.world.tension[0, dispute(model, "karabakh")])

    assert after({1: ["azerbaijan: time_has_come armenia"]}) > after({})
    assert after({1: ["armenia: peace_talks azerbaijan"]}) < after({})
    assert after({1: ["armenia: confidence_measures azerbaijan"]}) < after({1: ["armenia: peace_talks azerbaijan"]})


def test_nobody_hands_land_to_an_enemy() -> None:
    with pytest.raises(IllegalOrder, match="requires"):
        staged({1: ["armenia: hand_over azerbaijan"]})


def reconciled():
    """The scenario in which Armenia and Azerbaijan have made their peace but for the land."""
    spec = without_events(shipped())
    relations = dict(spec.relations)
    for pair in (("armenia", "azerbaijan"), ("azerbaijan", "armenia")):
        score = relations[pair].score
        relations[pair] = replace(relations[pair], score=replace(score, form="constant", first=44.0))
    return replace(spec, relations=relations)


def test_land_that_is_handed_over_changes_its_holder_and_the_dispute_calms() -> None:
    peace = {1: ["armenia: non_aggression_pact azerbaijan"]}
    model = staged({**peace, 2: ["armenia: hand_over azerbaijan"]}, turns=2, spec=reconciled())
    other = staged(peace, turns=2, spec=reconciled())
    place = dispute(model, "karabakh")
    assert model.board.states[model.world.holder[0, place]] == "azerbaijan"
    assert other.board.states[other.world.holder[0, place]] == "armenia"
    assert model.world.tension[0, place] < other.world.tension[0, place] - 10


def test_a_claim_that_is_backed_pleases_its_claimant_and_angers_its_rival() -> None:
    model = staged({1: ["armenia: recognise_claim iran"]})
    place, armenia = dispute(model, "caspian"), model.board.state("armenia")
    assert model.world.recognition[0, place, armenia] == 1
    assert model.history.worlds[0].recognition[0, place, armenia] == 0
    assert move(model, "iran -> armenia") > 3
    assert move(model, "azerbaijan -> armenia") < move(staged(), "azerbaijan -> armenia")


def test_what_the_world_has_recognised_it_need_not_recognise_again() -> None:
    with pytest.raises(IllegalOrder, match="requires"):
        staged({1: ["russia: recognise_claim cyprus"]})


def test_a_strike_across_the_line_costs_both_and_most_of_all_the_word_that_was_given() -> None:
    spec = without_events(shipped())
    tense = replace(
        spec.disputes["karabakh"], tension=replace(spec.disputes["karabakh"].tension, form="constant", first=80.0)
    )
    relations = dict(spec.relations)
    score = relations["azerbaijan", "armenia"].score
    relations["azerbaijan", "armenia"] = replace(
        relations["azerbaijan", "armenia"], score=replace(score, form="constant", first=-95.0)
    )
    spec = replace(spec, disputes={**spec.disputes, "karabakh": tense}, relations=relations)
    model = staged({1: ["azerbaijan: limited_strike armenia"]}, spec=spec)
    armenia, azerbaijan = (model.board.state(each) for each in ("armenia", "azerbaijan"))
    assert attribute(model, "armenia", "military")[-1] < attribute(model, "armenia", "military")[0]
    assert model.world.broken[0, armenia, azerbaijan] > model.history.worlds[0].broken[0, armenia, azerbaijan]
