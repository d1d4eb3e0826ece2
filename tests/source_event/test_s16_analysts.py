"""S16. Analysts comment: news that moves nothing but explains."""

from __future__ import annotations

import numpy as np

from game.kernel.world import ARRAYS
from game.narrative.causes import in_ids
from tests.source_event.scene import said, shipped, staged, without_events


def test_an_analyst_comments_in_the_month_of_the_deal() -> None:
    assert said(staged(turns=1, spec=shipped()), "analysts_on_the_deal", 1)


def test_every_comment_is_marked_as_one() -> None:
    silent = {name for name, event in shipped().events.items() if not event.effects and not event.options}
    assert silent
    assert silent == {name for name, event in shipped().events.items() if event.comment}


def test_without_the_comments_everything_comes_the_same() -> None:
    comments = [name for name, event in shipped().events.items() if event.comment]
    told = staged(turns=8, spec=shipped(), wait=False, seed=3)
    untold = staged(turns=8, spec=without_events(shipped(), *comments), wait=False, seed=3)
    for name in ARRAYS:
        if name not in ("fired", "due", "pending"):  # these have a place for every event
            assert np.array_equal(getattr(told.world, name), getattr(untold.world, name)), name


def test_no_relation_has_an_analyst_among_its_causes() -> None:
    model = staged(turns=2, spec=shipped())
    causes = {in_ids(row.cause, model.board) for pair in model.relations for row in model.why(pair).rows}
    assert not any("analyst" in cause for cause in causes)
