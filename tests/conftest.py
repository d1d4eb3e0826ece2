"""What holds for every test: numeric accidents fail, no window opens, property tests repeat exactly in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# Before anything imports pygame: it reads these once.
os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
# What the command line prints must not depend on whose terminal runs the tests.
os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "100"
os.environ.pop("FORCE_COLOR", None)
# What a test tries must not depend on whether kernels were compiled on this machine.
os.environ.setdefault("REALPOLITIK_KERNELS", "arrays")

import numpy as np
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def numeric_accidents_fail() -> Iterator[None]:
    """A division by zero, an overflow or a nan out of nothing is an error of the engine; an underflow is zero."""
    with np.errstate(divide="raise", invalid="raise", over="raise", under="ignore"):
        yield
