from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kernel.conditions import (
    MEASURES,
    TESTS,
    Arithmetic,
    Attribute,
    AtWar,
    Border,
    Comparison,
    Condition,
    Crisis,
    Depth,
    Did,
    Ended,
    Flag,
    Group,
    Happened,
    Holds,
    Number,
    Pact,
    Pledge,
    Recognises,
    Relation,
    Rumour,
    Rung,
    Suspended,
    Suspicion,
    Tension,
    Those,
    Trust,
    Turn,
    text,
)
from game.scenario.build.conditions import ConditionMistake, Scope, parse_amount, parse_assertion, parse_condition
from game.scenario.build.sentences import sentence
from game.scenario.schema.names import Names

NAMES = Names(
    {
        "state": frozenset({"iran", "israel", "azerbaijan"}),
        "attribute": frozenset({"military", "gdp"}),
        "dispute": frozenset({"karabakh"}),
        "event": frozenset({"clash"}),
        "ending": frozenset({"war"}),
        "flag": frozenset({"alarm"}),
        "agreement kind": frozenset({"trade"}),
        "pledge kind": frozenset({"no_attack"}),
        "act": frozenset({"praise", "strike"}),
    }
)


BRACKETED = [
    ("did(iran -> israel: strike)", Did("iran", "israel", "strike")),
    ("did(iran -> rivals of israel: strike)", Did("iran", Those("rivals", "israel"), "strike")),
    ("did(friends of iran -> israel: praise)", Did(Those("friends", "iran"), "israel", "praise")),
    (
        "did(neighbours of iran -> others: strike)",
        Did(Those("neighbours", "iran"), Those("others", "", ("iran",)), "strike"),
    ),
    ("did(others -> israel: strike)", Did(Those("others", "", ("israel",)), "israel", "strike")),
    ("pledge(iran -> israel)", Pledge("iran", "israel")),
    ("pledge(iran -> israel: no_attack)", Pledge("iran", "israel", "no_attack")),
    ("rumour(iran <-> israel)", Rumour("iran", "israel")),
    ("suspended(iran <-> israel: trade)", Suspended("iran", "israel", "trade")),
    ("holds(iran: karabakh)", Holds("iran", "karabakh")),
    ("recognises(iran -> azerbaijan: karabakh)", Recognises("iran", "azerbaijan", "karabakh")),
    ("crisis(karabakh)", Crisis("karabakh")),
    ("at_war(iran)", AtWar("iran")),
    ("trust(iran -> israel) < 0.5", Comparison("<", Trust("iran", "israel"), Number(0.5))),
    ("2 <= rung(karabakh)", Comparison("<=", Number(2), Rung("karabakh"))),
    ("suspicion(iran -> israel) > 5", Comparison(">", Suspicion("iran", "israel"), Number(5))),
    (
        "depth(iran <-> israel) * 2 > 50",
        Comparison(">", Arithmetic("*", Depth("iran", "israel"), Number(2)), Number(50)),
    ),
]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("iran -> israel < -40", Comparison("<", Relation("iran", "israel"), Number(-40))),
        ("iran->israel<-40", Comparison("<", Relation("iran", "israel"), Number(-40))),
        ("40 >= karabakh.tension", Comparison(">=", Number(40), Tension("karabakh"))),
        ("iran.military != 3.5", Comparison("!=", Attribute("iran", "military"), Number(3.5))),
        ("turn == 80%", Comparison("==", Turn(), Number(0.8))),
        ("happened(clash)", Happened("clash")),
        ("ended( war )", Ended("war")),
        ("flag(alarm)", Flag("alarm")),
        ("border(iran <-> israel)", Border("iran", "israel")),
        ("pact(iran <-> israel)", Pact("iran", "israel")),
        ("pact(iran <-> israel: trade)", Pact("iran", "israel", "trade")),
        *BRACKETED,
    ],
)
def test_a_line_becomes_its_tree(text: str, node: Condition) -> None:
    assert parse_condition(text, NAMES) == node


@pytest.mark.parametrize("line", [line for line, _ in BRACKETED])
def test_what_is_asked_with_brackets_is_written_as_it_was_read(line: str) -> None:
    assert text(parse_condition(line, NAMES)) == line


def test_everything_that_is_asked_with_brackets_is_among_the_examples() -> None:
    lines = " ".join([*(line for line, _ in BRACKETED), "happened( ended( flag( border( pact("])
    assert [word for word in (*TESTS, *MEASURES) if f"{word}(" not in lines] == []


def test_others_are_neither_a_role_nor_whoever_is_named_on_the_other_side() -> None:
    scope = Scope(NAMES, ("giver", "holder"))
    assert parse_condition("did(giver -> others: strike)", scope) == Did(
        "giver", Those("others", "", ("giver", "holder")), "strike"
    )
    assert parse_condition("did(others -> iran: strike)", scope) == Did(
        Those("others", "", ("giver", "holder", "iran")), "iran", "strike"
    )


