"""Where scenarios, catalogues, event data and assets are: in the checkout, else among the installed data."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from game.errors import UnknownName, UnreadableFile

PACKAGE = Path(__file__).resolve().parents[1]
SUFFIXES = (".yaml", ".yml")


def data_folder(name: str) -> Path:
    """The folder `scenarios`, `assets` or `seeds`."""
    checkout = PACKAGE.parent
    # Beside an installed package lie other people's folders, so the name alone proves nothing.
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return PACKAGE / "_data" / name


def identifier(name: str) -> str:
    """The id a file name stands for: `two-straits` and `two_straits` are one scenario."""
    return name.replace("-", "_")


def shipped_scenarios() -> dict[str, Path]:
    """The id and file of every scenario that comes with the game, in order of ids."""
    return _files_of(data_folder("scenarios"))


def usual_scenario() -> str:
    """The shipped scenario that is played where none is named, as its folder says."""
    return (data_folder("scenarios") / "usual.txt").read_text(encoding="utf-8").strip()


def scenario_path(name: str) -> Path:
    """The file of a shipped scenario by its id, or any file by its path (`./mine`, `mine.yaml`)."""
    return _resolve("scenario", name, shipped_scenarios())


def path_from_here(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
        return str(path)


def catalogue_path(name: str) -> Path:
    """The file of a shipped catalogue of acts, or any file by its path."""
    return _resolve("catalogue", name, _files_of(asset_path("catalogue")))


def event_data_path(name: str) -> Path:
    """The file of shipped event data, or any file by its path."""
    return _resolve("event data", name, _files_of(data_folder("seeds")))


def asset_path(*parts: str) -> Path:
    """A file or folder among the assets; a name that leads out of them is unknown there."""
    assets = data_folder("assets").resolve()
    path = assets.joinpath(*parts).resolve()
    if not path.is_relative_to(assets) or not path.exists():
        nearby = path.parent if path.parent.is_relative_to(assets) else assets
        prefix = "" if nearby == assets else nearby.relative_to(assets).as_posix() + "/"
        siblings = nearby.iterdir() if nearby.is_dir() else ()
        raise UnknownName("asset", "/".join(parts), sorted(prefix + sibling.name for sibling in siblings))
    return path


def opened(path: Path) -> BinaryIO:
    """A file to read from. Never waits: what is no file, such as a folder, a pipe or a device, is an UnreadableFile.

    Raises OSError for a file that can't be opened.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError:  # a NUL, or half of a pair of surrogates
        raise UnreadableFile(errno.EINVAL, "no file can be called that", str(path)) from None
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnreadableFile(errno.EINVAL, f"this is {_kind(mode)}, not a file", str(path))
    return os.fdopen(descriptor, "rb")


def _kind(mode: int) -> str:
    """What else there can be under a file's name."""
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _files_of(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    found = (path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.is_dir())
    return {identifier(path.stem): path for path in sorted(found)}


def _resolve(kind: str, name: str, shipped: dict[str, Path]) -> Path:
    known = shipped.get(identifier(name))
    if known is not None:
        return known
    # Only what is written like a path is one, so that a slip in an id never opens a file of the same name.
    if name.endswith(SUFFIXES) or "/" in name or "\\" in name:
        path = Path(name)
        # What is no file is still what was meant; whoever opens it says why it can't be read.
        if os.path.lexists(path):
            return path
        raise UnknownName(f"{kind} file", name, [str(sibling) for sibling in _beside(path)])
    raise UnknownName(kind, name, _spelled_like(name, shipped))


def _beside(path: Path) -> list[Path]:
    if not path.parent.is_dir():
        return []
    return sorted(sibling for sibling in path.parent.iterdir() if sibling.suffix in SUFFIXES and sibling.is_file())


def _spelled_like(name: str, shipped: dict[str, Path]) -> list[str]:
    """The known ids as the asker spells them, so that a hint can be typed as it is shown."""
    return [key.replace("_", "-") if "-" in name else key for key in shipped]
