"""What a run is asked for with: what is taken; anything else is refused in one sentence, the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mesa.batchrunner import batch_run

from game import errors
from game.cli import realpolitik
from game.errors import (
    GameError,
    InvalidArgument,
    PolicyError,
    UnknownName,
)
from game.match import arguments
from game.match.arguments import GREATEST_SEED, MOST_TURNS
from game.match.match import Setup, begin
from game.model import AllianceModel
from game.parameters import ParameterRange
from game.policies.wait import Wait
from game.scenario import load, read
from game.scenario.findings.finding import ScenarioError
from game.study import FailedRuns, ensemble
from game.testing import TRIAD

TRIAD_READ = read(TRIAD).scenario


class Series:
    """What is like a series of pandas': of a length, gone through value by value, and made an array of on demand."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)

    def __contains__(self, value: object) -> bool:
        return value in range(len(self.values))  # as in pandas', whose labels are looked up

    def __getitem__(self, label: Any) -> Any:
        raise KeyError(label)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array(self.values, dtype)


DOORS: dict[str, Callable[..., Any]] = {
    "model": lambda seed=1, **rest: AllianceModel(TRIAD_READ, seed, **rest),
    "match": lambda seed=1, **rest: begin(Setup(TRIAD_READ, seed, **rest)),
    "ensemble": lambda seed=1, **rest: ensemble(TRIAD_READ, [1, seed], turns=1, **rest),
    "batch": lambda seed=1, **rest: batch_run(
        AllianceModel,
        {"scenario": TRIAD_READ, "seed": [seed], **{name: [value] for name, value in rest.items()}},
        max_steps=1,
        display_progress=False,
    ),
}
"""Ways into a run from Python, each with the same arguments."""


def refusals(**asked: Any) -> dict[str, tuple[type, str]]:
    """How each door refuses what it is asked for with."""
    found = {}
    for name, door in DOORS.items():
        with pytest.raises(GameError) as raised:
            door(**asked)
        found[name] = (type(raised.value), str(raised.value))
    return found


WRONG = [
    ({"seed": True}, InvalidArgument, "a seed is a whole number from 0 to 9223372036854775807, not True"),
    ({"seed": -1}, InvalidArgument, "a seed is a whole number from 0 to 9223372036854775807, not -1"),
    ({"seed": 2**63}, InvalidArgument, "not 9223372036854775808"),
    ({"seed": 10**5000}, InvalidArgument, "not a number of 16610 bits"),
    ({"seed": 7.0}, InvalidArgument, "not 7.0"),
    ({"seed": float("nan")}, InvalidArgument, "not nan"),
    ({"seed": np.bool_(True)}, InvalidArgument, "a seed is a whole number"),
    ({"seed": np.float32(7)}, InvalidArgument, "a seed is a whole number"),
    ({"seed": "7"}, InvalidArgument, "not '7'"),
    ({"spreads": "dawn"}, UnknownName, "did you mean 'drawn'?"),
    ({"spreads": None}, UnknownName, "central or drawn"),
    ({"spreads": ["drawn"]}, UnknownName, "central or drawn"),
    ({"difficulty": "hard"}, UnknownName, "novice, normal, expert"),
    ({"difficulty": 3}, UnknownName, "novice, normal, expert"),
    ({"parameters": "balance.alpha"}, InvalidArgument, "a mapping in a list"),
    ({"parameters": 5}, InvalidArgument, "parameters map paths to numbers"),
    ({"parameters": {"balance.copling": 1}}, UnknownName, "did you mean 'balance.coupling'?"),
    ({"parameters": {5: 1}}, UnknownName, "there is no parameter called 5"),
    ({"parameters": {"balance.alpha": "0.5"}}, ParameterRange, "balance.alpha is a number, not '0.5'"),
    ({"parameters": {"balance.alpha": True}}, ParameterRange, "balance.alpha is a number, not True"),
    ({"parameters": {"balance.alpha": None}}, ParameterRange, "balance.alpha is a number, not None"),
    ({"parameters": {"balance.alpha": 1j}}, ParameterRange, "balance.alpha is a number, not 1j"),
    ({"parameters": {"balance.alpha": Decimal("0.5")}}, ParameterRange, "balance.alpha is a number, not Decimal"),
    ({"parameters": {"balance.alpha": 99}}, ParameterRange, "balance.alpha lies between -1 and 10 a turn, not at 99.0"),
    ({"parameters": {"balance.alpha": float("nan")}}, ParameterRange, "not at nan"),
    ({"parameters": {"balance.alpha": float("inf")}}, ParameterRange, "not at inf"),
    (
        {"parameters": {"balance.alpha": 10**400}},
        ParameterRange,
        "balance.alpha is a number, not a number of 1329 bits",
    ),
    ({"policies": "arda"}, InvalidArgument, "a mapping in a list"),
    ({"policies": ["wait"]}, InvalidArgument, "policies map states to policies"),
    ({"policies": {"ardo": "wait"}}, UnknownName, "did you mean 'arda'?"),
    ({"policies": {None: "wait"}}, UnknownName, "there is no state called None"),
    ({"policies": {"arda": "wayt"}}, UnknownName, "did you mean 'wait'?"),
    ({"policies": {"arda": "script:"}}, UnknownName, "there is no policy called 'script:'"),
    ({"policies": {"arda": "script:/no/such/file"}}, PolicyError, "cannot read the script"),
    ({"policies": {"arda": "script:\0"}}, PolicyError, "cannot read the script"),
    ({"policies": {"arda": None}}, PolicyError, "has no `orders` and `answer` to ask"),
    ({"policies": {"arda": Wait}}, PolicyError, "has no `orders` and `answer` to ask"),
]


