"""S09. Talk of a strike on nuclear plants: a crisis ladder with a price for backing down, a strike as its last rung."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from game.kernel.world import CALM
from game.rules.crises import crises
from game.testing import change_by, context
from tests.source_event.scene import choosing, dispute, shipped, staged, surely, without_events

LINE = "red_line"


def at_odds():
    """The scenario with nothing but a red line drawn in the first turn."""
    spec = choosing(surely(without_events(shipped(), *(set(shipped().events) - {LINE})), LINE), red_line="draw_a_line")
    line = spec.events[LINE]
    first = replace(line.trigger, form="at", at=1, mean_turns=None)
    return replace(spec, events={LINE: replace(line, trigger=first, when=(), repeats=False)})


def climbing(turns: int, israel: str = "escalate", iran: str = "escalate", from_turn: int = 2):
    """The crisis after some turns in which both sides choose the same again and again."""
    script = {
        turn: [f"israel: {israel} iran_nuclear", f"iran: {iran} iran_nuclear"] for turn in range(from_turn, turns + 1)
    }
    return staged(script, turns=turns, spec=at_odds())


def rungs(model) -> list[list[int]]:
    """Both rungs after every turn."""
    place = dispute(model, "iran_nuclear")
    return [world.rung[0, place].tolist() for world in model.history.worlds]


def test_a_red_line_opens_a_crisis() -> None:
    model = staged(turns=1, spec=at_odds())
    assert rungs(model)[0] == [CALM, CALM]
    assert max(rungs(model)[1]) > CALM


def test_the_ladder_is_climbed_rung_by_rung_and_a_strike_is_its_last() -> None:
    model = climbing(3)
    while model.ending is None and model.turn < 12:
        for state in ("israel", "iran"):
            model.order(f"{state}: escalate iran_nuclear")
        model.step()
    heights = [max(pair) for pair in rungs(model)]
    assert model.ending == "strike_on_the_plants"
    assert all(after - before <= 1 for before, after in pairwise(heights[1:]))


def test_two_that_hold_come_down() -> None:
    up = climbing(3)
    down = climbing(3)
    for _ in range(3):
        if max(rungs(down)[-1]) > CALM:
            down.order("israel: hold iran_nuclear")
            down.order("iran: hold iran_nuclear")
        down.step()
    assert max(rungs(down)[-1]) < max(rungs(up)[-1])


def test_backing_down_costs_more_the_higher_one_stands() -> None:
    def price(turns: int) -> tuple[float, float]:
        """What it costs Israel at home, and with its friends, to back down after so many turns of climbing."""
        model = climbing(turns)
        chosen = ["israel: back_down iran_nuclear", "iran: hold iran_nuclear"]
        seen = replace(context(model.board, model.history.world, chosen), draws=model.history.draws)
        change = change_by(crises, seen, model.history.parameters["crises"])
        israel, usa = model.board.state("israel"), model.board.state("usa")
        return float(-change.capital[0, israel]), float(-change.memories[0, :, usa, israel].sum())

    low, high = price(2), price(4)
    assert 0 < low[0] < high[0]
    assert 0 < low[1] < high[1]


def test_jerusalem_and_tehran_do_not_share_a_border_and_may_not_strike_as_an_ordinary_act() -> None:
    acts = shipped().acts
    assert {"israel", "iran"}.isdisjoint(acts["limited_strike"].roles[0].allowed or ())


def test_a_strike_is_talked_of_far_more_often_than_it_comes() -> None:
    runs = [staged(turns=24, spec=shipped(), seed=seed, wait=False) for seed in range(12)]
    assert sum(model.ending == "strike_on_the_plants" for model in runs) <= 4
