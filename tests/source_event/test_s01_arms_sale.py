"""S01. An arms sale: a deal with contents, a value that sources put at 1.4 to 1.6, deliveries over turns."""

from __future__ import annotations

import numpy as np
import pytest

from game.kernel.draws import Draws
from game.scenario.compile import compiled
from tests.source_event.scene import agreement, attribute, move, shipped, staged

TRANCHE = 6
"""Turns between two deliveries of arms in the standard catalogue."""


def volumes(seeds: range) -> list[float]:
    """What the sale is worth in each of some runs, over the usual billion."""
    board = compiled(shipped(), Draws.of(*seeds)).board
    event = next(each for each in board.events if each.name == "engineers_in_baku")
    (action,) = event.effects.actions
    return np.broadcast_to(action.scale, (len(seeds),)).tolist()


def test_sources_disagree_on_the_value_and_so_do_runs() -> None:
    found = volumes(range(60))
    assert min(found) >= 1.4
    assert max(found) <= 1.6
    assert max(found) - min(found) > 0.1


def test_a_single_game_takes_the_value_that_most_sources_name() -> None:
    model = staged(turns=1, spec=shipped())
    assert model.world.volume[agreement(model, "arms_supply", "israel", "azerbaijan")] == pytest.approx(1.6, abs=1e-4)


def test_arms_come_in_tranches_and_the_buyer_grows_with_each() -> None:
    model = staged({1: ["israel: arms_package azerbaijan value=1.6"]}, turns=24)
    other = staged(turns=24)
    more = attribute(model, "azerbaijan", "military") - attribute(other, "azerbaijan", "military")
    steps = np.flatnonzero(np.diff(more) > 0.01)
    assert len(steps) == 1 + 24 // TRANCHE  # what is handed over at the signing, and four tranches
    assert set(np.diff(steps[1:]).tolist()) == {TRANCHE}
    # a tranche of 1.6 billion: 0.08 a turn and billion, six turns
    assert np.diff(more)[steps[1:]] == pytest.approx(0.08 * 1.6 * TRANCHE, abs=0.01)


def test_more_money_buys_a_greater_army() -> None:
    grown = [
        attribute(staged({1: [f"israel: arms_package azerbaijan value={value}"]}, turns=12), "azerbaijan", "military")[
            -1
        ]
        for value in (1.4, 1.5, 1.6)
    ]
    assert grown == sorted(grown)
    assert grown[2] - grown[0] > 0.2


def test_the_same_sale_to_somebody_else_leaves_baku_as_it_was() -> None:
    model, other = staged({1: ["israel: arms_package angola value=1"]}, turns=12), staged(turns=12)
    assert attribute(model, "azerbaijan", "military").tolist() == attribute(other, "azerbaijan", "military").tolist()
    assert attribute(model, "angola", "military")[-1] > attribute(other, "angola", "military")[-1]


def test_a_suspended_contract_delivers_nothing_until_it_is_resumed() -> None:
    """Russia has sold Azerbaijan arms since 2010, and thinks too little of it to keep it sweet."""
    suspended = {2: ["russia: suspend_deliveries azerbaijan"]}
    held = staged(suspended, turns=20)
    resumed = staged({**suspended, 9: ["russia: resume_deliveries azerbaijan"]}, turns=20)
    usual = staged(turns=20)
    at_last = [attribute(model, "azerbaijan", "military")[-1] for model in (held, resumed, usual)]
    assert at_last[0] < at_last[1] < at_last[2]
    assert move(held, "azerbaijan -> russia") < move(usual, "azerbaijan -> russia") - 1
