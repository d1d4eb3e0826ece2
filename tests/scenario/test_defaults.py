"""A default is declared once: what documents say, what checks take and what is built all follow the declaration."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest

from game.scenario import read, spec
from game.scenario.build import read_values
from game.scenario.schema.blocks import Block, Items, Key, Table
from game.scenario.schema.declarations import (
    NO_PERSONALITY,
    ROOT,
    SCENARIO,
    SLIDERS,
    USUAL_MEMORIES,
)
from game.scenario.schema.reference import format_page
from game.scenario.schema.types import Choice, Shape

BARE = """\
format: 1
id: bare
title: Bare
start: 2000-01
turns: 4
attributes: {arms: {unit: index}}
states: {ada: {name: Ada}, bora: {name: Bora}}
disputes: {strait: {name: The strait, kind: security, parties: [ada, bora], tension: 10}}
agreement_kinds:
  pact: {name: Pact, mutual: true}
  supply: {name: Supply, mutual: false}
agreements: {old: {kind: pact, members: [ada, bora]}}
pledge_kinds: {word: {name: Word, breach: ["did(giver -> holder: wave)"], reliability: 0.5}}
pledges: {given: {kind: word, giver: ada, to: bora}}
trust: {ada -> bora: {}}
offices: {crown: {name: The crown}}
personalities: {calm: {}}
acts: {wave: {kind: deed, roles: {one: any, other: any}, terms: {}}}
events: {ask: {headline: Asked, at: 1, decider: ada, options: {yes: {label: Yes}}}}
capital: {}
expect: {peace: {then: ["share(ada -> bora > 0) > 1%"]}}
"""
"""A scenario with one of everything, in which all that may be left out is."""


def blocks(shape: Shape) -> Iterator[Block]:
    """A block and every block inside it."""
    if isinstance(shape, Block):
        yield shape
        for key in shape.keys.values():
            yield from blocks(key.shape)
    elif isinstance(shape, Table):
        yield from blocks(shape.value)
    elif isinstance(shape, Items):
        yield from blocks(shape.item)


BLOCKS = {id(each): each for each in blocks(ROOT)}
DECLARED = [
    pytest.param(block, name, id=f"{block.title}: {name}")
    for block in BLOCKS.values()
    for name, key in block.keys.items()
    if key.default is not None
]


def another(key: Key) -> Any:
    """Another value of the same kind than a key's default."""
    if isinstance(key.shape, Choice):
        return next(option for option in key.shape.options if option != key.default)
    return not key.default if isinstance(key.default, bool) else key.default + 1


def built() -> str:
    """All that is built of the bare scenario, or what keeps it from being built."""
    found = read(BARE, audience="play")
    return repr(found.scenario or found.findings)


@pytest.mark.parametrize(("block", "name"), DECLARED)
def test_a_default_that_is_declared_anew_is_built_and_documented(block, name, monkeypatch):
    before, page = built(), format_page()
    assert "Scenario(" in before
    key = block.keys[name]
    monkeypatch.setitem(block.keys, name, replace(key, default=another(key)))
    assert built() != before
    assert format_page() != page


@pytest.mark.parametrize(("block", "name"), DECLARED)
def test_a_default_has_the_shape_of_what_it_stands_for(block, name):
    key = block.keys[name]
    low, high = getattr(key.shape, "low", None), getattr(key.shape, "high", None)
    assert not key.required
    assert not isinstance(key.default, str) or key.default in key.shape.options
    assert low is None or low <= key.default
    assert high is None or key.default <= high


def test_what_is_written_out_is_what_is_built_where_it_is_left_out():
    written = BARE.replace("turns: 4", "turns: 4\nturn: month\norders: 3").replace(
        "capital: {}", "capital: {income: 4, carry: 2}"
    )
    written = written.replace("{kind: pact,", "{volume: 1, kind: pact,").replace(
        "{label: Yes}", "{label: Yes, weight: 1}"
    )
    one, other = read(BARE).scenario, read(written).scenario
    for name in ("turn", "orders", "income", "carry"):
        assert getattr(one, name) == getattr(other, name)
    assert one.agreements["old"].volume == other.agreements["old"].volume
    assert one.events["ask"].options[0].weight == other.events["ask"].options[0].weight


def test_no_reader_of_entries_takes_a_default_and_no_record_has_one_of_its_own():
    for reader in (read_values.number, read_values.whole, read_values.truth, read_values.word, read_values.amount):
        assert all(each.default is inspect.Parameter.empty for each in inspect.signature(reader).parameters.values())
    records = [each for each in vars(spec).values() if is_dataclass(each)]
    allowed = {"path", "flag_spans", "inherited", "written", "catalogue_hash"}
    given = {
        each.name for record in records for each in fields(record)
        if each.default is not MISSING or each.default_factory is not MISSING
    }  # fmt: skip
    assert given == allowed


def test_the_memories_of_the_model_are_those_that_the_documents_name():
    memories = read(BARE).scenario.memories
    assert [(name, each.half_life) for name, each in memories.items()] == [each[:2] for each in USUAL_MEMORIES]
    assert SCENARIO["memories"].fallback == "mood 2, memory 24, scar 120"


def test_a_state_without_a_personality_has_the_sliders_that_the_documents_name():
    from game.scenario.compile import compiled

    sliders = compiled(read(BARE).scenario).board.personalities.sliders
    assert {name: value.tolist() for name, value in sliders.items()} == {
        **{name: [NO_PERSONALITY[0]] * 2 for name in SLIDERS}, "rationality": [NO_PERSONALITY[1]] * 2,
    }  # fmt: skip
