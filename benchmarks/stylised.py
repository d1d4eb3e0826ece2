"""Facts of long records that a region should reproduce, over a thousand region-years of a scenario.

    python -m benchmarks.stylised south-caucasus-2012 --years 10 --regions 100

A region-year is one run for one year of the story. Definitions, for directed pairs of states unless said:

rival            the two regard each other, by the mean of both directions, at -20 or below
ally             one is bound to fight for the other by an agreement in force
allying          a pair that is not allied is a turn later; a shared rival is a third state that is a rival of both
dispute          a crisis that begins between two parties; its rate is that of pairs in a turn in which they have none
rivalry ending   rivals that are not and stay so for a year, or to the end of the record, over the years of rivalries
pact dissolving  allies that are not a turn later, over the years of alliances
verbal, material by the first two digits of an act's CAMEO code: 01-05 verbal, 15-20 material conflict; deals that are
                 refused count as nothing, states' orders alone count
reciprocity      what i does to j in a turn (weights of acts, summed) against what j does to i in the same turn, or the
                 next, each less its pair's mean, over pairs that ever do anything to each other
answered         of crises, those in which each side climbed beyond where it stood when the crisis began
stronger         of clashes and of crises in which a side backed down, by power at the time
deed             the mean size of what a deed or deal moves in its target's regard, over that of a statement, as done
balance          the yearly change of the share of triads with an odd number of rivals, of those without indifference
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from benchmarks.behaviour import ANY, Bar, measured, ratio
from benchmarks.games import Game, tables
from benchmarks.timing import Row, parser, written
from game.kernel.catalogue import STATEMENT
from game.kernel.conditions import RIVALRY
from game.kernel.declare import Booleans, Floats
from game.scenario import load
from game.scenario.spec import Scenario
from game.study.expectations import mean

A_YEAR: Mapping[str, float] = {"week": 52.0, "month": 12.0, "quarter": 4.0, "year": 1.0}
"""How many turns make a year."""

Counts = tuple[float, float]
"""What was counted in one game, and of how much."""


def rivals(game: Game) -> Booleans:
    """Who were rivals after each turn `[T + 1, N, N]`."""
    regard = (game.series + game.series.transpose(0, 2, 1)) / 2.0
    found = regard <= -RIVALRY
    found[:, np.arange(found.shape[1]), np.arange(found.shape[1])] = False
    return np.asarray(found)


def allies(game: Game) -> Booleans:
    """Who was bound to fight, either for the other, after each turn `[T + 1, N, N]`."""
    bonds = np.array(game.bonds)
    return np.asarray(bonds | bonds.transpose(0, 2, 1))


def allying(game: Game) -> tuple[Counts, Counts]:
    """Pairs that ally over those that might: with a rival in common, and without."""
    hostile, bound = rivals(game), allies(game)
    shared = np.einsum("tik,tjk->tij", hostile.astype(int), hostile.astype(int)) > 0
    upper = np.triu(np.ones(bound.shape[1:], dtype=bool), 1)
    free = ~bound[:-1] & upper
    new = free & bound[1:]
    return _share(new, free & shared[:-1]), _share(new, free & ~shared[:-1])


def disputing(game: Game) -> tuple[Counts, Counts]:
    """Crises that begin between neighbours over those that might: rivals, and not."""
    hostile, borders = rivals(game), np.triu(np.asarray(game.board.borders, dtype=bool), 1)
    begun = np.zeros(hostile.shape, dtype=bool)
    for crisis in game.crises:
        one, other = sorted(game.board.disputes[crisis.dispute].parties)
        begun[max(crisis.began, 1), one, other] = True
    return _share(begun[1:], hostile[:-1] & borders), _share(begun[1:], ~hostile[:-1] & borders)


def _share(happened: Any, might: Any) -> Counts:
    """In how many cells something happened, of those in which it might."""
    return float((happened & might).sum()), float(might.sum())


def ended(holds: Booleans, lasting: int) -> Counts:
    """How often what holds between two ends and stays away so long, or to the end of the record; and how long it held.

    >>> pair = np.zeros((4, 2, 2), dtype=bool)
    >>> pair[:2, 0, 1] = True  # it held for two turns, and has not for two
    >>> ended(pair, 2)
    (1.0, 2.0)
    """
    upper = np.triu(np.ones(holds.shape[1:], dtype=bool), 1)
    over = 0
    for turn in range(len(holds) - 1):
        away = ~holds[turn + 1 : turn + 1 + lasting].any(axis=0)
        over += int((holds[turn] & away & upper).sum())
    return float(over), float((holds[:-1] & upper).sum())


def reciprocity(games: Sequence[Game], later: int) -> float:
    """The correlation of what is done and what is returned so many turns later, over pairs that do anything."""
    given, returned = [], []
    for game in games:
        done = weights(game)
        ever = np.abs(done).sum(axis=0) > 0.0
        for i, j in np.argwhere(ever & ever.T):
            one, other = done[: len(done) - later, i, j], done[later:, j, i]
            given.append(one - one.mean())
            returned.append(other - other.mean())
    if not given:
        return float("nan")
    one, other = np.concatenate(given), np.concatenate(returned)
    if one.std() == 0.0 or other.std() == 0.0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def weights(game: Game) -> Floats:
    """The weights of what i does to j in each turn `[T, N, N]`."""
    states = len(game.board.states)
    done = np.zeros((game.last, states, states))
    for deed in game.deeds:
        if not deed.refused:
            done[deed.turn - 1, deed.actor, deed.target] += game.board.acts.weight[deed.act]
    return done


def answered(game: Game) -> Counts:
    """Crises in which both sides climbed, of all."""
    both = 0
    for crisis in game.crises:
        rungs = np.array([game.rungs[turn][crisis.dispute] for turn in range(crisis.began, crisis.ended + 1)])
        both += bool((rungs.max(axis=0) > rungs[0]).all()) if len(rungs) else 0
    return float(both), float(len(game.crises))


def kinds(game: Game, codes: Sequence[int], low: int, high: int) -> Counts:
    """The acts whose CAMEO code begins with a number from `low` to `high`, of all that were done."""
    done = [deed for deed in game.deeds if not deed.refused]
    return float(sum(low <= codes[deed.act] <= high for deed in done)), float(len(done))


def sizes(game: Game, statements: bool) -> Counts:
    """What statements, or all else, moved in their targets' regard, and how many there were."""
    acts = game.board.acts
    moved = np.abs(acts.direct[0].sum(axis=1)[: len(acts.names), 0])
    done = [deed.act for deed in game.deeds if not deed.refused and (acts.kind[deed.act] == STATEMENT) == statements]
    return float(moved[done].sum()), float(len(done))


