"""What an act is worth to a party, written down a second time: one pair, one act, plain numbers, after docs/model.md.

Nothing here shares a line with the matrices of the reasoner, so that where the two agree both are what the document
says. Of a position it takes relations, capabilities and the peril of force as given; these have tests of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from math import sqrt

import numpy as np

from game.kernel.compiled.workspaces import setting_for
from game.kernel.declare import Floats
from game.kernel.numerics import snap
from game.kernel.records import one_world
from game.kernel.world import (
    APPEASE,
    COERCE,
    COURT,
    HEDGE,
    ISOLATE,
    RUMOURED,
    Board,
    World,
    start_world,
)
from game.measures.information import open_world
from game.measures.relations import relations
from game.submodels.conflict import peril
from game.submodels.dependence import dependence
from game.testing import triad

ACTOR, TARGET = 0, 1
STATEMENT, DEAL, DEED = range(3)

STATES = """\
states:
  arda: {name: Arda, personality: bold, stats: {military: 60, treasury: 40}, borders: [borea]}
  borea: {name: Borea, stats: {military: 45, treasury: 20}, borders: [arda, cestia]}
  cestia: {name: Cestia, personality: sly, stats: {military: 20, treasury: 70}, borders: [borea, dara]}
  dara: {name: Dara, stats: {military: 30, treasury: 5}, borders: [cestia]}"""

TABLE = """\
relations:
  table: |
    from\\to  arda  borea  cestia  dara
    arda        .     60     -40    -70
    borea      50      .     -20     15
    cestia    -60    -30       .     80
    dara      -55     25      85      ."""

SECTIONS = {
    "states": STATES,
    "relations": TABLE,
    "attributes": """\
attributes:
  military: {unit: index, min: 0, max: 100}
  treasury: {unit: bn, min: 0, max: 80}""",
    "power": "power: 0.5 * military",
    "personalities": """\
personalities:
  bold: {assertiveness: 0.9, trustfulness: 0.3, risk_tolerance: 0.8, deceptiveness: 0.2, domestic_focus: 0.8,
         rationality: 2, doc: Bold.}
  sly: {assertiveness: 0.2, trustfulness: 0.6, risk_tolerance: 0.4, deceptiveness: 0.9, rationality: 1, doc: Sly.}""",
    "disputes": """\
disputes:
  islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 40, stake: 2}
  pass: {name: The pass, kind: territory, held_by: dara, claimed_by: arda, tension: 20, stake: 1}
  canal: {name: The canal, kind: security, parties: [borea, dara], tension: 55}""",
    "pledge_kinds": """\
pledge_kinds:
  restraint:
    name: Restraint
    turns: 12
    breach:
      any:
        - "did(giver -> cestia: scorn)"
        - "did(giver -> friends of holder: subsidise)"
        - "did(giver -> rivals of giver: praise)"
        - "did(giver -> neighbours of dara: visit)"
        - "did(holder -> giver: concert)"
        - none: ["did(giver -> holder: mobilise)"]
    reliability: 0.6
    gravity: 14
    shelters: 0.25
    doc: Restraint in all directions.""",
    "agreement_kinds": """\
agreement_kinds:
  entente: {name: Entente, mutual: true, giver: 5, receiver: 5, commitment: 0.85, doc: Nearly a pact.}
  pipeline: {name: Pipeline, mutual: false, giver: 1, receiver: 1, commitment: 0.1, dependence: 0.8, doc: Gas.}""",
    "agreements": """\
agreements:
  old_friends: {kind: defence_pact, members: [arda, borea]}
  crates: {kind: arms_supply, members: [borea, arda]}
  bloc: {kind: defence_pact, members: [cestia, dara]}
  understanding: {kind: entente, members: [borea, dara]}
  gas: {kind: pipeline, members: [borea, cestia]}""",
    "acts": """\
