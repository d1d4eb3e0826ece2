"""secrecy: leaks, rumours, denials and what comes of them, by hand-computed numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game import turn
from game.analysis.explain import explain
from game.kernel.catalogue import NONE
from game.kernel.compiled.positions import position
from game.kernel.draws import Draws
from game.kernel.world import (
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    NEVER,
    OPEN,
    RUMOURED,
    SECRET,
    start_world,
)
from game.match.history import History
from game.measures.relations import relations
from game.measures.reputation import trust
from game.narrative.causes import in_ids
from game.policies import (
    Reasoner,
    answered,
    decided,
    observe,
)
from game.policies.wait import Wait
from game.rules.acts import Params as ActsParams
from game.rules.acts import acts
from game.rules.secrecy import Params, secrecy
from game.testing import arrays, change_by, context, triad

ACTS = """\
agreement_kinds:
  convoy: {name: Convoy, mutual: false, giver: 4, receiver: 6, commitment: 0.3, doc: Crates.}
acts:
  smuggle:
    name: Smuggle
    kind: deal
    roles: {seller: any, buyer: any}
    text: "{seller} smuggles arms to {buyer}"
    terms: {turns: 6, secrecy: true}
    cost: 1
    cooldown: 2
    signs: convoy
    effects:
      buyer -> seller: {memory: 8}
      rivals of seller -> buyer: {memory: -10}
      buyer.military: 4
      islet.tension: 6
    weight: 6
    doc: Arms by night.
  sabotage:
    name: Sabotage
    kind: deed
    roles: {actor: any, target: any}
    text: "{actor} sabotages {target}"
    terms: {secrecy: true}
    cost: 1
    cooldown: 1
    effects: {target -> actor: {scar: -5}, friends of target -> actor: {scar: -2}}
    weight: -6
    doc: Nobody knows who did it.
  own_up: {name: Own up, kind: statement, roles: {speaker: any, partner: any}, text: "{speaker} owns up", cost: 1,
    cooldown: 1, effects: {partner -> speaker: {mood: 1}}, discloses: confirm, weight: 1, doc: It is true.}
  disown: {name: Disown, kind: statement, roles: {speaker: any, partner: any}, text: "{speaker} denies it", cost: 1,
    cooldown: 1, effects: {partner -> speaker: {mood: 1}}, discloses: deny, weight: 1, doc: It is not true.}
"""
EVENTS = """\
events:
  gossip: {headline: Gossip, at: 2, effects: {rumour: {members: [arda, borea]}}}
  papers: {headline: Papers, at: 3, effects: {reveal: {members: [arda, borea]}}}
  query: {headline: A query, after: {act: smuggle}, effects: {cestia -> arda: {mood: -1}}}
