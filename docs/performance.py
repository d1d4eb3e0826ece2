"""Write `docs/performance.md` from what the benchmarks measured: `make performance`.

python -m benchmarks.all --format json > results.json
python -m docs.performance results.json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from benchmarks.timing import significant
from docs.pages import markdown

PAGE = Path(__file__).with_name("performance.md")

Rows = Sequence[Mapping[str, Any]]

RATIOS = {4: 200.0, 20: 500.0, 50: 1000.0}
"""How many times the plain Mesa model an ensemble should be on two processors, by the number of states."""

TURNS = {4: 1.0, 20: 3.0}
"""What a turn of the project's Mesa model should cost at the most, in milliseconds."""

WINDOW = {
    ("click to menu", 12): 20.0,
    ("click to menu", 40): 20.0,
    ("order to preview", 12): 50.0,
    ("order to preview", 40): 50.0,
    ("commit to report", 12): 100.0,
    ("commit to report", 40): 150.0,
    ("frame after a turn", 12): 16.7,
    ("frame after a turn", 40): 16.7,
    ("frame at rest", 12): 16.7,
    ("frame at rest", 40): 16.7,
    ("frame while the map moves", 12): 16.7,
    ("frame while the map moves", 40): 16.7,
}
"""What the window should take at the most, in milliseconds."""

STARTS = {"check classroom-triad": 0.15, "run classroom-triad --seed 7": 1.2}
"""What a command should take at the most, in seconds."""


def page(results: Mapping[str, Any]) -> str:
    """The text of the page."""
    parts = (
        _opening(results), _ensembles(results.get("ensemble", ())), _scaling(results.get("turns", ())),
        _threads(results.get("ensemble", ())), _memory(results.get("memory", ())), _window(results.get("frames", ())),
        _starting(results.get("starting", ()), results.get("checking", ())), _held_back(results),
    )  # fmt: skip
    return markdown.text(line for part in parts for line in part)


def _opening(results: Mapping[str, Any]) -> Iterator[str]:
    yield from ("# Performance", "")
    yield "Written by `make performance` from what `python -m benchmarks.all` measured; change nothing here."
    yield ""
    yield f"Measured on: {results['machine']}."
    load = results.get("load")
    if load is not None and load > 1.2:
        yield (
            f"The machine was busy: some {significant(load, 2)} processes wanted each processor. Times are CPU time of "
            "the process, and what is compared took turns within one process, so that ratios hold better than times. "
            "What a second thread brings is judged by two processes that do the same in the same wall time; where "
            "the processors are taken two threads seldom run at once, so that waiting for a lock hardly shows, and "
            "these figures are better than an idle machine would give."
        )
    else:
        yield "Times are CPU time of the process, medians; what is compared took turns within one process."
    if results.get("notes"):
        yield ""
        yield from markdown.bullets(results["notes"])


def _ensembles(rows: Rows) -> Iterator[str]:
    yield from markdown.section("One turn of one run", _ensemble_lines(rows))


def _ensemble_lines(rows: Rows) -> Iterator[str]:
    if not rows:
        return
    yield "The base is a plain Mesa model of the same rules, `benchmarks/mesa_model.py`, which says what it leaves out:"
    yield "the ratios are therefore too low. `AllianceModel` is the project's own, with everything."
    yield ""
    yield from markdown.table(
        ("states", "plain Mesa", "AllianceModel", "in an ensemble", "times plain Mesa", "on two threads", "wanted"),
        [
            (
                str(row["states"]), f"{significant(row['mesa_ms'])} ms", f"{significant(row['model_ms'])} ms",
                f"{significant(row['engine_us'])} µs", f"{significant(row['ratio'])} ×",
                f"{significant(row['ratio2'])} ×", _wanted(RATIOS.get(row["states"]), "×"),
            )
            for row in rows
        ],
    )  # fmt: skip
    yield ""
    for row in rows:
        figure, states = TURNS.get(row["states"]), row["states"]
        if figure is not None and row["model_ms"] > figure:
            missed = significant(row["model_ms"] / figure, 2)
            turn = f"A turn of `AllianceModel` at {states} states"
            yield f"- {turn} takes {missed} times the {figure:g} ms that is wanted."
        wanted = RATIOS.get(states)
        if wanted is not None and row["ratio2"] < wanted:
            share = significant(100 * row["ratio2"] / wanted, 2)
            yield f"- An ensemble of {states} states reaches {share} % of the {wanted:g} × that is wanted."
    shares = [(row["states"], row["c_share"]) for row in rows if row.get("c_share") is not None]
    if shares:
        told = ", ".join(f"{significant(100 * share, 2)} % at {states} states" for states, share in shares)
        yield f"- The hottest phase, scoring, runs at this share of the speed of the same loops in C: {told}."
    else:
        yield "- There is no compiled form of the hottest phase yet, so nothing to compare with C."


def _wanted(figure: float | None, unit: str) -> str:
    return "" if figure is None else f"{figure:g} {unit}"


def _scaling(rows: Rows) -> Iterator[str]:
    yield from markdown.section("How it grows", _scaling_lines(rows))


