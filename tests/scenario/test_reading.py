"""What the public functions promise, and what a file becomes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from game import files
from game.errors import GameError, UnknownName
from game.kernel.conditions import (
    Arithmetic,
    Attribute,
    Comparison,
    Flag,
    Group,
    Number,
    Pact,
    Relation,
    Turn,
)
from game.scenario import (
    check,
    load,
    read,
    spec,
)
from game.scenario.build.catalogue import catalogue_of
from game.scenario.findings.finding import Audience, ScenarioError
from tests.scenario.examples import BASE, merged

WHOLE = Path(__file__).parents[1] / "findings" / "ok" / "everything.yaml"


@pytest.fixture(scope="module")
def whole() -> spec.Scenario:
    scenario = read(WHOLE, audience="strict").scenario
    assert scenario is not None
    return scenario


def scenario_of(changes: str) -> spec.Scenario:
    reading = read(merged(changes))
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return reading.scenario


def found(changes: str, audience: Audience = "author") -> list[str]:
    reading = read(merged(changes), audience=audience)
    return [each.code for each in reading.findings]


def test_importing_the_package_loads_no_yaml() -> None:
    program = "import sys, game.scenario; print('yaml' in sys.modules, 'numpy' in sys.modules)"
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert said.stdout == "False False\n"


def test_text_bytes_and_a_path_are_read_alike() -> None:
    text = WHOLE.read_text(encoding="utf-8")
    readings = [read(source, path="x") for source in (text, text.encode(), WHOLE, b"\xef\xbb\xbf" + text.encode())]
    assert all(each == readings[0] for each in readings)


def test_a_missing_file_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.yaml")


def test_a_shipped_scenario_is_loaded_by_its_name_in_either_spelling() -> None:
    assert load("classroom-triad") == load("classroom_triad")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean 'classroom-triad'"):
        load("clasroom-triad")


def test_a_scenario_with_errors_is_not_loaded_but_says_them(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(BASE.replace("turns: 12", "turns: many"), encoding="utf-8")
    with pytest.raises(ScenarioError) as raised:
        load(path)
    assert [str(each) for each in raised.value.findings] == [
        f"{path}:5:8: error[S003] " + raised.value.findings[0].message
    ]
    assert check(path) == raised.value.findings


@pytest.mark.parametrize("name", files.shipped_scenarios())
def test_every_shipped_scenario_is_faultless_under_the_strictest_reading(name: str) -> None:
    assert [str(each) for each in read(files.scenario_path(name), audience="strict").findings] == []


def test_what_plays_is_shown_nothing_that_does_not_stop_it() -> None:
    changes = "sources: {invented: {cite: x}, idle: {cite: x}}\ndisputes: {}"
    assert found(changes, "play") == []
    assert found(changes, "author") == ["L001"]


def test_numbers_without_a_source_are_missed_by_the_strict_only() -> None:
    changes = "states:\n  ada: {name: Ada, stats: {military: 3}}\n  bora: {name: Bora}"
    assert found(changes) == []
    assert found(changes, "strict") == ["L012"]


def test_there_is_no_scenario_exactly_when_there_is_an_error() -> None:
    assert read(BASE.replace("turns: 12", "turns: 0")).scenario is None
    assert read(merged("sources: {invented: {cite: x}, idle: {cite: x}}")).scenario is not None


def test_the_table_is_read_row_by_column(whole: spec.Scenario) -> None:
    assert whole.relations["ada", "bora"].score.central == -20
    assert whole.relations["bora", "ada"].score.central == -35.5
    assert whole.relations["bora", "cyra"].score.central == 10


def test_a_relation_points_at_its_cell(whole: spec.Scenario) -> None:
    span = whole.relations["bora", "ada"].span
    line = whole.text.split("\n")[span.line - 1]
    assert line[span.column - 1 : span.end_column - 1] == "-35.5"


def test_an_uncertain_relation_is_spread_around_what_is_stated(whole: spec.Scenario) -> None:
    score = whole.relations["ada", "bora"].score
    assert (score.form, score.first, score.second, score.path) == ("normal", -20, 5, "relations.ada -> bora")
    assert whole.relations["ada", "cyra"].score.form == "triangle"


@pytest.mark.parametrize(
    ("written", "form", "central"),
    [
        ("40", "constant", 40),
        ("{mean: 40, sd: 3}", "normal", 40),
        ("{low: 10, mode: 30, high: 90}", "triangle", 30),
        ("{low: 10, high: 20}", "flat", 15),
    ],
)
def test_a_number_may_be_a_spread(written: str, form: str, central: float) -> None:
    scenario = scenario_of(f"states:\n  ada: {{name: Ada, stats: {{military: {written}}}}}\n  bora: {{name: Bora}}")
    spread = scenario.states["ada"].stats["military"]
    assert (spread.form, spread.central, spread.path) == (form, central, "states.ada.stats.military")


def test_an_act_is_read_with_all_its_parts(whole: spec.Scenario) -> None:
    act = whole.acts["lay_cable"]
    assert [role.name for role in act.roles] == ["layer", "receiver"]
    assert [role.allowed for role in act.roles] == [None, ("bora", "cyra")]
    assert act.value == spec.Value("km", 1, 900, 100)
    assert (act.signs, act.turns, act.cost, act.cooldown, act.cameo) == ("cable", 24, 1, 6, "061")
    assert act.requires[0].node == Comparison(">=", Relation("receiver", "layer"), Number(0))
    group = act.requires[1].node
    assert isinstance(group, Group)
    assert group.members[1] == Pact("layer", "receiver", "trade")
    assert group.members[2] == Group("none", (Comparison(">", Turn(), Number(12)), Flag("alarm")))
    assert len(act.requires[1].leaves) == 4


def test_both_directions_of_an_effect_are_effects_with_draws_of_their_own(whole: spec.Scenario) -> None:
    effects = [each for each in whole.acts["arms_package"].effects if isinstance(each, spec.RelationEffect)]
    memory = [each for each in effects if each.memory == "memory" and each.source.selector is None]
    assert [(each.source.name, each.target.name) for each in memory] == [("seller", "buyer"), ("buyer", "seller")]
    assert len({each.amount.path for each in memory}) == 2


def test_onlookers_are_selected_by_their_relation(whole: spec.Scenario) -> None:
    effects = [each for each in whole.acts["arms_package"].effects if isinstance(each, spec.RelationEffect)]
    assert spec.Party("rivals", "seller") in [each.source for each in effects]
    assert spec.Party("others", "") in [each.source for each in effects]


def test_what_an_event_does_is_read_in_order(whole: spec.Scenario) -> None:
    sign, praise, cut, end, flag = whole.events["deal"].effects[:5]
    assert isinstance(sign, spec.ActEffect)
    assert (sign.act, sign.actor, sign.target) == ("lay_cable", "ada", "bora")
    assert sign.value is not None
    assert sign.value.central == 100
    assert isinstance(praise, spec.ActEffect)
    assert isinstance(cut, spec.ActEffect)
    assert (cut.act, cut.actor, cut.target, cut.value) == ("cut_cable", "cyra", "ada", None)
    assert isinstance(end, spec.BreakEffect)
    assert (end.kind, end.first, end.second) == (None, "ada", "cyra")
    assert isinstance(flag, spec.FlagEffect)
    assert (flag.flag, flag.value) == ("alarm", True)


def test_triggers_are_read_in_each_form(whole: spec.Scenario) -> None:
    triggers = {name: event.trigger for name, event in whole.events.items()}
    at = triggers["deal"].at
    assert isinstance(at, spec.Date)
    assert (at.year, at.month, at.day) == (2012, 3, 1)
    assert triggers["late"].at == 20
    envoy = triggers["envoy"]
    assert (envoy.after_act, envoy.after_actor, envoy.after_target, envoy.delay) == ("lay_cable", "ada", None, 1)
    assert (triggers["echo"].after_event, triggers["echo"].delay) == ("envoy", 2)
    assert triggers["visit"].window is not None
    assert (triggers["visit"].window.first, triggers["visit"].window.second) == (3, 8)


def test_random_events_repeat_and_others_do_not_unless_they_say_so() -> None:
    events = scenario_of(
        "events:\n  storm: {headline: x, text: x, mean_turns: 3}\n  once: {headline: x, text: x, at: 1}"
    ).events
    assert (events["storm"].repeats, events["once"].repeats) == (True, False)


def test_a_chance_is_a_share(whole: spec.Scenario) -> None:
    assert whole.events["envoy"].chance.central == 0.8
    assert whole.events["deal"].chance.central == 1
    assert whole.events["echo"].chance.second == 0.9


def test_options_have_effects_and_weights(whole: spec.Scenario) -> None:
    defy, bend = whole.events["envoy"].options
    assert (defy.id, defy.weight, bend.weight, len(defy.effects), bend.effects) == ("defy", 3, 1, 3, ())
    assert isinstance(defy.effects[2], spec.AttributeEffect)
    assert defy.effects[2].absolute


def test_power_is_a_formula_over_the_actor(whole: spec.Scenario) -> None:
    double = Arithmetic("*", Attribute("actor", "military"), Number(2))
    assert whole.power == Arithmetic("+", double, Arithmetic("/", Attribute("actor", "gdp"), Number(10)))


def test_memories_and_clocks_have_the_models_defaults() -> None:
    scenario = scenario_of("turns: 3")
    assert {name: memory.half_life for name, memory in scenario.memories.items()} == {
        "mood": 2,
        "memory": 24,
        "scar": 120,
    }
    assert (scenario.turn, scenario.orders, scenario.income, scenario.carry) == ("month", 3, 4, 2)


def test_an_objective_without_a_label_is_said_in_words(whole: spec.Scenario) -> None:
    public, hidden = whole.objectives["ada"]
    assert (public.label, public.hidden, hidden.hidden) == ("Bora likes us", False, True)
    assert hidden.label == "tension over The strait is below 20 and A cable is in force between Ada and Bora"


def test_a_pledge_and_an_act_are_not_mistaken_for_an_agreement_of_the_same_id() -> None:
    objective = '{when: ["pledge(ada -> bora: neutrality)", "did(bora -> ada: mediation)"], points: 1}'
    (found,) = scenario_of(f"objectives:\n  ada: {{public: [{objective}]}}").objectives["ada"]
    catalogue = catalogue_of("standard")
    pledge, act = catalogue.pledge_kinds["neutrality"].name, catalogue.acts["mediation"].name
    assert found.label == f"Ada has pledged {pledge} to Bora and Bora has just done this to Ada: {act}"
    assert pledge != catalogue.agreement_kinds["neutrality"].name


def test_the_ids_of_everything_are_as_written(whole: spec.Scenario) -> None:
    assert list(whole.states) == ["ada", "bora", "cyra"]
    assert whole.flags == ("alarm",)
    assert whole.disputes["reactor"].parties == ("ada", "bora")
    assert whole.disputes["strait"].parties == ("ada", "bora")
    assert whole.agreements["old_pact"].members == ("ada", "bora", "cyra")
    assert whole.parameters["balance.anchor"].central == 1
    assert whole.map["view"] == {"west": 33, "south": 24, "east": 63, "north": 44}


def test_an_act_that_states_no_kind_changes_the_catalogues() -> None:
    standard = catalogue_of("standard").acts["praise"]
    praise = scenario_of("acts:\n  praise: {cost: 7}").acts["praise"]
    assert praise.cost == 7
    assert (praise.effects, praise.requires, praise.text) == (standard.effects, standard.requires, standard.text)


def test_an_act_that_states_its_kind_replaces_the_catalogues() -> None:
    acts = scenario_of("acts:\n  praise: {kind: statement, roles: {a: any, b: any}}").acts
    assert [role.name for role in acts["praise"].roles] == ["a", "b"]
    assert acts["praise"].effects == ()


def test_a_changed_act_keeps_the_names_of_its_roles() -> None:
    assert found("acts:\n  praise: {roles: {a: any, b: any}}") == ["S034"]


def test_what_the_catalogue_says_of_undeclared_attributes_is_left_out() -> None:
    changes = "attributes: {}\nstates:\n  ada: {name: Ada}\n  bora: {name: Bora}"
    scenario = scenario_of(changes)
    kinds = [each for act in scenario.acts.values() for each in (*act.effects, *act.refused)]
    assert not [each for each in kinds if isinstance(each, spec.AttributeEffect)]
    assert not [kind for kind in scenario.agreement_kinds.values() if kind.delivers]
    assert [
        each for each in catalogue_of("standard").acts["arms_package"].effects if isinstance(each, spec.AttributeEffect)
    ]


def test_an_own_act_on_an_undeclared_attribute_is_an_error() -> None:
    act = "{kind: deed, roles: {a: any, b: any}, effects: {a.gdp: 3}}"
    assert found(f"acts:\n  grow: {act}") == ["R002"]


def test_memories_that_lack_what_the_catalogue_writes_to_are_an_error() -> None:
    assert found("memories: {mood: {half_life: 2}}") == ["S038"]


def test_a_catalogue_with_errors_is_raised_loudly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text("format: 1\ncatalogue: faulty\nacts:\n  wave: {kind: greeting}\n", encoding="utf-8")
    monkeypatch.setattr(files, "catalogue_path", lambda name: path)
    with pytest.raises(GameError, match=r"faulty\.yaml:4:16: error\[S006\]"):
        catalogue_of("faulty")


def test_the_same_mistake_is_one_finding_however_much_depends_on_it() -> None:
    state = "states:\n  ada: {name: Ada, personallity: x, stats: {military: 3}}\n  bora: {name: Bora}"
    assert found(state) == ["S001"]
    strait = "disputes:\n  strait: {name: x, kind: teritory, tension: 3}\n"
    assert found(strait + "endings: {war: {when: [strait.tension > 3], text: x}}") == ["S006"]


def test_a_section_with_a_syntax_error_keeps_the_rest_from_no_finding() -> None:
    text = merged("states:\n  ada: {name: Ada\n  bora: {name: Bora}\nturns: many")
    assert [each.code for each in read(text).findings] == ["Y027", "S003"]


LINES = WHOLE.read_text(encoding="utf-8").split("\n")


def with_line(number: int, line: str) -> str:
    return "\n".join([*LINES[:number], line, *LINES[number + 1 :]])


INDENTED = [number for number, line in enumerate(LINES) if line.startswith(" ") and line.strip()]


def test_a_bracket_lost_anywhere_is_one_finding() -> None:
    for number, line in enumerate(LINES):
        if "}" in line:
            assert len(read(with_line(number, line.replace("}", "", 1))).findings) == 1, line


def test_a_tab_anywhere_is_one_finding_on_its_line() -> None:
    for number in INDENTED:
        found = read(with_line(number, "\t" + LINES[number].lstrip())).findings
        assert [(each.code, each.span.line) for each in found] == [("Y021", number + 1)]


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_line_out_of_place_is_at_most_one_finding(shift: int) -> None:
    for number in INDENTED:
        line = LINES[number]
        findings = read(with_line(number, " " + line if shift > 0 else line[1:])).findings
        assert len(findings) <= 1, line
        assert {each.code for each in findings} <= {"Y024", "Y028"}, line


def test_a_colon_lost_at_the_head_of_a_block_is_one_finding() -> None:
    for number, line in enumerate(LINES):
        if line.endswith(":"):
            found = read(with_line(number, line[:-1])).findings
            assert [each.severity for each in found] == ["error"], line
            assert abs(found[0].span.line - number - 1) <= 1, line
