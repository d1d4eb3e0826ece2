"""The board: looked at, clicked and played through its shapes, as the window does it."""

from __future__ import annotations

from itertools import combinations

import pytest

from game.narrative.wording import signed
from game.play import commands as wanted
from game.play.commands import (
    Choose,
    Commit,
    Drop,
    Plan,
)
from game.play.dispatch import Director
from game.play.explained.barriers import KINDS
from game.screen.board import orders
from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Ground,
    Panel,
    Ribbon,
    Words,
    Zone,
    named,
    texts,
    zone_at,
    zones,
)
from game.screen.map import actions, graph, planned
from game.screen.map.model import (
    MODES,
    Look,
    Mode,
    Tab,
    has_map,
)
from game.screen.messages import (
    Click,
    Drag,
    EndTurn,
    Go,
    Hover,
    Key,
    Tick,
    Typed,
    Wheel,
)
from game.screen.scenes import board
from game.screen.window import SCENES, Window, update, view

SIZES = [(1280.0, 720.0), (640.0, 360.0), (640.0, 400.0), (1920.0, 1080.0)]


def measure(text, style):
    """As wide as text comes out, near enough: the tests of labels measure with the fonts."""
    return len(text) * style.size * 0.52


class Table:
    """A director and a window that shows its board."""

    def __init__(self, folder, scenario="south-caucasus-2012", seats=("azerbaijan",), size=(1280.0, 720.0)):
        self.director = Director(folder)
        assert self.director.carry_out(wanted.Begin(scenario, seats, 3)) is None
        self.plan()
        self.window = Window((board.Model(),), measure, size)
        self.send(Tick(0.1), Tick(5.0))
        self.later()

    def later(self):
        """Put the questions off that lie over the map."""
        if "close question" in self.names():
            self.click("close question")
        self.send(Hover(self.window.size[0] - 4, 50.0))

    def plan(self):
        while self.director.phase not in ("planning", "over"):
            self.director.carry_out(wanted.Proceed())

    def turn(self):
        self.director.carry_out(wanted.Commit() if self.director.side else wanted.Advance())
        self.plan()
        self.send(Tick(0.1))
        self.later()

    def send(self, *messages):
        said = []
        for message in messages:
            self.window, commands = update(self.window, message, self.director.snapshot())
            for command in commands:
                answer = self.director.carry_out(command)
                said += [command] if answer is None else [command, answer]
        return said

    @property
    def shapes(self):
        return view(self.window, self.director.snapshot())

    @property
    def model(self):
        return self.window.stack[0]

    @property
    def game(self):
        return self.director.snapshot().game

    def click(self, name):
        return self.send(Click(*named(self.shapes, name).rect.centre))

    def names(self):
        return [zone.name for zone in zones(self.shapes)]


@pytest.fixture
def table(tmp_path):
    return Table(tmp_path)


def ground_of(table):
    """The large map."""
    return next(shape for shape in table.shapes if isinstance(shape, Ground))


def inner(shapes):
    """Every shape, also those in clips."""
    for shape in shapes:
        yield from inner(shape.shapes) if hasattr(shape, "shapes") else (shape,)


def on(table, longitude, latitude):
    """Where on the screen a place lies."""
    from game.screen.map.mapping import projected

    ground = ground_of(table)
    x, y = ground.camera.seen(projected(longitude, latitude))
    return x + ground.rect.x, y + ground.rect.y


def test_a_click_on_the_map_looks_at_the_state_there(table):
    table.send(Click(*on(table, 53.5, 34.0)))
    assert table.model.chosen == "iran"
    table.send(Click(*on(table, 30.0, 33.5)))  # the sea
    assert table.model.chosen == "iran"


def test_the_map_is_dragged_from_the_first_moment_and_a_drag_picks_nothing(table):
    x, y = on(table, 53.5, 34.0)
    table.send(Drag(x, y, 30.0, -20.0), Drag(x + 30, y - 20, 10.0, 0.0), Click(x + 40, y - 20))
    assert table.model.chosen is None
    table.send(Tick(1.0))
    assert on(table, 53.5, 34.0) == pytest.approx((x + 40, y - 20), abs=0.5)


