"""What the reasoner makes of every act between every two states is what its document says, term by term."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import DEAL
from game.kernel.world import SECRET, start_world
from game.policies import observe
from game.policies.reasoner.deal_terms import Bid
from game.policies.reasoner.objective_gradients import wants
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thoughts import veto_of, weights_of
from game.policies.reasoner.utility import TERMS
from game.policies.reasoner.utility_weights import tables
from tests.policies.asking import worth
from tests.policies.plain import ACTOR, TARGET, Plain, peninsula, stirred

CLOSE = 2e-3
"""Weights lie on a grid of 2**-16 and are multiplied by up to 30: so much may a term be off."""


@pytest.fixture(scope="module")
def made():
    return peninsula()


@pytest.fixture(scope="module", params=(1, 2), ids=("in the open", "with secrets"))
def position(request, made):
    """A position, what the reasoner makes of it, and what the document says of it."""
    seed = request.param
    world = stirred(made.board, seed, secrets=seed > 1)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    return reasoner, observe(made.board, world), Plain(made.board, world), Plain(made.board, world, foreseen=True)


def pairs(board):
    return [(one, other) for one in range(len(board.states)) for other in range(len(board.states)) if one != other]


def weighted(reasoner, plain):
    return {name: getattr(reasoner.params, name) * value for name, value in plain.items()}


def test_every_act_is_worth_to_its_actor_what_the_document_says(made, position):
    reasoner, view, plain, _ = position
    for own, other in pairs(made.board):
        for act, name in enumerate(made.board.acts.names):
            found = worth(reasoner, view, Bid(own, act, other))
            expected = weighted(reasoner, plain.terms(act, own, other, ACTOR))
            assert set(found) == set(TERMS) == set(expected)
            for term, value in expected.items():
                assert found[term] == pytest.approx(value, abs=CLOSE), (name, own, other, term)


def test_every_deal_is_worth_to_its_target_what_the_document_says(made, position):
    reasoner, view, plain, _ = position
    for own, other in pairs(made.board):
        for act in np.flatnonzero(made.board.acts.kind == DEAL).tolist():
            found = worth(reasoner, view, Bid(other, act, own), TARGET)
            expected = weighted(reasoner, plain.terms(act, other, own, TARGET))
            for term, value in expected.items():
                assert found[term] == pytest.approx(value, abs=CLOSE), (made.board.acts.names[act], own, other, term)


def test_a_proposer_foresees_what_shows_and_what_the_two_have_between_them(made, position):
    reasoner, view, _, foreseen = position
    thoughts, weights = reasoner.appraisal(view), weights_of(made.board, reasoner.params)
    for own, other in pairs(made.board):
        for act in np.flatnonzero(made.board.acts.kind == DEAL).tolist():
            expected = weighted(reasoner, foreseen.terms(act, other, own, TARGET))
            # What the other is about with it, nobody can know.
            expected.pop("posture")
            said = (made.board.acts.names[act], own, other)
            found = thoughts.foreseen[weights.place[act], own, other]
            assert found == pytest.approx(sum(expected.values()), abs=4 * CLOSE), said


def test_an_ally_forbids_what_the_document_says(made, position):
    reasoner, view, plain, foreseen = position
    thoughts, weights, seen = reasoner.appraisal(view), weights_of(made.board, reasoner.params), set()
    for own, other in pairs(made.board):
        for act in np.flatnonzero(made.board.acts.kind == DEAL).tolist():
            place, veto = weights.place[act], plain.veto(act, own, other)
            assert veto_of(weights, thoughts.veto, place, own, other) == veto, (made.board.acts.names[act], own, other)
            assert veto_of(weights, thoughts.foreseen_veto, place, own, other) == foreseen.veto(act, own, other)
            seen.add(veto)
    assert len(seen) > 1


def test_what_another_keeps_from_all_but_one_is_that_ones_to_reckon_with(made):
    # Nothing is secret but what borea feels for arda, and arda wants to be liked by borea.
    start = stirred(made.board, 1, secrets=False)
    hidden = start.hidden * 0.0
    hidden[0, 1, 1, 0] = 25.0
    world = replace(start, hidden=hidden)
    reasoner, plain = Reasoner(made.board, made.parameters["reasoner"]), Plain(made.board, world)
    act = made.board.acts.act("praise")
    found = worth(reasoner, observe(made.board, world), Bid(0, act, 1))
    assert found["objectives"] == pytest.approx(30.0 * plain.terms(act, 0, 1, ACTOR)["objectives"], abs=CLOSE)


def test_what_must_not_be_and_what_must_be_just_so_pull_no_way():
    objective = "{when: %s, points: 50, label: A wish}"
    for condition, pulls in (
        ("'borea -> arda >= 40'", 1),
        ("{all: ['borea -> arda >= 40', 'islet.tension < 10']}", 2),
        ("{any: ['borea -> arda >= 40', 'islet.tension < 10']}", 2),
        ("{none: ['borea -> arda >= 40', 'islet.tension < 10']}", 0),
        ("'borea -> arda == 40'", 0),
    ):
        made = peninsula(objectives=f"objectives:\n  arda: {{public: [{objective % condition}]}}")
        assert len(wants(made.board)) == pulls, condition


def test_the_values_that_are_considered_go_in_even_steps_to_either_end(made):
    # From 1 over the usual 4 to 9, in fives of the way, over the usual one.
    found = tables(made.board, 6.0).values[made.board.acts.act("subsidise")]
    assert (4.0 * found).tolist() == pytest.approx([1, 1.6, 2.2, 2.8, 3.4, 4, 5, 6, 7, 8, 9])
    assert (tables(made.board, 6.0).values[made.board.acts.act("praise")] == 1.0).all()


def test_a_suspended_pact_binds_nobody(made):
    # Besides the pact of the two there are arms, which bind by 0.3.
    world = start_world(made.board)
    pact = made.board.agreements.names.index("defence_pact")
    suspended = world.suspended.copy()
    suspended[0, pact, 0, 1] = suspended[0, pact, 1, 0] = True
    reasoner = Reasoner(made.board, made.parameters["reasoner"])

    def bound(world):
        return reasoner.appraisal(observe(made.board, world)).outlook.commitments[0, 1]

    assert bound(world) == 1.0
    assert bound(replace(world, suspended=suspended)) == pytest.approx(0.3)


def test_the_veto_of_a_secret_ally_is_known_to_whom_it_binds_and_foreseen_by_nobody(made):
    # Borea has an understanding with dara, which loathes arda; whether arda may count on a pact depends on who knows.
    world = start_world(made.board)
    secrecy = world.secrecy.copy()
    secrecy[0, made.board.acts.secrets.index(made.board.acts.act("concert")), 1, 3] = SECRET
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    weights = weights_of(made.board, reasoner.params)
    pact = weights.place[made.board.acts.act("defence_pact")]
    for known, foreseen in ((world.secrecy, 1 + 3), (secrecy, 0)):
        found = reasoner.appraisal(observe(made.board, replace(world, secrecy=known)))
        assert veto_of(weights, found.veto, pact, 1, 0) == 1 + 3
        assert veto_of(weights, found.foreseen_veto, pact, 1, 0) == foreseen