def unbalanced(game: Game) -> Floats:
    """The share of triads with an odd number of rivalries after each turn, of those whose states all take sides."""
    regard = (game.series + game.series.transpose(0, 2, 1)) / 2.0
    sign = np.where(regard >= RIVALRY, 1, np.where(regard <= -RIVALRY, -1, 0))
    products = np.array([sign[:, i, j] * sign[:, j, k] * sign[:, i, k]
                         for i, j, k in combinations(range(sign.shape[1]), 3)]).reshape(-1, len(sign))  # fmt: skip
    taken = np.abs(products).sum(axis=0)
    return np.divide((products < 0).sum(axis=0), taken, out=np.zeros(len(sign)), where=taken > 0)


def of_all(games: Sequence[Game], count: Callable[[Game], Counts], times: float = 1.0) -> Any:
    """The sum of what was counted over that of what there was of it, times a number."""
    counted = [count(game) for game in games]
    return ratio([first * times for first, _ in counted], [second for _, second in counted])


def against(games: Sequence[Game], count: Callable[[Game], tuple[Counts, Counts]]) -> Any:
    """One rate over another, with runs drawn anew for its interval; None where the second is zero."""
    pairs = np.array([count(game) for game in games])
    if pairs[:, 1, 0].sum() == 0.0 or pairs[:, 0, 1].sum() == 0.0:
        return None
    # (a / b) / (c / d) over sums is (a d) / (b c), which is drawn anew as a whole.
    drawn = np.random.default_rng(0).integers(0, len(pairs), (400, len(pairs)))

    def times(rows: Any) -> float:
        (a, b), (c, d) = pairs[rows].sum(axis=0)
        return float(a * d / (b * c)) if b * c else float("nan")

    found = [value for value in map(times, drawn) if np.isfinite(value)]
    low, high = np.quantile(found, (0.025, 0.975))
    return times(np.arange(len(pairs))), float(low), float(high)


