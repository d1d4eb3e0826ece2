"""The content that ships: scenarios without findings, and a standard catalogue that keeps to the scores it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest

from game import scenario, turn
from game.files import event_data_path, shipped_scenarios
from game.kernel.draws import Draws
from game.kernel.world import start_world
from game.measures.legality import permitted
from game.measures.relations import relations
from game.policies import Reasoner, answered, decided
from game.scenario.compile import Compiled, compiled
from game.scenario.spec import Act, RelationEffect, Scenario
from game.study.event_data import read_event_data
from game.testing import with_relations

# PLOVER's scores by expert judgement, for the modes that the standard acts name
PLOVER = {
    "ACCUSE": -3.0,
    "ACCUSE/Disapprove": -2.0,
    "AGREE": 2.5,
    "AID": 10.0,
    "ASSAULT/Heavy-weapons": -9.5,
    "COERCE": -7.0,
    "CONCEDE": 4.5,
    "CONSULT": 2.5,
    "CONSULT/Third-party": 1.0,
    "CONSULT/Visit": 4.0,
    "COOPERATE": 9.5,
    "MOBILIZE": -5.5,
    "MOBILIZE/Troops": -6.5,
    "REJECT/Yield": -2.0,
    "REQUEST/Yield": -1.0,
    "RETREAT": 6.5,
    "RETREAT/Access": 6.5,
    "RETREAT/Withdraw": 8.0,
    "SANCTION": -6.0,
    "SANCTION/Discontinue": -6.0,
    "SANCTION/Expel": -5.5,
    "SANCTION/Withdraw": -6.0,
    "SUPPORT": 5.0,
    "THREATEN/Restrict": -3.0,
    "THREATEN/Violence": -3.5,
}

NEEDED = """
    praise reassure deny confirm criticise protest warn demand threaten recognise_claim call_for_talks apologise
    arms_package energy_contract trade_agreement aid_package training_mission intelligence_sharing basing_rights
    overflight_rights listening_post non_aggression_pact neutrality_pact consultation_pact defence_pact mediation
    summon_envoy recall_envoy return_envoy visit expel_diplomats sanction lift_sanctions embargo exercise_at_border
    alert mobilise limited_strike withdraw abrogate consult deny_alliance pledge_no_attack pledge_no_foreign_use
    pledge_no_basing pledge_neutrality confidence_measures hand_over suspend_deliveries resume_deliveries
