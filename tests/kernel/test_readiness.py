"""readiness: compiled kernels are used where they are kept for just these sources and libraries, or by the switch."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from game.kernel import compiled
from game.kernel.compiled import SWITCH, readiness


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No switch, and nothing that was worked out before or is afterwards."""
    monkeypatch.delenv(SWITCH, raising=False)
    forget()
    yield
    forget()


def forget() -> None:
    readiness.kept.cache_clear()
    readiness.marker.cache_clear()
    compiled._compiler.cache_clear()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A package with a module in each folder that kernels are made of, and its own folder for what is kept."""
    root = tmp_path / "game"
    for folder in readiness.SOURCES:
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / "module.py").write_text(f"# {folder}\n", encoding="utf-8")
    (root / "kernel" / "compiled").mkdir()
    monkeypatch.setattr(readiness, "__file__", str(root / "kernel" / "compiled" / "readiness.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return root


def marker_now() -> str:
    forget()
    return readiness.marker()


def in_use_now() -> bool:
    forget()
    return compiled.in_use()


def blocked(place: Path) -> Path:
    """A folder that can't be made, since a file is where it should lie."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("", encoding="utf-8")
    return place / "below"


# ---- the switch


@pytest.mark.parametrize(("asked", "used"), [("compiled", True), ("plain", False)])
def test_the_switch_says_whether_compiled_kernels_are_used(
    monkeypatch: pytest.MonkeyPatch, package: Path, asked: str, used: bool
) -> None:
    monkeypatch.setenv(SWITCH, asked)
    assert in_use_now() is used
    readiness.keep()
    assert in_use_now() is used, "whatever is kept"


@pytest.mark.parametrize("asked", [None, "", "Compiled", "anything"])
def test_else_they_are_used_once_they_are_kept(
    monkeypatch: pytest.MonkeyPatch, package: Path, asked: str | None
) -> None:
    if asked is not None:
        monkeypatch.setenv(SWITCH, asked)
    assert not in_use_now()
    assert readiness.keep() == package / "kernel" / "compiled" / "__pycache__"
    assert readiness.kept()
    assert in_use_now()


# ---- what is kept


def test_a_source_that_changes_makes_them_not_ready(package: Path) -> None:
    readiness.keep()
    (package / "rules" / "module.py").write_text("# other\n", encoding="utf-8")
    forget()
    assert not readiness.kept()


@pytest.mark.parametrize("folder", readiness.SOURCES)
def test_the_marker_goes_by_every_source(package: Path, folder: str) -> None:
    before = marker_now()
    source = package / folder / "module.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text + "# more\n", encoding="utf-8")
    assert marker_now() != before
    source.write_text(text, encoding="utf-8")
    assert marker_now() == before


def test_it_goes_by_sources_in_folders_of_folders(package: Path) -> None:
    before = marker_now()
    deep = package / "policies" / "reasoner" / "thoughts.py"
    deep.parent.mkdir()
    deep.write_text("# thoughts\n", encoding="utf-8")
    assert marker_now() != before


def test_it_does_not_go_by_what_no_kernel_is_made_of(package: Path) -> None:
    before = marker_now()
    (package / "screen").mkdir()
    (package / "screen" / "app.py").write_text("# a window\n", encoding="utf-8")
    (package / "kernel" / "notes.txt").write_text("notes", encoding="utf-8")
    assert marker_now() == before


@pytest.mark.parametrize("library", readiness.LIBRARIES)
def test_it_goes_by_the_version_of_every_library(monkeypatch: pytest.MonkeyPatch, package: Path, library: str) -> None:
    before, version = marker_now(), metadata.version
    monkeypatch.setattr(readiness, "version", lambda name: "0.0.1" if name == library else version(name))
    assert marker_now() != before


def test_it_goes_by_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch, package: Path) -> None:
    def version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    before = marker_now()
    monkeypatch.setattr(readiness, "version", version)
    assert marker_now() != before


@pytest.mark.parametrize("what", ["machine", "node"])
def test_it_goes_by_the_machine(monkeypatch: pytest.MonkeyPatch, package: Path, what: str) -> None:
    before = marker_now()
    monkeypatch.setattr(platform, what, lambda: "another")
    assert marker_now() != before


# ---- where


def test_where_the_package_can_not_be_written_to_the_users_own_folder_does(package: Path, tmp_path: Path) -> None:
    (package / "kernel" / "compiled" / "__pycache__").write_text("", encoding="utf-8")
    assert readiness.keep() == tmp_path / "caches" / "realpolitik"
    assert readiness.kept()


def test_where_nothing_can_be_written_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, package: Path, tmp_path: Path
) -> None:
    (package / "kernel" / "compiled" / "__pycache__").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked(tmp_path / "file")))
    assert readiness.keep() is None
    assert not readiness.kept()


def test_a_folder_that_may_not_be_looked_into_holds_nothing(
    monkeypatch: pytest.MonkeyPatch, package: Path, tmp_path: Path
) -> None:
    def exists(path: Path, **more: Any) -> bool:
        if path.is_relative_to(tmp_path / "caches"):
            raise PermissionError(13, "Permission denied", str(path))
        return False

    monkeypatch.setattr(Path, "exists", exists)
    assert not readiness.kept()


@pytest.mark.parametrize("name", ["XDG_CACHE_HOME", "LOCALAPPDATA"])
def test_the_users_own_folder_is_where_the_system_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    for each in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(name, str(tmp_path))
    assert readiness.folders()[1] == tmp_path / "realpolitik"


def test_or_in_the_home_of_a_user_who_has_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for each in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert readiness.folders()[1] == tmp_path / ".cache" / "realpolitik"

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    assert len(readiness.folders()) == 1
