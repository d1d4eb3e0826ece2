"""What charts can show: every quantity of a game as named lines over turns, as far as the side may know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.play.snapshot import Game, Snapshot, Traces
from game.screen.kit.plots import Value

QUANTITIES: Mapping[str, str] = {
    "relation": "Relations", "tension": "Tension", "depth": "Depth", "trust": "Trust", "points": "Points",
    "attribute": "Attributes",
}  # fmt: skip
"""What can be shown, and what it is called."""

MEANING: Mapping[str, str] = {
    "relation": "How one state regards another, from −100, enmity, to 100, alliance.",
    "tension": "How tense a dispute is, from 0, calm, to 100, force.",
    "depth": "How much two states share: agreements, deliveries, access and regard, from 0 to 100.",
    "trust": "How far one state takes another at its word, from 0 to 1.",
    "points": "What the objectives that are reached are worth.",
    "attribute": "What a state has, as it shows.",
}
LIMITS: Mapping[str, tuple[float, float]] = {
    "relation": (-100.0, 100.0),
    "tension": (0.0, 100.0),
    "depth": (0.0, 100.0),
    "trust": (0.0, 1.0),
}
"""The ends of the scales that have some."""

LEAST: Mapping[str, float] = {
    "relation": 20.0, "tension": 10.0, "depth": 10.0, "trust": 0.2, "points": 10.0, "attribute": 1.0,
}  # fmt: skip
"""How much of a scale a chart shows at least, so that a trifle looks like one."""

TRACED = frozenset({"depth", "trust", "points", "attribute"})
"""What has to be measured first."""

PAIRED = frozenset({"relation", "depth", "trust"})
"""What lies between one state and the others."""

MOST = 8
"""How many lines a chart bears."""
USUAL = 4
"""How many it begins with."""


@dataclass(frozen=True, slots=True)
class Series:
    """A line that may be shown: its key, its name, and its value after every turn."""

    key: str
    name: str
    values: tuple[Value, ...]

    @property
    def last(self) -> float:
        """Where it stands now; 0 where it has no value."""
        return next((value for value in reversed(self.values) if value is not None), 0.0)


def offered(quantity: str, about: str, attribute: int, snapshot: Snapshot) -> tuple[Series, ...]:
    """The lines of a quantity that has to do with a state; none while they are still to be measured."""
    game, traces = snapshot.game, snapshot.traces
    if game is None or (quantity in TRACED and not measured(snapshot)):
        return ()
    match quantity:
        case "relation":
            return tuple(_between(game, about, game.series, both=True))
        case "tension":
            return tuple(Series(each.id, each.title, tuple(game.tensions[each.id])) for each in game.disputes)
    return () if traces is None else tuple(_traced(quantity, about, attribute, game, traces))


def measured(snapshot: Snapshot) -> bool:
    """Whether what has to be measured has been, up to the last turn."""
    game, traces = snapshot.game, snapshot.traces
    return game is not None and traces is not None and traces.turn == len(game.series) - 1


def _traced(quantity: str, about: str, attribute: int, game: Game, traces: Traces) -> Iterator[Series]:
    match quantity:
        case "depth":
            yield from _between(game, about, traces.depth, both=False)
        case "trust":
            yield from _between(game, about, traces.trust, both=True)
        case "points":
            for number, state in enumerate(game.states):
                values = tuple(turn[number] for turn in traces.points)
                if state.plays and values[-1] is not None:
                    yield Series(state.id, state.name, values)
        case _:
            for number, state in enumerate(game.states):
                shown = tuple(turn[number][attribute] for turn in traces.attributes)
                yield Series(state.id, state.name, shown)


def _between(game: Game, about: str, tables: Sequence[Sequence[Sequence[float]]], *, both: bool) -> Iterator[Series]:
    """A quantity between one state and every other, towards it and from it."""
    here, own = game.index(about), game.state(about).name
    for there, other in enumerate(game.states):
        if there != here:
            yield Series(
                f"{other.id}>{about}",
                f"{other.name} → {own}" if both else f"{other.name} and {own}",
                tuple(table[there][here] for table in tables),
            )
            if both:
                yield Series(
                    f"{about}>{other.id}", f"{own} → {other.name}", tuple(table[here][there] for table in tables)
                )


def usual(quantity: str, about: str, given: Sequence[Series]) -> tuple[str, ...]:
    """The lines that a chart begins with: the greatest now, towards the state where there are two ways."""
    towards = [each for each in given if ">" not in each.key or each.key.endswith(f">{about}")]
    ranked = sorted(towards, key=lambda each: -abs(each.last))
    chosen = {each.key for each in ranked[: USUAL if quantity in PAIRED else MOST - 2]}
    return tuple(each.key for each in given if each.key in chosen)


GRAVE = frozenset({"crisis", "broken", "war"})
"""News that a chart marks more strongly than events."""


def grave_turns(game: Game) -> frozenset[int]:
    """The turns with a crisis, a broken word or war."""
    return frozenset(item.turn for item in game.record if item.topic in GRAVE)


def events_of(game: Game) -> Mapping[int, tuple[str, ...]]:
    """What made news in each turn: events, crises, broken words, wars."""
    found: dict[int, list[str]] = {}
    for item in game.record:
        if item.turn < len(game.series) and (item.kind == "event" or item.topic in GRAVE):
            found.setdefault(item.turn, []).append(item.text)
    return {turn: tuple(texts) for turn, texts in found.items()}
