"""The flow of a game: it is begun, planned, committed, answered, played, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from game import journal as journals
from game.errors import IllegalOrder
from game.journal import TurnLine
from game.kernel.compiled import renew
from game.kernel.orders import Orders
from game.match import turn_taking
from game.match.arguments import turns_of
from game.match.match import Match, Setup, begin
from game.match.turn_taking import PERSON, Plan
from game.play import commands as wanted
from game.play.commands import Answered
from game.play.library import shortened
from game.play.saves import QUICK, free_name, keep, read_saved, refresh, repair
from game.play.session import Session
from game.scenario import load

NOBODY = -1
"""Who sits before the window when a game is put on the table: so the first person, too, is called to it."""


def start(session: Session, command: wanted.Begin) -> None:
    """Start a game."""
    if not 0 <= command.seed < 2**63:
        raise IllegalOrder(f"a seed lies between 0 and {2**63 - 1}, not at {command.seed}")
    scenario = load(command.scenario)
    if command.turns is not None:
        scenario = shortened(scenario, turns_of(command.turns))
    seats = tuple(dict.fromkeys(command.seats))
    setup = Setup(scenario, command.seed, policies=dict.fromkeys(seats, PERSON), difficulty=command.difficulty)
    session.pins, session.codex = {}, ()
    renew()
    seat(session, begin(setup), seats, (), free_name(session.folder, scenario.id))
    keep(session)


def seat(session: Session, match: Match, people: Sequence[str], lines: tuple[TurnLine, ...], path: Path) -> None:
    """Put a match on the table, with the file that it is kept in."""
    session.forget()
    session.position(turn_taking.opened(match))
    session.people, session.lines, session.path = tuple(people), lines, path
    session.seated += 1
    session.plans, session.asked, session.shown = {}, frozenset(), NOBODY
    session.revising = False
    session.clear()
    _show(session, 0, "briefing" if people else "planning")
    if match.finished:
        session.phase = "over"


def _lay(session: Session, plan: Plan) -> None:
    """The side's plan after a change, which can be taken back."""
    side = session.side or ""
    session.done.append((side, session.plan))
    session.undone.clear()
    session.plans[side] = plan
    session.options, session.answer = {}, None


def plan(session: Session, command: wanted.Plan) -> None:
    """Add an order to the plan of the side."""
    _lay(session, turn_taking.with_order(session.known, session.player, session.plan, command.text))


def drop(session: Session, command: wanted.Drop) -> None:
    """Take an order back."""
    _lay(session, turn_taking.without_order(session.plan, command.number + 1))


def stand(session: Session, command: wanted.Stand) -> None:
    """Choose in a crisis."""
    taken = turn_taking.with_stance(session.known, session.player, session.plan, command.stance, command.dispute)
    _lay(session, taken)


def choose(session: Session, command: wanted.Choose) -> None:
    """Take an option of an event that waits for the side."""
    taken = turn_taking.with_option(session.current, session.player, session.plan, command.event, command.option)
    _lay(session, taken)


def reply(session: Session, command: wanted.Reply) -> None:
    """Accept or refuse what another proposes to the side, once it is asked: before, it knows of no proposal."""
    if session.phase != "inbox":
        raise IllegalOrder("proposals are answered once everybody has planned")
    match, side, orders = session.current, session.player, session.orders
    proposals = {f"{state}:{slot}": order for state, slot, order in turn_taking.proposals_to(match, orders, side)}
    if command.key not in proposals:
        raise IllegalOrder(f"there is no proposal {command.key!r} to {side}")
    given = turn_taking.with_reply(match, side, session.plan, orders, proposals[command.key], command.accept)
    session.plans[side] = given


def commit(session: Session, command: wanted.Commit) -> None:
    """The next side plans; after the last one come the inboxes, and the turn is played."""
    if session.player and session.current.finished:
        raise IllegalOrder("the game is over")
    session.clear()
    if session.revising:
        session.revising = False
        _to_the_inbox_of(session, session.shown)
    elif session.shown + 1 < len(session.people):
        _show(session, session.shown + 1, "report" if session.current.history.turn else "briefing")
    else:
        _to_the_inbox_of(session, 0)


def revise(session: Session, command: wanted.Revise) -> None:
    """Back from the inbox to the plan: the answers given stay, and the inbox comes again before the turn is played."""
    if session.phase != "inbox":
        raise IllegalOrder("only from the inbox is there a way back to planning")
    side = session.player
    session.asked = frozenset(each for each in session.asked if each[0] != side)
    session.clear()
    session.revising, session.phase = True, "planning"


