"""The list of mutations is about the code that there is."""

from __future__ import annotations

import ast

import pytest

from tests.mutations.listed import CHECKOUT, Mutation, NotFound, modules, mutated, mutations, sources


def test_every_mutation_stands_in_one_place_of_the_package_and_is_still_a_program():
    texts = sources()
    for mutation in mutations():
        path, text = mutated(mutation, texts)
        assert text != texts[path], mutation.name
        ast.parse(text)


def test_every_mutation_names_tests_that_are_there_and_are_no_goldens():
    for mutation in mutations():
        assert modules(mutation), mutation.name


def test_what_stands_nowhere_or_twice_is_no_mutation():
    texts = {CHECKOUT / "game" / "one.py": "a = 1\nb = 1\n", CHECKOUT / "game" / "two.py": "c = a + b\n"}
    for old in ("d = 2", " = 1"):
        with pytest.raises(NotFound, match="has to stand in one place"):
            mutated(Mutation("x", old, "e = 3", ()), texts)
    assert mutated(Mutation("x", "a + b", "a - b", ()), texts)[1] == "c = a - b\n"
    assert mutated(Mutation("x", "b = 1", "", ()), texts)[1] == "a = 1\npass\n"
    with pytest.raises(NotFound, match="there is no one test module"):
        modules(Mutation("x", "", "", ("test_nothing",)))
    with pytest.raises(NotFound, match="says nothing of why"):
        modules(Mutation("x", "", "", ("screens/test_goldens",)))
