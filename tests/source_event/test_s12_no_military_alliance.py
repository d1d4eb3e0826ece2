"""S12. "There is no military alliance": denying one is an act; depth is measured apart from what is declared."""

from __future__ import annotations

import pytest

from game.measures.alliance_depth import declared, depth
from tests.source_event.scene import done, move, shipped, staged, surely

DENIAL = {1: ["israel: deny_alliance iran about=azerbaijan"]}


def test_the_denial_calms_the_one_it_is_said_to_and_cools_the_partner_it_is_about() -> None:
    model, other = staged(DENIAL), staged()
    assert move(model, "iran -> israel") > move(other, "iran -> israel")
    assert move(model, "azerbaijan -> israel") < move(other, "azerbaijan -> israel")
    unsaid = staged({1: ["israel: deny_alliance iran"]})
    assert move(unsaid, "azerbaijan -> israel") == pytest.approx(move(other, "azerbaijan -> israel"), abs=0.01)


def between(model, first: str, second: str) -> tuple[float, bool]:
    """How deep an alliance is, and whether it is declared."""
    pair = 0, model.board.state(first), model.board.state(second)
    return float(depth(model.board, model.world)[pair]), bool(declared(model.board, model.world)[pair])


def test_depth_is_what_two_share_whatever_they_declare() -> None:
    model = staged()
    israel_azerbaijan, israel_usa = between(model, "israel", "azerbaijan"), between(model, "israel", "usa")
    armenia_russia, cyprus_angola = between(model, "armenia", "russia"), between(model, "cyprus", "angola")
    assert [each[1] for each in (israel_azerbaijan, israel_usa, armenia_russia)] == [False, False, True]
    assert cyprus_angola[0] < israel_azerbaijan[0] < israel_usa[0]
    assert armenia_russia[0] > israel_azerbaijan[0]


def test_the_sale_deepens_what_a_denial_does_not_make_shallow() -> None:
    sale = "israel: arms_package azerbaijan value=1.6"
    before = between(staged(turns=2), "israel", "azerbaijan")
    sold = between(staged({1: [sale]}, turns=2), "israel", "azerbaijan")
    denied = between(staged({1: [sale], 2: DENIAL[1]}, turns=2), "israel", "azerbaijan")
    assert sold[0] > before[0] + 5
    assert denied[0] > before[0] + 5
    assert not denied[1]


def test_in_the_scenario_a_former_official_denies_it() -> None:
    model = staged(turns=1, spec=surely(shipped(), "former_deputy_minister"))
    assert done(model, "israel", "deny_alliance", "iran") == 1
