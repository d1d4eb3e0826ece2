"""The language of conditions: one typed comparison a line, read by a small parser of our own.

Nothing is evaluated: a line becomes a tree of `game.kernel.conditions` nodes, or a slip with its place in the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from game.kernel import conditions
from game.scenario.findings.finding import choice, shown, suggestion
from game.scenario.schema.names import ANY, Names
from game.scenario.schema.types import LARGEST

LONGEST = 200
DEEPEST = 24
_TOKEN = re.compile(
    r"[ \t]*(?:(?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?%?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign><->|->|>=|<=|==|!=|[-<>()+*/.:]))"
)
_COMPARISONS = frozenset(("<", "<=", ">", ">=", "==", "!="))
_ADDITIVE, _MULTIPLICATIVE = frozenset("+-"), frozenset("*/")
_SELECTORS: Mapping[str, conditions.Selector] = {
    "rivals": "rivals",
    "friends": "friends",
    "neighbours": "neighbours",
}
_HINTS = {
    "=": "write == for equality, >= or <=",
    "\N{MINUS SIGN}": "this is a typographic minus; type '-'",
    "&": "write each condition on a line of its own",
    "|": "write the alternatives under any:",
    ",": "write each condition on a line of its own",
    "\N{RIGHTWARDS ARROW}": "type '->'",
    "\N{LEFT RIGHT ARROW}": "type '<->'",
    "\N{GREATER-THAN OR EQUAL TO}": "type '>='",
    "\N{LESS-THAN OR EQUAL TO}": "type '<='",
    "\N{NOT EQUAL TO}": "type '!='",
    "%": "a percentage is a number with one % behind it: 20%",
    "'": "ids are written without quotes",
    '"': "ids are written without quotes",
    "[": "brackets [ ] are for lists: take the line out of its quotes",
    "{": "braces { } are for blocks: take the line out of its quotes",
}
_WORDED = {
    "is": "==", "equals": "==", "above": ">", "over": ">", "exceeds": ">", "below": "<", "under": "<", "at": ">=",
    "greater": ">", "more": ">", "less": "<", "fewer": "<", "least": ">=", "most": "<=", "isnt": "!=",
}  # fmt: skip
"""Comparisons in words, and how they are written here."""
_FUNCTIONS = frozenset(
    {"max", "min", "count", "sum", "abs", "avg", "average", "mean", "total", "number", "round", "len"}
)
_GROUPED = {"any": "any", "all": "all", "none": "none", "not": "none", "or": "any", "and": "all", "either": "any"}
_CALLED = {
    **dict.fromkeys(("pact", "border", "rumour", "suspended", "depth"), "a <-> b"),
    **dict.fromkeys(("pledge", "did", "recognises", "trust", "suspicion"), "a -> b"),
    "holds": "a: dispute",
}
_POWER = "power is made of a state's own attributes and numbers, with + - * / between them"
_DRAWN = frozenset({"random", "chance", "rand", "probability", "luck", "dice"})

_ALONE = (
    ("dispute", "write {0}.tension, or crisis({0})"),
    ("flag", "write flag({0})"),
    ("event", "write happened({0})"),
    ("ending", "write ended({0})"),
    ("state", "write {0}.quantity, or {0} -> b"),
    ("attribute", "say whose it is: a.{0}"),
)
"""What a name that stands alone may have been meant as, by the kind of thing it names."""

Measure = Literal["share", "mean"]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that is declared nowhere: its kind, and what there is of the kind."""

    kind: str
    name: str
    known: Callable[[], Iterable[str]]


