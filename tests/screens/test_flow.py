"""The flow of a turn: curtain, briefing, inbox, report; and what is left when a game is over: debrief and timeline."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from time import sleep

import pytest

from game.kernel.orders import parse_order
from game.kernel.world import CALM
from game.match.history import History
from game.narrative.chronicle import PHRASES
from game.play import commands as wanted
from game.play import counterfactuals, debrief_page, turn_review
from game.play.explained import pending
from game.play.observation import Sight
from game.screen.kit.phrases import OURS
from game.screen.kit.shapes import (
    Panel,
    focus_ring,
    named,
    texts,
    zones,
)
from game.screen.messages import (
    Click,
    Drag,
    Go,
    Key,
    Tick,
    Wheel,
)
from game.screen.scenes import (
    briefing,
    curtain,
    debrief,
    inbox,
    report,
    timeline,
)
from game.screen.shell import Shell
from tests.screens.listing import flat

SOLO = wanted.Begin("classroom-triad", ("arda",), 7)
TWO = wanted.Begin("classroom-triad", ("arda", "borea"), 3)
CAUCASUS = wanted.Begin("south-caucasus-2012", ("azerbaijan",), 3)
SIZES = [(1280.0, 720.0), (640.0, 360.0)]


def by_letters(text, style):
    """A measure that needs no font."""
    return len(text) * style.size * 0.5


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path, by_letters)


def said(shell):
    return [each.text for each in texts(shell.shapes())]


def click(shell, name):
    """Click in the middle of a control."""
    shell.send(Click(*named(shell.shapes(), name).rect.centre))


def to_the_plan(shell):
    """Go on until a side plans, or the game is over."""
    for _ in range(20):
        if shell.snapshot.game.phase in ("planning", "over"):
            return
        shell.ask(wanted.Proceed())
    raise AssertionError(shell.snapshot.game.phase)


def played(shell, *orders):
    """Plan some orders and play the turn."""
    to_the_plan(shell)
    for text in orders:
        shell.must(wanted.Plan(text))
    shell.ask(wanted.Commit())
    while shell.snapshot.game.phase == "inbox":
        shell.ask(wanted.Proceed())


def to_the_end(shell):
    while not shell.snapshot.game.finished:
        played(shell)
    to_the_plan(shell)


def until_retraced(shell):
    """Let time pass until what might have been is worked out."""
    for _ in range(600):
        shell.send(Tick(1.0))
        if shell.snapshot.counterfactuals is not None:
            return
        sleep(0.05)
    raise AssertionError("nothing was worked out")


# ---- the curtain


def to_a_curtain(shell, turn, side):
    """Go on until a side is called to the window in a turn."""
    for _ in range(30):
        game = shell.snapshot.game
        if (shell.scene, game.turn, game.side) == ("curtain", turn, side):
            return
        shell.ask(wanted.Commit() if game.phase == "planning" else wanted.Proceed())
    raise AssertionError(shell.scene)


def test_the_curtain_shows_whose_turn_it_is_and_nothing_else_of_the_game(shell, tmp_path):
    other = Shell(tmp_path / "other", by_letters)
    shell.ask(TWO)
    other.ask(replace(TWO, seed=4))
    to_a_curtain(shell, 1, "borea")
    to_the_plan(other)
    other.must(wanted.Plan("visit borea"))
    to_a_curtain(other, 2, "borea")
    assert shell.snapshot.game.record != other.snapshot.game.record
    assert other.shapes() == shell.shapes()


@pytest.mark.parametrize("key", ["escape", "f1", "l", "t", "x", "ctrl+z", "f9", "ctrl+enter"])
def test_no_key_looks_behind_the_curtain(shell, key):
    shell.ask(TWO, wanted.Proceed(), wanted.Proceed(), wanted.Commit())
    assert shell.scene == "curtain"
    before = (shell.window.stack, shell.snapshot.game)
    shell.send(Key(key))
    assert (shell.window.stack, shell.snapshot.game) == before


def test_enter_raises_the_curtain_before_the_state_it_named(shell):
    shell.ask(TWO, wanted.Proceed(), wanted.Proceed(), wanted.Commit())
    assert "Borea" in said(shell)
    shell.send(Key("enter"))
    assert (shell.scene, shell.snapshot.game.side) == ("briefing", "borea")


def test_each_person_hears_what_came_of_the_turn_before_the_briefing(shell):
    shell.ask(TWO)
    scenes = []
    while shell.snapshot.game.turn < 2 or shell.snapshot.game.side == "arda":
        if shell.snapshot.game.turn == 2:
            scenes.append((shell.snapshot.game.side, shell.scene))
        shell.ask(wanted.Commit() if shell.snapshot.game.phase == "planning" else wanted.Proceed())
    scenes.append((shell.snapshot.game.side, shell.scene))
    assert [scene for side, scene in scenes if side == "arda"][-3:] == ["report", "briefing", "board"]
    assert scenes[-1] == ("borea", "curtain")


def test_what_two_others_say_in_private_is_in_no_page_of_a_third_persons_turn(tmp_path):
    shown = []
    for text in ("criticise cestia", "criticise cestia audience=private"):
        shell = Shell(tmp_path / str(len(shown)), by_letters)
        shell.ask(TWO)
        to_the_plan(shell)
        shell.ask(wanted.Commit())
        to_the_plan(shell)
        shell.must(wanted.Plan(text))
        shell.ask(wanted.Commit())
        pages = []
        while shell.snapshot.game.turn == 1 or shell.snapshot.game.phase != "planning":
            pages += said(shell) if shell.snapshot.game.side == "arda" and shell.snapshot.game.turn == 2 else []
            shell.ask(wanted.Proceed())
        shell.send(Go("timeline"))
        shown.append(" ".join([*pages, *said(shell)]))
    assert "Borea criticises" in shown[0]
    assert "Borea criticises" not in shown[1]


# ---- the briefing


def test_a_briefing_has_five_cards_at_most_and_of_events_no_more_than_two(shell):
    shell.ask(CAUCASUS)
    for _ in range(4):
        cards = briefing.told(shell.snapshot.game)
        assert 1 <= len(cards) <= 5
        assert sum(card.kind == "event" for card in cards) <= 2
        assert [card.weight for card in cards] == sorted((card.weight for card in cards), reverse=True)
        played(shell)
        shell.ask(wanted.Proceed())


def test_a_move_goes_from_what_was_shown_when_one_planned_last_to_what_is_shown_now(shell):
    shell.ask(CAUCASUS)
    seen = 0
    for _ in range(5):
        to_the_plan(shell)
        before = shell.snapshot.game
        played(shell, *("reassure iran",) * (before.turn == 1))
        game = shell.snapshot.game
        assert game.before == before.relations
        for move in (card.move for card in game.cards if card.move is not None):
            assert move.before == pytest.approx(before.relation(move.first, move.second))
            assert move.after == pytest.approx(game.relation(move.first, move.second))
            assert sum(value for _, value in move.rows) == pytest.approx(move.after - move.before, abs=1e-9)
            seen += 1
    assert seen > 10


def test_enter_leads_past_the_briefing(shell):
    shell.ask(SOLO)
    assert shell.scene == "briefing"
    shell.send(Key("enter"))
    assert (shell.scene, shell.snapshot.game.phase) == ("board", "planning")


def test_show_on_map_leads_to_the_board_looking_there(shell):
    shell.ask(CAUCASUS)
    name = next(zone.name for zone in zones(shell.shapes()) if zone.name.startswith("show "))
    state = next(card.state for card in shell.snapshot.game.cards if f"show {card.kind} {card.name}" == name)
    click(shell, name)
    assert (shell.scene, shell.snapshot.game.phase) == ("board", "planning")
    assert shell.window.scene.chosen == state


def test_an_event_is_decided_on_its_card_and_the_choice_is_carried_out(shell):
    shell.ask(CAUCASUS)
    question = shell.snapshot.game.questions[0]
    option, label = question.options[-1]
    click(shell, f"choose {question.event} {option}")
    assert shell.snapshot.game.questions[0].chosen == option
    played(shell)
    assert any(label in item.text for item in shell.snapshot.game.record if item.turn == 1)


def test_a_crisis_of_ones_own_comes_before_all_but_questions_and_leads_to_its_room(shell):
    shell.ask(SOLO)
    in_a_crisis(shell, "arda")
    card = next(card for card in shell.snapshot.game.cards if card.kind == "crisis")
    assert all(other.kind == "question" for other in shell.snapshot.game.cards[: shell.snapshot.game.cards.index(card)])
    click(shell, f"crisis {card.name}")
    assert (shell.scene, shell.window.scene.dispute) == ("crisis", card.name)


def in_a_crisis(shell, side):
    """Put the first dispute of the board two rungs up, with a side as one of its parties."""
    director = shell.director
    match = director.current
    history: History = match.history
    board = history.board
    me = board.state(side)
    parties = (me, next(state for state in range(len(board.states)) if state != me))
    disputes = (replace(board.disputes[0], parties=parties), *board.disputes[1:])
    world, ledger = history.opened
    rung = world.rung.copy()
    rung[0] = CALM
    rung[0, 0] = 2
    changed = replace(history, board=replace(board, disputes=disputes), opened=(replace(world, rung=rung), ledger))
    director.position(match.with_history(changed))
    shell.snapshot = director.snapshot()


# ---- the inbox


def with_an_offer(shell):
    """Play until somebody proposes something; the window stands at the inbox."""
    shell.ask(CAUCASUS)
    for _ in range(12):
        to_the_plan(shell)
        shell.ask(wanted.Commit())
        if shell.snapshot.game.proposals:
            return shell.snapshot.game.proposals[0]
        while shell.snapshot.game.phase == "inbox":
            shell.ask(wanted.Proceed())
    raise AssertionError("nobody proposed anything")


def items_of(shell, proposal):
    """What the record says of a proposal, once the turn is played."""
    turn = shell.snapshot.game.turn
    shell.send(Key("ctrl+enter"))
    if shell.scene == "unfinished":
        shell.send(Key("ctrl+enter"))
    assert shell.scene == "report"
    return [item for item in shell.snapshot.game.record if item.turn == turn and item.actor == proposal.proposer
            and item.target == shell.snapshot.game.side]  # fmt: skip


def test_what_is_accepted_is_agreed(shell):
    proposal = with_an_offer(shell)
    assert shell.scene == "inbox"
    click(shell, f"accept {proposal.key}")
    assert shell.snapshot.game.proposals[0].reply is True
    assert "Accepted" in said(shell)
    assert any(item.text == f"{proposal.sentence}, agreed" for item in items_of(shell, proposal))


@pytest.mark.parametrize("answer", ["refuse", None])
def test_what_is_refused_or_left_without_an_answer_is_refused(shell, answer):
    proposal = with_an_offer(shell)
    if answer is not None:
        click(shell, f"{answer} {proposal.key}")
    else:
        assert "1 proposal unanswered" in " ".join(said(shell))
    assert [item.kind for item in items_of(shell, proposal)] == ["refused"]


def test_the_reasons_on_a_letter_are_in_our_words_and_on_the_side_they_speak_for(shell):
    proposal = with_an_offer(shell)
    good, bad = inbox._sides(proposal)
    assert good
    assert bad
    shown = said(shell)
    for text, value in (*good, *bad):
        assert text in shown
        assert any(OURS[name][value < 0] == text for name, weight in proposal.terms if weight == value)
    assert set(OURS) >= set(PHRASES)


def test_a_counter_opens_the_table_with_whoever_asked_and_leaving_it_answers_nothing(shell):
    proposal = with_an_offer(shell)
    click(shell, f"counter {proposal.key}")
    assert (shell.scene, shell.window.scene.target) == ("deal", proposal.proposer)
    shell.send(Key("escape"))
    assert shell.scene == "inbox"
    assert shell.snapshot.game.proposals[0].reply is None


def test_escape_leads_from_the_inbox_back_to_the_plan_and_the_inbox_comes_again(shell):
    proposal = with_an_offer(shell)
    turn = shell.snapshot.game.turn
    shell.send(Key("escape"))
    assert (shell.scene, shell.snapshot.game.phase, shell.snapshot.game.turn) == ("board", "planning", turn)
    shell.send(Key("ctrl+enter"))
    if shell.scene == "unfinished":
        click(shell, "anyway")
    assert shell.scene == "inbox"
    assert proposal.key in [each.key for each in shell.snapshot.game.proposals]


def test_what_is_left_open_is_listed_before_the_turn_goes_on_with_a_way_to_each(shell):
    proposal = with_an_offer(shell)
    shell.send(Key("ctrl+enter"))
    assert shell.scene == "unfinished"
    assert proposal.sentence in said(shell)
    click(shell, "go to 1")
    assert (shell.scene, shell.window.focus) == ("inbox", f"accept {proposal.key}")
    shell.send(Key("space"))
    assert shell.snapshot.game.proposals[0].reply is True


def test_from_the_list_in_the_inbox_one_goes_back_to_orders_that_are_left(shell):
    with_an_offer(shell)
    shell.send(Key("ctrl+enter"))
    matters = pending.open_matters(shell.snapshot.game)
    click(shell, f"go to {[each.kind for each in matters].index('orders') + 1}")
    assert (shell.scene, shell.snapshot.game.phase) == ("board", "planning")


def test_who_does_not_want_to_be_asked_is_not(shell):
    with_an_offer(shell)
    shell.send(Key("ctrl+enter"))
    click(shell, "always ask")
    assert not shell.window.settings.asks
    shell.send(Key("escape"), Key("ctrl+enter"))
    assert shell.scene == "report"


def test_a_key_that_is_held_down_ends_nothing_and_raises_no_curtain(shell):
    shell.ask(SOLO, wanted.Proceed())
    shell.send(*[Key("ctrl+enter", held=True)] * 20)
    assert shell.scene == "board"
    shell.send(Key("ctrl+enter"), *[Key("ctrl+enter", held=True)] * 20)
    assert shell.scene == "unfinished", "the guard is not passed by the press that brought it"
    shell.ask(TWO)
    assert shell.scene == "curtain"
    shell.send(*[Key(name, held=True) for name in ("enter", "space", "ctrl+enter")] * 20)
    assert shell.scene == "curtain"
    shell.send(Key("enter"))
    assert shell.scene == "briefing"


def test_the_second_half_of_a_double_click_presses_nothing_that_the_first_brought(shell):
    shell.ask(SOLO, wanted.Proceed())
    shell.adopt(replace(shell.window.settings, asks=False))
    x, y = named(shell.shapes(), "end turn").rect.centre
    shell.send(Click(x, y))
    scene = shell.scene
    assert scene in ("inbox", "report")
    shell.send(Click(x, y, again=True))
    assert shell.scene == scene
    shell.send(Tick(1.0), Click(x, y))
    assert shell.scene != scene


def test_a_crisis_without_a_choice_opens_the_inbox_and_one_with_a_choice_does_not(shell):
    shell.ask(SOLO, wanted.Proceed())
    in_a_crisis(shell, "arda")
    dispute = shell.snapshot.game.disputes[0].id
    shell.ask(wanted.Commit())
    assert shell.scene == "inbox"
    assert f"crisis {dispute}" in {zone.name for zone in focus_ring(shell.shapes())}
    shell.send(Key("ctrl+enter"))
    assert "No choice in a crisis means Hold." in said(shell)
    click(shell, "go to 1")
    assert shell.scene == "crisis"
    shell.send(Key("escape"))
    shell.ask(wanted.Stand(dispute, "hold"))
    shell.ask(*(wanted.Reply(proposal.key, False) for proposal in shell.snapshot.game.proposals))
    shell.ask(*(wanted.Choose(each.event, each.options[0][0]) for each in shell.snapshot.game.questions))
    shell.send(Key("enter"))
    assert shell.scene == "report"


def test_who_gets_a_counter_proposal_is_asked_again(shell):
    """Borea proposes to Arda, who answers with a proposal of its own: the window goes back to Borea."""
    shell.ask(TWO)
    to_the_plan(shell)
    shell.ask(wanted.Commit())
    to_the_plan(shell)
    shell.must(wanted.Plan("trade_agreement arda"))
    shell.ask(wanted.Commit())
    asked = []
    while shell.snapshot.game.turn == 1 and len(asked) < 6:
        game = shell.snapshot.game
        if game.phase == "inbox":
            asked.append(game.side)
            if asked == [*asked[:-1], "arda"] and not game.plan:
                shell.must(wanted.Plan("arms_package borea"))
        shell.ask(wanted.Proceed())
    assert asked[0] == "arda"
    assert asked[-1] == "borea"


def test_what_one_person_asked_at_the_inbox_is_not_before_the_next(shell):
    shell.ask(TWO)
    to_the_plan(shell)
    shell.ask(wanted.Commit())
    to_the_plan(shell)
    shell.must(wanted.Plan("trade_agreement arda"))
    shell.ask(wanted.Commit())
    while shell.snapshot.game.phase != "inbox":
        shell.ask(wanted.Proceed())
    assert shell.snapshot.game.side == "arda"
    shell.ask(wanted.Survey("borea"), wanted.Sound("arms_package borea"), wanted.Explain("borea", "arda"))
    shell.must(wanted.Plan("arms_package borea"))
    shell.ask(wanted.Survey("borea"))
    assert shell.snapshot.options
    shell.ask(wanted.Proceed())
    assert (shell.scene, shell.snapshot.game.side) == ("curtain", "borea")
    shown = shell.snapshot
    assert (shown.options, shown.answer, shown.account, shown.game.redoable) == ({}, None, None, False)
    assert not shell.director.done


# ---- the report


def test_what_came_of_an_order_is_what_the_accounts_say_of_it(shell):
    shell.ask(SOLO)
    played(shell, "visit borea", "praise cestia")
    game = shell.snapshot.game
    assert [outcome.target for outcome in game.outcomes] == ["borea", "cestia"]
    checked = 0
    for outcome in game.outcomes:
        for first, second, value in outcome.effects:
            shell.ask(wanted.Explain(first, second, 1))
            rows = shell.snapshot.account.rows
            assert value == pytest.approx(sum(row.impulse for row in rows if row.text == outcome.text))
            checked += 1
    assert checked >= 3


def test_a_report_shows_own_orders_moves_news_and_the_others_and_enter_goes_on(shell):
    shell.ask(CAUCASUS)
    played(shell, "visit turkiye")
    assert shell.scene == "report"
    shown = " ".join(said(shell))
    assert "Azerbaijan sends a minister to" in shown
    assert len([zone for zone in zones(shell.shapes()) if zone.name.startswith("why ")]) >= 3
    assert all(title in said(shell) for title in report.SECTIONS.values())
    shell.send(Key("enter"))
    assert shell.scene == "briefing"


def test_the_moves_of_a_report_are_those_between_the_last_two_turns(shell):
    shell.ask(CAUCASUS)
    played(shell)
    to_the_plan(shell)
    played(shell, "criticise iran")
    game = shell.snapshot.game
    assert game.moves
    for move in game.moves:
        row, column = game.index(move.first), game.index(move.second)
        assert move.before == pytest.approx(game.series[-2][row][column])
        assert move.after == pytest.approx(game.series[-1][row][column])
        assert sum(value for _, value in move.rows) == pytest.approx(move.after - move.before, abs=1e-9)


def test_a_relation_of_the_report_leads_to_its_reasons_and_back(shell):
    shell.ask(CAUCASUS)
    played(shell)
    move = shell.snapshot.game.moves[0]
    click(shell, f"why {move.first} {move.second}")
    assert (shell.scene, shell.window.scene.first, shell.window.scene.second) == ("why", move.first, move.second)
    shell.send(Key("escape"))
    assert shell.scene == "report"


def test_with_motion_relations_go_from_where_they_were_and_without_they_stand_where_they_are(shell):
    shell.ask(CAUCASUS)
    played(shell)
    start, end = shell.shapes(), None
    shell.send(*[Tick(0.5)] * 8)
    end = shell.shapes()
    assert start != end
    still = replace(shell.window, settings=replace(shell.window.settings, motion=False), stack=(report.Model(),))
    assert [each.text for each in texts(report.view(report.Model(), shell.snapshot, still.frame))] == [
        each.text for each in texts(report.view(report.Model(since=9.0), shell.snapshot, still.frame))
    ]


def test_the_wheel_scrolls_the_list_under_the_pointer_and_no_other(shell):
    shell.ask(CAUCASUS)
    played(shell)
    shell.send(Tick(9.0))
    middle = named(shell.shapes(), "list moves").rect.centre
    shell.send(Wheel(*middle, -2.0))
    assert shell.window.scene.lists == {"moves": 2}
    shell.send(Wheel(*middle, 50.0))
    assert shell.window.scene.lists["moves"] == 0


# ---- what might have been


def test_a_game_that_is_played_again_with_nothing_left_out_is_the_same_game(shell):
    shell.ask(TWO)
    for orders in (("visit borea", "praise cestia"), ("visit arda",)):
        played(shell, *orders)
        to_the_plan(shell)
    to_the_end(shell)
    match = shell.director.current
    again, given_up = counterfactuals.without(match, ("arda", "borea"), None)
    assert again.digests() == match.history.digests()
    assert given_up == 0


def test_a_counterfactual_is_the_game_that_comes_of_playing_it_without_the_order(shell, tmp_path):
    """The same game is played by hand, once with all orders and once without one of them."""
    plans = {1: ("visit borea", "praise cestia"), 2: ("praise borea",), 5: ("consult cestia",)}
    shell.ask(SOLO)
    for turn in range(1, 13):
        played(shell, *plans.get(turn, ()))
    match = shell.director.current
    step, record = next(each for each in counterfactuals.weighty(match, ("arda",)) if each[0].turn == 2)
    assert record.order == parse_order("arda: praise borea", match.history.board)
    history, given_up = counterfactuals.without(match, ("arda",), step)
    other = Shell(tmp_path / "other", by_letters)
    other.ask(SOLO)
    for turn in range(1, 13):
        played(other, *(() if turn == 2 else plans.get(turn, ())))
    assert history.digests() == other.director.current.history.digests()
    assert given_up == 0
    assert history.digests() != match.history.digests()


def test_the_debrief_works_out_what_might_have_been_while_it_is_shown(shell):
    shell.ask(SOLO)
    played(shell, "visit borea", "praise cestia")
    to_the_end(shell)
    assert shell.scene == "debrief"
    assert shell.snapshot.counterfactuals is None
    until_retraced(shell)
    match = shell.director.current
    for counterfactual in shell.snapshot.counterfactuals:
        world = match.history.worlds[-1]
        board = match.history.board
        table = Sight(match, "arda").relation(world)
        assert counterfactual.line[-1] == pytest.approx(
            table[board.state(counterfactual.first)][board.state(counterfactual.second)]
        )
        assert abs(counterfactual.other[-1] - counterfactual.line[-1]) >= 1.0
        assert debrief_page.instead(counterfactual) in said(shell)
    assert len(shell.snapshot.counterfactuals) <= 3


def test_an_unfinished_game_is_not_retraced(shell):
    shell.ask(SOLO, wanted.Retrace())
    assert shell.window.notice.problem
    assert shell.snapshot.counterfactuals is None


# ---- the debrief


def test_hidden_objectives_are_told_when_the_game_is_over_and_not_before(shell):
    shell.ask(CAUCASUS)
    hidden = {(objective.state, objective.label) for objective in shell.snapshot.game.objectives if objective.hidden}
    assert {state for state, _ in hidden} <= {"azerbaijan"}
    to_the_end(shell)
    game = shell.snapshot.game
    assert {objective.state for objective in game.objectives if objective.hidden} > {"azerbaijan"}
    told = [objectives for _, objectives in debrief_page.standings(game)]
    assert sum(len(objectives) for objectives in told) == len(game.objectives)
    for state, objectives in debrief_page.standings(game):
        if not state.out:
            assert state.points == pytest.approx(sum(objective.points for objective in objectives if objective.held))
    assert any("(was hidden)" in text for text in said(shell))


def test_the_bar_of_a_state_in_the_debrief_is_full_where_it_has_all_it_wanted(shell):
    shell.ask(CAUCASUS)
    to_the_end(shell)
    bars = [each.rect for each in flat(shell.shapes()) if isinstance(each, Panel) and each.rect.height == 6]
    shares = [filled.width / track.width for track, filled in zip(bars[::2], bars[1::2], strict=True)]
    standings = debrief_page.standings(shell.snapshot.game)
    reached = [state.points / sum(objective.points for objective in objectives) for state, objectives in standings]
    assert len(shares) >= 3
    assert shares == pytest.approx([min(max(share, 0.0), 1.0) for share in reached[: len(shares)]])


class Outline(HTMLParser):
    """Whether every element of a page is closed, and what it loads and says."""

    EMPTY = frozenset({"meta", "path", "polyline"})

    def __init__(self):
        super().__init__()
        self.open, self.loads, self.text = [], [], []

    def handle_starttag(self, tag, attributes):
        self.loads += [value for name, value in attributes if name in ("src", "href", "srcset")]
        assert tag != "script"
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(html):
    found = Outline()
    found.feed(html)
    found.close()
    return found


def test_the_page_of_a_debrief_stands_alone_and_says_what_the_debrief_says(shell):
    shell.ask(SOLO)
    played(shell, "visit borea", "praise cestia")
    to_the_end(shell)
    until_retraced(shell)
    click(shell, "export")
    kept = list((shell.folder / "games").glob("*.html"))
    assert len(kept) == 1
    assert kept[0].name in shell.window.notice.text
    page = read(kept[0].read_text(encoding="utf-8"))
    assert page.open == []
    assert page.loads == []
    whole = " ".join(page.text)
    for objective in shell.snapshot.game.objectives:
        assert objective.label in whole
    for counterfactual in shell.snapshot.counterfactuals:
        assert debrief_page.instead(counterfactual) in whole
    for item in shell.snapshot.game.record:
        assert item.text in whole


def test_whatever_a_scenario_calls_things_a_page_shows_it_as_text(shell):
    shell.ask(SOLO)
    to_the_end(shell)
    game = shell.snapshot.game
    evil = "</style><script>alert('x')</script>&<b onload=\"y\">"
    states = tuple(replace(state, name=f"{state.name}{evil}") for state in game.states)
    objectives = tuple(replace(objective, label=evil) for objective in game.objectives)
    record = tuple(replace(item, text=evil) for item in game.record)
    dates = tuple(f"{date}{evil}" for date in game.dates)
    page = debrief_page.page(
        replace(game, title=evil, states=states, objectives=objectives, record=record, dates=dates, ending=evil)
    )
    found = read(page)
    assert found.open == []
    assert evil in "".join(found.text)
    assert "<b onload" not in page


def test_a_debrief_of_an_unfinished_game_is_not_written(shell):
    shell.ask(SOLO, wanted.Export())
    assert shell.window.notice.problem
    assert not list((shell.folder / "games").glob("*.html"))


def test_leaving_the_debrief_puts_the_game_away(shell):
    shell.ask(SOLO)
    to_the_end(shell)
    click(shell, "leave")
    assert shell.scene == "title"
    assert shell.snapshot.game is None


def test_from_the_map_of_a_finished_game_one_comes_back_to_the_debrief(shell):
    shell.ask(SOLO)
    to_the_end(shell)
    click(shell, "map")
    assert shell.scene == "board"
    click(shell, "debrief")
    assert shell.scene == "debrief"
    shell.send(Key("escape"), Key("ctrl+enter"))
    assert shell.scene == "debrief"


def test_the_last_report_is_looked_up_from_the_board_and_leads_back_to_it(shell):
    shell.ask(SOLO)
    played(shell, "visit borea")
    to_the_plan(shell)
    shell.send(Key("r"))
    assert shell.scene == "report"
    shell.send(Key("enter"))
    assert (shell.scene, shell.snapshot.game.phase) == ("board", "planning")


def test_those_who_watched_see_the_objectives_and_the_story_and_nothing_of_orders_they_never_gave(shell):
    shell.ask(wanted.Begin("classroom-triad", (), 3))
    while not shell.snapshot.game.finished:
        shell.ask(wanted.Advance())
    assert shell.scene == "debrief"
    shell.send(Tick(5.0))
    assert "Results" in said(shell)
    assert "What might have been" not in said(shell)


# ---- the timeline


@pytest.fixture
def past(shell):
    """A game of four turns, looked at in the timeline."""
    shell.ask(CAUCASUS)
    for _ in range(4):
        played(shell)
        to_the_plan(shell)
    shell.send(Go("timeline"))
    return shell


def test_arrows_go_through_the_turns_and_the_map_and_the_news_with_them(past):
    game = past.snapshot.game
    past.send(Key("left"), Key("left"))
    assert timeline.shown_turn(past.window.scene, game) == 2
    assert timeline.sketch_of(game, 2).relations == game.series[2]
    shown = " ".join(said(past))
    items = timeline.happened(game, 2)
    assert items[0].text[:20] in shown
    assert {item.turn for item in items} == {2}
    past.send(*[Key("left")] * 9)
    assert timeline.shown_turn(past.window.scene, game) == 0
    past.send(*[Key("right")] * 9)
    assert timeline.shown_turn(past.window.scene, game) == 4


def test_the_slider_is_clicked_and_dragged(past):
    rail = named(past.shapes(), "rail")
    past.send(Click(rail.rect.x + 12, rail.rect.centre[1]))
    assert past.window.scene.turn == 0
    past.send(Drag(rail.rect.centre[0], rail.rect.centre[1], 40.0, 0.0))
    assert past.window.scene.turn == 2


def test_a_branch_goes_on_from_the_turn_that_is_looked_at_and_is_compared_with_what_it_left(past):
    left = past.snapshot.game.series
    past.send(Key("left"), Key("left"))
    click(past, "branch")
    game = past.snapshot.game
    assert (game.turn, len(game.series)) == (3, 3)
    assert game.series == left[:3]
    assert game.trunk == left
    past.send(Key("enter"))
    played(past, "criticise iran")
    to_the_plan(past)
    past.send(Go("timeline"))
    game = past.snapshot.game
    assert game.trunk == left
    assert game.series[3] != left[3]
    assert "before" in said(past)


def test_another_game_has_no_line_to_be_compared_with(past):
    past.ask(wanted.Branch(1), SOLO)
    assert past.snapshot.game.trunk == ()


def test_the_last_turn_is_no_place_to_branch_from(past):
    assert "branch" not in {zone.name for zone in zones(past.shapes())}


# ---- room


@pytest.mark.parametrize("size", SIZES)
def test_what_has_to_be_pressed_can_be_reached_in_a_large_and_in_a_small_window(tmp_path, size):
    shell = Shell(tmp_path, by_letters, size)
    shell.ask(TWO)
    seen = {}
    for _ in range(60):
        game = shell.snapshot.game
        seen.setdefault(shell.scene, {zone.name for zone in focus_ring(shell.shapes())})
        if shell.scene == "inbox":
            seen["inbox"] |= {zone.name.split()[0] for zone in focus_ring(shell.shapes())}
        for zone in focus_ring(shell.shapes()):
            assert zone.rect.x >= 0
            assert zone.rect.right <= size[0] + 0.5
            assert zone.rect.bottom <= size[1] + 0.5
        if game.phase == "over":
            break
        shell.ask(wanted.Commit() if game.phase == "planning" else wanted.Proceed())
    assert "raise" in seen["curtain"]
    assert "go on" in seen["briefing"]
    assert "go on" in seen["report"]
    assert {"accept", "refuse", "go on"} <= seen["inbox"]


def test_without_a_game_every_page_of_a_turn_is_an_empty_one(shell):
    frame = shell.window.frame
    for scene in (curtain, briefing, inbox, report, debrief, timeline):
        assert len(scene.view(scene.Model(), shell.snapshot, frame)) == 1
        assert scene.update(scene.Model(), Tick(1.0), shell.snapshot)[0] == scene.Model()


def test_effects_and_moves_are_told_from_the_largest_down(shell):
    shell.ask(CAUCASUS)
    played(shell, "visit turkiye")
    sight = Sight(shell.director.current, "azerbaijan")
    sizes = [abs(move.after - move.before) for move in turn_review.last_moves(sight)]
    assert sizes == sorted(sizes, reverse=True)
    for outcome in turn_review.outcomes(sight, 1):
        values = [abs(value) for *_, value in outcome.effects]
        assert values == sorted(values, reverse=True)
