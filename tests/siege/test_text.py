"""Any text whatever: readers refuse what means harm, the painter draws the rest and never fails."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.scenario import read
from game.scenario.text.letters import missing
from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import Words
from game.screen.paint import Painter
from game.screen.paint.pictures import flag
from game.screen.paint.words import (
    _has,
    measured,
    rendered,
    shortened,
)
from game.text import (
    cleaned,
    marked,
    unfit,
    unseen,
)

ANY = st.text(st.characters(codec=None, categories=None), max_size=40) | st.text(
    st.sampled_from("a \t\n\r\0\x1b\x9b\u200c\u200d\u200e\u202e\u2066\u2069\u0301\ufe0f\ufeff\ud800\uffff\ue000"),
    max_size=12,
)
ORDINARY = (
    "می‌خواهم", "نامه‌ای", "שָׁלוֹם\u200f (2)", "\u200fעברית\u200e", "عَرَبِيّ", "क्‍ष", "naïve e\u0301", "Île-de-France",
    "\u2764\ufe0f", "👩\u200d🚀", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "Ərdəbil",
    "co\u00adoperate",
)  # fmt: skip
HARMFUL = tuple(
    "\0\x07\x1b\x7f\x80\x85\x9b\x9f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff\ufdd0\ue000\U0001ffff\U000f0000\U0010ffff\U000e0041\ufff9\u206a"
)
STYLES = (theme.SMALL, theme.BODY, theme.TITLE)


def with_title(title: str) -> str:
    """A scenario of that title, every character written as an escape."""
    escapes = "".join(f"\\U{ord(each):08x}" for each in title)
    states = "{ada: {name: Ada}, bora: {name: Bora}}"
    return f'format: 1\nid: x\ntitle: "{escapes}"\nstart: 2012\nturns: 2\nstates: {states}\n'


@settings(max_examples=150)
@given(ANY, st.sampled_from(STYLES), st.sampled_from([0.1, 1.0, 1.37, 2.0]), st.booleans(), st.floats(0, 300))
@example("\u200c", theme.BODY, 1.0, True, 30.0)
@example("\0", theme.BODY, 1.0, True, 30.0)
@example("\u202e\u0301", theme.TITLE, 0.1, False, 0.0)
@example("W" * 70_000, theme.TITLE, 2.0, True, 100.0)
def test_any_text_is_measured_shortened_and_drawn(text, style, scale, spaced, room):
    assert measured(text, style, scale) >= 0
    assert len(shortened(text, style, scale, room)) <= len(text) + 1
    picture = rendered(text, style, scale, (10, 20, 30), (200, 200, 200), 2.0 if spaced else 0.0)
    assert picture.get_width() > 0


@settings(max_examples=60)
@given(ANY)
def test_any_words_are_painted_and_any_code_has_a_flag_or_none(surface, text):
    said = Words(Rect(0, 0, 80, 20), text, theme.BODY, (255, 255, 255))
    Painter().paint(surface, (said,))
    found = flag(text, (12, 8))
    assert found is None or found.get_size() == (12, 8)


@pytest.fixture(scope="module")
def surface():
    import pygame

    pygame.display.init()
    return pygame.display.set_mode((200, 100))


def test_what_may_not_stand_in_a_text_is_drawn_as_the_sign_for_that(surface):
    given = rendered("a\0b", theme.BODY, 1.0, (255, 255, 255), None, 0.0)
    sign = rendered("a\N{REPLACEMENT CHARACTER}b", theme.BODY, 1.0, (255, 255, 255), None, 0.0)
    assert given.get_buffer().raw == sign.get_buffer().raw


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_of_any_script_pass(text):
    assert unfit(text) is None
    assert not unseen(text)
    assert cleaned(text) == marked(text) == text
    codes = {each.code for each in read(with_title(text)).findings}
    assert codes <= {"L011", "Y019"}


@pytest.mark.parametrize("harmful", HARMFUL, ids=lambda each: f"{ord(each):x}")
@pytest.mark.parametrize("where", ["start", "middle"])
def test_a_harmful_character_is_found_after_its_escape_is_decoded(harmful, where):
    title = harmful + "Title" if where == "start" else f"Ti{harmful}tle"
    findings = read(with_title(title)).findings
    assert [each.code for each in findings] == [expected(harmful)]
    assert f"U+{ord(harmful):04X}" in findings[0].message


def expected(character: str) -> str:
    turning = character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return "Y009" if turning else "Y003"


PLACES = (
    "title: {}", "title: x\nsources: {{s: {{cite: {}}}}}", "title: x\nflags: [{}]", "title: x\n{}: 1",
    "title: x\nmap: {{shapes: {}}}", "title: x\nexpect: {{calm: {{then: {}}}}}",
    "title: x\nrelations: {{pairs: {{{}: 1}}}}", "title: x\nstates: {{{}: {{name: x}}}}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_the_gate_stands_before_every_key_and_value(place):
    for harmful in ('"a\\u202eb"', '"a\\x1bb"', '"a\\ue000b"'):
        codes = {each.code for each in read("format: 1\n" + place.format(harmful)).findings}
        assert codes & {"Y003", "Y009"}


@pytest.mark.parametrize("character", ["\u202e", "\u2067"])
def test_a_comment_may_not_turn_a_line_around_either(character):
    finding = read(f"format: 1 # {character}\n").findings[0]
    assert (finding.code, finding.span.line, finding.span.column) == ("Y009", 1, 13)


@pytest.mark.parametrize(
    "text", ["\u200b", " ", "\u00a0\u2003", "\u3164", "\u2800", "\u00ad", "\u200c\u200d\ufe0f", "\u180e", "\u034f"]
)
def test_a_text_that_nobody_could_see_is_found(text):
    assert unseen(text)
    assert [each.code for each in read(with_title(text)).findings] == ["Y018"]


@given(ANY)
def test_a_cleaned_text_holds_nothing_unfit_and_cleaning_it_again_changes_nothing(text):
    for result in (cleaned(text), marked(text)):
        assert unfit(result) is None
        assert all(unicodedata.category(each) not in ("Cs", "Co") for each in result)
        result.encode()
    assert cleaned(cleaned(text)) == cleaned(text)


@given(ANY)
def test_json_that_is_cleaned_still_says_the_same(text):
    assert json.loads(cleaned(json.dumps(text, ensure_ascii=False))) == text


@settings(max_examples=200)
@given(ANY)
def test_any_escaped_text_is_a_scenario_or_has_a_finding_and_never_another_error(text):
    reading = read(with_title(text))
    assert (reading.scenario is None) == any(each.severity == "error" for each in reading.findings)
    if reading.scenario is not None:
        assert unfit(reading.scenario.title) is None


@pytest.mark.parametrize("letters", ["aßçøŁ", "Жя", "Ωλ", "Հայ", "საქ", "שלום", "ایران", "→≥−✓", "中文", "ไทย", "🚀"])
def test_the_fonts_are_read_as_they_draw(letters, surface):
    faces = ("FiraSans-Regular.ttf", "DejaVuSansCondensed.ttf")
    lacking = [each for each in letters if not any(_has(face, each) for face in faces)]
    assert missing(letters) == lacking


def test_letters_that_no_font_has_are_one_warning_a_file_and_silent_in_play():
    text = with_title("台灣").replace("Ada", "亞達")
    warnings = [each for each in read(text).findings if each.code == "Y019"]
    assert len(warnings) == 1
    assert "and 3 more" in warnings[0].message
    assert read(text, audience="play").findings == ()


def test_warnings_about_letters_never_push_errors_out():
    states = "".join(f"  s{place}: {{name: 台{place}}}\n" for place in range(300))
    text = "format: 1\nid: x\ntitle: x\nstart: 2012\nturns: zero\nstates:\n" + states
    assert read(text).scenario is None