acts:
  subsidise:
    name: Subsidise
    kind: deal
    roles: {giver: any, taker: any}
    text: "{giver} subsidises {taker}"
    terms: {value: {unit: bn, low: 1, high: 9, usual: 4}, turns: 12}
    cost: 2
    weight: 6
    effects:
      taker -> giver: {memory: 6, mood: 2}
      rivals of taker -> giver: {memory: -4}
      friends of giver -> taker: {mood: 3}
      neighbours of giver -> giver: {memory: -2}
      dara -> taker: {memory: 5}
      taker.treasury: 6
      giver.treasury: -3
      giver.military: 2
      islet.tension: -4
    doc: Money.
  scorn:
    name: Scorn
    kind: statement
    roles: {speaker: any, other: any}
    text: "{speaker} scorns {other}"
    weight: -4
    effects:
      other -> speaker: {mood: -9, scar: -3}
      speaker -> other: {mood: -2}
      friends of other -> speaker: {mood: -5}
      others -> speaker: {mood: -1}
      canal.tension: 6
    doc: Hard words.
  broker:
    name: Broker
    kind: deal
    roles: {broker: any, party: any}
    text: "{broker} mediates for {party}"
    terms: {turns: 12, secrecy: true}
    cost: 1
    weight: 2
    signs: mediation
    effects: {party -> broker: {memory: 2}}
    doc: Good offices, in secret if they like.
  concert:
    name: Concert
    kind: deal
    roles: {one: any, other: any}
    text: "{one} and {other} act in concert"
    terms: {turns: 12, secrecy: true}
    cost: 1
    weight: 4
    signs: entente
    effects: {one <-> other: {memory: 3}}
    doc: An entente, in secret if they like.
  sell_land:
    name: Sell land
    kind: deal
    roles: {holder: any, claimant: any}
    text: "{holder} sells {claimant} what both claim"
    cost: 1
    weight: 3
    cedes: true
    effects: {claimant -> holder: {memory: 3}}
    doc: Land for money.
