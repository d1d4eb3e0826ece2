"""What differs between two scenarios, by meaning: not the lines, but what was added, taken away or changed to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, get_args

from game.scenario import spec
from game.scenario.build.sentences import sentence
from game.scenario.spec import Span

_LEFT_OUT = frozenset(
    ("span", "places", "text", "path", "flag_spans", "catalogue_hash", "inherited", "written", "leaves")
)
"""Where something is written, and what follows from the rest."""

_WHOLE = (spec.Spread, spec.Condition, spec.Date, Span, spec.ActEffect, spec.BreakEffect, spec.FlagEffect)
"""What is said as a whole."""

_MEMBERS = (spec.Option, spec.Role, spec.Objective, spec.Condition, *get_args(spec.Effect))
"""What lists are made of whose order means nothing."""

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: its path in the file, and what it was and is; None where there was nothing."""

    path: str
    was: str | None
    now: str | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        return "added" if self.was is None else "removed" if self.now is None else "changed"

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"{_SIGNS[self.kind]} {self.path}: {self.was} → {self.now}"
        return f"{_SIGNS[self.kind]} {self.path}: {self.was if self.now is None else self.now}"


def differences(before: spec.Scenario, after: spec.Scenario) -> tuple[Difference, ...]:
    """What differs, section by section. What comes from the catalogue counts like what the file says itself."""
    sections = [field.name for field in fields(spec.Scenario) if field.name not in _LEFT_OUT]
    return tuple(each for name in sections for each in _between(name, getattr(before, name), getattr(after, name)))


def _between(path: str, was: Any, now: Any) -> Iterator[Difference]:
    left, right = _parts(was), _parts(now)
    if left is not None and right is not None:
        for name in [*left, *(each for each in right if each not in left)]:
            old, new = left.get(name), right.get(name)
            # A condition says itself what it is.
            bare = not name or isinstance(old or new, spec.Condition)
            yield from _between(path if bare else f"{path}.{name}", old, new)
    elif said(was) != said(now):
        yield Difference(path, None if was is None else said(was), None if now is None else said(now))


def _parts(value: Any) -> dict[str, Any] | None:
    """What something is compared by: its entries, its fields, or its members by what they are about."""
    if isinstance(value, Mapping):
        return {_key(name): each for name, each in value.items()}
    if isinstance(value, spec.Relation):
        return {"": value.score}
    if isinstance(value, tuple) and all(isinstance(each, _MEMBERS) for each in value):
        return {_about(each): each for each in value}
    if isinstance(value, _WHOLE) or not is_dataclass(value) or isinstance(value, type):
        return None
    own = {"text"} if isinstance(value, spec.Act | spec.Event | spec.Ending) else set()
    named = [field.name for field in fields(value) if field.name not in _LEFT_OUT - own]
    return {name: getattr(value, name) for name in named}


def _about(member: Any) -> str:
    """What tells a member of a list from the others."""
    match member:
        case spec.Option():
            return member.id
        case spec.Role():
            return member.name
        case spec.Objective():
            return f"{'hidden' if member.hidden else 'public'}: {member.label}"
        case spec.Condition():
            return f"({sentence(member.node)})"
        case spec.RelationEffect():
            return f"({_party(member.source)} -> {_party(member.target)}: {member.memory})"
        case spec.AttributeEffect():
            return f"({_party(member.owner)}.{member.attribute})"
        case spec.TensionEffect():
            return f"({member.dispute}.tension)"
    return f"({said(member)})"


def _party(party: spec.Party) -> str:
    return " of ".join(filter(None, (party.selector, party.name)))


def _key(name: object) -> str:
    return " -> ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def said(value: Any) -> str:
    """A value as an author would write it, or in a sentence."""
    if isinstance(value, spec.Spread):
        return _spread(value)
    if isinstance(value, spec.Condition):
        return sentence(value.node)
    if isinstance(value, spec.Date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | list | frozenset):
        return ", ".join(map(said, value)) or "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{_key(name)} {said(each)}" for name, each in value.items()) or "nothing"
    if is_dataclass(value) and not isinstance(value, type):
        parts = [(field.name, getattr(value, field.name)) for field in fields(value)]
        shown = [
            f"{name} {said(each)}" for name, each in parts if name not in _LEFT_OUT | {"id", "path"} and _says(each)
        ]
        return ", ".join(shown) or type(value).__name__.lower()
    return str(value)


def _says(value: Any) -> bool:
    return value is not None and value is not False and value not in ((), "", {})


def _spread(value: spec.Spread) -> str:
    if value.form == "constant":
        return f"{value.first:g}"
    if value.form == "normal":
        return f"{value.first:g} ± {value.second:g}"
    if value.form == "triangle":
        return f"{value.first:g} to {value.third:g}, most likely {value.second:g}"
    return f"{value.first:g} to {value.second:g}"
