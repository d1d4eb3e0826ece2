"""S04. The deal alarms Tehran: who dislikes the seller resents the buyer, in proportion."""

from __future__ import annotations

import numpy as np
import pytest

from tests.source_event.scene import move, staged

SALE = {1: ["israel: arms_package azerbaijan value=1.6"]}


def alarm(pair: str) -> float:
    """What the sale itself did to a relation in its month."""
    return move(staged(SALE), pair) - move(staged(), pair)


def test_tehran_resents_the_buyer() -> None:
    assert alarm("iran -> azerbaijan") < -8


def test_armenia_reacts_to_the_sale_far_less_than_iran() -> None:
    both = [alarm(f"{state} -> azerbaijan") + alarm(f"{state} -> israel") for state in ("iran", "armenia")]
    assert both[0] < 2 * both[1] < 0


def test_whoever_likes_the_seller_does_not_resent_the_buyer() -> None:
    assert alarm("usa -> azerbaijan") == pytest.approx(0, abs=1)
    assert alarm("cyprus -> azerbaijan") == pytest.approx(0, abs=1)


def test_the_more_one_dislikes_the_seller_the_more_one_resents_the_buyer() -> None:
    model, still = staged(SALE), staged()
    start = model.history.series()[0]
    seller = model.board.state("israel")
    onlookers = [state for state in model.board.states if state not in ("israel", "azerbaijan")]
    dislike = [max(0.0, -start[model.board.state(state), seller]) for state in onlookers]
    resent = [move(still, f"{state} -> azerbaijan") - move(model, f"{state} -> azerbaijan") for state in onlookers]
    assert np.corrcoef(dislike, resent)[0, 1] > 0.95
