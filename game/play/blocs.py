"""Blocs as a window shows them: who belongs together, read off a table of how everybody regards everybody."""

from __future__ import annotations

from game.analysis.blocs import FIRM, blocs, leading_axis, mutual

__all__ = ["FIRM", "blocs", "leading_axis", "mutual"]
