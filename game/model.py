"""The Mesa model: states as agents, as views over the world's arrays. The public simulation API.

Nothing is copied into agents: an agent reads its row of the world, and its `decide` may be overridden. Importing this
module imports mesa; nothing else in the package does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from inspect import Signature, signature
from os import PathLike, fspath
from typing import Any, ClassVar

import mesa
import numpy as np

from game.analysis.explain import Explanation, explain
from game.errors import IllegalOrder, InvalidArgument, InvalidOrder, NoSuchTurn, UnknownName, quoted
from game.files import usual_scenario
from game.journal import Journal, Kept, TurnLine, journal_of, keep, writable
from game.kernel.orders import Order, parse_order
from game.kernel.world import World, digest
from game.match import match as matches
from game.match import turn_taking
from game.match.arguments import IN_A_LIST, turns_of
from game.match.collected_rows import Mark, Rows, mark_of, put_back, rows_of
from game.match.history import History
from game.match.match import EventRecord, Match, Setup, Spreads
from game.match.turn_taking import Plan
from game.measures.information import attributes
from game.measures.objectives import objective_points
from game.policies import Policy, View
from game.scenario.spec import Scenario

Line = str | Order
Clock = tuple[int, float | None]


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
        row = attributes(self.model.board, self.model.world)[0, self.index].tolist()
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
    parts = [part.strip() for part in text.split("->")] if isinstance(text, str) else []
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
        seed: from 0 to 2**63 - 1; None draws one, kept in `model.seed` and in every row that is collected. `rng` is the
            same, for Mesa's newer spelling.
        parameters: values by path, such as `{"balance.coupling": 0.5}`.
        policies: who decides, by state: `reasoner` (the default), `random`, `wait`, `script:FILE`, or a Policy.
        difficulty: how far the states that the computer leads look ahead: `novice`, `normal`, `expert`; None leaves it
            to the parameters.
        spreads: `central` takes the middle of every spread in the file, `drawn` draws each from the seed.
        agents: the class of the agents, or one class a state.
        collect: whether to fill `datacollector` every turn.

    Raises ScenarioError when the file has errors, UnknownName for a name that does not exist, InvalidArgument,
    ParameterRange or PolicyError for what makes no sense. An error's notes say which run it was, so that one of Mesa's
    batch runner can be told from the others.
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
        asked = {
            "scenario": scenario, "seed": seed, "rng": rng, "parameters": parameters, "policies": policies,
            "difficulty": difficulty, "spreads": spreads, **values,
        }  # fmt: skip
        with _naming(asked):
            if seed is not None and rng is not None:
                raise InvalidArgument("`seed` and `rng` are two names of one number; give one of them")
            dotted = {name.replace("__", "."): value for name, value in values.items()}
            plain = {} if parameters is None else parameters
            changed = {**plain, **dotted} if isinstance(plain, Mapping) else plain
            named = usual_scenario() if scenario is None else scenario
            setup = Setup(named, rng if seed is None else seed, spreads, changed, policies, difficulty)
            self.match: Match = matches.begin(setup)
            _check_agents(agents, setup.scenario.states)
            if not isinstance(collect, bool):
                raise InvalidArgument(f"collect is True or False, not {quoted(collect)}")
        self.seed = setup.seed
        self.asked = {**asked, "seed": self.seed, "rng": None}
        super().__init__(rng=self.seed % (1 << 32))
        self._scheduled = self.step
        self.__dict__["step"] = self._step_or_stay
        self._plans: dict[str, Plan] = {}
        self._replies: dict[Order, bool] = {}
        self._before: dict[int, tuple[Mark, Clock]] = {}
        self._furthest: tuple[History, Rows, Clock] | None = None
        self._table: tuple[History, list[list[float]]] | None = None
        self._file: str | PathLike[str] | None = None
        self._kept: Kept | None = None
        self._lines: tuple[TurnLine, ...] = ()
        self._create(agents)
        self.datacollector = mesa.DataCollector(
            model_reporters={"turn": "turn", "digest": "digest", "seed": "seed", **_reporters(self.board.states)},
            agent_reporters={"state": _state, "capital": _capital},
        )
        self._collecting = collect
        self._collect()

    def _create(self, agents: type[StateAgent] | Mapping[str, type[StateAgent]]) -> None:
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

        `ada: back_down strait` is its choice in a crisis, which takes no order and the place of the one made before;
        without one it holds.

        Raises InvalidOrder (not well formed), IllegalOrder (not allowed now; says why), UnaffordableOrder.
        """
        self.open()
        order = parse_order(str(line), self.board)
        plan = self._plans.get(order.state, Plan())
        self._plans[order.state] = turn_taking.with_order(self.match, order.state, plan, order)
        return order

    def hold(self, state: str) -> None:
        """Let a state do nothing in the coming turn, whatever its policy."""
        if state not in self.states:
            raise UnknownName("state", state, self.board.states)
        self._plans.setdefault(state, Plan())

    def withdraw(self) -> None:
        """Take back all orders that were given for the coming turn."""
        self._plans.clear()
        self._replies.clear()

    def answer(self, line: Line, accept: bool) -> None:
        """Settle how a proposal made this turn is answered, in place of its target's policy: see `proposals`.

        Raises IllegalOrder when nobody proposes that.
        """
        order = parse_order(str(line), self.board)
        named = (order.state, order.act)
        asked = [each for each in self.proposals(order.target) if (each.state, each.act) == named]
        if not asked:
            raise IllegalOrder(f"{order} is not among the proposals of this turn")
        self._replies.update(dict.fromkeys(asked, accept))

    def proposals(self, state: str) -> list[Order]:
        """What others will propose to a state in the coming turn, before it is answered."""
        self.open()
        if state not in self.states:
            raise UnknownName("state", state, self.board.states)
        orders = turn_taking.collected(self.match, self._plans)
        return [order for *_, order in turn_taking.proposals_to(self.match, orders, state)]

    def step(self) -> None:
        """Play a turn: events, decisions, answers, consequences.

        Once the run has ended, or the scenario's turns are played, a step only turns `running` off: Mesa's batch runner
        reports the step before the last, which so is the final position.
        """
        if self.match.finished:
            self.running = False
            return
        self.open()
        plans = dict(self._plans)
        for agent in self.states.values():
            lines = agent.decide() if agent.plays and agent.state not in plans else None
            if lines is not None:
                plans[agent.state] = self._planned(agent.state, lines)
        after = turn_taking.played(self.match, plans, self._replies)
        self._keep(after)
        self.match = after
        self.withdraw()
        self._collect()

    @property
    def shown(self) -> list[list[float]]:
        """Relations now, as the collector takes them: from, to."""
        if self._table is None or self._table[0] is not self.history:
            self._table = self.history, self.history.relations.tolist()
        return self._table[1]

    def _collect(self) -> None:
        if self._collecting:
            self.datacollector.collect(self)

    def _step_or_stay(self) -> None:
        """A step of Mesa's. One that raises leaves everything as it was, Mesa's clock and schedule included."""
        match, plans, replies = self.match, dict(self._plans), dict(self._replies)
        mark, clock = mark_of(self.datacollector), self._clock
        try:
            with _naming(self.asked):
                self._scheduled()
        except BaseException:
            self.match, self._plans, self._replies = match, plans, replies
            put_back(self.datacollector, rows_of(self.datacollector), mark)
            self._set_clock(clock)
            raise
        self._before[match.history.turn] = mark, clock
        if self.turn > match.history.turn:
            self._furthest = None

    @property
    def _clock(self) -> Clock:
        """Mesa's count of steps and, from 3.4 on, its time."""
        return self.steps, getattr(self, "time", None)

    def _set_clock(self, clock: Clock) -> None:
        self.steps, time = clock
        if time is not None:
            self.time = time
        schedule = getattr(self, "_default_schedule", None)
        if schedule is not None:
            # It has made up its mind when the next step is due; asked again, it counts from the time that is set.
            schedule.pause()
            schedule.resume()

    def run(self, turns: int | None = None) -> None:
        """Play so many turns, or to the end of the scenario."""
        left = self.match.setup.scenario.turns - self.turn if turns is None else turns_of(turns, least=0)
        for _ in range(left):
            if self.match.over:
                break
            self.step()

    def undo(self, turns: int = 1) -> None:
        """Go back so many turns, the rows collected of them dropped.

        NoSuchTurn, an IndexError, when there are not so many.
        """
        self._go_to(self.turn - turns_of(turns, least=0))

    def redo(self, turns: int = 1) -> None:
        """Play so many turns that were undone again as they were, their rows included; NoSuchTurn when there are not
        so many, since a turn that is played otherwise takes their place.
        """
        wanted, undone = turns_of(turns, least=0), self._past()[0].turn - self.turn
        if wanted > undone:
            raise NoSuchTurn(f"{undone} turns are undone; there are not {wanted} to do again")
        self._go_to(self.turn + wanted)

    def _past(self) -> tuple[History, Rows, Clock]:
        """The game with the turns that were undone, if it still is this one."""
        if self._furthest is not None:
            worlds = self._furthest[0].worlds
            if self.turn < len(worlds) and worlds[self.turn] is self.history.worlds[-1]:
                return self._furthest
        return self.history, rows_of(self.datacollector), self._clock

    def _go_to(self, turn: int) -> None:
        self._furthest = history, rows, clock = self._past()
        there = self.match.with_history(history.back_to(turn))
        self._lines = self._lines[:turn]
        self._keep(there)
        self.match = there
        self.withdraw()
        mark, clock = self._before.get(turn, (None, clock))
        put_back(self.datacollector, rows, mark)
        self._set_clock(clock)
        self.running = True

    def __getstate__(self) -> dict[str, Any]:
        """A copy keeps the game, but writes to no file: two models would spoil it for each other."""
        return {**self.__dict__, "_file": None, "_kept": None}

    def __copy__(self) -> AllianceModel:
        """A copy has its own agents and clock, however it is made."""
        return deepcopy(self)

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

    def _planned(self, state: str, lines: Sequence[Line]) -> Plan:
        """What an agent decided on, checked like a person's orders."""
        plan = Plan()
        for line in lines:
            plan = turn_taking.with_order(self.match, state, plan, str(line))
        return plan


