"""S15. Cyprus, Angola, Italy: more states than four, some off the map, with their own ties."""

from __future__ import annotations

from tests.source_event.scene import agreement, done, move, said, shipped, staged, surely


def test_twelve_states_and_two_of_them_off_the_map() -> None:
    states = shipped().states
    assert len(states) == 12
    assert {name for name, state in states.items() if state.off_map} == {"usa", "angola"}


def test_each_has_agreements_of_its_own_at_the_start_or_in_the_first_month() -> None:
    model = staged(turns=1, spec=surely(shipped(), "deal_with_angola"))
    force = model.world.agreements[0] > 0
    for state in ("cyprus", "angola", "italy"):
        place = model.board.state(state)
        assert force[:, place].any() or force[:, :, place].any()
    assert model.world.agreements[agreement(model, "arms_supply", "italy", "israel")] > 0
    assert model.world.agreements[agreement(model, "arms_supply", "israel", "angola")] > 0


def test_nicosia_receives_a_guest_and_ankara_frowns() -> None:
    model = staged(turns=1, spec=shipped())
    assert said(model, "prime_minister_in_nicosia", 1)
    assert done(model, "israel", "visit", "cyprus") == 1
    assert move(model, "cyprus -> israel") > 2
    assert move(model, "turkiye -> cyprus") < 0
    assert move(model, "turkiye -> israel") < 0


def test_in_half_a_year_israel_and_cyprus_only_rise_and_israel_and_ankara_only_fall() -> None:
    model = staged(turns=5, spec=shipped())
    assert move(model, "cyprus -> israel") > 3
    assert move(model, "israel -> cyprus") > 3
    assert move(model, "turkiye -> israel") < -3
    assert move(model, "israel -> turkiye") < -3
    assert move(model, "azerbaijan -> turkiye") > 2


def test_what_luanda_buys_alarms_nobody_in_the_caucasus() -> None:
    model, other = staged({1: ["israel: arms_package angola value=1"]}), staged()
    assert abs(move(model, "armenia -> angola") - move(other, "armenia -> angola")) < 0.5
    assert move(model, "iran -> angola") < move(other, "iran -> angola")
