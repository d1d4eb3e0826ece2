"""Where each judgement begins: the last number that is let through, and the first that is reported."""

from __future__ import annotations

import pytest

from game.scenario import read
from game.scenario.checks import concerns
from game.scenario.spec import Scenario
from game.testing import TRIAD

ACT = """\
acts:
  nod:
    name: Nod
    kind: statement
    roles: {one: any, other: any}
    text: "{one} nods at {other}"
    weight: 1
    effects: {%s}
    doc: A nod.
"""
EVENT = "events: {flood: {headline: A flood, text: Water., %s}}"


def reported(sections: str, text: str = TRIAD) -> list[str]:
    """The codes of what the checks find, but for sources, which nobody here names."""
    found = read(text + sections).scenario
    assert isinstance(found, Scenario), read(text + sections).findings
    return [each.code for each in concerns(found) if each.code != "L012"]


@pytest.mark.parametrize(
    ("effects", "codes"),
    [
        ("other -> one: {mood: 100}", []),
        ("other -> one: {mood: -100}", []),
        ("other -> one: {mood: 40}, rivals of one -> other: {mood: 40}", []),
        ("other -> one: {mood: 40}, rivals of one -> other: {mood: 41}", ["L010"]),
        ("other -> one: {mood: 40}, rivals of one -> other: {mood: -41}", ["L010"]),
        ("other -> one: {mood: -40}, rivals of one -> other: {mood: 40}", []),
        ("rivals of one -> other: {mood: 40}", []),
        ("other.military: 100", []),
        ("other.military: 101", ["L009"]),
        ("other.military: -101", ["L009"]),
    ],
)
def test_an_effect_is_too_large_beyond_its_scale_or_the_parties_own(effects, codes):
    assert reported(ACT % effects) == codes


@pytest.mark.parametrize(
    ("trigger", "codes"),
    [
        ("at: 1", []),
        ("at: 12", []),
        ("at: 13", ["L008"]),
        ("at: 2001-12", []),
        ("at: 2002-01", ["L008"]),
        ("at: 2000-12", ["L008"]),
        ("window: {low: 1, high: 12}", []),
        ("window: {low: 1, high: 13}", ["L008"]),
        ("after: {event: other, delay: 11}", []),
        ("after: {event: other, delay: 12}", ["L008"]),
    ],
)
def test_an_event_is_out_of_the_run_from_the_turn_after_the_last(trigger, codes):
    other = EVENT.replace("}}", "}, other: {headline: Another, text: Rain., at: 1}}")
    assert reported(other % trigger) == codes


@pytest.mark.parametrize(
    ("there", "back", "commitment", "codes"),
    [
        (-40, -40, 0.9, ["L006"]),
        (-40, -40, 0.89, []),
        (-39, -40, 0.9, []),
        (-40, -39, 0.9, []),
    ],
)
def test_enemies_are_bound_from_forty_below_nothing_and_nine_tenths_of_commitment(there, back, commitment, codes):
    text = TRIAD.replace(".     60     -40", f".     60     {there}").replace("-60    -30", f"{back}    -30")
    kind = f"agreement_kinds: {{bond: {{name: A bond, mutual: true, commitment: {commitment}, doc: A bond.}}}}\n"
    agreements = "agreements:\n  old_friends: {kind: bond, members: [arda, cestia]}\n"
    start = text.index("agreements:")
    assert reported(kind, text[:start] + agreements) == codes


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("share(borea -> arda > 0) between 0% and 100%", ["X002"]),
        ("share(borea -> arda > 0) between 1% and 100%", []),
        ("share(borea -> arda > 0) >= 0%", ["X002"]),
        ("share(borea -> arda > 0) > 0%", []),
        ("share(borea -> arda > 0) <= 100%", ["X002"]),
        ("share(borea -> arda > 0) < 100%", []),
        ("share(borea -> arda > 0) > 100%", ["X002"]),
        ("share(borea -> arda > 0) < 0%", ["X002"]),
        ("mean(borea -> arda) >= 0", []),
    ],
)
def test_a_share_lies_between_nothing_and_all(line, codes):
    assert reported(f"expect:\n  hope: {{turns: 12, runs: 4, then: ['{line}']}}\n") == codes


@pytest.mark.parametrize(("turns", "codes"), [(12, []), (13, ["X002"])])
def test_an_expectation_may_ask_for_the_last_turn_and_none_after_it(turns, codes):
    line = "share(borea -> arda > 0) > 50%"
    assert reported(f"expect:\n  hope: {{turns: {turns}, runs: 4, then: ['{line}']}}\n") == codes
