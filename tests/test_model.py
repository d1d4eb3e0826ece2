"""The Mesa model: agents as views, orders with three kinds of refusal, undo, batch runs, and no leak."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ProcessPoolExecutor
from copy import copy, deepcopy
from dataclasses import replace
from multiprocessing import get_context

import mesa
import pytest
from mesa.batchrunner import batch_run

from game.errors import (
    IllegalOrder,
    InvalidArgument,
    InvalidOrder,
    PolicyError,
    UnaffordableOrder,
    UnknownName,
)
from game.journal import replay
from game.kernel.world import SECRET
from game.match.match import Setup, begin
from game.measures.legality import permitted
from game.model import AllianceModel, StateAgent
from game.parameters import ParameterRange
from game.policies import Reasoner
from game.scenario import load
from game.scenario.findings.finding import ScenarioError
from game.testing import TRIAD


@pytest.fixture
def model():
    return AllianceModel("south-caucasus-2012", seed=7)


def test_agents_are_mesa_agents_that_view_the_world(model):
    assert isinstance(model, mesa.Model)
    assert len(model.agents) == 12
    iran = model.states["iran"]
    assert isinstance(iran, mesa.Agent)
    assert iran.relations["azerbaijan"] == model.relations["iran -> azerbaijan"]
    before = iran.relations["azerbaijan"]
    model.step()
    assert iran.relations["azerbaijan"] == model.relations["iran -> azerbaijan"] != before
    assert set(iran.attributes) >= {"military", "gdp"}


def test_the_model_is_the_match_of_its_seed(model):
    match = begin(Setup(load("south-caucasus-2012"), 7))
    for _ in range(4):
        model.step()
        match = match.advance()
    assert model.history.digests() == match.history.digests()


def test_before_the_first_turn_relations_are_the_authors_table(model):
    scenario = load("south-caucasus-2012")
    for (first, second), relation in scenario.relations.items():
        assert model.relations[f"{first} -> {second}"] == pytest.approx(relation.score.central, abs=1e-5)


def test_an_order_that_is_given_is_carried_out_in_place_of_the_policys(model):
    order = model.order("azerbaijan: praise turkiye")
    assert str(order) == "azerbaijan: praise turkiye"
    model.step()
    ours = [record for record in model.match.records(1) if record.order.state == "azerbaijan"]
    assert [str(record.order) for record in ours] == ["azerbaijan: praise turkiye"]
    assert ours[0].why is None or ours[0].why["terms"]


@pytest.mark.parametrize(
    ("line", "error", "says"),
    [
        ("reassure iran", InvalidOrder, "is not an order; write"),
        ("azerbaijan: reasure iran", InvalidOrder, "did you mean 'reassure'"),
        ("azerbajan: reassure iran", InvalidOrder, "did you mean 'azerbaijan'"),
        ("azerbaijan: reassure irn", InvalidOrder, "did you mean 'iran'"),
        ("azerbaijan: reassure iran value=3", InvalidOrder, "has no value"),
        ("azerbaijan: praise azerbaijan", IllegalOrder, "cannot address itself"),
        ("azerbaijan: praise armenia", IllegalOrder, "requires"),
        ("cyprus: praise israel", IllegalOrder, "takes no turns"),
        ("__import__('os'): praise iran", InvalidOrder, "is not an order"),
    ],
)
def test_a_malformed_and_an_illegal_order_are_different_errors(model, line, error, says):
    with pytest.raises(error, match=says) as raised:
        model.order(line)
    assert type(raised.value) is error
    model.step()
    assert model.turn == 1


def test_an_order_that_cannot_be_paid_is_a_third_kind(tmp_path):
    path = tmp_path / "poor.yaml"
    path.write_text(TRIAD.replace("income: 4, carry: 2", "income: 1, carry: 0"))
    poor = AllianceModel(path, seed=1)
    poor.order("arda: praise borea")
    with pytest.raises(UnaffordableOrder, match="visit borea costs 1 political capital and arda has 0 left"):
        poor.order("arda: visit borea")
    poor.step()
    assert poor.turn == 1


def test_no_more_orders_than_slots(model):
    for target in ("turkiye", "israel", "italy"):
        model.order(f"azerbaijan: praise {target}")
    with pytest.raises(IllegalOrder, match="all 3 orders of this turn are planned"):
        model.order("azerbaijan: praise georgia")


def test_the_same_order_is_not_given_twice(model):
    model.order("azerbaijan: praise turkiye")
    with pytest.raises(IllegalOrder, match="praise turkiye is planned already"):
        model.order("azerbaijan: praise turkiye")


def test_a_state_may_hold_still(model):
    model.hold("iran")
    model.step()
    assert not [record for record in model.match.records(1) if record.order.state == "iran"]


def test_a_subclass_that_overrides_decide_is_honoured():
    class Chatty(StateAgent):
        def decide(self):
            return ["azerbaijan: praise turkiye"] if self.model.turn in (0, 9) else []

    model = AllianceModel("south-caucasus-2012", seed=3, agents={"azerbaijan": Chatty})
    for turn in range(1, 11):
        model.step()
        mine = [str(each.order) for each in model.match.records(turn) if each.order.state == "azerbaijan"]
        assert mine == (["azerbaijan: praise turkiye"] if turn in (1, 10) else [])


def test_an_agent_cannot_speak_for_another_state():
    class Usurper(StateAgent):
        def decide(self):
            return ["iran: praise armenia"]

    model = AllianceModel("south-caucasus-2012", seed=3, agents={"azerbaijan": Usurper})
    with pytest.raises(IllegalOrder, match="cannot give an order for iran"):
        model.step()
    assert model.turn == 0


def test_why_sums_to_the_relation(model):
    model.run(5)
    found = model.why("iran -> azerbaijan")
    assert sum(row.left for row in found.rows) == pytest.approx(model.relations["iran -> azerbaijan"], abs=1e-9)


def test_undo_takes_turns_back_and_the_same_chance_returns(model):
    model.run(5)
    digests = list(model.history.digests())
    model.undo(3)
    assert model.turn == 2
    model.run(3)
    assert list(model.history.digests()) == digests
    with pytest.raises(IndexError):
        model.undo(9)


def test_proposals_can_be_seen_and_answered_before_the_turn_is_played():
    for seed in range(30):
        model = AllianceModel("south-caucasus-2012", seed=seed)
        proposals = model.proposals("azerbaijan")
        if proposals:
            break
    model.answer(proposals[0], False)
    model.step()
    record = next(each for each in model.match.records(1) if each.order == proposals[0])
    assert record.accepted is False


def test_opening_a_turn_tells_what_happened(model):
    names = [event.event for event in model.open()]
    assert model.turn == 0
    model.step()
    assert names == [event.event for event in model.match.events(1)] != []


def test_the_data_collector_holds_every_pair_and_turn(model):
    model.run(3)
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 4
    assert frame["iran -> azerbaijan"].iloc[-1] == model.relations["iran -> azerbaijan"]
    assert frame["turn"].tolist() == [0, 1, 2, 3]
    agents = model.datacollector.get_agent_vars_dataframe()
    assert set(agents["state"]) == set(model.board.states)


def test_mesas_batch_runner_runs_it_to_the_last_turn():
    rows = batch_run(
        AllianceModel,
        {"scenario": "classroom-triad", "seed": [1, 2], "acts__strength": [0.5, 1.5]},
        display_progress=False,
    )
    runs = {(row["RunId"], row["Step"]) for row in rows}
    turns = load("classroom-triad").turns
    assert runs == {(run, turns) for run in range(4)}
    assert len({row["digest"] for row in rows}) == 4
    assert {row["seed"] for row in rows} == {1, 2}
    alone = AllianceModel("classroom-triad", seed=2, parameters={"acts.strength": 1.5})
    alone.run()
    assert alone.digest in {row["digest"] for row in rows}


def test_a_step_after_the_end_changes_nothing():
    model = AllianceModel("classroom-triad", seed=1)
    model.run()
    digest = model.digest
    model.step()
    assert (model.digest, model.running) == (digest, False)


def test_policies_may_be_words_or_objects(model):
    board = model.board
    reasoner = Reasoner(board, model.match.history.parameters["reasoner"])
    mixed = AllianceModel("south-caucasus-2012", seed=7, policies={"iran": "wait", "israel": reasoner})
    mixed.step()
    assert not [each for each in mixed.match.records(1) if each.order.state == "iran"]
    assert [each for each in mixed.match.records(1) if each.order.state == "israel"]


def test_a_script_is_followed(tmp_path):
    script = tmp_path / "iran.txt"
    script.write_text("1: iran: praise armenia\n# a comment\n*: accept all\n2: iran: protest azerbaijan\n")
    model = AllianceModel("south-caucasus-2012", seed=7, policies={"iran": f"script:{script}"})
    model.run(2)
    said = [[str(each.order) for each in model.match.records(turn) if each.order.state == "iran"] for turn in (1, 2)]
    assert said == [["iran: praise armenia"], ["iran: protest azerbaijan"]]


def test_the_orders_of_a_script_have_their_terms(tmp_path):
    path, script = tmp_path / "triad.yaml", tmp_path / "arda.txt"
    path.write_text(TRIAD.replace("income: 4", "income: 9"))
    lines = [
        "arda: arms_package borea value=2 side_payment=0.5 purpose=islet pledge=no_attack secret",
        "arda: criticise cestia audience=borea office=envoy",
    ]
    script.write_text("".join(f"1: {line}\n" for line in lines))
    model = AllianceModel(path, seed=1, policies={"arda": f"script:{script}", "borea": "wait", "cestia": "wait"})
    model.step()
    assert [str(each.order) for each in model.match.records(1)] == lines
    assert replay(model.journal()).history.digests() == model.history.digests()


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"scenario": "south-caucasus-2013"}, UnknownName, "did you mean"),
        ({"policies": {"irn": "wait"}}, UnknownName, "did you mean 'iran'"),
        ({"policies": {"iran": "wayt"}}, UnknownName, "did you mean 'wait'"),
        ({"parameters": {"balance.copling": 1}}, UnknownName, "did you mean 'balance.coupling'"),
        ({"parameters": {"balance.coupling": -1}}, ParameterRange, "between 0 and 5"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_name(arguments, error, says):
    with pytest.raises(error, match=says):
        AllianceModel(**{"seed": 1, **arguments})


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"agents": {"irann": StateAgent}}, UnknownName),
        ({"spreads": "banana"}, UnknownName),
        ({"seed": 1.5}, InvalidArgument),
        ({"policies": {"iran": 5}}, PolicyError),
        ({"parameters": {"balance.coupling": "much"}}, ParameterRange),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(arguments, error):
    with pytest.raises(error):
        AllianceModel(**{"seed": 1, **arguments})


def test_a_pair_that_does_not_exist_is_not_among_the_relations(model):
    assert "iran -> azerbaijan" in model.relations
    assert "iran -> atlantis" not in model.relations
    assert "nonsense" not in model.relations
    assert len(list(model.relations)) == len(model.relations) == 132


def test_a_turn_that_fails_leaves_no_order_behind():
    class Wise(StateAgent):
        def decide(self):
            return ["armenia: praise russia"]

    class Confused(StateAgent):
        clear = False

        def decide(self):
            return [] if self.clear else ["iran: mumble"]

    model = AllianceModel("south-caucasus-2012", seed=3, agents={"armenia": Wise, "iran": Confused})
    with pytest.raises(InvalidOrder):
        model.step()
    Confused.clear = True
    model.step()
    said = [str(each.order) for each in model.match.records(1) if each.order.state in ("armenia", "iran")]
    assert said == ["armenia: praise russia"]


def test_what_nobody_proposes_cannot_be_answered(model):
    with pytest.raises(IllegalOrder, match="not among the proposals"):
        model.answer("angola: trade_agreement azerbaijan", True)


def test_a_script_speaks_for_its_own_state_only(tmp_path):
    script = tmp_path / "iran.txt"
    script.write_text("1: armenia: praise russia\n")
    with pytest.raises(PolicyError, match="is an order of armenia, and iran follows it"):
        AllianceModel("south-caucasus-2012", seed=7, policies={"iran": f"script:{script}"})


def test_a_scenario_with_errors_never_starts(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("format: 1\nid: broken\n")
    with pytest.raises(ScenarioError) as raised:
        AllianceModel(path)
    assert raised.value.findings


def test_without_a_seed_one_is_drawn_and_kept():
    first, second = AllianceModel("classroom-triad"), AllianceModel("classroom-triad")
    assert first.seed != second.seed
    assert AllianceModel("classroom-triad", seed=first.seed).digest == first.digest


def test_a_dropped_model_is_freed():
    model = AllianceModel("classroom-triad", seed=1)
    model.run(2)
    watch = weakref.ref(model)
    del model
    gc.collect()
    assert watch() is None


def in_a_crisis(model):
    """The model with the parties of Nagorno-Karabakh at rung 2 of a crisis."""
    model.open()
    rung = model.world.rung.copy()
    rung[:, [each.name for each in model.board.disputes].index("karabakh")] = 2
    world, ledger = model.history.opened
    opened = (replace(world, rung=rung), ledger)
    model.match = model.match.with_history(replace(model.history, opened=opened))
    return model


def test_a_choice_in_a_crisis_is_given_like_an_order_and_takes_none(model):
    crisis = in_a_crisis(model)
    crisis.order("azerbaijan: escalate karabakh")
    for target in ("turkiye", "israel", "italy"):
        crisis.order(f"azerbaijan: praise {target}")
    # The last choice counts, also once all orders are given.
    crisis.order("azerbaijan: back_down karabakh")
    crisis.step()
    ours = [(str(each.order), each.slot) for each in crisis.match.records(1) if each.order.state == "azerbaijan"]
    place = [each.name for each in crisis.board.disputes].index("karabakh")
    assert ours[-1] == ("azerbaijan: back_down karabakh", crisis.board.orders + place)
    assert len(ours) == 4


def test_a_choice_without_a_crisis_or_by_another_state_is_illegal(model):
    with pytest.raises(IllegalOrder, match="there is no crisis over"):
        model.order("azerbaijan: back_down karabakh")
    with pytest.raises(IllegalOrder, match="is between"):
        in_a_crisis(model).order("iran: escalate karabakh")


def test_what_is_offered_counts_for_what_can_be_paid(model):
    left = model.states["azerbaijan"].capital
    act = model.board.acts.act("trade_agreement")
    target = next(
        state
        for state in model.board.states
        if permitted(model.board, model.world)[0, model.board.state("azerbaijan"), act, model.board.state(state)]
    )
    cost = float(model.board.acts.cost[act])
    with pytest.raises(UnaffordableOrder, match="political capital"):
        model.order(f"azerbaijan: trade_agreement {target} side_payment={left - cost + 0.5:g}")
    model.order(f"azerbaijan: trade_agreement {target} side_payment={left - cost:g}")
    with pytest.raises(UnaffordableOrder, match="azerbaijan has 0 left"):
        model.order("azerbaijan: praise turkiye")


def test_an_agent_sees_its_own_secrets_and_nobody_elses():
    model = AllianceModel("south-caucasus-2012", seed=1, policies=dict.fromkeys(("iran", "russia"), "wait"))
    seller, buyer = model.states["israel"], model.states["azerbaijan"]
    board, world = model.board, model.world
    deal = board.acts.act("arms_package")
    secrecy, concealed = world.secrecy.copy(), world.concealed.copy()
    secrecy[0, board.acts.secrets.index(deal), seller.index, buyer.index] = SECRET
    concealed[0, buyer.index, board.attributes.names.index("military")] = 3
    before = buyer.attributes["military"]
    changed = replace(model.history, worlds=(replace(world, secrecy=secrecy, concealed=concealed),))
    model.match = model.match.with_history(changed)
    assert buyer.attributes["military"] == before + 3
    for agent in model.states.values():
        party = agent in (seller, buyer)
        assert agent.view.world.secrecy.any() == party
        assert agent.view.world.concealed.any() == (agent is buyer)


def rows(model):
    """Everything the collector holds, and where Mesa's clock stands."""
    held = model.datacollector
    return deepcopy((held.model_vars, held._agent_records, held.tables, model.steps, getattr(model, "time", None)))


