"""S02. Rumours of the deal, then confirmation: secret, rumoured, public; confirm, deny, keep silent."""

from __future__ import annotations

import numpy as np

from game.kernel.world import (
    DENIED_BY_ACTOR,
    OPEN,
    RUMOURED,
    SECRET,
)
from game.measures.information import seen_by
from tests.source_event.scene import agreement, choosing, move, said, secrecy, shipped, staged, without_events

SALE = {1: ["israel: arms_package azerbaijan value=1.6 secret"]}


def asked(option: str, turns: int = 1):
    """The first turns of the scenario with the option that Jerusalem takes when it is asked."""
    quiet = without_events(choosing(shipped(), sale_in_question=option), "envoy_summoned", "note_over_the_scientists")
    return staged(turns=turns, spec=quiet)


def test_while_it_is_secret_nobody_else_knows_or_minds() -> None:
    model, other = staged(SALE), staged()
    assert secrecy(model, "arms_package", "israel", "azerbaijan") == SECRET
    for onlooker in ("iran", "armenia", "turkiye", "russia"):
        assert move(model, f"{onlooker} -> azerbaijan") == move(other, f"{onlooker} -> azerbaijan")
        known = seen_by(model.board, model.world, model.board.state(onlooker))
        assert known.agreements[agreement(model, "arms_supply", "israel", "azerbaijan")] == 0
    buyer = seen_by(model.board, model.world, model.board.state("azerbaijan"))
    assert buyer.agreements[agreement(model, "arms_supply", "israel", "azerbaijan")] > 0
    assert move(model, "azerbaijan -> israel") > 0


def test_the_press_has_it_before_it_is_confirmed() -> None:
    model = asked("keep_silent")
    assert said(model, "rumours_of_a_sale", 1)
    assert secrecy(model, "arms_package", "israel", "azerbaijan") == RUMOURED


def test_confirmed_it_is_public() -> None:
    assert secrecy(asked("confirm"), "arms_package", "israel", "azerbaijan") == OPEN


def test_denied_it_is_a_denied_rumour() -> None:
    assert secrecy(asked("deny"), "arms_package", "israel", "azerbaijan") == DENIED_BY_ACTOR


def test_a_confirmation_alarms_more_than_a_rumour_and_a_denial_calms_those_who_believe_it() -> None:
    confirmed, silent, denied = (
        move(asked(option), "armenia -> israel") for option in ("confirm", "keep_silent", "deny")
    )
    assert confirmed < silent < denied < 0


def test_a_denial_of_what_comes_out_is_a_broken_word() -> None:
    denied = asked("deny")
    israel, armenia = denied.board.state("israel"), denied.board.state("armenia")
    before = denied.world.broken[0, armenia, israel]
    denied.order("azerbaijan: confirm israel")
    denied.step()
    assert secrecy(denied, "arms_package", "israel", "azerbaijan") == OPEN
    assert denied.world.broken[0, armenia, israel] > before
    silent = asked("keep_silent")
    silent.order("azerbaijan: confirm israel")
    silent.step()
    assert silent.world.broken[0, armenia, israel] == before


def test_jerusalem_mostly_confirms_and_sometimes_does_not() -> None:
    stages = [
        secrecy(staged(turns=1, spec=shipped(), seed=seed), "arms_package", "israel", "azerbaijan")
        for seed in range(40)
    ]
    open_ = np.mean([stage == OPEN for stage in stages])
    assert 0.5 < open_ < 1.0
