"""Golden chronicles: every shipped scenario, as a reader sees it."""

from __future__ import annotations

import pytest

from game.files import shipped_scenarios
from tests.golden.renew import DIGESTS, chronicle, chronicle_file


@pytest.mark.parametrize("name", sorted(shipped_scenarios()))
def test_the_chronicle_is_the_one_on_record(name):
    assert chronicle(name) == chronicle_file(name).read_text(encoding="utf-8")


def test_no_chronicle_is_left_of_a_scenario_that_is_not_shipped():
    assert {path.stem for path in DIGESTS.parent.glob("*.txt")} == set(shipped_scenarios())
