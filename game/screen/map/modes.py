"""What each way to show the map says of a state: a tint, and a pill that says the same in signs and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.play.snapshot import DisputeView, Game, StateCard, colour
from game.screen.kit import theme
from game.screen.kit.theme import Colour
from game.screen.map.model import (
    Model,
    centre_of,
    drawn_as_graph,
    mode_of,
    moved_by,
    relation_at,
)

RISES, FALLS, SAME = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}", "\N{BULLET}"
PALE = colour("#f5f1ea")
STRENGTH, TRUST, SHARED = colour("#5a3d8a"), colour("#1f6f6b"), colour("#24408e")
TIMES = 6.0
"""How much stronger than relations their changes are coloured: most are of a few points."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A state's tint, and the words on its pill; none where there is nothing to say."""

    tint: Colour
    text: str = ""


def marks(model: Model, game: Game, share: float) -> Mapping[str, Mark]:
    """What is said of every state; `share` is how far the last turn has come to be shown."""
    mode = "relations" if drawn_as_graph(model, game) and mode_of(model, game) == "graph" else mode_of(model, game)
    centre = centre_of(model, game)
    found = {}
    for state in game.states:
        if state.id == centre and mode in ("relations", "change", "agreements", "knowledge"):
            found[state.id] = Mark(theme.CENTRE)
        else:
            found[state.id] = _mark(mode, model, game, state, centre, share)
    return found


def _mark(mode: str, model: Model, game: Game, state: StateCard, centre: str, share: float) -> Mark:
    match mode:
        case "agreements":
            depth = game.depth[game.index(state.id)][game.index(centre)]
            return Mark(theme.mixed(PALE, SHARED, min(depth / 100, 1.0) * 0.75), f"{depth:.0f}" if depth >= 1 else "")
        case "claims":
            return _taking_sides(dispute_of(model, game), game, state)
        case "arms":
            return _gauged(model, game, state)
        case "knowledge":
            trust = game.trust[game.index(state.id)][game.index(centre)]
            return Mark(theme.mixed(PALE, TRUST, min(max(trust, 0.0), 1.0) * 0.8), f"{100 * trust:.0f}")
        case "change":
            moved = moved_by(game, state.id, centre)
            return Mark(theme.tint(moved * TIMES), arrow(moved) if abs(moved) >= 0.5 else "")
        case _:
            return Mark(theme.tint(relation_at(game, state.id, centre, share)), relation_text(game, state.id, centre))


def relation_text(game: Game, first: str, second: str) -> str:
    """A relation in sign and number, and how it has changed in the last turn."""
    moved = moved_by(game, first, second)
    change = f"  {arrow(moved)}" if abs(moved) >= 0.5 else ""
    return f"{signed(game.relation(first, second))}{change}"


def signed(value: float) -> str:
    """A relation as the sign of its band and a number: `▲ +34`."""
    return f"{theme.band(value).glyph} {_number(value)}"


def arrow(moved: float) -> str:
    """A change as an arrow and a number: `▲3`."""
    return f"{RISES if moved > 0 else FALLS if moved < 0 else SAME}{abs(round(moved))}"


def _number(value: float) -> str:
    whole = round(value)
    return f"\N{MINUS SIGN}{-whole}" if whole < 0 else f"+{whole}" if whole > 0 else "0"


def dispute_of(model: Model, game: Game) -> DisputeView | None:
    """The dispute that is looked at: the chosen one, else the tensest of the state in the middle, else of all."""
    centre = centre_of(model, game)
    chosen = [each for each in game.disputes if each.id == model.dispute]
    own = [each for each in game.disputes if centre in each.parties]
    found = chosen or sorted(own or game.disputes, key=lambda each: -each.tension)
    return found[0] if found else None


def _taking_sides(dispute: DisputeView | None, game: Game, state: StateCard) -> Mark:
    if dispute is None:
        return Mark(PALE)
    side = dispute.recognition.get(state.id, 0.0)
    if state.id == dispute.holder:
        return Mark(theme.tint(100 * side), "holds it")
    if state.id in dispute.parties:
        return Mark(theme.tint(100 * side), "claims it" if state.id == dispute.claimant else "party")
    backed = dispute.parties[0 if side < 0 else 1]
    return Mark(theme.tint(55 * side), f"with {game.state(backed).name}" if abs(side) >= 0.25 else "")


def measure_of(model: Model, game: Game) -> int:
    """The number of the attribute that is shown: the chosen one, else what counts as power."""
    if model.measure is not None and model.measure < len(game.states[0].attributes):
        return model.measure
    return game.power[0] if game.power else 0


def most_of(game: Game, number: int) -> float:
    """The largest value of an attribute."""
    return max((state.attributes[number][1] for state in game.states if state.attributes), default=0.0)


def _gauged(model: Model, game: Game, state: StateCard) -> Mark:
    number = measure_of(model, game)
    if number >= len(state.attributes):
        return Mark(PALE)
    value, most = state.attributes[number][1], most_of(game, number)
    share = value / most if most > 0 else 0.0
    return Mark(theme.mixed(PALE, STRENGTH, 0.85 * max(share, 0.0) ** 0.6), f"{value:,.0f}")
