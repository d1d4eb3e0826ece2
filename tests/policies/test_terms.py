"""What the terms of an order do to its score: value, secrecy, purpose, offer and pledge, each as its document says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import DEAL, NONE
from game.policies import observe
from game.policies.reasoner.deal_terms import Bid
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.utility import TERMS
from tests.policies.plain import ACTOR, TARGET, Plain, Put, peninsula, stirred

CLOSE = 3e-3
EACH = 4


@pytest.fixture(scope="module")
def made():
    return peninsula()


@pytest.fixture(scope="module", params=(3, 4), ids=("one past", "another past"))
def position(request, made):
    world = stirred(made.board, request.param)
    return Reasoner(made.board, made.parameters["reasoner"]), observe(made.board, world), world


def ordered(board, chance):
    """Every deal between every two states some times, with terms that go with it, and the same in plain."""
    bids, ways = [], []
    for act in np.flatnonzero(board.acts.kind == DEAL).tolist():
        for actor in range(len(board.states)):
            for target in range(len(board.states)):
                for _ in range(EACH if actor != target else 0):
                    signs = board.acts.signs[act] != NONE
                    secret = act in board.acts.secrets and chance.random() < 0.5
                    ways.append(Put(
                        scale=float(chance.choice([1.0, 0.5, 1.75])) if board.acts.units[act] else 1.0,
                        leak=0.3 if secret else 1.0,
                        purpose=int(chance.integers(len(board.disputes))) if signs and chance.random() < 0.5 else None,
                        side_payment=float(chance.choice([0.0, 0.5, -1.0])),
                        pledge=int(chance.integers(len(board.pledges.names))) if chance.random() < 0.5 else None,
                    ))  # fmt: skip
                    bids.append(Bid(
                        actor, act, target, scale=ways[-1].scale, secret=secret,
                        purpose=NONE if ways[-1].purpose is None else ways[-1].purpose,
                        side_payment=ways[-1].side_payment,
                        pledge=NONE if ways[-1].pledge is None else ways[-1].pledge,
                    ))  # fmt: skip
    return bids, ways


@pytest.mark.parametrize(("role", "foreseen"), [(ACTOR, False), (TARGET, False), (TARGET, True)],
                         ids=("to its proposer", "to its target", "to its target as it is foreseen"))  # fmt: skip
def test_an_order_is_worth_with_its_terms_what_the_document_says(made, position, role, foreseen):
    reasoner, view, world = position
    bids, ways = ordered(made.board, np.random.default_rng(17))
    found = reasoner.worth(view, bids, role, foreseen=foreseen)
    plain = Plain(made.board, world, foreseen=foreseen)
    for row, bid, put in zip(found, bids, ways, strict=True):
        expected = plain.terms(bid.act, bid.actor, bid.target, role, put)
        if foreseen:
            expected["posture"] = 0.0
        for name, value in zip(TERMS, row, strict=True):
            weight = getattr(reasoner.params, name)
            assert value == pytest.approx(weight * expected[name], abs=CLOSE), (
                made.board.acts.names[bid.act],
                put,
                name,
            )


def test_a_pledge_given_once_more_is_worth_half_of_what_it_was(made):
    world = stirred(made.board, 3)
    kind, arda, borea = made.board.pledges.names.index("no_attack"), 0, 1
    worth = {}
    for solemn in (0.0, 1.0, 1.5):
        solemnity = world.solemnity.copy()
        solemnity[0, kind, arda, borea] = solemn
        plain = Plain(made.board, replace(world, solemnity=solemnity))
        worth[solemn] = plain.pledge(kind, arda, borea)
    for name, whole in worth[0.0].items():
        assert worth[1.0][name] == pytest.approx(whole / 2)
        assert worth[1.5][name] == pytest.approx(whole / 4)
