"""The scenario of the source event as a stage: what is said and done is given, and everybody else keeps still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from game import scenario
from game.kernel.orders import STANCES, order_of
from game.model import AllianceModel
from game.scenario.spec import Scenario

Script = Mapping[int, Sequence[str]]
"""What is ordered, turn by turn; every proposal is accepted."""


@cache
def shipped() -> Scenario:
    """The scenario as it ships."""
    return scenario.load("south-caucasus-2012")


def without_events(spec: Scenario, *names: str) -> Scenario:
    """The scenario without some events and those that wait for them, or without any."""
    gone = set(names or spec.events)
    while more := {name for name, each in spec.events.items() if each.trigger.after_event in gone} - gone:
        gone |= more
    return replace(spec, events={name: each for name, each in spec.events.items() if name not in gone})


def choosing(spec: Scenario, **chosen: str) -> Scenario:
    """The scenario with some decisions taken: each event named offers but one option."""
    events = dict(spec.events)
    for name, option in chosen.items():
        taken = tuple(each for each in events[name].options if each.id == option)
        assert taken, f"{name} has no option called {option}"
        events[name] = replace(events[name], options=taken)
    return replace(spec, events=events)


def surely(spec: Scenario, *names: str) -> Scenario:
    """The scenario with the chance of some events raised to certainty."""
    events = dict(spec.events)
    for name in names:
        chance = events[name].chance
        events[name] = replace(events[name], chance=replace(chance, form="constant", first=1.0))
    return replace(spec, events=events)


def staged(
    script: Script | None = None, turns: int = 1, *, spec: Scenario | None = None, seed: int = 1, wait: bool = True
) -> AllianceModel:
    """The model after some turns of a script; without `spec` there are no events either."""
    played = without_events(shipped()) if spec is None else spec
    policies = dict.fromkeys(played.states, "wait") if wait else {}
    model = AllianceModel(played, seed, policies=policies, collect=False)
    for turn in range(1, turns + 1):
        for line in (script or {}).get(turn, ()):
            model.order(line)
        for line in (script or {}).get(turn, ()):
            order = order_of(line)
            if order.act not in STANCES and played.acts[order.act].kind == "deal":
                model.answer(line, True)
        model.step()
    return model


def move(model: AllianceModel, pair: str, since: int = 0) -> float:
    """How far a relation has come since a turn, 0 being the author's table."""
    series = model.history.series()
    first, second = (model.board.state(each.strip()) for each in pair.split("->"))
    return float(series[-1, first, second] - series[since, first, second])


def said(model: AllianceModel, event: str, turn: int) -> bool:
    """Whether an event happened as a turn opened."""
    return event in {each.event for each in model.match.events(turn)}


def done(model: AllianceModel, actor: str, act: str, target: str) -> int:
    """The turn in which an act was last done, by an order or in an event; -1 for never."""
    board = model.board
    return int(model.world.last[0, board.acts.act(act), board.state(actor), board.state(target)])


def attribute(model: AllianceModel, state: str, name: str) -> np.ndarray:
    """An attribute as it is, what is concealed included, after every turn `[T + 1]`."""
    place, column = model.board.state(state), model.board.attributes.names.index(name)
    worlds = model.history.worlds
    return np.array([world.attributes[0, place, column] + world.concealed[0, place, column] for world in worlds])


def agreement(model: AllianceModel, kind: str, giver: str, receiver: str) -> tuple[int, int, int, int]:
    """Where an agreement stands in the world's arrays."""
    board = model.board
    return 0, board.agreements.names.index(kind), board.state(giver), board.state(receiver)


def pledge(model: AllianceModel, kind: str, giver: str, holder: str) -> tuple[int, int, int, int]:
    """Where a pledge stands in the world's arrays."""
    board = model.board
    return 0, board.pledges.names.index(kind), board.state(giver), board.state(holder)


def dispute(model: AllianceModel, name: str) -> int:
    """The place of a dispute."""
    return [each.name for each in model.board.disputes].index(name)


def secrecy(model: AllianceModel, act: str, actor: str, target: str) -> int:
    """What the world knows of a secret act: OPEN, SECRET, RUMOURED or denied."""
    board = model.board
    place = board.acts.secrets.index(board.acts.act(act))
    return int(model.world.secrecy[0, place, board.state(actor), board.state(target)])
