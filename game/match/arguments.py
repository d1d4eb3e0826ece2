"""What a run is asked for with, checked once for every way of asking.

The Mesa model, the ensemble, the command line and the window all take a scenario, a seed, spreads, parameters,
policies and a difficulty. Each hands these on to here, most by way of `game.match.match.Setup`, so that the same
argument means the same everywhere and a wrong one is refused everywhere in the same sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sized
from numbers import Real
from operator import index
from secrets import randbits
from typing import Any, Literal, SupportsIndex

import numpy as np

from game.errors import (
    InvalidArgument,
    PolicyError,
    UnknownName,
    quoted,
)
from game.kernel.declare import Value
from game.match.difficulty import LEVELS
from game.parameters import ParameterRange, check_bounds, paths
from game.policies import NAMES, Policy

GREATEST_SEED = 2**63 - 1
MOST_TURNS = 10_000
MOST_RUNS = 1_000_000
"""More runs than any machine holds the series of: what is asked for by a slip is refused before it takes the memory."""

MOST_THREADS = 1_024

IN_A_LIST = "; Mesa's batch runner is given a mapping in a list, as one value of a sweep"


def seed_of(given: object) -> int:
    """A seed as an int; None draws one."""
    if given is None:
        return randbits(32)
    number = _whole(given)
    if number is None or not 0 <= number <= GREATEST_SEED:
        raise InvalidArgument(f"a seed is a whole number from 0 to {GREATEST_SEED}, not {quoted(given)}")
    return number


def seeds_of(given: object) -> tuple[int, ...]:
    """The seeds of several runs: one, or a list, tuple, range, array or series of them; None draws one."""
    if given is None or _whole(given) is not None:
        return (seed_of(given),)
    runs = _length(given)
    if not isinstance(given, Collection) or runs is None:
        raise InvalidArgument(f"seeds are whole numbers in order, such as 7, [1, 2] or range(40), not {quoted(given)}")
    if not 1 <= runs <= MOST_RUNS:
        raise InvalidArgument(f"an ensemble has at least one seed and at most {MOST_RUNS}, not {quoted(given)}")
    return tuple(seed_of(each) for each in given)


def turns_of(given: object, least: int = 1) -> int:
    """A number of turns."""
    number = _whole(given)
    if number is None or not least <= number <= MOST_TURNS:
        raise InvalidArgument(f"turns are a whole number from {least} to {MOST_TURNS}, not {quoted(given)}")
    return number


def chunk_of(given: object) -> int:
    """How many runs are played at once."""
    number = _whole(given)
    if number is None or not 1 <= number <= MOST_RUNS:
        raise InvalidArgument(f"a chunk is a whole number of runs from 1 to {MOST_RUNS}, not {quoted(given)}")
    return number


def threads_of(given: object) -> int:
    """How many runs are played side by side."""
    number = _whole(given)
    if number is None or not 1 <= number <= MOST_THREADS:
        raise InvalidArgument(f"the number of threads is a whole number from 1 to {MOST_THREADS}, not {quoted(given)}")
    return number


def spreads_of(given: object) -> Literal["central", "drawn"]:
    """What is done with the numbers that a scenario leaves open."""
    if isinstance(given, str) and given in ("central", "drawn"):
        return "drawn" if given == "drawn" else "central"
    raise UnknownName("way with spreads (central or drawn)", given, ("central", "drawn"))


def difficulty_of(given: object) -> str | None:
    """A level of difficulty, or None."""
    if given is None or (isinstance(given, str) and given in LEVELS):
        return given
    raise UnknownName(f"level of difficulty ({', '.join(LEVELS)})", given, tuple(LEVELS))


def parameters_of(given: object) -> dict[str, float]:
    """The parameters of one run, by path."""
    return {path: _number(path, value) for path, value in _parameters(given).items()}


def swept_parameters_of(given: object, seeds: tuple[int, ...]) -> dict[str, Value]:
    """The parameters of several runs: each a number, or one a run `[R]` in a list, tuple, array or series."""
    return {
        path: _number(path, value) if _length(value) is None else _one_a_run(path, value, seeds)
        for path, value in _parameters(given).items()
    }


def policies_of(given: object, states: Collection[str]) -> dict[str, str | Policy]:
    """Who decides, by state: a word, or a Policy."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        hint = IN_A_LIST if isinstance(given, str) else ""
        raise InvalidArgument(f"policies map states to policies, as {{'arda': 'wait'}}, not {quoted(given)}{hint}")
    return {_state(state, states): _policy(state, policy) for state, policy in given.items()}


def _state(given: object, states: Collection[str]) -> str:
    if isinstance(given, str) and given in states:
        return given
    raise UnknownName("state", given, states)


def _policy(state: str, given: Any) -> str | Policy:
    if isinstance(given, str):
        if given in NAMES[:-1] or (given.startswith("script:") and given != "script:"):
            return given
        raise UnknownName("policy", given, NAMES)
    asked = callable(getattr(given, "orders", None)) and callable(getattr(given, "answer", None))
    if isinstance(given, type) or not asked:
        raise PolicyError(f"the policy of {state} is {quoted(given)}, which has no `orders` and `answer` to ask")
    policy: Policy = given
    return policy


def _parameters(given: object) -> Mapping[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        hint = IN_A_LIST if isinstance(given, str) else ""
        raise InvalidArgument(
            f"parameters map paths to numbers, as {{'balance.coupling': 0.5}}, not {quoted(given)}{hint}"
        )
    known = paths()
    for path in given:
        if not isinstance(path, str) or path not in known:
            raise UnknownName("parameter", path, known)
    return given


def _number(path: str, given: object) -> float:
    """One number for a parameter, within its bounds."""
    number = _float(path, given)
    check_bounds(path, paths()[path], number)
    return number


def _one_a_run(path: str, given: object, seeds: tuple[int, ...]) -> Value:
    """A number for each run `[R]`; the first that is none, or is out of bounds, is named by its run."""
    if not isinstance(given, Collection) or len(given) != len(seeds):
        raise ParameterRange(f"{path} is a number or one for each of {len(seeds)} runs, not {quoted(given)}")
    numbers = np.empty(len(seeds))
    leaf = paths()[path]
    for place, value in enumerate(given):
        try:
            numbers[place] = _float(path, value)
            check_bounds(path, leaf, numbers[place])
        except ParameterRange as error:
            raise ParameterRange(f"{error}, in run {place} (seed {seeds[place]})") from error
    return numbers


def _float(path: str, given: object) -> float:
    value = given[()] if isinstance(given, np.ndarray) and given.ndim == 0 else given
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ParameterRange(f"{path} is a number, not {quoted(given)}")
    try:
        return float(value)
    except OverflowError:
        raise ParameterRange(f"{path} is a number, not {quoted(given)}") from None


def _whole(given: object) -> int | None:
    """A whole number of any type as an int, None for anything else; True is an answer, not a number."""
    if isinstance(given, bool | np.bool_) or not isinstance(given, SupportsIndex) or getattr(given, "ndim", False):
        return None
    try:
        return index(given)
    except TypeError:
        return None


def _length(given: object) -> int | None:
    """How many values are given in order; None for what is one value, or has no order, or is no sequence of values."""
    if isinstance(given, str | bytes | bytearray | Mapping | set | frozenset) or not isinstance(given, Sized):
        return None
    try:
        return len(given)
    except (TypeError, OverflowError):
        return None
