"""Pledges, offices, trust, secrets, claims and crises: how they are read, what is refused, what becomes of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from game.kernel.catalogue import ACTOR, NONE, TARGET
from game.kernel.conditions import ACTOR as GIVER
from game.kernel.conditions import TARGET as HOLDER
from game.kernel.conditions import Did, Group, Those
from game.kernel.orders import PRIVATE, PUBLIC, STANCES
from game.kernel.world import (
    FOREVER,
    NEVER,
    OPEN,
    RUMOURED,
    Board,
    start_world,
)
from game.scenario import read, spec
from game.scenario.build.catalogue import catalogue_of
from game.scenario.compile import Compiled, compiled
from tests.scenario.examples import merged

WHOLE = Path(__file__).parents[1] / "findings" / "ok" / "everything.yaml"


@pytest.fixture(scope="module")
def whole() -> spec.Scenario:
    scenario = read(WHOLE, audience="strict").scenario
    assert scenario is not None
    return scenario


@pytest.fixture(scope="module")
def board(whole: spec.Scenario) -> Board:
    return compiled(whole).board


def made(changes: str) -> Compiled:
    reading = read(merged(changes))
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return compiled(reading.scenario)


def found(changes: str) -> list[tuple[str, str | None]]:
    return [(each.code, each.help) for each in read(merged(changes)).findings]


def test_a_kind_of_pledge_is_read_with_all_its_parts(whole: spec.Scenario) -> None:
    kind = whole.pledge_kinds["no_cutting"]
    assert (kind.name, kind.turns, kind.doc) == ("No cutting of cables", 36, "The cables lie safe.")
    assert (kind.verifiable, kind.reliability, kind.gravity, kind.shelters) == (0.8, 0.7, 9, 0.1)
    (breach,) = kind.breach
    assert isinstance(breach.node, Group)
    assert breach.node.members[2] == Did(
        Those("rivals", "holder"), Those("others", "", ("giver", "holder")), "cut_cable"
    )


def test_a_kind_of_the_catalogue_changes_only_in_what_is_stated(whole: spec.Scenario) -> None:
    ours, theirs = whole.pledge_kinds["no_attack"], catalogue_of("standard").pledge_kinds["no_attack"]
    assert (ours.turns, ours.breach, ours.gravity) == (12, theirs.breach, theirs.gravity)
    assert theirs.turns != 12


def test_the_breach_of_a_pledge_is_over_actor_and_target_once_compiled(board: Board) -> None:
    kinds = board.pledges
    assert kinds.breach[kinds.names.index("no_attack")] == Did(GIVER, HOLDER, "limited_strike")
    assert kinds.turns[kinds.names.index("no_cutting")] == 36


def test_a_breach_of_ones_own_on_an_undeclared_attribute_is_an_error() -> None:
    kinds = "pledge_kinds:\n  modest: {name: Modest, breach: [giver.gdp > 3], reliability: 0.5}"
    assert found(kinds) == [("R002", "there is military")]


def test_pledges_in_force_at_the_start_stand_from_giver_to_holder(board: Board) -> None:
    world = start_world(board)
    attack, cutting = (board.pledges.names.index(name) for name in ("no_attack", "no_cutting"))
    ada, bora, cyra = range(3)
    assert world.pledges[0, attack, ada, bora] == 20
    assert world.pledges[0, cutting, cyra, ada] == FOREVER
    assert (world.pledges > 0).sum() == 2
    assert (world.pledged_on[world.pledges > 0] == 0).all()
    assert (world.pledged_on[world.pledges == 0] == NEVER).all()
    assert (world.solemnity == (world.pledges > 0)).all()


def test_the_record_of_trust_is_what_the_first_has_seen_of_the_second(board: Board) -> None:
    world = start_world(board)
    assert (world.kept[0, 1, 0], world.broken[0, 1, 0]) == (1.0, 2.0)
    assert (world.kept[0, 0, 1], world.broken[0, 0, 1]) == (0.0, 0.0)
    assert (world.kept[0, 0, 2], world.kept[0, 2, 0]) == (3.0, 3.0)


def test_offices_are_the_catalogues_then_the_files_own(board: Board) -> None:
    offices = board.offices
    assert offices.names == (*catalogue_of("standard").offices, "admiral")
    assert offices.names[0] == "government"
    assert offices.weight[offices.names.index("envoy")] == pytest.approx(0.6, abs=1e-5)
    assert offices.cost[offices.names.index("admiral")] == pytest.approx(1.1, abs=1e-5)


def test_without_a_catalogue_the_government_speaks() -> None:
    text = merged("turns: 12").replace("catalogue: standard\n", "")
    scenario = read(text).scenario
    assert scenario is not None
    assert compiled(scenario).board.offices.names == ("government",)


def test_those_who_say_nothing_take_the_side_that_the_world_recognises() -> None:
    states = "states:\n" + "".join(f"  {name}: {{name: {name}}}\n" for name in ("ada", "bora", "cyra", "dora"))
    strait = "{name: x, kind: territory, held_by: ada, claimed_by: bora, tension: 40, recognised: bora%s}"
    start = start_world(made(f"{states}disputes:\n  strait: {strait % ', recognised_by: {cyra: ada}'}").board)
    # ada holds it and takes its own side, cyra ada's too; bora claims it, and dora follows the world.
    assert start.recognition[0, 0].tolist() == [-1.0, 1.0, -1.0, 1.0]
    assert start.holder[0].tolist() == [0]
    silent = start_world(
        made(f"{states}disputes:\n  strait: {strait.replace('recognised: bora', 'stake: 2') % ''}").board
    )
    assert silent.recognition[0, 0].tolist() == [-1.0, 1.0, 0.0, 0.0]


def test_a_security_dispute_is_held_by_nobody_and_counts_by_its_stake(board: Board) -> None:
    world = start_world(board)
    assert world.holder[0].tolist() == [0, NEVER]
    assert [each.stake for each in board.disputes] == [1.5, 1.0]


def test_what_a_agreement_delivers_and_opens_is_in_its_kind(board: Board) -> None:
    kinds = board.agreements
    assert kinds.every[kinds.names.index("arms_supply")] == 6
    assert kinds.intrusion[kinds.names.index("basing")] == 1.0
    assert kinds.guarantee[kinds.names.index("defence_pact")] == 1.0
    assert kinds.mediates[kinds.names.index("mediation")]


def test_an_agreement_at_the_start_has_its_volume_and_its_purpose(board: Board) -> None:
    world, cable, trade = (
        start_world(board),
        board.agreements.names.index("cable"),
        board.agreements.names.index("trade"),
    )
    assert (world.volume[0, cable, 0, 1], world.purpose[0, cable, 0, 1]) == (1.5, 0)
    assert (world.volume[0, trade, 1, 0], world.purpose[0, trade, 1, 0]) == (1.0, NONE)
    assert (world.volume[world.agreements == 0] == 0.0).all()


def test_what_acts_do_to_agreements_is_compiled(board: Board) -> None:
    acts, agreements, pledges = board.acts, board.agreements.names, board.pledges.names

    def column(name: str, act: str) -> int:
        return int(getattr(acts, name)[acts.act(act)])

    assert acts.act("lay_cable") in acts.secrets
    assert acts.pledges[acts.act("lay_cable")].tolist() == [pledges.index("no_cutting"), NONE]
    assert acts.pledges[acts.act("praise")].tolist() == [NONE, NONE]
    assert column("suspends", "switch_off") == column("resumes", "switch_on") == agreements.index("cable")
    assert (column("discloses", "own_up"), column("discloses", "wave_off"), column("discloses", "praise")) == (1, -1, 0)
    assert (column("cedes", "leave"), column("cedes", "praise")) == (1, 0)
    assert (column("recognises", "leave"), column("recognises", "praise")) == (TARGET, NONE)
    assert (column("credible", "swear"), column("force", "cut_cable"), column("force", "praise")) == (1, 1, 0)


def test_effects_on_the_subject_of_a_statement_stand_by_party_and_direction(board: Board) -> None:
    acts, memories = board.acts, board.memories.names
    effect = acts.subject[0, acts.act("swear")]
    # subject -> speaker: {mood: -1}, hearer -> subject: {memory: -1}
    assert effect[memories.index("mood"), ACTOR].tolist() == [-1.0, 0.0]
    assert effect[memories.index("memory"), TARGET].tolist() == [0.0, -1.0]
    assert np.abs(effect).sum() == 2.0


def test_what_events_have_done_says_how_and_before_whom(board: Board) -> None:
    effects = board.events[0].effects
    sign, praise, cut = effects.actions
    assert (sign.secret, sign.purpose, sign.audience) == (True, 0, PUBLIC)
    assert (praise.audience, praise.about) == (PRIVATE, 2)
    assert board.offices.names[praise.office] == "envoy"
    assert (cut.secret, cut.office, cut.about, cut.purpose) == (False, 0, NONE, NONE)


def test_events_give_pledges_and_bring_secrets_out_and_move_claims(board: Board) -> None:
    effects = board.events[0].effects
    (pledge,) = effects.pledges
    assert (board.pledges.names[pledge.kind], pledge.giver, pledge.holder, pledge.turns) == ("no_attack", 2, 0, 24)
    assert effects.disclosures == ((RUMOURED, 0, 1), (OPEN, 0, 2), (OPEN, 1, 2))
    assert effects.cessions == ((0, 1),)
    assert effects.recognitions == ((0, 2, 1.0),)
    assert effects.crises == ((1, 2),)


def test_a_pledge_of_an_event_lasts_as_long_as_its_kind_unless_it_says_otherwise() -> None:
    event = "events:\n  vow: {headline: x, at: 1, effects: {pledge: {kind: %s, giver: ada, to: bora}}}\n"
    kinds = "pledge_kinds:\n  ever: {name: For ever, breach: at_war(giver), reliability: 0.5}\n"
    (brief,) = made(event % "no_attack").board.events[0].effects.pledges
    (ever,) = made(kinds + event % "ever").board.events[0].effects.pledges
    assert (brief.turns, ever.turns) == (catalogue_of("standard").pledge_kinds["no_attack"].turns, FOREVER)


def test_a_comment_is_news_without_effects(board: Board) -> None:
    names = [each.name for each in board.events]
    assert [each.comment for each in board.events] == [name == "doubt" for name in names]


ACT = "acts:\n  wave: {kind: %s, roles: {one: any, other: any}%s}"
QUOTED = "a condition with ': ' in it must be quoted"
DISPUTE = "disputes:\n  strait: {name: x, kind: territory, held_by: ada, claimed_by: bora, tension: 40%s}"
THREE = "states:\n  ada: {name: Ada}\n  bora: {name: Bora}\n  cyra: {name: Cyra}\n"


def event(effects: str) -> str:
    return f"events:\n  storm: {{headline: x, at: 1, effects: {{{effects}}}}}"


SLIPS = [
    (ACT % ("deal", ", pledges: {on: no_attack}"), "R001", "did you mean 'one'?"),
    (ACT % ("deal", ", pledges: {one: no_atack}"), "R001", "did you mean 'no_attack'?"),
    (ACT % ("deed", ", suspends: arms_suply"), "R001", "did you mean 'arms_supply'?"),
    (ACT % ("deed", ", resumes: nothing_of_it"), "R001", None),
    (ACT % ("statement", ", recognises: othr"), "R001", "did you mean 'other'?"),
    (ACT % ("statement", ", discloses: denny"), "S006", "did you mean 'deny'?"),
    (ACT % ("deed", ", discloses: deny"), "S015", "write kind: statement"),
    (ACT % ("statement", ", terms: {secrecy: true}"), "S015", "drop it; an order says audience=private"),
    (ACT % ("deed", ", force: yes"), "S003", "write true"),
    (ACT % ("deed", ", effects: {rivals of subject -> one: {mood: 1}}"), "R001", None),
    (ACT % ("deed", ", effects: {subject -> bora: {mood: 1}}"), "S026", "write 'subject -> one: {mood: -2}'"),
    ("pledge_kinds:\n  x: {name: X, breach: [did(giver -> ada: wave)], reliability: 0.5}", "C006", QUOTED),
    ("pledge_kinds:\n  x: {name: X, breach: [at_war(actor)], reliability: 0.5}", "R001", None),
    ("pledge_kinds:\n  x: {name: X, breach: at_war(giver), reliability: 74%}", "S009", "write 0.74"),
    ("pledge_kinds:\n  x: {name: X, breach: at_war(giver), reliability: 1.2}", "S005", None),
    ("pledge_kinds:\n  x: {name: X, reliability: 0.5}", "S002", None),
    ("pledge_kinds:\n  no_attack: {turn: 12}", "S001", "did you mean 'turns'?"),
    ("pledges:\n  p: {kind: no_atack, giver: ada, to: bora}", "R001", "did you mean 'no_attack'?"),
    ("pledges:\n  p: {kind: no_attack, giver: ada, to: ada}", "S030", "name two states"),
    ("pledges:\n  p: {kind: no_attack, giver: ada, holder: bora}", "S001", None),
    ("pledges:\n  p: {kind: no_attack, giver: ada, to: bora, since: 2013}", "L008", "have it given by an event"),
    ("trust:\n  ada: {kept: 1}", "S039", "write ada -> b"),
    ("trust:\n  ada -> ada: {kept: 1}", "T002", "name two states"),
    ("trust:\n  ada -> bara: {kept: 1}", "R001", "did you mean 'bora'?"),
    ("trust:\n  ada -> bora: {kept: -1}", "S005", None),
    ("trust:\n  ada <-> bora: {kept: 1}\n  bora -> ada: {kept: 2}", "T007", "state it in one line"),
    ("offices:\n  clerk: {name: A clerk, weigth: 1}", "S001", "did you mean 'weight'?"),
    (DISPUTE % ", recognised: cyra", "R001", None),
    (THREE + DISPUTE % ", recognised: cyra", "S031", "its parties are ada and bora"),
    (THREE + DISPUTE % ", recognised_by: {cyra: cyra}", "S031", "its parties are ada and bora"),
    (
        THREE + DISPUTE % ", recognised_by: {bora: ada}",
        "S031",
        "leave it out; an event may have it recognise the other",
    ),
    (DISPUTE % ", stake: -1", "S005", None),
    ("agreements:\n  t: {kind: trade, members: [ada, bora], purpose: strat}", "R001", "did you mean 'strait'?"),
    ("agreement_kinds:\n  basing: {intrusion: 2}", "S005", None),
    (event("act: {act: praise, speaker: ada, target: bora, audiance: private}"), "S001", "did you mean 'audience'?"),
    (event("act: {act: praise, speaker: ada, target: bora, audience: bora}"), "S030", "name a third state"),
    (event("act: {act: praise, speaker: ada, target: bora, about: ada}"), "S030", "name a third state"),
    (event("act: {act: praise, speaker: ada, target: bora, office: envoi}"), "R001", "did you mean 'envoy'?"),
    (event("act: {act: praise, speaker: ada, target: bora, secret: true}"), "S033", "leave it out"),
    (event("act: {act: praise, speaker: ada, target: bora, purpose: strait}"), "S033", "leave it out"),
    (event("sign: {act: trade_agreement, proposer: ada, partner: bora, audience: private}"), "S033", "leave it out"),
    (
        event("sign: {act: trade_agreement, proposer: ada, partner: bora, purpose: strat}"),
        "R001",
        "did you mean 'strait'?",
    ),
    (event("pledge: {kind: no_attack, giver: ada, to: ada}"), "S030", "name two states"),
    (event("pledge: {kind: no_attack, giver: ada}"), "S002", None),
    (event("pledge: no_attack"), "S003", None),
    (event("rumour: {members: [ada]}"), "S007", None),
    (event("reveal: {members: [ada, ada]}"), "S030", "name two states"),
    (event("reveal: [ada]"), "S029", None),
    (event("cede: {dispute: strat, to: bora}"), "R001", "did you mean 'strait'?"),
    (THREE + DISPUTE % "" + "\n" + event("cede: {dispute: strait, to: cyra}"), "S031", "its parties are ada and bora"),
    (
        "disputes:\n  row: {name: x, kind: security, parties: [ada, bora], tension: 4}\n"
        + event("cede: {dispute: row, to: ada}"),
        "S035",
        "name a dispute over territory",
    ),
    (event("recognise: {dispute: strait, state: ada, side: ada, for: ever}"), "S001", None),
    (THREE + DISPUTE % "" + "\n" + event("recognise: {dispute: strait, state: ada, side: cyra}"), "S031", None),
    (event("crisis: {dispute: strait, rung: 7}"), "S005", None),
    (event("crisis: {dispute: strait, rung: 1.5}"), "S003", None),
    (event("pladge: {kind: no_attack, giver: ada, to: bora}"), "S013", "did you mean 'pledge'?"),
    ("events:\n  storm: {headline: x, at: 1, comment: true, effects: {strait.tension: 1}}", "S015", None),
    ("states:\n  giver: {name: Ada}\n  bora: {name: Bora}\ndisputes: {}\nrelations: {}", "S021", "choose another id"),
    (ACT.replace("one:", "office:") % ("deed", ""), "S008", None),
]


@pytest.mark.parametrize(("changes", "code", "help_"), SLIPS)
def test_a_mistake_is_one_finding_with_the_nearest_name(changes: str, code: str, help_: str | None) -> None:
    assert [each[0] for each in found(changes)] == [code]
    if help_ is not None:
        assert found(changes)[0][1] == help_


@pytest.mark.parametrize("stance", STANCES)
def test_no_act_is_called_like_a_choice_in_a_crisis(stance: str) -> None:
    assert found((ACT % ("deed", "")).replace("wave", stance)) == [("S021", "choose another id")]


def test_an_act_within_an_act_has_no_effects_of_events() -> None:
    for special in ("pledge", "rumour", "reveal", "cede", "recognise", "crisis"):
        assert [each[0] for each in found(ACT % ("deed", f", effects: {{{special}: {{}}}}"))] == ["S022"]


def test_a_kind_of_pledge_that_could_not_be_read_takes_no_other_finding_with_it() -> None:
    kinds = "pledge_kinds:\n  hush: {name: Hush, breach: at_war(giver), reliability: often}\n"
    assert [each[0] for each in found(kinds + "pledges:\n  p: {kind: hush, giver: ada, to: bora}")] == ["S003"]
