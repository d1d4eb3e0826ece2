"""Scenarios and assets are found by name, in a checkout and where only the wheel is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from game import files
from game.errors import UnknownName


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with two scenarios, a catalogue and a dossier, and a stranger's folder beside it."""
    package = tmp_path / "site-packages" / "game"
    for name in ("scenarios/north-sea-1900.yaml", "scenarios/baltic.yml", "assets/catalogue/standard.yaml"):
        place(package / "_data" / name)
    place(package / "_data" / "seeds" / "1900-north-sea.yaml")
    place(package.parent / "scenarios" / "stranger.yaml")
    monkeypatch.setattr(files, "PACKAGE", package)
    return package


@pytest.fixture
def checkout(installed: Path) -> Path:
    """The same, run from a checkout with one scenario of its own."""
    place(installed.parent / "pyproject.toml")
    (installed.parent / "scenarios" / "stranger.yaml").rename(installed.parent / "scenarios" / "ours.yaml")
    return installed.parent


def place(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("format: 1\n", encoding="utf-8")


def test_an_installed_package_uses_its_own_data_and_no_strangers(installed: Path) -> None:
    assert list(files.shipped_scenarios()) == ["baltic", "north_sea_1900"]
    assert files.data_folder("scenarios") == installed / "_data" / "scenarios"


def test_a_checkout_comes_before_installed_data(checkout: Path) -> None:
    assert files.shipped_scenarios() == {"ours": checkout / "scenarios" / "ours.yaml"}


@pytest.mark.parametrize("name", ["north_sea_1900", "north-sea-1900"])
def test_a_scenario_is_found_with_underscores_and_with_hyphens(installed: Path, name: str) -> None:
    assert files.scenario_path(name) == installed / "_data" / "scenarios" / "north-sea-1900.yaml"


def test_a_catalogue_and_event_data_are_found_by_name(installed: Path) -> None:
    assert files.catalogue_path("standard") == installed / "_data" / "assets" / "catalogue" / "standard.yaml"
    assert files.event_data_path("1900_north_sea") == installed / "_data" / "seeds" / "1900-north-sea.yaml"


def test_an_unknown_name_suggests_the_nearest_as_it_would_be_typed(installed: Path) -> None:
    with pytest.raises(UnknownName, match="no scenario called 'north-see-1900'; did you mean 'north-sea-1900'"):
        files.scenario_path("north-see-1900")
    with pytest.raises(UnknownName, match="did you mean 'north_sea_1900'"):
        files.scenario_path("north_see_1900")


def test_what_is_written_like_a_path_is_one(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "mine.yaml"
    place(mine)
    assert files.scenario_path(str(mine)) == mine
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownName, match=r"no scenario file called 'mime\.yaml'; did you mean 'mine.yaml'"):
        files.scenario_path("mime.yaml")


def test_a_bare_name_never_opens_a_file_of_that_name(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path / "stray")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownName):
        files.scenario_path("stray")


@pytest.mark.parametrize(
    "parts", [("..", "scenarios"), ("catalogue", "../../seeds"), ("/",), ("catalogue", "none.yaml")]
)
def test_an_asset_is_never_outside_the_assets(installed: Path, parts: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName, match="no asset called"):
        files.asset_path(*parts)


def test_an_unknown_asset_suggests_the_nearest_beside_it(installed: Path) -> None:
    with pytest.raises(UnknownName, match=r"did you mean 'catalogue/standard\.yaml'"):
        files.asset_path("catalogue", "standart.yaml")


def test_the_shipped_scenarios_of_this_checkout_are_found() -> None:
    assert "south_caucasus_2012" in files.shipped_scenarios()