def test_products_bind_closer_than_sums_and_both_from_the_left() -> None:
    assert parse_amount("1 - 2 * 3 - 4") == Arithmetic(
        "-", Arithmetic("-", Number(1), Arithmetic("*", Number(2), Number(3))), Number(4)
    )
    assert parse_amount("(1 - 2) / 3") == Arithmetic("/", Arithmetic("-", Number(1), Number(2)), Number(3))


def test_a_minus_before_a_quantity_takes_it_from_nothing() -> None:
    assert parse_amount("-turn") == Arithmetic("-", Number(0), Turn())


def test_the_roles_of_an_act_stand_for_states() -> None:
    scope = Scope(NAMES, ("seller", "buyer"))
    assert parse_condition("buyer -> seller >= 20", scope) == Comparison(">=", Relation("buyer", "seller"), Number(20))
    with pytest.raises(ConditionMistake, match="no state is called 'buyer'"):
        parse_condition("buyer -> iran >= 20", NAMES)


def test_a_formula_over_attributes_belongs_to_its_owner() -> None:
    scope = Scope(NAMES, ("actor",), "actor")
    assert parse_amount("military + gdp", scope) == Arithmetic(
        "+", Attribute("actor", "military"), Attribute("actor", "gdp")
    )
    assert parse_amount("iran.gdp", scope) == Attribute("iran", "gdp")


@pytest.mark.parametrize(
    "text",
    [
        "turn",
        "military + turn",
        "iran -> israel",
        "karabakh.tension",
        "trust(iran -> israel)",
        "depth(iran <-> israel)",
    ],
)
def test_a_formula_over_attributes_has_nothing_else_in_it(text: str) -> None:
    with pytest.raises(ConditionMistake, match=r"no (attribute|state) is called") as raised:
        parse_amount(text, Scope(NAMES, ("actor",), "actor"))
    assert raised.value.code == "R001"


