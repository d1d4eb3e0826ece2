"""The debrief of a game: what it comes to, and the same as one page of HTML that needs nothing besides itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from game.narrative.wording import dated
from game.play.snapshot import (
    Counterfactual,
    Game,
    ObjectiveView,
    StateCard,
)
from game.text import marked

INKS = ("#3f789b", "#98793f", "#926083", "#448a73", "#995d4b", "#9b9665", "#6f6ea2", "#8b909b")
"""Colours of lines on paper: those of the curves on the screen (Okabe and Ito 2008), darkened for a white ground."""

KEY = 4
"""How many relations tell the story of a game."""

Pair = tuple[str, str]


def key_pairs(game: Game, most: int = KEY) -> tuple[Pair, ...]:
    """The relations that had most of a story: those that went farthest up and down; a side's own are how it is seen."""
    ids = [state.id for state in game.states]
    pairs = [(first, second) for first in ids for second in ids if first != second]
    pairs = [pair for pair in pairs if game.side is None or pair[1] == game.side]
    return tuple(sorted(pairs, key=lambda pair: (-_span(path(game, *pair)), pair))[:most])


def _span(values: Sequence[float]) -> float:
    return max(values) - min(values)


def path(game: Game, first: str, second: str) -> tuple[float, ...]:
    """How one state regarded another after every turn, as far as is known."""
    row, column = game.index(first), game.index(second)
    return tuple(table[row][column] for table in game.series)


def standings(game: Game) -> tuple[tuple[StateCard, tuple[ObjectiveView, ...]], ...]:
    """The states that wanted something, those with most points first, with what they wanted."""
    wanting = [
        (state, tuple(objective for objective in game.objectives if objective.state == state.id))
        for state in game.states
    ]
    return tuple(sorted((each for each in wanting if each[1]), key=lambda each: -each[0].points))


