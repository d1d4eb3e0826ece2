"""V4, V11: frustration and camps of networks of friendly and hostile ties.

Antal, Krapivsky and Redner (2006), Social balance on networks, *Physica D* 224, 130-136: the great powers before 1914.
"""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from game.analysis.balance import frustration, leading_camps, out_of_place, ties
from game.cli import realpolitik
from tests.published.tables import GREAT_POWERS, camp_of, table_of

INDEX = {1875: 1, 1885: 1, 1890: 1, 1895: 1, 1905: 1, 1908: 0}

SALE = """\
a,b,sign
israel,iran,-1
azerbaijan,armenia,-1
israel,azerbaijan,1
armenia,iran,1
iran,azerbaijan,-1
israel,armenia,0
"""
"""Who stood with whom on 26 February 2012."""


@pytest.mark.parametrize(("year", "index"), INDEX.items())
def test_the_great_powers_have_the_published_frustration_index(year, index):
    found = frustration(ties(table_of(GREAT_POWERS, year).values))
    assert (found.index, found.exact) == (index, True)


@pytest.mark.parametrize("year", [1905, 1908])
def test_the_entente_and_the_triple_alliance_are_the_camps(year):
    table = table_of(GREAT_POWERS, year)
    camps = frustration(ties(table.values)).camps
    assert table.names[0] == "GBR"
    assert camp_of(table, camps) == {"AUH", "DEU", "ITA"}


@pytest.mark.parametrize("year", INDEX)
def test_the_leading_eigenvector_places_all_as_the_best_split_does_but_for_italy_in_1875(year):
    table = table_of(GREAT_POWERS, year)
    signs = ties(table.values)
    found = leading_camps(signs)
    undecided = {name for name, between in zip(table.names, found.undecided, strict=True) if between}
    assert undecided == ({"ITA"} if year == 1875 else set())  # Italy had no ties before 1882
    assert len(out_of_place(signs, found.camps)) == INDEX[year]
    assert (found.camps == frustration(signs).camps)[~found.undecided].all()


def test_the_command_finds_the_same_camps():
    done = CliRunner().invoke(realpolitik, ["balance", str(GREAT_POWERS), "--at", "1908", "--format", "json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["frustration"]["index"] == 0
    assert [sorted(camp) for camp in found["frustration"]["camps"]] == [["FRA", "GBR", "RUS"], ["AUH", "DEU", "ITA"]]
    assert found["leading_eigenvector"]["same_as_best"] is True


def test_the_ties_of_the_arms_sale_are_in_balance(tmp_path):
    file = tmp_path / "sale.csv"
    file.write_text(SALE, encoding="utf-8")
    table = table_of(file)
    found = frustration(ties(table.values))
    assert found.index == 0
    assert camp_of(table, found.camps) == {"iran", "armenia"}