@pytest.mark.parametrize(("asked", "error", "says"), WRONG, ids=lambda value: errors.quoted(value)[:40])
def test_what_makes_no_sense_is_refused_in_one_sentence_that_is_the_same_everywhere(
    asked: dict[str, Any], error: type[Exception], says: str
) -> None:
    found = refusals(**asked)
    assert len(set(found.values())) == 1, found
    kind, sentence = found["match"]
    assert kind is error
    assert says in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--seed", "-1"], {"seed": -1}),
        (["--seed", "9223372036854775808"], {"seed": 2**63}),
        (["--seed", "x"], {"seed": "x"}),
        (["--spreads", "dawn"], {"spreads": "dawn"}),
        (["--difficulty", "hard"], {"difficulty": "hard"}),
        (["--set", "balance.alpha=99"], {"parameters": {"balance.alpha": 99.0}}),
        (["--set", "balance.copling=1"], {"parameters": {"balance.copling": 1.0}}),
        (["--state", "ardo=wait"], {"policies": {"ardo": "wait"}}),
        (["--state", "arda=wayt"], {"policies": {"arda": "wayt"}}),
    ],
    ids=lambda value: str(value),
)
def test_the_command_line_refuses_in_the_same_sentence(words: list[str], asked: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "triad.yaml"
    path.write_text(TRIAD)
    done = CliRunner().invoke(realpolitik, ["run", str(path), *words])
    assert done.exit_code == 2
    assert refusals(**asked)["match"][1] in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("turns", [0, -1, True, 1.5, "3", MOST_TURNS + 1, [3]])
def test_turns_are_refused_alike(turns: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match=f"turns are a whole number from 1 to {MOST_TURNS}, not "):
        ensemble(TRIAD_READ, 1, turns=turns)
    model = AllianceModel(TRIAD_READ, 1)
    for act in (model.run, model.undo, model.redo):
        if turns == 0:
            act(turns)  # as many as there are left may be none
        else:
            with pytest.raises(InvalidArgument, match=f"turns are a whole number from 0 to {MOST_TURNS}, not "):
                act(turns)
    done = CliRunner().invoke(realpolitik, ["run", "classroom-triad", "--turns", str(turns)])
    if turns != "3":
        assert f"turns are a whole number from 1 to {MOST_TURNS}, not " in done.stderr


@pytest.mark.parametrize("scenario", [None, 5, b"format: 1", ["classroom-triad"], {"id": "x"}, 1.5])
def test_what_is_no_scenario_is_refused_alike(scenario: Any) -> None:
    doors = [load, Setup, lambda each: ensemble(each, 1)]
    if scenario is not None:
        doors.append(AllianceModel)  # for which None is the usual scenario
    for door in doors:
        with pytest.raises(InvalidArgument, match="a scenario is a name, a path or a loaded scenario, not "):
            door(scenario)


@pytest.mark.parametrize(
    "scenario", ["./nowhere.yaml", Path("nowhere.yaml"), Path("nowhere"), "nowhere", "", "a\0b.yaml"]
)
def test_a_scenario_that_is_not_there_is_refused_alike(scenario: Any) -> None:
    for door in (load, Setup, AllianceModel, lambda each: ensemble(each, 1)):
        with pytest.raises(UnknownName, match="there is no scenario"):
            door(scenario)


SEEDS = [
    7, np.int64(7), np.uint8(7), np.array(7), [7], (7,), range(7, 8), np.array([7]), np.array([7], np.uint64),
    Series([7]),
]  # fmt: skip


@pytest.mark.parametrize("seeds", SEEDS, ids=lambda value: f"{type(value).__name__} {value!r}"[:40])
def test_seeds_come_as_any_sequence_of_whole_numbers(seeds: Any) -> None:
    assert arguments.seeds_of(seeds) == (7,)
    assert all(type(seed) is int for seed in arguments.seeds_of(seeds))


@pytest.mark.parametrize(
    "seeds",
    [[], (), range(0), np.array([]), "7", b"7", {7}, {7: 1}, [[7]], np.array([[7]]), [1, True], [1.0], iter([7]),
     range(10**12), range(2**70), [None, -1], object, Series([1.0])],
    ids=lambda value: f"{type(value).__name__} {value!r}"[:40],
)  # fmt: skip
def test_what_are_no_seeds_is_refused(seeds: Any) -> None:
    with pytest.raises(InvalidArgument):
        ensemble(TRIAD_READ, seeds)


def test_a_seed_that_is_drawn_is_said_everywhere() -> None:
    runs = ensemble(TRIAD_READ, [3, None, None], turns=1)
    assert runs.seeds[0] == 3
    assert len(set(runs.seeds)) == 3
    assert begin(Setup(TRIAD_READ, None)).setup.seed != begin(Setup(TRIAD_READ, None)).setup.seed
    rows = batch_run(AllianceModel, {"scenario": [TRIAD_READ] * 3}, max_steps=1, display_progress=False)
    seeds = {row["RunId"]: row["seed"] for row in rows}
    assert len(set(seeds.values())) == 3
    for row in rows:
        model = AllianceModel(TRIAD_READ, row["seed"])
        model.run(row["turn"])
        assert model.digest == row["digest"]
    model = AllianceModel(TRIAD_READ)
    assert model.journal().header.seed == model.seed == model.datacollector.model_vars["seed"][0]


SWEEP = [0.125, 0.5, 2.0]


@pytest.mark.parametrize(
    "values",
    [SWEEP, tuple(SWEEP), np.array(SWEEP), np.array(SWEEP, np.float32), Series(SWEEP), [np.float32(v) for v in SWEEP],
     [Fraction(v) for v in SWEEP]],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_a_sweep_is_the_same_however_its_values_are_held(values: Any) -> None:
    runs = ensemble(TRIAD_READ, [5, 5, 5], turns=3, parameters={"balance.coupling": values}, chunk=2)
    for place, value in enumerate(SWEEP):
        model = AllianceModel(TRIAD_READ, 5, balance__coupling=value)
        model.run(3)
        assert (runs.series[place] == model.history.series()).all()


def test_a_series_of_pandas_is_seeds_and_a_sweep() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"seed": [4, 5], "coupling": [0.125, 2.0]}, index=[10, 20])
    runs = ensemble(TRIAD_READ, table["seed"], turns=2, parameters={"balance.coupling": table["coupling"]})
    plain = ensemble(TRIAD_READ, [4, 5], turns=2, parameters={"balance.coupling": [0.125, 2.0]})
    assert runs.seeds == plain.seeds == (4, 5)
    assert (runs.series == plain.series).all()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([0.1, 0.2], "balance.alpha is a number or one for each of 3 runs, not [0.1, 0.2]"),
        ([0.1, 99, 0.2], "not at 99.0, in run 1 (seed 8)"),
        ([0.1, 0.2, "x"], "balance.alpha is a number, not 'x', in run 2 (seed 9)"),
        (np.array([[0.1, 0.2, 0.3]]), "balance.alpha is a number or one for each of 3 runs, not"),
        (Series([0.1, None, 0.2]), "balance.alpha is a number, not None, in run 1 (seed 8)"),
        ({0.1, 0.2, 0.3}, "balance.alpha is a number, not {"),
        ("0.1", "balance.alpha is a number, not '0.1'"),
    ],
)
def test_a_sweep_with_a_bad_value_names_its_run_before_any_is_played(values: Any, says: str) -> None:
    with pytest.raises(ParameterRange) as raised:
        ensemble(TRIAD_READ, [7, 8, 9], turns=1, parameters={"balance.alpha": values})
    assert says in str(raised.value)


