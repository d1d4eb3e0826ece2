"""Ids that YAML reads as something else where they are named."""

from __future__ import annotations

import pytest

from game.scenario import read

HEAD = "format: 1\nid: x\ntitle: X\nstart: 2012\nturns: 2\nstates: {ada: {name: Ada}, bora: {name: Bora}}\n"
PLACES = {
    "attribute": HEAD + "attributes: {NAME: {unit: x}}",
    "memory": HEAD + "memories: {mood: {half_life: 2}, memory: {half_life: 2}, NAME: {half_life: 2}}",
    "dispute": HEAD + "disputes: {NAME: {name: x, kind: security, parties: [ada, bora], tension: 3}}",
    "event": HEAD + "events: {NAME: {headline: x, text: x, at: 1}}",
    "option": HEAD + "events: {e: {headline: x, at: 1, decider: ada, options: {NAME: {label: x}}}}",
    "flag": HEAD + "flags: ['NAME']",
    "ending": HEAD + "endings: {NAME: {when: turn > 1, text: x}}",
    "act": HEAD + "acts: {NAME: {kind: deed, roles: {x: any, y: any}}}",
    "role": HEAD + "acts: {a: {kind: deed, roles: {NAME: any, y: any}}}",
    "agreement kind": HEAD + "agreement_kinds: {NAME: {name: x, mutual: true}}",
    "pledge kind": HEAD + "pledge_kinds: {NAME: {name: x, breach: at_war(giver), reliability: 1}}",
    "office": HEAD + "offices: {NAME: {name: x}}",
    "personality": HEAD + "personalities: {NAME: {risk_tolerance: 1}}",
    "source": HEAD + "sources: {NAME: {cite: x}}",
    "expectation": HEAD + "expect: {NAME: {then: mean(ada -> bora) < 1}}",
    "scenario": HEAD.replace("id: x", "id: 'NAME'"),
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("name", ["null", "true", "false"])
def test_a_word_that_is_no_text_names_nothing(kind, name):
    findings = read(PLACES[kind].replace("NAME", name), audience="play").findings
    assert [each.code for each in findings] == ["S008"], [str(each) for each in findings]
    assert "choose another" in (findings[0].help or "")


@pytest.mark.parametrize("name", ["null", "true", "false"])
def test_a_state_is_not_called_by_such_a_word_either(name):
    findings = read(HEAD.replace("{ada:", f"{{{name}:"), audience="play").findings
    assert [each.code for each in findings] == ["S008"]


@pytest.mark.parametrize("name", ["no", "on", "off", "yes", "y", "n"])
def test_words_that_are_text_name_what_they_like_and_can_be_used(name):
    text = (
        HEAD.replace("{ada:", f"{{{name}:")
        + f"relations: {{pairs: {{{name} -> bora: 10}}}}\nobjectives: {{{name}: {{}}}}\n"
    )
    text += f"disputes: {{d: {{name: D, kind: territory, held_by: {name}, claimed_by: bora, tension: 3}}}}\n"
    reading = read(text, audience="play")
    assert reading.findings == ()
