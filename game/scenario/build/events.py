"""Events: what sets them off, who decides, what they change."""

from __future__ import annotations

from typing import Literal

from game.scenario import spec
from game.scenario.build import read_values
from game.scenario.build.conditions import Scope
from game.scenario.build.effects import Ground, cast_fits, effects_of
from game.scenario.build.read_values import (
    entry,
    number,
    optional_text,
    optional_truth,
    optional_whole,
    text,
    texts,
    truth,
)
from game.scenario.findings.finding import shown, suggestion
from game.scenario.schema.declarations import EVENT, OPTION
from game.scenario.schema.types import Number, Reference, is_turn
from game.scenario.spec import Span
from game.scenario.text.yaml_tree import Node

ADDED = {"decider": "the state that chooses", "options": "what it can do"}
TRIGGERS = EVENT.one_of


def event(name: str, node: Node, ground: Ground) -> spec.Event | None:
    """An event; None when nothing, or too much, sets it off."""
    trigger = _trigger(name, node, ground)
    if trigger is None or not (_decision_fits(name, node, ground) and _comment_fits(name, node, ground)):
        return None
    path = f"events.{name}"
    repeats = optional_truth(node, "repeats")
    return spec.Event(
        id=name,
        headline=text(node, "headline"),
        text=text(node, "text").strip(),
        trigger=trigger,
        when=read_values.conditions(node.entries.get("when"), Scope(ground.names), ground.report),
        chance=read_values.amount(node, "chance", EVENT, path),
        repeats=trigger.form == "mean_turns" if repeats is None else repeats,
        effects=effects_of(node.entries.get("effects"), f"{path}.effects", ground),
        decider=optional_text(node, "decider"),
        options=tuple(_option(key, each, path, ground) for key, each in entry(node, "options").entries.items()),
        sources=texts(node, "sources"),
        span=node.place,
        comment=truth(node, "comment", EVENT),
    )


def _comment_fits(name: str, node: Node, ground: Ground) -> bool:
    """A comment changes nothing."""
    changing = [key for key in ("effects", "options") if entry(node, key).entries]
    if truth(node, "comment", EVENT) and changing:
        message = f"{name!r} is a comment, and a comment changes nothing"
        help_ = f"drop {changing[0]!r}, or 'comment'"
        ground.report.add("S015", node.entries[changing[0]].place, message, help_)
        return False
    return True


def _option(name: str, node: Node, path: str, ground: Ground) -> spec.Option:
    effects = effects_of(node.entries.get("effects"), f"{path}.options.{name}.effects", ground)
    return spec.Option(name, text(node, "label"), number(node, "weight", OPTION), effects, node.place)


def _decision_fits(name: str, node: Node, ground: Ground) -> bool:
    given = [key for key in ("decider", "options") if key in node.entries]
    if len(given) == 1:
        other = "options" if given[0] == "decider" else "decider"
        ground.report.add(
            "S015",
            node.entries[given[0]].place,
            f"{name!r} has {given[0]!r} without {other!r}",
            f"add {other!r}: {ADDED[other]}",
        )
        return False
    return True


def _trigger(name: str, node: Node, ground: Ground) -> spec.Trigger | None:
    given = [key for key in TRIGGERS if key in node.entries]
    if len(given) != 1:
        said = "no trigger" if not given else "more than one trigger: " + ", ".join(given)
        help_ = "write one of at, after, mean_turns, window" if not given else f"keep one of {', '.join(given)}"
        place = node.entries[given[1]].place if given else node.place
        ground.report.add("S012", place, f"{name!r} has {said}", help_)
        return None
    form, value = given[0], node.entries[given[0]]
    if form == "at":
        return _made(
            "at", value.span, at=int(read_values.spread(value, "").first) if is_turn(value) else read_values.date(value)
        )
    if form == "mean_turns":
        return _made("mean_turns", value.span, mean_turns=read_values.spread(value, f"events.{name}.mean_turns"))
    if form == "window":
        window = read_values.spread(value, f"events.{name}.window")
        if window.first > window.second:
            ground.report.add("S037", value.span, "the window ends before it begins", "swap low and high")
            return None
        return _made("window", value.span, window=window)
    return _after(value, ground)


def _after(value: Node, ground: Ground) -> spec.Trigger | None:
    delay = value.entries.get("delay")
    if value.kind != "block" or ("event" in value.entries) == ("act" in value.entries):
        known = ("event", "act")
        stray = next((each for key, each in value.entries.items() if suggestion(key, known) and key not in known), None)
        if stray is not None and stray.key is not None and not value.entries.keys() & set(known):
            word = stray.key.text
            ground.report.add("S001", stray.place, f"unknown key {shown(word)} in 'after'", suggestion(word, known))
            return None
        help_ = "write {event: x} or {act: y}"
        if value.kind == "text" and value.text:
            help_ = f"write {{event: {value.text[:40]}}}"
        ground.report.add("S012", value.place, "'after' names one event or one act", help_)
        return None
    if delay is not None and not Number(0, 1200, whole=True).check(delay, ground.context):
        return None
    turns = optional_whole(value, "delay") or 0
    if "event" in value.entries:
        return _after_event(value, turns, ground)
    return _after_act(value, turns, ground)


def _after_event(value: Node, delay: int, ground: Ground) -> spec.Trigger | None:
    for key, each in value.entries.items():
        if key not in ("event", "delay"):
            help_ = suggestion(key, ("event", "delay")) or "it takes: event, delay"
            ground.report.add("S001", each.place, f"unknown key {shown(key)} in 'after'", help_)
            return None
    if not Reference("event").check(value.entries["event"], ground.context):
        return None
    return _made("after", value.place, after_event=text(value, "event"), delay=delay)


def _after_act(value: Node, delay: int, ground: Ground) -> spec.Trigger | None:
    if not Reference("act").check(value.entries["act"], ground.context):
        return None
    act = (ground.acts or {}).get(text(value, "act"))
    if act is None or not cast_fits(act, value, ("act", "delay"), ground, complete=False):
        return None
    actor, target = (optional_text(value, role.name) for role in act.roles)
    return _made("after", value.place, after_act=act.id, after_actor=actor, after_target=target, delay=delay)


def _made(
    form: Literal["at", "after", "mean_turns", "window"],
    span: Span,
    *,
    at: spec.Date | int | None = None,
    after_event: str | None = None,
    after_act: str | None = None,
    after_actor: str | None = None,
    after_target: str | None = None,
    delay: int = 0,
    mean_turns: spec.Spread | None = None,
    window: spec.Spread | None = None,
) -> spec.Trigger:
    return spec.Trigger(
        form=form,
        at=at,
        after_event=after_event,
        after_act=after_act,
        after_actor=after_actor,
        after_target=after_target,
        delay=delay,
        mean_turns=mean_turns,
        window=window,
        span=span,
    )
