from __future__ import annotations

from pathlib import Path

import pytest

from game.errors import UnknownName
from game.scenario import explanation, read
from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import full
from tests.scenario.examples import example

FINDINGS = Path(__file__).parent.parent / "findings"
PAGES = Path(__file__).parent.parent.parent / "game" / "scenario" / "findings" / "codes"


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_of_a_page_has_that_finding_alone_and_the_good_one_none(code: str) -> None:
    findings = read(example(code, "Bad").content, audience="strict").findings
    assert {each.code for each in findings} == {code}, [str(each) for each in findings]
    reading = read(example(code, "Good").content, audience="strict")
    assert [str(each) for each in reading.findings] == []
    assert reading.scenario is not None


def test_every_code_has_a_page_under_its_title_and_no_page_is_without_a_code() -> None:
    assert [code for code in CODES if not explanation(code).startswith(f"# {code} · {CODES[code].title}\n")] == []
    assert {page.stem for page in PAGES.glob("*.md")} == set(CODES)


def test_an_explanation_is_found_in_small_letters() -> None:
    assert explanation("y010") == explanation("Y010")


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'Y010'"):
        explanation("Y0100")


def test_every_code_has_a_file_that_shows_it() -> None:
    shown = {path.stem[:4] for path in (FINDINGS / "err").glob("*.yaml")}
    assert [code for code in CODES if example(code, "Bad").kept and code not in shown] == []


@pytest.mark.parametrize("path", sorted((FINDINGS / "err").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_invalid_file_is_reported_word_for_word(path: Path) -> None:
    reading = read(path.read_bytes(), path=path.name, audience="strict")
    assert path.stem[:4] in {each.code for each in reading.findings}
    assert full(reading.findings, reading.text) == path.with_suffix(".out").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((FINDINGS / "ok").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_faultless_file_has_no_findings(path: Path) -> None:
    reading = read(path, audience="strict")
    assert reading.findings == ()
    assert reading.scenario is not None
