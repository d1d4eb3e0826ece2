"""The Mesa model: states as agents, as views over the world's arrays. The public simulation API.

Nothing is copied into agents: an agent reads its row of the world, and its `decide` may be overridden. Importing this
module imports mesa; nothing else in the package does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from inspect import Signature, signature
from operator import index
from os import PathLike, fspath
from secrets import randbits
from typing import Any, ClassVar

import mesa
import numpy as np

from game.analysis.explain import Explanation, explain
from game.errors import IllegalOrder, InvalidOrder, PolicyError, UnaffordableOrder, UnknownName
from game.files import usual_scenario
from game.journal import Journal, Kept, TurnLine, journal_of, keep, writable
from game.kernel.declare import Booleans
from game.kernel.numerics import hundredths
from game.kernel.orders import Order, Orders, check_order, cost_of, is_proposal, parse_order
from game.kernel.world import World, digest
from game.match import match as matches
from game.match.history import History, in_slots, in_words, orders_of
from game.match.match import EventRecord, Match, Setup, Spreads
from game.policies import Policy, View, answered, decided
from game.scenario import load
from game.scenario.spec import Scenario
from game.submodels.information import whole
from game.submodels.objectives import objective_points

Line = str | Order


class StateAgent(mesa.Agent):
    """One state: a view of its row of the world. Override `decide` to give it a mind of its own."""

    def __init__(self, model: AllianceModel, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.state = model.board.states[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.state}>"

    @property
    def plays(self) -> bool:
        """Whether the state takes turns."""
        return bool(self.model.board.plays[self.index])

    @property
    def capital(self) -> float:
        """Political capital left to spend."""
        return float(self.model.world.capital[0, self.index])

    @property
    def attributes(self) -> dict[str, float]:
        """The state's attributes by name, what it conceals included."""
        row = whole(self.model.board, self.model.world).attributes[0, self.index].tolist()
        return dict(zip(self.model.board.attributes.names, row, strict=True))

    @property
    def relations(self) -> dict[str, float]:
        """How this state regards each other state, -100 to 100."""
        row = self.model.history.relations[self.index].tolist()
        return {name: value for name, value in zip(self.model.board.states, row, strict=True) if name != self.state}

    @property
    def view(self) -> View:
        """What the state may know of the position; the model's own world is the whole truth."""
        view: View = self.model.history.view().of(self.index)
        return view

    @property
    def points(self) -> float:
        """The points of the objectives that hold now."""
        return float(objective_points(self.model.board, self.model.world)[0, self.index])

    def decide(self) -> Sequence[Line] | None:
        """Orders for the coming turn, as text or Order; None leaves it to the state's policy.

        An order that is malformed, illegal or unaffordable raises from `AllianceModel.step`; no turn is played.
        """
        return None


class Relations(Mapping[str, float]):
    """Relations now, read as `relations["bora -> ada"]`."""

    def __init__(self, history: History) -> None:
        self._history = history

    def __getitem__(self, pair: str) -> float:
        first, second = pair_of(pair, self._history.board.states)
        board = self._history.board
        return float(self._history.relations[board.state(first), board.state(second)])

    def __contains__(self, pair: object) -> bool:
        try:
            return isinstance(pair, str) and bool(pair_of(pair, self._history.board.states))
        except (InvalidOrder, UnknownName):
            return False

    def __iter__(self) -> Iterator[str]:
        states = self._history.board.states
        return (f"{first} -> {second}" for first in states for second in states if first != second)

    def __len__(self) -> int:
        count = len(self._history.board.states)
        return count * (count - 1)


def pair_of(text: str, states: Sequence[str]) -> tuple[str, str]:
    """The two states of `a -> b`; InvalidOrder for another form, UnknownName for a state that does not exist."""
    parts = [part.strip() for part in text.split("->")]
    if len(parts) != 2:
        raise InvalidOrder(f"{text!r} is not a pair of states; write 'bora -> ada'")
    for name in parts:
        if name not in states:
            raise UnknownName("state", name, states)
    if parts[0] == parts[1]:
        raise InvalidOrder(f"{text!r}: a state has no relation with itself")
    return parts[0], parts[1]


