"""Tables that analyses take, and the sentences with which they refuse others."""

from __future__ import annotations

import numpy as np
import pytest

from game.analysis.balance import frustration, leading_camps, ties, triads
from game.analysis.landscape import energy, gains, landscape
from game.analysis.series import balance_series, brokerage, polarisation
from game.analysis.table_csv import Asked, column_of_sizes, read_table
from game.analysis.tables import MOST
from game.analysis.tipping import free_flow, tipping
from game.errors import GameError, InvalidArgument

SYMMETRIC = (lambda table: landscape(table), lambda table: triads(table), lambda table: frustration(table))
ANY = (*SYMMETRIC, leading_camps, polarisation, brokerage, ties, lambda table: tipping(table, 0.9))


@pytest.mark.parametrize("analysis", ANY)
@pytest.mark.parametrize(
    ("table", "why"),
    [
        ([[0, 1, 2], [1, 0, 3]], "the table is 2 × 3; give it a row and a column for every state"),
        ([1, 2], "the table is 2; give it a row"),
        ([[0, 1], [1]], "only numbers"),
        ([[0, "x"], [1, 0]], "only numbers"),
        ([[0, 1], [float("nan"), 0]], "row 2, column 1 is nan; put a finite number there"),
        ([[0, float("inf")], [1, 0]], "row 1, column 2 is inf; put a finite number there"),
        (np.zeros((0, 0)), f"0 states; give it 1 to {MOST:,}"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(analysis, table, why):
    with pytest.raises(InvalidArgument, match=why):
        analysis(table)


@pytest.mark.parametrize("analysis", SYMMETRIC)
def test_two_numbers_for_a_pair_are_refused_where_one_is_needed(analysis):
    with pytest.raises(InvalidArgument, match="row 1, column 3 is 1 and row 3, column 1 is 2; this needs one number"):
        analysis([[0, 0, 1], [0, 0, 0], [2, 0, 0]])


def test_a_place_has_the_names_of_its_states():
    with pytest.raises(InvalidArgument, match="ada -> bora is 1 and bora -> ada is 2"):
        landscape([[0, 1], [2, 0]], names=["ada", "bora"])


def test_the_diagonal_counts_for_nothing():
    assert energy([[9, 1], [1, float("nan")]], [True, False]) == 2.0


@pytest.mark.parametrize(
    ("sizes", "why"),
    [([1.0], "2 states and the sizes are 1"), ([1.0, -2.0], "size of state 2 is -2"), ([1.0, float("inf")], "is inf")],
)
def test_sizes_that_make_no_sense_are_refused(sizes, why):
    with pytest.raises(InvalidArgument, match=why):
        landscape([[0, 1], [1, 0]], sizes)


def test_numbers_out_of_range_are_refused():
    table = [[0, 0.5], [0.5, 0]]
    with pytest.raises(InvalidArgument, match="threshold of a tie is -1"):
        ties(table, -1)
    with pytest.raises(InvalidArgument, match="camps are 3"):
        gains(table, [True, True, False])
    with pytest.raises(InvalidArgument, match="a turn keeps is 1; give a number between 0 and 1"):
        tipping(table, 1.0)
    with pytest.raises(InvalidArgument, match=r"run away; give a time from 0 to below 1 / 0\.5 = 2"):
        free_flow(table, 2.0)
    with pytest.raises(InvalidArgument, match="turn 1: row 1, column 2 is nan"):
        balance_series([[[0, 1], [1, 0]], [[0, float("nan")], [1, 0]]])
    with pytest.raises(InvalidArgument, match="turns × states × states"):
        balance_series([[0, 1], [1, 0]])


MATRIX = "state,size,ada,bora\nada,2,0,5\nbora,1,5,0\n"
RUN = "turn,date,from,to,relation\n0,2001,ada,bora,1\n0,2001,bora,ada,2\n1,2002,ada,bora,3\n1,2002,bora,ada,4\n"
DATED = "a,b,sign,begin,end_exclusive\nada,bora,-1,1900,1910\nada,bora,1,1910,1920\ncora,bora,1,1905,1920\n"


def values(text: str, **asked: object) -> list[list[float]]:
    return read_table(text, "t.csv", Asked(**asked)).values.tolist()


def test_three_forms_are_read():
    assert values(MATRIX) == [[0, 5], [5, 0]]
    assert values("\ufeff# a note\n" + MATRIX) == [[0, 5], [5, 0]]
    assert values(RUN) == [[0, 3], [4, 0]]
    assert values(RUN, turn=0) == [[0, 1], [2, 0]]
    assert values("From,To,tie\nada,bora,2\n") == [[0, 2], [2, 0]]
    assert values("a,b,x,y\nada,bora,2,3\n", value="y") == [[0, 3], [3, 0]]


def test_ties_of_a_moment_are_read():
    assert values(DATED, at=1904) == [[0, -1, 0], [-1, 0, 0], [0, 0, 0]]
    assert values(DATED, at=1910) == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert values(DATED.replace("end_exclusive", "end"), at=1915) == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_sizes_come_from_a_column_of_any_name_that_is_asked_for():
    steel = MATRIX.replace("size", "steel")
    assert read_table(steel, "t.csv", Asked(sizes="steel")).sizes.tolist() == [2, 1]
    assert read_table(MATRIX, "t.csv", Asked(sizes="equal")).sizes.tolist() == [1, 1]
    with pytest.raises(InvalidArgument, match="call a column of sizes 'size'"):
        read_table(steel, "t.csv")
    assert column_of_sizes("name,x\nbora,1\nada,2\n", "s.csv", "x", ["ada", "bora"]).tolist() == [2, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "t.csv has no rows"),
        ("x,y\n1,2\n", "neither a matrix, .* nor a list of pairs"),
        ("state,ada,bora\nada,0,1\n", "a column 'bora' and no such row; give every state both"),
        ("state,ada,bora\nada,0,1\nbora,1,0\ncora,1,1\n", "a row 'cora' and no such column; give every state both"),
        ("state,ada,bora\nada,0,1\nada,1,0\n", "a column 'bora' and no such row|two rows called 'ada'"),
        ("state,ada,ada\nada,0,1\n", "two columns called 'ada'"),
        ("state,ada,bora\nada,0,1\nbora,1\n", "row 3 has 2 cells and the first line 3"),
        ("state,ada,bora\nada,0,many\nbora,1,0\n", "t.csv, ada -> bora: 'many' is not a finite number"),
        ("state,ada,bora\nada,0,\nbora,1,0\n", "t.csv, ada -> bora: '' is not a finite number"),
        ("state,ada,bora\nada,0,inf\nbora,1,0\n", "'inf' is not a finite number"),
        ("state,size,ada,bora\nada,-1,0,1\nbora,1,1,0\n", "the size of ada is -1"),
        ("a,b,sign\nada,ada,1\n", "row 2: ada -> ada is a tie of a state with itself"),
        ("a,b,sign\nada,bora,1\nada,bora,2\n", "row 3: ada -> bora is there twice"),
        ("a,b,x\nada,bora,1\n", "no column called relation, .*; name one with --value"),
        (DATED, "ask for one moment, --at 1900 to --at 1910"),
        ('state,ada\n"ada,0\n', "t.csv is not CSV"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_place(text, why):
    with pytest.raises(GameError, match=why):
        values(text)


@pytest.mark.parametrize("asked", [{"value": "z"}, {"sizes": "z"}])
def test_a_column_that_is_not_there_is_refused(asked):
    with pytest.raises(GameError, match="z"):
        values("a,b,sign\nada,bora,1\n" if "value" in asked else MATRIX, **asked)