def _without_seed(signature: Signature) -> Signature:
    """A signature that does not show `seed`.

    Mesa 3.5's batch runner sets a parameter of that name to its own when the signature has one, and would so overwrite
    a `seed` that is being swept; without it, it uses `rng`.
    """
    shown = [each for name, each in signature.parameters.items() if name not in ("self", "seed")]
    return signature.replace(parameters=shown)


AllianceModel.__signature__ = _without_seed(signature(AllianceModel.__init__))


def _check_agents(agents: Any, states: Collection[str]) -> None:
    """Refuse what is neither a class of agents nor a mapping of states to classes."""
    kinds = agents if isinstance(agents, Mapping) else {None: agents}
    for state, kind in kinds.items():
        if isinstance(agents, Mapping) and state not in states:
            raise UnknownName("state", state, states)
        if not (isinstance(kind, type) and issubclass(kind, StateAgent)):
            hint = IN_A_LIST if isinstance(agents, str) else ""
            raise InvalidArgument(
                f"agents are a class made from StateAgent, or one a state in a mapping, not {quoted(agents)}{hint}"
            )


@contextmanager
def _naming(asked: Mapping[str, Any]) -> Iterator[None]:
    """Note on an error in which run it arose."""
    try:
        yield
    except Exception as error:
        note = f"in the run with {', '.join(_said(name, value) for name, value in asked.items() if value is not None)}"
        if note not in getattr(error, "__notes__", ()):
            error.add_note(note)
        raise


def _said(name: str, value: Any) -> str:
    return f"{name} {value.id if isinstance(value, Scenario) else quoted(value)}"


# Mesa pickles a collector with its reporters, so these are functions of the module; by attributes' names, it would make
# local ones.


def _state(agent: StateAgent) -> str:
    return str(agent.state)


def _capital(agent: StateAgent) -> float:
    return agent.capital


def _relation(first: int, second: int, model: AllianceModel) -> float:
    return model.shown[first][second]


def _reporters(states: Sequence[str]) -> dict[str, Any]:
    """A model reporter for every pair, named as the pair is written."""
    return {
        f"{first} -> {second}": partial(_relation, i, j)
        for i, first in enumerate(states)
        for j, second in enumerate(states)
        if i != j
    }


def _let_go(model: AllianceModel) -> None:
    """Mesa 3.3 counts agents in a table that keeps every model alive; without the entry a dropped model is freed."""
    table = getattr(mesa.Agent, "_ids", None)
    if table is not None:
        table.pop(model, None)
