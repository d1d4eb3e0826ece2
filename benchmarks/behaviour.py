"""Does what states do matter? Points against idle and dull play, crises, alliances, consequences, variety, levels.

Every figure is taken on seeds of its own luck, with the spreads of the file drawn; whatever is compared, is compared
on the same seeds. `low` and `high` are the ends of the 95 % interval, `bar` is what is wanted and `met` whether the
figure itself is within it. Figures that need a mechanism which the engine lacks say so in place of a number.

    python -m benchmarks.behaviour south-caucasus-2012 --runs 200 --parts goals,crises
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from time import process_time
from typing import Any

import numpy as np

from benchmarks.games import Game, Table, deciding, tables, watched
from benchmarks.strategies import STANCES, Listed, Stubborn, friendly_words, lists, mean_points, scripts
from benchmarks.timing import Row, parser, written
from game.kernel.catalogue import STATEMENT
from game.kernel.conditions import RIVALRY
from game.kernel.declare import Floats
from game.kernel.world import RUNGS, Board
from game.match.difficulty import LEVELS
from game.narrative.wording import BANDS
from game.policies import Policy
from game.policies.random import Random
from game.policies.wait import Wait
from game.scenario import load
from game.scenario.compile import compiled
from game.scenario.spec import Scenario, Spread
from game.study import ensemble
from game.study.expectations import mean, share

Values = Sequence[float]
Bar = tuple[float, float]

LACKING = "not in this engine"
TUNING = 1_000_000
"""The first of the seeds on which lists are chosen; none of them is reported on."""

TURNS = (1, 3, 6, 12, 24)
"""After how many turns it is measured what an event or agreement has left."""

RESAMPLES = 400
ANY = (-np.inf, np.inf)


@dataclass(slots=True)
class Study:
    """What is measured: a scenario on so many seeds, and what several figures share."""

    scenario: Scenario
    runs: int
    turns: int
    only: tuple[str, ...] = ()
    tried: int = 16  # seeds on which a list is chosen
    few: int = 0  # seeds of the figures that need many games for each state; 0 for `runs`
    _games: list[Game] = field(default_factory=list)
    _points: dict[Any, Floats] = field(default_factory=dict)
    _tables: list[Table] = field(default_factory=list)
    _lists: dict[int, Listed] = field(default_factory=dict)

    @property
    def tables(self) -> list[Table]:
        """The tables of all seeds."""
        if not self._tables:
            self._tables = [*tables(self.scenario, range(1, self.runs + 1), self.turns)]
        return self._tables

    @property
    def board(self) -> Board:
        return self.tables[0].board

    @property
    def states(self) -> list[int]:
        """The states that decide and want something, or those of them that were asked for."""
        found = deciding(self.board)
        return [state for state in found if not self.only or self.board.states[state] in self.only]

    def name(self, state: int) -> str:
        return self.board.states[state]

    @property
    def games(self) -> list[Game]:
        """The games of all seeds by the reasoner."""
        if not self._games:
            self._games = [each.watched() for each in self.tables]
        return self._games

    def points(
        self, key: Any, seats: Mapping[int, Policy] | Callable[[Table], Mapping[int, Policy]], level: str | None = None,
        runs: int = 0,
    ) -> Floats:  # fmt: skip
        """The points of all states `[R, N]` where some are played by others."""
        known = (key, level, runs or self.runs)
        if known not in self._points:
            chosen = self.tables[: runs or self.runs]
            self._points[known] = np.array(
                [each.points(seats(each) if callable(seats) else seats, level) for each in chosen]
            )
        return self._points[known]

    def usual(self, runs: int = 0) -> Floats:
        """The points of all states where the reasoner plays everybody `[R, N]`."""
        return self.points("reasoner", {}, None, runs)

    def best_list(self, state: int) -> Listed:
        """The best of the lists that are written from a state's goals, as it does on seeds of its own."""
        if state not in self._lists:
            made = compiled(self.scenario)
            trial = [*tables(self.scenario, range(TUNING, TUNING + self.tried), self.turns)]
            left = [each for each in lists(made, state) if each.lines]
            for seeds, best in ((trial[: self.tried // 4], 4), (trial, 1)):
                scores = {each: mean_points([t.points({state: each}) for t in seeds], state) for each in left}
                left = sorted(left, key=lambda each, scores=scores: -scores[each])[:best]
            self._lists[state] = left[0] if left else Listed(state, ())
        return self._lists[state]


def measured(
    part: str, figure: str, of: str, found: tuple[float, float, float] | None, bar: Bar = ANY, note: str = ""
) -> Row:
    """One line of the result."""
    told, wanted = found, bar != ANY
    return {
        "part": part, "figure": figure, "of": of,
        "value": None if told is None else _rounded(told[0]),
        "low": None if told is None else _rounded(told[1]), "high": None if told is None else _rounded(told[2]),
        "bar": _bar(bar) if wanted else "",
        "met": (bool(bar[0] <= told[0] <= bar[1]) if wanted and told is not None else None),
        "note": note,
    }  # fmt: skip


def _rounded(number: float) -> float | None:
    return round(float(number), 4) if np.isfinite(number) else None


def _bar(bar: Bar) -> str:
    low, high = bar
    if np.isinf(high):
        return f">= {low:g}"
    return f"<= {high:g}" if np.isinf(low) else f"{low:g} to {high:g}"


def resampled(statistic: Callable[[Any], float], runs: int) -> tuple[float, float, float]:
    """A statistic of runs, given their places, and its 95 % interval by drawing runs anew (Efron 1979)."""
    drawn = np.random.default_rng(0).integers(0, runs, (RESAMPLES, runs))
    found = [statistic(rows) for rows in drawn]
    sound = [each for each in found if np.isfinite(each)]
    if not sound:
        return statistic(np.arange(runs)), -np.inf, np.inf
    low, high = np.quantile(sound, (0.025, 0.975))
    return statistic(np.arange(runs)), float(low), float(high)


def ratio(above: Values, below: Values) -> tuple[float, float, float] | None:
    """The sum of one over that of another, run by run, with its interval; None where there is nothing below."""
    over, under = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    if under.sum() == 0.0:
        return None

    def quotient(rows: Any) -> float:
        return float(over[rows].sum() / under[rows].sum()) if under[rows].sum() else np.nan

    return resampled(quotient, over.size)


def paired(one: Floats, other: Floats) -> tuple[float, float, float]:
    """The mean of differences on the same seeds."""
    return mean((one - other).tolist())


# ---- goals


def goals(study: Study) -> Iterator[Row]:
    """What the reasoner gains of a state's goals, against idle, random and listed play."""
    usual, states = study.usual(), study.states
    for state in states:
        yield measured("goals", "points by the reasoner", study.name(state), mean(usual[:, state].tolist()))
        rivals: Mapping[str, tuple[Policy, float]] = {
            "waiting": (Wait(), 15.0), "random": (Random(), 15.0), "its best list": (study.best_list(state), -5.0),
        }  # fmt: skip
        for name, (policy, least) in rivals.items():
            other = study.points((state, name), {state: policy})
            found = paired(usual[:, state], other[:, state])
            yield measured("goals", f"reasoner - {name}", study.name(state), found, (least, np.inf))
    games = study.games
    part = ratio([game.aims for game in games], [game.positive for game in games])
    yield measured("goals", "share of goals in the positive score", "all", part, (0.25, 1.0))
    acts = [float(len(game.deeds)) for game in games]
    yield measured("goals", "acts chosen below zero", "all", ratio([float(g.below_zero) for g in games], acts))
    for place, goal in enumerate(study.board.objectives):
        if goal.state in states:
            held = share([float(game.met[place]) for game in games])
            yield measured("goals", "goal met", f"{study.name(goal.state)}: {goal.label}", held, (0.1, 0.9))
    yield from rivalry(study)


def rivalry(study: Study) -> Iterator[Row]:
    """How the points of rivals go together: of all deciding states one of which is a rival of the other."""
    usual, opening = study.usual(), study.board.opening[0]
    for one, other in combinations(study.states, 2):
        if min(opening[one, other], opening[other, one]) > -RIVALRY:
            continue

        def together(rows: Any, one: int = one, other: int = other) -> float:
            first, second = usual[rows, one], usual[rows, other]
            if first.std() == 0.0 or second.std() == 0.0:
                return np.nan
            return float(np.corrcoef(first, second)[0, 1])

        pair = f"{study.name(one)}, {study.name(other)}"
        hostile = max(opening[one, other], opening[other, one]) <= -60.0
        found = resampled(together, len(usual))
        yield measured("goals", "correlation of points", pair, found, (-1.0, -0.3) if hostile else ANY)


# ---- strategies


def strategies(study: Study) -> Iterator[Row]:
    """What dull play and set choices in crises come to, against the reasoner."""
    runs = study.few or study.runs
    usual = study.usual(runs)
    for state in study.states:
        for name, script in scripts(study.board, state).items():
            found = study.points((state, name), {state: script}, None, runs)
            gap = paired(usual[:, state], found[:, state])
            yield measured("strategies", f"reasoner - {name}", study.name(state), gap, (0.0, np.inf))
            if name == "pledges":
                idle = study.points((state, "waiting"), {state: Wait()}, None, runs)
                gain = paired(found[:, state], idle[:, state])
                yield measured("strategies", "pledges only - waiting", study.name(state), gain, (-np.inf, 2.0))
        for name, stance in STANCES.items():

            def seats(each: Table, state: int = state, stance: int = stance) -> Mapping[int, Policy]:
                return {state: Stubborn(each.reasoner(), state, stance)}

            found = study.points((state, f"always {name}"), seats, None, runs)
            least = 8.0 if name == "back down" else 0.0
            gap = paired(usual[:, state], found[:, state])
            yield measured("strategies", f"reasoner - always {name}", study.name(state), gap, (least, np.inf))


# ---- alliances


def alliances(study: Study) -> Iterator[Row]:
    """Wars that draw others in, with pacts and without on the same seeds, and what becomes of obligations."""
    kinds = study.scenario.agreement_kinds
    kept = {name: each for name, each in study.scenario.agreements.items() if kinds[each.kind].guarantee == 0.0}
    alone = replace(study.scenario, agreements=kept)
    without = [each.watched() for each in tables(alone, range(1, study.runs + 1), study.turns)]
    for name, games, bar in (("with pacts", study.games, (0.25, 1.0)), ("without pacts", without, (0.0, 0.05))):
        wars = [float(len(game.wars)) for game in games]
        yield measured("alliances", "wars a run", name, mean(wars))
        drawn = [float(min(game.drawn_in, len(game.wars))) for game in games]
        yield measured("alliances", "wars that draw a third state in", name, ratio(drawn, wars), bar)
    games = study.games
    if any(game.obligations for game in games):
        for name in sorted({each for game in games for each in game.obligations}):
            yield measured("alliances", name, "a run", mean([float(game.obligations.get(name, 0)) for game in games]))
    else:
        yield measured("alliances", "obligations", "all", None, (0.3, 0.75), LACKING)
    words = [float(game.kept_words + game.broken_words) for game in games]
    yield measured("alliances", "words that were kept", "pledges", ratio([float(g.kept_words) for g in games], words))
    start = study.board.start["agreements"][0][study.board.agreements.guarantee > 0.0].any(axis=0)
    pairs = np.triu(~(start | start.T), 1)
    formed = [float((np.triu(game.pacts | game.pacts.T, 1) & pairs).sum()) for game in games]
    yield measured("alliances", "defence pacts formed", "a run", mean(formed))


# ---- crises


def crises(study: Study) -> Iterator[Row]:
    """How crises end, who strikes, and what third states do about them."""
    games = study.games
    yield measured("crises", "crises", "a run", mean([float(len(game.crises)) for game in games]))
    yield measured("crises", "runs with a crisis", "all", share([float(bool(g.crises)) for g in games]))
    for end in ("lapse", "terms", "backing down", "war", "open"):
        ends = [float(sum(each.end == end for each in game.crises)) for game in games]
        whole = [float(len(game.crises)) for game in games]
        bar = (0.15, 0.4) if end == "backing down" else ANY
        yield measured("crises", "share that ends by", end, ratio(ends, whole), bar)
    for top in range(len(RUNGS)):
        tops = [float(sum(each.top == top for each in game.crises)) for game in games]
        found = ratio(tops, [float(len(game.crises)) for game in games])
        yield measured("crises", "share with the top rung", RUNGS[top], found)
    strikes = [float(game.chosen + game.accidental) for game in games]
    yield measured("crises", "strikes", "a run", mean(strikes))
    chosen = ratio([float(game.chosen) for game in games], strikes)
    yield measured("crises", "strikes by choice", "all", chosen, (0.7, 1.0))
    yield measured("crises", "third states' acts at parties, alert over calm", "all", attention(games), (2.0, np.inf))


def attention(games: Sequence[Game]) -> tuple[float, float, float] | None:
    """The acts of third states at parties on alert or above, over what they do to the same parties in calm."""
    disputes = games[0].board.disputes
    acts, turns = np.zeros((2, len(games), len(disputes))), np.zeros((2, len(games), len(disputes)))
    for run, game in enumerate(games):
        for kind, when in enumerate((game.alert, game.calm)):
            turns[kind, run] = when[: game.last].sum(axis=0)
        for deed in game.deeds:
            for place, dispute in enumerate(disputes):
                if deed.target in dispute.parties and deed.actor not in dispute.parties:
                    for kind, when in enumerate((game.alert, game.calm)):
                        acts[kind, run, place] += when[deed.turn - 1, place]
    if turns[0].sum() == 0.0:
        return None

    def times(rows: Any) -> float:
        done, spent = acts[:, rows].sum(axis=1), turns[:, rows].sum(axis=1)
        rate = np.divide(done[1], spent[1], out=np.zeros(len(disputes)), where=spent[1] > 0.0)
        expected = float((rate * spent[0]).sum())
        return float(done[0].sum()) / expected if expected else np.nan

    return resampled(times, len(games))


# ---- consequences


def consequences(study: Study) -> Iterator[Row]:
    """What becomes of relations, and what single events and agreements leave in them."""
    games, players = study.games, np.flatnonzero(study.board.plays)
    series = np.array([_whole(game.series, study.turns) for game in games])
    states = len(study.board.states)
    among = np.zeros((states, states), dtype=bool)
    among[np.ix_(players, players)] = True
    np.fill_diagonal(among, False)
    everybody = ~np.eye(states, dtype=bool)
    levels = bands(series[:, 0]), bands(series[:, -1])
    moved = (np.abs(levels[1] - levels[0]) >= 2)[:, among].mean(axis=1)
    yield measured("consequences", "pairs that move two bands", "deciding states", mean(moved.tolist()), (0.1, 1.0))
    for name, pairs, bar in (("deciding states", among, (6.0, np.inf)), ("all states", everybody, ANY)):

        def spread(rows: Any, pairs: Any = pairs) -> float:
            return float(series[rows, -1].std(axis=0)[pairs].mean())

        yield measured("consequences", "sd of end relations", name, resampled(spread, len(games)), bar)
    for turn in (t for t in TURNS if t <= study.turns):
        change = (series[:, turn] - series[:, 0])[:, everybody].mean(axis=1)
        bar = (-5.0, 5.0) if turn == study.turns else ANY
        yield measured("consequences", f"mean drift, turn {turn}", "all states", mean(change.tolist()), bar)
    near = (series[:, -1] > 95.0)[:, everybody].mean(axis=1) - (series[:, 0] > 95.0)[:, everybody].mean(axis=1)
    yield measured("consequences", "more pairs beyond 95 than at the start", "share", mean(near.tolist()), (-1.0, 0.0))
    yield from removals(study)


def _whole(series: Floats, turns: int) -> Floats:
    """Relations to the last turn; a game that ended stays as it was."""
    return np.concatenate([series, np.repeat(series[-1:], turns + 1 - len(series), axis=0)])


def bands(relations: Floats) -> Any:
    """The number of the band of each relation, 0 the lowest."""
    least = np.array(sorted(each[0] for each in BANDS), dtype=float)
    return np.searchsorted(least, np.round(relations), side="right")


def removals(study: Study) -> Iterator[Row]:
    """What is different without each scheduled event, and without each agreement, on the pair it moves most.

    Spreads are central here: some dozen scenarios are played, and their numbers differ by what was taken out alone.
    """
    seeds = range(1, study.runs + 1)
    base = _series(study.scenario, seeds, study.turns)
    for name, scenario in without(study.scenario):
        other = _series(scenario, seeds, study.turns)
        apart = base - other
        if not apart.any():
            yield measured("consequences", f"without {name}", "nothing", (0.0, 0.0, 0.0))
            continue
        size = np.abs(apart.mean(axis=0)).max(axis=(1, 2))
        first = int(np.argmax(size > size.max() / 4))
        pair = np.unravel_index(np.argmax(np.abs(apart.mean(axis=0)[first])), apart.shape[2:])
        of = f"{study.name(int(pair[0]))} -> {study.name(int(pair[1]))}"
        for turn in (each for each in TURNS if first <= each <= study.turns):
            found = mean(apart[:, turn, pair[0], pair[1]].tolist())
            yield measured("consequences", f"{name} at turn {turn}", of, found)


def without(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """The scenario without each event that has a date, and without each agreement of the start."""
    for name, event in scenario.events.items():
        if event.trigger.form == "at":
            never = Spread("constant", 0.0, 0.0, 0.0, event.chance.path, event.chance.span)
            yield name, replace(scenario, events={**scenario.events, name: replace(event, chance=never)})
    for name in scenario.agreements:
        rest = {other: each for other, each in scenario.agreements.items() if other != name}
        yield f"agreement {name}", replace(scenario, agreements=rest)


def _series(scenario: Scenario, seeds: Sequence[int], turns: int) -> Floats:
    return ensemble(scenario, seeds, turns=turns, keep=["series"]).series


# ---- variety


def variety(study: Study) -> Iterator[Row]:
    """What is done: words, acts at those who never answer, refusals, requests, linked deals, turns without an act."""
    games, board = study.games, study.board
    acts = [float(len(game.deeds)) for game in games]

    def part(test: Callable[[Any], bool]) -> list[float]:
        return [float(sum(test(deed) for deed in game.deeds)) for game in games]

    yield measured("variety", "acts", "a run", mean(acts))
    words = set(friendly_words(board)) | set(np.flatnonzero(board.acts.kind == STATEMENT).tolist())
    friendly = set(friendly_words(board))
    yield measured("variety", "words", "of acts", ratio(part(lambda deed: deed.act in words), acts), (0.0, 0.4))
    found = ratio(part(lambda deed: deed.act in friendly), acts)
    yield measured("variety", "friendly words without content", "of acts", found)
    found = ratio(part(lambda deed: not board.plays[deed.target]), acts)
    yield measured("variety", "acts at passive states", "of acts", found, (0.0, 0.1))
    counts = np.bincount([deed.act for game in games for deed in game.deeds if not deed.refused],
                         minlength=len(board.acts.names))  # fmt: skip
    used = counts / len(games) >= 0.1
    yield measured("variety", "acts used in one of ten runs", "of the catalogue", share(used.astype(float).tolist()),
                   (0.8, 1.0), f"{int(used.sum())} of {used.size}; never: "
                   f"{', '.join(name for name, n in zip(board.acts.names, counts, strict=True) if not n)}")  # fmt: skip
    deals = part(lambda deed: deed.deal)
    refused = part(lambda deed: deed.refused)
    yield measured("variety", "deals signed", "a run", mean((np.array(deals) - np.array(refused)).tolist()))
    yield measured("variety", "deals refused", "of those proposed", ratio(refused, deals), (0.15, 0.35))
    yield measured("variety", "deals that begin as a request", "of deals", None, (0.1, 0.3), LACKING)
    yield measured("variety", "deals with a pledge as a clause", "a run",
                   mean(part(lambda deed: deed.pledged and not deed.refused)), (1.0, np.inf))  # fmt: skip
    yield measured("variety", "deals with a payment", "a run", mean(part(lambda deed: deed.paid and not deed.refused)))
    empty = [float(game.last - len({deed.turn for deed in game.deeds})) for game in games]
    found = ratio(empty, [float(game.last) for game in games])
    yield measured("variety", "turns without an act", "of turns", found, (0.0, 0.03))
    lost, places = [sum(game.lost) for game in games], [float(len(game.lost)) for game in games]
    yield measured("variety", "capital lost", "a state and turn", ratio(lost, places))


# ---- planning


def planning(study: Study) -> Iterator[Row]:
    """What levels of difficulty come to: the same state at each, and a list against each."""
    runs, names = study.few or study.runs, [*LEVELS]
    for state in study.states:
        own = {}
        for level in names:

            def seats(each: Table, state: int = state, level: str = level) -> Mapping[int, Policy]:
                return {state: each.reasoner(level)}

            own[level] = study.points((state, "level", level), seats, None, runs)[:, state]
        human = {level: study.points((state, "its best list"), {state: study.best_list(state)}, level, runs)[:, state]
                 for level in names}  # fmt: skip
        for lower, higher in pairwise(names):
            found = paired(own[higher], own[lower])
            yield measured("planning", f"{higher} - {lower}", study.name(state), found, (8.0, np.inf))
            found = paired(human[lower], human[higher])
            yield measured("planning", f"list against {lower} - against {higher}", study.name(state), found,
                           (8.0, np.inf))  # fmt: skip
    yield measured("planning", "CPU seconds", "a state and turn", cost(study), (0.0, 0.3))


def cost(study: Study) -> tuple[float, float, float]:
    """The processor's time a deciding state and turn of an ensemble; the second of two calls counts."""
    seeds = range(min(study.runs, 32))
    taken = []
    for _ in range(4):
        start = process_time()
        ensemble(study.scenario, seeds, turns=study.turns, keep=[])
        taken.append((process_time() - start) / (len(seeds) * study.turns * max(int(study.board.plays.sum()), 1)))
    return mean(taken[1:])


# ---- trust


BROKEN = 4.0
"""The broken words that everybody is given to know of one state."""


def trust(study: Study) -> Iterator[Row]:
    """How many fewer deals a state signs of which everybody knows that it broke its word four times."""
    for state in study.states:
        before, after = [], []
        for each, game in zip(study.tables[: study.few or study.runs], study.games, strict=False):
            broken = np.array(each.board.start["broken"], dtype=float)
            broken[:, :, state] += BROKEN
            broken[:, state, state] = 0.0
            board = replace(each.board, start={**each.board.start, "broken": broken})
            blamed = watched(board, each.made.parameters, each.seed, each.turns)
            before.append(_signed(game, state))
            after.append(_signed(blamed, state))
        found = ratio((np.array(before) - np.array(after)).tolist(), before)
        yield measured("trust", "fewer deals with broken words", study.name(state), found, (0.3, 1.0))


def _signed(game: Game, state: int) -> float:
    return float(sum(deed.deal and not deed.refused and state in (deed.actor, deed.target) for deed in game.deeds))


# ---- teaching


def teaching(study: Study) -> Iterator[Row]:
    """What a scenario that teaches something about alliances must show."""
    games = study.games
    series = np.array([_whole(game.series, study.turns) for game in games])
    everybody = ~np.eye(len(study.board.states), dtype=bool)
    drift = (series[:, -1] - series[:, 0])[:, everybody].mean(axis=1)
    yield measured("teaching", "mean drift", "all states", mean(drift.tolist()), (-8.0, 8.0))
    crisis = share([float(bool(game.crises)) for game in games])
    yield measured("teaching", "runs with a crisis", "all", crisis, (0.4, 1.0))
    double = share([float(both_sides(game)) for game in games])
    yield measured("teaching", "runs with pacts with both of two enemies", "all", double, (0.0, 0.1))


def both_sides(game: Game) -> bool:
    """Whether a state was ever bound to fight for both of two that were enemies at the start."""
    enemies = (game.series[0] <= -RIVALRY) & (game.series[0].T <= -RIVALRY)
    bound = game.pacts | game.pacts.T
    start = game.board.start["agreements"][0][game.board.agreements.guarantee > 0.0].any(axis=0)
    fresh = bound & ~(start | start.T)
    return bool((np.einsum("ia,ib,ab->", fresh.astype(int), bound.astype(int), enemies.astype(int))) > 0)


PARTS: Mapping[str, Callable[[Study], Iterator[Row]]] = {
    "goals": goals, "strategies": strategies, "alliances": alliances, "crises": crises, "consequences": consequences,
    "variety": variety, "planning": planning, "trust": trust, "teaching": teaching,
}  # fmt: skip


def rows(study: Study, parts: Sequence[str] = ()) -> Iterator[Row]:
    """Every figure of some parts, or of all."""
    for part in parts or PARTS:
        yield from PARTS[part](study)


def names(text: str) -> tuple[str, ...]:
    """Names between commas, for an option."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of the result between commas, for an option."""
    found = names(text)
    for each in found:
        if each not in PARTS:
            raise argparse.ArgumentTypeError(f"there is no part {each!r}; they are {', '.join(PARTS)}")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = parser(__doc__)
    options.add_argument("scenario", nargs="?", default="south-caucasus-2012", help="a name or a path")
    options.add_argument("--runs", type=int, default=200, help="how many seeds, from 1 on")
    options.add_argument("--few", type=int, default=0, help="seeds for strategies, planning and trust; 0 for all")
    options.add_argument("--turns", type=int, default=None, help="how many turns; without, the scenario's")
    options.add_argument("--states", type=names, default=(), help="whose figures, such as ada,bora; without, of all")
    options.add_argument("--parts", type=parts_of, default=(), help=f"which of {', '.join(PARTS)}")
    given = options.parse_args(arguments)
    scenario = load(given.scenario)
    study = Study(scenario, given.runs, given.turns or scenario.turns, given.states, few=given.few)
    sys.stdout.write(written([*rows(study, given.parts)], given.format))


if __name__ == "__main__":
    main()
