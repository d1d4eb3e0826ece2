"""The rules and the reasoner as a plain Mesa model: agents with dictionaries, loops in Python. The base of every ratio.

It is written as the Mesa tutorials teach it: one agent a state, `agents.do` and `agents.shuffle_do` for the stages of a
turn, a `DataCollector`. What is asked more than once a turn is worked out once a turn. The numbers of the catalogue and
the weights of the acts come from the compiled scenario, as tables that a user would have written down; every formula is
worked out here.

It plays: relations as baseline, agreements and memories; what acts do to their parties and to graded onlookers; costs,
pauses, requirements, refusals; agreements signed, renewed, broken and run out; balance of triads; fading; political
capital; postures; and a reasoner that scores every legal act towards every other state by goals, standing, security,
congruence, reciprocity, balance, material, cost, commitment, fatigue, posture and personality, foresees answers,
chooses slot by slot with noise, and answers proposals with noise.

It leaves out, each of which the engine does for every turn that is measured, so that ratios against it are too low:
secrets and what others may know; pledges, credit and trust; suspicion; disputes, tensions and crises; events, endings,
goals over anything but one relation; attributes and what agreements deliver to them, dependence; spreads of acts; the
value, the purpose, the secrecy, the audience and the office of orders; capital offered with a deal; vetoes of allies;
the acts that confirm, deny, suspend, resume, cede or use force; draws that belong to their place; the exact grid; and a
ledger that explains every change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import mesa
import numpy as np

from game.kernel.catalogue import ALL_KINDS, DEAL, NONE
from game.kernel.conditions import (
    ACTOR,
    Border,
    Comparison,
    Condition,
    Group,
    Number,
    Pact,
    Relation,
)
from game.kernel.world import (
    FOREVER,
    HEDGE,
    POSTURES,
    Board,
)
from game.parameters import with_values
from game.policies.reasoner.utility_weights import AFFINITY, Tables, tables
from game.rules.posture import AFFINITY as POSTURE_AFFINITY
from game.scenario.compile import compiled
from game.scenario.spec import Scenario

Test = Callable[["State", str], bool]
"""Whether an act may be done by a state to another."""

COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


@dataclass
class Act:
    """One act of the catalogue, as a table row."""

    name: str
    number: int
    cost: float
    cooldown: int
    is_deal: bool
    tone: float
    size: float
    tiring: float
    signs: int
    turns: int
    breaks: int
    actors: set[str]
    targets: set[str]
    tests: list[Test]
    actor_weights: list[tuple[int, float]]
    target_weights: list[tuple[int, float]]
    effects: dict[bool, list[tuple[int, float, float]]] = field(default_factory=dict)
    onlookers: dict[bool, list[tuple[int, int, int, int, float]]] = field(default_factory=dict)


@dataclass
class Objective:
    """That one state regards another at least, or at most, so much."""

    first: str
    second: str
    sign: float
    threshold: float
    weight: float


class State(mesa.Agent):
    """A state, with what it remembers of the others."""

    def __init__(self, model: Region, name: str) -> None:
        super().__init__(model)
        self.name = name
        self.others: list[str] = []
        self.power = 0.0
        self.rationality = 1.0
        self.reach: dict[str, float] = {}
        self.borders: set[str] = set()
        self.baseline: dict[str, float] = {}
        self.opening_pull: dict[str, float] = {}
        self.personality: list[float] = []
        self.objectives: list[Objective] = []
        self.interests: dict[str, tuple[float, float]] = {}
        self.memory: dict[str, list[float]] = {}
        self.impulse: dict[str, list[float]] = {}
        self.agreements: dict[tuple[int, str], int] = {}
        self.pauses: dict[tuple[int, str], int] = {}
        self.posture: dict[str, int] = {}
        self.capital = 0.0
        self.share: dict[str, float] = {}
        self.orders: list[tuple[Act, str]] = []
        self.slope: dict[tuple[str, str], float] = {}
        self.concern: dict[str, tuple[float, float]] = {}
        self.bound: dict[str, float] = {}
        self.done_lately: dict[str, float] = {}
        self.threat = 0.0
        self.features: dict[str, list[float]] = {}

    # ---- what it makes of the others

    def relation(self, other: str) -> float:
        """How it regards another, -100 to 100."""
        worth = 0.0
        for (kind, receiver), turns in self.agreements.items():
            if receiver == other and turns > 0:
                worth += self.model.giver[kind]
        for (kind, receiver), turns in self.model.states[other].agreements.items():
            if receiver == self.name and turns > 0:
                worth += self.model.receiver[kind]
        return max(-100.0, min(100.0, self.baseline[other] + worth + sum(self.memory[other])))

    def look(self) -> None:
        """Take note of how it regards everybody."""
        self.share = {other: self.model.rounded(self.relation(other) / 100.0) for other in self.others}
        self.features = {}

    def graded(self, other: str) -> tuple[float, float, float, float]:
        """How much it is a rival, a friend, a neighbour and another of somebody."""
        share = self.share[other]
        return max(-share, 0.0), max(share, 0.0), 1.0 if other in self.borders else 0.0, 1.0

    def ponder(self) -> None:
        """Work out what all its scores have in common."""
        model = self.model
        states, recent = model.states, model.recent
        self.slope = {}
        for objective in self.objectives:
            gap = 100.0 * states[objective.first].share[objective.second] - objective.threshold
            z = objective.sign * gap / 20.0
            urgency = objective.sign * objective.weight * (1.0 - z / math.sqrt(1.0 + z * z)) / 2.0
            self.slope[objective.first, objective.second] = (
                self.slope.get((objective.first, objective.second), 0.0) + urgency
            )
        self.threat = 0.0
        for other in self.others:
            back = states[other].share[self.name]
            self.threat += max(0.0, -back) * states[other].reach[self.name] * states[other].power
            offence = 1.0 + min(max(-states[other].memory[self.name][recent], 0.0) / 5.0, 4.0)
            standing = (states[other].power * 0.25 + max(self.share[other], 0.0) * 0.75) * (1.0 - back) * offence
            exposure = states[other].power * states[other].reach[self.name] * (1.0 - back) / 2.0 * offence
            self.concern[other] = standing, exposure
        self.threat = min(self.threat, 4.0)
        self.bound = dict.fromkeys(self.others, 0.0)
        for (kind, receiver), turns in self.agreements.items():
            if turns > 0:
                self.bound[receiver] = max(self.bound[receiver], model.commitment[kind])
        self.done_lately = dict.fromkeys(self.others, 0.0)
        for (act, target), turns in self.pauses.items():
            if turns > 0:
                self.done_lately[target] += model.acts[act].size

    def towards(self, other: str) -> list[float]:
        """The features of its scores towards another, worked out when they are first asked for."""
        found = self.features.get(other)
        if found is None:
            found = self.features[other] = self._towards(other)
        return found

    def _towards(self, other: str) -> list[float]:
        model, states, weight = self.model, self.model.states, self.model.weight
        me, slope, place = self.name, self.slope, self.model.place
        them = states[other]
        share, back = self.share[other], them.share[me]
        found = [0.0] * model.columns
        objectives, standing, security = place["objectives"], place["standing"], place["security"]
        found[objectives] = slope.get((me, other), 0.0) * weight["objectives"]
        found[objectives + 1] = slope.get((other, me), 0.0) * weight["objectives"]
        found[standing] = self.concern[other][0] * weight["standing"]
        found[security] = self.concern[other][1] * weight["security"]
        mutual_friends = 0.0
        strain = 0.0
        for third in self.others:
            if third == other:
                continue
            onlooker = states[third]
            mutual_friends += self.share[third] * onlooker.share[other]
            strain += max(self.bound[third], onlooker.bound[me]) * max(0.0, -onlooker.share[other])
            mine, theirs = onlooker.graded(me), onlooker.graded(other)
            of_me, of_them = slope.get((third, me), 0.0), slope.get((third, other), 0.0)
            minds, fears = self.concern[third]
            for kind in range(4):
                at = objectives + 2 + 4 * kind
                found[at] += mine[kind] * of_me * weight["objectives"]
                found[at + 1] += mine[kind] * of_them * weight["objectives"]
                found[at + 2] += theirs[kind] * of_me * weight["objectives"]
                found[at + 3] += theirs[kind] * of_them * weight["objectives"]
                found[standing + 1 + 2 * kind] += mine[kind] * minds * weight["standing"]
                found[standing + 2 + 2 * kind] += theirs[kind] * minds * weight["standing"]
                found[security + 1 + 2 * kind] += mine[kind] * fears * weight["security"]
                found[security + 2 + 2 * kind] += theirs[kind] * fears * weight["security"]
        power = place["power"]
        found[power] = self.threat * weight["security"]
        found[power + 1] = them.reach[me] * (min(back, 0.0) + 0.25 * max(back, 0.0)) * weight["security"]
        shield = min(self.threat, 1.0) * them.power * (0.2 + max(share, 0.0))
        found[power + 2] = (shield - 0.3 * min(them.threat, 1.0)) * weight["security"]
        found[place["congruence"]] = share * weight["congruence"]
        mood = max(-1.0, min(1.0, self.memory[other][model.recent] / 20.0))
        found[place["reciprocity"]] = mood * weight["reciprocity"]
        found[place["balance"]] = mutual_friends / max(len(states) - 2, 1) * weight["balance"]
        found[place["material"]] = found[place["material"] + 1] = weight["material"]
        found[place["cost"]] = weight["cost"]
        commitment = place["commitment"]
        found[commitment] = max(self.bound[other], them.bound[me]) * weight["commitment"]
        found[commitment + 1] = min(strain, 1.0) * weight["commitment"]
        lately = self.done_lately[other] + them.done_lately[me] / 2.0
        found[place["fatigue"]] = lately * weight["fatigue"]
        for column, leaning in enumerate(model.affinity[self.posture[other]]):
            found[place["posture"] + column] = leaning * weight["posture"]
        return found

    # ---- what it decides

    def score(self, act: Act, other: str) -> float:
        """What an act towards another is worth to it."""
        features = self.towards(other)
        score = self.personality[act.number]
        for column, weight in act.actor_weights:
            score += weight * features[column]
        return score

    def reception(self, act: Act, proposer: str, *, foreseen: bool = False) -> float:
        """What a proposal is worth to it, or as far as its proposer can foresee it: without what it is about."""
        features, hidden = self.towards(proposer), self.model.place["posture"] if foreseen else self.model.columns
        score = self.personality[act.number]
        for column, weight in act.target_weights:
            if column < hidden:
                score += weight * features[column]
        return score

    def may(self, act: Act, other: str) -> bool:
        """Whether it may do an act to another now, whatever that costs."""
        if other not in act.targets or self.pauses.get((act.number, other), 0) > 0:
            return False
        return all(test(self, other) for test in act.tests)

    def decide(self) -> None:
        """Choose its orders: slot by slot the best by score and luck, within its capital."""
        model = self.model
        options = []
        for act in model.acts:
            if self.name not in act.actors:
                continue
            for other in self.others:
                if not self.may(act, other):
                    continue
                if act.is_deal and model.states[other].reception(act, self.name, foreseen=True) < 0.0:
                    continue
                options.append((self.score(act, other), act, other))
        self.orders, left = [], self.capital
        for _ in range(model.slots):
            best, chosen = self.rationality * model.threshold + model.chance(), None
            for score, act, other in options:
                if act.cost > left or self._goes_against(act, other):
                    continue
                tired = act.tiring * model.fatigue * sum(each.size for each, to in self.orders if to == other)
                value = (score + tired) * self.rationality + model.chance()
                if value > best:
                    best, chosen = value, (act, other)
            if chosen is not None:
                self.orders.append(chosen)
                left -= chosen[0].cost

    def _goes_against(self, act: Act, other: str) -> bool:
        return any(each is act or (to == other and each.tone != act.tone) for each, to in self.orders)

    def accepts(self, act: Act, proposer: str) -> bool:
        """How it answers a proposal."""
        return self.rationality * self.reception(act, proposer) + self.model.chance() - self.model.chance() >= 0.0

    # ---- what comes of it

    def rest(self) -> None:
        """A turn less to wait, and to each agreement."""
        self.pauses = {key: turns - 1 for key, turns in self.pauses.items() if turns > 1}
        self.agreements = {
            key: turns - 1 if turns < FOREVER else turns for key, turns in self.agreements.items() if turns > 1
        }

    def carry_out(self) -> None:
        """Pay for its orders, and do what is done alone or agreed to."""
        for act, other in self.orders:
            refused = act.is_deal and not self.model.agreed(self, act, other)
            self.capital -= act.cost
            self.pauses[act.number, other] = act.cooldown + (self.model.refusal if refused else 0)
            self._move(act, other, refused)
            if not refused:
                self.model.settle(self, act, other)

    def _move(self, act: Act, other: str, refused: bool) -> None:
        states = self.model.states
        for memory, to_actor, to_target in act.effects[refused]:
            states[other].impulse[self.name][memory] += to_actor
            self.impulse[other][memory] += to_target
        parties = self.name, other
        for memory, kind, near, regarded, amount in act.onlookers[refused]:
            reference, subject = parties[near], parties[regarded]
            for third in self.others:
                if third != other:
                    states[third].impulse[subject][memory] += amount * states[third].graded(reference)[kind]

    def remember(self) -> None:
        """Add what was done to what it remembers."""
        for other, impulse in self.impulse.items():
            memory = self.memory[other]
            for layer, amount in enumerate(impulse):
                if amount:
                    memory[layer] = max(-100.0, min(100.0, memory[layer] + amount))
                    impulse[layer] = 0.0

    def balance(self) -> None:
        """Be drawn to the friends of its friends."""
        limit, anchor, layer = self.model.limit, self.model.anchor, self.model.lasting
        for other in self.others:
            gap = self.pull(other) - anchor * self.opening_pull[other]
            z = self.model.alpha * gap / limit
            self.impulse[other][layer] += 100.0 * limit * z / math.sqrt(1.0 + z * z)

    def pull(self, other: str) -> float:
        """How its friends and enemies stand to another."""
        states, them = self.model.states, self.model.states[other]
        summed = 0.0
        for third in self.others:
            if third == other:
                continue
            between = (states[third].share[other] + them.share[third]) / 2.0
            summed += self.share[third] * self.model.rounded(between)
        return summed

    def fade(self) -> None:
        """Forget a little, and be given new capital."""
        for memory in self.memory.values():
            for layer, factor in enumerate(self.model.factors):
                memory[layer] *= factor
        self.capital = self.model.income + min(self.model.carry, self.capital)

    def review(self) -> None:
        """Look again at what it is about with each of the others."""
        for other in self.others:
            terms = self.posture_terms(other)
            scores = [sum(a * b for a, b in zip(row, terms, strict=True)) for row in self.model.posture_affinity]
            best = max(range(len(scores)), key=scores.__getitem__)
            if scores[best] > scores[self.posture[other]] + self.model.inertia:
                self.posture[other] = best

    def posture_terms(self, other: str) -> tuple[float, ...]:
        """What speaks for and against each posture, what it depends on apart."""
        them = self.model.states[other]
        share, back = self.share[other], them.share[self.name]
        advantage = (self.power - them.power) / (self.power + them.power) * max(-(share + back) / 2.0, 0.0)
        threat = them.power * them.reach[self.name] * max(-back, 0.0)
        return 1.0, share, back, threat, advantage, *self.interests[other], 0.0


class Region(mesa.Model):
    """States that regard, address and draw one another.

    Args:
        scenario: what is played; its spreads at their middles.
        seed: of the model's luck.
        parameters: values by path, as everywhere.
        exact: whether shares are rounded as the engine rounds them; for comparing the two.
    """

    states: dict[str, State]
    acts: list[Act]

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 0,
        parameters: Mapping[str, float] | None = None,
        *,
        exact: bool = False,
    ) -> None:
        super().__init__(rng=seed)
        self.chance_of = Random(seed)
        self.exact = exact
        self.turn = 0
        made = compiled(scenario, None)
        values = with_values(made.parameters, parameters or {})
        weights = tables(made.board, values["reasoner"].horizon)
        _take_rules(self, made.board, values)
        _take_columns(self, made.board, weights)
        self.acts = [*_acts(made.board, weights)]
        self.states = {name: State(self, name) for name in made.board.states}
        _take_states(self, made.board, weights, values)
        self.given: dict[str, list[tuple[Act, str]]] | None = None
        self.refused: set[tuple[str, str, str]] = set()
        self.agents.do("look")
        for state in self.states.values():
            state.opening_pull = {other: state.pull(other) for other in state.others}
        self.datacollector = mesa.DataCollector(
            model_reporters={"turn": "turn"}, agent_reporters={"state": "name", "capital": "capital", "share": "share"}
        )

    def chance(self) -> float:
        """One number of the Gumbel distribution: noise that makes a choice logistic."""
        return -math.log(-math.log(self.chance_of.random() or 1e-12))

    def rounded(self, share: float) -> float:
        """A share as it is, or on the grid of the engine when the two are compared."""
        return round(share * 1048576.0) / 1048576.0 if self.exact else share

    def step(self) -> None:
        """One turn."""
        self.turn += 1
        if self.given is None:
            self.agents.do("ponder")
            self.agents.shuffle_do("decide")
        self.agents.do("rest")
        self.agents.shuffle_do("carry_out")
        self.agents.do("remember")
        self.agents.do("look")
        self.agents.do("balance")
        self.agents.do("remember")
        self.agents.do("fade")
        self.agents.do("look")
        if self.turn % self.review == 0:
            self.agents.do("review")
        self.datacollector.collect(self)

    def play(self, orders: Sequence[str], refused: Sequence[str] = ()) -> None:
        """One turn of given orders, such as `ada: praise bora`, in place of what the states would decide."""
        named = {act.name: act for act in self.acts}
        for state in self.states.values():
            state.orders = []
        for line in orders:
            state, _, rest = line.partition(": ")
            act, target = rest.split()
            self.states[state].orders.append((named[act], target))
        self.refused = {(line.split(": ")[0], *line.split(": ")[1].split()) for line in refused}
        self.given = {}
        self.step()
        self.given = None

    def agreed(self, proposer: State, act: Act, other: str) -> bool:
        """Whether a proposal is accepted."""
        if self.given is not None:
            return (proposer.name, act.name, other) not in self.refused
        return self.states[other].accepts(act, proposer.name)

    def settle(self, state: State, act: Act, other: str) -> None:
        """Break and sign what an act breaks and signs."""
        for kind, turns in ((act.breaks, 0), (act.signs, act.turns)):
            if kind < 0:
                continue
            for one, to in ((state, other), (self.states[other], state.name))[: 2 if self.mutual[kind] else 1]:
                key = kind, to
                one.agreements[key] = max(turns, one.agreements.get(key, 0)) if turns else 0


def _take_rules(model: Region, board: Board, values: Mapping[str, Any]) -> None:
    """What the rules need, as plain numbers."""
    params, rule = values["reasoner"], values["balance"]
    terms = ("objectives", "standing", "security", "congruence", "reciprocity", "balance", "material", "cost",
             "commitment", "fatigue", "posture")  # fmt: skip
    model.weight = {name: float(getattr(params, name)) for name in terms}
    model.threshold, model.fatigue = float(params.threshold), float(params.fatigue)
    model.limit, model.anchor = float(rule.limit), float(rule.anchor)
    model.alpha = float(rule.coupling * board.critical_rate[0]) if rule.alpha < 0 else float(rule.alpha)
    model.slots, model.income, model.carry = board.orders, board.income, board.carry
    model.factors = [float(each) for each in board.memories.factors]
    model.recent, model.lasting = board.recent, board.lasting
    model.refusal = round(float(values["acts"].refusal))
    model.review, model.inertia = round(float(values["posture"].review)), float(values["posture"].inertia)
    model.mutual = board.agreements.mutual.tolist()
    model.giver, model.receiver = board.agreements.giver.tolist(), board.agreements.receiver.tolist()
    model.commitment = board.agreements.commitment.tolist()
    model.affinity = [AFFINITY[posture] for posture in range(len(POSTURES))]
    model.posture_affinity = [POSTURE_AFFINITY[name] for name in POSTURES]


def _take_columns(model: Region, board: Board, weights: Tables) -> None:
    """Where the features of each term begin; only those that `State.towards` fills are ever weighed."""
    start = {term: part.start for term, part in weights.segments.items()}
    # After what the other and the onlookers feel, and one column for credit, come power and protection.
    start["power"] = start["security"] + 1 + 8 + (1 if board.acts.credible.any() else 0)
    model.place = start
    model.columns = int(weights.actor.shape[1])


def filled(model: Region) -> list[int]:
    """The columns of the engine's features that this model has."""
    place = model.place
    return [
        *range(place["objectives"], place["objectives"] + 18),
        *range(place["standing"], place["standing"] + 9),
        *range(place["security"], place["security"] + 9),
        *range(place["power"], place["power"] + 3),
        *(place[term] for term in ("congruence", "reciprocity", "balance", "cost", "fatigue")),
        *range(place["material"], place["material"] + 2),
        *range(place["commitment"], place["commitment"] + 2),
        *range(place["posture"], place["posture"] + 3),
    ]


