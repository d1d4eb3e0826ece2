"""Conditions on worlds: each node by hand, for single states and for roles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game import predicate as p
from game.testing import triad
from game.world import relations, start_world

SECTIONS = {
    "flags": "flags: [alarm]",
    "events": "events:\n  storm: {headline: A storm, at: 5, effects: {flag: {alarm: true}}}",
    "endings": "endings:\n  peace: {when: [islet.tension < 1], text: Peace.}",
}


@pytest.fixture(scope="module")
def sight():
    board = triad(**SECTIONS).board
    world = start_world(board)
    fired, flags = world.fired.copy(), world.flags.copy()
    fired[0, 0], flags[0, 0] = 5, True
    world = replace(world, turn=6, fired=fired, flags=flags, over=np.array([0], dtype=np.int16))
    return p.Sight(board, world, relations(board, world))


def compare(operator, left, right):
    return p.Comparison(operator, left, right)


TRUE = [
    compare(">=", p.Regard("arda", "borea"), p.Number(60)),
    compare("<", p.Regard("arda", "cestia"), p.Regard("cestia", "borea")),
    compare("==", p.Attribute("borea", "military"), p.Number(40)),
    compare(">", p.Attribute("arda", "military"), p.Arithmetic("*", p.Number(1.4), p.Attribute("borea", "military"))),
    compare("==", p.Tension("islet"), p.Number(40)),
    compare("==", p.Turn(), p.Number(6)),
    compare("==", p.Arithmetic("/", p.Number(6), p.Number(0)), p.Number(0)),
    p.Happened("storm"),
    p.Pact("arda", "borea"),
    p.Pact("borea", "arda", "defence_pact"),
    p.Border("borea", "cestia"),
    p.Ended("peace"),
    p.Flag("alarm"),
]
FALSE = [
    compare("<", p.Regard("arda", "borea"), p.Number(60)),
    compare("!=", p.Tension("islet"), p.Number(40)),
    p.Pact("arda", "cestia"),
    p.Pact("arda", "borea", "energy"),
    p.Border("arda", "cestia"),
]


@pytest.mark.parametrize("condition", TRUE, ids=p.text)
def test_what_holds(sight, condition):
    assert p.holds(condition, sight).tolist() == [True]


@pytest.mark.parametrize("condition", FALSE, ids=p.text)
def test_what_does_not_hold(sight, condition):
    assert p.holds(condition, sight).tolist() == [False]


@pytest.mark.parametrize(("mode", "held"), [("all", False), ("any", True), ("none", False)])
def test_groups(sight, mode, held):
    assert p.holds(p.Group(mode, (TRUE[0], FALSE[0])), sight).tolist() == [held]


def test_roles_answer_for_all_pairs_at_once(sight):
    friendly = compare(">=", p.Regard(p.ACTOR, p.TARGET), p.Number(50))
    assert p.truth(friendly, sight)[0].tolist() == [[False, True, False], [True, False, False], [False] * 3]
    back = compare(">=", p.Regard(p.TARGET, p.ACTOR), p.Number(55))
    assert p.truth(back, sight)[0].tolist() == [[False] * 3, [True, False, False], [False] * 3]


def test_a_role_and_a_state_may_stand_together(sight):
    to_arda = compare("<", p.Regard(p.TARGET, "arda"), p.Number(0))
    assert p.truth(to_arda, sight)[0, 0].tolist() == [False, False, True]
    of_actor = compare(">", p.Attribute(p.ACTOR, "military"), p.Number(30))
    assert p.truth(of_actor, sight)[0, :, 0].tolist() == [True, True, False]


def test_a_condition_reads_as_its_author_would_write_it():
    condition = p.Group("all", (compare(">=", p.Regard(p.ACTOR, p.TARGET), p.Number(20)), p.Border("arda", p.TARGET)))
    assert p.text(condition, ("buyer", "seller")) == "buyer -> seller >= 20 and border(arda <-> seller)"
