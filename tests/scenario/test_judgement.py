"""What is well formed and yet reported, and what an author keeps in spite of it."""

from __future__ import annotations

import pytest

from game.scenario import read
from game.scenario.checks import checks
from game.scenario.findings.finding import Finding
from tests.scenario.examples import merged


def judged(changes: str) -> list[Finding]:
    return list(read(merged(changes)).findings)


def codes(changes: str) -> list[str]:
    return [each.code for each in judged(changes)]


def settled(changes: str) -> list[str]:
    """The findings other than that an ending holds at the start, which the lines of these tests may well do."""
    return [code for code in codes(changes) if code != "L027"]


def ending(*lines: str) -> str:
    return "endings:\n  war:\n    text: It is over.\n    when:\n" + "".join(f"      - {line}\n" for line in lines)


def test_every_file_of_the_folder_is_a_check() -> None:
    names = {check.__module__.rpartition(".")[2] for check in checks()}
    assert {"unused", "truth", "lopsided", "alliances", "calendar", "magnitude", "unsourced"} <= names


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ada -> bora > 100", "L002"),
        ("100 < ada -> bora", "L002"),
        ("ada.military + bora.military > 200", "L002"),
        ("ada.military - bora.military >= -100", "L003"),
        ("turn > 12", "L002"),
        ("turn >= 0", "L003"),
        ("strait.tension != 101", "L003"),
        ("ada -> bora * 2 > 200", "L002"),
        ("2 > 3", "L002"),
    ],
)
def test_a_condition_settled_by_its_ranges_is_reported(line: str, code: str) -> None:
    assert codes(ending(line)) == [code]


@pytest.mark.parametrize(
    "line",
    [
        "ada -> bora >= 100",
        "ada.military / bora.military > 3",
        "turn >= 12",
        "ada.military * -1 < 0",
        "strait.tension == 0",
    ],
)
def test_a_condition_that_may_or_may_not_hold_is_not(line: str) -> None:
    assert settled(ending(line)) == []


def test_a_contradiction_names_both_lines() -> None:
    finding = judged(ending("strait.tension >= 60", "ada -> bora > 3", "strait.tension < 50"))[0]
    assert (finding.code, finding.span.line - finding.labels[0].span.line) == ("L004", 2)


def test_a_line_implied_by_another_is_reported() -> None:
    assert codes(ending("turn >= 3", "turn >= 2")) == ["L003"]


def test_alternatives_do_not_contradict_each_other() -> None:
    assert settled(ending("any: [strait.tension >= 60, strait.tension < 50]")) == []


def test_the_two_ends_of_a_range_are_no_contradiction() -> None:
    assert codes(ending("strait.tension >= 60", "strait.tension <= 60")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("> 60", "<= 60"), (">= 60", "< 60"), ("> 60", "< 60"), ("> 59.99", "< 60"), ("== 60", "< 60")],
)
def test_a_bound_that_is_excluded_leaves_nothing_at_its_end(first: str, second: str) -> None:
    lines = [f"strait.tension {first}", f"strait.tension {second}"]
    assert codes(ending(*lines)) == codes(ending(*lines[::-1])) == ["L004"]


@pytest.mark.parametrize(("first", "second"), [("> 59.98", "< 60"), (">= 59.99", "< 60"), ("> 59.99", "<= 60")])
def test_a_single_hundredth_between_two_bounds_is_enough(first: str, second: str) -> None:
    assert codes(ending(f"strait.tension {first}", f"strait.tension {second}")) == []


def test_ranges_are_compared_on_hundredths_as_worlds_are() -> None:
    attribute = "attributes: {military: {unit: index, min: 0, max: 99.996}}\n"
    assert settled(attribute + ending("ada.military < 100")) == []
    assert codes(attribute + ending("ada.military > 99.999")) == ["L002"]


def test_what_two_states_share_at_the_start_is_worked_out_as_in_a_game() -> None:
    objectives = "objectives:\n  ada: {public: [{when: 'depth(ada <-> bora) %s', points: 1}]}"
    assert codes(objectives % "!= 50") == codes(objectives % ">= 0.01") == ["L007"]
    assert codes(objectives % ">= 50") == []


def test_a_relation_is_called_lopsided_beyond_sixty() -> None:
    assert codes("relations:\n  pairs: {ada -> bora: 30, bora -> ada: -30}") == []
    assert codes("relations:\n  pairs: {ada -> bora: 30, bora -> ada: -31}") == ["L005"]


def test_one_objective_that_holds_already_asks_to_keep_what_there_is() -> None:
    objectives = "{when: ada -> bora >= 10, points: 1}"
    assert codes(f"objectives:\n  ada: {{public: [{objectives}, {{when: strait.tension < 10, points: 1}}]}}") == []
    assert codes(f"objectives:\n  ada: {{public: [{objectives}]}}") == ["L007"]


@pytest.mark.parametrize(
    ("at", "reported"),
    [("0", ["L008"]), ("1", []), ("12", []), ("13", ["L008"]), ("2012-02", []), ("2013-02", ["L008"])],
)
def test_an_event_lies_within_the_turns(at: str, reported: list[str]) -> None:
    assert codes(f"events:\n  storm: {{headline: x, text: x, at: {at}}}") == reported


def test_a_week_is_seven_days() -> None:
    storm = "events:\n  storm: {headline: x, text: x, at: %s}\nturn: week\nturns: 4"
    assert codes(storm % "2012-02-28") == []
    assert codes(storm % "2012-02-29") == ["L008"]


