"""The benchmarks run, give the columns they promise, and their page is written from what they give."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import all as every
from benchmarks import checking, ensemble, memory, native, starting, timing, turns
from docs.performance import main, page
from game.kernel.compiled import in_use
from tests import kernels

CHECKOUT = Path(__file__).resolve().parents[2]
ENSEMBLE = ["states", "mesa_ms", "model_ms", "engine_us", "threads2_us", "ratio", "ratio2", "c_share"]


def test_the_ensemble_prints_its_columns_as_json(capsys):
    ensemble.main(["--states", "3", "--turns", "1", "--replicas", "4", "--rounds", "1", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [*told] == ["machine", "rows"]
    (row,) = told["rows"]
    assert [*row] == ENSEMBLE
    assert row["ratio"] == pytest.approx(row["mesa_ms"] * 1e3 / row["engine_us"])
    assert row["ratio2"] == pytest.approx(row["mesa_ms"] * 1e3 / row["threads2_us"])
    assert row["c_share"] is None or row["c_share"] > 0


@pytest.mark.parametrize(
    ("part", "options", "columns"),
    [
        (turns, ["--states=3", "--acts=5", "--replicas=2", "--usual=3", "--rounds=1"], {"grows", "turn_us"}),
        (memory, ["--runs", "2", "--states", "3", "--turns", "1"], {"runs", "peak_mib", "cpu_s"}),
        (starting, ["--few", "--rounds", "1"], {"call", "cpu_s"}),
        (checking, ["--lines", "80", "--rounds", "1"], {"lines", "check_ms"}),
    ],
    ids=["turns", "memory", "starting", "checking"],
)  # fmt: skip
def test_each_benchmark_prints_rows_as_json(part, options, columns, capsys):
    part.main([*options, "--format", "json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows
    assert columns <= set(rows[0])


def test_the_same_as_a_table(capsys):
    checking.main(["--lines", "80", "--rounds", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == timing.machine()
    assert lines[2].split() == ["lines", "check_ms"]
    assert lines[3].split()[0] == "80"


def test_the_peak_of_a_process_counts_what_it_held_and_not_what_its_parent_did():
    held = bytearray(300 << 20)

    def peak(mib):
        code = f"from benchmarks.timing import peak_memory; bytearray({mib} << 20); print(peak_memory())"
        told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=CHECKOUT)
        return int(told.stdout)

    if not peak(1):
        pytest.skip("this system does not say what a process has held")
    assert len(held) > 250 << 20
    assert peak(200) - peak(10) > 150 << 20
    assert peak(1) < 200 << 20


@pytest.mark.skipif(native.compiler() is None, reason="there is no C compiler")
def test_the_phase_in_c_gives_the_engines_scores():
    given = native.inputs(5)
    scores = native.in_c()(given)
    assert np.array_equal(scores, native.in_numpy(given))
    assert np.array_equal(scores, native.in_engine(given)().transpose(1, 0, 2))


def test_only_compiled_kernels_are_compared_with_c():
    found = native.c_share(4, 1)
    assert (found is not None) == (native.in_c() is not None and in_use())
    with kernels.uncompiled():
        assert native.c_share(4, 1) is None


def test_a_phase_that_gives_other_scores_is_not_compared(monkeypatch):
    if native.in_c() is None:
        pytest.skip("there is no C compiler")
    monkeypatch.setattr(native, "in_use", lambda: True)
    monkeypatch.setattr(native, "in_engine", lambda given: lambda: given.thoughts.actor + 1.0)
    with pytest.raises(SystemExit, match="other scores"):
        native.c_share(4, 1)


RESULTS = {
    "machine": "a machine",
    "load": 0.5,
    "ensemble": [dict(zip(ENSEMBLE, (4, 2.0, 5.0, 200.0, 200.0, 10.0, 10.0, None), strict=True))],
    "turns": [
        {"grows": grows, "states": states, "acts": 52, "replicas": runs, "decide_us": 60.0 * cost,
         "answer_us": 10.0 * cost, "step_us": 30.0 * cost, "turn_us": 100.0 * cost}
        for grows, states, runs, cost in (("states", 4, 1, 1.0), ("states", 16, 1, 4.0), ("replicas", 12, 1, 1.0),
                                          ("replicas", 12, 16, 0.25))
    ],
    "memory": [{"states": 4, "turns": 2, "runs": runs, "peak_mib": mib, "cpu_s": 1.0}
               for runs, mib in ((1, 60.0), (1000, 70.0), (2024, 71.0))],
    "starting": [{"call": "realpolitik check classroom-triad", "cpu_s": 0.3}],
    "checking": [{"lines": 250, "check_ms": 4.0}],
    "frames": [{"what": "click to menu", "states": 12, "median_ms": 60.0, "last_ms": 70.0}],
}  # fmt: skip


def test_the_page_says_what_was_measured_and_what_is_missed():
    told = page(RESULTS)
    assert "| 4 | 2 ms | 5 ms | 200 µs | 10 × | 10 × | 200 × |" in told
    assert "A turn of `AllianceModel` at 4 states takes 5 times the 1 ms that is wanted." in told
    assert "An ensemble of 4 states reaches 5 % of the 200 × that is wanted." in told
    assert "From 4 to 16 states the cost of one run's turn grows as their power 1." in told
    assert "75 % is shared once 16 runs are played at once" in told
    assert "it grows by 1 KiB a run" in told
    assert "| click to menu | 12 | 20 ms | 60 ms | 70 ms |" in told
    assert "busy" not in told


def test_a_busy_machine_is_said_to_be():
    assert "some 4 processes wanted each processor" in page({**RESULTS, "load": 4.0})


def test_the_page_is_written_by_one_command(tmp_path, monkeypatch, capsys):
    results, written = tmp_path / "results.json", tmp_path / "performance.md"
    results.write_text(json.dumps(RESULTS), encoding="utf-8")
    monkeypatch.setattr("docs.performance.PAGE", written)
    assert main([str(results)]) == 0
    assert written.read_text(encoding="utf-8") == page(RESULTS)
    assert main([str(tmp_path / "none.json")]) == 1
    assert "cannot read the results" in capsys.readouterr().err
    assert main([]) == 2


def test_every_part_can_be_measured_small():
    assert set(every.PARTS) == {"ensemble", "turns", "memory", "starting", "checking", "frames"}
    assert all(set(sizes) == {every.SMALL, every.WHOLE} for sizes in every.PARTS.values())
    found = every.measured(["checking", "starting"], 1, every.SMALL)
    assert set(found) == {"machine", "load", "checking", "starting"}
