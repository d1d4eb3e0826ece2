"""What a file says of the map: whether there are such outlines, and whether the views make sense.

An unknown outline keeps nothing from running; the state or the area is just not drawn, which is easily overlooked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from game.files import asset_path
from game.scenario.build.read_values import EMPTY, Site, entry, text
from game.scenario.findings.finding import shown, suggestion
from game.scenario.schema.types import number_of
from game.scenario.text.yaml_tree import Node

MAPS = ("region",)
"""The maps that come with the game, as `shapes` names them."""

DATA_SETS = ("iso3", "cow")
"""The codes that the game, and the data sets it is compared with, look up."""

_SIDES = (("west", "east"), ("south", "north"))


@dataclass(frozen=True, slots=True)
class Outlines:
    """The codes of the states that a map can draw, and the names of its disputed areas."""

    codes: frozenset[str]
    areas: frozenset[str]
    named: Mapping[str, str]  # codes by the name of their state in small letters


@cache
def outlines() -> Outlines:
    """Those of the map that comes with the game."""
    objects = json.loads(asset_path("maps", "region.json").read_text(encoding="utf-8"))["objects"]
    states, areas = ([part["properties"] for part in objects[layer]["geometries"]] for layer in ("states", "disputed"))
    named = {each["name"].casefold(): each["id"] for each in states}
    return Outlines(frozenset(named.values()), frozenset(each["id"] for each in areas), named)


def judge_map(node: Node, states: Iterable[tuple[str, Node]], disputes: Iterable[tuple[str, Node]], site: Site) -> None:
    """Report outlines that do not exist, and views whose edges are exchanged or that leave a capital out."""
    shapes = entry(node, "shapes")
    if shapes is not EMPTY and _stem(shapes.text) not in MAPS:
        help_ = suggestion(shapes.text, MAPS) or f"the map that comes with the game is called {MAPS[0]!r}"
        site.report.add("R004", shapes.span, f"no map is called {shown(shapes.text)}", help_)
    views = [("the view", entry(node, "view"))]
    views += [(f"the inset {shown(name)}", each) for name, each in entry(node, "insets").entries.items()]
    for name, view in views:
        _edges(name, view, site)
    for name, state in states:
        _codes(name, state, site)
        _capital(name, state, entry(node, "view"), site)
    for _, dispute in disputes:
        _area(dispute, site)


def _stem(name: str) -> str:
    return name.removesuffix(".json").removesuffix(".geo")


def _edges(name: str, view: Node, site: Site) -> None:
    for low, high in _SIDES:
        if {low, high} <= view.entries.keys():
            first, second = (number_of(view.entries[side]) for side in (low, high))
            if first >= second:
                where = "east of" if low == "west" else "north of"
                where = where if first > second else "on"
                message = f"the {low} edge of {name} lies {where} its {high} edge"
                site.report.add("S037", view.entries[low].span, message, f"swap {low} and {high}")


def _codes(name: str, state: Node, site: Site) -> None:
    codes = entry(state, "codes").entries
    for key, each in codes.items():
        near = suggestion(key, [known for known in DATA_SETS if known not in codes])
        if key not in DATA_SETS and near is not None:
            site.report.add("L021", each.place, f"no data set is called {shown(key)}", near)
    code = codes.get("iso3")
    if code is None or entry(state, "off_map").value is True or code.text in outlines().codes:
        return
    near = _near_code(code.text, text(state, "name", name))
    help_ = near or "write the code of an outline, or off_map: true"
    site.report.add("R004", code.span, f"no outline of the map has the code {shown(code.text)}", help_)


def _near_code(code: str, name: str) -> str | None:
    """The code of the map that was meant: in capitals, or with its letters in another order, or nearly the same."""
    known = sorted(outlines().codes)
    upper = code.upper()[:20]
    exact = upper if upper in known else outlines().named.get(code.casefold()) or outlines().named.get(name.casefold())
    ordered = next((each for each in known if sorted(each) == sorted(upper)), None)
    near = exact or ordered or next(iter(get_close_matches(upper, known, 1, 0.6)), None)
    return f"did you mean {near!r}?" if near else None


def _capital(name: str, state: Node, view: Node, site: Site) -> None:
    city = state.entries.get("capital_city")
    if city is None or not view.entries or entry(state, "off_map").value is True:
        return
    if text(entry(state, "codes"), "iso3") in outlines().codes:
        return  # it is seen by its outline, wherever its capital lies
    edges = {side: number_of(node) for side, node in view.entries.items()}
    if edges["west"] >= edges["east"] or edges["south"] >= edges["north"]:
        return
    lat, lon = (number_of(entry(city, key)) for key in ("lat", "lon"))
    across = lon if lon >= edges["west"] else lon + 360
    if edges["south"] <= lat <= edges["north"] and edges["west"] <= across <= edges["east"]:
        return
    place = f"{lat:g}, {lon:g}"
    swapped = edges["south"] <= lon <= edges["north"] and edges["west"] <= lat <= edges["east"]
    help_ = "swap lat and lon" if swapped else "widen the view, or write off_map: true"
    site.report.add("L022", city.place, f"the capital of {shown(name)} ({place}) lies outside the map's view", help_)


def _area(dispute: Node, site: Site) -> None:
    shape = dispute.entries.get("shape")
    if shape is None or _stem(shape.text) in outlines().areas:
        return
    known: Mapping[str, None] = dict.fromkeys(sorted(outlines().areas))
    help_ = suggestion(shape.text, known) or f"there are {', '.join(_listed(known))}"
    site.report.add("R004", shape.span, f"no area of the map is called {shown(shape.text)}", help_)


def _listed(names: Iterable[str]) -> Iterator[str]:
    return iter(sorted(names))
