"""The version of the engine: it changes whenever the same setup would give other bytes."""

from __future__ import annotations

VERSION = "0.1.0"
ENGINE = "1"
