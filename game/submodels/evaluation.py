"""Evaluation: what conditions and terms come to in a world."""

from __future__ import annotations

import numpy as np

from game.kernel.catalogue import NEIGHBOURS, NONE, OTHERS, RIVALS
from game.kernel.compiled import entry, kernel
from game.kernel.conditions import RIVALRY
from game.kernel.declare import Booleans, Floats, Integers, Shorts
from game.kernel.numerics import clipped, in_hundredths
from game.kernel.programs import (
    AT_LEAST,
    AT_MOST,
    ATTRIBUTE,
    BORDER,
    CRISIS,
    DID,
    ENDED,
    EQUAL,
    FLAG,
    HAPPENED,
    HOLDS,
    LESS,
    MINUS,
    MORE,
    NUMBER,
    PACT,
    PLEDGE,
    PLUS,
    RECOGNISES,
    REGARDS,
    RELATION,
    ROLE_ACTOR,
    ROLE_TARGET,
    RUMOUR,
    RUNG,
    SUSPENDED,
    SUSPICION,
    TENSION,
    TIMES,
    TRUE,
    TRUST,
    TURN,
    UNEQUAL,
)
from game.kernel.relations import counts
from game.kernel.setting import Setting
from game.kernel.world import CALM, NEVER, RUMOURED, SIDES, World
from game.submodels.alliance_depth import depth
from game.submodels.information import known_rungs
from game.submodels.reputation import trust

LARGEST = 1e100
"""The end of the scale of formulas: two of it can still be multiplied."""


@kernel
def power(setting: Setting, world: World, state: int) -> float:
    """The power of a state, as its attributes show it."""
    return _power(setting, world, setting.programs.unconcealed, state)


@kernel
def whole_power(setting: Setting, world: World, state: int) -> float:
    """The power of a state, what is concealed counted in."""
    return _power(setting, world, world.concealed, state)


@kernel
def _power(setting: Setting, world: World, concealed: Floats, state: int) -> float:
    relation, term = setting.baseline, setting.programs.power[0]
    power = term_value(setting, world, world, relation, concealed, world.rung, 0.0, term, state, state)
    return max(power, 0.0)


@entry
def value(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, program: int,
    actor: int, target: int,
) -> float:  # fmt: skip
    """What a term comes to, in a world with its relations [N, N] in which `turn` turns have been played.

    `public` is what everybody may know of the world.
    """
    unconcealed, now = setting.programs.unconcealed, float(turn + opened)
    return term_value(setting, world, public, relation, unconcealed, world.rung, now, program, actor, target)


@entry
def holds(
    setting: Setting, world: World, public: World, relation: Floats, turn: int, opened: bool, since: int, program: int,
    actor: int, target: int,
) -> bool:  # fmt: skip
    """Whether a condition holds, in a world with its relations [N, N] in which `turn` turns have been played.

    What was done `since` a turn counts as done lately; with -1, what was done in the last turn or after it. `public` is
    what everybody may know of the world.
    """
    unconcealed, rung = setting.programs.unconcealed, world.rung
    return condition_holds(
        setting, world, public, relation, unconcealed, rung, turn, opened, since, program, actor, target
    )


@kernel
def condition_holds(
    setting: Setting, world: World, public: World, relation: Floats, concealed: Floats, rung: Shorts, turn: int,
    opened: bool, since: int, program: int, actor: int, target: int,
) -> bool:  # fmt: skip
    """Whether a condition holds, as in `holds`, for whom `concealed` [N, Q] counts and `rung` [D, B] is known."""
    tests = setting.programs.tests
    now, lately = float(turn + opened), max(turn, 0)
    recent = lately if since == NONE else since
    place = program
    while place >= 0:
        held = _passes(setting, world, public, relation, concealed, rung, now, lately, recent, place, actor, target)
        place = tests[place, 5] if held else tests[place, 6]
    return place == TRUE