def proceed(session: Session, command: wanted.Proceed) -> None:
    """What the phase had to show has been seen."""
    match session.phase:
        case "curtain":
            session.phase, session.behind = session.behind, ""
        case "briefing":
            session.phase = "planning"
        case "inbox":
            _to_the_inbox_of(session, session.shown + 1)
        case "report":
            _after_the_report(session)
        case _:
            pass


def _show(session: Session, number: int, phase: str) -> None:
    """Turn the window to a side: behind a curtain where another person is to sit down before it."""
    other = len(session.people) > 1 and number != session.shown
    session.shown = number
    session.phase, session.behind = ("curtain", phase) if other else (phase, "")
    if other:
        session.clear()


def _to_the_inbox_of(session: Session, first: int) -> None:
    """The next side that has something to answer which it was not asked yet; where there is none, the turn is played.

    Whoever makes a counter-proposal to another person brings the game back to that person's inbox.
    """
    every, people = session.orders, session.people
    for number in (*range(first, len(people)), *range(min(first, len(people)))):
        open_ = frozenset((people[number], each) for each in calls(session, every, people[number]))
        if open_ - session.asked:
            session.asked |= open_
            _show(session, number, "inbox")
            return
    _play(session)


def calls(session: Session, every: Orders, side: str) -> tuple[str, ...]:
    """What calls for a side's answer before the turn is played: proposals, and crises in which it has not chosen."""
    match, plan = session.current, session.plans.get(side, Plan())
    crises = turn_taking.open_crises(match, side, plan)
    return (
        *(str(order) for *_, order in turn_taking.proposals_to(match, every, side)),
        *(match.history.board.disputes[place].name for place in crises),
    )


def _after_the_report(session: Session) -> None:
    if session.current.finished:
        session.phase = "over"
    else:
        session.phase = "briefing" if session.people else "planning"


def _play(session: Session) -> None:
    plans = {name: session.plans.get(name, Plan()) for name in session.people}
    _played(session, turn_taking.played(session.current, plans, orders=session.orders))


def _played(session: Session, after: Match) -> None:
    session.lines = (*session.lines, journals.line_of(after, after.history.turn))
    session.position(turn_taking.opened(after))
    session.plans, session.asked, session.revising = {}, frozenset(), False
    session.clear()
    keep(session)
    if session.people:
        _show(session, 0, "report")
    else:
        session.phase = "over" if after.finished else "planning"


def advance(session: Session, command: wanted.Advance) -> None:
    """Play a turn with policies deciding for everybody."""
    if not session.current.finished:
        _played(session, session.current.advance())


def undo(session: Session, command: wanted.Undo) -> Answered | None:
    """Take back the last change of a plan or, where there is none, the last turn."""
    if session.done:
        side, plan = session.done.pop()
        session.undone.append((side, session.plans.get(side, Plan())))
        session.plans[side] = plan
        return None
    if not session.current.history.turn:
        raise IllegalOrder("this is the start; there is nothing to take back")
    branch(session, wanted.Branch(session.current.history.turn - 1))
    return Answered("The last turn is taken back.")


def redo(session: Session, command: wanted.Redo) -> None:
    """Do again what was taken back."""
    if not session.undone:
        raise IllegalOrder("there is nothing to do again")
    side, plan = session.undone.pop()
    session.done.append((side, session.plans.get(side, Plan())))
    session.plans[side] = plan


def branch(session: Session, command: wanted.Branch) -> None:
    """Go on from an earlier turn, in a file of its own."""
    match = session.current
    history = match.history.back_to(command.turn)
    trunk = match if match.history.turn > command.turn else session.trunk
    path = free_name(session.folder, match.setup.scenario.id)
    seat(session, match.with_history(history), session.people, session.lines[: command.turn], path)
    session.trunk = trunk
    keep(session)


def load_saved(session: Session, command: wanted.Load) -> Answered:
    """Go on with a kept game."""
    path = session.folder / QUICK if command.path is None else Path(command.path)
    kept = read_saved(path)
    people = tuple(name for name, policy in kept.header.policies.items() if policy == PERSON)
    renew()
    match = journals.replay(kept)
    repair(session, path, kept)
    session.pins, session.codex = {}, ()
    own = path if path.name != QUICK else free_name(session.folder, match.setup.scenario.id)
    seat(session, match, people, kept.turns, own)
    repaired = f" It was damaged ({kept.damage}) and goes on from its last whole turn." if kept.damage else ""
    return Answered(f"{match.setup.scenario.title}, turn {len(kept.turns)}.{repaired}")


def leave(session: Session, command: wanted.Leave) -> None:
    """Put the game away."""
    keep(session)
    session.match, session.people, session.lines = None, (), ()
    refresh(session, wanted.Refresh())