def test_a_hand_that_trembles_still_clicks(table):
    x, y = on(table, 53.5, 34.0)
    table.send(Drag(x, y, 1.0, 1.0), Click(x + 1, y + 1))
    assert table.model.chosen == "iran"


def test_the_wheel_zooms_about_the_pointer(table):
    x, y = on(table, 44.5, 40.2)
    before = ground_of(table).camera.grain
    table.send(Wheel(x, y, 3.0), Tick(1.0))
    assert ground_of(table).camera.grain < before / 1.4
    assert on(table, 44.5, 40.2) == pytest.approx((x, y), abs=0.5)


def test_the_wheel_over_the_panel_scrolls_the_panel(table):
    camera = ground_of(table).camera
    table.send(Wheel(1200.0, 400.0, -2.0))
    assert table.model.scroll == 6
    assert ground_of(table).camera == camera


def test_keys_move_the_map_and_home_brings_it_back(table):
    home = ground_of(table).camera
    for key in ("right", "up", "+"):
        table.send(Key(key))
    moved = ground_of(table).camera
    assert moved.east > home.east
    assert moved.north > home.north
    assert moved.grain < home.grain
    table.send(Key("-"), Key("home"))
    assert ground_of(table).camera == home


def test_the_second_camera_shows_the_south_caucasus_whole(table):
    table.send(Key("shift+home"), Tick(1.0))
    chart = ground_of(table).rect
    for place in ((44.51, 40.18), (49.87, 40.41), (46.7, 39.8)):
        assert chart.holds(*on(table, *place))
    assert not chart.holds(*on(table, 32.86, 39.93))


def test_the_inset_leads_to_the_second_camera_and_goes_when_it_is_there(table):
    table.click("inset")
    table.send(Tick(1.0))
    assert "inset" not in table.names()
    assert chart_holds_baku(table)


def chart_holds_baku(table):
    return ground_of(table).rect.holds(*on(table, 49.87, 40.41))


@pytest.mark.parametrize("mode", MODES)
def test_every_way_to_show_the_map_has_a_key_a_button_and_a_legend(table, mode):
    before = {words.text for words in texts(table.shapes)}
    table.send(Key(table.window.settings.key(mode)))
    assert table.model.mode == mode
    table.send(Mode("relations"))
    table.click(f"mode {mode}")
    assert table.model.mode == mode
    if mode != "relations":
        assert {words.text for words in texts(table.shapes)} - before


def test_relations_are_told_in_signs_and_numbers_beside_their_colours(table):
    game, said = table.game, [words.text for words in texts(table.shapes)]
    for name in ("iran", "turkiye", "usa"):
        value = game.relation(name, "azerbaijan")
        assert any(text.startswith(theme.band(value).glyph) and str(abs(round(value))) in text for text in said), name


def test_the_map_is_tinted_by_the_relations_to_whom_one_looks_at(table):
    game = table.game
    table.send(Look("iran"))
    tints = dict(ground_of(table).tints)
    assert tints["ISR"] == theme.tint(game.relation("israel", "iran"))
    assert tints["IRN"] == theme.CENTRE


def test_tints_go_from_the_old_relations_to_the_new_after_a_turn(table):
    table.turn()
    i, j = max(
        ((i, table.game.index("azerbaijan")) for i in range(len(table.game.states))),
        key=lambda pair: (
            abs(table.game.relations[pair[0]][pair[1]] - table.game.before[pair[0]][pair[1]])
            * bool(table.game.states[pair[0]].code and not table.game.states[pair[0]].off_map)
        ),
    )
    code = table.game.states[i].code
    assert dict(ground_of(table).tints)[code] == theme.tint(table.game.before[i][j])
    table.send(Tick(0.6))
    halfway = dict(ground_of(table).tints)[code]
    table.send(Tick(3.0))
    after = dict(ground_of(table).tints)[code]
    assert after == theme.tint(table.game.relations[i][j])
    assert halfway != after