def verdict(game: Game) -> str:
    """How it came out for the side, in a line: how it ended, the points, and the place they make among all."""
    how = "Ended early" if game.end is not None else "All turns played"
    found = standings(game)
    own = next(((state, aims) for state, aims in found if state.id == game.side), None)
    if own is None:
        return how
    most = sum(objective.points for objective in own[1])
    better = sum(state.points > own[0].points for state, _ in found)
    reached = sum(objective.held for objective in own[1])
    place = f"{ordinal(better + 1)} of {len(found)}" if len(found) > 1 else ""
    points = f"{own[0].points:g}/{most:g} points".replace("-", MINUS)
    met = f"{reached} of {len(own[1])} objectives met"
    return "  \N{MIDDLE DOT}  ".join(part for part in (how, points, met, place) if part)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`."""
    ending_ = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending_}"


def ending(game: Game) -> str:
    """How it ended, in a sentence."""
    turns = len(game.series) - 1
    text = game.ending or "Final turn reached"
    length = "1 turn" if turns == 1 else f"{turns} turns"
    return f"{text.rstrip('.')}. {length}, {dated(game.dates[min(1, turns)])} to {dated(game.dates[-1])}."


def why(game: Game, counterfactuals: Sequence[Counterfactual] | None = None) -> tuple[str, ...]:
    """Why it ended before its last turn, and what would have kept it from it; nothing where it did not."""
    if game.end is None:
        return ()
    said = [f"It ended because {game.end.because}."]
    if game.end.rises:
        steps = "; ".join(f"{each.date} (turn {each.turn}): +{each.size:.0f} to {each.level:.0f}" for each in
                          sorted(game.end.rises, key=lambda each: each.turn))  # fmt: skip
        said.append(f"Tension over {game.end.rises[0].title} rose most in {steps}.")
    averting = [each for each in counterfactuals or () if each.averted]
    if averting:
        said += [f"Without this order of {each.date} it would not have ended then: {each.text}." for each in averting]
    elif counterfactuals is not None:
        said.append("Leaving out any one of your weightiest orders would not have prevented it.")
    return tuple(said)


def instead(counterfactual: Counterfactual) -> str:
    """What a relation would be, and what it is: `−12 instead of −31`."""
    return f"{whole(counterfactual.other[-1])} instead of {whole(counterfactual.line[-1])}"


def aside(counterfactual: Counterfactual) -> str:
    """What else would be otherwise."""
    parts = ["The game would not have ended then."] if counterfactual.averted else []
    if round(counterfactual.other_points) != round(counterfactual.points):
        parts.append(f"{counterfactual.other_points:g} points instead of {counterfactual.points:g}.")
    if counterfactual.given_up:
        later = "One later order" if counterfactual.given_up == 1 else f"{counterfactual.given_up} later orders"
        parts.append(f"{later} could not have been given.")
    if len(counterfactual.other) < len(counterfactual.line):
        lost = len(counterfactual.line) - len(counterfactual.other)
        parts.append(f"It would have been over {lost} {'turn' if lost == 1 else 'turns'} sooner.")
    return " ".join(parts)


def whole(value: float) -> str:
    """A relation as it is shown: `+8`, `−31`, `0`."""
    number = round(value)
    return "0" if number == 0 else f"{'+' if number > 0 else MINUS}{abs(number)}"


MINUS = "\N{MINUS SIGN}"
ARROW = "\N{RIGHTWARDS ARROW}"

# ---- as a page

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #f4f3ef; color: #1f2430; font: 16px/1.5 "Fira Sans", "Segoe UI", system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 34px; line-height: 1.2; margin: 0; } h2 { font-size: 21px; margin: 44px 0 12px; }
p.quiet, .quiet { color: #5a6070; } section { break-inside: avoid-page; }
table { border-collapse: collapse; width: 100%; } td { padding: 5px 8px; border-top: 1px solid #dcdad2; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.state td { font-weight: 600; padding-top: 14px; border-top: 2px solid #c9c6bb; }
.tag { font-size: 13px; color: #6a4a00; background: #f6e6bf; border-radius: 4px; padding: 1px 7px; margin-left: 8px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 16px; }
.card { background: #fff; border: 1px solid #dcdad2; border-radius: 10px; padding: 14px 16px; }
.card strong { display: block; font-size: 19px; margin: 6px 0; }
svg { width: 100%; height: auto; display: block; } svg text { font: 12px "Fira Sans", system-ui, sans-serif; }
details { border-top: 1px solid #dcdad2; padding: 6px 0; } summary { cursor: pointer; font-weight: 600; }
ul { margin: 6px 0 10px; padding-left: 22px; }
""".strip()


def page(game: Game, counterfactuals: Sequence[Counterfactual] = ()) -> str:
    """A finished game as a page: what became of it, who wanted what, its story in lines, and the turns one by one."""
    who = "watched" if game.side is None else f"played as {game.state(game.side).name}"
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(game.title)}: debrief</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(game.title)}</h1>",
        f'<p class="quiet">{escape(who)}</p><p><strong>{escape(verdict(game))}</strong></p>',
        f"<p>{escape(ending(game))}</p>",
        *(f"<p>{escape(each)}</p>" for each in why(game, counterfactuals or None)),
        *_objectives(game),
        *_story(game),
        *_counterfactuals(game, counterfactuals),
        *_turns(game),
        "</main></body></html>",
    ]
    # The texts come from a file as much as from us, and a page is read far from the game.
    return marked("\n".join(parts)) + "\n"


def _objectives(game: Game) -> Iterator[str]:
    yield "<section><h2>Results</h2><table>"
    for state, objectives in standings(game):
        most = sum(objective.points for objective in objectives)
        score = f"{state.points:g} of {most:g}".replace("-", MINUS)
        yield f'<tr class="state"><td></td><td>{escape(state.name)}</td><td class="number">{score}</td></tr>'
        for objective in objectives:
            tag = '<span class="tag">was hidden</span>' if objective.hidden else ""
            mark = "✓" if objective.held else "✗"
            said = "reached" if objective.held else "missed"
            yield (
                f'<tr><td title="{said}">{mark}</td><td>{escape(objective.label)}{tag}</td>'
                f'<td class="number">{objective.points:g}</td></tr>'
            )
    yield "</table></section>"


def _story(game: Game) -> Iterator[str]:
    pairs = key_pairs(game)
    if len(game.series) > 1 and pairs:
        names = [f"{game.state(first).name} {ARROW} {game.state(second).name}" for first, second in pairs]
        yield "<section><h2>The story in a few relations</h2>"
        lines = [path(game, *pair) for pair in pairs]
        yield chart(list(zip(names, lines, strict=True)), (dated(game.dates[0]), dated(game.dates[-1])), 900, 340)
        yield "</section>"


def _counterfactuals(game: Game, counterfactuals: Sequence[Counterfactual]) -> Iterator[str]:
    if not counterfactuals:
        return
    yield '<section><h2>What if</h2><p class="quiet">The game played again without one order, with the '
    yield "same luck: people do what they did, as far as they still could; everybody else decides anew.</p>"
    yield '<div class="cards">'
    for each in counterfactuals:
        pair = f"{game.state(each.first).name} {ARROW} {game.state(each.second).name}"
        yield f'<div class="card"><span class="quiet">{escape(dated(each.date))}, without this order:</span>'
        yield f"<div>{escape(each.text)}</div><strong>{escape(pair)}: {instead(each)}</strong>"
        dates = (dated(game.dates[each.turn - 1]), dated(game.dates[-1]))
        yield chart([("as it came", each.line), ("without it", each.other)], dates, 420, 190)
        yield f'<div class="quiet">{escape(aside(each))}</div></div>'
    yield "</div></section>"


def _turns(game: Game) -> Iterator[str]:
    yield "<section><h2>Turn by turn</h2>"
    for turn, items in groupby(game.record, key=lambda item: item.turn):
        date = dated(game.dates[turn] if turn < len(game.dates) else game.date)
        yield f"<details><summary>{escape(date)}, turn {turn}</summary><ul>"
        yield from (f"<li>{escape(item.text)}</li>" for item in items)
        yield "</ul></details>"
    yield "</section>"


def chart(lines: Sequence[tuple[str, Sequence[float]]], dates: tuple[str, str], width: int, height: int) -> str:
    """Lines over turns as an SVG picture: each with its name and last value at its end, the second of two dashed."""
    left, right, top, foot = 44, 190 if width > 600 else 120, 10, 26
    values = [value for _, line in lines for value in line]
    low, high = min(*values, 0.0), max(*values, 0.0)
    low, high = low - 0.06 * (high - low + 1), high + 0.06 * (high - low + 1)
    last = max(max(len(line) for _, line in lines) - 1, 1)

    def x(turn: float) -> float:
        return left + (width - left - right) * turn / last

    def y(value: float) -> float:
        return top + (height - top - foot) * (high - value) / (high - low)

    ends = sorted(range(len(lines)), key=lambda number: y(lines[number][1][-1]))
    places: dict[int, float] = {}
    for number in ends:
        above = max(places.values(), default=-99.0)
        places[number] = max(y(lines[number][1][-1]) + 4, above + 15)
    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">']
    for value in sorted({-100.0, -50.0, 0.0, 50.0, 100.0, round(low), round(high)}):
        if low <= value <= high and value in (-100.0, -50.0, 0.0, 50.0, 100.0):
            parts.append(f'<path d="M{left} {y(value):.1f}H{width - right}" stroke="#d5d2c8"/>')
            parts.append(f'<text x="{left - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{whole(value)}</text>')
    parts.append(f'<text x="{left}" y="{height - 6}">{escape(dates[0])}</text>')
    parts.append(f'<text x="{width - right}" y="{height - 6}" text-anchor="end">{escape(dates[1])}</text>')
    for number, (name, line) in enumerate(lines):
        points = " ".join(f"{x(turn):.1f},{y(value):.1f}" for turn, value in enumerate(line))
        shade = INKS[number % len(INKS)]
        dash = ' stroke-dasharray="6 5"' if len(lines) == 2 and number else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{shade}" stroke-width="2.5"{dash}/>')
        label = f"{escape(name)} {whole(line[-1])}"
        parts.append(f'<text x="{width - right + 8}" y="{places[number]:.1f}" fill="{shade}">{label}</text>')
    return "".join([*parts, "</svg>"])