class Fragile(Wait):
    """Decides nothing, and breaks in the third turn of a run with one of some seeds."""

    def __init__(self, *seeds: int) -> None:
        self.seeds = seeds

    def orders(self, view: Any, draws: Any) -> Any:
        if view.world.turn == 2 and np.isin(draws.seeds, self.seeds).any():
            raise ZeroDivisionError("by a policy")
        return super().orders(view, draws)


@pytest.mark.parametrize("chunk", [None, 1, 2])
def test_runs_that_break_off_are_named_and_the_others_are_whole(chunk: int | None) -> None:
    with pytest.raises(FailedRuns, match=r"^run 1 \(seed 8\), run 3 \(seed 6\) broke off") as raised:
        ensemble(TRIAD_READ, [7, 8, 9, 6, 5], turns=4, policies={"arda": Fragile(8, 6)}, chunk=chunk)
    assert raised.value.failed == {1: 8, 3: 6}
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    whole = ensemble(TRIAD_READ, [7, 9, 5], turns=4, policies={"arda": "wait"})
    others = raised.value.others
    assert others is not None
    assert others.seeds == whole.seeds
    assert (others.series == whole.series).all()
    with pytest.raises(FailedRuns) as raised:
        ensemble(TRIAD_READ, [8, 8], turns=4, policies={"arda": Fragile(8)})
    assert raised.value.others is None


