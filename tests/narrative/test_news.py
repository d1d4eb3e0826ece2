"""News: what a turn changed besides relations, read off two worlds, and no more than a state may know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from game.analysis.posture import PHRASES
from game.kernel.causes import (
    IN_DEFENCE,
    PLEDGE_HONOURED,
    Clash,
    DenialExposed,
    Escalation,
    PledgeBroken,
    PledgeHonoured,
)
from game.kernel.changes import note, rows_of, written
from game.kernel.ledger import Ledger
from game.kernel.phases import RULES
from game.kernel.world import (
    CALM,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    FOREVER,
    POSTURES,
    RUMOURED,
    SECRET,
    Board,
    PledgeKinds,
    World,
    start_world,
)
from game.measures.information import seen_by
from game.narrative.news import KnownCause, causes_of, tidings
from game.testing import made, triad

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def board() -> Board:
    """The triad, with two kinds of pledge and arms packages that can be kept secret."""
    plain = triad().board
    numbers = np.ones(2)
    kinds = PledgeKinds(
        names=("no_attack", "no_basing"), titles=("No attack", "No basing"), breach=plain.pledges.breach[:0],
        turns=np.full(2, 24, dtype=np.int16), verifiable=numbers, reliability=numbers * 0.7, gravity=numbers * 12,
        shelters=numbers * 0.0,
    )  # fmt: skip
    arms = plain.acts.act("arms_package")
    acts = replace(plain.acts, secrets=(arms,))
    start = dict(plain.start)
    for name, kind in (("pledges", np.int16), ("pledged_on", np.int16), ("solemnity", float), ("private_pledge", bool)):
        start[name] = np.full((1, 2, 3, 3), -1 if name == "pledged_on" else 0, dtype=kind)
    for name in ("secrecy", "stake"):
        start[name] = np.zeros((1, 1, 3, 3), dtype=np.int16 if name == "secrecy" else float)
    return replace(plain, pledges=kinds, acts=acts, start=start)


def changed(world: World, name: str, *cells: tuple[tuple[int, ...], Any]) -> World:
    """The world with some entries of an array set."""
    array = getattr(world, name).copy()
    for cell, value in cells:
        array[(0, *cell)] = value
    return replace(world, **{name: array})


def test_a_turn_that_changes_nothing_is_no_news(board: Board) -> None:
    assert list(tidings(board, start_world(board), start_world(board))) == []


def test_a_word_that_is_given_repeated_broken_or_run_out_is_told(board: Board) -> None:
    start = start_world(board)
    kind = 0
    place = (kind, ARDA, BOREA)
    given = changed(changed(start, "pledges", (place, 24)), "pledged_on", (place, 3))
    repeated = changed(given, "pledged_on", (place, 5))
    endless = changed(given, "pledges", (place, FOREVER))
    broken = changed(given, "pledges", (place, 0))
    assert list(tidings(board, start, given)) == ["Arda gives its word to Borea: No attack, for 24 turns"]
    assert list(tidings(board, given, repeated)) == ["Arda repeats its pledge to Borea: No attack, for 24 turns"]
    assert list(tidings(board, start, endless)) == ["Arda gives its word to Borea: No attack, without end"]
    assert list(tidings(board, given, broken)) == ["Arda is bound to Borea no more: No attack"]
    noticed = [KnownCause(PledgeBroken(kind, IN_DEFENCE), ((BOREA, ARDA),))]
    assert list(tidings(board, given, broken, noticed)) == ["Arda breaks its word to Borea: No attack (in defence)"]


def test_a_word_that_is_kept_is_told_and_what_onlookers_make_of_a_breach_is_not(board: Board) -> None:
    start = start_world(board)
    kept = KnownCause(PledgeHonoured(0), ((BOREA, ARDA), (CESTIA, ARDA)))
    alarm = KnownCause(PledgeBroken(0, holder=BOREA), ((CESTIA, ARDA),))
    assert list(tidings(board, start, start, [kept, alarm])) == [
        "Arda has kept its word to Borea: No attack",
        "Arda has kept its word to Cestia: No attack",
    ]


def test_a_denial_that_proves_false_a_clash_and_an_accident_are_told(board: Board) -> None:
    start = start_world(board)
    lie = KnownCause(DenialExposed(board.acts.act("arms_package"), ARDA, BOREA), ((CESTIA, BOREA),))
    clash = KnownCause(Clash(0, CESTIA, ARDA), ((ARDA, CESTIA), (CESTIA, ARDA)))
    assert list(tidings(board, start, start, [lie, clash])) == [
        "Borea had denied what was true: Arda sells arms to Borea",
        "Clash over The islet: Cestia won, Arda lost",
    ]
    before, after = (changed(start, "rung", ((0, 0), 3), ((0, 1), height)) for height in (3, 4))
    accident = KnownCause(Escalation(0, CESTIA, 4, accident=True), ((0, 2),))
    assert list(tidings(board, before, after, [accident])) == [
        "Crisis over The islet: Cestia is carried by an accident to ultimatum"
    ]


def test_of_a_hidden_cause_only_the_two_are_told(board: Board) -> None:
    rows = rows_of(2, 0)
    for closed in (False, True):
        note(rows, RULES.index("pledges"), (PLEDGE_HONOURED, 0, 0, 0), 1, closed, BOREA, ARDA, 2.0)
    ledger = Ledger(1, ((written(rows),),))
    counts = [[len(each.pairs) for each in causes_of(board, ledger, viewer)] for viewer in (None, ARDA, BOREA, CESTIA)]
    assert counts == [[1, 1], [1, 1], [1, 1], [1, 0]]


def test_a_secret_is_rumoured_denied_and_known_in_turn(board: Board) -> None:
    kind = int(board.acts.signs[board.acts.act("arms_package")])
    signed = changed(start_world(board), "agreements", ((kind, ARDA, BOREA), 24))
    secret, rumoured, denied, both, out = (
        changed(signed, "secrecy", ((0, ARDA, BOREA), stage))
        for stage in (SECRET, RUMOURED, DENIED_BY_TARGET, DENIED_BY_BOTH, 0)
    )
    said = "Arda sells arms to Borea"
    assert list(tidings(board, signed, secret)) == []
    assert list(tidings(board, secret, rumoured)) == [f"It is rumoured: {said}"]
    assert list(tidings(board, rumoured, denied)) == [f"Borea denies it: {said}"]
    assert list(tidings(board, denied, both)) == [f"Arda denies it: {said}"]
    assert list(tidings(board, both, out)) == [f"It is known now: {said}"]


def test_what_ends_in_secret_never_comes_out(board: Board) -> None:
    secret = changed(start_world(board), "secrecy", ((0, ARDA, BOREA), SECRET))
    assert list(tidings(board, secret, start_world(board))) == []


def test_a_action_that_is_forgotten_never_comes_out(board: Board) -> None:
    action = replace(board, acts=replace(board.acts, signs=np.full_like(board.acts.signs, -1)))
    start, act = start_world(action), action.acts.secrets[0]
    rumoured = replace(changed(start, "secrecy", ((0, ARDA, BOREA), RUMOURED)), turn=13)
    done = changed(replace(start, turn=14), "last", ((act, ARDA, BOREA), 2))
    revealed = changed(replace(start, turn=14), "last", ((act, ARDA, BOREA), 14))
    assert list(tidings(action, rumoured, done)) == []
    assert list(tidings(action, rumoured, revealed)) == ["It is known now: Arda sells arms to Borea"]


def test_a_crisis_is_told_rung_by_rung(board: Board) -> None:
    start = start_world(board)
    begun, higher, lower = (
        changed(start, "rung", ((0, 0), first), ((0, 1), second)) for first, second in ((0, 0), (3, 0), (2, 0))
    )
    assert (start.rung == CALM).all()
    assert list(tidings(board, start, begun)) == ["A crisis begins over The islet: Arda at query and Cestia at query"]
    assert list(tidings(board, begun, higher)) == ["Crisis over The islet: Arda climbs to alert"]
    assert list(tidings(board, higher, lower)) == ["Crisis over The islet: Arda steps down to penalty"]
    assert list(tidings(board, lower, start)) == ["The crisis over The islet is over"]


def test_a_crisis_that_begins_with_an_event_and_is_settled_in_its_turn_is_told_as_both(board: Board) -> None:
    start = start_world(board)
    opened = changed(start, "rung", ((0, 0), 3), ((0, 1), 3))
    kind = board.agreements.names.index("non_aggression")
    settled = changed(start, "agreements", ((kind, ARDA, CESTIA), 24), ((kind, CESTIA, ARDA), 24))
    assert list(tidings(board, start, settled, opened=opened)) == [
        "A crisis begins over The islet: Arda at alert and Cestia at alert",
        "The crisis over The islet is over, and Arda and Cestia have signed: Non-aggression pact",
    ]


def test_territory_sides_and_wars_are_told(board: Board) -> None:
    start = start_world(board)
    ceded = changed(start, "holder", ((0,), CESTIA))
    sided = changed(start, "recognition", ((0, BOREA), 1.0))
    fought = changed(start, "out", ((ARDA,), True), ((CESTIA,), True))
    assert list(tidings(board, start, ceded)) == ["Cestia holds The islet now"]
    assert list(tidings(board, start, sided)) == ["Borea takes the side of Cestia over The islet"]
    assert list(tidings(board, start, fought)) == ["Arda and Cestia are at war"]


def test_every_posture_has_its_words(board: Board) -> None:
    assert sorted(PHRASES) == sorted(POSTURES)
    start = start_world(board)
    now = 1 if int(start.posture[0, ARDA, BOREA]) != 1 else 2
    turned = changed(start, "posture", ((ARDA, BOREA), now))
    assert list(tidings(board, start, turned)) == [
        f"From now on {PHRASES[POSTURES[now]].format(one='Arda', other='Borea')}"
    ]


def test_no_news_of_a_secret_reaches_a_state_outside(board: Board) -> None:
    """The deal, the pledge given with it and what it stirs between the two: all of it news to the two alone."""
    start = start_world(board)
    kind = int(board.acts.signs[board.acts.act("arms_package")])
    after = changed(start, "agreements", ((kind, ARDA, BOREA), 24))
    after = changed(after, "secrecy", ((0, ARDA, BOREA), SECRET))
    for name, value in (("pledges", 24), ("pledged_on", 1), ("solemnity", 1.0), ("private_pledge", True)):
        after = changed(after, name, ((0, BOREA, ARDA), value))
    after = changed(after, "hidden", ((0, BOREA, ARDA), 8.0))
    told = {
        state: list(tidings(board, seen_by(board, start, state), seen_by(board, after, state)))
        for state in (ARDA, BOREA, CESTIA)
    }
    word = ["Borea gives its word to Arda: No attack, for 24 turns"]
    assert told == {ARDA: word, BOREA: word, CESTIA: []}


def test_the_news_of_a_scenario_without_disputes_and_pledges_is_empty() -> None:
    board = made(TEXT).board
    assert list(tidings(board, start_world(board), start_world(board))) == []


TEXT = """\
format: 1
id: two
title: Two
summary: Two states and nothing between them.
start: 2001-01
turn: month
turns: 2
orders: 1
capital: {income: 1, carry: 0}
states:
  arda: {name: Arda}
  borea: {name: Borea}
relations:
  pairs: {arda <-> borea: 5}
"""
