"""S08. Fear of a staging ground and of surveillance: others judge what they suspect, not only what they know."""

from __future__ import annotations

import pytest

from tests.source_event.scene import staged


def suspicion(script, turns: int = 8, holder: str = "iran", host: str = "azerbaijan") -> float:
    """What one state takes off its regard of another for whom it suspects on its soil."""
    model = staged(script, turns=turns)
    return float(model.world.suspicion[0, model.board.state(holder), model.board.state(host)])


SALE = {1: ["israel: arms_package azerbaijan value=1.6"]}
POST = {1: ["azerbaijan: listening_post israel"]}
PLEDGE = ["azerbaijan: pledge_no_foreign_use iran"]


def test_nobody_suspects_anything_new_where_nothing_happens() -> None:
    assert suspicion({}) == pytest.approx(0, abs=0.1)  # running contracts go on arming everybody a little


def test_a_closer_partnership_is_suspected_of_what_nobody_has_granted() -> None:
    assert suspicion(SALE) > 0.2


def test_what_is_granted_is_worse_than_what_is_suspected() -> None:
    assert suspicion(POST) > suspicion(SALE)


def test_a_pledge_lowers_what_tehran_suspects() -> None:
    assert suspicion({1: [*SALE[1]], 2: PLEDGE}) < suspicion(SALE)


def test_access_is_feared_by_those_who_fear_the_guest() -> None:
    assert suspicion(POST) > suspicion(POST, holder="georgia")
    assert suspicion(POST, holder="usa") == pytest.approx(0, abs=0.1)


def test_what_is_granted_in_secret_is_not_known_until_it_comes_out() -> None:
    secret = {1: ["azerbaijan: listening_post israel secret"]}
    assert suspicion(secret, turns=1) < suspicion(POST, turns=1)