def test_a_flag_must_be_raised_and_asked_for() -> None:
    raised = "events:\n  siren: {headline: x, at: 1, effects: {flag: {alarm: true}}}\n"
    asked = ending("flag(alarm)")
    assert codes("flags: [alarm]\n" + raised + asked) == []
    assert codes("flags: [alarm]\n" + raised) == ["L001"]
    assert codes("flags: [alarm]\n" + asked) == ["L015"]


def test_an_event_that_another_follows_may_be_silent() -> None:
    assert codes("events:\n  a: {headline: x, at: 1}\n  b: {headline: x, text: x, after: {event: a}}") == []


def test_an_act_that_is_asked_of_a_state_it_is_not_for_was_never_done() -> None:
    act = "acts:\n  wave: {kind: deed, roles: {one: [ada], other: any}}\n"
    assert codes(act + ending('"did(ada -> bora: wave)"')) == []
    assert codes(act + ending('"did(bora -> ada: wave)"')) == ["L002"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("trust(ada -> bora) > 1", "L002"),
        ("rung(strait) <= 6", "L003"),
        ("rung(strait) < -1", "L002"),
        ("depth(ada <-> bora) > 100", "L002"),
        ("suspicion(ada -> bora) >= -100", "L003"),
    ],
)
def test_the_numbers_asked_with_brackets_have_ranges_too(line: str, code: str) -> None:
    assert codes(ending(f'"{line}"')) == [code]


@pytest.mark.parametrize(
    ("when", "reached"),
    [
        ("pledge(ada -> bora)", True),
        ("pledge(ada -> bora: no_attack)", True),
        ("pledge(bora -> ada)", False),
        ("holds(ada: strait)", True),
        ("recognises(ada -> bora: strait)", False),
        ("crisis(strait)", False),
        ("rung(strait) == -1", True),
        ("trust(ada -> bora) > 0.4", True),
        ("trust(bora -> ada) < 0.4", True),
        ("depth(ada <-> bora) < 5.01", True),
        ("depth(ada <-> bora) > 5", False),
    ],
)
def test_what_holds_before_the_first_turn_is_no_objective(when: str, reached: bool) -> None:
    word = "pledges:\n  word: {kind: no_attack, giver: ada, to: bora}\ntrust:\n  bora -> ada: {broken: 9}\n"
    found = codes(word + f'objectives:\n  ada: {{public: [{{when: "{when}", points: 1}}]}}')
    assert ("L007" in found) == reached


def test_a_kind_of_pledge_may_be_given_with_any_deal_by_an_act_by_an_event_or_from_the_start() -> None:
    kind = "pledge_kinds:\n  hush: {name: Hush, breach: at_war(giver), reliability: 0.5}\n"
    act = "acts:\n  nod: {kind: statement, roles: {one: any, other: any}%s}\n"
    alone = merged(kind + act % "").replace("catalogue: standard\n", "")

    def said(text: str) -> list[str]:
        return [each.code for each in read(text).findings]

    assert said(alone) == ["L017"]
    assert said(merged(kind)) == []
    assert said(alone.replace("any}}", "any}, pledges: {one: hush}}")) == []
    assert said(alone + "pledges:\n  p: {kind: hush, giver: ada, to: bora}\n") == []
    pledge = "{headline: x, at: 1, effects: {pledge: {kind: hush, giver: ada, to: bora}}}"
    assert said(alone + f"events:\n  oath: {pledge}\n") == []


KEPT = "relations:\n  pairs:\n    ada -> bora: 50\n    bora -> ada: -50"


def test_a_suppression_on_its_line_or_above_it_keeps_a_warning() -> None:
    assert codes(KEPT) == ["L005"]
    assert codes(KEPT + "  # check: ignore[L005] an old love") == []
    assert codes(KEPT.replace("    bora", "    # check: ignore[L005] an old love\n\n    bora")) == []


@pytest.mark.parametrize("comment", ["ignore[L005]", "ignore", "ignore[L999] because", "ignore[] because"])
def test_a_suppression_without_reason_or_code_does_not_count(comment: str) -> None:
    assert codes(f"{KEPT} # check: {comment}") == ["L005", "L013"]


def test_a_suppression_of_nothing_is_reported() -> None:
    assert codes("turns: 12 # check: ignore[L005] because") == ["L013"]


def test_errors_are_not_suppressed() -> None:
    assert codes("turns: 0 # check: ignore[S005] because") == ["S005"]


def test_a_strict_suppression_rests_in_other_readings() -> None:
    state = "states:\n  ada: {name: Ada, stats: {military: 3}} # check: ignore[L012] made up\n  bora: {name: Bora}"
    assert codes(state) == []
    assert [each.code for each in read(merged(state), audience="strict").findings] == []


def test_a_silence_may_speak_of_a_block_or_of_the_whole_file() -> None:
    block = KEPT.replace("relations:", "relations: # check: ignore-block[L005] an old love")
    assert codes(block) == codes(KEPT.replace("  pairs:", "  # check: ignore-block[L005] so\n  pairs:")) == []
    assert codes("# check: ignore-file[L005] all of them are old loves\n" + KEPT) == []
    assert codes(KEPT + "\nturns: 12 # check: ignore-block[L005] because") == ["L005", "L013"]


def test_a_silence_stands_in_a_comment_and_nowhere_else() -> None:
    said = KEPT + '\nsummary: "It says # check: ignore-file[L005] in a text"'
    assert codes(said) == ["L005"]
    assert codes(KEPT + "\nsummary: |\n  # check: ignore-file[L005] in a text block\n") == ["L005"]
