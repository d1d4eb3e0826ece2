"""Painting: shapes become pixels. With `app` and `inputs` the only part of the window that knows pygame."""

from __future__ import annotations

from game.screen.paint.painter import Painter

__all__ = ["Painter"]
