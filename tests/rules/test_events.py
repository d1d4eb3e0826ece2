"""events: scheduled, triggered and random ones fire when they should, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.kernel.causes import Act, Happening
from game.kernel.draws import Draws
from game.kernel.orders import Order
from game.kernel.world import start_world
from game.rules.events import Params, events
from game.testing import change_by, context, triad
from game.turn import opening

EVENTS = """\
flags: [alarmed]
events:
  storm: {headline: A storm, at: 2001-03, effects: {arda -> borea: {mood: -4}}}
  flood: {headline: A flood, after: {event: storm}, effects: {borea -> arda: {mood: -1}}}
  famine: {headline: A famine, after: {event: flood, delay: 2}, effects: {cestia -> arda: {memory: 3}}}
  raid: {headline: A raid, at: 2, when: [arda -> cestia > 0], effects: {arda -> cestia: {scar: -9}}}
  alarm: {headline: Alarm, at: 1, effects: {flag: {alarmed: true}, islet.tension: 5, arda.military: {set: 10}}}
  rumour: {headline: A rumour, at: 1, effects: {rivals of arda -> borea: {mood: -10}}}
  meeting:
    headline: A meeting
    at: 4
    decider: borea
    options:
      speak: {label: Speak, weight: 3, effects: {borea -> arda: {mood: 2}}}
      leave: {label: Leave, weight: 1, effects: {borea -> arda: {mood: -2}}}
  quake: {headline: A quake, mean_turns: 4, effects: {islet.tension: -1}}
"""
ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def made():
    sections = dict(zip(("flags", "events"), EVENTS.split("\n", 1), strict=True))
    return triad(**sections)


def opened(made, turn, **arrays):
    """The world and the ledger as a turn opens, random events left out."""
    world = replace(start_world(made.board), turn=turn - 1, **arrays)
    return opening(made.board, world, made.parameters | {"events": Params(rate=0.0)}, Draws.of(1))


def fired(made, world):
    return {event.name for event, turn in zip(made.board.events, world.fired[0], strict=True) if turn >= 0}


def index(made, name):
    return [event.name for event in made.board.events].index(name)


def test_a_dated_event_fires_in_the_turn_of_its_date(made):
    assert "storm" not in fired(made, opened(made, 2)[0])
    world, _ = opened(made, 3)
    assert "storm" in fired(made, world)
    assert world.memories[0, 0, ARDA, BOREA] == -4


def test_what_waits_for_an_event_follows_in_the_same_opening(made):
    world, _ = opened(made, 3)
    assert "flood" in fired(made, world)
    assert world.memories[0, 0, BOREA, ARDA] == -1


def test_a_delay_sets_it_for_a_later_turn(made):
    world, _ = opened(made, 3)
    assert "famine" not in fired(made, world)
    assert world.due[0, index(made, "famine")] == 5


def test_an_event_whose_condition_fails_does_not_fire(made):
    assert "raid" not in fired(made, opened(made, 2)[0])


def test_flags_tensions_and_set_values(made):
    world, _ = opened(made, 1)
    assert world.flags[0].tolist() == [True]
    assert world.tension[0].tolist() == [45]
    assert world.attributes[0, ARDA, 0] == 10


def test_onlookers_of_an_event_are_graded(made):
    # Cestia regards Arda at -60.
    world, _ = opened(made, 1)
    assert world.memories[0, 0, CESTIA, BOREA] == pytest.approx(-6, abs=1e-5)


def test_an_event_with_a_decider_waits_for_the_choice(made):
    world, _ = opened(made, 4)
    assert world.pending[0, index(made, "meeting")]
    assert not world.memories.any()


def test_the_ledger_of_an_opening_holds_every_wave(made):
    _, ledger = opened(made, 3)
    causes = [row.cause for i, j in ((ARDA, BOREA), (BOREA, ARDA)) for row in ledger.rows(made.board, i, j)]
    assert causes == [Happening(index(made, "storm")), Happening(index(made, "flood"))]


CHAIN = "events:\n  link_0: {headline: Link, at: 1, effects: {islet.tension: 1}}\n" + "".join(
    f"  link_{number}: {{headline: Link, after: {{event: link_{number - 1}}}, effects: {{islet.tension: 1}}}}\n"
    for number in range(1, 9)
)


def test_a_chain_runs_to_its_end():
    chained = triad(events=CHAIN)
    world, _ = opened(chained, 1)
    assert len(fired(chained, world)) == 9
    assert world.tension[0, 0] == 49


def test_a_condition_that_another_event_makes_true_counts_in_the_same_opening():
    text = """\
events:
  second: {headline: Second, after: {event: first}, when: [flag(up)], effects: {islet.tension: 1}}
  third: {headline: Third, at: 1, when: [happened(second)], effects: {islet.tension: 1}}
  first: {headline: First, at: 1, effects: {flag: {up: true}}}
"""
    made_here = triad(flags="flags: [up]", events=text)
    assert fired(made_here, opened(made_here, 1)[0]) == {"first", "second", "third"}


def test_of_two_that_set_the_same_the_later_counts_and_changes_come_on_top():
    text = """\
events:
  one: {headline: One, at: 1, effects: {islet.tension: {set: 60}}}
  two: {headline: Two, at: 1, effects: {islet.tension: {set: 70}}}
  three: {headline: Three, at: 1, effects: {islet.tension: 5}}
  four: {headline: Four, after: {event: three}, effects: {islet.tension: {set: 20}}}
"""
    made_here = triad(events=text.replace("  four", "  # four"))
    assert opened(made_here, 1)[0].tension[0, 0] == 75
    made_here = triad(events=text)
    assert opened(made_here, 1)[0].tension[0, 0] == 20


def test_an_act_that_an_event_has_done_sets_what_waits_for_it():
    text = """\
events:
  gift: {headline: A gift, at: 1, effects: {act: {act: praise, speaker: arda, target: borea}}}
  thanks: {headline: Thanks, after: {act: praise, speaker: arda}, effects: {islet.tension: -1}}
"""
    made_here = triad(events=text)
    world, ledger = opened(made_here, 1)
    assert fired(made_here, world) == {"gift", "thanks"}
    assert Act(Order("arda", "praise", "borea"), origin=Happening(index(made_here, "gift"))) in [
        row.cause for row in ledger.rows(made_here.board, BOREA, ARDA)
    ]


def test_a_random_event_comes_once_in_its_mean_on_average(made):
    board = made.board
    world = replace(start_world(board, 4000), turn=5)
    many = replace(context(board), world=world, turn=6, draws=Draws.of(*range(4000)))
    quake = [event.name for event in board.events].index("quake")
    change = change_by(events, many, Params())
    share = (change.fired[:, quake] == 6).mean()
    assert share == pytest.approx(0.25, abs=0.03)


def test_an_event_fires_once_unless_it_repeats(made):
    again = start_world(made.board).fired.copy()
    again[0, index(made, "storm")] = 1
    assert opened(made, 3, fired=again)[0].fired[0, index(made, "storm")] == 1


def test_an_opening_happens_once(made):
    world, ledger = opening(made.board, start_world(made.board), made.parameters, Draws.of(1))
    again, empty = opening(made.board, world, made.parameters, Draws.of(1))
    assert ledger.parts
    assert again is world
    assert not empty.parts
