"""The whole corpus, in a fixed order."""

from __future__ import annotations

from tests.slips import generated, silent, written
from tests.slips.slip import Slip


def corpus() -> list[Slip]:
    """Every slip, generated and written by hand."""
    return generated.all_slips() + written.all_slips() + silent.all_slips()
