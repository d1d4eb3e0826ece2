"""The scenario that `new` writes: small, complete, commented, and clean under the strictest check."""

from __future__ import annotations

from collections.abc import Iterator

PLACES = (
    "arda", "borea", "cestia", "doria", "elbia", "fenland", "galia", "hestia", "istria", "jovia", "kartia", "lumia",
)  # fmt: skip
"""The states of a new scenario, in order; authors rename them."""

FEWEST, MOST = 2, len(PLACES)

SCHEMA = "scenario-1.json"
"""The file by which editors check a new scenario: it lies beside it, so that it is found wherever the two are taken."""

COLOURS = (
    "#4a63bf", "#9a5d10", "#3b7d5c", "#a3475a", "#6d6a9c", "#8a8f3c",
    "#b5523b", "#5f9aa8", "#c2a14d", "#4a5b7a", "#9c7b6b", "#4f8a5b",
)  # fmt: skip

PERSONALITIES = ("hedger", "guardian", "revisionist", "trader", "balancer", "small_state")

HEAD = """\
# yaml-language-server: $schema={schema}
# {title}: a new scenario. Everything in it is an example: change what you like, one line at a time, and after each
# change ask what is wrong, where, and what to do:
#
#   realpolitik check {file}
#
# To see it played: realpolitik run {file} --seed 1
format: 1
id: {id}
title: {title}
summary: >-
  {count} states, one quarrel, and two years in which it can turn either way.
authors: [Your name]
license: CC-BY-4.0

# Where your numbers come from. Whatever has numbers names one of these under `sources`.
sources:
  invented: {{cite: "Invented as an example"}}

start: 2001-01
turn: quarter # week, month, quarter or year
turns: 8
orders: 2 # orders a state may give a turn
capital: {{income: 3, carry: 2}} # political capital: new each turn, and how much of it may be saved
catalogue: standard # what a state can do; `realpolitik acts` lists it

attributes: # what a state has; the standard acts know these names
  gdp: {{name: Output, unit: bn USD, min: 0}}
  military: {{name: Military strength, unit: index, min: 0, max: 100}}
  resolve: {{name: Resolve, unit: index, min: 0, max: 100, start: 50}}
power: military # what counts when states weigh each other
"""

STATE = """\
  {id}:
    name: {name}
    colour: "{colour}"
    personality: {personality}
    stats: {{gdp: {gdp}, military: {military}}}
    borders: [{borders}]
    sources: [invented]
"""

TAIL = """\

# What the first two quarrel about. Tension runs from 0 (calm) to 100 (force).
disputes:
  the_river:
    name: The river
    kind: territory
    held_by: {first}
    claimed_by: {second}
    recognised: {first}
    tension: 35
    sources: [invented]

# What they have promised each other. A pledge that is kept builds trust; one that is broken leaves a scar.
pledges:
  river_treaty:
    kind: no_attack # the kinds are the catalogue's; add your own under pledge_kinds:
    giver: {first}
    to: {second}
    turns: 12 # turns it still lasts
    sources: [invented]

# What happens to the states, whatever they do. One of `at`, `after`, `mean_turns` or `window` says when.
events:
  drought:
    headline: A dry summer leaves the river low
    mean_turns: 5 # on average once in five turns
    effects:
      {first} <-> {second}: {{mood: -4}} # moods fade within a few turns, memories within years
      the_river.tension: +3
    sources: [invented]
  dam_planned:
    headline: {first_name} draws up plans for a dam
    at: 3 # the third turn
    decider: {first} # the state that chooses
    options:
      build:
        label: Build it
        weight: 1 # how likely, beside what it gains
        effects:
          {second} -> {first}: {{memory: -10}}
          the_river.tension: +10
      divide:
        label: Offer to share the water
        weight: 1
        effects:
          {second} -> {first}: {{memory: +6}}
          the_river.tension: -5
    sources: [invented]

# What each state wants. The others see what is public.
objectives:
  {first}:
    public: [{{when: the_river.tension < 30, points: 30, label: The river is calm}}]
  {second}:
    public: [{{when: {first} -> {second} >= 10, points: 30, label: {first_name} is a friend}}]
    hidden: [{{when: {second}.military > {first}.military, points: 20, label: We are the stronger}}]

endings:
  war: {{when: [the_river.tension >= 100], text: Troops cross the river at dawn.}}

# What must stay true however it is played; tested by playing it many times.
expect:
  peace_is_possible: {{runs: 40, turns: 8, seed: 1, then: [share(ended(war)) < 50%]}}
"""


def scenario_text(identifier: str, states: int) -> str:
    """A whole scenario file with that many states, FEWEST to MOST."""
    names = PLACES[:states]
    words = identifier.replace("_", " ")
    title = words[:1].upper() + words[1:]
    head = HEAD.format(
        schema=SCHEMA, title=title, file=f"{identifier.replace('_', '-')}.yaml", id=identifier, count=states
    )
    first, second = names[:2]
    tail = TAIL.format(first=first, second=second, first_name=first.capitalize())
    return "\n".join([head, "states:", *_states(names), *_relations(names)]) + tail


def _states(names: tuple[str, ...]) -> Iterator[str]:
    for number, name in enumerate(names):
        beside = dict.fromkeys((names[number - 1], names[(number + 1) % len(names)]))
        numbers = {"gdp": 90 - 5 * number, "military": 45 - 2 * number}
        personality = PERSONALITIES[number % len(PERSONALITIES)]
        looks = {"name": name.capitalize(), "colour": COLOURS[number], "personality": personality}
        yield STATE.format(id=name, borders=", ".join(beside), **numbers, **looks).rstrip("\n")


def _relations(names: tuple[str, ...]) -> Iterator[str]:
    """The first two are at odds, neighbours are friendly, the rest indifferent and left out."""
    yield ""
    yield "# How they stand, from -100 (enmity) to +100 (alliance). `a <-> b` means both ways, `a -> b` one way only."
    yield "relations:"
    yield "  pairs:"
    yield f"    {names[0]} <-> {names[1]}: -25"
    for number in range(1, len(names)):
        following = names[(number + 1) % len(names)]
        if len(names) > 2:
            yield f"    {names[number]} <-> {following}: {40 - 5 * (number % 4)}"
