"""`bargain`: both answers in words and as data, and what is wrong with a question."""

from __future__ import annotations

import json

from game.analysis.bargaining import the_most_to_ask, what_would_it_take
from game.match.match import Setup, begin
from game.narrative.refusals import blocker_in_ids
from game.scenario import load

SOUTH = ("bargain", "south-caucasus-2012", "--state", "azerbaijan", "--turn", "1", "--seed", "3")


def test_it_prints_what_the_engine_found_with_the_terms_of_the_answer(call):
    done = call(*SOUTH, "peace_talks armenia")
    assert done.exit_code == 0, done.stderr
    match = begin(Setup(load("south-caucasus-2012"), 3)).advance()
    packages = what_would_it_take(match, "azerbaijan", "peace_talks", "armenia").packages
    assert packages
    for package in packages:
        assert f"  {package.order}\n      {package.kind}; worth " in done.stdout
    assert "What would it take for Armenia to accept, March 2012?" in done.stdout
    assert "  security\n" in done.stdout


def test_the_same_as_data(call):
    done = call(*SOUTH, "aid_package georgia", "--format", "json")
    assert done.exit_code == 0, done.stderr
    match = begin(Setup(load("south-caucasus-2012"), 3)).advance()
    data = json.loads(done.stdout)
    for name, question in (("take", what_would_it_take), ("ask", the_most_to_ask)):
        found = question(match, "azerbaijan", "aid_package", "georgia")
        assert [each["order"] for each in data[name]["packages"]] == [str(each.order) for each in found.packages]
        assert data[name]["blocker"] == (found.blocker and blocker_in_ids(found.blocker, match.history.board))


def test_what_forbids_a_deal_is_said(call):
    done = call(*SOUTH, "praise georgia")
    assert done.exit_code == 0
    assert done.stdout.count("Nothing: praise is not a deal: nobody has to accept it.") == 2


def test_a_question_with_terms_or_an_unknown_name_is_a_problem_of_usage(call):
    done = call(*SOUTH, "aid_package georgia value=0.3")
    assert done.exit_code == 2
    assert "the terms are what is sought: 'aid_package georgia'" in done.stderr
    assert call("bargain", "south-caucasus-2012", "--state", "atlantis", "aid_package georgia").exit_code == 2
    assert call(*SOUTH, "aid_pakage georgia").exit_code == 2
    late = call("bargain", "classroom-triad", "--state", "arda", "--turn", "999", "trade_agreement borea")
    assert late.exit_code == 2
    assert "there is no turn 999" in late.stderr