class AllianceModel(mesa.Model):
    """A scenario as a Mesa model.

    Args:
        scenario: the name of a shipped scenario, a path, or a loaded Scenario; None is the usual one.
        seed: any integer; None draws one, kept in `model.seed`. `rng` is the same, for Mesa's newer spelling.
        parameters: values by path, such as `{"balance.coupling": 0.5}`.
        policies: who decides, by state: `reasoner` (the default), `random`, `wait`, `script:FILE`, or a Policy.
        difficulty: how far the states that the computer leads look ahead: `novice`, `normal`, `expert`; None leaves it
            to the parameters.
        spreads: `central` takes the middle of every spread in the file, `drawn` draws each from the seed.
        agents: the class of the agents, or one class a state.
        collect: whether to fill `datacollector` every turn.

    Raises ScenarioError when the file has errors, UnknownName for a name that does not exist, ParameterRange.
    """

    __signature__: ClassVar[Signature]

    def __init__(
        self,
        scenario: str | PathLike[str] | Scenario | None = None,
        seed: int | None = None,
        *,
        rng: int | None = None,
        parameters: Mapping[str, float] | None = None,
        policies: Mapping[str, str | Policy] | None = None,
        difficulty: str | None = None,
        spreads: Spreads = "central",
        agents: type[StateAgent] | Mapping[str, type[StateAgent]] = StateAgent,
        collect: bool = True,
        **values: float,
    ) -> None:
        chosen = seed if seed is not None else rng
        self.seed = randbits(32) if chosen is None else index(chosen)
        super().__init__(rng=self.seed % (1 << 32))
        self._scheduled = self.step
        self.__dict__["step"] = self._step_or_stay
        spec = scenario if isinstance(scenario, Scenario) else load(usual_scenario() if scenario is None else scenario)
        words = {state: policy for state, policy in (policies or {}).items() if isinstance(policy, str)}
        dotted = {name.replace("__", "."): value for name, value in values.items()}
        setup = Setup(spec, self.seed, spreads, {**(parameters or {}), **dotted}, words, difficulty)
        self.match: Match = _seated(matches.begin(setup), policies or {})
        self._given: dict[str, list[Order]] = {}
        self._answers: dict[tuple[str, str], bool] = {}
        self._file: str | PathLike[str] | None = None
        self._kept: Kept | None = None
        self._lines: tuple[TurnLine, ...] = ()
        self._create(agents)
        self.datacollector = mesa.DataCollector(
            model_reporters={"turn": "turn", "digest": "digest", **_reporters(self.board.states)},
            agent_reporters={"state": "state", "capital": "capital"},
        )
        self._collecting = collect
        self._collect()

    def _create(self, agents: type[StateAgent] | Mapping[str, type[StateAgent]]) -> None:
        for state in () if isinstance(agents, type) else agents:
            if state not in self.board.states:
                raise UnknownName("state", state, self.board.states)
        for place, state in enumerate(self.board.states):
            kind = agents if isinstance(agents, type) else agents.get(state, StateAgent)
            kind(self, place)
        self.states = {agent.state: agent for agent in self.agents if isinstance(agent, StateAgent)}
        _let_go(self)

    @property
    def history(self) -> History:
        """The game so far."""
        return self.match.history

    @property
    def board(self) -> Any:
        """What the run can't change."""
        return self.match.history.board

    @property
    def world(self) -> World:
        """The position now."""
        return self.match.history.world

    @property
    def turn(self) -> int:
        """How many turns have been played."""
        return self.match.history.turn

    @property
    def relations(self) -> Relations:
        """How each state regards each other one, now: `relations["bora -> ada"]`."""
        return Relations(self.match.history)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that name the position."""
        return digest(self.world)

    @property
    def ending(self) -> str | None:
        """The ending the run has come to, None while it goes on."""
        return self.match.ending()

    @property
    def points(self) -> dict[str, float]:
        """The points each state holds now."""
        return {name: agent.points for name, agent in self.states.items()}

    def open(self) -> Sequence[EventRecord]:
        """Let the events of the coming turn happen, before anybody decides, and say which did.

        `order` and `step` do it by themselves.
        """
        self.match = self.match.with_history(self.history.open())
        fired = self.world.fired[0] == self.turn + 1
        events = [self.board.events[place] for place in np.flatnonzero(fired).tolist()]
        return [EventRecord(event.name, event.headline, None, None) for event in events]

    def order(self, line: Line) -> Order:
        """Give a state an order for the coming turn; a state that has one is not decided for by its policy.

        `ada: back_down strait` is its choice in a crisis, which takes no order; without one it holds.

        Raises InvalidOrder (not well formed), IllegalOrder (not allowed now; says why), UnaffordableOrder.
        """
        self.open()
        order = parse_order(str(line), self.board)
        given = self._given.get(order.state, [])
        self._check(order, given)
        self._given[order.state] = [*given, order]
        return order

    def hold(self, state: str) -> None:
        """Let a state do nothing in the coming turn, whatever its policy."""
        if state not in self.states:
            raise UnknownName("state", state, self.board.states)
        self._given.setdefault(state, [])

    def withdraw(self) -> None:
        """Take back all orders that were given for the coming turn."""
        self._given.clear()
        self._answers.clear()

    def answer(self, line: Line, accept: bool) -> None:
        """Settle how a proposal made this turn is answered, in place of its target's policy: see `proposals`.

        Raises IllegalOrder when nobody proposes that.
        """
        order = parse_order(str(line), self.board)
        if not any((each.state, each.act) == (order.state, order.act) for each in self.proposals(order.target)):
            raise IllegalOrder(f"{order} is not among the proposals of this turn")
        self._answers[(order.state, f"{order.act} {order.target}")] = accept

    def proposals(self, state: str) -> list[Order]:
        """What others will propose to a state in the coming turn, before it is answered."""
        self.open()
        if state not in self.states:
            raise UnknownName("state", state, self.board.states)
        orders = self._decided(self.history.view(), self._given)
        where = is_proposal(self.board, orders) & (orders.target == self.board.state(state))
        found = [
            in_words(self.board, orders, int(row), int(slot)) for _, row, slot in zip(*where.nonzero(), strict=True)
        ]
        return [order for order in found if order is not None]

    def step(self) -> None:
        """Play a turn: events, decisions, answers, consequences.

        Once the run has ended, or the scenario's turns are played, a step only turns `running` off: Mesa's batch runner
        reports the step before the last, which so is the final position.
        """
        if self.match.finished:
            self.running = False
            return
        self.open()
        given = dict(self._given)
        for agent in self.states.values():
            lines = agent.decide() if agent.plays and agent.state not in given else None
            if lines is not None:
                given[agent.state] = self._taken(agent.state, lines)
        view = self.history.view()
        orders = self._decided(view, given)
        accepted = self._answered(view, orders)
        after = self.match.with_history(self.history.play(orders, accepted))
        self._keep(after)
        self.match = after
        self.withdraw()
        self._collect()

    def _collect(self) -> None:
        if self._collecting:
            self.shown = self.history.relations.tolist()
            self.datacollector.collect(self)

    def _step_or_stay(self) -> None:
        """A step of Mesa's; 3.5 forgets its schedule when a step raises, here the next is played all the same."""
        try:
            self._scheduled()
        except BaseException:
            schedule = getattr(self, "_default_schedule", None)
            if schedule is not None:
                schedule.cooldown()
                schedule.resume()
            raise

    def run(self, turns: int | None = None) -> None:
        """Play so many turns, or to the end of the scenario."""
        for _ in range(self.match.setup.scenario.turns - self.turn if turns is None else turns):
            if self.match.over:
                break
            self.step()

    def undo(self, turns: int = 1) -> None:
        """Go back so many turns; NoSuchTurn, an IndexError, when there are not so many."""
        self.withdraw()
        before = self.match.with_history(self.history.back_to(self.turn - turns))
        self._lines = self._lines[: before.history.turn]
        self._keep(before)
        self.match = before
        self.running = True

    def why(self, pair: str, turn: int | None = None, viewer: str | None = None) -> Explanation:
        """The causes of one relation, largest first, as far as a state may know them; they sum to it to 1e-9."""
        first, second = pair_of(pair, self.board.states)
        return explain(self.history, first, second, turn, viewer)

    def journal(self) -> Journal:
        """The game as a journal, to be written with `game.journal.write`; `keep` writes it turn by turn."""
        return journal_of(self.match, self._lines)

    def keep(self, path: str | PathLike[str]) -> None:
        """Keep the game in a file from now on: every later turn is on the disk when its step returns.

        Raises OSError, from here or from a step, where that is impossible; no turn is played then.
        """
        writable(fspath(path))
        self._file, self._kept = path, None
        self._keep(self.match)

    def _keep(self, match: Match) -> None:
        if self._file is not None:
            journal = journal_of(match, self._lines)
            self._kept = keep(fspath(self._file), journal, self._kept)
            self._lines = journal.turns

    def _taken(self, state: str, lines: Sequence[Line]) -> list[Order]:
        """The orders an agent decided on, checked like a person's."""
        given: list[Order] = []
        for line in lines:
            order = parse_order(str(line), self.board)
            if order.state != state:
                raise IllegalOrder(f"{state} cannot give an order for {order.state}")
            self._check(order, given)
            given.append(order)
        return given

    def _check(self, order: Order, given: Sequence[Order]) -> None:
        if order.state in self.states and not self.states[order.state].plays:
            raise IllegalOrder(f"{order.state} takes no turns in this scenario")
        check_order(order, self.board, self.world, self.history.relations[None])
        if order.is_stance:
            if any(each.is_stance and each.target == order.target for each in given):
                raise IllegalOrder(f"{order.state} has made its choice over {order.target} this turn")
            return
        if sum(not each.is_stance for each in given) >= self.board.orders:
            raise IllegalOrder(f"{order.state} has given its {self.board.orders} orders of this turn")
        if any((each.act, each.target) == (order.act, order.target) for each in given):
            raise IllegalOrder(f"{order} was ordered already this turn")
        spent = sum(cost_of(each, self.board) for each in given)
        cost, left = cost_of(order, self.board), self.states[order.state].capital - spent
        if hundredths(cost) > hundredths(left):
            raise UnaffordableOrder(f"{order} costs {cost:g} political capital and {order.state} has {left:g} left")

    def _decided(self, view: View, given: Mapping[str, Sequence[Order]]) -> Orders:
        orders = decided(self.match.reasoner, self.match.seats, view, self.history.draws)
        rows = {self.board.state(state): in_slots(lines) for state, lines in given.items()}
        return orders_of(self.board, rows, orders) if rows else orders

    def _answered(self, view: View, orders: Orders) -> Booleans:
        accepted = answered(self.match.reasoner, self.match.seats, view, orders, self.history.draws)
        if self._answers:
            accepted = accepted.copy()
            for _, row, slot in zip(*is_proposal(self.board, orders).nonzero(), strict=True):
                order = in_words(self.board, orders, int(row), int(slot))
                if order is not None:
                    said = self._answers.get((order.state, f"{order.act} {order.target}"))
                    accepted[0, row, slot] = accepted[0, row, slot] if said is None else said
        return accepted


