"""Causes in words: names where names belong, and titles left as their authors wrote them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.causes import (
    ANSWERED,
    AgreementInForce,
    BackedDown,
    Baseline,
    Cause,
    Clash,
    Escalation,
    PledgeBroken,
    PledgeHonoured,
    ScaleEnd,
    SecretReleased,
    Suspicion,
    TriadBalance,
    War,
    Withheld,
)
from game.kernel.world import Board, PledgeKinds, start_world
from game.narrative.causes import in_ids
from game.narrative.chronicle import Chronicle
from game.narrative.news import KnownCause, crisis_news, tidings
from game.testing import TRIAD, made

QUIET, QUIET_IN_THE_AIR = range(2)


@pytest.fixture(scope="module")
def board() -> Board:
    """Northland and Southmark, whose ids are words of their dispute's title; two kinds of pledge that begin alike."""
    text = TRIAD.replace("The islet", "The line between north and south")
    for old, new in (("arda", "north"), ("borea", "east"), ("cestia", "south")):
        text = text.replace(old, new)
    for old, new in (("Arda", "Northland"), ("Borea", "Eastham"), ("Cestia", "Southmark")):
        text = text.replace(old, new)
    plain = made(text).board
    numbers = np.ones(2)
    kinds = PledgeKinds(
        names=("quiet", "quiet_in_the_air"), titles=("Quiet", "Quiet in the air"), breach=plain.pledges.breach[:0],
        turns=np.full(2, 24, dtype=np.int16), verifiable=numbers, reliability=numbers * 0.7, gravity=numbers * 12,
        shelters=numbers * 0.0,
    )  # fmt: skip
    start = dict(plain.start)
    for name, kind in (("pledges", np.int16), ("pledged_on", np.int16), ("solemnity", float), ("private_pledge", bool)):
        start[name] = np.full((1, 2, 3, 3), -1 if name == "pledged_on" else 0, dtype=kind)
    return replace(plain, pledges=kinds, start=start)


@pytest.mark.parametrize(
    ("cause", "told", "written"),
    [
        (Clash(0, 0, 2), "clash over The line between north and south: Northland won, Southmark lost",
         "clash over The line between north and south: north won, south lost"),
        (Escalation(0, 2, 3), "crisis over The line between north and south: Southmark climbs to alert",
         "crisis over The line between north and south: south climbs to alert"),
        (Escalation(0, 2, 4, accident=True),
         "crisis over The line between north and south: Southmark is carried by an accident to ultimatum",
         "crisis over The line between north and south: south is carried by an accident to ultimatum"),
        (BackedDown(0, 0), "crisis over The line between north and south: Northland backs down",
         "crisis over The line between north and south: north backs down"),
        (War(0), "war over The line between north and south", "war over The line between north and south"),
        (PledgeHonoured(QUIET_IN_THE_AIR), "kept: Quiet in the air", "kept: Quiet in the air"),
        (PledgeBroken(QUIET, ANSWERED, 1), "broken: Quiet, owed to Eastham (the other broke first)",
         "broken: Quiet, owed to Eastham (the other broke first)"),
        (Suspicion(2, more=True), "suspicion of Southmark", "suspicion of south"),
        (Suspicion(2, more=False), "less suspicion of Southmark than at the start",
         "less suspicion of south than at the start"),
        (TriadBalance(), "balance of triads", "balance of triads"),
        (Withheld(), "what it depends on is withheld", "what it depends on is withheld"),
        (SecretReleased(), "what was kept secret comes out", "what was kept secret comes out"),
        (ScaleEnd(), "the end of the scale", "the end of the scale"),
        (Baseline(), "as the scenario begins", "as the scenario begins"),
    ],
)  # fmt: skip
def test_a_cause_names_its_states_and_leaves_titles_as_they_are(
    board: Board, cause: Cause, told: str, written: str
) -> None:
    assert Chronicle(board, frozenset()).cause(cause) == told
    assert in_ids(cause, board) == written


def test_an_agreement_in_force_is_called_by_its_title(board: Board) -> None:
    kind = board.agreements.names.index("defence_pact")
    assert in_ids(AgreementInForce(kind), board) == f"agreement in force: {board.agreements.titles[kind]}"


def test_news_of_a_clash_do_not_rewrite_the_title_of_a_dispute(board: Board) -> None:
    start = start_world(board)
    told = list(tidings(board, start, start, [KnownCause(Clash(0, 2, 0), ((0, 2),))]))
    assert told == ["Clash over The line between north and south: Southmark won, Northland lost"]


def test_a_pledge_that_ends_is_told_though_another_kind_that_begins_alike_is_broken(board: Board) -> None:
    before = start_world(board)
    pledges = before.pledges.copy()
    pledges[0, :, 0, 1] = 5
    before = replace(before, pledges=pledges)
    breach = KnownCause(PledgeBroken(QUIET_IN_THE_AIR), ((1, 0),))
    assert list(tidings(board, before, start_world(board), [breach])) == [
        "Northland breaks its word to Eastham: Quiet in the air",
        "Northland is bound to Eastham no more: Quiet",
    ]


def test_a_pledge_to_an_onlooker_of_a_breach_that_ends_by_itself_is_told(board: Board) -> None:
    before = start_world(board)
    pledges = before.pledges.copy()
    pledges[0, QUIET, 0, 2] = 1
    before = replace(before, pledges=pledges)
    alarm = KnownCause(PledgeBroken(QUIET, holder=1), ((2, 0),))
    assert list(tidings(board, before, start_world(board), [alarm])) == [
        "Northland is bound to Southmark no more: Quiet"
    ]


def test_the_news_of_a_crisis_say_which_dispute_it_is_about(board: Board) -> None:
    twin = replace(board.disputes[0], name="pass", title="The line")
    double = replace(board, disputes=(board.disputes[0], twin))
    start = start_world(board)
    low = replace(start, rung=np.zeros((1, 2, 2), dtype=start.rung.dtype))
    world = replace(low, holder=np.zeros((1, 2), dtype=start.holder.dtype))
    rung = world.rung.copy()
    rung[0, 0, 1] = 3
    told = list(crisis_news(double, world, replace(world, rung=rung)))
    assert told == [(0, True, "Southmark climbs to alert")]
