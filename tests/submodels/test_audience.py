"""Hearing: who takes note of a deed, and how much they make of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.world import Offices, start_world
from game.rules.acts import Params, acts
from game.submodels.audience import heard as heard_kernel
from game.submodels.audience import onlookers as onlookers_kernel
from game.testing import change_by, context, triad
from tests.pledged import at, pledge, pledged
from tests.submodels.stepping import step

ARDA, BOREA, CESTIA = range(3)
NEAR = 1e-5

SCENARIO = {
    "catalogue": "",
    "agreement_kinds": """\
agreement_kinds:
  defence_pact: {name: Defence pact, mutual: true, worth: 5, commitment: 1, doc: A pact.}
  supply: {name: Supply, mutual: false, giver: 0, receiver: 0, doc: A supply.}
""",
    "acts": """\
acts:
  blame:
    name: Blame
    kind: statement
    roles: {speaker: any, target: any}
    text: "{speaker} blames {target}"
    cost: 1
    effects: {target -> speaker: {mood: -8}, others -> speaker: {mood: -4}}
    doc: A harsh word.
  assure:
    name: Assure
    kind: statement
    roles: {speaker: any, target: any}
    text: "{speaker} assures {target}"
    cost: 1
    effects: {target -> speaker: {mood: 6}, others -> speaker: {mood: 2}}
    doc: A kind word.
  arm:
    name: Arm
    kind: deal
    roles: {seller: any, buyer: any}
    text: "{seller} arms {buyer}"
    cost: 1
    signs: supply
    terms: {turns: 4}
    effects: {others -> buyer: {mood: -10}}
    doc: A deal.
