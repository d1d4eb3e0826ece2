"""S03. A former deputy minister praises the relationship: a statement has a speaker whose office weighs it."""

from __future__ import annotations

import pytest

from game.narrative.causes import in_ids
from game.rules.acts import acts
from game.scenario.compile import compiled
from game.testing import change_by, context
from tests.source_event.scene import done, move, shipped, staged, surely


def test_the_word_of_a_former_official_weighs_what_his_office_does() -> None:
    offices = compiled(shipped()).board.offices
    weight = offices.weight[offices.names.index("former_official")]
    still = move(staged(), "azerbaijan -> israel")
    official = move(staged({1: ["israel: praise azerbaijan"]}), "azerbaijan -> israel") - still
    former = move(staged({1: ["israel: praise azerbaijan office=former_official"]}), "azerbaijan -> israel") - still
    assert official > 2
    assert former == pytest.approx(weight * official, abs=0.1)
    assert 0 < weight < 1


def test_a_leader_is_heard_further_than_a_minister_and_an_envoy_less() -> None:
    order = "israel: praise azerbaijan office={}"
    heard = [
        move(staged({1: [order.format(office)]}), "azerbaijan -> israel")
        for office in ("former_official", "envoy", "minister", "leader")
    ]
    assert heard == sorted(heard)
    assert len(set(heard)) == 4


def test_it_costs_a_government_less_to_let_a_former_official_speak() -> None:
    made = compiled(shipped())
    said = [f"israel: praise azerbaijan office={office}" for office in ("leader", "former_official")]
    changes = [change_by(acts, context(made.board, orders=[line]), made.parameters["acts"]) for line in said]
    spent = [change.capital[0, made.board.state("israel")] for change in changes]
    assert spent[0] < spent[1] < 0


def test_in_the_scenario_he_speaks_in_the_month_of_the_deal() -> None:
    model = staged(turns=1, spec=surely(shipped(), "former_deputy_minister"))
    assert done(model, "israel", "praise", "azerbaijan") == 1
    words = [in_ids(row.cause, model.board) for row in model.why("azerbaijan -> israel").rows]
    assert any("former_deputy_minister" in cause for cause in words)
