"""S13. Good-neighbourly relations, mutual respect: reassurance, at the credibility its speaker has earned."""

from __future__ import annotations

from dataclasses import replace

from tests.source_event.scene import done, move, shipped, staged, surely, without_events

WORDS = {1: ["azerbaijan: reassure iran"]}


def reassured(kept: float, broken: float) -> float:
    """What a reassurance is worth in Tehran with a record of so many pledges kept and broken."""
    spec = without_events(shipped())
    record = spec.trust["iran", "azerbaijan"]
    spec = replace(spec, trust={**spec.trust, ("iran", "azerbaijan"): replace(record, kept=kept, broken=broken)})
    return move(staged(WORDS, spec=spec), "iran -> azerbaijan") - move(staged(spec=spec), "iran -> azerbaijan")


def test_the_same_words_are_worth_what_the_speaker_has_earned() -> None:
    liar, unknown, honest = reassured(0, 6), reassured(0, 0), reassured(6, 0)
    assert 0 < liar < unknown < honest
    assert honest > 1.5 * liar


def test_a_word_that_is_not_a_pledge_binds_nobody() -> None:
    model = staged(WORDS)
    azerbaijan, iran = model.board.state("azerbaijan"), model.board.state("iran")
    before = model.history.worlds[0].pledges[0, :, azerbaijan, iran] > 0
    assert (model.world.pledges[0, :, azerbaijan, iran] > 0).tolist() == before.tolist()


def test_in_the_scenario_baku_speaks_of_respect_and_of_occupied_land_in_one_breath() -> None:
    model = staged(turns=1, spec=surely(shipped(), "envoy_summoned", "good_neighbours"))
    assert done(model, "azerbaijan", "reassure", "iran") == 1
    assert done(model, "azerbaijan", "time_has_come", "armenia") == 1