@kernel
def follow_for_all(
    setting: Setting, world: World, public: World, relation: Floats, informed: World, turn: int, opened: bool,
    program: int, place: Integers,
) -> None:  # fmt: skip
    """Follow a condition for every pair of states that waits at its first test in `place` [N, N], to TRUE or FALSE.

    As `holds`, but of the queries of the world `informed` each actor knows its own.
    """
    tests = setting.programs.tests
    test, deepest = program, program
    while test >= max(deepest, 0):
        kind = tests[test, 0]
        between_roles = tests[test, 1] + tests[test, 2] == ROLE_ACTOR + ROLE_TARGET
        if kind == BORDER and between_roles:
            _follow_borders(setting.borders, tests, test, place)
        elif kind == PACT and between_roles and tests[test, 3] != NONE:
            _follow_pacts(world.agreements, world.suspended, tests, test, place)
        elif kind == REGARDS and between_roles:
            _follow_regard(relation, setting.programs.constants[tests[test, 4]], tests, test, place)
        else:
            _follow_each(setting, world, public, relation, informed, turn, opened, test, place)
        for following in range(5, 7):
            if tests[test, following] >= 0:
                deepest = min(deepest, tests[test, following])
        test -= 1


@kernel
def _follow_borders(borders: Booleans, tests: Integers, test: int, place: Integers) -> None:
    """Lead the pairs that wait at a test of neighbours on."""
    then, otherwise = tests[test, 5], tests[test, 6]
    for i in range(place.shape[0]):
        for j in range(place.shape[0]):
            if place[i, j] == test:
                place[i, j] = then if borders[i, j] else otherwise


@kernel
def _follow_pacts(agreements: Shorts, suspended: Booleans, tests: Integers, test: int, place: Integers) -> None:
    """Lead the pairs that wait at a test of one kind of agreement on."""
    kind, then, otherwise = tests[test, 3], tests[test, 5], tests[test, 6]
    for i in range(place.shape[0]):
        for j in range(place.shape[0]):
            if place[i, j] == test:
                given = agreements[kind, i, j] > 0 and not suspended[kind, i, j]
                taken = agreements[kind, j, i] > 0 and not suspended[kind, j, i]
                place[i, j] = then if given or taken else otherwise


@kernel
def _follow_regard(relation: Floats, bound: float, tests: Integers, test: int, place: Integers) -> None:
    """Lead the pairs that wait at a test of how one regards the other on."""
    there, comparator = tests[test, 1] == ROLE_ACTOR, tests[test, 3]
    then, otherwise = tests[test, 5], tests[test, 6]
    limit = in_hundredths(bound)
    for i in range(place.shape[0]):
        for j in range(place.shape[0]):
            if place[i, j] == test:
                regard = in_hundredths(relation[i, j] if there else relation[j, i])
                place[i, j] = then if _compared(comparator, regard, limit) else otherwise


@kernel
def _follow_each(
    setting: Setting, world: World, public: World, relation: Floats, informed: World, turn: int, opened: bool,
    test: int, place: Integers,
) -> None:  # fmt: skip
    """Lead the pairs that wait at any other test on; what does not name the target is asked once an actor."""
    tests, unconcealed = setting.programs.tests, setting.programs.unconcealed
    now, lately, rung = float(turn + opened), max(turn, 0), np.zeros_like(world.rung)
    for i in range(place.shape[0]):
        asked, held = False, False
        for j in range(place.shape[0]):
            if place[i, j] != test:
                continue
            if not asked:
                known_rungs(setting, informed, i, rung)
            if not asked or tests[test, 7] != 0:
                held = _passes(setting, world, public, relation, unconcealed, rung, now, lately, lately, test, i, j)
            asked = True
            place[i, j] = tests[test, 5] if held else tests[test, 6]


@kernel
def _passes(
    setting: Setting, world: World, public: World, relation: Floats, concealed: Floats, rung: Shorts, now: float,
    lately: int, recent: int, test: int, actor: int, target: int,
) -> bool:  # fmt: skip
    """Whether one test of a condition holds: deeds count from the turn `recent` on, or under `none` from `lately`."""
    tests = setting.programs.tests
    kind, a, b, c = tests[test, 0], tests[test, 1], tests[test, 2], tests[test, 3]
    if kind <= UNEQUAL:
        left, right = 0.0, 0.0
        for side in range(1, 3):
            left, term = right, tests[test, side]
            right = term_value(setting, world, public, relation, concealed, rung, now, term, actor, target)
        return _compared(kind, in_hundredths(left), in_hundredths(right))
    if kind == REGARDS:
        regard = relation[_who(a, actor, target), _who(b, actor, target)]
        return _compared(c, in_hundredths(regard), in_hundredths(setting.programs.constants[tests[test, 4]]))
    if kind == DID:
        return _did(setting, world.last, relation, a, b, c, lately if tests[test, 4] != 0 else recent, actor, target)
    if kind >= PACT and kind <= SUSPENDED:
        return _bond(setting, world, kind, _who(a, actor, target), _who(b, actor, target), c)
    return _stands(setting, world, rung, kind, a, b, c, actor, target)


