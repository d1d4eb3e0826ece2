"""Refusals in words: what an order is refused for, with names, and what stands in the way of a deal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.errors import IllegalOrder, UnaffordableOrder
from game.kernel.conditions import (
    ACTOR,
    TARGET,
    AtWar,
    Border,
    Comparison,
    Condition,
    Crisis,
    Group,
    Holds,
    Number,
    Pact,
    Relation,
    Tension,
)
from game.kernel.orders import Order
from game.kernel.refusals import (
    ActorNotEligible,
    AgreementInForce,
    AgreementNotInForce,
    AgreementNotSuspended,
    AnswersForItself,
    Blocker,
    Cooldown,
    GameOver,
    Illegal,
    NoCrisis,
    NotADeal,
    NotAParty,
    NoTermsSuffice,
    NothingSecret,
    NothingToAsk,
    NothingToBreak,
    NothingToCede,
    Refusal,
    Requires,
    SelfAddressed,
    TakesNoTurns,
    TargetNotEligible,
    TooCostly,
    Veto,
    WarBegun,
    message,
)
from game.kernel.refusals import AtWar as FightsAlready
from game.kernel.world import Board, start_world
from game.measures.legality import check_order, refusal_of
from game.narrative.refusals import blocker_in_ids, blocker_worded, worded
from game.testing import triad

ARDA, BOREA, CESTIA = range(3)
PRAISE = Order("arda", "praise", "borea")


@pytest.fixture(scope="module")
def board() -> Board:
    return triad().board


@pytest.mark.parametrize(
    ("refusal", "told", "written"),
    [
        (GameOver(), "The game is over", "the game is over"),
        (FightsAlready(ARDA), "Arda is at war, and its game is over", "arda is at war, and its game is over"),
        (FightsAlready(BOREA), "Borea is at war, and its game is over",
         "arda: praise borea: borea is at war, and its game is over"),
        (NotAParty(0), "The crisis over The islet is between Arda and Cestia",
         "arda: praise borea: the crisis over The islet is between arda and cestia"),
        (WarBegun(0), "It is war over The islet, and nothing is left to choose",
         "arda: praise borea: it is war over The islet, and nothing is left to choose"),
        (NoCrisis(0), "There is no crisis over The islet", "arda: praise borea: there is no crisis over The islet"),
        (SelfAddressed(), "A state cannot address itself", "arda: praise borea: a state cannot address itself"),
        (ActorNotEligible(0, (BOREA, CESTIA)), "Only Borea, Cestia may do this",
         "arda: praise borea: only borea, cestia may do this"),
        (TargetNotEligible(0, (CESTIA,)), "It may be directed only at Cestia",
         "arda: praise borea: it may be directed only at cestia"),
        (Cooldown(1), "It was done lately; again in 1 turn", "arda: praise borea: it was done lately; again in 1 turn"),
        (NothingSecret(), "Nothing between the two is kept secret or rumoured",
         "arda: praise borea: nothing between the two is kept secret or rumoured"),
        (NothingToCede(), "It holds no territory that the other claims",
         "arda: praise borea: it holds no territory that the other claims"),
        (NothingToBreak(), "There is no agreement to break", "arda: praise borea: there is no agreement to break"),
        (TooCostly(ARDA, 2.0, 0.5), "It costs 2 political capital and Arda has 0.5 left",
         "arda: praise borea costs 2 political capital and arda has 0.5 left"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_with_names_and_an_error_has_ids(
    board: Board, refusal: Refusal, told: str, written: str
) -> None:
    assert worded(refusal, board) == told
    assert message(PRAISE, refusal, board) == written


def test_an_act_that_nobody_may_do_is_told_without_its_id(board: Board) -> None:
    refusal = ActorNotEligible(board.acts.act("praise"), ())
    assert worded(refusal, board) == "Nobody may do this"
    assert message(PRAISE, refusal, board) == "arda: praise borea: nobody may do praise"


def test_refusals_of_agreements_name_the_kind(board: Board) -> None:
    kind = board.agreements.names.index("defence_pact")
    title = board.agreements.titles[kind]
    said = [worded(each(kind), board) for each in (AgreementInForce, AgreementNotInForce, AgreementNotSuspended)]
    assert said == [
        f"An agreement of this kind ({title}) is already in force",
        f"No agreement of this kind ({title}) is in force",
        f"No agreement of this kind ({title}) is suspended",
    ]


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Comparison(">=", Relation(ACTOR, TARGET), Number(25.0)),
         "It requires Arda's regard of Cestia to be at least +25 (now −40)"),
        (Comparison("<", Relation(TARGET, ACTOR), Number(-70.5)),
         "It requires Cestia's regard of Arda to be below −70.50 (now −60)"),
        (Comparison("<", Relation("borea", TARGET), Number(-90.0)),
         "It requires that Borea's regard for Cestia is below -90"),
        (Comparison(">=", Tension("islet"), Number(65.0)), "It requires that tension over The islet is at least 65"),
        (Pact(ACTOR, TARGET, "defence_pact"), "It requires that {pact} is in force between Arda and Cestia"),
        (Border(ACTOR, TARGET), "It requires that Arda and Cestia are neighbours"),
        (Group("none", (Pact(ACTOR, TARGET), Border(ACTOR, TARGET))),
         "It requires that none of this is so: an agreement is in force between Arda and Cestia; "
         "Arda and Cestia are neighbours"),
        (Group("any", (AtWar("borea"), Crisis("islet"))),
         "It requires that Borea is at war or there is a crisis over The islet"),
        (Holds(TARGET, "islet"), "It requires that Cestia holds The islet"),
    ],
)  # fmt: skip
def test_a_requirement_is_told_in_words(board: Board, condition: Condition, told: str) -> None:
    refusal = Requires(condition, board.acts.act("praise"), ARDA, CESTIA, (-40.0, -60.0))
    pact = board.agreements.titles[board.agreements.names.index("defence_pact")]
    assert worded(refusal, board) == told.format(pact=pact)


def test_a_title_that_holds_an_id_or_a_role_stays_as_it_is(board: Board) -> None:
    dispute = replace(board.disputes[0], title="The line from speaker to target, costs 5 political capital and arda")
    strange = replace(board, disputes=(dispute,))
    assert worded(NoCrisis(0), strange) == (
        "There is no crisis over The line from speaker to target, costs 5 political capital and arda"
    )


def test_the_error_carries_the_refusal_that_legality_finds(board: Board) -> None:
    world = start_world(board)
    order = Order("arda", "praise", "cestia")
    found = refusal_of(order, board, world)
    assert isinstance(found, Requires)
    assert found.regard == (-40.0, -60.0)
    with pytest.raises(IllegalOrder) as raised:
        check_order(order, board, world)
    assert raised.value.refusal == found
    poor = replace(world, capital=np.zeros((1, 3)))
    with pytest.raises(UnaffordableOrder) as raised:
        check_order(PRAISE, board, poor)
    assert raised.value.refusal == TooCostly(ARDA, 1.0, 0.0)
    assert refusal_of(PRAISE, board, world) is None


@pytest.mark.parametrize(
    ("blocker", "told", "written"),
    [
        (Illegal(PRAISE, TooCostly(ARDA, 2.0, 1.0)), "It costs 2 political capital and Arda has 1 left",
         "arda: praise borea costs 2 political capital and arda has 1 left"),
        (GameOver(), "The game is over", "the game is over"),
        (NotADeal(0), "{title} is not a deal: nobody has to accept it",
         "{name} is not a deal: nobody has to accept it"),
        (TakesNoTurns(CESTIA), "Cestia takes no turns", "Cestia takes no turns"),
        (AnswersForItself(BOREA), "Borea is not decided for by the reasoner; its answer is its own",
         "Borea is not decided for by the reasoner; its answer is its own"),
        (Veto(ARDA, BOREA), "A pact with Arda forbids it to Borea", "a pact with Arda forbids it to Borea"),
        (NoTermsSuffice(BOREA), "No terms there are would seem to move Borea to accept this turn",
         "no terms there are would seem to move Borea to accept this turn"),
        (NothingToAsk(BOREA), "Borea would not seem to accept it as it is, let alone give for it",
         "Borea would not seem to accept it as it is, let alone give for it"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_a_deal_is_told(board: Board, blocker: Blocker, told: str, written: str) -> None:
    acts = board.acts
    assert blocker_worded(blocker, board) == told.format(title=acts.titles[0])
    assert blocker_in_ids(blocker, board) == written.format(name=acts.names[0])
