"""S05. Iran's envoy denounces it in Yerevan: said in a third capital, a statement works there as well."""

from __future__ import annotations

import pytest

from game.narrative.causes import in_ids
from tests.source_event.scene import done, move, said, shipped, staged, surely


def moved(pair: str, terms: str) -> float:
    """What Iran's criticism of Israel does to a relation, said so or so."""
    return move(staged({1: [f"iran: criticise israel {terms}"]}), pair) - move(staged(), pair)


def test_said_in_yerevan_it_moves_armenia_said_in_private_it_does_not() -> None:
    assert moved("armenia -> israel", "audience=armenia office=envoy") < -0.1
    assert moved("armenia -> israel", "audience=private office=envoy") == pytest.approx(0, abs=0.01)


def test_said_in_yerevan_it_moves_armenia_more_than_said_in_tehran() -> None:
    assert moved("armenia -> israel", "audience=armenia") < moved("armenia -> israel", "")


def test_what_is_said_in_yerevan_is_not_said_in_tbilisi() -> None:
    assert moved("georgia -> israel", "audience=armenia") == pytest.approx(moved("georgia -> israel", ""), abs=0.01)


def test_in_private_the_one_it_is_said_to_hears_it_all_the_same() -> None:
    assert moved("israel -> iran", "audience=private") < -1


def test_in_the_scenario_the_envoy_speaks_in_yerevan_and_is_heard_there() -> None:
    spec = surely(shipped(), "yerevan_listens")
    model = staged(turns=1, spec=spec)
    assert said(model, "yerevan_listens", 1)
    assert done(model, "iran", "criticise", "israel") == 1
    rows = [row for row in model.why("armenia -> israel").rows if "yerevan_listens" in in_ids(row.cause, model.board)]
    assert sum(row.left for row in rows) < 0