@kernel
def _who(name: int, actor: int, target: int) -> int:
    """The state that a program names, which may be one of the roles."""
    if name == ROLE_ACTOR:
        return actor
    return target if name == ROLE_TARGET else name


@kernel
def _compared(comparator: int, left: float, right: float) -> bool:
    """Whether two numbers in hundredths stand to each other as a comparator says."""
    if comparator == LESS:
        return left < right
    if comparator == AT_MOST:
        return left <= right
    if comparator == MORE:
        return left > right
    if comparator == AT_LEAST:
        return left >= right
    return left == right if comparator == EQUAL else left != right


# ---- terms of programs


@kernel
def term_value(
    setting: Setting, world: World, public: World, relation: Floats, concealed: Floats, rung: Shorts, now: float,
    term: int, actor: int, target: int,
) -> float:  # fmt: skip
    """What a term comes to, as in `value`, `now` being the turn; what counts and is known as in `condition_holds`."""
    programs = setting.programs
    first, last = programs.first[term], programs.first[term + 1]
    if last == first + 1:
        return _taken(setting, world, public, relation, concealed, rung, now, first, actor, target)
    held = np.zeros(programs.deepest)
    count = 0
    for step in range(first, last):
        sign = programs.steps[step, 0]
        if sign < PLUS:
            held[count] = _taken(setting, world, public, relation, concealed, rung, now, step, actor, target)
            count += 1
        else:
            count -= 1
            held[count - 1] = _arithmetic(sign, held[count - 1], held[count])
    return float(held[0])


@kernel
def _taken(
    setting: Setting, world: World, public: World, relation: Floats, concealed: Floats, rung: Shorts, now: float,
    step: int, actor: int, target: int,
) -> float:  # fmt: skip
    """What a step of a term takes up."""
    programs = setting.programs
    kind, a, b = programs.steps[step, 0], programs.steps[step, 1], programs.steps[step, 2]
    if kind == NUMBER:
        return float(programs.constants[step])
    if kind == TURN:
        return now
    if kind == TENSION:
        return float(world.tension[a])
    if kind == RUNG:
        return float(max(rung[a, 0], rung[a, 1]))
    one = _who(a, actor, target)
    if kind == ATTRIBUTE:
        return attribute_value(setting, world, concealed, one, b)
    return _between(setting, world, public, relation, kind, one, _who(b, actor, target))


@kernel
def attribute_value(setting: Setting, world: World, concealed: Floats, state: int, attribute: int) -> float:
    """An attribute of a state, with what counts of what is concealed."""
    more = concealed[state, attribute]
    value = world.attributes[state, attribute]
    return value if more == 0.0 else clipped(value + more, setting.low[attribute], setting.high[attribute])


@kernel
def _between(setting: Setting, world: World, public: World, relation: Floats, kind: int, one: int, other: int) -> float:
    """What one state is to another."""
    if kind == RELATION:
        return float(relation[one, other])
    if kind == TRUST:
        return trust(setting, world, one, other)
    return world.suspicion[one, other] if kind == SUSPICION else depth(setting, public, one, other)


@kernel
def _arithmetic(sign: int, left: float, right: float) -> float:
    """The sum, difference, product or quotient of two numbers; as `arithmetic`."""
    if sign == PLUS:
        return left + right
    if sign == MINUS:
        return left - right
    if sign == TIMES:
        return clipped(left * right, -LARGEST, LARGEST)
    return 0.0 if abs(right) < 1.0 / LARGEST else clipped(left / right, -LARGEST, LARGEST)


# ---- tests of programs


@kernel
def _stands(
    setting: Setting, world: World, rung: Shorts, kind: int, a: int, b: int, c: int, actor: int, target: int
) -> bool:
    """What has happened, and where states stand in a dispute."""
    if kind == HAPPENED:
        return bool(world.fired[a] > NEVER)
    if kind == ENDED:
        return bool(world.over[0] == a)
    if kind == FLAG:
        return bool(world.flags[a])
    if kind == CRISIS:
        return bool(max(rung[a, 0], rung[a, 1]) > CALM)
    one = _who(a, actor, target)
    if kind == HOLDS:
        return bool(world.holder[b] == one)
    if kind == RECOGNISES:
        return _recognises(setting, world, one, _who(b, actor, target), c)
    return bool(world.out[one])


