"""S18. A partnership since the early 1990s: dossiers of coded events from which baselines are drafted."""

from __future__ import annotations

import pytest

from game.files import event_data_path
from game.study.event_data import EventData, read_event_data
from tests.source_event.scene import shipped


@pytest.fixture(scope="module")
def event_data() -> EventData:
    return read_event_data(event_data_path(shipped().event_data or ""))


def test_the_event_data_goes_back_to_the_early_nineties(event_data: EventData) -> None:
    first = min(event_data.events.values(), key=lambda event: event.date)
    assert first.date.year == 1992
    assert {first.actor, first.target} == {"israel", "azerbaijan"}


def test_every_claim_of_the_report_is_coded(event_data: EventData) -> None:
    assert sum(event.part == "report" for event in event_data.events.values()) == 18
