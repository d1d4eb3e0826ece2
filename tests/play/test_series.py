"""Reading a game: the log, charts with futures, the matrix, the codex, and a game that plays itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations
from multiprocessing import Pipe
from threading import Thread
from time import sleep

import pytest

from game.kernel.world import digest
from game.match.match import Setup, begin
from game.narrative.news import TOPICS
from game.play import commands, forecasts
from game.play.blocs import blocs
from game.play.dispatch import Director
from game.play.forecasts import (
    Forecaster,
    Question,
    by_run,
    futures,
    work,
)
from game.play.snapshot import Item
from game.scenario import load
from game.screen import watching
from game.screen.kit import charts as charting
from game.screen.kit import plots, theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    named,
    texts,
    zones,
)
from game.screen.messages import (
    Click,
    Go,
    Hover,
    Key,
    Resized,
    Tick,
    Wheel,
)
from game.screen.scenes import (
    charts,
    codex,
    log,
    matrix,
)
from game.screen.shell import Shell
from game.screen.watching import STOPS, Watching

SOLO = commands.Begin("classroom-triad", ("arda",), 7)
WATCHED = commands.Begin("classroom-triad", (), 7)


def by_letters(text, style):
    """A measure that needs no font."""
    return len(text) * style.size * 0.5


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path, by_letters)


def played(shell, start, turns):
    """A game that has gone on for some turns, with the board before one."""
    shell.ask(start)
    for _ in range(turns):
        if shell.snapshot.game.side is None:
            shell.ask(commands.Advance())
            continue
        while shell.snapshot.game.phase != "planning":
            shell.ask(commands.Proceed())
        shell.ask(commands.Commit())
    while shell.snapshot.game.phase not in ("planning", "over"):
        shell.ask(commands.Proceed())
    return shell


def words(shell):
    return [each.text for each in texts(shell.shapes())]


def entries(shell):
    """What the log lists, from top to bottom, as far as it is seen."""
    record = shell.snapshot.game.record
    names = [zone.name for zone in zones(shell.shapes()) if zone.name.startswith("entry ")]
    return [record[int(name.removeprefix("entry "))] for name in names]


def click(shell, name):
    """A click in the middle of a zone."""
    shell.send(Click(*named(shell.shapes(), name).rect.centre))


def focus(shell, name):
    """The tabulator key until a zone has the focus."""
    for _ in range(200):
        if shell.window.focus == name:
            return
        shell.send(Key("tab"))
    raise AssertionError(f"the keyboard does not come to {name}")


def typed(shell, text):
    shell.send(*(Key("space" if letter == " " else letter) for letter in text))


def counted(shapes):
    return sum(1 + (counted(shape.shapes) if isinstance(shape, Clip) else 0) for shape in shapes)


# ---- the log


def test_the_log_lists_the_newest_turn_first_and_every_entry_once(shell):
    played(shell, WATCHED, 3).send(Go("log"))
    shell.send(Resized(1280.0, 4000.0))
    listed = entries(shell)
    assert sorted(listed, key=str) == sorted(shell.snapshot.game.record, key=str)
    assert [item.turn for item in listed] == sorted((item.turn for item in listed), reverse=True)


def test_what_is_typed_is_searched_for_as_it_is_typed(shell):
    played(shell, WATCHED, 6).send(Go("log"))
    record = shell.snapshot.game.record
    word = record[-1].text.split()[0].lower()
    click(shell, "search")
    typed(shell, word)
    found = entries(shell)
    assert found
    assert all(word in item.text.casefold() for item in found)
    assert len([item for item in record if word in item.text.casefold()]) >= len(found)
    typed(shell, " zzz")
    assert entries(shell) == []
    shell.send(*[Key("backspace")] * 4)
    assert entries(shell) == found
    shell.send(Key("escape"), Key("escape"))
    assert shell.scene == "board"


def test_a_kind_can_be_left_out_and_one_state_looked_at(shell):
    played(shell, WATCHED, 6).send(Go("log"), Resized(1280.0, 4000.0))
    everything = entries(shell)
    assert {"act", "refused"} & {item.kind for item in everything}
    click(shell, "kind act")
    assert all(item.kind != "act" for item in entries(shell))
    click(shell, "kind act")
    shell.send(Key("]"))
    state = shell.snapshot.game.states[0]
    assert entries(shell) == [
        item for item in everything if state.id in (item.actor, item.target) or state.name in item.text
    ]
    shell.send(Key("["))
    assert entries(shell) == everything


def test_turns_are_folded_one_by_one_and_all_at_once(shell):
    played(shell, WATCHED, 4).send(Go("log"), Resized(1280.0, 4000.0))
    everything = entries(shell)
    turn = everything[-1].turn
    click(shell, f"turn {turn}")
    assert entries(shell) == [item for item in everything if item.turn != turn]
    click(shell, f"turn {turn}")
    click(shell, "fold all")
    assert entries(shell) == []
    click(shell, "fold all")
    assert entries(shell) == everything


def test_what_is_pinned_is_found_again_when_the_log_is_opened_again(shell):
    played(shell, WATCHED, 4).send(Go("log"))
    item = entries(shell)[1]
    number = shell.snapshot.game.record.index(item)
    click(shell, f"entry {number}")
    click(shell, "pin entry")
    shell.send(Key("escape"), Go("log"))
    click(shell, "pinned only")
    assert entries(shell) == [item]


def test_each_side_pins_for_itself(tmp_path):
    director = Director(tmp_path)
    director.carry_out(commands.Begin("classroom-triad", ("arda", "borea"), 3))
    director.carry_out(commands.Pin(2))
    assert director.snapshot().pins == {2}
    director.shown = 1
    assert director.snapshot().pins == frozenset()


def test_an_entry_is_read_in_full_and_leads_to_why_and_to_charts(shell):
    played(shell, WATCHED, 5).send(Go("log"))
    record = shell.snapshot.game.record
    number = max(place for place, item in enumerate(record) if item.kind == "act" and item.target and item.why)
    click(shell, f"entry {number}")
    shown = words(shell)
    assert "What spoke for it, and against" in shown
    for name, value in record[number].why[:3]:
        said = shell.snapshot.game.phrases[name][value < 0]
        assert f"{said[:1].upper()}{said[1:]}" in shown
    click(shell, "chart entry")
    assert shell.scene == "charts"
    assert (shell.window.scene.first, shell.window.scene.second) == (record[number].target, record[number].actor)


def long_log(shell, entries_):
    """The log of a game with so many entries."""
    game = shell.snapshot.game
    record = tuple(Item(1 + number // 50, "event", f"Event number {number}") for number in range(entries_))
    return replace(shell.snapshot, game=replace(game, record=record))


def test_a_log_of_ten_thousand_entries_builds_no_more_shapes_than_one_of_a_hundred(shell):
    played(shell, WATCHED, 1)
    frame = shell.window.frame
    model = log.Model()
    short, long = (log.view(model, long_log(shell, size), frame) for size in (100, 10_000))
    assert counted(long) == counted(short)
    assert counted(log.view(replace(model, top=5_000), long_log(shell, 10_000), frame)) <= counted(short) + 10


def test_rows_that_were_found_are_kept_until_something_changes(shell):
    played(shell, WATCHED, 1)
    snapshot = long_log(shell, 10_000)
    model, _ = log.update(log.Model(), Tick(0.1), snapshot)
    assert log.found(model, snapshot.game, frozenset()) is model.found
    again, _ = log.update(model, Tick(0.1), snapshot)
    assert again.found is model.found
    assert log.found(model, snapshot.game, frozenset({3})) is not model.found


def test_the_wheel_and_the_bar_go_to_the_end_of_a_long_log_and_no_farther(shell):
    played(shell, WATCHED, 1)
    shell.snapshot = long_log(shell, 1_000)
    shell.send(Go("log"))
    place = named(shell.shapes(), "list").rect.centre
    shell.send(Wheel(*place, -10_000.0))
    assert entries(shell)[-1].text == "Event number 49"
    shell.send(Wheel(*place, 10_000.0))
    assert "Event number 950" in [item.text for item in entries(shell)]
    bar = named(shell.shapes(), "list bar").rect
    shell.send(Click(bar.centre[0], bar.bottom - 1))
    assert entries(shell)[-1].text == "Event number 49"


# ---- charts


@pytest.mark.parametrize(("low", "high"), [(-100.0, 100.0), (0.0, 1.0), (-46.2, -41.0), (262.0, 300.0), (5.0, 5.0)])
def test_round_values_stand_evenly_around_what_is_shown(low, high):
    marks = plots.steps(low, high, 5)
    assert marks[0] <= low
    assert marks[-1] >= high
    assert 2 <= len(marks) <= 6
    gaps = [later - earlier for earlier, later in pairwise(marks)]
    assert gaps == pytest.approx([gaps[0]] * len(gaps))


def test_a_number_is_read_off_with_as_many_digits_as_it_bears():
    numbers = (16254.3, -12.71, 0.6496, 0.0, -0.001, 3.0)
    assert [plots.written(value) for value in numbers] == ["16,254", "−12.7", "0.65", "0", "0", "3"]


def test_names_of_lines_stand_apart_in_their_order():
    places = plots.apart([10.0, 12.0, 14.0, 90.0], 20.0, 0.0, 100.0)
    assert all(later - earlier >= 20.0 for earlier, later in pairwise(places))
    assert places[-1] <= 90.0


def test_a_fan_lies_between_the_runs_and_its_middle_is_the_median():
    rows = [[0.0, float(number)] for number in range(101)]
    low, quarter, middle, three, high = plots.quantiles(rows)
    assert [line[0] for line in (low, middle, high)] == [0.0, 0.0, 0.0]
    assert [line[1] for line in (low, quarter, middle, three, high)] == [10.0, 25.0, 50.0, 75.0, 90.0]


def test_a_chart_of_a_pair_shows_both_ways_as_they_went(shell):
    played(shell, SOLO, 4).send(Go("charts", {"first": "borea", "second": "arda"}))
    game, model = shell.snapshot.game, shell.window.scene
    given = {each.key: each for each in charting.offered("relation", "arda", 0, shell.snapshot)}
    assert charts.chosen(model, shell.snapshot) == ("borea>arda", "arda>borea")
    there, here = game.index("borea"), game.index("arda")
    assert given["borea>arda"].values == tuple(table[there][here] for table in game.series)
    assert given["arda>borea"].values == tuple(table[here][there] for table in game.series)


@pytest.mark.parametrize("quantity", charting.QUANTITIES)
def test_every_quantity_has_lines_up_to_the_present(shell, quantity):
    played(shell, SOLO, 3).send(Go("charts"))
    click(shell, f"quantity {quantity}")
    shell.send(Tick(0.1), Tick(0.1))
    model = shell.window.scene
    given = charting.offered(quantity, charts.about(model, shell.snapshot.game), 0, shell.snapshot)
    assert given
    assert all(len(each.values) == len(shell.snapshot.game.series) for each in given)
    assert charts.chosen(model, shell.snapshot)
    assert {each.name for each in given} <= set(words(shell))


def test_what_is_measured_ends_in_what_the_board_shows_and_hides_the_points_of_others(shell):
    played(shell, SOLO, 3).ask(commands.Trace())
    game, traces = shell.snapshot.game, shell.snapshot.traces
    assert traces.turn == len(game.series) - 1
    assert [value is None for value in traces.points[-1]] == [state.id != "arda" for state in game.states]
    assert len(traces.trust) == len(traces.depth) == len(traces.attributes) == len(game.series)
    shell.ask(commands.Commit())
    assert shell.snapshot.traces is None


def test_a_line_is_taken_away_and_added_and_never_more_than_have_colours(shell):
    played(shell, SOLO, 2).send(Go("charts", {"first": "borea", "second": "arda"}))
    click(shell, "line borea>arda")
    assert charts.chosen(shell.window.scene, shell.snapshot) == ("arda>borea",)
    click(shell, "line borea>arda")
    assert charts.chosen(shell.window.scene, shell.snapshot) == ("arda>borea", "borea>arda")
    model = shell.window.scene
    for number in range(charting.MOST + 3):
        model, _ = charts.update(model, charts.Toggle(f"line {number}"), shell.snapshot)
    assert len(model.shown) == charting.MOST


def test_the_value_under_the_pointer_and_under_the_cursor_is_told(shell):
    played(shell, SOLO, 4).send(Go("charts", {"first": "borea", "second": "arda"}), charts.Futures())
    field = named(shell.shapes(), "chart").grip
    game = shell.snapshot.game
    value = plots.written(game.series[2][game.index("borea")][game.index("arda")])
    before = words(shell).count(value)
    shell.send(Hover(field.x(2), field.rect.centre[1]))
    assert f"{charts.dates(game, 2)} · turn 2" in words(shell)
    assert words(shell).count(value) > before
    click(shell, "chart")
    shell.send(Hover(1.0, 1.0))
    here = shell.window.scene.cursor
    assert here == 2
    focus(shell, "chart")
    shell.send(Key("left"))
    assert shell.window.scene.cursor == here - 1


def test_what_made_news_is_marked_on_the_chart(shell):
    played(shell, WATCHED, 6).send(Go("charts"))
    events = charting.events_of(shell.snapshot.game)
    assert events
    for turn, said in events.items():
        assert named(shell.shapes(), f"event {turn}").hint == "\n".join(said)


# ---- futures


def question(turns=3, runs=5):
    """A short look ahead from the start of the smallest scenario."""
    history = begin(Setup(load("classroom-triad"), 3)).history.open()
    return Question(history.board, history.parameters, history.world, 0, 1, turns, runs)


def test_futures_begin_with_the_present_go_apart_and_are_the_same_again():
    rows = by_run(futures(question()))
    asked = question()
    assert len(rows) == 5
    assert all(len(row) == 4 for row in rows)
    assert len({row[0] for row in rows}) == 1
    assert len({row[-1] for row in rows}) > 1
    assert rows == by_run(futures(asked))


def test_no_future_has_the_chance_of_a_game_with_a_usual_seed():
    assert forecasts.FIRST_SEED > 2**32
    alone = by_run(futures(question(runs=1)))
    match = begin(Setup(load("classroom-triad"), 3))
    for _ in range(3):
        match = match.advance()
    assert alone[0][-1] != pytest.approx(match.history.relations[0, 1], abs=1e-6)


def test_a_later_question_ends_the_work_on_the_one_before():
    here, there = Pipe()
    thread = Thread(target=work, args=(there,), daemon=True)
    thread.start()
    here.send((1, question(turns=2000)))
    here.send((2, question(turns=1)))
    rows = None
    while rows is None:
        assert here.poll(60)
        number, rows = here.recv()  # a sign of life with every turn, and the futures at last
    assert (number, len(rows[0])) == (2, 2)
    here.close()
    thread.join(60)
    assert not thread.is_alive()


def test_what_was_given_up_is_never_answered():
    forecaster = Forecaster()
    forecaster.ask(question(turns=1))
    forecaster.cancel()
    forecaster.ask(question(turns=2))
    rows = None
    for _ in range(1200):
        rows = forecaster.answer()
        if rows is not None:
            break
        sleep(0.05)
    assert rows is not None
    assert len(rows[0]) == 3
    assert forecaster.answer() is None


def test_the_chart_asks_for_futures_shows_them_when_they_are_there_and_says_whose_knowledge_they_rest_on(shell):
    played(shell, SOLO, 2).send(Go("charts", {"first": "borea", "second": "arda"}), Tick(0.1))
    assert any("Working out" in text for text in words(shell))
    for _ in range(1200):
        shell.send(Tick(0.3))
        if shell.snapshot.forecast.rows:
            break
        sleep(0.05)
    fan, game = shell.snapshot.forecast, shell.snapshot.game
    assert (fan.first, fan.second, fan.turn) == ("borea", "arda", 2)
    assert len(fan.rows) == forecasts.RUNS
    assert {row[0] for row in fan.rows} == {game.relation("borea", "arda")}
    said = " ".join(words(shell))
    assert "from what Arda knows" in said
    assert "built-in reasoner" in said
    field = named(shell.shapes(), "chart").grip
    assert field.last == game.turn - 1 + min(forecasts.TURNS, game.turns - game.turn + 1)
    shell.ask(commands.Commit())
    assert shell.snapshot.forecast is None


def test_futures_come_also_where_no_other_process_can_be_started(monkeypatch):
    def refused(patience):
        raise OSError("no more processes")

    monkeypatch.setattr(forecasts, "Worker", refused)
    forecaster = Forecaster()
    forecaster.ask(question(turns=1))
    rows = None
    for _ in range(1200):
        rows = rows or forecaster.answer()
        if rows is not None:
            break
        sleep(0.05)
    assert rows == by_run(futures(question(turns=1)))


class Remembered:
    """Takes questions and answers none."""

    def __init__(self):
        self.asked = []

    def ask(self, asked):
        self.asked.append(asked)

    def cancel(self):
        pass


def test_futures_are_worked_out_from_what_the_side_knows_and_a_secret_of_others_changes_nothing(tmp_path):
    digests = []
    for text in (None, "intelligence_sharing borea secret"):
        director = Director(tmp_path / str(len(digests)))
        director.carry_out(commands.Begin("classroom-triad", ("arda", "cestia"), 3))
        while director.phase != "planning":
            director.carry_out(commands.Proceed())
        if text is not None:
            said = director.carry_out(commands.Plan(text))
            assert said is None, said.text
        director.carry_out(commands.Commit())
        while director.phase != "planning" or director.shown:
            if director.phase == "planning":
                director.carry_out(commands.Commit())
            director.carry_out(commands.Proceed())
        director.shown = 1
        director.forecaster = Remembered()
        director.carry_out(commands.Forecast("arda", "borea"))
        digests.append(digest(director.forecaster.asked[0].world))
    assert digests[0] == digests[1]


def test_what_is_being_worked_out_is_not_asked_for_twice(tmp_path):
    director = Director(tmp_path)
    director.forecaster = Remembered()
    director.carry_out(SOLO)
    for _ in range(3):
        director.carry_out(commands.Forecast("borea", "arda"))
    director.carry_out(commands.Forecast("arda", "borea"))
    assert [(each.first, each.second) for each in director.forecaster.asked] == [(1, 0), (0, 1)]


# ---- the matrix


CAMPS = ((0, 70, -40, -60, 5), (60, 0, -50, -30, 0), (-60, -40, 0, 50, -5), (-50, -45, 65, 0, 0), (5, 5, 0, -5, 0))


def test_states_that_stand_well_with_each_other_are_one_bloc_and_the_rest_stand_alone():
    assert {frozenset(bloc) for bloc in blocs(CAMPS)} == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4})}


def test_blocs_stand_from_one_end_of_the_dispute_to_the_other():
    order = [state for bloc in blocs(CAMPS) for state in bloc]
    assert sorted(order) == list(range(5))
    assert order[2] == 4  # who is in neither camp stands between them


def test_blocs_do_not_depend_on_the_order_of_the_states():
    expected = {frozenset(bloc) for bloc in blocs(CAMPS)}
    for order in list(permutations(range(5)))[::17]:
        table = tuple(tuple(CAMPS[i][j] for j in order) for i in order)
        assert {frozenset(order[state] for state in bloc) for bloc in blocs(table)} == expected


def test_indifference_makes_no_blocs():
    assert blocs(((0.0,) * 4,) * 4) == ((0,), (1,), (2,), (3,))


def test_every_cell_is_told_by_glyph_and_number_and_leads_to_why(shell):
    played(shell, SOLO, 3).send(Go("matrix"))
    game = shell.snapshot.game
    cells = [zone for zone in zones(shell.shapes()) if zone.name.startswith("cell ")]
    assert len(cells) == len(game.states) * (len(game.states) - 1)
    value = game.relation("borea", "arda")
    assert matrix.shown_as("relation", value)[0] in words(shell)
    click(shell, "cell borea arda")
    assert shell.scene == "why"
    assert (shell.snapshot.account.first, shell.snapshot.account.second) == ("borea", "arda")


def test_the_matrix_shows_depth_and_trust_in_the_same_order(shell):
    played(shell, SOLO, 3).send(Go("matrix"))

    def order():
        return [zone.name for zone in zones(shell.shapes()) if zone.name.startswith("cell ")]

    before = order()
    for shown in ("depth", "trust"):
        click(shell, f"show {shown}")
        table = getattr(shell.snapshot.game, shown)
        assert matrix.shown_as(shown, table[0][1])[0] in words(shell)
        assert order() == before


@pytest.mark.parametrize("shown", matrix.SHOWN)
def test_every_cell_can_be_read(shown):
    high = {"relation": 100, "depth": 100, "trust": 1}[shown]
    for step in range(-20 if shown == "relation" else 0, 21):
        _, ground, _ = matrix.shown_as(shown, high * step / 20)
        assert theme.contrast(matrix.ink_on(ground), ground) >= 4.5, step


# ---- the codex


def pages(shell):
    return {(page.chapter, page.title): page for page in shell.snapshot.codex}


def test_the_codex_has_a_page_for_every_state_dispute_and_act_of_the_game(shell):
    played(shell, SOLO, 1).send(Go("codex"), Tick(0.1))
    scenario, found = load("classroom-triad"), pages(shell)
    assert {("States", state.name) for state in scenario.states.values()} <= set(found)
    assert {("Disputes", each.name) for each in scenario.disputes.values()} <= set(found)
    assert {(f"{act.kind.title()}s", act.name) for act in scenario.acts.values()} <= set(found)
    assert {("Agreements", kind.name) for kind in scenario.agreement_kinds.values()} <= set(found)
    assert {("Pledges", kind.name) for kind in scenario.pledge_kinds.values()} <= set(found)
    assert set(codex.CHAPTERS) >= {chapter for chapter, _ in found}


def test_the_codex_keeps_what_others_hide_and_what_is_yet_to_come(shell):
    shell.ask(commands.Begin("south-caucasus-2012", ("azerbaijan",), 3), commands.Consult())
    scenario = load("south-caucasus-2012")
    text = " ".join(f"{each.text} {each.value}" for page in shell.snapshot.codex for each in page.passages)
    objectives = [(state, objective) for state, own in scenario.objectives.items() for objective in own]
    for state, objective in objectives:
        assert (objective.label in text) == (not objective.hidden or state == "azerbaijan"), objective.label
    assert any(objective.hidden for _, objective in objectives)
    assert all(event.headline not in text for event in scenario.events.values())


def test_before_a_game_the_codex_is_of_the_standard_catalogue(shell):
    shell.send(Go("codex"), Tick(0.1))
    chapters = {page.chapter for page in shell.snapshot.codex}
    assert {"Statements", "Deals", "Deeds", "Agreements", "Rules"} <= chapters
    assert not {"States", "Disputes", "Sources"} & chapters


def test_the_codex_is_searched_as_one_types_and_a_title_comes_before_a_text(shell):
    played(shell, SOLO, 1).send(Go("codex"), Tick(0.1), Key("/"))
    typed(shell, "mediat")
    listed = [row for row in codex.rows(shell.snapshot.codex, "mediat", "") if isinstance(row, int)]
    assert listed
    for number in listed:
        page = shell.snapshot.codex[number]
        texts_ = [page.title, *(f"{each.text} {each.value}" for each in page.passages)]
        assert any("mediat" in text.casefold() for text in texts_)
    agreements = [shell.snapshot.codex[number] for number in listed if shell.snapshot.codex[number].chapter == "Deals"]
    fits = ["mediat" in page.title.casefold() for page in agreements]
    assert fits == sorted(fits, reverse=True)
    click(shell, f"page {listed[0]}")
    assert shell.window.scene.chosen == listed[0]


def test_a_page_is_reached_by_keys_alone_and_leads_to_another(shell):
    played(shell, SOLO, 1).send(Go("codex"), Tick(0.1))
    focus(shell, "chapter States")
    shell.send(Key("enter"))
    number = next(place for place, page in enumerate(shell.snapshot.codex) if page.chapter == "States")
    focus(shell, f"page {number}")
    shell.send(Key("enter"))
    assert shell.snapshot.codex[number].title in words(shell)
    link = next(zone.name for zone in zones(shell.shapes()) if zone.name.startswith("link "))
    click(shell, link)
    assert shell.snapshot.codex[shell.window.scene.chosen].chapter == "Characters"


# ---- in small windows


@pytest.mark.parametrize("size", [(640.0, 360.0), (640.0, 400.0), (1280.0, 720.0), (1920.0, 1080.0)])
@pytest.mark.parametrize("scene", ["log", "charts", "matrix", "codex"])
def test_every_control_lies_within_the_window(shell, scene, size):
    played(shell, SOLO, 2).send(Resized(*size), Go(scene), Tick(0.1), Tick(0.1))
    whole = Rect(-0.5, -0.5, size[0] + 1, size[1] + 1)
    for zone in zones(shell.shapes()):
        assert whole.holds(zone.rect.x, zone.rect.y), zone
        assert zone.rect.right <= whole.right, zone
        assert zone.rect.bottom <= whole.bottom, zone


# ---- a game that plays itself


def seconds(shell, count):
    shell.send(*[Tick(0.1)] * round(count * 10))


def test_a_watched_game_goes_on_by_itself_at_its_speed_until_it_is_cooling(shell):
    shell.ask(WATCHED)
    shell.send(watching.Stop("crisis"), watching.Stop("broken"), watching.Stop("war"))
    seconds(shell, 3)
    assert shell.snapshot.game.turn == 1
    shell.send(Key("ctrl+3"), Key("p"))
    seconds(shell, 3.5)
    assert shell.snapshot.game.turn == 4
    shell.send(Key("p"))
    seconds(shell, 3)
    assert shell.snapshot.game.turn == 4
    shell.send(Key("."))
    assert shell.snapshot.game.turn == 5


def test_each_speed_is_faster_than_the_one_before():
    assert list(watching.PACES) == [1, 2, 3, 4, 5]
    assert sorted(watching.PACES.values(), reverse=True) == list(watching.PACES.values())


def test_a_watched_game_ends_where_it_ends(shell):
    shell.ask(WATCHED)
    for _ in range(400):
        if shell.snapshot.game.finished:
            break
        shell.send(Tick(0.3))
        board = shell.window.scene
        if shell.scene == "board" and not board.watching.playing:
            shell.send(Key("ctrl+5"), Key("p"))
    assert shell.snapshot.game.finished


@pytest.mark.parametrize("topic", [topic for topic in STOPS if topic != "event"])
def test_it_stops_for_what_one_wants_to_see_and_says_what_it_was(shell, topic):
    shell.ask(WATCHED, commands.Advance())
    game = shell.snapshot.game
    game = replace(game, record=(*game.record, Item(1, "tidings", "Something has happened", topic=topic)))
    on = Watching(playing=True, stops=frozenset({topic}), turn=1)
    stopped, wanted = watching.update(on, Tick(0.1), game)
    assert (stopped.playing, stopped.reason, wanted) == (False, "Something has happened", ())
    going, _ = watching.update(replace(on, stops=frozenset()), Tick(0.1), game)
    assert going.playing


def test_it_stops_for_what_is_done_to_a_chosen_state(shell):
    shell.ask(WATCHED)
    while not any(item.target for item in shell.snapshot.game.record):
        shell.ask(commands.Advance())
    game = shell.snapshot.game
    last = [item for item in game.record if item.turn == len(game.series) - 1 and item.target]
    on = Watching(playing=True, stops=frozenset(), towards=last[0].target, turn=game.turn - 1)
    assert watching.update(on, Tick(0.1), game)[0].reason == last[0].text
    others = {state.id for state in game.states} - {item.target for item in last}
    for other in others:
        assert watching.update(replace(on, towards=other), Tick(0.1), game)[0].playing


def test_news_have_topics_and_a_game_stops_for_no_other(shell):
    played(shell, commands.Begin("south-caucasus-2012", (), 3), 4)
    news = [item for item in shell.snapshot.game.record if item.kind == "tidings"]
    assert news
    assert {item.topic for item in news} <= set(TOPICS)
    assert set(STOPS) - {"event"} <= set(TOPICS)
    for verdict, said in (
        ("kept", " has kept its word to "),
        ("broken", " breaks its word to "),
        ("pledge", "gives its word"),
    ):
        assert {item.topic for item in news if said in item.text} <= {verdict}


def test_what_it_stops_for_is_chosen_by_keys(shell):
    shell.ask(WATCHED)
    focus(shell, "watch stops")
    shell.send(Key("enter"))
    focus(shell, "stop event")
    shell.send(Key("enter"))
    assert "event" in shell.window.scene.watching.stops


def test_those_who_play_have_no_such_controls(shell):
    played(shell, SOLO, 1)
    names = {zone.name for zone in zones(shell.shapes())}
    assert not {name for name in names if name.startswith("watch ")}
    turn = shell.snapshot.game.turn
    shell.send(Key("p"), *[Tick(1.0)] * 10)
    assert shell.snapshot.game.turn == turn


@pytest.mark.parametrize("size", [(640.0, 360.0), (1280.0, 720.0)])
def test_why_it_stopped_is_said_in_any_window(shell, size):
    shell.ask(WATCHED)
    board = shell.window.scene
    stopped = replace(board, watching=replace(board.watching, reason="War breaks out"))
    shell.window = replace(shell.window, stack=(stopped,))
    shell.send(Resized(*size))
    said = next(each for each in texts(shell.shapes()) if each.text == "Paused: War breaks out")
    assert said.rect.width >= by_letters(said.text, said.style)
