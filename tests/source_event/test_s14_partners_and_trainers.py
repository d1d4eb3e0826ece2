"""S14. Partners and trainers make a professional army: cooperation that builds a capability over many turns."""

from __future__ import annotations

import numpy as np

from tests.source_event.scene import agreement, attribute, shipped, staged, surely

MISSION = {1: ["israel: training_mission azerbaijan"]}


def gained(script, turns: int = 24) -> np.ndarray:
    """What a script adds to Azerbaijan's army, turn by turn."""
    return attribute(staged(script, turns=turns), "azerbaijan", "military") - attribute(
        staged(turns=turns), "azerbaijan", "military"
    )


def test_a_mission_builds_an_army_slowly() -> None:
    army = gained(MISSION)
    steps = np.diff(army)
    assert army[-1] > 0.8
    assert (steps >= -1e-9).all()
    assert (steps > 0).sum() >= 4  # never all at once
    assert steps.max() < army[-1] / 3


def test_arms_are_quicker_and_trainers_are_cheaper() -> None:
    arms = gained({1: ["israel: arms_package azerbaijan value=1"]})
    assert arms[2] > gained(MISSION)[2]
    acts = shipped().acts
    assert acts["training_mission"].cost < acts["arms_package"].cost


def test_partners_add_up() -> None:
    """Turkish officers train Azerbaijan's army already when the scenario begins."""
    both = attribute(staged(MISSION, turns=24), "azerbaijan", "military")
    turkish = attribute(staged(turns=24), "azerbaijan", "military")
    assert turkish[-1] > turkish[0] + 0.8
    assert both[-1] > turkish[-1] + 0.8


def test_in_the_scenario_instructors_follow_the_drones() -> None:
    model = staged(turns=4, spec=surely(shipped(), "instructors"))
    assert model.world.agreements[agreement(model, "training", "israel", "azerbaijan")] > 0