@pytest.mark.parametrize(
    ("text", "code", "start", "help_"),
    [
        ("iran -> isreal < 3", "R001", 8, "did you mean 'israel'?"),
        ("iran.miltary < 3", "R002", 5, "did you mean 'military'?"),
        ("karabakh.tention < 3", "R002", 9, "write karabakh.tension"),
        ("hapened(clash)", "C008", 0, "did you mean 'happened'?"),
        ("happened(crash)", "R001", 9, "did you mean 'clash'?"),
        ("iran -> israel = 3", "C001", 15, "write == for equality, >= or <="),
        ("iran \u2192 israel < 3", "C001", 5, "type '->'"),
        ("turn > \u22123", "C001", 7, "this is a typographic minus; type '-'"),
        ("iran <-> israel < 3", "C003", 5, "write iran -> israel or israel -> iran"),
        ("pact(iran -> israel)", "C010", 10, "write a <-> b"),
        ("iran -> iran < 3", "C009", 8, "name two states"),
        ("karabakh.tension", "C002", 0, "compare it: ... >= 20"),
        ("0 < turn < 5", "C005", 9, "split it into two lines"),
        ("turn > 3 and turn < 5", "C005", 9, "write each on a line of its own"),
        ("turn > 3 or turn < 5", "C005", 9, "write alternatives under any:"),
        ("turn >", "C001", 6, "write a number, a -> b, a.quantity or turn"),
        ("turn > 3)", "C001", 8, "no bracket is open here; take it off"),
        (
            "(turn > 3",
            "C001",
            6,
            "take the brackets off: a comparison stands without them, or close the bracket before it",
        ),
        ("__import__('os')", "C001", 11, "ids are written without quotes"),
        ("iran.__class__ > 1", "R002", 5, "there are gdp, military"),
        ("(" * 30 + "1" + ")" * 30 + " > 0", "C004", 24, "split the condition"),
        ("turn > " + "1" * 200, "C004", 0, "split it"),
        ("did(iran -> isreal: strike)", "R001", 12, "did you mean 'israel'?"),
        ("did(iran -> israel: strke)", "R001", 20, "did you mean 'strike'?"),
        ("did(iran -> israel)", "C001", 18, "write (…: id of the act)"),
        ("did(iran <-> israel: strike)", "C010", 9, "write a -> b"),
        ("did(rivals iran -> israel: strike)", "R001", 4, "there are azerbaijan, iran, israel"),
        ("did(iran -> iran: strike)", "C009", 4, "name two parties"),
        ("did(others -> others: strike)", "C009", 4, "name two parties"),
        ("pledge(iran <-> israel)", "C010", 12, "write a -> b"),
        ("pledge(iran -> israel: no_atack)", "R001", 23, "did you mean 'no_attack'?"),
        ("pledge(iran -> iran)", "C009", 15, "name two states"),
        ("rumour(iran -> israel)", "C010", 12, "write a <-> b"),
        ("suspended(iran <-> israel)", "C001", 25, "write (…: id of the agreement kind)"),
        ("holds(iran)", "C001", 10, "write (…: id of the dispute)"),
        ("recognises(iran -> israel: karabach)", "R001", 27, "did you mean 'karabakh'?"),
        ("crisis(karabach)", "R001", 7, "did you mean 'karabakh'?"),
        ("trust(iran <-> israel) > 0.5", "C010", 11, "write a -> b"),
        ("trust(iran -> israel)", "C002", 0, "compare it: ... >= 20"),
        ("trust > 0.5", "C001", 0, "write trust(...)"),
        ("turst(iran -> israel) > 0.5", "C008", 0, "did you mean 'trust'?"),
        ("crisis(karabakh) > 1", "C001", 17, "a test holds or does not hold: write it alone, or under none:"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, code: str, start: int, help_: str | None) -> None:
    with pytest.raises(ConditionMistake) as raised:
        parse_condition(text, NAMES)
    mistake = raised.value
    assert (mistake.code, mistake.start, mistake.help) == (code, start, help_)


@given(st.text(alphabet="iran isel.-<>=()+*/0123% turnhapped:_gkbvfwyc", max_size=60))
def test_any_line_is_a_tree_or_a_mistake(text: str) -> None:
    mistakes = []
    try:
        said = sentence(parse_condition(text, NAMES))
    except ConditionMistake as mistake:
        mistakes.append(mistake)
        said = ""
    assert bool(said) != bool(mistakes)
    assert all(0 <= mistake.start <= len(text) for mistake in mistakes)


def test_an_expectation_is_a_share_or_a_mean_and_an_interval() -> None:
    claim = parse_assertion("share(happened(clash)) between 60% and 95%", NAMES)
    assert (claim.measure, claim.subject, claim.comparator, claim.low, claim.high) == (
        "share",
        Happened("clash"),
        "between",
        0.6,
        0.95,
    )
    claim = parse_assertion("mean(iran -> israel) < -20", NAMES)
    assert (claim.measure, claim.subject, claim.comparator, claim.low) == ("mean", Relation("iran", "israel"), "<", -20)


@pytest.mark.parametrize(
    "text", ["turn > 3", "median(turn) > 3", "mean(turn)", "mean(turn) between 3", "share(turn) < 3"]
)
def test_an_expectation_of_another_form_is_a_mistake(text: str) -> None:
    with pytest.raises(ConditionMistake):
        parse_assertion(text, NAMES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("iran -> israel < -40", "Iran's regard for Israel is below -40"),
        ("karabakh.tension >= 60", "tension over karabakh is at least 60"),
        ("iran.military > 2 * israel.military", "Iran's military is above 2 times Israel's military"),
        ("pact(iran <-> israel: trade)", "trade is in force between Iran and Israel"),
        ("happened(clash)", "clash has happened"),
        ("did(iran -> israel: strike)", "Iran has just done this to Israel: strike"),
        ("did(rivals of iran -> others: strike)", "a rival of Iran has just done this to another state: strike"),
        ("pledge(iran -> israel)", "Iran has pledged its word to Israel"),
        ("pledge(iran -> israel: no_attack)", "Iran has pledged no attack to Israel"),
        ("rumour(iran <-> israel)", "there is a rumour about Iran and Israel"),
        ("suspended(iran <-> israel: trade)", "trade between Iran and Israel is suspended"),
        ("holds(iran: karabakh)", "Iran holds karabakh"),
        ("recognises(iran -> israel: karabakh)", "Iran takes Israel's side over karabakh"),
        ("crisis(karabakh)", "there is a crisis over karabakh"),
        ("at_war(iran)", "Iran is at war"),
        ("trust(iran -> israel) >= 0.5", "Iran's trust in Israel is at least 0.5"),
        ("rung(karabakh) > 2", "the rung of the crisis over karabakh is above 2"),
        ("suspicion(iran -> israel) > 5", "Iran's suspicion of Israel is above 5"),
        ("depth(iran <-> israel) < 30", "the depth of what Iran and Israel share is below 30"),
    ],
)
def test_a_condition_is_said_in_plain_english(text: str, said: str) -> None:
    assert sentence(parse_condition(text, NAMES), {"iran": "Iran", "israel": "Israel"}) == said


def test_a_group_is_said_with_its_conjunction() -> None:
    members = (Flag("alarm"), Happened("clash"))
    assert sentence(Group("any", members)) == "alarm is up or clash has happened"
    assert sentence(Group("none", members)) == "it is not so that alarm is up or clash has happened"