def _take_states(model: Region, board: Board, weights: Tables, values: Mapping[str, Any]) -> None:
    spread, leaning = float(values["reasoner"].spread), float(values["reasoner"].personality)
    power = np.asarray(board.start["attributes"])[0] @ _power_of(weights, board) / board.power_scale[0]
    start = {name: np.asarray(board.start[name]) for name in ("memories", "agreements", "posture", "capital")}
    for i, state in enumerate(model.states.values()):
        state.others = [name for name in board.states if name != state.name]
        state.power = float(power[i])
        state.rationality = float(board.personalities.sliders["rationality"][i]) / spread
        state.personality = [float(each) * leaning for each in weights.personality[i]]
        state.capital = float(start["capital"][0, i])
        for j, other in enumerate(board.states):
            if i == j:
                continue
            state.reach[other] = float(board.reach[i, j])
            state.baseline[other] = float(board.baseline[0, i, j])
            state.memory[other] = start["memories"][0, :, i, j].tolist()
            state.impulse[other] = [0.0] * len(model.factors)
            state.posture[other] = int(start["posture"][0, i, j])
            state.interests[other] = float(board.interests[0, i, j]), float(board.interests[1, i, j])
            if board.borders[i, j]:
                state.borders.add(other)
            for kind in np.flatnonzero(start["agreements"][0, :, i, j]).tolist():
                state.agreements[kind, other] = int(start["agreements"][0, kind, i, j])
        state.posture[state.name] = HEDGE
    for want in weights.wants:
        for i, j, coefficient in want.relation:
            if isinstance(want.right, Number) and coefficient == 1.0:
                objective = Objective(board.states[i], board.states[j], want.sign, want.right.value, want.weight)
                model.states[board.states[want.state]].objectives.append(objective)


