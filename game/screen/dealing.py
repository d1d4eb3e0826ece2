"""What lies on the table of a deal, and how it changes: each change clears what either side had agreed to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from game.play.commands import (
    Consider,
    Drop,
    Plan,
    Sound,
    Survey,
)
from game.play.snapshot import (
    Answer,
    Game,
    Option,
    Snapshot,
)
from game.screen.kit import fields as building
from game.screen.kit.fields import (
    Field,
    Open,
    Pick,
    Put,
    Room,
    Track,
)
from game.screen.messages import (
    Back,
    Click,
    Drag,
    Gripped,
    Key,
    Wheel,
)

OFFER_STEP = 0.25
MOST_OFFERED = 20.0
first = "act"
"""The control that has the focus when the scene opens."""


@dataclass(frozen=True, slots=True)
class Model:
    """What lies on the table; `asked` is what was last asked of the engine."""

    target: str | None = None
    act: str | None = None
    value: float | None = None
    side_payment: float = 0.0
    purpose: str | None = None
    pledge: str | None = None
    secret: bool = False
    room: Room = field(default_factory=lambda: Room(pane="Deals", over=first))
    asked: tuple[object, ...] = ()
    answer: Answer | None = None  # what was said to "what would it take?", kept while terms are tried out


@dataclass(frozen=True, slots=True)
class Planned:
    """Sign what lies on the table: it is planned, and the table left."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Ask what it would take, and for the most that can be asked."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Offer so much more political capital, or ask so much more where it is below 0."""

    step: float


@dataclass(frozen=True, slots=True)
class Sized:
    """Move the value by so many steps."""

    steps: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Put a package on the table in place of what lies there."""

    text: str


def keys(model: Model, snapshot: Snapshot) -> dict[str, Any]:
    """What the keys do here."""
    found: dict[str, Any] = {
        "end turn": Planned(), "why": Asked(), "zoom in": Sized(1), "zoom out": Sized(-1),
        "previous state": Offered(-OFFER_STEP), "next state": Offered(OFFER_STEP),
    }  # fmt: skip
    return {**found, "back": Open("")} if model.room.open else found


def update(model: Model, message: Any, snapshot: Snapshot) -> tuple[Model, tuple[Any, ...]]:
    """Change the terms: each change clears what either side had agreed to, and asks anew."""
    game = snapshot.game
    if game is None or game.side is None:
        return model, (message,) if isinstance(message, Back) else ()
    match message:
        case Planned():
            return model, planned(model, snapshot, game)
        case Asked() if option_of(model, snapshot) is not None:
            return replace(model, asked=()), (Sound(text_of(model, game), packages=True),)
    return _asking(_changed(model, message, snapshot, game), snapshot, game)


def _changed(model: Model, message: Any, snapshot: Snapshot, game: Game) -> Model:
    option = option_of(model, snapshot)
    match message:
        case Put(name, value):
            return _put(model, name, value)
        case Offered(step):
            return replace(model, side_payment=min(max(model.side_payment + step, -MOST_OFFERED), MOST_OFFERED))
        case Sized(steps) if option is not None:
            return _sized(model, option, steps)
        case Taken(text):
            return _taken(model, text)
        case Gripped(Track() as track, Click(x, _) | Drag(x, _, _, _)):
            return replace(model, value=track.value(x))
        case Gripped(Track(), Wheel(_, _, steps)) if option is not None:
            return _sized(model, option, round(steps))
        case Key(name) if name in ("up", "down", "left", "right"):
            return _keyed(model, name, snapshot, game)
    return replace(model, room=model.room.after(message))


def _keyed(model: Model, name: str, snapshot: Snapshot, game: Game) -> Model:
    """An arrow: another deal in their list, another value on the slider, another choice in a field."""
    over, step = model.room.over, 1 if name in ("down", "right") else -1
    option = option_of(model, snapshot)
    if name in ("up", "down"):
        found = building.neighbour(deals(model, snapshot), model.act, step) if over == "act" else None
        return model if found is None else _put(model, "act", found)
    if over == "value" and option is not None:
        return _sized(model, option, step)
    if over == "capital":
        return replace(
            model, side_payment=min(max(model.side_payment + step * OFFER_STEP, -MOST_OFFERED), MOST_OFFERED)
        )
    shown = next((each for each in fields(model, snapshot, game) if each.name == over), None)
    return model if shown is None else _put(model, shown.name, shown.beside(step).id)


def _sized(model: Model, option: Option, steps: int) -> Model:
    if option.unit is None:
        return model
    now, step = model.value if model.value is not None else option.usual, (option.high - option.low) / building.STEPS
    return replace(model, value=building.stepped(now + steps * step, option.low, option.high))


def _put(model: Model, name: str, value: str | None) -> Model:
    closed = replace(model.room, open="", follows=True)
    match name:
        case "target":
            return Model(value, model.act, room=closed)
        case "act" if value != model.act:
            return Model(model.target, value, room=closed)
        case "purpose":
            return replace(model, purpose=value, room=closed)
        case "pledge":
            return replace(model, pledge=value, room=closed)
        case "secret":
            return replace(model, secret=value is not None, room=closed)
    return replace(model, room=closed)