@kernel
def _recognises(setting: Setting, world: World, one: int, other: int, dispute: int) -> bool:
    """Whether one state takes the side of another, a party of the dispute."""
    side = world.recognition[dispute, one]
    parties = setting.disputes.parties
    if other == parties[dispute, 1]:
        return bool(side * SIDES[1] > 0.0)
    return bool(other == parties[dispute, 0] and side * SIDES[0] > 0.0)


@kernel
def _bond(setting: Setting, world: World, kind: int, one: int, other: int, of: int) -> bool:
    """What is or is not between two states: of one kind `of` agreement or pledge, or with -1 of any."""
    if kind == BORDER:
        return bool(setting.borders[one, other])
    if kind == PLEDGE:
        return _pledged(world, one, other, of)
    if kind == RUMOUR:
        return doubted(world, RUMOURED, one, other)
    if kind == SUSPENDED:
        return bool(world.suspended[of, one, other] or world.suspended[of, other, one])
    if of != NONE:
        return counts(world, of, one, other) or counts(world, of, other, one)
    for each in range(world.agreements.shape[0]):
        if counts(world, each, one, other) or counts(world, each, other, one):
            return True
    return False


@kernel
def _pledged(world: World, giver: int, holder: int, of: int) -> bool:
    """Whether a pledge is in force, of one kind or with -1 of any."""
    if of != NONE:
        return bool(world.pledges[of, giver, holder] > 0)
    turns = 0
    for each in range(world.pledges.shape[0]):
        turns = max(turns, world.pledges[each, giver, holder])
    return turns > 0


@kernel
def doubted(world: World, least: int, one: int, other: int) -> bool:
    """Whether the world knows at least so much, or no more, of something that two states do not do in the open."""
    for place in range(world.secrecy.shape[0]):
        if world.secrecy[place, one, other] >= least or world.secrecy[place, other, one] >= least:
            return True
    return False


@kernel
def _did(
    setting: Setting, last: Shorts, relation: Floats, first: int, second: int, act: int, since: int, actor: int,
    target: int,
) -> bool:  # fmt: skip
    """Whether anyone whom one party stands for did the act to anyone whom the other stands for, since a turn."""
    parties = setting.programs.parties
    earliest = max(since, 0)
    if parties[first, 0] == NONE:
        one = _who(parties[first, 1], actor, target)
        return _did_by(setting, last, relation, one, second, act, earliest, actor, target)
    for one in range(last.shape[1]):
        did = _did_anything(last, act, one, earliest) and _is_meant(setting, relation, first, one, actor, target)
        if did and _did_by(setting, last, relation, one, second, act, earliest, actor, target):
            return True
    return False


@kernel
def _did_anything(last: Shorts, act: int, one: int, since: int) -> bool:
    """Whether a state did the act to anyone."""
    latest = NEVER
    for other in range(last.shape[2]):
        latest = max(latest, last[act, one, other])
    return latest >= since


@kernel
def _did_by(
    setting: Setting, last: Shorts, relation: Floats, one: int, second: int, act: int, since: int, actor: int,
    target: int,
) -> bool:  # fmt: skip
    """Whether a state did the act to anyone whom a party stands for."""
    parties = setting.programs.parties
    if parties[second, 0] == NONE:
        return bool(last[act, one, _who(parties[second, 1], actor, target)] >= since)
    for other in range(last.shape[1]):
        if last[act, one, other] >= since and _is_meant(setting, relation, second, other, actor, target):
            return True
    return False


@kernel
def _is_meant(setting: Setting, relation: Floats, party: int, state: int, actor: int, target: int) -> bool:
    """Whether a state is one of the rivals, friends, neighbours or others that a party of a deed stands for."""
    programs = setting.programs
    selector = programs.parties[party, 0]
    if selector == OTHERS:
        for place in range(programs.parties[party, 2], programs.parties[party, 3]):
            if state == _who(programs.besides[place], actor, target):
                return False
        return True
    one = _who(programs.parties[party, 1], actor, target)
    if selector == NEIGHBOURS:
        return bool(setting.borders[one, state])
    return bool(relation[state, one] <= -RIVALRY if selector == RIVALS else relation[state, one] >= RIVALRY)
