"""Conditions on worlds: each node by hand, for single states and for roles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel import conditions as p
from game.kernel.catalogue import NONE
from game.kernel.compiled import compiled, packed
from game.kernel.compiled.positions import position
from game.kernel.programs import programs_of
from game.kernel.records import changed
from game.kernel.setting import setting_of
from game.kernel.world import RUMOURED, SECRET, start_world
from game.measures.conditions import holds, value
from game.submodels.evaluation import holds as holds_kernel
from game.testing import triad

SECTIONS = {
    "flags": "flags: [alarm]",
    "events": "events:\n  storm: {headline: A storm, at: 5, effects: {flag: {alarm: true}}}",
    "endings": "endings:\n  peace: {when: [islet.tension < 1], text: Peace.}",
    "disputes": "disputes:\n  islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 40,"
    " recognised: arda, recognised_by: {borea: cestia}}",
    "pledges": "pledges:\n  word: {kind: no_attack, giver: arda, to: cestia}",
    "trust": "trust:\n  cestia -> arda: {kept: 1, broken: 2}",
}
DONE = {"praise": {("arda", "borea"): 7}, "visit": {("cestia", "borea"): 6}, "warn": {("borea", "cestia"): 5}}
"""The turn each act was done, by actor and target: 7 is being played, 6 was the last."""


@pytest.fixture(scope="module")
def scene():
    board = triad(**SECTIONS).board
    world = start_world(board)
    fired, flags = world.fired.copy(), world.flags.copy()
    fired[0, 0], flags[0, 0] = 5, True
    last, secrecy, suspended = world.last.copy(), world.secrecy.copy(), world.suspended.copy()
    for act, pairs in DONE.items():
        for (actor, target), turn in pairs.items():
            last[0, board.acts.act(act), board.state(actor), board.state(target)] = turn
    secret = board.acts.secrets.index(board.acts.act("arms_package"))
    secrecy[0, secret, board.state("borea"), board.state("arda")] = RUMOURED
    secrecy[0, secret, board.state("arda"), board.state("cestia")] = SECRET
    suspended[0, board.agreements.names.index("trade"), board.state("arda"), board.state("borea")] = True
    world = replace(
        world, turn=6, fired=fired, flags=flags, over=np.array([0], dtype=np.int16), last=last, secrecy=secrecy,
        suspended=suspended, rung=np.array([[[2, 3]]], dtype=np.int16), out=np.array([[False, True, False]]),
    )  # fmt: skip
    return board, world


def truth(condition, board, world, since=NONE):
    """Where a condition over the two roles holds, actor by target."""
    programs, here = programs_of(board, (condition,)), position(board, world)
    setting, place = packed(changed(setting_of(board), programs=programs)), int(programs.asked[0])
    states = range(len(board.states))
    at = (setting, here.world, here.public, here.relation, here.turn, here.opened)
    return [[compiled(holds_kernel)(*at, since, place, actor, target) for target in states] for actor in states]


def compare(operator, left, right):
    return p.Comparison(operator, left, right)


TRUE = [
    compare(">=", p.Relation("arda", "borea"), p.Number(60)),
    compare("<", p.Relation("arda", "cestia"), p.Relation("cestia", "borea")),
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
    p.Did("arda", "borea", "praise"),
    p.Did("cestia", "borea", "visit"),
    p.Did("arda", p.Those("friends", "arda"), "praise"),  # borea regards arda at 50
    p.Did(p.Those("neighbours", "borea"), "borea", "visit"),
    p.Did(p.Those("rivals", "arda"), p.Those("friends", "arda"), "visit"),  # cestia regards arda at -60
    p.Did(p.Those("others", "", ("arda", "borea")), "borea", "visit"),
    p.Pledge("arda", "cestia"),
    p.Pledge("arda", "cestia", "no_attack"),
    p.Rumour("arda", "borea"),
    p.Suspended("borea", "arda", "trade"),
    p.Holds("arda", "islet"),
    p.Recognises("borea", "cestia", "islet"),
    p.Crisis("islet"),
    p.AtWar("borea"),
    compare("==", p.Rung("islet"), p.Number(3)),
    compare("==", p.Suspicion("arda", "borea"), p.Number(0)),
    compare("<", p.Trust("cestia", "arda"), p.Trust("borea", "arda")),
    compare(">", p.Depth("arda", "borea"), p.Depth("arda", "cestia")),
]
FALSE = [
    compare("<", p.Relation("arda", "borea"), p.Number(60)),
    compare("!=", p.Tension("islet"), p.Number(40)),
    p.Pact("arda", "cestia"),
    p.Pact("arda", "borea", "energy"),
    p.Border("arda", "cestia"),
    p.Did("borea", "cestia", "warn"),  # two turns ago
    p.Did("borea", "arda", "praise"),
    p.Did("arda", p.Those("rivals", "arda"), "praise"),
    p.Did("arda", p.Those("others", "", ("arda", "borea")), "praise"),
    p.Did(p.Those("others", "", ("cestia", "borea")), "borea", "visit"),
    p.Pledge("cestia", "arda"),
    p.Pledge("arda", "cestia", "no_basing"),
    p.Rumour("arda", "cestia"),  # secret, and nobody talks of it
    p.Suspended("arda", "cestia", "trade"),
    p.Holds("cestia", "islet"),
    p.Recognises("borea", "arda", "islet"),
    p.Recognises("arda", "cestia", "islet"),
    p.AtWar("arda"),
]


@pytest.mark.parametrize("condition", TRUE, ids=p.text)
def test_what_holds(scene, condition):
    assert holds(condition, *scene).tolist() == [True]


@pytest.mark.parametrize("condition", FALSE, ids=p.text)
def test_what_does_not_hold(scene, condition):
    assert holds(condition, *scene).tolist() == [False]


@pytest.mark.parametrize(("mode", "held"), [("all", False), ("any", True), ("none", False)])
def test_groups(scene, mode, held):
    assert holds(p.Group(mode, (TRUE[0], FALSE[0])), *scene).tolist() == [held]


def test_roles_answer_for_all_pairs(scene):
    friendly = compare(">=", p.Relation(p.ACTOR, p.TARGET), p.Number(50))
    assert truth(friendly, *scene) == [[False, True, False], [True, False, False], [False] * 3]
    back = compare(">=", p.Relation(p.TARGET, p.ACTOR), p.Number(55))
    assert truth(back, *scene) == [[False] * 3, [True, False, False], [False] * 3]


def test_a_role_and_a_state_may_stand_together(scene):
    to_arda = compare("<", p.Relation(p.TARGET, "arda"), p.Number(0))
    assert truth(to_arda, *scene) == [[False, False, True]] * 3
    of_actor = compare(">", p.Attribute(p.ACTOR, "military"), p.Number(30))
    assert truth(of_actor, *scene) == [[True] * 3, [True] * 3, [False] * 3]


def test_a_condition_reads_as_its_author_would_write_it():
    condition = p.Group("all", (compare(">=", p.Relation(p.ACTOR, p.TARGET), p.Number(20)), p.Border("arda", p.TARGET)))
    assert p.text(condition, ("buyer", "seller")) == "buyer -> seller >= 20 and border(arda <-> seller)"


def test_what_was_done_before_the_turn_that_counts_is_forgotten(scene):
    praised, visited = p.Did("arda", "borea", "praise"), p.Did("cestia", "borea", "visit")
    assert truth(praised, *scene, since=7)[0][0]
    assert not truth(visited, *scene, since=7)[0][0]


def test_what_stands_under_none_is_looked_for_from_the_turn_before_on(scene):
    unvisited = p.Group("none", (p.Did("cestia", "borea", "visit"),))
    assert not truth(unvisited, *scene, since=7)[0][0]


def test_onlookers_of_a_role_are_found_for_every_state_in_it(scene):
    rivals = p.Did(p.ACTOR, p.Those("rivals", p.TARGET), "visit")
    # cestia visited borea, who regards cestia at -20; so it courted a rival of cestia, and of nobody else
    assert truth(rivals, *scene) == [[False] * 3, [False] * 3, [False, False, True]]
    others = p.Did(p.ACTOR, p.Those("others", "", (p.ACTOR, p.TARGET)), "visit")
    assert truth(others, *scene) == [[False] * 3, [False] * 3, [True, False, True]]


def test_trust_is_the_record_on_top_of_what_history_shows(scene):
    kinds = scene[0].pledges.reliability
    usual = kinds.sum() / kinds.size
    assert value(p.Trust("borea", "arda"), *scene) == pytest.approx(usual, abs=1e-5)
    assert value(p.Trust("cestia", "arda"), *scene) == pytest.approx((4 * usual + 1) / (4 + 1 + 2), abs=1e-5)


def test_whose_side_a_state_takes_is_asked_of_all_pairs(scene):
    sides = truth(p.Recognises(p.ACTOR, p.TARGET, "islet"), *scene)
    assert sides == [[True, False, False], [False, False, True], [False, False, True]]


def test_a_suspended_agreement_is_signed_but_counts_for_nothing(scene):
    board, world = scene
    held_up = np.zeros_like(world.suspended)
    held_up[:, board.agreements.names.index("defence_pact")] = True
    cooling = replace(world, suspended=held_up)
    pact = p.Pact("arda", "borea", "defence_pact")
    assert holds(pact, board, world).tolist() == [True]
    assert holds(pact, board, cooling).tolist() == [False]
    assert holds(p.Suspended("arda", "borea", "defence_pact"), board, cooling).tolist() == [True]


@pytest.mark.parametrize("condition", [*TRUE, *FALSE], ids=p.text)
def test_naming_roles_for_states_and_back_changes_nothing(condition):
    there = p.renamed(condition, {"arda": p.ACTOR, "borea": p.TARGET})
    assert p.renamed(there, {p.ACTOR: "arda", p.TARGET: "borea"}) == condition


@pytest.mark.parametrize("condition", [*TRUE, *FALSE], ids=p.text)
def test_a_condition_over_roles_holds_for_each_pair_as_if_they_were_named(scene, condition):
    template = p.renamed(condition, {"arda": p.ACTOR, "borea": p.TARGET})
    table, states = truth(template, *scene), scene[0].states
    for one in states:
        for other in set(states) - {one}:
            if "cestia" in (one, other) and "cestia" in p.text(template):
                continue  # a third state that is named cannot be one of the two as well
            named = p.renamed(template, {p.ACTOR: one, p.TARGET: other})
            assert [table[states.index(one)][states.index(other)]] == holds(named, *scene).tolist(), (one, other)
