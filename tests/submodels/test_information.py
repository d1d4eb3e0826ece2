"""Who may know what: array by array, cell by cell, of worlds in which everything that can be secret is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import NONE
from game.kernel.records import one_world
from game.kernel.setting import setting_of
from game.kernel.world import ARRAYS, CALM, NEVER, OPEN, QUERY, SECRET, start_world
from game.measures.information import attributes, open_world, secret_agreements, seen_by
from game.submodels.information import known_rungs
from tests.policies.plain import peninsula

SEEDS = range(4)
HIDES_NOTHING = {
    *("attributes", "memories", "tension", "fired", "pending", "flags", "over", "kept", "broken", "suspicion"),
    *("holder", "recognition", "out"),
}
"""What everybody sees as it is. What two have between them, or one alone, is told below for every array."""


EVENTS = """\
events:
  flood: {headline: A flood, text: Water., at: 3}
  fire: {headline: A fire, text: Smoke., at: 4}
"""


@pytest.fixture(scope="module")
def board():
    return peninsula(events=EVENTS).board


def anything(board, seed):
    """A world with every array filled at random, within what it may hold."""
    chance, start = np.random.default_rng(seed), start_world(board)
    limits = {
        "agreements": 9,
        "cooldown": 3,
        "fired": 4,
        "due": 6,
        "last": 5,
        "pledged_on": 5,
        "pledges": 7,
        "holder": 3,
    }
    arrays = {}
    for name in ARRAYS:
        array, declared = getattr(start, name), type(start).__dataclass_fields__[name].metadata
        low = declared["low"] if np.isfinite(declared["low"]) else -5
        high = limits.get(name, declared["high"] if np.isfinite(declared["high"]) else 9)
        drawn = chance.integers(low, high + 1, array.shape)
        arrays[name] = drawn.astype(array.dtype)
    arrays["secrecy"] *= chance.integers(0, 2, arrays["secrecy"].shape, dtype=np.int16)
    arrays["rung"] = chance.choice(np.array([CALM, QUERY, 2], dtype=np.int16), arrays["rung"].shape)
    arrays["rung"][0, 0] = QUERY, CALM
    return replace(start, turn=5, **arrays)


def under_cover(board, world, kind, giver, taker):
    """Whether the world does not know for certain of an agreement."""
    return any(
        world.secrecy[0, place, one, other] > OPEN
        for place, act in enumerate(board.acts.secrets)
        if board.acts.signs[act] == kind
        for one, other in (((giver, taker), (taker, giver)) if board.agreements.mutual[kind] else ((giver, taker),))
    )


AWAY = {"purpose": NEVER, "pledged_on": NEVER}
"""What stands where an agreement or a pledge is not known of, 0 where nothing else is said."""


def known(board, world, name, cell, viewer):
    """What a state may know of one cell of an array; viewer None is everybody."""
    value, own = getattr(world, name)[0][cell], viewer in cell[-2:]
    if name in ("agreements", "volume", "suspended", "purpose"):
        return AWAY.get(name, 0) if under_cover(board, world, *cell) and not own else value
    if name in ("pledges", "pledged_on", "solemnity", "private_pledge"):
        return AWAY.get(name, 0) if world.private_pledge[0][cell] and not own else value
    if name in ("hidden", "cooldown"):
        return value if own else 0
    if name in ("secrecy", "stake"):
        return value if own or world.secrecy[0][cell] > SECRET else 0
    if name == "last" and not own and cell[0] in board.acts.secrets:
        return NEVER if value < world.turn - 1 else shown_last(board, world, cell)
    if name in ("concealed", "posture", "capital"):
        return value if cell[0] == viewer else board.income if name == "capital" else 0
    if name == "rung":
        hushed = world.rung[0, cell[0]].max() == QUERY and viewer not in board.disputes[cell[0]].parties
        return CALM if hushed else value
    if name == "due":
        return NEVER
    assert name in HIDES_NOTHING | {"last"}, f"say above who may know {name}"
    return value


def shown_last(board, world, cell):
    """When an act that may be secret was last done, as it shows."""
    act, actor, target = cell
    place = board.acts.secrets.index(act)
    return NEVER if world.secrecy[0, place, actor, target] > OPEN else world.last[0][cell]


def cells(array):
    return list(np.ndindex(array.shape[1:]))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_state_sees_its_own_affairs_as_they_are_and_of_others_what_shows(board, seed):
    world = anything(board, seed)
    for viewer in range(len(board.states)):
        seen = seen_by(board, world, viewer)
        for name in ARRAYS:
            for cell in cells(getattr(world, name)):
                expected = known(board, world, name, cell, viewer)
                assert getattr(seen, name)[0][cell] == expected, (name, cell, viewer)


ASIDE = {"capital", "cooldown", "posture", "due", "secrecy", "stake"}
"""What nobody asks the open world about, since no relation and no condition looks at it."""


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_may_know_what_a_state_without_affairs_would_see(board, seed):
    world = anything(board, seed)
    shown = open_world(board, world)
    for name in ARRAYS:
        if name not in ASIDE:
            for cell in cells(getattr(world, name)):
                expected = known(board, world, name, cell, None)
                if name == "last" and cell[0] in board.acts.secrets:
                    expected = shown_last(board, world, cell)
                assert getattr(shown, name)[0][cell] == expected, (name, cell)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_rungs_a_state_knows_those_of_its_own_queries_alone(board, seed):
    world = anything(board, seed)
    rung = np.zeros_like(world.rung[0])
    for viewer in (NONE, *range(len(board.states))):
        known_rungs(setting_of(board), one_world(world, 0), viewer, rung)
        for cell in np.ndindex(rung.shape):
            assert rung[cell] == known(board, world, "rung", cell, viewer)


def test_what_is_concealed_counts_whole_up_to_the_end_of_the_scale(board):
    world = start_world(board)
    concealed = world.concealed.copy()
    concealed[0, 0] = 15.0, 90.0
    found = attributes(board, replace(world, concealed=concealed))
    assert found[0, 0].tolist() == [75.0, 80.0]
    assert found[0, 1].tolist() == world.attributes[0, 1].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mutual_agreement_is_secret_from_both_ends_and_a_one_sided_one_from_its_own(board, seed):
    world = anything(board, seed)
    found = secret_agreements(board, world)
    for cell in cells(world.agreements):
        assert found[0][cell] == under_cover(board, world, *cell), cell


def test_what_is_open_to_all_is_told_for_each_run_of_a_batch_by_itself(board):
    worlds = start_world(board), anything(board, 0), anything(board, 1)
    batch = replace(worlds[1], **{name: np.concatenate([getattr(each, name) for each in worlds]) for name in ARRAYS})
    shown, apart = open_world(board, batch), [open_world(board, replace(each, turn=5)) for each in worlds]
    for name in ARRAYS:
        for replica, alone in enumerate(apart):
            assert (getattr(shown, name)[replica] == getattr(alone, name)[0]).all(), (name, replica)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("private_pledge", (0, 0, 1), True),
        ("hidden", (0, 0, 1), 1.0),
        ("concealed", (0, 0), 1.0),
        ("rung", (0, 0), QUERY),
    ],
)
def test_one_thing_alone_that_others_may_not_know_does_not_show(board, name, cell, value):
    start = start_world(board)
    array = getattr(start, name).copy()
    array[0][cell] = value
    assert (getattr(open_world(board, replace(start, **{name: array})), name) == getattr(start, name)).all()


def test_one_act_alone_that_is_secret_does_not_show(board):
    start = start_world(board)
    secrecy, last = start.secrecy.copy(), start.last.copy()
    secrecy[0, 0, 0, 1], last[0, board.acts.secrets[0], 0, 1] = SECRET, 0
    shown = open_world(board, replace(start, secrecy=secrecy, last=last))
    assert (shown.last == start.last).all()