"""

# Words, signatures and visits; goods, arms and access; words against; deeds against: PLOVER's four quarters.
QUARTERS = {
    "agreeable words": {"", "AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    "material help": {"COOPERATE", "AID", "RETREAT"},
    "hard words": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    "material harm": {"SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}

STANDING = {"sanctions", "recalled_envoy", "forces_forward"}


@pytest.fixture(scope="module")
def caucasus() -> Scenario:
    return scenario.load("south-caucasus-2012")


@pytest.fixture(scope="module")
def acts(caucasus: Scenario) -> Sequence[Act]:
    return tuple(caucasus.acts.values())


@pytest.fixture(scope="module")
def made(caucasus: Scenario) -> Compiled:
    return compiled(caucasus, Draws.of(1))


@pytest.fixture(scope="module")
def legal(made: Compiled) -> set[tuple[str, str, str]]:
    """Every (state, act, target) that is legal before the first turn."""
    board = made.board
    world = start_world(board)
    found = np.argwhere(permitted(board, world)[0])
    return {(board.states[actor], board.acts.names[act], board.states[target]) for actor, act, target in found}


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_shipped_scenario_stands_at_zero_findings_under_strict(name: str) -> None:
    path = shipped_scenarios()[name]
    assert [str(each) for each in scenario.check(path, audience="strict")] == []


def test_the_catalogue_holds_every_act_of_the_design(caucasus: Scenario) -> None:
    assert set(NEEDED.split()) <= set(caucasus.acts)


def test_an_act_has_the_score_of_the_plover_mode_it_names(acts: Sequence[Act]) -> None:
    assert {act.id: act.weight for act in acts if act.plover} == {
        act.id: PLOVER[act.plover] for act in acts if act.plover
    }


def test_every_act_names_a_cameo_code_and_says_what_it_is(acts: Sequence[Act]) -> None:
    assert [act.id for act in acts if not re.fullmatch(r"[0-9]{3,4}", act.cameo or "")] == []
    assert [act.id for act in acts if not act.doc.endswith(".")] == []


def test_words_are_cheap_and_no_act_can_be_repeated_the_turn_after(acts: Sequence[Act]) -> None:
    assert [act.id for act in acts if act.kind == "statement" and act.cost > 2] == []
    assert [act.id for act in acts if act.cooldown < 3] == []


def test_a_friendly_act_never_angers_its_target_nor_a_hostile_one_please_it(acts: Sequence[Act]) -> None:
    wrong = [
        (act.id, effect.amount.central)
        for act in acts
        for effect in act.effects
        if isinstance(effect, RelationEffect)
        and effect.source.selector is None
        and (effect.source.name, effect.target.name) == (act.roles[1].name, act.roles[0].name)
        and effect.amount.central * act.weight < 0
    ]
    assert wrong == []


def test_hostile_acts_ask_for_some_hostility_first(acts: Sequence[Act]) -> None:
    free = [act.id for act in acts if act.weight < 0 and not act.requires]
    assert free == ["enrich_further"]  # which is aimed at its own nation first


def test_every_kind_of_pledge_is_given_by_some_act_and_binds_one_of_its_parties(
    caucasus: Scenario, acts: Sequence[Act]
) -> None:
    given = {kind for act in acts for kind in act.pledges if kind}
    assert given == set(caucasus.pledge_kinds)


def test_a_word_that_binds_is_worth_what_its_speaker_is_trusted_with(acts: Sequence[Act]) -> None:
    binding = {act.id for act in acts if act.kind == "statement" and any(act.pledges)}
    assert len(binding) == 4
    assert {act.id for act in acts if act.credible} == binding | {"reassure", "deny_alliance"}


def test_what_lets_foreigners_in_or_arms_a_state_can_be_agreed_in_secret(acts: Sequence[Act]) -> None:
    assert {act.id for act in acts if act.secrecy} == {
        "arms_package", "intelligence_sharing", "basing_rights", "overflight_rights", "listening_post",
    }  # fmt: skip


def test_a_base_lets_in_more_than_a_listening_post_and_that_more_than_overflight(caucasus: Scenario) -> None:
    intrusion = {name: kind.intrusion for name, kind in caucasus.agreement_kinds.items() if kind.intrusion}
    assert intrusion == {"basing": 1, "listening_post": 0.6, "overflight": 0.5}


def test_only_a_defence_pact_makes_one_fight_for_the_other(caucasus: Scenario) -> None:
    assert {name for name, kind in caucasus.agreement_kinds.items() if kind.guarantee} == {"defence_pact"}


def test_arms_make_dependent_and_so_does_what_else_flows(caucasus: Scenario) -> None:
    dependence = {name: kind.dependence for name, kind in caucasus.agreement_kinds.items() if kind.dependence}
    assert max(dependence, key=lambda name: dependence[name]) == "arms_supply"
    assert set(dependence) == {"arms_supply", "energy", "aid", "training"}


def test_what_is_denied_or_confirmed_is_a_secret_and_what_is_handed_over_a_territory(acts: Sequence[Act]) -> None:
    assert {act.id: act.discloses for act in acts if act.discloses} == {"confirm": "confirm", "deny": "deny"}
    assert [act.id for act in acts if act.cedes] == ["hand_over"]
    assert {act.id: act.recognises for act in acts if act.recognises} == {"recognise_claim": "claimant"}
    assert [act.id for act in acts if act.force] == ["limited_strike"]


def test_only_armenia_and_azerbaijan_may_strike(caucasus: Scenario) -> None:
    strike = caucasus.acts["limited_strike"]
    assert [sorted(role.allowed or ()) for role in strike.roles] == [["armenia", "azerbaijan"]] * 2


def test_the_scenario_and_its_event_data_name_the_same_states(caucasus: Scenario) -> None:
    event_data = read_event_data(event_data_path(caucasus.event_data or ""))
    assert event_data.scenario == caucasus.id
    assert set(event_data.states) == set(caucasus.states)


def test_figures_of_states_are_those_of_the_sources(caucasus: Scenario) -> None:
    gdp = {name: state.stats["gdp"].central for name, state in caucasus.states.items()}
    assert (gdp["azerbaijan"], gdp["armenia"], gdp["iran"], gdp["israel"]) == (69.7, 10.6, 644.0, 262.3)


# composite capability (Correlates of War) and military spending in billion dollars (SIPRI), 2012
POWER = {
    "israel": (0.004242, 14.524),
    "iran": (0.015544, 16.494),
    "azerbaijan": (0.001401, 3.246),
    "armenia": (0.000632, 0.381),
    "turkiye": (0.0152, 17.694),
    "russia": (0.039595, 81.469),
    "georgia": (0.000444, 0.492),
    "usa": (0.139219, 725.205),
    "cyprus": (0.000178, 0.414),
    "italy": (0.012839, 29.781),
    "greece": (0.00296, 5.915),
    "angola": (0.002399, 4.145),
}


@pytest.mark.parametrize("state", POWER)
def test_military_strength_follows_the_formula_the_file_states(caucasus: Scenario, state: str) -> None:
    capability, spending = (part / whole for part, whole in zip(POWER[state], POWER["usa"], strict=True))
    expected = 100 * (capability**0.25 + spending**0.25) / 2
    assert caucasus.states[state].stats["military"].central == pytest.approx(expected, abs=0.15)


def test_what_is_undone_by_one_action_was_left_by_another(acts: Sequence[Act]) -> None:
    assert {act.signs for act in acts if act.kind == "deed" and act.signs} == STANDING
    assert {act.breaks for act in acts if act.weight > 0 and act.breaks} == STANDING


def test_sanctions_are_lifted_only_where_they_are_and_only_by_who_imposed_them(
    legal: set[tuple[str, str, str]], caucasus: Scenario
) -> None:
    in_force = {agreement.members for agreement in caucasus.agreements.values() if agreement.kind == "sanctions"}
    lifted = {(state, target) for state, act, target in legal if act == "lift_sanctions"}
    assert lifted <= in_force
    lift = caucasus.acts["lift_sanctions"]
    assert set(lift.roles[0].allowed or ()).isdisjoint(lift.roles[1].allowed or ())


def test_sanctions_are_not_an_agreement_that_can_be_renounced(caucasus: Scenario, made: Compiled) -> None:
    bitter = with_relations(
        made.board, {f"{one} -> {other}": -90.0 for one, other in permutations(made.board.states, 2)}
    )
    free = permitted(bitter, start_world(bitter))[0, :, bitter.acts.act("abrogate")]
    assert not free[bitter.state("usa"), bitter.state("iran")]
    assert free[bitter.state("russia"), bitter.state("armenia")]


def test_no_lesser_pact_is_signed_under_a_defence_pact(legal: set[tuple[str, str, str]], caucasus: Scenario) -> None:
    lesser = {"non_aggression_pact", "neutrality_pact", "consultation_pact"}
    allies = [set(agreement.members) for agreement in caucasus.agreements.values() if agreement.kind == "defence_pact"]
    assert [each for each in legal if each[1] in lesser and any({each[0], each[2]} <= pact for pact in allies)] == []


def test_where_there_is_no_ambassador_none_is_summoned_or_recalled(
    legal: set[tuple[str, str, str]], caucasus: Scenario
) -> None:
    apart = [set(agreement.members) for agreement in caucasus.agreements.values() if agreement.kind == "recalled_envoy"]
    channels = {"summon_envoy", "protest", "recall_envoy", "expel_diplomats"}
    assert apart
    assert [each for each in legal if each[1] in channels and {each[0], each[2]} in apart] == []


def test_the_table_states_relations_with_all_agreements_in_force(caucasus: Scenario, made: Compiled) -> None:
    relation = relations(made.board, start_world(made.board))[0]
    sure = {pair: each.score.central for pair, each in caucasus.relations.items() if each.score.form == "constant"}
    assert len(sure) > 100
    assert {pair: relation[made.board.state(pair[0]), made.board.state(pair[1])] for pair in sure} == pytest.approx(
        sure
    )


def test_states_mostly_talk_sometimes_trade_and_seldom_harm(caucasus: Scenario) -> None:
    draws = Draws.of(*range(16))
    match = compiled(caucasus, draws)
    board, parameters = match.board, match.parameters
    reasoner, world = Reasoner(board, parameters["reasoner"]), start_world(board, 16)
    told: Counter[str] = Counter()
    for _ in range(caucasus.turns):
        world, _ledger = turn.opening(board, world, parameters, draws)
        orders = decided(reasoner, {}, board, world, draws)
        answers = answered(reasoner, {}, board, world, orders, draws)
        told.update(board.acts.names[act] for act in orders.act[orders.act >= 0])
        world, _ledger = turn.step(board, world, orders, answers, parameters, draws)
    share = dict.fromkeys(QUARTERS, 0.0)
    for act, count in told.items():
        mode = (caucasus.acts[act].plover or "").partition("/")[0]
        quarter = next(name for name, modes in QUARTERS.items() if mode in modes)
        share[quarter] += 100.0 * count / told.total()
    assert 65 <= share["agreeable words"] <= 75
    assert 8 <= share["material help"] <= 15
    assert 10 <= share["hard words"] <= 25
    assert share["material harm"] <= 5
