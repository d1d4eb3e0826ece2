"""S06. The ambassador is summoned, talks are held: between statement and deal, answered within the turn."""

from __future__ import annotations

import pytest

from tests.source_event.scene import choosing, done, move, shipped, staged, surely


def month(option: str):
    """The first month, the summons certain and answered so or so."""
    return staged(turns=1, spec=choosing(surely(shipped(), "envoy_summoned"), envoy_summoned=option))


def test_summons_talks_and_answer_fall_in_one_turn() -> None:
    model = month("assure")
    turns = [
        done(model, "iran", "summon_envoy", "azerbaijan"),
        done(model, "iran", "consult", "azerbaijan"),
        done(model, "azerbaijan", "pledge_no_foreign_use", "iran"),
    ]
    assert turns == [1, 1, 1]


@pytest.mark.parametrize("option", ["karabakh_only", "defy"])
def test_an_assurance_leaves_tehran_less_angry_than_any_other_answer(option: str) -> None:
    assert move(month("assure"), "iran -> azerbaijan") > move(month(option), "iran -> azerbaijan") + 1


def test_a_summons_is_no_statement_and_no_deal() -> None:
    acts = shipped().acts
    assert acts["summon_envoy"].kind == "deed"
    assert acts["consult"].kind == "statement"


def test_the_envoy_is_summoned_in_most_runs_and_not_in_all() -> None:
    summoned = [
        done(staged(turns=1, spec=shipped(), seed=seed), "iran", "summon_envoy", "azerbaijan") for seed in range(40)
    ]
    assert 30 <= summoned.count(1) < 40
