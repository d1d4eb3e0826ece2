"""What each side is shown of one game, by hand: a secret, a whisper, hidden objectives, reasons, postures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.orders import parse_order
from game.kernel.world import QUERY, RUMOURED
from game.match.match import Setup, begin
from game.measures.legality import check_order
from game.measures.relations import relations
from game.play import observation
from game.play.crisis_view import crises
from game.play.observation import Sight
from game.play.presentation import snapshot_of
from game.play.queries import changes
from game.play.session import Session
from game.policies import observe
from game.scenario import read
from game.testing import TRIAD, arrays

SIDES = ("arda", "borea", "cestia", None)
MORE = """\
objectives:
  arda:
    public: [{when: borea -> arda >= 90, points: 60, label: A friend}]
    hidden: [{when: arda -> cestia < 0, points: 30, label: A grudge}]
  cestia: {hidden: [{when: cestia -> arda < 0, points: 40, label: An old score}]}
events:
  offer:
    headline: A foreign offer
    at: 3
    decider: borea
    options: {take: {label: Take it}, leave: {label: Leave it}}
"""
GOSSIP = """\
acts:
  gossip: {name: Gossip, kind: statement, roles: {one: any, other: any}, text: "{one} gossips about {other}", cost: 1,
    weight: 2, effects: {others -> other: {mood: 6}, other -> one: {mood: 1}}, doc: What is said of somebody.}
