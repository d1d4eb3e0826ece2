"""The content that ships: scenarios without findings, and a standard catalogue that keeps to the scores it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from game import scenario
from game.dossier import read_dossier
from game.files import dossier_path, shipped_scenarios
from game.scenario.spec import Act, RegardEffect, Scenario

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
    alert mobilise limited_strike withdraw abrogate
"""


@pytest.fixture(scope="module")
def caucasus() -> Scenario:
    return scenario.load("south-caucasus-2012")


@pytest.fixture(scope="module")
def acts(caucasus: Scenario) -> Sequence[Act]:
    return tuple(caucasus.acts.values())


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
    assert [act.id for act in acts if act.pause < 3] == []


def test_a_friendly_act_never_angers_its_target_nor_a_hostile_one_please_it(acts: Sequence[Act]) -> None:
    wrong = [
        (act.id, effect.amount.central)
        for act in acts
        for effect in act.effects
        if isinstance(effect, RegardEffect)
        and effect.source.selector is None
        and (effect.source.name, effect.target.name) == (act.roles[1].name, act.roles[0].name)
        and effect.amount.central * act.weight < 0
    ]
    assert wrong == []


def test_hostile_acts_ask_for_some_hostility_first(acts: Sequence[Act]) -> None:
    free = [act.id for act in acts if act.weight < 0 and not act.requires]
    assert free == ["enrich_further"]  # which is aimed at its own nation first


def test_only_armenia_and_azerbaijan_may_strike(caucasus: Scenario) -> None:
    strike = caucasus.acts["limited_strike"]
    assert [sorted(role.allowed or ()) for role in strike.roles] == [["armenia", "azerbaijan"]] * 2


def test_the_scenario_and_its_dossier_name_the_same_states(caucasus: Scenario) -> None:
    dossier = read_dossier(dossier_path(caucasus.dossier or ""))
    assert dossier.scenario == caucasus.id
    assert set(dossier.states) == set(caucasus.states)


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
