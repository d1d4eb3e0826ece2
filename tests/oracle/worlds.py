"""Invented scenarios of two to twenty states that use whatever the format has: the games of the oracle beside ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

NAMES = (
    "ada", "bora", "cyra", "dena", "evra", "fara", "gora", "hela", "ilva", "jora",
    "kora", "lena", "mira", "nora", "orsa", "pera", "rusa", "sera", "tova", "ursa",
)  # fmt: skip
PERSONALITIES = ("balancer", "hedger", "revisionist", "encircled", "patron", "trader", "small_state", "outpost")
AGREEMENTS = ("defence_pact", "consultation", "trade", "energy", "arms_supply", "basing", "listening_post", "mediation",
        "sanctions", "training", "aid", "intelligence", "overflight")  # fmt: skip
PLEDGES = ("no_attack", "no_foreign_use", "no_basing", "non_aggression", "neutrality", "end_use", "defence")
SIZES = (2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 11, 12, 12, 14, 16, 18, 20)
"""How many states the invented worlds have."""


def invented(number: int) -> str:
    """The text of one invented world; the same for the same number wherever it is written."""
    chance = Random(number)
    names = NAMES[: SIZES[number % len(SIZES)]]
    valley, reactor = chance.sample(names, 2), chance.sample(names, 2)
    parts = (
        _head(chance), _states(chance, names), _relations(chance, names), _disputes(chance, names, valley, reactor),
        _agreements(chance, names), _acts(), _events(chance, names, valley[1], reactor[0]),
        _objectives(chance, names), _rules(chance),
    )  # fmt: skip
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(chance: Random) -> Iterator[str]:
    yield "format: 1\nid: invented\ntitle: Invented\nsummary: An invented world.\nstart: 2000-01"
    yield "turn: month\nturns: 24"
    yield f"orders: {chance.randint(1, 4)}\ncapital: {{income: {chance.randint(2, 7)}, carry: {chance.randint(0, 4)}}}"
    yield "catalogue: standard\nflags: [alarm, dusk]"
    yield "attributes:\n  military: {unit: index, min: 0, max: 100}\n  gdp: {unit: bn USD, min: 0}"
    yield "  resolve: {unit: index, min: 0, max: 100, start: 50}"
    yield f"power: {chance.choice(('military', '0.7 * military + 0.02 * gdp', 'military + 0.1 * resolve'))}"


def _states(chance: Random, names: tuple[str, ...]) -> Iterator[str]:
    yield "states:"
    for place, name in enumerate(names):
        military = chance.choice((f"{chance.randint(1, 90)}", "{mean: 40, sd: 8}", "{low: 10, mode: 30, high: 60}"))
        border = f", borders: [{names[place - 1]}]" if place and chance.random() < 0.7 else ""
        plays = ", plays: false" if len(names) > 3 and chance.random() < 0.1 else ""
        yield (
            f"  {name}: {{name: {name.title()}, personality: {chance.choice(PERSONALITIES)}, "
            f"stats: {{military: {military}, gdp: {chance.randint(10, 900)}}}{border}{plays}}}"
        )


def _relations(chance: Random, names: tuple[str, ...]) -> Iterator[str]:
    yield "relations:\n  pairs:"
    for first in names:
        for second in names:
            if first != second and chance.random() < 0.85:
                mean = chance.randint(-95, 95)
                yield f"    {first} -> {second}: " + (
                    f"{{mean: {mean}, sd: 7}}" if chance.random() < 0.2 else f"{mean}"
                )


def _disputes(chance: Random, names: tuple[str, ...], valley: Sequence[str], reactor: Sequence[str]) -> Iterator[str]:
    yield "disputes:"
    one, other = valley
    yield (
        f"  valley: {{name: The valley, kind: territory, held_by: {one}, claimed_by: {other}, "
        f"recognised: {other}, stake: 1.5, tension: {chance.randint(20, 99)}}}"
    )
    one, other = reactor
    heat = chance.randint(0, 99)
    yield f"  reactor: {{name: The reactor, kind: security, parties: [{one}, {other}], tension: {heat}}}"
    if len(names) > 4:
        one, other = chance.sample(names, 2)
        yield f"  canal: {{name: The canal, kind: territory, held_by: {one}, claimed_by: {other}, tension: 84}}"


def _agreements(chance: Random, names: tuple[str, ...]) -> Iterator[str]:
    yield "agreements:"
    for place, kind in enumerate(chance.sample(AGREEMENTS, min(len(names), 8))):
        one, other = chance.sample(names, 2)
        turns = "" if chance.random() < 0.4 else f", turns: {chance.randint(1, 9)}"
        purpose = ", purpose: reactor" if chance.random() < 0.3 else ""
        volume = chance.randint(1, 3)
        yield f"  bond_{place}: {{kind: {kind}, members: [{one}, {other}], volume: {volume}{turns}{purpose}}}"
    yield "pledges:"
    for place, kind in enumerate(chance.sample(PLEDGES, min(len(names), 5))):
        one, other = chance.sample(names, 2)
        yield f"  word_{place}: {{kind: {kind}, giver: {one}, to: {other}, turns: {chance.randint(1, 20)}}}"
    one, other = chance.sample(names, 2)
    yield f"trust:\n  {one} -> {other}: {{kept: {chance.randint(0, 6)}, broken: {chance.randint(0, 3)}}}"


def _acts() -> Iterator[str]:
    yield """\
