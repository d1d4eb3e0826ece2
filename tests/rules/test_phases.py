"""Every rule is one file with one name, and acts in exactly one phase."""

from __future__ import annotations

from pkgutil import iter_modules

import pytest

from game import rules
from game.parameters import paths


def test_every_file_of_the_folder_acts_in_exactly_one_phase():
    files = {module.name for module in iter_modules(rules.__path__)}
    assert len(rules.NAMES) == len(set(rules.NAMES))
    assert files == set(rules.NAMES)


@pytest.mark.parametrize("name", rules.NAMES)
def test_the_function_bears_the_name_of_its_file_and_says_its_formula_first(name):
    function = rules.RULES[name]
    assert function.__module__ == f"game.rules.{name}"
    assert function.__name__ == name
    module = __import__(f"game.rules.{name}", fromlist=[name])
    assert module.__doc__.startswith(f"{name}: ")


def test_every_parameter_has_bounds_that_hold_its_default_and_says_what_it_is():
    for path, leaf in paths().items():
        assert leaf.low <= leaf.default <= leaf.high, path
        assert leaf.doc, path


@pytest.mark.parametrize("name", rules.NAMES)
def test_every_rule_shows_itself_at_work(name):
    assert ">>> " in (rules.RULES[name].__doc__ or "")