"""
ARDA, BOREA, CESTIA = range(3)
MEMORY, SCAR = 1, 2
DEAL = "arda: smuggle borea secret"
NEVER_LEAKS, LEAKS = Params(rate=0.0), Params(rate=1.0)


@pytest.fixture(scope="module")
def made():
    return triad(acts=ACTS)


@pytest.fixture(scope="module")
def board(made):
    return made.board


def stage(board, world, first=ARDA, second=BOREA, act="smuggle"):
    return int(world.secrecy[0, place(board, act), first, second])


def place(board, act="smuggle"):
    """Where an act stands among those that can be kept secret."""
    return board.acts.secrets.index(board.acts.act(act))


class Game:
    """A game played by hand: turn by turn, with the orders given and the parameters of `secrecy`."""

    def __init__(self, made, **texts):
        self.made = triad(acts=ACTS, **texts) if texts else made
        self.history = History.begin(self.made.board, self.made.parameters, Draws.of(1))

    def play(self, *lines, params=NEVER_LEAKS):
        parameters = {**self.made.parameters, "secrecy": params}
        self.history = replace(self.history, parameters=parameters).play(*arrays(self.made.board, lines))
        return self.history.world

    def given(self, first, second, rule="secrecy"):
        """What the rule did to one relation in the last turn, cause by cause and layer by layer."""
        rows = self.history.turns[-1].ledger.rows(self.made.board, first, second)
        return {(in_ids(row.cause, self.made.board), row.layer): row.impulse for row in rows if row.rule == rule}


def test_a_secret_deal_moves_its_parties_alone(made):
    game = Game(made)
    world = game.play(DEAL)
    assert stage(made.board, world) == SECRET
    assert not world.memories.any()
    assert world.hidden[0, MEMORY, BOREA, ARDA] == pytest.approx(8 * 2 ** (-1 / 24), abs=1e-4)
    assert world.concealed[0, :, 0].tolist() == [0, 4, 0]
    assert (world.tension == made.board.calm).all()
    assert (position(made.board, world).shown == made.board.opening[0]).all()
    # The seller is worth 6 to the buyer while the convoys run.
    relation = relations(made.board, world)[0, BOREA, ARDA]
    assert relation == pytest.approx(50 + 6 + 8 * 2 ** (-1 / 24), abs=1e-4)


def test_a_rumour_moves_onlookers_by_their_belief(made):
    # Cestia regards Arda at -60, so in the open it would think 6 worse of Borea; it believes half of it.
    game = Game(made)
    game.play(DEAL)
    world = game.play(params=LEAKS)
    assert stage(made.board, world) == RUMOURED
    assert game.given(CESTIA, BOREA) == {("rumour: arda: smuggle borea", MEMORY): pytest.approx(-3, abs=1e-5)}
    assert world.tension[0, 0] > made.board.calm[0, 0]
    assert not game.given(BOREA, ARDA)


def test_tension_follows_the_mean_belief(made):
    game = Game(made)
    game.play(DEAL)
    leaking = context(made.board, game.history.world)
    assert change_by(secrecy, leaking, LEAKS).tension.tolist() == [[3.0]]  # half of 6
    assert change_by(secrecy, leaking, Params(rate=1.0, belief=0.25)).tension.tolist() == [[1.5]]


def test_nothing_leaks_in_the_turn_it_was_done(made):
    game = Game(made)
    assert stage(made.board, game.play(DEAL, params=LEAKS)) == SECRET
    assert stage(made.board, game.play(params=LEAKS)) == RUMOURED
    assert stage(made.board, game.play(params=Params(rate=1.0, proof=0.0))) == RUMOURED
    assert stage(made.board, game.play(params=Params(rate=1.0, proof=1.0))) == OPEN


def test_a_denial_takes_back_what_is_believed_of_it(made):
    # Whoever trusts Arda by t keeps (1 - t) of its belief of 0.5, and gives back the rest of what the deal would move.
    game = Game(made)
    game.play(DEAL)
    game.play(params=LEAKS)
    trust_level, open_ = trust(made.board, game.history.world)[0, CESTIA], minded(game)
    world = game.play("arda: disown borea")
    assert stage(made.board, world) == DENIED_BY_ACTOR
    back = 0.5 * trust_level[ARDA] * open_
    assert game.given(CESTIA, BOREA) == {("denied: arda: smuggle borea", MEMORY): pytest.approx(back, abs=1e-4)}
    open_ = minded(game)
    world = game.play("borea: disown arda")
    assert stage(made.board, world) == DENIED_BY_BOTH
    back = 0.5 * (1 - trust_level[ARDA]) * trust_level[BOREA] * open_
    assert game.given(CESTIA, BOREA) == {("denied: arda: smuggle borea", MEMORY): pytest.approx(back, abs=1e-4)}


def minded(game):
    """How much worse Cestia would think of Borea were the deal open: 10 times how much of a rival of Arda it is."""
    return -10 * position(game.made.board, game.history.world).shown[CESTIA, ARDA] / 100


def test_what_comes_out_moves_the_rest_and_a_denial_is_a_broken_word(made):
    game = Game(made)
    game.play(DEAL)
    game.play(params=LEAKS)
    game.play("arda: disown borea")
    trust_level = trust(made.board, game.history.world)[0, CESTIA, ARDA]
    open_ = minded(game)
    world = game.play("borea: own_up arda")
    assert stage(made.board, world) == OPEN
    # Belief was 0.5 (1 - t); the rest follows.
    rest = -open_ * (1 - 0.5 * (1 - trust_level))
    assert game.given(CESTIA, BOREA)["in the open: arda: smuggle borea", MEMORY] == pytest.approx(rest, abs=1e-4)
    scar = game.given(CESTIA, ARDA)["denied what was true: arda: smuggle borea", SCAR]
    assert scar == pytest.approx(-8 * trust_level, abs=1e-5)
    assert world.broken[0, CESTIA, ARDA] == trust_level
    assert world.broken[0, BOREA, ARDA] == 0  # it knew
    assert world.broken[0, CESTIA, BOREA] == 0  # it denied nothing
    assert trust(made.board, world)[0, CESTIA, ARDA] < trust_level


def test_keeping_silent_changes_nothing(made):
    game = Game(made)
    game.play(DEAL)
    world = game.play(params=LEAKS)
    assert not change_by(secrecy, context(made.board, world), NEVER_LEAKS).anything


def test_owned_up_at_once_an_act_moves_onlookers_as_if_it_had_been_open(made):
    plain = change_by(acts, context(made.board, orders=["arda: smuggle borea"]), ActsParams())
    game = Game(made)
    game.play(DEAL)
    # The world at this moment shows what it showed before: graded alike, onlookers feel the same to the last bit.
    told = game.history.open().opened[0]
    last = told.last.copy()
    last[0, made.board.acts.act("own_up"), ARDA, BOREA] = 2
    change = change_by(secrecy, context(made.board, replace(told, last=last)), NEVER_LEAKS)
    assert (change.memories[0, :, CESTIA] == plain.memories[0, :, CESTIA]).all()
    assert (change.tension == plain.tension).all()


def test_what_was_hidden_joins_what_shows_once_nothing_else_is_secret(made):
    game = Game(made)
    game.play(DEAL, "arda: sabotage borea secret")
    world = game.play(params=Params(rate=0.0))
    before = relations(made.board, world)[0]
    # What Arda did to Borea besides comes out with it: an owner up says all there is between the two.
    world = game.play("arda: own_up borea")
    assert not world.hidden.any()
    assert not world.concealed.any()
    assert world.attributes[0, BOREA, 0] == 44
    assert (relations(made.board, world)[0] == position(made.board, world).shown).all()
    assert before[CESTIA, ARDA] == made.board.opening[0, CESTIA, ARDA]


def test_what_else_is_secret_keeps_the_two_covered(made):
    game = Game(made)
    game.play(DEAL, "arda: sabotage cestia secret")
    world = game.play("arda: own_up borea")
    assert stage(made.board, world) == OPEN
    assert world.hidden[0, SCAR, CESTIA, ARDA] < 0
    assert not world.hidden[0, :, BOREA, ARDA].any()
    assert world.concealed[0, BOREA, 0] == 0  # Borea hides nothing else


def test_what_ends_while_it_is_secret_is_never_learnt(made):
    game = Game(made)
    game.play(DEAL)
    act = made.board.acts.act("smuggle")
    assert game.history.world.last[0, act, ARDA, BOREA] == 1
    for _ in range(6):
        world = game.play()
    assert stage(made.board, world) == OPEN
    assert world.last[0, act, ARDA, BOREA] == NEVER
    assert world.hidden[0, MEMORY, BOREA, ARDA] > 0
    assert (position(made.board, world).shown == made.board.opening[0]).all()
    assert stage(made.board, game.play(params=LEAKS)) == OPEN


def test_an_act_that_leaves_no_agreement_is_a_secret_for_a_while(made):
    game = Game(made)
    game.play("arda: sabotage cestia secret")
    for _ in range(3):
        assert stage(made.board, game.play(params=Params(rate=0.0, span=3.0)), ARDA, CESTIA, "sabotage") == SECRET
    assert stage(made.board, game.play(params=Params(rate=0.0, span=3.0)), ARDA, CESTIA, "sabotage") == OPEN


def test_what_is_done_again_in_secret_neither_ends_a_rumour_nor_forgives_a_denial():
    game = Game(None, events=EVENTS.replace("members: [arda, borea]", "members: [arda, cestia]"))
    board = game.made.board
    cell = (0, place(board, "sabotage"), ARDA, CESTIA)
    assert game.play("arda: sabotage cestia secret").stake[cell] == 1.0
    denied = game.play("arda: disown cestia")
    assert stage(board, denied, ARDA, CESTIA, "sabotage") == DENIED_BY_ACTOR
    kept = change_by(acts, context(board, denied, ["arda: sabotage cestia secret"]), ActsParams())
    assert (kept.secrecy[cell], kept.stake[cell]) == (DENIED_BY_ACTOR, 1.0)


def test_what_is_done_twice_in_secret_comes_out_twice_over(made):
    game = Game(made)
    for _ in range(2):
        world = game.play("arda: sabotage cestia secret")
    assert world.stake[0, place(made.board, "sabotage"), ARDA, CESTIA] == 2.0


def test_an_event_brings_up_what_was_secret_when_it_happened_and_not_what_is_signed_after_it():
    for what in ("rumour", "reveal"):
        text = f"events: {{press: {{headline: Press, at: 2, effects: {{{what}: {{members: [arda, borea]}}}}}}}}"
        game = Game(None, events=text)
        game.play()
        assert stage(game.made.board, game.play(DEAL)) == SECRET


def test_the_odds_of_a_leak_are_the_formula(made):
    # Nobody else shares their secrets. Cestia, at -60 and -30, is out of one's reach and in the other's:
    # reach is 1 to its neighbour Borea and 1/2 to Arda, so H = 0.5 * 0.6 + 1 * 0.3 = 0.6.
    assert made.board.reach[CESTIA, [ARDA, BOREA]].tolist() == [0.5, 1.0]
    game = Game(made)
    game.play(DEAL)
    count = 20000
    world = game.history.world
    batch = replace(world, **{name: np.repeat(array, count, axis=0) for name, array in world.arrays()})
    seen = replace(context(made.board, batch), draws=Draws.of(*range(count)))
    leaked = (
        change_by(secrecy, seen, Params(rate=0.1, prying=1.0)).secrecy[:, place(made.board), ARDA, BOREA] == RUMOURED
    ).mean()
    assert leaked == pytest.approx(0.1 * 1.6, abs=4 * (0.16 * 0.84 / count) ** 0.5)


def test_more_who_share_their_secrets_make_a_leak_likelier(made):
    game = Game(made)
    game.play(DEAL, "borea: smuggle cestia secret")
    count = 20000
    world = game.history.world
    batch = replace(world, **{name: np.repeat(array, count, axis=0) for name, array in world.arrays()})
    seen = replace(context(made.board, batch), draws=Draws.of(*range(count)))
    after = change_by(secrecy, seen, Params(rate=0.1, prying=0.0, company=0.5)).secrecy[:, place(made.board)]
    for pair in ((ARDA, BOREA), (BOREA, CESTIA)):  # each of the two has one other partner in secrets: 0.1 * 1.5
        share = (after[:, *pair] == RUMOURED).mean()
        assert share == pytest.approx(0.15, abs=4 * (0.15 * 0.85 / count) ** 0.5)


def test_events_bring_a_secret_up_and_reveal_it():
    game = Game(None, events=EVENTS)
    made = game.made
    game.play(DEAL)
    world = game.play()
    assert stage(made.board, world) == RUMOURED
    assert world.due[0, 2] == 3  # what waits for the act comes with the rumour, not with the secret
    world = game.play()
    assert stage(made.board, world) == OPEN
    assert world.fired[0, 2] == 3


def test_what_is_signed_in_the_open_is_no_secret(made):
    game = Game(made)
    world = game.play("arda: smuggle borea", DEAL.replace("secret", "").strip())
    assert stage(made.board, world) == OPEN
    game = Game(made)
    game.play(DEAL)
    assert stage(made.board, game.play("arda: smuggle borea")) == OPEN


def test_a_viewer_is_told_the_causes_it_may_know(made):
    game = Game(made)
    game.play(DEAL)
    own = explain(game.history, "borea", "arda")
    assert {in_ids(row.cause, made.board) for row in own.rows if row.hidden} == {
        "arda: smuggle borea secret",
        "agreement in force: Convoy",
    }
    outside = explain(game.history, "borea", "arda", viewer="cestia")
    assert outside.relation == 50
    causes = [in_ids(row.cause, made.board) for row in outside.rows]
    assert not any("onvoy" in cause or "smuggle" in cause for cause in causes)
    game.play("arda: own_up borea")
    told = explain(game.history, "borea", "arda", viewer="cestia")
    assert told == replace(explain(game.history, "borea", "arda"), rows=told.rows)
    assert "arda: smuggle borea secret" in {in_ids(row.cause, made.board) for row in told.rows}


class Curious(Wait):
    """Keeps what it is shown."""

    by_rows = False

    def __init__(self):
        self.views, self.asked = [], []

    def orders(self, view, draws):
        self.views.append(view)
        return super().orders(view, draws)

    def answer(self, view, orders, draws):
        self.asked.append(orders)
        return super().answer(view, orders, draws)


def test_a_policy_gets_what_its_state_may_know(made):
    game = Game(made)
    game.play(DEAL)
    curious, draws = Curious(), Draws.of(1)
    view = observe(made.board, game.history.world)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    seats = {BOREA: curious, CESTIA: curious}
    decided(reasoner, seats, made.board, game.history.world, draws)
    borea, cestia = curious.views
    assert borea.relation[BOREA, ARDA] == view.relation[BOREA, ARDA]
    assert cestia.relation[BOREA, ARDA] == 50
    assert not cestia.world.secrecy.any()
    assert cestia.world.capital.tolist() == [4, 4, view.world.capital[CESTIA]]
    given, _ = arrays(made.board, ["arda: smuggle borea secret", "arda: praise cestia"])
    answered(reasoner, seats, made.board, game.history.world, given, draws)
    assert [(orders.act[ARDA] != NONE).tolist()[:2] for orders in curious.asked] == [[True, False], [False, True]]


def test_a_world_without_secrets_is_left_alone(made):
    quiet = start_world(made.board)
    assert not change_by(secrecy, context(made.board, quiet, ["arda: praise borea"]), LEAKS).anything
    after, _ = turn.step(made.board, quiet, *arrays(made.board, ["arda: disown borea"]), made.parameters, Draws.of(1))
    assert not after.broken.any()