def test_without_motion_a_turn_shows_its_outcome_at_once(table):
    from dataclasses import replace

    table.window = replace(table.window, settings=replace(table.window.settings, motion=False))
    table.turn()
    shown = [shape for shape in inner(table.shapes) if isinstance(shape, Ribbon)]
    assert shown
    assert all(ribbon.drawn == 1.0 for ribbon in shown)
    state = next(each for each in table.game.states if each.code == "IRN")
    assert dict(ground_of(table).tints)["IRN"] == theme.tint(table.game.relation(state.id, "azerbaijan"))


@pytest.mark.parametrize("size", [(1280.0, 720.0), (1920.0, 1080.0)])
def test_what_is_said_on_ribbons_covers_neither_names_nor_other_words(tmp_path, size):
    table = Table(tmp_path, size=size)
    for _ in range(3):
        table.turn()
        table.send(Tick(6.0))
        words = [zone.rect for zone in zones(table.shapes) if zone.name.startswith("deed ")]
        names = [zone.rect for zone in zones(table.shapes) if zone.name.startswith("state ")]
        assert words
        for first, second in combinations(words, 2):
            assert first.shared(second) is None
        for word in words:
            assert all(word.shared(name) is None for name in names)


def test_a_ribbon_says_what_it_was_and_how_much(table):
    for _ in range(4):
        table.turn()
        for item in actions.actions_of(table.game, {state.id: (0.0, 0.0) for state in table.game.states}):
            said = actions.said_of(item)
            assert said.startswith(item.title)
            assert item.value in said
            assert "\N{HORIZONTAL ELLIPSIS}" not in said


@pytest.mark.parametrize("camera", ["home", "shift+home"])
def test_no_name_of_a_state_covers_another(table, camera):
    table.send(Key(camera), Tick(1.0))
    names = [zone.rect for zone in zones(table.shapes) if zone.name.startswith("state ")]
    assert len(names) > 4
    for first, second in combinations(names, 2):
        assert first.shared(second) is None


def test_seas_neighbours_and_disputed_areas_have_their_names(table):
    said = {words.text for words in texts(table.shapes)}
    assert {"Black Sea", "Mediterranean Sea", "EGYPT", "TURKMENISTAN"} <= said
    table.send(Key("shift+home"), Tick(1.0))
    near = {words.text for words in texts(table.shapes)}
    assert "Caspian Sea" in near
    assert {"Nagorno-Karabakh", "N\N{HYPHEN}K"} & near


def test_names_go_along_with_a_map_that_moves(table):
    before = named(table.shapes, "state turkiye").rect
    table.send(Drag(400.0, 500.0, 25.0, 10.0))
    assert named(table.shapes, "state turkiye").rect.centre == pytest.approx(before.moved(25.0, 10.0).centre, abs=0.5)


def test_states_off_the_map_are_in_a_panel_with_flag_and_relation(table):
    assert table.click("state usa") == []
    assert table.model.chosen == "usa"


def test_an_order_shows_whom_it_would_move_before_it_is_planned(table):
    table.send(Look("iran"), Tick(0.1))
    x, y = named(table.shapes, "act criticise").rect.centre
    asked = table.send(Hover(x, y))
    assert wanted.Consider("criticise iran") in asked
    snapshot = table.director.snapshot()
    first, second, value = planned.ripple_of(table.model, snapshot, snapshot.game)[0]
    said = {words.text for words in texts(table.shapes)}
    assert planned.words_of(snapshot.game, first, second, value) in said
    table.send(Hover(400.0, 400.0))
    assert planned.ripple_of(table.model, table.director.snapshot(), table.game) == ()


def test_the_focus_of_the_keyboard_shows_the_ripple_too(table):
    table.send(Look("iran"), Tick(0.1))
    for _ in range(80):
        table.send(Key("tab"))
        if table.window.focus == "act criticise":
            break
    assert table.window.focus == "act criticise"
    assert table.model.over == "criticise iran"