"""
SECRET_DEAL = "arda: intelligence_sharing borea secret"
DONE = (SECRET_DEAL, "arda: praise borea audience=private", "cestia: criticise arda")


def started():
    return begin(Setup(read(TRIAD + MORE).scenario, 3))


def played(match, orders):
    """The match a turn later, with these orders, all agreed to."""
    history = match.history.open()
    return match.with_history(history.play(*arrays(history.board, orders)))


@pytest.fixture(scope="module")
def game():
    """Three turns: one ordered by hand, one that the reasoner decided, and the third is open."""
    match = played(started(), DONE).advance()
    return match.with_history(match.history.open())


def with_world(match, **arrays_):
    """The match with its present position changed."""
    history = match.history
    world = replace(history.world, **arrays_)
    worlds = (*history.worlds[:-1], replace(history.worlds[-1], **arrays_))
    opened = None if history.opened is None else (world, history.opened[1])
    return match.with_history(replace(history, worlds=worlds, opened=opened))


def test_an_agreement_in_secret_is_on_the_list_of_its_parties_alone(game):
    for side in SIDES:
        found = {agreement.kind: agreement.secret for agreement in observation.agreements(Sight(game, side))}
        assert ("intelligence" in found) == (side != "cestia")
        assert found.get("intelligence", True)
        assert found["defence_pact"] is False


def test_what_was_said_in_private_or_done_in_secret_is_in_the_record_of_its_parties_alone(game):
    for side in SIDES:
        told = [item.text for item in observation.record(Sight(game, side), 1)]
        assert ("Arda praises its ties with Borea in private" in told) == (side != "cestia")
        assert any("share intelligence" in text for text in told) == (side != "cestia")
        assert "Cestia criticises Arda" in told


def test_reasons_are_told_to_the_one_whose_they_are(game):
    for side in SIDES:
        items = [item for item in observation.record(Sight(game, side), 2) if item.kind in ("act", "refused")]
        assert {item.actor for item in items if item.why} == {
            name for name in ("arda", "borea", "cestia") if side in (None, name)
        }
        assert {item.actor for item in items if item.runner_up} <= {item.actor for item in items if item.why}


def test_news_are_of_what_one_may_know():
    # The arms are delivered in secret, and with them goes a word in confidence: news for the two, none for the third.
    sold, nothing = played(started(), ["borea: arms_package arda secret"]), played(started(), [])
    for side in SIDES:
        news, plain = ([item.text for item in observation.record(Sight(match, side), 1) if item.kind == "tidings"]
                       for match in (sold, nothing))  # fmt: skip
        assert (news == plain) == (side == "cestia"), (news, plain)


def test_hidden_objectives_and_points_are_ones_own_until_the_game_is_over(game):
    for side in SIDES:
        objectives = {(objective.state, objective.label) for objective in observation.objectives(Sight(game, side))}
        assert ("arda", "A friend") in objectives
        assert (("arda", "A grudge") in objectives) == (side in ("arda", None))
        assert (("cestia", "An old score") in objectives) == (side in ("cestia", None))
        points = {card.id: card.points for card in observation.state_cards(Sight(game, side))}
        assert points == {
            "arda": 90.0 * (side in ("arda", None)), "borea": 0.0, "cestia": 40.0 * (side in ("cestia", None))
        }  # fmt: skip
    short = replace(game.setup.scenario, turns=2)
    over = replace(game, setup=replace(game.setup, scenario=short))
    assert over.finished
    for side in SIDES:
        assert {objective.label for objective in observation.objectives(Sight(over, side))} == {
            "A friend",
            "A grudge",
            "An old score",
        }
        assert [card.points for card in observation.state_cards(Sight(over, side))] == [90.0, 0.0, 40.0]


def test_what_a_state_is_about_is_told_to_itself(game):
    for side in SIDES:
        assert {first for first, _ in observation.postures(Sight(game, side))} == {
            name for name in ("arda", "borea", "cestia") if side in (None, name)
        }


def test_relations_depth_and_attributes_are_those_that_a_side_may_know(game):
    board, world = game.history.board, game.history.world
    hidden, concealed = world.hidden.copy(), world.concealed.copy()
    hidden[0, 1, 1, 0], concealed[0, 0, 0] = 12.0, 9.0
    secret = with_world(game, hidden=hidden, concealed=concealed)
    true = relations(board, secret.history.world)[0]
    shown = observe(board, secret.history.world).shown
    assert true[1, 0] != shown[1, 0]
    for side in SIDES:
        table = np.array(Sight(secret, side).relation(secret.history.world))
        assert table[1, 0] == (shown if side == "cestia" else true)[1, 0]
        depth = np.array(observation.depths(Sight(secret, side)))
        plain = np.array(observation.depths(Sight(with_world(secret, agreements=world.agreements * 0), side)))
        assert depth[2, 0] == plain[2, 0]
        assert (depth[0, 1] == observation.depths(Sight(secret, None))[0][1]) == (side != "cestia")
        assert observation.state_cards(Sight(secret, side))[0].attributes[0][1] == world.attributes[0, 0, 0]


def test_a_rumour_is_whispered_to_all_and_a_secret_to_its_parties(game):
    board, world = game.history.board, game.history.world
    place = board.acts.secrets.index(board.acts.act("intelligence_sharing"))
    secrecy = world.secrecy.copy()
    secrecy[0, place, 0, 1] = RUMOURED
    rumoured = with_world(game, secrecy=secrecy)
    for side in SIDES:
        assert bool(observation.whispers(Sight(game, side))) == (side != "cestia")
        assert observation.whispers(Sight(rumoured, side))


def test_a_pledge_in_confidence_is_on_the_list_of_the_two(game):
    world = game.history.world
    kind = game.history.board.pledges.names.index("no_attack")
    cells = {name: getattr(world, name).copy() for name in ("pledges", "pledged_on", "solemnity", "private_pledge")}
    for name, value in (("pledges", 5), ("pledged_on", 1), ("solemnity", 1.0), ("private_pledge", True)):
        cells[name][0, kind, 0, 1] = value
    told = with_world(game, **cells)
    for side in SIDES:
        found = [(word.kind, word.giver, word.holder) for word in observation.words(Sight(told, side))]
        assert (("no_attack", "arda", "borea") in found) == (side != "cestia")


def test_a_query_is_a_matter_of_its_two_sides(game):
    rung = np.full_like(game.history.world.rung, QUERY)
    quiet = with_world(game, rung=rung)
    for side in SIDES:
        known = side != "borea"  # the islet is between arda and cestia
        assert observation.disputes(Sight(quiet, side))[0].rungs == ((0, 0) if known else (-1, -1))
        assert len(crises(Sight(quiet, side))) == known


def test_what_a_choice_costs_the_other_at_home_is_not_shown(game):
    rung = np.full_like(game.history.world.rung, 3)
    hot = with_world(game, rung=rung, tension=np.full_like(game.history.world.tension, 90.0))
    costs = {}
    for side in ("arda", "cestia"):
        (found,) = crises(Sight(hot, side))
        costs[side] = {state for choice in found.choices for state, _ in choice.capital}
    assert costs["arda"] <= {"arda"}
    assert costs["cestia"] <= {"cestia"}
    assert costs["arda"] | costs["cestia"]


# ---- the whole of what a session shows


def session_of(tmp_path, match, side):
    session = Session(tmp_path)
    session.people = ("arda", "borea", "cestia")
    session.position(match)
    session.shown = session.people.index(side)
    return session


def test_a_question_is_put_to_its_decider_and_capital_shown_to_its_owner(tmp_path, game):
    capital = game.history.world.capital * 0.0 + np.array([1.25, 2.5, 3.75])
    shown = with_world(game, capital=capital)
    assert shown.history.world.pending.any()
    for side, left in (("arda", 1.25), ("borea", 2.5), ("cestia", 3.75)):
        found = snapshot_of(session_of(tmp_path, shown, side)).game
        assert [question.event for question in found.questions] == (["offer"] if side == "borea" else [])
        assert (found.capital, found.left) == (left, left)


def orders_of_cestia(match):
    board, world = match.history.board, match.history.world
    for act in board.acts.names:
        for target in ("arda", "borea"):
            order = parse_order(f"cestia: {act} {target}", board)
            try:
                check_order(order, board, world)
            except ValueError:
                continue
            yield order


@pytest.mark.parametrize("far", [48.0, -99.0])
def test_what_an_order_would_move_is_shown_as_it_would_show(tmp_path, far):
    """At the end of the scale a secret between two others would show by how little is left to be moved."""
    match = begin(Setup(read(TRIAD + GOSSIP).scenario, 3))
    match = match.with_history(match.history.open())
    hidden = np.zeros_like(match.history.world.hidden)
    hidden[0, 1, :2, :2] = far * (1 - np.eye(2))
    rich = with_world(match, capital=match.history.world.capital * 0 + 9.0, hidden=hidden * 0.0)
    secret = with_world(rich, hidden=hidden)
    plain, other = (session_of(tmp_path, match, "cestia") for match in (rich, secret))
    found = [changes(plain, order) for order in orders_of_cestia(rich)]
    assert len(found) > 10
    assert any(cell[:2] == ("borea", "arda") and cell[2] > 2 for each in found for cell in each.relation)
    assert found == [changes(other, order) for order in orders_of_cestia(rich)]
