"""Laws over random worlds: any scenario that reads can be played, and everything stays exact and in bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.analysis.explain import explain
from game.journal import journal_of, replay
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.scenario import read
from game.testing import TRIAD, made

NAMES = ("ada", "bora", "cyra", "dena", "evra", "fara")


@st.composite
def scenarios(draw):
    """The text of a scenario with one to six states, and whatever else a draw adds."""
    count = draw(st.integers(2, 6))
    names = NAMES[:count]
    score = st.integers(-100, 100)
    lines = [
        "format: 1\nid: drawn\ntitle: Drawn\nsummary: A drawn world.\nstart: 2000-01\nturn: month\nturns: 6",
        f"orders: {draw(st.integers(1, 4))}",
        f"capital: {{income: {draw(st.integers(0, 6))}, carry: {draw(st.integers(0, 3))}}}",
    ]
    if draw(st.booleans()):
        lines.append("catalogue: standard")
    military = draw(st.booleans())
    if military:
        lines.append("attributes:\n  military: {unit: index, min: 0, max: 100}\npower: military")
    lines.append("states:")
    for place, name in enumerate(names):
        stats = f", stats: {{military: {draw(st.integers(0, 100))}}}" if military else ""
        border = f", borders: [{names[place - 1]}]" if draw(st.booleans()) and place else ""
        plays = "" if draw(st.integers(0, 3)) else ", plays: false"
        lines.append(f"  {name}: {{name: {name.title()}{stats}{border}{plays}}}")
    lines.append("relations:\n  pairs:")
    for first in names:
        for second in names:
            if first != second and (draw(st.booleans()) or (first, second) == names[:2]):
                spread = draw(st.integers(0, 15))
                value = draw(score)
                lines.append(f"    {first} -> {second}: {{mean: {value}, sd: {spread}}}" if spread else
                             f"    {first} -> {second}: {value}")  # fmt: skip
    if draw(st.booleans()):
        lines.append(
            f"disputes:\n  strait: {{name: The strait, kind: security, parties: [{names[0]}, {names[1]}], "
            f"tension: {draw(st.integers(0, 100))}}}"
        )
    if draw(st.booleans()):
        lines.append(
            f"events:\n  storm: {{headline: A storm, mean_turns: 3, "
            f"effects: {{{names[0]} -> {names[1]}: {{scar: {draw(score)}}}}}}}"
        )
    lines.append(f"parameters: {{balance: {{coupling: {draw(st.integers(0, 50)) / 10}}}}}")
    return "\n".join(lines) + "\n"


@settings(max_examples=60)
@given(scenarios(), st.integers(0, 2**32), st.sampled_from(["central", "drawn"]))
def test_any_world_plays_stays_in_bounds_explains_itself_and_replays(text, seed, spreads):
    scenario = read(text).scenario
    assert scenario is not None, [str(each) for each in read(text).findings]
    match = begin(Setup(scenario, seed, spreads))
    for _ in range(6):
        match = match.advance()
        shown = relations(match.history.board, match.history.world)[0]
        assert np.isfinite(shown).all()
        assert np.abs(shown).max() <= 100
    states = match.history.board.states
    for first in states:
        for second in states:
            if first != second:
                found = explain(match.history, first, second)
                assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)
    assert replay(journal_of(match)).history.digests() == match.history.digests()


@pytest.mark.parametrize(
    "cut", ["disputes", "agreements", "attributes", "power", "catalogue", "borders"], ids=lambda name: f"without {name}"
)
def test_a_scenario_may_leave_out_what_it_does_not_need(cut):
    import re

    text = TRIAD
    if cut == "borders":
        text = re.sub(r", borders: \[[^]]*\]", "", text)
    if cut in ("attributes", "power"):
        text = text.replace("power: military\n", "")
    if cut == "attributes":
        text = re.sub(r", stats: \{[^}]*\}", "", text)
        text = re.sub(r"attributes:\n.*\n", "", text)
    if cut in ("disputes", "agreements", "catalogue"):
        text = re.sub(rf"^{cut}:.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    if cut == "catalogue":
        text = re.sub(r"^agreements:.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    assert made(text).board.states == ("arda", "borea", "cestia")
    scenario = read(text).scenario
    match = begin(Setup(scenario, 1))
    for _ in range(4):
        match = match.advance()
    assert match.history.turn == 4
