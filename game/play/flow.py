"""The flow of a game: it is begun, planned, committed, answered, played, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from game import journal as journals
from game.errors import IllegalOrder
from game.journal import TurnLine
from game.journal.turn_taking import PERSON
from game.kernel.orders import Orders, cost_of, parse_order
from game.match.arguments import turns_of
from game.match.match import Match, Setup, begin
from game.play import commands as wanted
from game.play.commands import Answered
from game.play.library import shortened
from game.play.ordered import ordered_by_all, own_order, proposals, waiting
from game.play.saves import QUICK, free_name, keep, read_saved, refresh, repair
from game.play.session import Desk, Session
from game.policies import answered
from game.scenario import load
from game.submodels.legality import check_order
from game.submodels.territory import in_crisis

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
    seat(session, begin(setup), seats, (), free_name(session.folder, scenario.id))
    keep(session)


def seat(session: Session, match: Match, people: Sequence[str], lines: tuple[TurnLine, ...], path: Path) -> None:
    """Put a match on the table, with the file that it is kept in."""
    ready = match if match.finished else match.with_history(match.history.open())
    session.forget()
    session.position(ready)
    session.people, session.lines, session.path = tuple(people), lines, path
    session.seated += 1
    session.desks, session.asked, session.shown = {}, frozenset(), NOBODY
    session.clear()
    _show(session, 0, "briefing" if people else "planning")
    if match.finished:
        session.phase = "over"


def _lay(session: Session, desk: Desk) -> None:
    """The side's desk after a change, which can be taken back."""
    side = session.side or ""
    session.done.append((side, session.desk))
    session.undone.clear()
    session.desks[side] = desk
    session.options, session.answer = {}, None


def plan(session: Session, command: wanted.Plan) -> None:
    """Add an order to the plan of the side."""
    match, desk, side = session.known, session.desk, session.player
    board, world = match.history.board, match.history.world
    order = own_order(session, command.text)
    if len(desk.plan) >= board.orders:
        raise IllegalOrder(f"all {board.orders} orders of this turn are planned; take one back first")
    if any((each.act, each.target) == (order.act, order.target) for each in desk.plan):
        raise IllegalOrder(f"{order.act} {order.target} is planned already")
    capital = world.capital.copy()
    capital[0, board.state(side)] -= sum(cost_of(each, board) for each in desk.plan)
    check_order(order, board, replace(world, capital=capital), match.history.view().relation)
    _lay(session, replace(desk, plan=(*desk.plan, order)))


def drop(session: Session, command: wanted.Drop) -> None:
    """Take an order back."""
    desk = session.desk
    if not 0 <= command.number < len(desk.plan):
        raise IllegalOrder(f"there is no order {command.number + 1} to take back; {len(desk.plan)} planned")
    _lay(session, replace(desk, plan=desk.plan[: command.number] + desk.plan[command.number + 1 :]))


def stand(session: Session, command: wanted.Stand) -> None:
    """Choose in a crisis."""
    match, desk, side = session.known, session.desk, session.player
    order = parse_order(f"{side}: {command.stance} {command.dispute}", match.history.board)
    check_order(order, match.history.board, match.history.world, match.history.view().relation)
    others = tuple(each for each in desk.stances if each.target != command.dispute)
    _lay(session, replace(desk, stances=(*others, order)))


def choose(session: Session, command: wanted.Choose) -> None:
    """Take an option of an event that waits for the side."""
    desk = session.desk
    event = next((event for event in waiting(session) if event.name == command.event), None)
    if event is None:
        raise IllegalOrder(f"no event called {command.event!r} waits for an answer")
    if command.option not in [each.name for each in event.options]:
        raise IllegalOrder(f"{event.headline} leaves no choice called {command.option!r}")
    _lay(session, replace(desk, options={**desk.options, command.event: command.option}))


def reply(session: Session, command: wanted.Reply) -> None:
    """Accept or refuse what another proposes to the side, once it is asked: before, it knows of no proposal."""
    if session.phase != "inbox":
        raise IllegalOrder("proposals are answered once everybody has planned")
    desk, offered = session.desk, proposals(session.current, ordered_by_all(session), session.player)
    if command.key not in [f"{state}:{slot}" for state, slot in offered]:
        raise IllegalOrder(f"there is no proposal {command.key!r} to {session.player}")
    session.desks[session.side or ""] = replace(desk, replies={**desk.replies, command.key: command.accept})


def commit(session: Session, command: wanted.Commit) -> None:
    """The next side plans; after the last one come the inboxes, and the turn is played."""
    if session.player and session.current.finished:
        raise IllegalOrder("the game is over")
    session.clear()
    if session.shown + 1 < len(session.people):
        _show(session, session.shown + 1, "report" if session.current.history.turn else "briefing")
    else:
        _to_the_inbox_of(session, 0)


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
    every, people = ordered_by_all(session), session.people
    for number in (*range(first, len(people)), *range(min(first, len(people)))):
        open_ = frozenset((people[number], each) for each in calls(session, every, people[number]))
        if open_ - session.asked:
            session.asked |= open_
            _show(session, number, "inbox")
            return
    _play(session)


def calls(session: Session, every: Orders, side: str) -> tuple[str, ...]:
    """What calls for a side's answer before the turn is played: proposals, and crises in which it has not chosen."""
    match = session.current
    board = match.history.board
    chosen = {order.target for order in session.desks.get(side, Desk()).stances}
    open_ = in_crisis(board, match.history.world)[0]
    crises = (each.name for each, on in zip(board.disputes, open_, strict=True)
              if on and board.state(side) in each.parties and each.name not in chosen)  # fmt: skip
    return (*(f"{state}:{slot}" for state, slot in proposals(match, every, side)), *crises)


def _after_the_report(session: Session) -> None:
    if session.current.finished:
        session.phase = "over"
    else:
        session.phase = "briefing" if session.people else "planning"


def _play(session: Session) -> None:
    match = session.current
    every = ordered_by_all(session)
    accepted = answered(match.reasoner, match.seats, match.history.view(), every, match.history.draws).copy()
    for desk in session.desks.values():
        for key, answer in desk.replies.items():
            state, slot = (int(part) for part in key.split(":"))
            accepted[0, state, slot] = answer
    _played(session, match.with_history(match.history.play(every, accepted)))


def _played(session: Session, after: Match) -> None:
    session.lines = (*session.lines, journals.line_of(after, after.history.turn))
    session.position(after if after.finished else after.with_history(after.history.open()))
    session.desks, session.asked = {}, frozenset()
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
        side, desk = session.done.pop()
        session.undone.append((side, session.desks.get(side, Desk())))
        session.desks[side] = desk
        return None
    if not session.current.history.turn:
        raise IllegalOrder("this is the start; there is nothing to take back")
    branch(session, wanted.Branch(session.current.history.turn - 1))
    return Answered("The last turn is taken back.")


def redo(session: Session, command: wanted.Redo) -> None:
    """Do again what was taken back."""
    if not session.undone:
        raise IllegalOrder("there is nothing to do again")
    side, desk = session.undone.pop()
    session.done.append((side, session.desks.get(side, Desk())))
    session.desks[side] = desk


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
