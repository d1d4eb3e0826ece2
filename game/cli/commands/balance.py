"""Say how far the ties of a region agree with two camps, and how near a scenario is to falling into them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

import click
import numpy as np

from game.analysis.balance import Frustration, Triads, frustration, leading_camps, out_of_place, ties, triads
from game.analysis.series import polarisation
from game.analysis.tables import symmetric
from game.analysis.tipping import Tipping, tipping
from game.analysis.worlds import Pull, pull_of
from game.cli import options, tables
from game.cli.echo import echo
from game.match.match import Match
from game.narrative.wording import counted, listed, table

SHOWN = 12
"""How many ties out of place are told one by one; all are in the JSON."""


@click.command("balance")
@tables.given
@click.option(
    "--threshold", type=click.FloatRange(min=0.0), default=0.0, show_default=True, metavar="X",
    help="How far from 0 the mean of both directions has to be to be a tie.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.FloatRange(min=0.0, min_open=True), default=60.0, show_default=True, metavar="S",
    help="How long the best split of more than 20 states is sought.",
)  # fmt: skip
@options.output("text", "json")
def command(
    file: str, turn: int | None, at: float | None, seed: int, values: dict[str, float], value: str | None, mean: bool,
    threshold: float, seconds: float, form: str,
) -> None:  # fmt: skip
    """Measure structural balance in FILE, a scenario, a journal or a table in CSV, and where it tips into camps."""
    question = tables.Question(file, turn, at, seed, values, value, mean, "equal")
    read = tables.read_source(question)
    relations = symmetric(read.table.values, read.table.names)
    signs = ties(relations, threshold, read.table.names)
    found = Found(read.title, read.table.names, relations, signs, seconds, read.match)
    echo(json.dumps(found.as_data(), ensure_ascii=False, indent=1) if form == "json" else "\n".join(found.in_words()))


class Found:
    """What is found out about a table."""

    def __init__(
        self, title: str, names: tuple[str, ...], relations: Any, signs: Any, seconds: float, match: Match | None
    ) -> None:
        self.title, self.names, self.signs = title, names, signs
        self.triads: Triads = triads(signs)
        self.best: Frustration = frustration(signs, names=names, seconds=seconds)
        self.leading = leading_camps(relations)
        self.polarisation = polarisation(relations) if match is not None else None
        self.tipping = None if match is None else Tips(pull_of(match))

    def as_data(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        best, of = self.best, self.triads
        data: dict[str, Any] = {
            "source": self.title,
            "states": list(self.names),
            "ties": {"friendly": self.tied(1), "hostile": self.tied(-1)},
            "triads": {
                "+++": of.friends, "++-": of.two_friends, "+--": of.one_friend, "---": of.enemies,
                "balanced_share": of.balanced,
            },
            "frustration": {
                "index": best.index, "share": best.share, "exact": best.exact, "bound": best.bound,
                "camps": self.both(best.camps),
                "out_of_place": [[self.names[i], self.names[j], int(self.signs[i, j])] for i, j in best.out_of_place],
            },
            "leading_eigenvector": {
                "eigenvalue": self.leading.eigenvalue, "camps": self.both(self.leading.camps),
                "out_of_place": self.wrong(),
                "same_as_best": self.same(),
                "undecided": self.undecided(),
            },
        }  # fmt: skip
        if self.tipping is not None:
            data["polarisation"] = self.polarisation
            data["tipping"] = self.tipping.as_data()
        return data

    def tied(self, sign: int) -> int:
        """How many ties have a sign."""
        return int(np.count_nonzero(np.triu(self.signs == sign, 1)))

    def wrong(self) -> int:
        """How many ties the leading eigenvector's camps are at odds with."""
        return len(out_of_place(self.signs, self.leading.camps))

    def same(self) -> bool:
        """Whether the eigenvector places every state, and as the best split does."""
        return bool((self.leading.camps == self.best.camps).all() and not self.leading.undecided.any())

    def undecided(self) -> list[str]:
        """The states that the eigenvector leaves between the camps."""
        return [name for name, between in zip(self.names, self.leading.undecided, strict=True) if between]

    def both(self, camps: Any) -> list[list[str]]:
        """The names in either camp."""
        return [[name for name, side in zip(self.names, camps, strict=True) if side == one] for one in (True, False)]

    def in_words(self) -> Iterator[str]:
        """All of it as a person reads it."""
        of, best = self.triads, self.best
        every = f"{counted(self.tied(1), 'friendly tie')}, {counted(self.tied(-1), 'hostile tie')}"
        yield f"{self.title}: {counted(len(self.names), 'state')}, {every}"
        if self.polarisation is not None:
            yield f"polarisation {self.polarisation:.2f}, from 0 (no camps) to 1 (±100 within and between two camps)"
        yield ""
        yield f"{counted(of.counted, 'triad')}, {of.balanced:.0%} balanced" if of.counted else "no triads"
        rows = [
            (f"{of.friends}", "+ + +", "three friends", "balanced"),
            (f"{of.one_friend}", "+ − −", "two friends with a common enemy", "balanced"),
            (f"{of.two_friends}", "+ + −", "a friend of two enemies", "unbalanced"),
            (f"{of.enemies}", "− − −", "three enemies", "unbalanced"),
        ]
        yield from table(rows, right=frozenset({0})) if of.counted else ()
        yield ""
        yield self.index_in_words()
        yield from (f"  | {', '.join(camp) or 'nobody'}" for camp in self.both(best.camps))
        yield from self.ties_in_words()
        yield ""
        alike = "the same camps" if self.same() else f"{counted(self.wrong(), 'tie')} out of place"
        if self.undecided():
            alike += f"; it places {listed(self.undecided())} nowhere"
        yield f"camps of the leading eigenvector (eigenvalue {self.leading.eigenvalue:.4g}): {alike}"
        if not self.same():
            yield from (f"  | {', '.join(camp) or 'nobody'}" for camp in self.both(self.leading.camps))
        if self.tipping is not None:
            yield ""
            yield from self.tipping.in_words()

    def index_in_words(self) -> str:
        """The frustration index, and how far it is proved."""
        best = self.best
        proof = "the least there is" if best.exact else f"no split has fewer than {best.bound}; give it more --seconds"
        return f"frustration index {best.index} of {counted(best.ties, 'tie')}: {proof}"

    def ties_in_words(self) -> Iterator[str]:
        """The ties out of place."""
        for i, j in self.best.out_of_place[:SHOWN]:
            kind = "friends across the camps" if self.signs[i, j] > 0 else "enemies within a camp"
            yield f"    {self.names[i]} and {self.names[j]}: {kind}"
        if len(self.best.out_of_place) > SHOWN:
            yield f"    … and {len(self.best.out_of_place) - SHOWN} more; --format json has them all"


