"""S18. A partnership since the early 1990s: dossiers of coded events from which baselines are drafted."""

from __future__ import annotations

import pytest

from game.files import dossier_path
from game.study.event_data import Dossier, read_dossier
from tests.source_event.scene import shipped


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(dossier_path(shipped().dossier or ""))


def test_the_dossier_goes_back_to_the_early_nineties(dossier: Dossier) -> None:
    first = min(dossier.events.values(), key=lambda event: event.date)
    assert first.date.year == 1992
    assert {first.actor, first.target} == {"israel", "azerbaijan"}


def test_every_claim_of_the_report_is_coded(dossier: Dossier) -> None:
    assert sum(event.part == "report" for event in dossier.events.values()) == 18