def _scaling_lines(rows: Rows) -> Iterator[str]:
    if not rows:
        return
    yield "One turn of one run, in µs: the reasoner's orders, its answers, the rules. One thing grows at a time."
    yield ""
    yield from markdown.table(
        ("grows", "states", "acts", "runs at once", "orders", "answers", "rules", "together"),
        [
            (
                row["grows"], str(row["states"]), str(row["acts"]), str(row["replicas"]),
                *(significant(row[f"{part}_us"]) for part in ("decide", "answer", "step", "turn")),
            )
            for row in rows
        ],
    )  # fmt: skip
    yield ""
    for grows, told in (("states", "states"), ("acts", "acts"), ("replicas", "runs at once")):
        curve = [row for row in rows if row["grows"] == grows]
        if len(curve) > 1:
            yield f"- {_power(curve, grows, told)}"


def _power(curve: Rows, grows: str, told: str) -> str:
    """How a cost grows with one thing, as a power between the first and the last point."""
    first, last = curve[0], curve[-1]
    ratio = log(last["turn_us"] / first["turn_us"]) / log(last[grows] / first[grows])
    return (
        f"From {first[grows]} to {last[grows]} {told} the cost of one run's turn grows as their power "
        f"{significant(ratio, 2)}."
    )


def _threads(rows: Rows) -> Iterator[str]:
    yield from markdown.section("Threads", _thread_lines(rows))


def _thread_lines(rows: Rows) -> Iterator[str]:
    for row in rows:
        gain = row["engine_us"] / row["threads2_us"]
        yield f"- {row['states']} states: two threads are {significant(gain, 2)} times as fast as one (1.8 wanted)."


def _memory(rows: Rows) -> Iterator[str]:
    yield from markdown.section("Memory of an ensemble", _memory_lines(rows))


def _memory_lines(rows: Rows) -> Iterator[str]:
    if not rows:
        return
    yield f"The peak of a process of its own, {rows[0]['states']} states and {rows[0]['turns']} turns:"
    yield ""
    yield from markdown.table(
        ("runs", "peak", "CPU time"),
        [(f"{row['runs']:,}", f"{significant(row['peak_mib'])} MiB", f"{significant(row['cpu_s'])} s") for row in rows],
    )
    yield ""
    if len(rows) > 2:
        grown = (rows[-1]["peak_mib"] - rows[1]["peak_mib"]) * 1024 / (rows[-1]["runs"] - rows[1]["runs"])
        yield f"Between the second row and the last it grows by {significant(grown, 2)} KiB a run; none is wanted."


def _window(rows: Rows) -> Iterator[str]:
    yield from markdown.section("The window", _window_lines(rows))


def _window_lines(rows: Rows) -> Iterator[str]:
    if not rows:
        return
    yield "At 1920×1080, drawn in software. The last column is the longest, of frames the 99th in a hundred."
    yield ""
    yield from markdown.table(
        ("what", "states", "wanted", "median", "longest"),
        [
            (
                row["what"], str(row["states"] or ""), _wanted(WINDOW.get((row["what"], row["states"])), "ms"),
                f"{significant(row['median_ms'])} ms", f"{significant(row['last_ms'])} ms",
            )
            for row in rows
        ],
    )  # fmt: skip


def _starting(starts: Rows, checks: Rows) -> Iterator[str]:
    lines = []
    if starts:
        lines = [
            *markdown.table(
                ("command", "CPU time", "wanted"),
                [
                    (f"`{row['call']}`", f"{significant(row['cpu_s'])} s",
                     _wanted(STARTS.get(row["call"].removeprefix("realpolitik ")), "s"))
                    for row in starts
                ],
            )
        ]  # fmt: skip
    if checks:
        told = " and ".join(f"{row['lines']:,} lines in {significant(row['check_ms'])} ms" for row in checks)
        lines += ["", f"Once it runs, a scenario is checked: {told}."]
    yield from markdown.section("The command line", lines)


def _held_back(results: Mapping[str, Any]) -> Iterator[str]:
    yield from markdown.section("What holds the rest back", _reasons(results))


def _reasons(results: Mapping[str, Any]) -> Iterator[str]:
    """What the figures themselves show of where the time goes."""
    rows = results.get("turns", ())
    states = [row for row in rows if row["grows"] == "states"]
    if states:
        low, high = states[0], states[-1]
        yield (
            f"- A turn of one run takes {significant(low['turn_us'] / 1e3)} ms with {low['states']} states and only "
            f"{significant(high['turn_us'] / low['turn_us'], 2)} times as much with {high['states']}, where there is "
            f"{(high['states'] / low['states']) ** 2:.0f} times as much to work out: the difference is the fixed price "
            "of the many calls on small arrays that a turn is made of."
        )
    batches = [row for row in rows if row["grows"] == "replicas"]
    if len(batches) > 1:
        one, many = batches[0], batches[-1]
        share = 1.0 - many["turn_us"] / one["turn_us"]
        yield (
            f"- Of the turn of a single run at {one['states']} states {significant(100 * share, 2)} % is shared once "
            f"{many['replicas']} runs are played at once: again the price of the calls."
        )
        parts = {name: many[f"{name}_us"] for name in ("decide", "answer", "step")}
        words = {"decide": "the reasoner's orders", "answer": "its answers", "step": "the rules"}
        largest = max(parts, key=parts.__getitem__)
        yield (
            f"- What is left is spent on {words[largest]} first, "
            f"{significant(100 * parts[largest] / many['turn_us'], 2)} % of it."
        )


def main(arguments: Sequence[str]) -> int:
    """Write the page from a file of results."""
    if len(arguments) != 1:
        sys.stderr.write("python -m docs.performance RESULTS.json: one file, written by python -m benchmarks.all\n")
        return 2
    try:
        results = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"cannot read the results in {arguments[0]}: {error}\n")
        return 1
    PAGE.write_text(page(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