""",
}
ASSURE, BLAME = "arda: assure borea", "arda: blame cestia"


@pytest.fixture(scope="module")
def board():
    return pledged(triad(**SCENARIO).board, pledges={"assure": "goodwill"}, secrets=["arm"])


def mood(board, lines, world=None):
    """What the orders add to mood, open and between the two `[N, N]` each."""
    change = change_by(acts, context(board, world, lines), Params())
    return change.memories[0, board.recent], change.hidden[0, board.recent]


def onlookers(board, line, world=None, *, abroad=2.0, purpose=0.5):
    """How much each state makes of what an order leads to, as an onlooker `[N]`."""
    at, found = step(board, world, [line]), np.zeros(3)
    onlookers_kernel(at.setting, at.world, at.deeds, 0, abroad, purpose, found)
    return found


def heard(board, line, *, echo=0.25):
    """How much the parties and the host make of what an order leads to."""
    at = step(board, None, [line])
    return heard_kernel(at.setting, at.world, at.deeds, 0, echo)


def with_trust(board, kept=0.0, broken=0.0, of=ARDA, by=BOREA):
    world = start_world(board)
    record = {"kept": world.kept.copy(), "broken": world.broken.copy()}
    record["kept"][0, by, of], record["broken"][0, by, of] = kept, broken
    return replace(world, **record)


def test_a_public_word_is_heard_by_all(board):
    public, closed = mood(board, [BLAME])
    assert public[CESTIA, ARDA] == -8.0
    assert public[BOREA, ARDA] == -4.0
    assert not closed.any()


def test_a_private_word_is_for_its_target_alone_and_is_remembered_where_nobody_sees_it(board):
    public, closed = mood(board, [BLAME + " audience=private"])
    assert not public.any()
    assert closed[CESTIA, ARDA] == -8.0
    assert np.count_nonzero(closed) == 1


def test_a_word_in_a_third_capital_counts_twice_there_and_its_host_comes_to_feel_a_quarter_of_it(board):
    public, _ = mood(board, [BLAME + " audience=borea"])
    assert public[CESTIA, ARDA] == -8.0
    assert public[BOREA, ARDA] == -8.0  # 2 x 4
    assert public[BOREA, CESTIA] == -2.0  # 0.25 x 8 x credit 1


def test_a_host_that_does_not_believe_the_speaker_comes_to_feel_less(board):
    # usual trust 0.575; after 4 broken pledges (4 x 0.575) / 8 = 0.2875, so the credit is 1/2
    public, _ = mood(board, [BLAME + " audience=borea"], with_trust(board, broken=4.0))
    assert public[BOREA, CESTIA] == pytest.approx(-1.0, abs=NEAR)
    assert public[BOREA, ARDA] == -8.0


def test_the_office_that_speaks_weighs(board):
    offices = Offices(
        ("government", "envoy"), ("The government", "An envoy"), np.array([1.0, 0.5]), np.array([1.0, 0.5])
    )
    public, _ = mood(replace(board, offices=offices), [BLAME + " office=envoy"])
    assert public[CESTIA, ARDA] == -4.0
    assert public[BOREA, ARDA] == -2.0


def test_what_is_credible_counts_by_the_credit_of_the_speaker(board):
    credible = np.array([name == "assure" for name in board.acts.names])
    earnest = replace(board, acts=replace(board.acts, credible=credible))
    # trust (4 x 0.575 + 4) / 8 = 0.7875 over 0.575 is 1.3696 of the usual
    trusted, _ = mood(earnest, [ASSURE], with_trust(board, kept=4.0))
    assert trusted[BOREA, ARDA] == pytest.approx(6 * 0.7875 / 0.575, abs=NEAR)
    doubted, _ = mood(earnest, [ASSURE], with_trust(board, broken=4.0))
    assert doubted[BOREA, ARDA] == pytest.approx(3.0, abs=NEAR)
    assert doubted[CESTIA, ARDA] == 2.0  # what it is worth to others does not depend on borea's trust
    unproven, _ = mood(earnest, [ASSURE])
    assert unproven[BOREA, ARDA] == 6.0


def test_a_stated_purpose_alarms_one_neighbour_and_calms_another(board):
    # The islet lies between arda and cestia. Borea arms arda for it: cestia, which is opposed, makes 1.5 as much of it.
    said, _ = mood(board, ["borea: arm arda purpose=islet"])
    plain, _ = mood(board, ["borea: arm arda"])
    assert plain[CESTIA, ARDA] == -10.0
    assert said[CESTIA, ARDA] == -15.0
    # Borea is no party: of arms to arda from cestia for the islet it makes less, as far as it trusts arda (0.575).
    calm, _ = mood(board, ["cestia: arm borea purpose=islet"])
    assert calm[ARDA, BOREA] == -15.0
    apart = onlookers(board, "arda: arm cestia purpose=islet")
    assert apart[BOREA] == pytest.approx(1 - 0.5 * 0.575, abs=NEAR)


def test_those_who_do_not_trust_the_receiver_are_calmed_less(board):
    doubtful = with_trust(board, broken=4.0, of=CESTIA, by=BOREA)
    found = onlookers(board, "arda: arm cestia purpose=islet", doubtful)
    assert found[BOREA] == pytest.approx(1 - 0.5 * 0.2875, abs=NEAR)


def test_a_secret_deal_moves_nobody_else(board):
    public, closed = mood(board, ["borea: arm arda secret"])
    assert not public.any()
    assert not closed.any()


def test_a_pledge_given_again_adds_half_of_what_it_added_the_last_time(board):
    once = pledge(board, at(board, 4), "goodwill", "arda", "borea")
    twice = pledge(board, at(board, 4), "goodwill", "arda", "borea", solemnity=1.5)
    assert [mood(board, [ASSURE], world)[0][BOREA, ARDA] for world in (None, once, twice)] == [6.0, 3.0, 1.5]
    assert [mood(board, [ASSURE], world)[0][CESTIA, ARDA] for world in (None, once, twice)] == [2.0, 1.0, 0.5]


def test_who_never_heard_of_a_pledge_takes_it_for_new(board):
    private_pledge = pledge(board, at(board, 4), "goodwill", "arda", "borea", private_pledge=True)
    public, _ = mood(board, [ASSURE], private_pledge)
    assert public[BOREA, ARDA] == 3.0
    assert public[CESTIA, ARDA] == 2.0


def test_a_pledge_to_another_or_of_another_does_not_count(board):
    for giver, holder in (("arda", "cestia"), ("borea", "arda"), ("cestia", "borea")):
        world = pledge(board, at(board, 4), "goodwill", giver, holder)
        assert mood(board, [ASSURE], world)[0][BOREA, ARDA] == 6.0


def test_how_much_a_host_makes_of_a_word_is_a_parameter(board):
    line = BLAME + " audience=borea"
    assert [onlookers(board, line, abroad=factor)[BOREA] for factor in (1.0, 3.0)] == [1.0, 3.0]
    assert [heard(board, line, echo=share).echo for share in (0.0, 0.5)] == [0.0, 0.5]
    found = change_by(acts, context(board, None, [line]), Params(abroad=3.0, echo=0.5)).memories[0, board.recent]
    assert found[BOREA].tolist() == [-12.0, 0.0, -4.0]  # 3 x 4 of arda, 0.5 x 8 of cestia


def test_words_that_need_no_ear_of_their_own_are_plainly_heard(board):
    assert onlookers(board, BLAME).tolist() == [1.0, 1.0, 1.0]
    assert heard(board, BLAME) == (1.0, 1.0, 1.0, 0.0)
