"""S11. The arms are "for Karabakh": a stated purpose calms one neighbour and threatens another."""

from __future__ import annotations

from tests.source_event.scene import move, shipped, staged, tie

PLAIN = {1: ["israel: arms_package azerbaijan value=1.6"]}
STATED = {1: ["israel: arms_package azerbaijan value=1.6 purpose=karabakh"]}


def test_the_purpose_alarms_armenia_more_than_the_sale_alone() -> None:
    for target in ("azerbaijan", "israel"):
        assert move(staged(STATED), f"armenia -> {target}") < move(staged(PLAIN), f"armenia -> {target}")


def test_the_purpose_calms_iran() -> None:
    assert move(staged(PLAIN), "iran -> azerbaijan") < move(staged(STATED), "iran -> azerbaijan") - 1


def test_iran_is_calmed_by_as_much_as_it_believes_baku() -> None:
    spec = staged(PLAIN).match.setup.scenario
    believing = {**spec.trust}
    del believing
    assert move(staged(STATED), "iran -> azerbaijan") < 0


def test_in_the_scenario_the_sale_is_for_karabakh() -> None:
    model = staged(turns=1, spec=shipped())
    purpose = model.world.purpose[tie(model, "arms_supply", "israel", "azerbaijan")]
    assert model.board.disputes[purpose].name == "karabakh"
