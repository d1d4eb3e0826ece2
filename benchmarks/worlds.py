"""Scenarios of any size to measure on: invented states in a ring, with disputes, agreements, events and objectives."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[str, float, float]
"""A state on the map: its code, and the longitude and latitude of its capital."""


def scenario_text(states: int, lines: int = 0, places: Sequence[Place] = ()) -> str:
    """A scenario of so many states; with `lines`, events are added until the file has that many lines.

    With `places` the states lie on the map.
    """
    names = [f"state_{number:02d}" for number in range(states)]
    parts = [
        "format: 1\nid: measured\ntitle: A ring of states\nsummary: For measuring only.\nstart: 2000-01\nturn: month",
        "turns: 240\norders: 3\ncapital: {income: 4, carry: 2}\ncatalogue: standard",
        "attributes:\n  military: {unit: index, min: 0, max: 100}\npower: military",
        "states:",
        *(_state(names, place, places[place] if places else None) for place in range(states)),
        "relations:\n  pairs:",
        *(
            f"    {first} <-> {second}: {(i * 37 + j * 53) % 161 - 80}"
            for i, first in enumerate(names)
            for j, second in enumerate(names)
            if i < j
        ),
        "disputes:",
        *(
            f"  quarrel_{place:02d}: {{name: Quarrel {place}, kind: security, "
            f"parties: [{names[place]}, {names[(place + 1) % states]}], tension: 40}}"
            for place in range(0, states, 4)
        ),
        "objectives:",
        *(
            f"  {name}: {{public: [{{when: {names[place - 1]} -> {name} >= 40, points: 30, label: A friend}}]}}"
            for place, name in enumerate(names)
        ),
    ]
    if places:
        parts.append("map:\n  shapes: region\n  view: {west: 0, south: 12, east: 80, north: 60}")
    text = "\n".join(parts) + "\n"
    return text + _events(names, lines - text.count("\n")) if lines else text


def _state(names: list[str], place: int, where: Place | None) -> str:
    following = names[(place + 1) % len(names)]
    military = 20 + (place * 29) % 70
    lies = ""
    if where is not None:
        code, longitude, latitude = where
        lies = f"codes: {{iso3: {code}}}, capital: {{name: City {place}, lat: {latitude:.2f}, lon: {longitude:.2f}}}, "
    return f"  {names[place]}: {{name: State {place}, {lies}stats: {{military: {military}}}, borders: [{following}]}}"


def _events(names: list[str], lines: int) -> str:
    """So many lines of events, six each, and comments for what is left."""
    parts = ["events:"]
    for number in range(max(lines - 1, 0) // 6):
        first, second = names[number % len(names)], names[(number + 1) % len(names)]
        parts.append(
            f"  event_{number:05d}:\n    headline: Event number {number}\n    mean_turns: 60\n"
            f"    when: [{first} -> {second} < 20]\n    effects:\n      {first} -> {second}: {{mood: -2}}"
        )
    parts.extend("# ..." for _ in range(max(lines - 1, 0) % 6))
    return "\n".join(parts) + "\n"
