"""setting: what a run can't change, for each of the runs that have numbers of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.setting import Setting, setting_like, setting_of
from game.scenario import load
from game.scenario.compile import compiled
from game.testing import triad


def leaves(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every array and number of a record, and of those within it, by its path."""
    for each in fields(record):
        value = getattr(record, each.name)
        if is_dataclass(value):
            yield from leaves(value, f"{path}{each.name}.")
        else:
            yield f"{path}{each.name}", value


def differing(one: Setting, other: Setting) -> list[str]:
    """The paths of what is not the same to the last bit."""
    pairs = zip(leaves(one), leaves(other), strict=True)
    return [path for (path, left), (_, right) in pairs if np.asarray(left).tobytes() != np.asarray(right).tobytes()]


@pytest.fixture(scope="module")
def drawn():
    """A scenario with spreads of every sort, each drawn for three runs."""
    return compiled(load("south-caucasus-2012"), Draws.of(4, 5, 6)).board


def test_a_setting_made_like_another_is_the_one_made_by_itself(drawn) -> None:
    first = setting_of(drawn, 0)
    for replica in range(3):
        alone = setting_of(drawn, replica)
        assert differing(setting_like(first, drawn, replica), alone) == []
        assert differing(setting_for(drawn, replica), alone) == []
    assert {path.partition(".")[0] for path in differing(first, setting_of(drawn, 1))} >= {"acts", "events", "baseline"}


def test_it_shares_what_all_runs_have_in_common(drawn) -> None:
    first = setting_of(drawn, 0)
    second = setting_like(first, drawn, 1)
    assert second.programs is first.programs
    assert second.pledges is first.pledges
    assert second.reach is first.reach


def test_for_the_start_alone_it_leaves_out_what_acts_and_events_do(drawn) -> None:
    first = setting_of(drawn, 0)
    opening = setting_like(first, drawn, 1, at_the_start=True)
    assert opening.acts is first.acts
    assert opening.events is first.events
    assert {path.partition(".")[0] for path in differing(opening, setting_of(drawn, 1))} == {"acts", "events"}


def test_where_nothing_is_drawn_everything_is_shared() -> None:
    board = triad().board
    first = setting_of(board)
    second = setting_like(first, board, 0)
    assert all(left is right for (_, left), (_, right) in zip(leaves(first), leaves(second), strict=True))