""",
}
"""What makes the triad a peninsula of four, with an act that has every kind of effect."""

OBJECTIVES = (
    ("arda", 60.0, ">=", (("borea", "arda", 1.0), ("cestia", "arda", -0.5)), 40.0),
    ("borea", 40.0, "<=", (("arda", "cestia", 1.0),), -10.0),
    ("cestia", 50.0, ">", (("dara", "borea", 2.0),), 10.0),
    ("dara", 30.0, "<", (("cestia", "arda", 1.0),), -20.0),
)
"""Objectives over relations: whose, points, comparison, coefficients of regard, threshold."""

OTHER_OBJECTIVES = (("arda", 20.0, "<", "islet.tension", 30.0), ("cestia", 35.0, ">=", "arda.treasury", 50.0),
               ("borea", 25.0, "<", "canal.tension", 40.0), ("borea", 45.0, ">=", "borea.treasury", 30.0))  # fmt: skip


def _times(factor: float, quantity: str) -> str:
    """A product or, below one, a quotient."""
    return f"{factor:g} * {quantity}" if factor >= 1.0 else f"{quantity} / {1.0 / factor:g}"


def objectives() -> str:
    """The goals as a scenario has them."""
    lines: dict[str, list[str]] = {}
    for state, points, sign, parts, threshold in OBJECTIVES:
        left = " ".join(f"{'-' if factor < 0 else '+'} {_times(abs(factor), f'({one} -> {two})')}"
                        for one, two, factor in parts)  # fmt: skip
        lines.setdefault(state, []).append(f"{{when: '{left.removeprefix('+ ')} {sign} {threshold:g}', "
                                           f"points: {points:g}, label: A wish}}")  # fmt: skip
    for state, points, sign, name, threshold in OTHER_OBJECTIVES:
        lines.setdefault(state, []).append(f"{{when: '{name} {sign} {threshold:g}', points: {points:g}, label: More}}")
    return "objectives:\n" + "\n".join(f"  {state}: {{public: [{', '.join(each)}]}}" for state, each in lines.items())


def peninsula(**sections: str):
    """The peninsula, compiled; sections may be replaced."""
    return triad(**{**SECTIONS, "objectives": objectives(), **sections})


def stirred(board: Board, seed: int, *, secrets: bool = True) -> World:
    """A position with a past: moods, pauses, pledges, records, suspensions, postures and, where asked, secrets."""
    chance, world = np.random.default_rng(seed), start_world(board)
    states = len(board.states)
    apart = ~np.eye(states, dtype=bool)

    def some(array, share, values):
        return np.where((chance.random(array.shape) < share) & apart, chance.choice(values, array.shape), array)

    secrecy = world.secrecy
    if secrets:
        secrecy = some(world.secrecy, 0.08, np.array([1, 2, 3, 4, 5], dtype=np.int16))
        secrecy[0, board.acts.secrets.index(board.acts.act("arms_package")), 1, 0] = 1
        # Between two nothing is denied, but one thing is rumoured.
        secrecy[0, :, 1, 3] = secrecy[0, :, 3, 1] = 0
        secrecy[0, 0, 1, 3] = RUMOURED
        secrecy[0, board.acts.secrets.index(board.acts.act("concert")), 1, 3] = 1
    agreements = some(world.agreements, 0.15, np.array([6], dtype=np.int16))
    for kind in np.flatnonzero(board.agreements.mutual):
        agreements[:, kind] = np.maximum(agreements[:, kind], np.swapaxes(agreements[:, kind], -1, -2))
    both = chance.random(agreements.shape) < 0.3
    kept = world.kept + apart * chance.integers(0, 3, world.kept.shape)
    pledges = some(world.pledges, 0.25, np.array([4], dtype=np.int16))
    hidden = some(world.hidden, 0.3, np.arange(-9.0, 9.0, 0.5)) if secrets else world.hidden.copy()
    for one, other in ((0, 2), (2, 0), (3, 1)):
        hidden[0, 1, one, other] += 8.0 * secrets
    hidden[0, board.recent, 1, 0] -= 6.0 * secrets
    suspended = (agreements > 0) & both & np.swapaxes(both, -1, -2)
    attributes = world.attributes + chance.integers(-4, 5, world.attributes.shape)
    if seed % 2 == 0:
        # The only tie between two is suspended, and one has grown beyond the greatest at the start.
        suspended[0, board.agreements.names.index("pipeline"), 1, 2] = True
        attributes[0, 0, 0] += 30.0
    return replace(
        world,
        memories=some(world.memories, 0.6, np.arange(-14.0, 12.0, 0.5)),
        hidden=hidden,
        concealed=world.concealed + chance.integers(0, 9, world.concealed.shape) * (1.0 if secrets else 0.0),
        attributes=attributes,
        cooldown=some(world.cooldown, 0.2, np.array([2], dtype=np.int16)),
        agreements=agreements,
        volume=np.where(agreements > 0, 1.0, 0.0),
        suspended=suspended,
        pledges=pledges,
        solemnity=np.where(pledges > 0, chance.choice([1.0, 1.5], pledges.shape), 0.0),
        private_pledge=(pledges > 0) & (chance.random(pledges.shape) < 0.4) & secrets,
        kept=kept,
        broken=world.broken + apart * chance.integers(0, 3, world.broken.shape),
        suspicion=some(world.suspicion, 0.7, np.arange(-8.0, 20.0, 0.5)),
        secrecy=secrecy,
        posture=some(world.posture, 0.9, np.arange(5, dtype=np.int16)),
        holder=np.array([[2, 3, -1]], dtype=np.int16) if seed % 2 else world.holder,
    )


AFFINITY = {COURT: (0.5, 1.0, 0.5), HEDGE: (0.0, 0.0, 0.0), ISOLATE: (-0.5, -1.0, -0.5), COERCE: (-0.5, -0.5, -1.0),
            APPEASE: (1.0, 0.5, 1.0)}  # fmt: skip


def bent(value: float) -> float:
    """σ."""
    return value / sqrt(1.0 + value * value)


def once(method: Callable[..., object]) -> Callable[..., object]:
    """Work a number of a position out once."""

    @wraps(method)
    def found(plain, *asked):
        key = (method.__name__, *asked)
        if key not in plain.known:
            plain.known[key] = method(plain, *asked)
        return plain.known[key]

    return found


@dataclass(frozen=True)
class Put:
    """How an act is ordered: its value over the usual one, what of it others hear, and what goes with it."""

    scale: float = 1.0
    leak: float = 1.0
    purpose: int | None = None
    side_payment: float = 0.0
    pledge: int | None = None


@dataclass(frozen=True, eq=False)
class Plain:
    """The scores of a position with one replica. `foreseen`: as the proposer of a deal may foresee its target's."""

    board: Board
    world: World
    horizon: int = 6
    foreseen: bool = False
    known: dict[tuple[object, ...], object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        public = open_world(self.board, self.world)
        object.__setattr__(self, "public", public)
        object.__setattr__(self, "true", relations(self.board, self.world)[0])
        object.__setattr__(self, "shown", relations(self.board, public)[0])
        object.__setattr__(self, "dreaded", np.zeros_like(self.shown))
        peril(setting_for(self.board, 0), one_world(public, 0), self.shown, self.dreaded)

    # ---- what the two parties know of whom

    def around(self) -> World:
        """Where what a party has with third states is taken from."""
        return self.public if self.foreseen else self.world

    def relation(self, one: int, other: int, pair: tuple[int, int]) -> float:
        """How one regards another, to a party of a pair: what is its own as it is."""
        own = pair[0] in (one, other)
        theirs = {one, other} == set(pair)
        table = self.true if theirs or (own and not self.foreseen) else self.shown
        return float(table[one, other]) / 100.0

    def mood(self, one: int, other: int, pair: tuple[int, int]) -> float:
        world = self.world if {one, other} == set(pair) else self.around()
        return float(world.memories[0, self.board.recent, one, other] + world.hidden[0, self.board.recent, one, other])

    @once
    def credit(self, one: int, other: int) -> float:
        """How much more than usual the word of another counts with one: Beta counts over the published share."""
        kept, broken = float(self.world.kept[0, one, other]), float(self.world.broken[0, one, other])
        return (4.0 * self.usual + kept) / (4.0 + kept + broken) / self.usual

    @property
    def usual(self) -> float:
        """The published share of pledges that is honoured."""
        shares = self.board.pledges.reliability
        return float(sum(shares)) / len(shares)

    def wary(self, one: int, other: int) -> float:
        return max(float(self.world.suspicion[0, one, other]), 0.0) / 100.0

    def capability(self, state: int) -> float:
        power = 0.5 * float(self.public.attributes[0, state, 0])
        return min(max(power / float(self.board.power_scale[0]), 0.0), 4.0)

    @once
    def agreement(self, one: int, other: int, pair: tuple[int, int]) -> float:
        world = self.world if {one, other} == set(pair) else self.around()
        return max(
            [
                float(self.board.agreements.commitment[kind])
                for kind in range(len(self.board.agreements.names))
                for giver, taker in ((one, other), (other, one))
                if world.agreements[0, kind, giver, taker] > 0 and not world.suspended[0, kind, giver, taker]
            ],
            default=0.0,
        )

    # ---- concerns

    def offence(self, own: int, by: int, pair: tuple[int, int]) -> float:
        return 1.0 + min(max(-self.mood(by, own, pair), 0.0) / 5.0, 4.0)

    @once
    def minds(self, own: int, by: int, pair: tuple[int, int]) -> float:
        """How much it minds what somebody thinks of it."""
        if own == by:
            return 0.0
        warmth = 0.25 * self.capability(by) + 0.75 * max(0.0, self.relation(own, by, pair))
        return warmth * (1.0 - self.relation(by, own, pair)) * self.offence(own, by, pair)

    @once
    def exposed(self, own: int, to: int, pair: tuple[int, int]) -> float:
        """How much it minds somebody for its safety."""
        if own == to:
            return 0.0
        hostile = float(self.board.reach[to, own]) * (1.0 - self.relation(to, own, pair)) / 2.0
        return self.capability(to) * hostile * self.offence(own, to, pair)

    @once
    def threat(self, own: int, pair: tuple[int, int]) -> float:
        """The threat it lives under, to the first of a pair; of the other what shows."""
        found = 0.0
        for by in range(len(self.board.states)):
            if by != own:
                table = self.true if own == pair[0] and not self.foreseen else self.shown
                hostile = max(0.0, -float(table[by, own]) / 100.0)
                found += hostile * float(self.board.reach[by, own]) * self.capability(by)
        return min(found, 4.0)

    def graded(self, selector: int, by: int, of: int) -> float:
        """How much somebody is a rival, friend, neighbour of, or other than, a party, or a state that is named."""
        if by == of:
            return 0.0
        share = float(self.shown[by, of]) / 100.0
        known = (max(-share, 0.0), max(share, 0.0), float(self.board.borders[by, of]), 1.0)
        if selector < len(known):
            return known[selector]
        return float(self.board.acts.named[selector - len(known)] == by)

    # ---- what an act does

    def lasting(self, effects: Floats) -> float:
        """Impulses to the memories, averaged over the turns ahead, in shares of the scale."""
        turns = range(1, self.horizon + 1)
        return sum(
            float(effect) * sum(float(factor) ** turn for turn in turns) / self.horizon / 100.0
            for effect, factor in zip(effects, self.board.memories.factors, strict=True)
        )

    def moves(self, act: int, actor: int, target: int, put: Put) -> list[tuple[int, int, float]]:
        """(who, whom, by how much) of every regard that an act moves."""
        acts, parties = self.board.acts, (actor, target)
        found = [(target, actor, self.lasting(acts.direct[0, act, :, 0]) * put.scale),
                 (actor, target, self.lasting(acts.direct[0, act, :, 1]) * put.scale)]  # fmt: skip
        for by in range(len(self.board.states)):
            if by not in parties:
                for selector, place, whom, amount in self.seen_by_others(act):
                    heard = put.scale * put.leak * self.heard(by, actor, target, put.purpose)
                    found.append((by, parties[whom], amount * self.graded(selector, by, parties[place]) * heard))
        return found

    def heard(self, by: int, actor: int, target: int, purpose: int | None) -> float:
        """How much more or less an onlooker makes of an agreement with a purpose: twice by half, by its trust."""
        if purpose is None:
            return 1.0
        opposed = self.board.opposed[purpose]
        if opposed[actor, by] or opposed[target, by]:
            return 1.5
        kept, broken = float(self.world.kept[0, by, target]), float(self.world.broken[0, by, target])
        return 1.0 - 0.5 * (4.0 * self.usual + kept) / (4.0 + kept + broken)

    @once
    def seen_by_others(self, act: int) -> list[tuple[int, int, int, float]]:
        """What an act moves in onlookers: (selector, of which party, their regard of which party, by how much)."""
        onlook = self.board.acts.onlook[0, act]
        cells = np.argwhere(onlook.any(axis=0)).tolist()
        return [(*cell, self.lasting(onlook[:, *cell])) for cell in cells]

    @once
    def gains(self, act: int, side: int) -> Floats:
        """What an act and the agreement it leaves add to the attributes of a side `[Q]`."""
        acts, agreements = self.board.acts, self.board.agreements
        kind = int(acts.signs[act])
        found = acts.attributes[0, act, :, side].astype(float)
        if kind >= 0 and (side == TARGET or agreements.mutual[kind]):
            found = found + agreements.delivers[0, kind] * min(self.horizon, int(acts.turns[act]))
        return found

    @once
    def slope(self, own: int) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float], dict[int, float]]:
        """What its objectives gain by a regard, by an attribute of a state, by a tension."""
        board = self.board
        relations_of: dict[tuple[int, int], float] = {}
        attributes: dict[tuple[int, int], float] = {}
        tensions: dict[int, float] = {}

        def urgency(points: float, sign: str, margin: float) -> float:
            way = 1.0 if ">" in sign else -1.0
            return way * points / 100.0 * (1.0 - bent(way * margin / 20.0)) / 2.0

        table = self.shown if self.foreseen else np.where(_touching(len(board.states), own), self.true, self.shown)
        for state, points, sign, parts, threshold in OBJECTIVES:
            if board.state(state) == own:
                pairs = [(board.state(one), board.state(two), each) for one, two, each in parts]
                margin = sum(each * float(table[one, two]) for one, two, each in pairs) - threshold
                for one, two, each in pairs:
                    relations_of[one, two] = relations_of.get((one, two), 0.0) + each * urgency(points, sign, margin)
        names = [each.name for each in board.disputes]
        for state, points, sign, name, threshold in OTHER_OBJECTIVES:
            if board.state(state) != own:
                continue
            first, second = name.split(".")
            if second == "tension":
                place = names.index(first)
                tensions[place] = urgency(points, sign, float(self.world.tension[0, place]) - threshold)
            else:
                whose, which = board.state(first), board.attributes.names.index(second)
                held = float(self.public.attributes[0, whose, which])
                if whose == own and not self.foreseen:
                    held = min(held + float(self.world.concealed[0, own, which]), float(board.attributes.high[which]))
                attributes[whose, which] = urgency(points, sign, held - threshold)
        return relations_of, attributes, tensions

    # ---- the terms

    def terms(self, act: int, actor: int, target: int, role: int, put: Put | None = None) -> dict[str, float]:
        """The terms for the actor or the target of an act, each before the weight that parameters give it."""
        put = Put() if put is None else put
        acts = self.board.acts
        own, other = (actor, target) if role == ACTOR else (target, actor)
        pair = (own, other)
        score = float(acts.weight[act])
        tone = np.sign(score) * (1.0 + abs(score)) / 2.0
        believed = self.credit(other, own) if acts.credible[act] and role == ACTOR else 1.0
        said = [(by, whom, amount * believed if by == other and whom == own else amount)
                for by, whom, amount in self.moves(act, actor, target, put)]  # fmt: skip
        doubted = self.rumoured(own, other)
        given = self.pledge(put.pledge, actor, target)
        hidden = 2.0 * float(self.board.personalities.sliders["deceptiveness"][own]) - 1.0
        return {
            "objectives": self.objectives(act, said, own, actor, target, put),
            "standing": sum(self.minds(own, by, pair) * amount for by, whom, amount in said if whom == own)
            + self.relieved(act, role, pair)
            - (float(acts.discloses[act]) * self.hushed(pair) if role == ACTOR and doubted else 0.0)
            + given["standing"] * (role == ACTOR),
            "security": sum(self.exposed(own, by, pair) * amount for by, whom, amount in said if whom == own)
            + self.safety(act, role, pair, put)
            + given["security"] * (role == TARGET),
            "congruence": self.relation(own, other, pair) * tone,
            "reciprocity": min(max(self.mood(own, other, pair) / 20.0, -1.0), 1.0) * tone,
            "balance": self.balance(pair) * tone,
            "material": self.material(act, role, pair, put),
            "cost": (-float(acts.cost[act]) - put.side_payment if role == ACTOR else put.side_payment)
            / self.board.income,
            "commitment": self.commitment(act, role, pair, doubted) + given["commitment"] * (role == ACTOR),
            "fatigue": -abs(tone) * self.lately(own, other),
            "posture": AFFINITY[int(self.world.posture[0, own, other])][int(acts.kind[act])] * tone,
            "personality": sum(
                (2.0 * float(self.board.personalities.sliders[name][own]) - 1.0) * float(acts.personality[act, column])
                for column, name in enumerate(acts.sliders)
            )
            + hidden * (role == ACTOR and put.leak < 1.0),
        }

    def pledge(self, kind: int | None, giver: int, holder: int) -> dict[str, float]:
        """What a pledge that goes with a deal is worth: safety to its holder, relief and freedom to its giver."""
        if kind is None:
            return {"security": 0.0, "standing": 0.0, "commitment": 0.0}
        kinds, pair = self.board.pledges, (holder, giver)
        solemn = float(self.world.solemnity[0, kind, giver, holder])
        fresh = (2.0 - solemn) / 2.0 if solemn > 0.0 else 1.0
        honest, gravity = float(kinds.reliability[kind]), float(kinds.gravity[kind]) / 100.0
        shelters = float(kinds.shelters[kind])
        safe = gravity * (0.2 + self.exposed(holder, giver, pair)) + shelters * self.wary(holder, giver)
        relief = shelters * self.credit(holder, giver) * self.wary(holder, giver)
        freedom = 0.25 + max(0.0, -self.relation(giver, holder, pair))
        return {
            "security": fresh * honest * self.credit(holder, giver) * safe,
            "standing": fresh * honest * relief * self.minds(giver, holder, (giver, holder)),
            "commitment": -fresh * gravity * freedom,
        }

    def objectives(
        self, act: int, said: list[tuple[int, int, float]], own: int, actor: int, target: int, put: Put
    ) -> float:
        relations_of, attributes, tensions = self.slope(own)
        found = sum(relations_of.get((by, whom), 0.0) * amount for by, whom, amount in said)
        for side, party in ((ACTOR, actor), (TARGET, target)):
            for which, amount in enumerate(self.gains(act, side)):
                found += attributes.get((party, which), 0.0) * float(amount) * put.scale / 100.0
        acts = self.board.acts
        for place, slope in tensions.items():
            opposed = float(self.board.opposed[place, actor, target])
            moved = float(acts.tension[0, act, place]) + opposed * float(acts.opposed[0, act])
            found += slope * moved * put.scale * put.leak / 100.0
        return found

    def relieved(self, act: int, role: int, pair: tuple[int, int]) -> float:
        """The suspicion that a pledge one gives takes away."""
        own, other = pair
        kind, kinds = int(self.board.acts.pledges[act, role]), self.board.pledges
        if kind < 0:
            return 0.0
        worth = self.credit(other, own) * self.wary(other, own) * self.minds(own, other, pair)
        return float(kinds.reliability[kind] * kinds.shelters[kind]) * worth

    def rumoured(self, one: int, other: int) -> bool:
        pair = self.world.secrecy[0, :, [one, other], [other, one]]
        return bool((pair >= RUMOURED).any())

    @once
    def hushed(self, pair: tuple[int, int]) -> float:
        """What there is to hush up: rivals of the other who would believe a denial."""
        own, other = pair
        return 0.1 * sum(
            self.minds(own, by, pair) * min(self.credit(by, own), 2.0) * self.graded(0, by, other)
            for by in range(len(self.board.states))
        )

    def safety(self, act: int, role: int, pair: tuple[int, int], put: Put) -> float:
        """Power, protection, pledges received, and the peril of force."""
        own, other = pair
        board, acts, kinds = self.board, self.board.acts, self.board.pledges
        power = put.scale * 0.5 / float(board.power_scale[0])
        mine, theirs = (float(self.gains(act, side)[0]) * power for side in (role, 1 - role))
        back = self.relation(other, own, pair)
        alarm = float(board.reach[other, own]) * (min(back, 0.0) + 0.25 * max(back, 0.0))
        found = mine * self.threat(own, pair) + theirs * alarm
        signed = int(acts.signs[act])
        if signed >= 0:
            shield = min(self.threat(own, pair), 1.0) * self.capability(other)
            shield *= 0.2 + max(self.relation(own, other, pair), 0.0)
            burden = 0.3 * min(self.threat(other, pair), 1.0)
            found += 0.08 * float(board.agreements.commitment[signed]) * (shield - burden)
        kind = int(acts.pledges[act, 1 - role])
        if kind >= 0:
            safe = float(kinds.gravity[kind]) / 100.0 * (0.2 + self.exposed(own, other, pair))
            safe += float(kinds.shelters[kind]) * self.wary(own, other)
            found += self.credit(own, other) * float(kinds.reliability[kind]) * safe
        if acts.force[act] and role == ACTOR:
            found -= float(self.dreaded[own, other])
        return found

    @once
    def balance(self, pair: tuple[int, int]) -> float:
        own, other = pair
        states = range(len(self.board.states))
        found = sum(self.relation(own, by, pair) * float(self.shown[by, other]) / 100.0 for by in states if by != own)
        return found / (len(states) - 2)

    def material(self, act: int, role: int, pair: tuple[int, int], put: Put) -> float:
        own, other = pair
        board, acts, agreements = self.board, self.board.acts, self.board.agreements
        found = put.scale * float(self.gains(act, role)[1]) / float(board.attributes.high[1])
        signed = int(acts.signs[act])
        if signed >= 0:
            gives = role == ACTOR or agreements.mutual[signed]
            found += float((agreements.giver if gives else agreements.receiver)[signed]) / 100.0
        if acts.cedes[act]:
            loser = own if role == ACTOR else other
            stakes = sum(
                dispute.stake
                for place, dispute in enumerate(board.disputes)
                if set(dispute.parties) == set(pair) and int(self.world.holder[0, place]) == loser
            )
            found += -stakes if role == ACTOR else stakes
        return found

    def commitment(self, act: int, role: int, pair: tuple[int, int], doubted: bool) -> float:
        own, other = pair
        board, acts = self.board, self.board.acts
        missed = dependence(setting_for(board, 0), one_world(self.around(), 0), own, other)
        found = max(self.agreement(own, other, pair), missed) * min(float(acts.weight[act]), 0.0)
        if (signed := int(acts.signs[act])) >= 0:
            strain = sum(
                self.agreement(own, by, (own, -1) if self.foreseen else pair)
                * max(0.0, -float(self.shown[by, other]) / 100)
                for by in range(len(board.states))
                if by != own
            )
            found -= min(strain, 1.0) * float(board.agreements.commitment[signed])
        if (kind := int(acts.pledges[act, role])) >= 0:
            freedom = 0.25 + max(0.0, -self.relation(own, other, pair))
            found -= float(board.pledges.gravity[kind]) / 100.0 * freedom
        found -= self.broken(act, role, pair)
        if acts.discloses[act] < 0 and role == ACTOR and doubted:
            others = [by for by in range(len(board.states)) if by != own]
            found -= 0.25 * sum(self.credit(by, own) for by in others) / len(others)
        return found

    def broken(self, act: int, role: int, pair: tuple[int, int]) -> float:
        """What an act breaks of one's word; nobody is a neighbour, rival or friend here but by what shows."""
        own, other = pair
        world, kinds, found = self.around(), self.board.pledges, 0.0
        for kind in range(len(kinds.names)):
            for whom in broken_towards(kinds.breach[kind], self.board.acts.names[act], role):
                for holder in range(len(self.board.states)):
                    if world.pledges[0, kind, own, holder] > 0 and self.meant(whom, own, holder, other):
                        solemn = float(world.solemnity[0, kind, own, holder])
                        found += 4.0 * float(kinds.gravity[kind]) / 100.0 * solemn * self.credit(holder, own)
        return found

    def meant(self, whom: object, giver: int, holder: int, other: int) -> bool:
        """Whether a breach means the other party."""
        if isinstance(whom, str):
            return other == (holder if whom == "target" else self.board.state(whom))
        if whom.selector == "others":
            return other != holder
        one = {"target": holder, "actor": giver}.get(whom.name, -1)
        if one < 0:
            one = self.board.state(whom.name)
        if whom.selector == "neighbours":
            return bool(self.board.borders[one, other])
        share = float(self.shown[other, one])
        return share <= -20.0 if whom.selector == "rivals" else share >= 20.0

    @once
    def lately(self, own: int, other: int) -> float:
        size = [0.25 + abs(float(weight)) for weight in self.board.acts.weight]
        done = [sum(each for act, each in enumerate(size) if self.world.cooldown[0, act, one, two] > 0)
                for one, two in ((own, other), (other, own))]  # fmt: skip
        return done[0] + done[1] / 2.0

    def veto(self, act: int, own: int, proposer: int) -> int:
        """1 + the ally that forbids a state to accept a deal, 0 where none does."""
        signed = int(self.board.acts.signs[act])
        if signed < 0 or self.board.agreements.commitment[signed] < 0.5:
            return 0
        pair = (own, -1)
        hostile = [
            (-float(self.shown[by, proposer]), -by)
            for by in range(len(self.board.states))
            if by != own and self.agreement(own, by, pair) >= 0.8 and self.shown[by, proposer] < -50.0
        ]
        return 1 - max(hostile)[1] if hostile else 0


def _touching(states: int, own: int):
    mask = np.zeros((states, states), dtype=bool)
    mask[own] = mask[:, own] = True
    return mask


def broken_towards(condition, act: str, role: int) -> set:
    """Towards whom an act breaks a pledge when its giver is actor or target, by the acts that its breach names."""
    if hasattr(condition, "act") and hasattr(condition, "first"):
        if condition.act != act:
            return set()
        sides = (condition.first, condition.second) if role == ACTOR else (condition.second, condition.first)
        return {sides[1]} if sides[0] == "actor" else set()
    if getattr(condition, "mode", "none") == "none":
        return set()
    return set().union(*(broken_towards(each, act, role) for each in condition.members))


def snapped(world: World) -> World:
    """The same world, with what a test has set put on the grid of the engine."""
    return replace(world, memories=snap(world.memories), hidden=snap(world.hidden))