def correlated(games: Sequence[Game], later: int) -> Any:
    """Reciprocity with an interval by drawing runs anew, forty times: each takes all pairs of all turns."""
    drawn = np.random.default_rng(0).integers(0, len(games), (40, len(games)))
    found = [reciprocity([games[run] for run in rows], later) for rows in drawn]
    if not np.isfinite(found).any():
        return None
    low, high = np.nanquantile(found, (0.025, 0.975))
    return reciprocity(games, later), float(low), float(high)


def rows(scenario: Scenario, years: float, regions: int) -> Iterator[Row]:
    """One row a fact."""
    yearly = A_YEAR[scenario.turn]
    turns = max(round(years * yearly), 1)
    games = [each.watched() for each in tables(scenario, range(1, regions + 1), turns)]
    codes = [int((scenario.acts[name].cameo or "00")[:2]) for name in games[0].board.acts.names]
    year = max(int(yearly), 1)

    def row(figure: str, found: Any, bar: Bar = ANY, note: str = "") -> Row:
        return measured("stylised", figure, scenario.id, found, bar, note if found else note or "nothing to count")

    yield row("allying with a shared rival, over without", against(games, allying), (3.0, 6.0))
    yield row("disputes of rival neighbours, over other neighbours", against(games, disputing), (3.0, 6.0))
    yield row("verbal cooperation, of acts", of_all(games, lambda g: kinds(g, codes, 1, 5)), (0.75, 1.0))
    yield row("material conflict, of acts", of_all(games, lambda g: kinds(g, codes, 15, 20)), (0.0, 0.05))
    yield row("reciprocity in the same turn", correlated(games, 0), (0.2, 0.3))
    yield row("reciprocity one turn later", correlated(games, 1), (0.03, 0.12))
    yield row("rivalries that end, a year", of_all(games, lambda g: ended(rivals(g), year), yearly), (0.02, 0.04))
    yield row("pacts that dissolve, a year", of_all(games, lambda g: ended(allies(g), 1), yearly), (0.003, 0.01))
    found = of_all(games, lambda g: (float(sum(g.stronger_won)), float(len(g.stronger_won))))
    yield row("contests that the stronger side wins", found, (0.6, 0.75))
    yield row("disputes answered in kind", of_all(games, answered), (0.4, 0.6))
    yield row(
        "disputes that become wars", of_all(games, lambda g: (float(len(g.wars)), float(len(g.crises)))), (0.0, 0.05)
    )
    found = of_all(games, lambda g: (float(g.kept_words), float(g.kept_words + g.broken_words)))
    yield row("pledges honoured", found, (0.4, 0.75))
    deeds, words = of_all(games, lambda g: sizes(g, False)), of_all(games, lambda g: sizes(g, True))
    heavy = None if deeds is None or words is None or not words[0] else (deeds[0] / words[0], -np.inf, np.inf)
    yield row("a deed over a statement", heavy, (2.5, 4.0))
    slopes = [float(np.polyfit(np.arange(len(share)) / yearly, share, 1)[0]) for share in map(unbalanced, games)]
    yield row("change of unbalanced triads, a year", mean(slopes), (-0.005, 0.005))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the result."""
    options = parser(__doc__)
    options.add_argument("scenario", nargs="?", default="south-caucasus-2012", help="a name or a path")
    options.add_argument("--years", type=float, default=10.0, help="of the story in each region")
    options.add_argument("--regions", type=int, default=100, help="how many, each with a seed of its own")
    given = options.parse_args(arguments)
    sys.stdout.write(written([*rows(load(given.scenario), given.years, given.regions)], given.format))


if __name__ == "__main__":
    main()