def _power_of(weights: Tables, board: Board) -> Any:
    """What a unit of each attribute adds to power."""
    power = np.zeros(len(board.attributes.names))
    for attribute, coefficient in weights.power.items():
        power[attribute] = coefficient
    return power


def _acts(board: Board, weights: Tables) -> Iterator[Act]:
    """The rows of the catalogue; what is left out keeps its place and may be done by nobody."""
    acts, names = board.acts, board.states
    for a, name in enumerate(acts.names):
        is_deal = bool(acts.kind[a] == DEAL)
        left_out = bool(
            acts.discloses[a] or acts.suspends[a] != NONE or acts.resumes[a] != NONE or acts.cedes[a] or acts.force[a]
            or acts.breaks[a] == ALL_KINDS
        )  # fmt: skip
        made = Act(
            name=name, number=a, cost=float(acts.cost[a]), cooldown=int(acts.cooldown[a]), is_deal=is_deal,
            tone=float(np.sign(acts.weight[a])), size=float(weights.size[a]), tiring=float(weights.tiring[a]),
            signs=int(acts.signs[a]), turns=int(acts.turns[a]), breaks=int(acts.breaks[a]),
            actors=set() if left_out else {names[i] for i in np.flatnonzero(acts.may_act[a])},
            targets={names[i] for i in np.flatnonzero(acts.may_receive[a])},
            tests=[*_tests(board, a)],
            actor_weights=_weights(weights.actor[a], weights.segments, board),
            target_weights=_weights(weights.target[weights.place[a]], weights.segments, board) if is_deal else [],
        )  # fmt: skip
        for refused, row in ((False, a), (True, a + len(acts.names))):
            direct, onlook = acts.direct[0, row], acts.onlook[0, row]
            made.effects[refused] = [
                (layer, float(direct[layer, 0]), float(direct[layer, 1]))
                for layer in np.flatnonzero(direct.any(axis=1)).tolist()
            ]
            made.onlookers[refused] = [
                (layer, kind, near, regarded, float(onlook[layer, kind, near, regarded]))
                for layer, kind, near, regarded in np.argwhere(onlook).tolist()
                if kind < 4
            ]
        yield made