def _without_seed(signature: Signature) -> Signature:
    """A signature that does not show `seed`.

    Mesa 3.5's batch runner sets a parameter of that name to its own when the signature has one, and would so overwrite
    a `seed` that is being swept; without it, it uses `rng`.
    """
    shown = [each for name, each in signature.parameters.items() if name not in ("self", "seed")]
    return signature.replace(parameters=shown)


AllianceModel.__signature__ = _without_seed(signature(AllianceModel.__init__))


def _seated(match: Match, policies: Mapping[str, str | Policy]) -> Match:
    """The match with policies that were given as objects."""
    seats = dict(match.seats)
    for state, policy in policies.items():
        if state not in match.history.board.states:
            raise UnknownName("state", state, match.history.board.states)
        if not isinstance(policy, str):
            if not (callable(getattr(policy, "orders", None)) and callable(getattr(policy, "answer", None))):
                raise PolicyError(f"the policy of {state} is {policy!r}, which has no `orders` and `answer` to ask")
            seats[match.history.board.state(state)] = policy
    return replace(match, seats=seats)


def _reporters(states: Sequence[str]) -> dict[str, Any]:
    """A model reporter for every pair, named as the pair is written."""

    def entry(i: int, j: int) -> Any:
        return lambda model: model.shown[i][j]

    return {
        f"{first} -> {second}": entry(i, j)
        for i, first in enumerate(states)
        for j, second in enumerate(states)
        if i != j
    }


def _let_go(model: AllianceModel) -> None:
    """Mesa 3.3 counts agents in a table that keeps every model alive; without the entry a dropped model is freed."""
    table = getattr(mesa.Agent, "_ids", None)
    if table is not None:
        table.pop(model, None)
