"""Readiness: whether compiled kernels are kept on this machine, so that nothing has to wait for them.

Compiling takes a minute or two, once. Until then games are played by kernels as they stand, with the same bytes. What
is compiled is remembered by a digest of all it was made of, the libraries and the processor included; whatever changes,
it is not ready any more.
"""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from os import environ
from pathlib import Path

LIBRARIES = ("numba", "llvmlite", "numpy")
SOURCES = ("kernel", "submodels", "rules", "policies", "turn", "measures", "study", ".")
"""The folders of the package whose files kernels are made of."""


@cache
def kept() -> bool:
    """Whether compiled kernels are kept on this machine."""
    return any(_holds(folder) for folder in folders())


def _holds(folder: Path) -> bool:
    """Whether a folder has the marker; one that can't be looked into has none."""
    with suppress(OSError):
        return (folder / marker()).exists()
    return False


def keep() -> Path | None:
    """Remember that all kernels are compiled; where, or None where nothing can be written."""
    kept.cache_clear()
    for folder in folders():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / marker()).write_text("", encoding="utf-8")
            return folder
    return None


def folders() -> list[Path]:
    """Where that may be remembered: beside the kernels, or in the user's own folder for what can be made again."""
    found = [Path(__file__).with_name("__pycache__")]
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):  # a user without a home
        found.append((Path(base) if base else Path.home() / ".cache") / "realpolitik")
    return found


@cache
def marker() -> str:
    """The name of the file that says it, by a digest of all that compiled kernels are made of."""
    found, package = sha256(), Path(__file__).parents[2]
    for folder in SOURCES:
        for path in sorted((package / folder).glob("*.py" if folder == "." else "**/*.py")):
            found.update(path.read_bytes())
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found.update(f"{name} {version(name)}".encode())
    place = environ.get("NUMBA_CACHE_DIR", ""), sys.implementation.cache_tag, platform.machine(), platform.node()
    found.update(repr(place).encode())
    return f"kernels-{found.hexdigest()[:24]}.ready"