def test_a_press_on_an_order_plans_it_and_a_press_on_the_plan_takes_it_back(table):
    table.send(Look("iran"), Tick(0.1))
    assert Plan("criticise iran") in table.click("act criticise")
    assert [draft.text for draft in table.game.plan] == ["azerbaijan: criticise iran"]
    table.send(Tick(0.1))
    assert named(table.shapes, "act criticise").message is None
    assert Drop(0) in table.click("drop 1")
    assert table.game.plan == ()
    table.click("undo")
    assert len(table.game.plan) == 1
    table.click("redo")
    assert table.game.plan == ()


def test_a_press_on_a_planned_deal_opens_it_with_its_terms(table):
    table.send(Look("iran"), Tick(0.1))
    deal = next(each for each in table.director.snapshot().options["iran"] if each.kind == "deal" and each.legal)
    assert table.director.carry_out(Plan(f"{deal.act} iran side_payment=0.5")) is None
    draft = table.game.plan[0]
    assert (draft.kind, draft.act, draft.target, dict(draft.terms)) == ("deal", deal.act, "iran",
                                                                        {"side_payment": "0.5"})  # fmt: skip
    table.click("order 1")
    opened = table.window.scene
    assert isinstance(opened, SCENES["deal"].Model)
    assert (opened.target, opened.act, opened.side_payment) == ("iran", deal.act, 0.5)
    assert len(table.game.plan) == 1


def test_the_right_button_asks_what_can_be_done_about_a_state(table):
    table.send(Look("iran"), Tick(0.1), Tab("history"))
    x, y = named(table.shapes, "state russia").rect.centre
    table.send(Click(x, y, 3))
    assert (table.model.chosen, table.model.tab) == ("russia", "orders")


def test_enter_in_the_filter_leads_to_what_it_has_found_and_to_no_other_state(table):
    table.send(Look("iran"), Tick(0.1), Key("/"), *[Key(letter) for letter in "crit"], Key("enter"))
    assert table.model.chosen == "iran"
    assert not table.model.typing
    assert table.game.plan == ()


def test_the_own_dossier_opens_on_the_page_whose_tab_is_lit(table):
    table.send(Look(table.game.side), Tick(0.1))
    assert "Objectives" in [words.text for words in texts(table.shapes)]


def test_orders_are_grouped_and_what_is_not_possible_says_why(table):
    table.send(Look("iran"), Tick(0.1))
    rows = orders.rows_of(table.model, table.director.snapshot())
    assert [row.title for row in rows if isinstance(row, orders.Heading)] == ["Statements", "Deals", "Deeds"]
    while "not possible" not in table.names():
        table.send(Key("page down"))
    table.click("not possible")
    table.send(Key("page down"), Key("page down"), Key("page down"))
    barred = [zone for zone in zones(table.shapes) if zone.name.startswith("act ") and zone.message is None]
    assert barred
    kinds = {barrier.title for barrier in KINDS.values()}
    assert {zone.hint.partition(":")[0] for zone in barred} <= kinds
    heads = [zone.name.removeprefix("barred ") for zone in zones(table.shapes) if zone.name.startswith("barred ")]
    assert heads
    assert set(heads) <= kinds


def test_typing_filters_the_orders_and_escape_leaves_the_search(table):
    table.send(Look("iran"), Tick(0.1), Key("/"))
    assert table.model.typing
    for letter in "talk":
        table.send(Key(letter))
    acts = [name for name in table.names() if name.startswith("act ")]
    assert "act call_for_talks" in acts
    assert "act criticise" not in acts
    table.send(Key("backspace"))
    assert table.model.search == "tal"
    table.send(Key("escape"))
    assert not table.model.typing
    assert table.model.search == ""
    assert table.model.chosen == "iran"
    table.send(Typed("x"))
    assert table.model.search == ""