def _weights(row: Any, segments: Mapping[str, slice], board: Board) -> list[tuple[int, float]]:
    """The weights of an act, without those of what this model leaves out."""
    credit = 1 if board.acts.credible.any() else 0
    start = {term: part.start for term, part in segments.items()}
    kept = {
        *range(start["objectives"], start["objectives"] + 18),
        *range(start["standing"], start["standing"] + 9),
        *range(start["security"], start["security"] + 9),
        *range(start["security"] + 9 + credit, start["security"] + 12 + credit),
        *range(start["congruence"], start["material"] + 2),
        *(start["cost"], start["commitment"], start["commitment"] + 1, start["fatigue"]),
        *range(start["posture"], start["posture"] + 3),
    }
    return [(column, float(row[column])) for column in np.flatnonzero(row).tolist() if column in kept]


def _tests(board: Board, a: int) -> Iterator[Test]:
    """What must hold for an act to be done, as functions of the two."""
    acts = board.acts
    if acts.signs[a] != NONE:
        yield _unsigned(int(acts.signs[a]))
    if acts.breaks[a] >= 0:
        yield _signed(int(acts.breaks[a]))
    for which, condition in acts.requires:
        if which[a]:
            yield _test(condition, board)


def _unsigned(kind: int) -> Test:
    return lambda state, other: state.agreements.get((kind, other), 0) == 0


def _signed(kind: int) -> Test:
    return lambda state, other: state.agreements.get((kind, other), 0) > 0


def _test(condition: Condition, board: Board) -> Test:
    """A requirement over relations, borders and agreements as a function; TypeError for any other."""
    match condition:
        case Comparison(operator, Relation(first, _), Number(value)):
            compare, threshold = COMPARED[operator], value / 100.0
            if first == ACTOR:
                return lambda state, other: compare(state.share[other], threshold)
            return lambda state, other: compare(state.model.states[other].share[state.name], threshold)
        case Border():
            return lambda state, other: other in state.borders
        case Pact(_, _, str(name)):
            kind = board.agreements.names.index(name)
            return lambda state, other: (
                state.agreements.get((kind, other), 0) > 0
                or state.model.states[other].agreements.get((kind, state.name), 0) > 0
            )
        case Group(mode, members):
            tests = [_test(member, board) for member in members]
            if mode == "all":
                return lambda state, other: all(test(state, other) for test in tests)
            if mode == "any":
                return lambda state, other: any(test(state, other) for test in tests)
            return lambda state, other: not any(test(state, other) for test in tests)
    raise TypeError(f"this model has no requirement such as {condition}")
