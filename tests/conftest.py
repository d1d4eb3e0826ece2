"""What holds for every test: numeric accidents fail, no window opens, property tests repeat exactly in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

# Before anything imports pygame: it reads these once.
os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
# What the command line prints must not depend on whose terminal runs the tests.
os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "100"
os.environ.pop("FORCE_COLOR", None)

import numpy as np
from hypothesis import settings

from tests import kernels

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def numeric_accidents_fail() -> Iterator[None]:
    """A division by zero, an overflow or a nan out of nothing is an error of the engine; an underflow is zero."""
    with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        yield


AS_THEY_STAND = ("submodels", "rules", "policies")
"""The folders whose tests run kernels uncompiled, so that an index out of bounds or a division by zero shows."""


@pytest.fixture(autouse=True, scope="module")
def kernels_as_they_stand(request: pytest.FixtureRequest) -> Iterator[None]:
    """Games may be played by compiled kernels in tests of games; each rule is tried as its source says."""
    folder = Path(request.module.__file__ or "").resolve().relative_to(Path(__file__).parent).parts[0]
    with kernels.uncompiled() if folder in AS_THEY_STAND else nullcontext():
        yield


ONCE = ("published/", "screens/test_xvfb.py", "slips/")
"""Where long tests lie that find the same whatever Python and libraries they run on."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not be run with every version."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.path.relative_to(here).as_posix().startswith(ONCE):
            item.add_marker(pytest.mark.once)
