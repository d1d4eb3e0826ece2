"""Many runs of one scenario, on a few threads, without Mesa and without a journal."""

from __future__ import annotations

from game.study.ensembles import Ensemble, FailedRuns, ensemble

__all__ = ["Ensemble", "FailedRuns", "ensemble"]