def _taken(model: Model, text: str) -> Model:
    """The terms of a package, read off the text of its order."""
    terms = text.partition(": ")[2].split()[2:]
    given = dict(term.split("=", 1) for term in terms if "=" in term)
    return replace(
        model,
        value=float(given["value"]) if "value" in given else None,
        side_payment=float(given.get("side_payment", 0.0)),
        purpose=given.get("purpose"),
        pledge=given.get("pledge"),
        secret="secret" in terms,
    )


def deals(model: Model, snapshot: Snapshot) -> tuple[Option, ...]:
    """The deals there are with the other state, those that may be offered first."""
    return building.ordered(snapshot.options.get(model.target or "", ()), "deal")


def option_of(model: Model, snapshot: Snapshot) -> Option | None:
    """The deal that is chosen."""
    return next((each for each in deals(model, snapshot) if each.act == model.act), None)


def text_of(model: Model, game: Game) -> str:
    """The deal as the text of an order."""
    terms = [f"value={model.value:.6g}"] if model.value is not None else []
    terms += [f"side_payment={model.side_payment:.6g}"] if model.side_payment else []
    terms += [f"{key}={name}" for key, name in (("purpose", model.purpose), ("pledge", model.pledge)) if name]
    return " ".join([f"{game.side}: {model.act} {model.target}", *terms, *(["secret"] if model.secret else [])])


def _asking(model: Model, snapshot: Snapshot, game: Game) -> tuple[Model, tuple[Any, ...]]:
    """The model with what may be filled in, and what has to be asked for it to be shown."""
    if model.target is None or model.target == game.side:
        model = replace(model, target=building.states(game, game.side)[0].id)
    found, plan = deals(model, snapshot), tuple(draft.text for draft in game.plan)
    if found and model.act not in [each.act for each in found]:
        model = Model(model.target, found[0].act, room=model.room)
    answer, text = snapshot.answer, text_of(model, game)
    if answer is not None and (answer.packages or answer.most or answer.blocker):
        model = replace(model, answer=answer)
    if not found:
        survey = ("survey", model.target, game.turn, plan)
        return (model, ()) if model.asked == survey else (replace(model, asked=survey), (Survey(model.target or ""),))
    known = answer is not None and answer.text == text and snapshot.preview is not None
    if (known and snapshot.preview is not None and snapshot.preview.text == text) or model.asked == (text, plan):
        return model, ()
    return replace(model, asked=(text, plan)), (Consider(text), Sound(text))


def answered(model: Model, snapshot: Snapshot, game: Game) -> Answer | None:
    """What the other side says to just what lies on the table; None where it has not been asked."""
    answer = snapshot.answer
    return answer if answer is not None and answer.text == text_of(model, game) else None


def advice_on(model: Model, snapshot: Snapshot, game: Game) -> Answer | None:
    """What it would take, and the most to ask, for the deal on the table."""
    start = f"{game.side}: {model.act} {model.target} "
    answer = model.answer
    return answer if answer is not None and f"{answer.text} ".startswith(start) else None


def replaced(model: Model, game: Game) -> int | None:
    """The planned order of the same kind towards the same state, which this one would replace."""
    start = f"{game.side}: {model.act} {model.target} "
    return next((n for n, draft in enumerate(game.plan) if f"{draft.text} ".startswith(start)), None)


def signed(model: Model, game: Game) -> bool:
    """Whether just what lies on the table is planned: this side has signed."""
    return any(draft.text == text_of(model, game) for draft in game.plan)


def problem_of(model: Model, snapshot: Snapshot, game: Game) -> str:
    """Why what lies on the table can't be planned; empty where it can."""
    preview = snapshot.preview
    if preview is None or preview.text != text_of(model, game):
        return "Waiting for an answer"
    if preview.problem:
        return preview.problem
    if signed(model, game):
        return "This is planned already"
    if replaced(model, game) is None and len(game.plan) >= game.slots:
        return f"All {game.slots} orders of this turn are planned; take one back first"
    return ""


def planned(model: Model, snapshot: Snapshot, game: Game) -> tuple[Any, ...]:
    """What puts the deal into the plan, in place of the order it was taken from; nothing while it has a fault."""
    if problem_of(model, snapshot, game):
        return ()
    old = replaced(model, game)
    return (*(() if old is None else (Drop(old),)), Plan(text_of(model, game)), Back())


def fields(model: Model, snapshot: Snapshot, game: Game) -> tuple[Field, ...]:
    """With whom, and the terms that are chosen from a list."""
    option = option_of(model, snapshot)
    found = [Field("target", "With whom", building.states(game, game.side), model.target, "Who is to agree")]
    pledges_given = tuple(Pick(each.id, each.title) for each in game.pledges)
    if pledges_given:
        hint = "A pledge that we give with the deal"
        found.append(Field("pledge", "Our pledge with it", (Pick(None, "None"), *pledges_given), model.pledge, hint))
    if option is not None and option.signs is not None and game.disputes:
        picks = (Pick(None, "None stated"), *(Pick(each.id, each.title) for each in game.disputes))
        found.append(Field("purpose", "Said to be for", picks, model.purpose, "What the agreement is said to be for"))
    if option is not None and option.secret:
        veils = (Pick(None, "In the open"), Pick("secret", "In secret", "it may come out"))
        chosen = "secret" if model.secret else None
        found.append(Field("secret", "How it is made", veils, chosen, "A secret deal stirs nobody until it comes out"))
    return tuple(found)
