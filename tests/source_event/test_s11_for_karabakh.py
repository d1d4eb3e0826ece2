"""S11. The arms are "for Karabakh": a stated purpose calms one neighbour and threatens another."""

from __future__ import annotations

from dataclasses import replace

from tests.source_event.scene import agreement, choosing, move, shipped, staged, surely, without_events

PLAIN = {1: ["israel: arms_package azerbaijan value=1.6"]}
STATED = {1: ["israel: arms_package azerbaijan value=1.6 purpose=karabakh"]}


def test_the_purpose_alarms_armenia_more_than_the_sale_alone() -> None:
    for target in ("azerbaijan", "israel"):
        assert move(staged(STATED), f"armenia -> {target}") < move(staged(PLAIN), f"armenia -> {target}")


def test_the_purpose_calms_iran() -> None:
    assert move(staged(PLAIN), "iran -> azerbaijan") < move(staged(STATED), "iran -> azerbaijan") - 1


def calmed(kept: float, broken: float) -> float:
    """What the purpose is worth in Tehran to a buyer with such a record."""
    spec = without_events(shipped())
    record = replace(spec.trust["iran", "azerbaijan"], kept=kept, broken=broken)
    spec = replace(spec, trust={**spec.trust, ("iran", "azerbaijan"): record})
    return move(staged(STATED, spec=spec), "iran -> azerbaijan") - move(staged(PLAIN, spec=spec), "iran -> azerbaijan")


def test_iran_is_calmed_by_as_much_as_it_trusts_baku() -> None:
    assert 0 < calmed(0, 6) < calmed(0, 0) < calmed(6, 0)


def month(option: str):
    """The first month of the scenario, Baku's answer being so or so."""
    return staged(turns=1, spec=choosing(surely(shipped(), "envoy_summoned"), envoy_summoned=option))


def test_in_the_scenario_baku_may_say_what_the_arms_are_for() -> None:
    for option, purpose in (("karabakh_only", "karabakh"), ("assure", None)):
        model = month(option)
        place = model.world.purpose[agreement(model, "arms_supply", "israel", "azerbaijan")]
        assert (model.board.disputes[place].name if place >= 0 else None) == purpose


def test_said_it_alarms_yerevan_and_calms_tehran() -> None:
    said, defied = month("karabakh_only"), month("defy")
    assert move(said, "armenia -> azerbaijan") < move(defied, "armenia -> azerbaijan")
    assert move(said, "iran -> azerbaijan") > move(defied, "iran -> azerbaijan")