class Tips:
    """How strongly a scenario is set to pull, and where its start table tips."""

    def __init__(self, pull: Pull) -> None:
        self.pull = pull
        self.point: Tipping = tipping(pull.shares, pull.kept, pull.anchor)
        self.coupling = pull.as_coupling(self.point.rate)

    def as_data(self) -> dict[str, Any]:
        """As JSON has it; null where the table never tips."""
        return {
            "coupling_set": _finite(self.pull.coupling),
            "coupling_at_tipping": _finite(self.coupling),
            "alpha_set": self.pull.rate,
            "alpha_at_tipping": _finite(self.point.rate),
            "anchor": self.pull.anchor,
            "kept_a_turn": self.pull.kept,
            "stable": self.pull.rate < self.point.rate,
        }

    def in_words(self) -> Iterator[str]:
        """As a person reads it."""
        if not isfinite(self.point.rate):
            yield "the start table does not tip into camps, however strong the pull of triads"
            return
        what = "the start table loses its hold" if self.pull.anchor == 1.0 else "it runs away from the start table"
        yield f"tipping point of the start table: balance.coupling {self.coupling:.3f}, alpha {self.point.rate:.4g}"
        yield f"  anchor {self.pull.anchor:g}, {self.pull.kept:.2%} of a memory kept a turn; beyond it {what}"
        state = "below it: stable" if self.pull.rate < self.point.rate else "beyond it: the region falls into camps"
        yield f"  set here: coupling {self.pull.coupling:.3f}, alpha {self.pull.rate:.4g}, {state}"


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