agreement_kinds:
  convoy: {name: Convoy, mutual: false, giver: 4, receiver: 6, commitment: 0.3, delivers: {military: 1}, every: 3,
    dependence: 0.7, intrusion: 0.4, doc: Crates.}
  league: {name: League, mutual: true, worth: 6, commitment: 0.9, guarantee: 0.8, settles: true, doc: A league.}
pledge_kinds:
  quiet: {name: Quiet, turns: 9, breach: ["did(giver -> rivals of holder: praise)"], verifiable: 0.6,
    reliability: 0.7, gravity: 9, shelters: 0.4, doc: No kind word for the rivals of another.}
acts:
  smuggle:
    name: Smuggle
    kind: deal
    roles: {seller: any, buyer: any}
    text: "{seller} smuggles arms to {buyer}"
    terms: {value: {unit: crates, low: 1, high: 4, usual: 2}, turns: 7, secrecy: true}
    cost: 1
    cooldown: 2
    signs: convoy
    pledges: {buyer: quiet}
    effects:
      buyer -> seller: {memory: 9, mood: 3}
      seller -> buyer: {memory: {mean: 5, sd: 1}}
      rivals of seller -> buyer: {memory: -10}
      neighbours of buyer -> seller: {mood: -4}
      seller -> rivals of buyer: {mood: -1}
      ada -> seller: {mood: -0.5}
      buyer.military: 4
      reactor.tension: 5
      dispute.tension: 2
    refused:
      seller -> buyer: {mood: -3}
    personality: {deceptiveness: 0.6, risk_tolerance: 0.2}
    weight: 0.6
    doc: Arms by night.
  join:
    name: Join
    kind: deal
    roles: {founder: any, member: any}
    text: "{founder} asks {member} into the league"
    terms: {turns: 12}
    requires: [founder -> member >= 10, "trust(member -> founder) > 0.3", none: ["crisis(valley)"]]
    cost: 2
    cooldown: 3
    signs: league
    effects:
      founder <-> member: {memory: 6}
      others -> founder: {mood: -0.5}
    weight: 0.8
    doc: A league for all.
  drop:
    name: Drop
    kind: deed
    roles: {actor: any, target: any}
    text: "{actor} drops {target}"
    requires: ["pact(actor <-> target)"]
    cost: 1
    cooldown: 1
    breaks: all
    effects:
      target -> actor: {mood: -3, scar: -2}
    weight: -0.5
    doc: No more of it.
  snub:
    name: Snub
    kind: statement
    roles: {speaker: any, target: any}
    text: "{speaker} snubs {target}"
    requires: [any: [speaker.military > 0.4 * target.military, "did(others -> speaker: snub)", turn >= 4]]
    cost: 0.5
    cooldown: 2
    effects:
      target -> speaker: {mood: -2}
      subject -> speaker: {mood: 1}
      friends of target -> speaker: {mood: -1}
    weight: -0.3
    doc: A cold shoulder."""


def _events(chance: Random, names: tuple[str, ...], claimant: str, party: str) -> Iterator[str]:
    a, b = chance.sample(names, 2)
    c, d = chance.sample(names, 2)
    yield f"""\