def test_the_terms_of_a_relation_sum_to_the_number_that_is_shown(table):
    table.turn()
    table.send(Look("iran"), Tab("relation"), Tick(0.1))
    snapshot = table.director.snapshot()
    account = board.dossier.account_of(table.model, snapshot, snapshot.game)
    assert sum(row.left for row in account.rows) == pytest.approx(account.relation, abs=0.01)
    assert account.relation == pytest.approx(snapshot.game.relation("iran", "azerbaijan"), abs=0.01)
    assert signed(account.relation, 1) in {words.text for words in texts(table.shapes)}
    table.click("turn about")
    table.send(Tick(0.1))
    other = board.dossier.account_of(table.model, table.director.snapshot(), table.game)
    assert (other.first, other.second) == ("azerbaijan", "iran")


@pytest.mark.parametrize("tab", ["aims", "agreements", "history", "knowledge"])
def test_every_page_on_a_state_tells_something_of_it(table, tab):
    table.turn()
    table.send(Look("iran"))
    table.click(f"tab {tab}")
    assert table.model.tab == tab
    panel = named(table.shapes, "panel").rect
    said = [words.text for words in texts(table.shapes) if panel.holds(*words.rect.centre)]
    assert len(said) > 6


def test_the_end_of_the_turn_says_what_is_unused(table):
    end = named(table.shapes, "end turn")
    assert end.message == EndTurn(Commit())
    assert "3 orders left" in end.hint
    table.send(Look("iran"), Tick(0.1))
    table.click("act criticise")
    assert "2 orders left" in named(table.shapes, "end turn").hint


def test_a_question_is_answered_on_a_card_and_can_be_answered_otherwise(tmp_path):
    table = Table(tmp_path, "classroom-triad", ("arda",))
    while not table.game.questions:
        table.turn()
    asked = table.game.questions[0]
    assert "decision pending" in named(table.shapes, "end turn").hint
    (first, _), (second, _) = asked.options[:2]
    table.click("questions")
    assert Choose(asked.event, first) in table.click(f"option {asked.event} {first}")
    assert table.game.questions[0].chosen == first
    assert "decision pending" not in named(table.shapes, "end turn").hint
    table.click("questions")
    table.click(f"option {asked.event} {second}")
    assert table.game.questions[0].chosen == second


def test_a_question_can_be_put_off(tmp_path):
    table = Table(tmp_path, "classroom-triad", ("arda",))
    while not table.game.questions:
        table.turn()
    table.click("questions")
    assert "question" in table.names()
    table.click("close question")
    assert "question" not in table.names()
    assert "questions" in table.names()


@pytest.mark.parametrize("scene", ["log", "charts", "matrix", "timeline", "codex", "saves", "settings", "shortcuts"])
def test_every_other_screen_is_a_press_away(table, scene):
    zone = named(table.shapes, f"open {scene}")
    assert zone.hint
    _, wanted_ = board.update(table.model, zone.message, table.director.snapshot())
    assert isinstance(wanted_[0], Go)
    assert wanted_[0].scene == scene


@pytest.mark.parametrize(
    ("key", "scene"), [("s", "statement"), ("d", "deal"), ("w", "why"), ("l", "log"), ("x", "matrix"), ("f9", "charts")]
)
def test_keys_open_the_other_screens_about_the_chosen_state(table, key, scene):
    table.send(Look("iran"))
    found = next(
        message
        for action, message in board.keys(table.model, table.director.snapshot()).items()
        if table.window.settings.key(action) == key
    )
    _, (go,) = board.update(table.model, found, table.director.snapshot())
    assert go.scene == scene
    assert "iran" in go.given.values() or scene in ("log", "matrix")


def test_a_scenario_without_geography_is_a_graph(tmp_path):
    table = Table(tmp_path, "hegemon-and-five", ("aurelia",))
    assert not has_map(table.game)
    assert not [shape for shape in table.shapes if isinstance(shape, Ground)]
    for state in table.game.states:
        table.click(f"state {state.id}")
        assert table.model.chosen == state.id
    assert [shape for shape in inner(table.shapes) if isinstance(shape, Ribbon)]


def test_states_keep_their_places_in_the_graph(tmp_path):
    table = Table(tmp_path, "hegemon-and-five", ("aurelia",))
    chart = Rect(0, 0, 900, 600)
    before = graph.node_places(table.game, chart)
    table.turn()
    assert graph.node_places(table.game, chart) == before
    assert len(set(before.values())) == len(before)