class ConditionMistake(ValueError):
    """What is wrong with a line, and from which to which character; what to do is worked out when it is asked for."""

    def __init__(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        help_: str | Callable[[], str | None] | None = None,
        stranger: Stranger | None = None,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.start, self.end = code, message, start, end
        self.advice, self.stranger = help_, stranger

    @property
    def help(self) -> str | None:
        """What to write instead."""
        return self.advice() if callable(self.advice) else self.advice


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a line may use: those of the file, and the roles of the act it stands in."""

    names: Names = ANY
    roles: tuple[str, ...] = ()
    owner: str | None = None  # a formula over attributes alone: bare names are attributes of this one


@dataclass(frozen=True, slots=True)
class Assertion:
    """A line of `expect`: a share of runs or a mean over runs, and the interval it must lie in."""

    measure: Measure
    subject: conditions.Condition | conditions.Term
    comparator: conditions.Comparator | Literal["between"]
    low: float
    high: float


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def parse_condition(text: str, scope: Scope | Names = ANY) -> conditions.Condition:
    """One line as a tree; raises ConditionMistake."""
    return _Parser(text, scope if isinstance(scope, Scope) else Scope(scope)).condition()


def parse_amount(text: str, scope: Scope | Names = ANY) -> conditions.Term:
    """A sum without comparison, such as `ada.military * 1.1`; raises ConditionMistake."""
    return _Parser(text, scope if isinstance(scope, Scope) else Scope(scope)).amount()


def parse_assertion(text: str, scope: Scope | Names = ANY) -> Assertion:
    """A line of `expect`; raises ConditionMistake."""
    return _Parser(text, scope if isinstance(scope, Scope) else Scope(scope)).assertion()


def names_in(text: str, scope: Scope, form: Literal["condition", "formula", "claim"]) -> list[tuple[str, int, int]]:
    """What a line names, each name with its kind (`role` for those of the scope) and place, up to its first mistake."""
    try:
        parser = _Parser(text, scope)
    except ConditionMistake:
        return []
    with suppress(ConditionMistake):
        {"condition": parser.condition, "formula": parser.amount, "claim": parser.assertion}[form]()
    return [(kind, token.start, token.end) for kind, token in parser.named]


@lru_cache(4096)
def _tokens(text: str) -> tuple[_Token, ...]:
    if len(text) > LONGEST:
        raise ConditionMistake("C004", f"the condition is longer than {LONGEST} characters", 0, LONGEST, "split it")
    found: list[_Token] = []
    place, length = 0, len(text.rstrip())
    while place < length:
        match = _TOKEN.match(text, place)
        if match is None:
            place += len(text[place:]) - len(text[place:].lstrip())
            raise ConditionMistake("C001", f"unexpected {text[place]!r}", place, place + 1, _hint(text, place, found))
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind), match.end(kind)))
        place = match.end()
    found.append(_Token("end", "", length, length + 1))
    return tuple(found)


def _hint(text: str, place: int, before: Sequence[_Token]) -> str:
    """What to do about a sign that no line has, from what stands before it."""
    sign, rest = text[place], text[place + 1 :].strip()
    special = {",": _about_comma(rest, before), "!": f"what must not hold stands under none: write none: [{rest[:60]}]"}
    if sign == "[" and before and before[-1].text == ":" and before[0].text in _GROUPED:
        return f"take the quotes off: {{{_GROUPED[before[0].text]}: {text[place:].strip()[:60]}}}"
    usual = "a condition is written with names, numbers, -> <-> . : ( ) + - * / and < <= > >= == !="
    return special.get(sign) or _HINTS.get(sign) or usual


def _about_comma(rest: str, before: Sequence[_Token]) -> str | None:
    """What to write instead of a comma: in a number, in a call as other languages have them."""
    called = next((each.text for each, following in pairwise(before) if following.text == "("), "")
    if "between" in (each.text for each in before):
        return "write between 20% and 60%"
    if before and before[-1].kind == "number":
        digits = re.match(r"[0-9]{3}(?![0-9])", rest)
        return (
            f"write {before[-1].text}{digits[0]}: digits are not grouped" if digits else "the decimal sign is a point"
        )
    if called in _FUNCTIONS:
        return f"there is no {called}(): write a condition for each, under any: or all:"
    if called in _CALLED:
        named = any(each.text in ("->", "<->") for each in before)
        return f"write {called}({_CALLED[called]}{': kind' if named else ''})"
    if called and called not in conditions.TESTS:
        other = re.match(r"\w+", rest)
        return f"how one regards the other is written {before[-1].text} -> {other[0] if other else 'b'}"
    return None


class _Parser:
    """Reads one line by precedence: comparison, sum, product, value."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.tokens, self.scope, self.names = text, _tokens(text), scope, scope.names
        self.place = self.depth = 0
        self.length = max(1, len(text))
        self.named: list[tuple[str, _Token]] = []

    @property
    def token(self) -> _Token:
        return self.tokens[self.place]

    def condition(self) -> conditions.Condition:
        """The whole line."""
        result = self._condition()
        self._end()
        return result

    def amount(self) -> conditions.Term:
        """The whole line, a number."""
        result = self._sum()
        self._end()
        return result

    def assertion(self) -> Assertion:
        """The whole line, about many runs."""
        token = self._next()
        if token.text not in ("share", "mean"):
            meant = {"average": "mean", "avg": "mean", "median": "mean", "probability": "share", "p": "share"}
            word = meant.get(token.text) or (suggestion(token.text, ("share", "mean")) or "''").split("'")[1]
            help_ = f"write {word}(...)" if word else "write share(...) for how often, mean(...) for how much"
            raise self._mistake("X001", token, "a claim starts with share or mean", help_)
        self._take("(")
        share = token.text == "share"
        subject = self._condition() if share else self._sum()
        self._take(")")
        comparator, low, high = self._interval()
        self._end()
        return Assertion("share" if share else "mean", subject, comparator, low, high)

    def _interval(self) -> tuple[conditions.Comparator | Literal["between"], float, float]:
        token = self._next()
        if token.text == "between":
            low = self._constant()
            if self.token.text != "and":
                raise self._mistake("X001", self.token, "'and' is missing here", "write between 60% and 95%")
            self.place += 1
            return "between", low, self._constant()
        if token.text not in _COMPARISONS:
            raise self._mistake("X001", token, "a comparison is missing here", "write < 20%, or between 60% and 95%")
        value = self._constant()
        return cast(conditions.Comparator, token.text), value, value

    def _constant(self) -> float:
        sign = 1.0
        if self.token.text in _ADDITIVE:
            sign = -1.0 if self._next().text == "-" else 1.0
        token = self._next()
        if token.kind != "number":
            raise self._mistake("X001", token, "a number is missing here", "write a number, or a share such as 20%")
        return sign * self._number(token)

    def _condition(self) -> conditions.Condition:
        token = self.token
        if token.kind == "name" and self.tokens[self.place + 1].text == "(" and token.text not in conditions.MEASURES:
            return self._test()
        bracket = self.token.text == "("
        left = self._sum()
        token = self.token
        if token.text not in _COMPARISONS:
            if token.kind == "end" or token.text == ")":
                message = "this is a number, not a yes-or-no condition"
                raise ConditionMistake("C002", message, 0, self.length, "compare it: ... >= 20")
            self._worded(token)
            self._end()
        if bracket and self.depth:
            raise self._mistake("C001", token, "a comparison stands without brackets", "take the brackets off")
        self.place += 1
        comparison = conditions.Comparison(cast(conditions.Comparator, token.text), left, self._sum())
        if self.token.text in _COMPARISONS:
            raise self._mistake("C005", self.token, "write one comparison per line", "split it into two lines")
        return comparison

    def _worded(self, token: _Token) -> None:
        """Refuse a comparison in words: `is`, `above`, `at least`."""
        sign = _WORDED.get(token.text)
        if token.text == "at" and self.tokens[self.place + 1].text == "most":
            sign = "<="
        if sign is not None:
            raise self._mistake("C007", token, f"unexpected {token.text!r}: comparisons are signs", f"write {sign}")
        if token.text == "-" and self.tokens[self.place + 1].text == ">":
            raise self._mistake("C001", token, "an arrow is written in one piece", "write ->")

    def _test(self) -> conditions.Condition:
        token = self._next()
        if token.text not in conditions.TESTS:
            raise self._mistake("C008", token, f"there is no test {shown(token.text)}", self._tested_for(token.text))
        self._take("(")
        result = self._tested(token.text)
        self._take(")")
        return result

    def _tested_for(self, name: str) -> str:
        """What to write instead of a test that does not exist."""
        inside = self.tokens[self.place + 1 : self.place + 4]
        words = [each.text for each in inside]
        if name in _GROUPED:
            return f"write {_GROUPED[name]}: with a list of conditions"
        if name in _DRAWN:
            return "an event has 'chance: 50%' for that"
        if name in _FUNCTIONS:
            return f"there is no {name}(): write a condition for each, under any: or all:"
        if words[1:2] in (["->"], ["<->"]) and name not in ("depth",):
            near = suggestion(name, (*conditions.TESTS, *conditions.MEASURES))
            return near or f"how one regards the other is written {' '.join([*words[:1], '->', *words[2:3]])}"
        if words and self.names.surely("dispute", words[0]):
            return f"write {words[0]}.tension"
        known = (*conditions.TESTS, *conditions.MEASURES)
        return suggestion(name, known) or "there are " + ", ".join(known)

    def _tested(self, test: str) -> conditions.Condition:
        if test == "happened":
            return conditions.Happened(self._name("event"))
        if test == "ended":
            return conditions.Ended(self._name("ending"))
        if test == "flag":
            return conditions.Flag(self._name("flag"))
        if test == "crisis":
            return conditions.Crisis(self._name("dispute"))
        if test == "at_war":
            return conditions.AtWar(self._name("state"))
        if test == "holds":
            return conditions.Holds(self._name("state"), self._after_colon("dispute"))
        if test in ("pledge", "recognises", "did"):
            return self._directed(test)
        return self._bond(test)

    def _bond(self, test: str) -> conditions.Condition:
        """What is between two states, both ways."""
        first, second = self._pair()
        if test == "border":
            return conditions.Border(first, second)
        if test == "rumour":
            return conditions.Rumour(first, second)
        if test == "suspended":
            return conditions.Suspended(first, second, self._after_colon("agreement kind"))
        return conditions.Pact(first, second, self._after_colon("agreement kind") if self.token.text == ":" else None)

    def _directed(self, test: str) -> conditions.Condition:
        """What one state has done, or given, to another."""
        if test == "did":
            return self._did()
        first, second = self._pair("->")
        if test == "recognises":
            return conditions.Recognises(first, second, self._after_colon("dispute"))
        return conditions.Pledge(first, second, self._after_colon("pledge kind") if self.token.text == ":" else None)

    def _did(self) -> conditions.Condition:
        start = self.token
        first = self._party()
        self._arrow("->")
        second = self._party()
        act = self._after_colon("act")
        if first == second:
            raise self._mistake("C009", start, "a state does nothing to itself", "name two parties")
        return conditions.Did(self._besides(first, second), self._besides(second, first), act)

    def _party(self) -> conditions.Party:
        """A state or a role, or `rivals of x`, `friends of x`, `neighbours of x`, `others`."""
        word = self.token.text
        if word == "others":
            self.place += 1
            return conditions.Those("others")
        if word in _SELECTORS and self.tokens[self.place + 1].text == "of":
            self.place += 2
            return conditions.Those(_SELECTORS[word], self._name("state"))
        return self._name("state")

    def _besides(self, party: conditions.Party, other: conditions.Party) -> conditions.Party:
        """Others are those who play no part: neither the roles nor whoever is on the other side."""
        if isinstance(party, str) or party.selector != "others":
            return party
        named = [other] if isinstance(other, str) else [other.name] if other.name else []
        return conditions.Those("others", "", tuple(dict.fromkeys([*self.scope.roles, *named])))

    def _after_colon(self, kind: str) -> str:
        if self.token.text != ":":
            an = "an" if kind[0] in "aeiou" else "a"
            raise self._mistake(
                "C001", self.token, f"expected ': ' and {an} {kind} here", f"write (…: id of the {kind})"
            )
        self.place += 1
        return self._name(kind)

    def _pair(self, arrow: str = "<->") -> tuple[str, str]:
        first = self.token
        self._name("state")
        self._arrow(arrow)
        second = self.token
        self._name("state")
        if second.text == first.text:
            raise self._mistake("C009", second, "a state has nothing of the kind with itself", "name two states")
        return first.text, second.text

    def _arrow(self, arrow: str) -> None:
        if self.token.text in ("->", "<->") and self.token.text != arrow:
            says = "this has a direction" if arrow == "->" else "this has no direction"
            raise self._mistake("C010", self.token, says, f"write a {arrow} b")
        self._take(arrow)

    def _sum(self) -> conditions.Term:
        left = self._product()
        while self.token.text in _ADDITIVE:
            sign = self._next().text
            left = conditions.Arithmetic("+" if sign == "+" else "-", left, self._product())
        return left

    def _product(self) -> conditions.Term:
        left = self._value()
        while self.token.text in _MULTIPLICATIVE:
            sign = self._next().text
            left = conditions.Arithmetic("*" if sign == "*" else "/", left, self._value())
        return left

    def _value(self) -> conditions.Term:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._mistake("C004", self.token, "brackets are nested too deeply", "split the condition")
        token = self._next()
        if token.kind == "number":
            result: conditions.Term = conditions.Number(self._number(token))
        elif token.text in _ADDITIVE:
            result = self._signed(token.text)
        elif token.text == "(":
            result = self._sum()
            self._take(")")
        elif token.kind == "name":
            result = self._named(token)
        else:
            message = "a value is missing here" if token.kind == "end" else f"a value is missing before {token.text!r}"
            help_ = "write a number, a -> b, a.quantity or turn" if self.scope.owner is None else _POWER
            raise self._mistake("C001", token, message, help_)
        self.depth -= 1
        return result

    def _signed(self, sign: str) -> conditions.Term:
        value = self._value()
        if sign == "+":
            return value
        if isinstance(value, conditions.Number):
            return conditions.Number(-value.value)
        return conditions.Arithmetic("-", conditions.Number(0.0), value)

    def _named(self, token: _Token) -> conditions.Term:
        following = self.token.text
        if following == ".":
            return self._quantity(token)
        if self.scope.owner is not None:
            self.named.append(("attribute", token))
            if self.names.has("attribute", token.text):
                return conditions.Attribute(self.scope.owner, token.text)
            raise self._unknown("attribute", token, lambda: self.names.of("attribute"))
        if following in ("->", "<->"):
            return self._relation(token)
        if token.text == "turn":
            return conditions.Turn()
        if following == "(" and token.text in conditions.MEASURES:
            return self._measure(token.text)
        if following == "(" and token.text in conditions.TESTS:
            claim = self.text.lstrip().startswith("mean")
            help_ = f"how often it holds is share({token.text}(...))" if claim else "write it on a line of its own"
            raise self._mistake("C001", token, f"{token.text}(...) holds or does not hold, and is no number", help_)
        if following == "(":
            raise self._mistake(
                "C008", token, f"there is no function {shown(token.text)}", self._tested_for(token.text)
            )
        if token.text in conditions.MEASURES:
            raise self._mistake("C001", token, f"{token.text} is asked with brackets", f"write {token.text}(...)")
        raise self._mistake("C011", token, f"{shown(token.text)} alone is not a number", self._number_meant(token))

    def _number_meant(self, token: _Token) -> str:
        """What to write instead of a bare word where a number belongs."""
        word, following = token.text, self.token
        rest = " ".join(each.text for each in self.tokens[self.place :]).strip()
        if word in ("not", "no"):
            return f"what must not hold stands under none: write none: [{self._rest()}]"
        if word in ("if", "when"):
            return f"write the condition without {word!r}"
        if word in _DRAWN:
            return "an event has 'chance: 50%' for that"
        if word in ("date", "year", "month", "day", "time"):
            return "write turn, which counts from 1"
        if word in _GROUPED and following.text == ":":
            return f"take the quotes off: {{{_GROUPED[word]}: [{rest[1:].strip()[:60]}]}}"
        if word in conditions.TESTS:
            return f"write {word}({following.text})" if following.kind == "name" else f"write {word}(...)"
        for kind, form in _ALONE:
            if self.names.surely(kind, word):
                return form.format(word)
        return "write a -> b, a.quantity or turn"

    def _rest(self) -> str:
        return self.text[self.token.start :].strip()[:60]

    def _measure(self, measure: str) -> conditions.Term:
        self._take("(")
        result: conditions.Term
        if measure == "rung":
            result = conditions.Rung(self._name("dispute"))
        elif measure == "depth":
            result = conditions.Depth(*self._pair())
        else:
            first, second = self._pair("->")
            result = conditions.Trust(first, second) if measure == "trust" else conditions.Suspicion(first, second)
        self._take(")")
        return result

    def _relation(self, token: _Token) -> conditions.Term:
        self._must_be("state", token)
        arrow = self._next()
        target = self.token
        second = self._name("state")
        if arrow.text == "<->":
            help_ = f"write {token.text} -> {second} or {second} -> {token.text}"
            raise self._mistake("C003", arrow, "'<->' is two values, one for each direction", help_)
        if second == token.text:
            raise self._mistake("C009", target, "a state does not regard itself", "name two states")
        return conditions.Relation(token.text, second)

    def _quantity(self, token: _Token) -> conditions.Term:
        self.place += 1
        part = self._next()
        owner = token.text
        if self.scope.owner is not None:
            self._must_be("state", token)
        if owner == "dispute" and self.scope.roles:
            raise self._mistake(
                "R001", token, "a condition is about one dispute", "write its name, such as strait.tension"
            )
        if self.names.surely("dispute", owner):
            self.named.append(("dispute", token))
            if part.text == "tension":
                return conditions.Tension(owner)
            raise self._mistake("R002", part, f"a dispute has no {shown(part.text)}", f"write {owner}.tension")
        self._must_be("state", token, "state or dispute", ("state", "dispute"))
        if part.text == "tension" and not self._is_state(owner):
            self.named[-1] = ("dispute", token)
            return conditions.Tension(owner)
        self.named.append(("attribute", part))
        if self.names.has("attribute", part.text):
            return conditions.Attribute(owner, part.text)

        def known() -> list[str]:
            return sorted(self.names.of("attribute"))

        def advice() -> str | None:
            if self.scope.owner is None and self.names.surely("state", part.text):
                return f"how one regards the other is written {owner} -> {part.text}"
            return suggestion(part.text, known()) or choice(known())

        message = f"states have no attribute {shown(part.text)}"
        stranger = Stranger("attribute", part.text, known)
        raise ConditionMistake("R002", message, part.start, part.end, advice, stranger)

    def _is_state(self, name: str) -> bool:
        return name in self.scope.roles or self.names.surely("state", name)

    def _name(self, kind: str) -> str:
        token = self._next()
        if token.kind != "name":
            an = "an" if kind[0] in "aeiou" else "a"
            raise self._mistake(
                "C001", token, f"the name of {an} {kind} is missing here", f"write its id: (id of the {kind})"
            )
        self._must_be(kind, token)
        return token.text

    def _must_be(self, kind: str, token: _Token, called: str | None = None, kinds: Iterable[str] = ()) -> None:
        role = kind == "state" and token.text in self.scope.roles
        self.named.append(("role" if role else kind, token))
        if role:
            return
        allowed = tuple(kinds) or (kind,)
        if any(self.names.has(each, token.text) for each in allowed):
            return

        def known() -> list[str]:
            names = [name for each in allowed for name in self.names.of(each)]
            return [*self.scope.roles, *names] if kind == "state" else names

        raise self._unknown(called or kind, token, known)

    def _unknown(self, kind: str, token: _Token, known: Callable[[], Iterable[str]]) -> ConditionMistake:
        def advice() -> str | None:
            return suggestion(token.text, known()) or self._declare(kind, token.text)

        message, stranger = f"no {kind} is called {shown(token.text)}", Stranger(kind, token.text, known)
        return ConditionMistake("R001", message, token.start, token.end, advice, stranger)

    def _declare(self, kind: str, name: str) -> str | None:
        """Where a name of a kind that has none yet is declared, or what may stand here instead."""
        if self.scope.owner is not None:
            return "; ".join(filter(None, (_POWER, choice(sorted(self.names.of("attribute"))))))
        if kind == "flag":
            return f"declare it: flags: [{', '.join([*sorted(self.names.of('flag'))[:6], name])}]"
        if name == "others":
            return "'others' stands in did(...) only"
        return choice(sorted(self.names.of(kind)))

    def _next(self) -> _Token:
        token = self.tokens[self.place]
        if token.kind != "end":
            self.place += 1
        return token

    def _take(self, sign: str) -> None:
        if self.token.text != sign:
            raise self._mistake("C001", self.token, f"expected '{sign}' here", self._missing(sign))
        self.place += 1

    def _missing(self, sign: str) -> str:
        if sign == ")" and self.token.text in _COMPARISONS:
            return "take the brackets off: a comparison stands without them, or close the bracket before it"
        if sign == ")" and self.token.kind == "name":
            return "put a colon before it: (a <-> b: kind)"
        return "close the bracket" if sign == ")" else f"write {sign}"

    def _end(self) -> None:
        token = self.token
        if token.kind == "end":
            return
        if token.text in ("and", "or"):
            help_ = "write alternatives under any:" if token.text == "or" else "write each on a line of its own"
            raise self._mistake("C005", token, f"write one condition per line, without {token.text!r}", help_)
        raise self._mistake("C001", token, f"unexpected {token.text!r}", self._extra(token))

    def _extra(self, token: _Token) -> str:
        """What to do about what follows a whole condition."""
        if self.scope.owner is not None and not (self.tokens[self.place - 1].kind == "number" and token.kind == "name"):
            return _POWER
        before = self.tokens[self.place - 1]
        if token.text in _COMPARISONS:
            return "a test holds or does not hold: write it alone, or under none:"
        if token.text == ")":
            return "no bracket is open here; take it off"
        if before.kind == "number" and token.kind == "name":
            return f"write {before.text} * {token.text}"
        return "a condition ends before it; write each on a line of its own"

    def _number(self, token: _Token) -> float:
        text = token.text
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        if value > LARGEST:
            raise self._mistake("S005", token, f"{text} is out of range", "no number goes beyond a billion")
        return value

    def _mistake(self, code: str, token: _Token, message: str, help_: str | None = None) -> ConditionMistake:
        return ConditionMistake(code, message, token.start, token.end, help_)