def sent(model):
    """The model as another process sends it back."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(deepcopy, model).result()


@pytest.mark.parametrize("copied", [copy, deepcopy, sent])
def test_a_copy_in_mid_game_goes_on_by_itself_with_the_same_bytes(copied):
    model = AllianceModel("classroom-triad", seed=1, policies={"cestia": "random"}, spreads="drawn")
    model.run(3)
    model.undo()
    model.order("arda: praise borea")
    again = copied(model)
    before = rows(model)
    again.run()
    assert rows(model) == before
    assert all(agent.model is again for agent in again.agents)
    model.run()
    assert rows(again) == rows(model)
    assert again.history.digests() == model.history.digests()
    again.undo(4)
    again.redo(2)
    model.undo(2)
    assert rows(again) == rows(model)


def test_undone_turns_take_their_rows_with_them_and_redone_ones_bring_them_back():
    model = AllianceModel("classroom-triad", seed=1)
    after = [rows(model)]
    for _ in range(6):
        model.step()
        after.append(rows(model))
    digests = model.history.digests()
    for move, turns, turn in (
        ("undo", 2, 4),
        ("undo", 3, 1),
        ("redo", 1, 2),
        ("redo", 4, 6),
        ("undo", 6, 0),
        ("redo", 6, 6),
    ):
        getattr(model, move)(turns)
        assert model.turn == turn
        assert model.history.digests() == digests[: turn + 1]
        assert rows(model) == after[turn]
    model.undo(4)
    model.step()
    assert rows(model) == after[3]
    with pytest.raises(IndexError, match="0 turns are undone; there are not 1 to do again"):
        model.redo()
    model.undo(3)
    model.order("arda: praise borea")
    model.redo(2)
    assert rows(model) == after[2]


def test_after_the_end_too_rows_and_clock_go_back_together():
    model = AllianceModel("classroom-triad", seed=1)
    model.run()
    end = rows(model)
    model.step()
    model.undo(2)
    assert model.running
    assert model.datacollector.model_vars["turn"] == list(range(11))
    model.run()
    assert rows(model) == end


def test_a_step_that_fails_leaves_rows_clock_and_orders_as_they_were():
    class Confused(StateAgent):
        clear = False

        def decide(self):
            return None if self.clear else ["borea: mumble"]

    plain = AllianceModel("classroom-triad", seed=3)
    model = AllianceModel("classroom-triad", seed=3, agents={"borea": Confused})
    for each in (plain, model):
        each.order("arda: praise borea")
    start = rows(model)
    for _ in range(2):
        with pytest.raises(InvalidOrder) as raised:
            model.step()
        assert rows(model) == start
        assert raised.value.__notes__ == ["in the run with scenario 'classroom-triad', seed 3, spreads 'central'"]
    Confused.clear = True
    for each in (plain, model):
        each.run(3)
    assert rows(model) == rows(plain)


class Counting(AllianceModel):
    """A model that collects for itself: another column, a table, and a row in the middle of every third turn."""

    def __init__(self, **asked):
        super().__init__(**asked, collect=False)
        self.datacollector = mesa.DataCollector({"turn": "turn", "mood": mood}, tables={"thirds": ["turn"]})
        self.datacollector.collect(self)

    def step(self):
        if self.turn % 3 == 0:
            self.datacollector.collect(self)
            self.datacollector.add_table_row("thirds", {"turn": self.turn})
        super().step()
        self.datacollector.collect(self)


def mood(model):
    return model.shown[0][1]


def test_a_collector_of_somebody_elses_is_kept_in_step_too():
    model = Counting(scenario="classroom-triad", seed=1)
    after = [rows(model)]
    for _ in range(7):
        model.step()
        after.append(rows(model))
    model.undo(3)
    assert rows(model) == after[4]
    model.redo(2)
    assert rows(model) == after[6]
    model.undo(6)
    model.run(7)
    assert rows(model) == after[7]


def test_what_is_collected_by_hand_after_an_undo_is_the_position_that_is_gone_back_to():
    model = AllianceModel("classroom-triad", seed=1)
    model.run(4)
    model.undo(2)
    model.datacollector.collect(model)
    column = model.datacollector.model_vars["arda -> borea"]
    assert column[-1] == column[-2] == model.relations["arda -> borea"]


def test_one_seed_is_given_once():
    with pytest.raises(InvalidArgument, match="two names of one number"):
        AllianceModel("classroom-triad", seed=1, rng=2)
    assert AllianceModel("classroom-triad", rng=5).seed == 5


@pytest.mark.parametrize("agents", ["arda", int, 5, {"arda": int}, [StateAgent], None])
def test_what_is_no_class_of_agents_is_refused(agents):
    with pytest.raises(InvalidArgument, match="agents are a class made from StateAgent"):
        AllianceModel("classroom-triad", seed=1, agents=agents)


def test_whether_to_collect_is_yes_or_no():
    with pytest.raises(InvalidArgument, match="collect is True or False, not 'no'"):
        AllianceModel("classroom-triad", seed=1, collect="no")
