"""The pages of the panel on a state: why it regards us so, what it wants, what binds it, what it did, what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from game.narrative.wording import dated, signed
from game.play.snapshot import Account, Game, Snapshot
from game.screen.board.orders import scroll_bar
from game.screen.kit import theme
from game.screen.kit.frame import Frame
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Icon,
    Line,
    Panel,
    Shape,
    Words,
    Zone,
)
from game.screen.kit.theme import Colour
from game.screen.kit.widgets import Button, button, wrapped
from game.screen.map.agreements import PLEDGES, sort_of
from game.screen.map.model import Model, Turned
from game.screen.messages import Go

SIGNS = {"event": "radio", "comment": "megaphone", "tidings": "bell", "refused": "x", "act": "send"}
LINE = 18.0
SHORT = 230.0
"""Below this height a page has all the room there is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a page: its text in lines, a sign before it and a word at its end; a head has neither."""

    text: str
    icon: str = ""
    end: str = ""
    ink: Colour = theme.TEXT
    tone: Colour = theme.FAINT
    head: bool = False


def entries(frame: Frame, rect: Rect, rows: list[Entry], first: int) -> Iterator[Shape]:
    """Rows of text from the `first` on, each as high as it needs."""
    first = min(first, max(len(rows) - 1, 0))
    shapes: list[Shape] = []
    y, shown = rect.y, 0
    for row in rows[first:]:
        if y >= rect.bottom - 6:
            break
        made, height = _entry(frame, Rect(rect.x, y, rect.width - 8, rect.bottom - y), row)
        shapes += made
        y, shown = y + height, shown + 1
    yield Clip(rect, tuple(shapes))
    yield from scroll_bar(rect, first, shown, rows)


def _entry(frame: Frame, rect: Rect, row: Entry) -> tuple[list[Shape], float]:
    if row.head:
        line = Rect(rect.x, rect.y + 6, rect.width, 20)
        shapes: list[Shape] = [Words(line, row.text, theme.Style("semibold", 13), theme.ACCENT)]
        if row.end:
            shapes.append(Words(line, row.end, theme.NOTE, theme.FAINT, "right"))
        return shapes, 30.0
    wide = frame.measure(row.end, theme.NOTE) + 10 if row.end else 0.0
    indent = 22.0 if row.icon else 0.0
    lines = list(wrapped(frame, row.text, theme.SMALL, rect.width - wide - indent)) or [""]
    shapes = [
        Words(
            Rect(rect.x + indent, rect.y + number * LINE, rect.width - wide - indent, LINE), line, theme.SMALL, row.ink
        )
        for number, line in enumerate(lines)
    ]
    if row.icon:
        shapes.append(Icon(Rect(rect.x, rect.y + 2, 14, 14), row.icon, row.tone))
    if row.end:
        shapes.append(Words(Rect(rect.x, rect.y, rect.width, LINE), row.end, theme.NOTE, theme.FAINT, "right"))
    return shapes, len(lines) * LINE + 6


def page(model: Model, tab: str, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    """The page of a tab."""
    if tab == "relation":
        yield from _relation(model, snapshot, game, frame, rect)
        return
    rows: Callable[[str, Game], list[Entry]] = PAGES[tab]
    yield from entries(frame, rect, rows(model.chosen or "", game), model.scroll)


# ---- the relation and its terms


def account_of(model: Model, snapshot: Snapshot, game: Game) -> Account | None:
    """The account of the direction that is looked at, if it has been made."""
    wanted = pair_of(model, game)
    return next(
        (
            each
            for each in (snapshot.account, snapshot.back)
            if each is not None and (each.first, each.second) == wanted
        ),
        None,
    )


def pair_of(model: Model, game: Game) -> tuple[str, str]:
    """Who regards whom on the page of the relation."""
    mine = game.side or next(state.id for state in game.states if state.id != model.chosen)
    pair = model.chosen or mine, mine
    return (pair[1], pair[0]) if model.turned else pair


def _relation(model: Model, snapshot: Snapshot, game: Game, frame: Frame, rect: Rect) -> Iterator[Shape]:
    first, second = pair_of(model, game)
    label = f"{game.state(first).name} of {game.state(second).name}"
    hint = f"All causes, also of past turns · {frame.key('why')}"
    head, rest = rect.top(38)
    if rest.height < SHORT:
        head, foot = head.left(head.width - 44)
        foot, wording = foot.inset(0, 3).end(36)[0], ""
    else:
        foot, rest = rest.base(42)
        foot, wording = foot.inset(0, 4), "Why, turn by turn"
    face = Button(label, Turned(), "turn about", "refresh-cw", hint="Show the other direction")
    yield from button(frame, head.inset(0, 3), face, theme.SMALL)
    why = Button(wording, Go("why", {"first": first, "second": second}), "open why", "circle-help", hint=hint)
    yield from button(frame, foot, why, theme.SMALL)
    account = account_of(model, snapshot, game)
    if account is not None:
        yield from terms(account, game, frame, rest, model.scroll)


def terms(account: Account, game: Game, frame: Frame, rect: Rect, first: int) -> Iterator[Shape]:
    """Why a relation is as it is: the weightiest causes, the rest in one line, and their sum."""
    total, rect = rect.base(28)
    rows = sorted(account.rows, key=lambda row: -abs(row.left))
    room = max(int(rect.height // 24), 1)
    shown = rows[first : first + (room if len(rows) <= room else room - 1)]
    most = max((abs(row.left) for row in rows), default=1.0)
    for row, place in zip(shown, rect.rows(24), strict=False):
        yield from _term(frame, place, f"{row.text[:1].upper()}{row.text[1:]}", row.left, most)
        fades = "does not fade" if row.gone is None else f"fades by turn {row.gone}"
        yield Zone(place, None, f"cause {rows.index(row)}", f"{row.text}\nTurn {row.turn}, {row.rule}; {fades}",
                   focusable=False)  # fmt: skip
    left = [row.left for row in rows if row not in shown]
    if left:
        below = Rect(rect.x, rect.y + 24 * len(shown), rect.width, 24)
        if below.bottom <= rect.bottom:
            yield from _term(frame, below, f"{len(left)} further causes", sum(left), most)
    yield Line(((total.x, total.y + 2), (total.right, total.y + 2)), theme.RULE)
    yield Words(total, "Together", theme.STRONG, theme.TEXT)
    yield Words(total, signed(account.relation, 1), theme.STRONG, theme.TEXT, "right")


def _term(frame: Frame, place: Rect, text: str, value: float, most: float) -> Iterator[Shape]:
    number, rest = place.end(46)
    gauge, rest = rest.end(44)
    yield Words(Rect(rest.x, rest.y, rest.width - 8, rest.height), text, theme.SMALL, theme.TEXT)
    middle, length = gauge.centre[0], gauge.width / 2 * min(abs(value) / max(most, 1.0), 1.0)
    yield Panel(Rect(gauge.x, gauge.centre[1] - 2, gauge.width, 4), theme.RAISED, radius=2)
    x = middle if value > 0 else middle - length
    colour = theme.BANDS[5].dark if value > 0 else theme.BANDS[1].dark
    yield Panel(Rect(x, gauge.centre[1] - 3, max(length, 1.5), 6), colour, radius=2)
    yield Words(number, signed(value, 1), theme.SMALL, theme.TEXT, "right")


# ---- the other pages


def objectives(state: str, game: Game) -> list[Entry]:
    """What a state wants, as far as it is known, what it is about, and what it quarrels over."""
    rows = [Entry("Objectives", head=True)]
    own = [objective for objective in game.objectives if objective.state == state]
    for objective in own:
        sign = "check" if objective.held else "target"
        secret = ", hidden" if objective.hidden else ""
        rows.append(
            Entry(
                objective.label,
                sign,
                f"{objective.points:g}{secret}",
                tone=theme.ACCENT if objective.held else theme.FAINT,
            )
        )
    if not own:
        rows.append(Entry("None that is public.", ink=theme.FAINT))
    phrases = [text for (first, second), text in game.postures.items() if state in (first, second)]
    if phrases:
        rows += [Entry("Intentions", head=True), *(Entry(text, "chevron-right") for text in phrases)]
    disputes = [each for each in game.disputes if state in each.parties]
    if disputes:
        rows.append(Entry("Quarrels", head=True, end="tension"))
    for each in disputes:
        other = next(party for party in each.parties if party != state)
        rows.append(Entry(f"{each.title}, with {game.state(other).name}", "swords", f"{each.tension:.0f}"))
    fears = sorted((game.relation(state, other.id), other.name) for other in game.states if other.id != state)
    rows.append(Entry("Regards worst and best", head=True))
    for value, name in (*fears[:2], *fears[:-3:-1]):
        rows.append(Entry(name, "", f"{theme.band(value).glyph} {signed(value)}"))
    return rows


def commitments(state: str, game: Game) -> list[Entry]:
    """Agreements and pledges of a state, those with us first, and how long they last."""
    rows = []
    mine = [agreement for agreement in game.agreements if state in (agreement.giver, agreement.receiver)]
    mine.sort(key=lambda agreement: game.side not in (agreement.giver, agreement.receiver))
    if mine:
        rows.append(Entry("Agreements", head=True, end="turns left"))
    for agreement in mine:
        other = agreement.receiver if agreement.giver == state else agreement.giver
        way = "with" if agreement.mutual else "to" if agreement.giver == state else "from"
        notes = [text for text, holds in (("suspended", agreement.suspended), ("secret", agreement.secret)) if holds]
        note = f" ({', '.join(notes)})" if notes else ""
        icon = "lock" if agreement.secret else sort_of(agreement).icon
        rows.append(Entry(f"{agreement.title} {way} {game.state(other).name}{note}", icon, _left(agreement.turns)))
    words = [word for word in game.words if state in (word.giver, word.holder)]
    words.sort(key=lambda word: game.side not in (word.giver, word.holder))
    if words:
        rows.append(Entry("Pledges", head=True, end="turns left"))
    for word in words:
        way = f"to {game.state(word.holder).name}" if word.giver == state else f"from {game.state(word.giver).name}"
        rows.append(Entry(f"{word.title}, {way}", PLEDGES.icon, _left(word.turns)))
    return rows or [Entry("Nothing binds it.", ink=theme.FAINT)]


def _left(turns: int | None) -> str:
    return "no end" if turns is None else str(turns)


def history(state: str, game: Game) -> list[Entry]:
    """What the state did and what was done to it, the newest first."""
    rows: list[Entry] = []
    turn = None
    for item in reversed(game.record):
        if state not in (item.actor, item.target):
            continue
        if item.turn != turn:
            turn = item.turn
            date = dated(game.dates[turn] if turn < len(game.dates) else game.date)
            rows.append(Entry(f"Turn {turn}", head=True, end=date))
        tone = theme.BANDS[5].dark if item.tone > 0.05 else theme.BANDS[1].dark if item.tone < -0.05 else theme.FAINT
        rows.append(Entry(item.text, SIGNS[item.kind], tone=tone))
    return rows or [Entry("Nothing has passed yet.", ink=theme.FAINT)]


def known(state: str, game: Game) -> list[Entry]:
    """What is known of a state: its means, its word, and what is rumoured."""
    card = game.state(state)
    rows = [Entry("Means", head=True)]
    rows += [Entry(name, "", f"{value:,.4g} {unit}".rstrip()) for name, value, unit in card.attributes]
    if game.side is not None and state != game.side:
        there, back = game.index(state), game.index(game.side)
        rows.append(Entry("Its word and ours", head=True))
        rows.append(Entry("How far we trust it", "", f"{100 * game.trust[back][there]:.0f} of 100"))
        rows.append(Entry("How far it trusts us", "", f"{100 * game.trust[there][back]:.0f} of 100"))
        rows.append(Entry("How much we share", "", f"{game.depth[there][back]:.0f} of 100"))
    rumours = [text for text in game.rumours if card.name in text]
    rows.append(Entry("Rumours", head=True))
    rows += [Entry(text, "eye") for text in rumours] or [Entry("None about it.", ink=theme.FAINT)]
    return rows


def news(game: Game) -> list[Entry]:
    """What happened in the last turn and what this one began with."""
    rows: list[Entry] = []
    turn = None
    for item in reversed([each for each in game.record if each.turn >= game.turn - 1]):
        if item.turn != turn:
            turn = item.turn
            head = "This turn" if turn == game.turn else "Last turn"
            rows.append(Entry(head, head=True, end=dated(game.dates[turn] if turn < len(game.dates) else game.date)))
        tone = theme.BANDS[5].dark if item.tone > 0.05 else theme.BANDS[1].dark if item.tone < -0.05 else theme.FAINT
        rows.append(Entry(item.text, SIGNS[item.kind], tone=tone))
    return rows or [Entry("Nothing has happened yet.", ink=theme.FAINT)]


PAGES: Mapping[str, Callable[[str, Game], list[Entry]]] = {
    "aims": objectives, "agreements": commitments, "history": history, "knowledge": known,
}  # fmt: skip
"""The pages that are lists, by their tabs."""
