"""What is asked of the checker as a whole: one slip, one finding, in the right place, with help that helps."""

from __future__ import annotations

import pytest

from game.scenario import read
from game.scenario.editing.fixes import fixed
from game.scenario.editing.meaning import differences
from tests.slips.__main__ import figures
from tests.slips.corpus import corpus
from tests.slips.slip import BASE, Answer, answered

pytestmark = pytest.mark.timeout(1800)  # the whole corpus is read twice where it advises names


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [answered(slip) for slip in corpus()]


def test_the_base_of_all_slips_has_no_finding() -> None:
    assert read(BASE, audience="strict").findings == ()


def test_the_corpus_is_large_and_no_slip_is_in_it_twice() -> None:
    slips = corpus()
    assert len(slips) >= 1500
    assert len({each.content for each in slips}) >= 0.97 * len(slips)


def test_one_slip_is_one_finding(answers: list[Answer]) -> None:
    assert figures(answers)["exactly one finding"] >= 97
    assert figures(answers)["most findings"] <= 3


def test_every_slip_is_found_where_it_is(answers: list[Answer]) -> None:
    assert [each.slip.name for each in answers if not each.placed] == []


def test_no_answer_leads_astray(answers: list[Answer]) -> None:
    assert [(each.slip.name, each.misleading) for each in answers if each.misleading] == []


def test_nearly_every_answer_says_what_to_do(answers: list[Answer]) -> None:
    assert figures(answers)["with help"] >= 95


FORM = frozenset({"Y023", "Y029", "Y032"})
"""Slips of form alone, which can have been meant in one way only."""


def test_what_is_mended_safely_means_what_the_base_means(answers: list[Answer]) -> None:
    base = read(BASE).scenario
    assert base is not None
    mended = 0
    for each in answers:
        text = each.slip.content
        if isinstance(text, str) and each.findings and each.findings[0].code in FORM:
            scenario = read(fixed(text, "author")[0]).scenario
            mended += scenario is not None
            assert scenario is None or differences(base, scenario) == (), each.slip.name
    assert mended >= 150