def test_a_relation_is_one_line_where_both_sides_agree_and_else_two(table):
    for first, second in combinations([state.id for state in table.game.states], 2):
        apart = abs(table.game.relation(first, second) - table.game.relation(second, first))
        assert len(actions.arcs_of(table.game, first, second)) == (1 if apart <= actions.NEAR else 2)


def test_who_watches_plans_nothing_and_plays_turns(tmp_path):
    table = Table(tmp_path, "south-caucasus-2012", ())
    assert "order 1" not in table.names()
    assert wanted.Advance() in table.click("end turn")
    assert table.game.turn == 2
    table.send(Look("iran"), Tick(0.1))
    assert "tab orders" not in table.names()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chosen", [None, "iran", "azerbaijan", "usa"])
def test_nothing_lies_outside_the_window_at_any_size(tmp_path, size, chosen):
    table = Table(tmp_path, size=size)
    table.turn()
    table.send(Look(chosen), Tick(0.1), Tick(5.0))
    for mode in MODES:
        table.send(Mode(mode))
        room = Rect(-0.5, -0.5, size[0] + 1, size[1] + 1)
        for zone in zones(table.shapes):
            assert room.shared(zone.rect) is not None, zone.name
            if zone.focusable and not zone.name.startswith("state "):
                assert zone.rect.x >= -0.5, zone.name
                assert zone.rect.right <= room.right + 0.5, zone.name
                assert zone.rect.bottom <= room.bottom + 0.5, zone.name


@pytest.mark.parametrize("size", SIZES)
def test_the_end_of_the_turn_and_the_orders_are_within_reach_at_any_size(tmp_path, size):
    table = Table(tmp_path, size=size)
    table.send(Look("iran"), Tick(0.1))
    for name in ("end turn", "undo" if table.game.undoable else "end turn", "build statement", "build deal", "search"):
        zone = named(table.shapes, name)
        assert zone_at(table.shapes, *zone.rect.centre).name == name
    assert [name for name in table.names() if name.startswith("act ")]


def test_no_two_things_to_press_have_the_same_name(table):
    table.turn()
    table.send(Look("iran"), Tick(0.1))
    for mode in MODES:
        table.send(Mode(mode))
        names = [zone.name for zone in zones(table.shapes) if zone.focusable]
        assert len(names) == len(set(names)), mode


def test_the_pointer_over_a_state_shows_how_the_two_see_each_other(table):
    x, y = on(table, 53.5, 34.0)
    before = sum(words.text == "Iran" for words in texts(table.shapes))
    table.send(Hover(x, y))
    said = [words.text for words in texts(table.shapes)]
    assert said.count("Iran") == before + 1
    assert "Its view of us" in said


def test_a_crisis_has_a_badge_that_leads_to_its_room(table):
    from dataclasses import replace

    from game.screen.board import head

    dispute = replace(table.game.disputes[0], rungs=(2, 1))
    game = replace(table.game, disputes=(dispute, *table.game.disputes[1:]))
    shapes = tuple(head.view(game, table.window.frame, Rect(0, 0, 1280, 46)))
    assert named(shapes, "crisis").message == Go("crisis", {"dispute": dispute.id})
    assert head.crisis_of(table.game) is None


def test_pills_on_paper_are_dark_on_light(table):
    papers = [shape.rect for shape in inner(table.shapes) if isinstance(shape, Panel) and shape.colour == theme.PAPER]
    for words in inner(table.shapes):
        if isinstance(words, Words) and words.halo is None and any(box.holds(*words.rect.centre) for box in papers):
            assert theme.contrast(words.colour, theme.PAPER) >= 4.5 or words.colour == theme.PAPER, words.text


def test_every_zone_of_the_map_lies_in_the_map(table):
    chart = ground_of(table).rect
    for zone in zones(table.shapes):
        if isinstance(zone, Zone) and zone.name.startswith(("deed ", "tie ")):
            assert chart.shared(zone.rect) is not None