events:
  whispers: {{headline: Whispers, mean_turns: 3, repeats: true, effects: {{rumour: {{members: [{a}, {b}]}}}}}}
  papers: {{headline: Papers, window: {{low: 3, high: 9}}, effects: {{reveal: {{members: [{c}, {d}]}}}}}}
  showdown: {{headline: A showdown, mean_turns: 4, when: [valley.tension > 30],
    effects: {{crisis: {{dispute: valley, rung: 2}}}}}}
  query: {{headline: A query, at: 2, effects: {{crisis: {{dispute: reactor, rung: 0}}}}}}
  comment: {{headline: An analyst doubts it, at: 2, comment: true}}
  alarm: {{headline: Alarm, mean_turns: {{mean: 4, sd: 1}}, when: [{a} -> {b} < 40], chance: 80%,
    effects: {{flag: {{alarm: true}}, {c} -> {d}: {{mood: {{mean: -4, sd: 1}}}},
      neighbours of {a} -> {b}: {{memory: -2}}, {a}.military: {{set: 55}}, reactor.tension: 3}}}}
  echo: {{headline: An echo, after: {{event: alarm, delay: 1}}, repeats: true, when: ["flag(alarm)"],
    effects: {{flag: {{alarm: false, dusk: true}}, others -> {a}: {{mood: 1}}, {a}.military: -2}}}}
  thanks: {{headline: Thanks, after: {{act: praise}}, repeats: true, chance: 50%,
    effects: {{act: {{act: praise, speaker: {a}, target: {b}}}}}}}
  night: {{headline: A night, at: 3,
    effects: {{sign: {{act: smuggle, seller: {c}, buyer: {d}, secret: true, value: 3}}}}}}
  rift: {{headline: A rift, at: 7, effects: {{break: {{kind: all, members: [{a}, {b}]}}}}}}
  oath: {{headline: An oath, at: 4, effects: {{pledge: {{kind: no_attack, giver: {d}, to: {c}, turns: 5}}}}}}
  fork:
    headline: A fork
    at: 5
    decider: {c}
    options:
      left: {{label: Left, weight: 2, effects: {{{c} -> {d}: {{memory: 5}}, {d}.gdp: 9}}}}
      right: {{label: Right, weight: 1, effects: {{{c} -> {d}: {{memory: -5}}, reactor.tension: {{set: 70}}}}}}
      out: {{label: Out, weight: 0.5, effects: {{reveal: {{members: [{a}, {b}]}}, flag: {{dusk: true}}}}}}"""
    taking = f"{{dispute: reactor, state: {a}, side: {party}}}"
    yield f"  treaty: {{headline: A treaty, at: 8, effects: {{recognise: {taking}, {a}.resolve: 5}}}}"
    cession = f"cede: {{dispute: valley, to: {claimant}}}"
    yield f"  handover: {{headline: A handover, at: 10, chance: 30%, effects: {{{cession}}}}}"
    yield f"""\
  shipment: {{headline: A shipment, at: 1, effects: {{act: {{act: arms_package, seller: {a}, buyer: {b}, value: 1}}}}}}
  stop: {{headline: A stop, at: 4, effects: {{act: {{act: suspend_deliveries, seller: {a}, buyer: {b}}}}}}}
  again: {{headline: Again, at: 8, chance: 50%,
    effects: {{act: {{act: resume_deliveries, seller: {a}, buyer: {b}}}}}}}
  raid: {{headline: A raid, at: 6, chance: 40%, effects: {{act: {{act: limited_strike, attacker: {c}, target: {d}}}}}}}
  flashpoint: {{headline: A flashpoint, at: 5, effects: {{crisis: {{dispute: valley, rung: 4}}}}}}"""
    if chance.random() < 0.3:
        yield "  blaze: {headline: It burns, at: 9, effects: {crisis: {dispute: reactor, rung: 6}}}"


def _objectives(chance: Random, names: tuple[str, ...]) -> Iterator[str]:
    yield "objectives:"
    for name in chance.sample(names, min(len(names), 8)):
        other, third = chance.choice([each for each in names if each != name]), chance.choice(names)
        objectives = [
            f"{{when: {other} -> {name} >= {chance.randint(-40, 80)}, points: 20, label: A friend}}",
            f"{{when: {third}.military < {chance.randint(20, 80)}, points: 10, label: No arms}}",
            f"{{when: valley.tension < {chance.randint(10, 70)}, points: 15, label: Quiet}}",
            f"{{when: \"pact({name} <-> {other})\", points: 10, label: A pact}}",
            f"{{when: \"depth({name} <-> {other}) > 5\", points: 5, label: A deep one}}",
        ]  # fmt: skip
        chosen = chance.sample(objectives, chance.randint(1, 3))
        yield f"  {name}: {{public: [{chosen[0]}], hidden: [{', '.join(chosen[1:])}]}}"
    yield 'endings:\n  peace: {when: [valley.tension < 2, "happened(rift)"], text: Peace.}'
    yield "  ruin: {when: [turn >= 14, reactor.tension >= 99], text: Ruin.}"


def _rules(chance: Random) -> Iterator[str]:
    yield f"""\
parameters:
  balance: {{coupling: {chance.choice((0.2, 0.35, 0.9, 2.0))}}}
  secrecy: {{rate: {chance.choice((0.0, 0.03, 0.3))}, proof: 0.5}}
  acts: {{strength: {chance.choice((1, 1, 0.8))}, onlookers: {chance.choice((1, 1.3))}}}
  reasoner: {{threshold: {chance.choice((0, 0.15))}, horizon: {chance.choice((3, 6))}}}
  crises: {{accident: {chance.choice((0.02, 0.15))}}}"""
