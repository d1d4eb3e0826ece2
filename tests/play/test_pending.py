"""What is still open before a turn ends, and the way back from the inbox to the plan."""

from __future__ import annotations

import pytest

from game.play import commands as wanted
from game.play.dispatch import Director
from game.play.explained.pending import CRISIS, ORDERS, PROPOSAL, QUESTION, asks_first, in_short, open_matters


@pytest.fixture
def director(tmp_path):
    return Director(tmp_path)


def begun(director, *seats, scenario="classroom-triad", seed=1, turns=8):
    assert director.carry_out(wanted.Begin(scenario, seats, seed, turns=turns)) is None
    return game_of(director)


def game_of(director):
    return director.snapshot().game


def done(director, *commands):
    for command in commands:
        said = director.carry_out(command)
        assert said is None or not said.problem, said.text
    return game_of(director)


def to_an_inbox(director):
    """The first inbox with a proposal."""
    for _ in range(12):
        game = game_of(director)
        if game.phase == "inbox" and game.proposals:
            return game
        assert not game.finished
        done(director, wanted.Commit() if game.phase == "planning" else wanted.Proceed())
    raise AssertionError("nobody ever proposes anything")


def planned(director, game, target):
    done(director, wanted.Survey(target))
    act = next(each.act for each in director.snapshot().options[target] if each.legal)
    return done(director, wanted.Plan(f"{act} {target}"))


def kinds(game):
    return [each.kind for each in open_matters(game)]


def test_orders_that_are_left_are_counted_until_all_are_given(director):
    begun(director, "arda")
    game = done(director, wanted.Proceed())
    assert [each.title for each in open_matters(game) if each.kind == ORDERS] == [f"{game.slots} orders left"]
    game = planned(director, game, "borea")
    assert len(game.plan) == 1
    assert any(text.startswith(f"{game.slots - 1} order") for text in in_short(game))


def test_a_proposal_is_open_until_it_is_answered_and_then_the_answers_go_out_unasked(director):
    begun(director, "arda")
    game = to_an_inbox(director)
    assert kinds(game).count(PROPOSAL) == len(game.proposals)
    assert asks_first(game)
    for each in game.proposals:
        game = done(director, wanted.Reply(each.key, False))
    for each in game.questions:
        game = done(director, wanted.Choose(each.event, each.options[0][0]))
    for each in [each for each in open_matters(game) if each.kind == CRISIS]:
        game = done(director, wanted.Stand(each.name, "hold"))
    assert PROPOSAL not in kinds(game)
    assert not asks_first(game), "orders alone hold up no inbox"


def test_a_question_is_open_until_it_is_decided(director):
    begun(director, "arda")
    for _ in range(12):
        game = game_of(director)
        if game.phase == "planning" and game.questions:
            break
        done(director, wanted.Commit() if game.phase == "planning" else wanted.Proceed())
    assert QUESTION in kinds(game)
    asked = game.questions[0]
    game = done(director, wanted.Choose(asked.event, asked.options[0][0]))
    assert asked.event not in [each.name for each in open_matters(game)]


def test_those_who_watch_have_nothing_open(director):
    assert open_matters(begun(director)) == ()


def test_from_the_inbox_one_goes_back_to_the_plan_and_the_inbox_comes_again_with_the_answers_given(director):
    begun(director, "arda")
    game = to_an_inbox(director)
    first, turn = game.proposals[0], game.turn
    done(director, wanted.Reply(first.key, True))
    game = done(director, wanted.Revise())
    assert (game.phase, game.turn) == ("planning", turn)
    game = planned(director, game, "borea")
    game = done(director, wanted.Commit())
    assert (game.phase, game.turn) == ("inbox", turn)
    assert next(each.reply for each in game.proposals if each.key == first.key) is True
    assert game.plan
    assert done(director, wanted.Proceed()).phase in ("report", "inbox")


def test_there_is_no_way_back_but_from_an_inbox(director):
    begun(director, "arda")
    said = director.carry_out(wanted.Revise())
    assert said.problem
    assert "inbox" in said.text


def test_who_goes_back_to_the_plan_brings_no_other_person_to_the_window(director):
    begun(director, "arda", "borea")
    for _ in range(40):
        game = game_of(director)
        if game.phase == "inbox":
            break
        done(director, wanted.Commit() if game.phase == "planning" else wanted.Proceed())
    side = game.side
    done(director, wanted.Revise())
    game = done(director, wanted.Commit())
    assert (game.side, game.phase) == (side, "inbox")