def test_an_error_in_a_batch_run_says_which_run_it_was() -> None:
    space = {"scenario": TRIAD_READ, "seed": [1, 2], "balance__alpha": [0.1, 99]}
    with pytest.raises(ParameterRange) as raised:
        batch_run(AllianceModel, space, display_progress=False)
    assert raised.value.__notes__ == ["in the run with scenario triad, seed 1, spreads 'central', balance__alpha 99"]
    space = {"scenario": TRIAD_READ, "seed": [1, 2], "policies": [{"arda": Fragile(2)}]}
    with pytest.raises(ZeroDivisionError) as broke:
        batch_run(AllianceModel, space, display_progress=False)
    assert len(broke.value.__notes__) == 1
    assert "seed 2" in broke.value.__notes__[0]


def test_an_error_in_another_process_comes_back_whole() -> None:
    with pytest.raises(UnknownName, match="did you mean 'arda'") as raised:
        batch_run(
            AllianceModel,
            {"scenario": TRIAD_READ, "seed": [1, 2], "policies": [{"ardo": "wait"}]},
            number_processes=2,
            display_progress=False,
        )
    assert raised.value.nearest == "arda"
    assert "in the run with scenario triad" in raised.value.__notes__[0]


def sent(values: Collection[Any]) -> list[Any]:
    """Values as another process sends them back."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return list(pool.map(deepcopy, values))


def test_every_error_can_be_sent_to_another_process() -> None:
    findings = read("format: 1\n").findings
    made = [
        UnknownName("state", "irn", ["iran"]), ScenarioError(findings), FailedRuns({3: 7}, None), ParameterRange("a"),
        errors.JournalError("torn", line=3, turn=2),
        *(kind("a sentence") for kind in (GameError, InvalidArgument, PolicyError, errors.StudyError,
                                          errors.InvalidOrder, errors.IllegalOrder, errors.UnaffordableOrder,
                                          errors.NoSuchTurn, errors.UnreadableFile)),
    ]  # fmt: skip

    def kinds(kind: type) -> Iterator[type]:
        yield kind
        for each in kind.__subclasses__():
            yield from kinds(each)

    # A window's own errors never leave its process.
    crossing = {
        each for each in kinds(GameError) if each.__module__.startswith("game.") and "screen" not in each.__module__
    }
    assert crossing == {type(each) for each in made}
    for error in made:
        error.add_note("where")
    for error, again in zip(made, sent(made), strict=True):
        assert (type(again), str(again), again.__dict__) == (type(error), str(error), error.__dict__)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.decimals()
    | st.sampled_from(
        [np.float32(1), np.bool_(True), np.array([]), np.array([[1.0]]), np.array(["a"]), int, Wait, object]
    )
    | st.builds(np.array, st.lists(st.floats(width=32), max_size=3)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(
            st.text(max_size=3) | st.sampled_from(["balance.alpha", "arda"]) | st.integers(), inner, max_size=2
        )
    ),
    max_leaves=4,
)


def tried(call: Callable[[], Any]) -> tuple[Any, str | None]:
    """What a call gives, or how it refuses; anything but a refusal fails the test."""
    try:
        return call(), None
    except GameError as error:
        return None, str(error)


def is_a_sentence(text: str | None) -> bool:
    """Whether it stands on one line that can be read."""
    return text is not None and 0 < len(text) < 300 and "\n" not in text


@settings(max_examples=200)
@given(
    asked=st.dictionaries(
        st.sampled_from(["seed", "spreads", "parameters", "policies", "difficulty"]), JUNK, min_size=1
    )
)
def test_anything_at_all_makes_a_setup_or_is_refused_in_one_sentence(asked: dict[str, Any]) -> None:
    made, refused = tried(lambda: Setup(TRIAD_READ, **asked))
    assert refused is None or is_a_sentence(refused)
    if made is not None:
        assert 0 <= made.seed <= GREATEST_SEED
        assert all(type(value) is float for value in made.parameters.values())


@settings(max_examples=200)
@given(seeds=JUNK, values=JUNK, chunk=st.none() | JUNK)
def test_any_ensemble_at_all_is_planned_or_refused_in_one_sentence(seeds: Any, values: Any, chunk: Any) -> None:
    planned, refused = tried(lambda: arguments.seeds_of(seeds))
    assert refused is None or is_a_sentence(refused)
    swept = {"balance.alpha": values}
    for check in (
        lambda: arguments.swept_parameters_of(swept, planned or (7, 8)),
        lambda: arguments.chunk_of(chunk),
        lambda: arguments.turns_of(chunk),
    ):
        refused = tried(check)[1]
        assert refused is None or is_a_sentence(refused)


@settings(max_examples=60)
@given(scenario=JUNK)
def test_any_scenario_at_all_is_loaded_or_refused_in_one_sentence(scenario: Any) -> None:
    made, refused = tried(lambda: load(scenario))
    assert made is None
    assert is_a_sentence(refused)
