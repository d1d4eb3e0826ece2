"""The languages inside a scenario as patterns, for editors: conditions, formulas, claims and the keys of effects.

A pattern lets through whatever the parsers of `game.scenario.build` read, and refuses what is no such line at all:
arrows, brackets and words that are amiss. It knows no names, and does not count brackets. Patterns are written so that
Python and ECMAScript read them alike, anchored at both ends, and never try one stretch of text in two ways.
"""

from __future__ import annotations

from game.kernel.conditions import MEASURES, TESTS

_S = "[ \\t]*"
_ID = "[a-z][a-z0-9_]{0,39}"
_NUMBER = "[0-9]{1,15}(?:\\.[0-9]{1,15})?%?"
_TO, _WITH = f"{_S}->{_S}", f"{_S}<->{_S}"
_OF_A_KIND = f"{_S}:{_S}{_ID}"
_PARTY = f"(?:(?:rivals|friends|neighbours)[ \\t]+of[ \\t]+)?{_ID}"

ARGUMENTS = {
    "happened": _ID,
    "ended": _ID,
    "flag": _ID,
    "crisis": _ID,
    "at_war": _ID,
    "holds": f"{_ID}{_OF_A_KIND}",
    "recognises": f"{_ID}{_TO}{_ID}{_OF_A_KIND}",
    "pledge": f"{_ID}{_TO}{_ID}(?:{_OF_A_KIND})?",
    "did": f"{_PARTY}{_TO}{_PARTY}{_OF_A_KIND}",
    "pact": f"{_ID}{_WITH}{_ID}(?:{_OF_A_KIND})?",
    "border": f"{_ID}{_WITH}{_ID}",
    "rumour": f"{_ID}{_WITH}{_ID}",
    "suspended": f"{_ID}{_WITH}{_ID}{_OF_A_KIND}",
    "trust": f"{_ID}{_TO}{_ID}",
    "suspicion": f"{_ID}{_TO}{_ID}",
    "depth": f"{_ID}{_WITH}{_ID}",
    "rung": _ID,
}
"""What stands in the brackets of each test and measure."""


def _asked(names: tuple[str, ...]) -> str:
    return "|".join(f"{name}{_S}\\({_S}{ARGUMENTS[name]}{_S}\\)" for name in names)


def _sum(value: str) -> str:
    return f"[-+( \\t]*(?:{value})[) \\t]*(?:[-+*/][-+( \\t]*(?:{value})[) \\t]*)*"


_OWNED = f"{_ID}{_S}(?:->{_S}|\\.{_S}){_ID}"
_SUM = _sum(f"{_NUMBER}|{_asked(tuple(MEASURES))}|{_OWNED}|turn")
_TEST = _asked(tuple(TESTS))
_COMPARISON = f"{_SUM}(?:<=|>=|==|!=|<|>){_SUM}"
_CONDITION = f"{_S}(?:{_TEST}){_S}|{_COMPARISON}"
_BOUND = f"{_S}[-+]?{_S}{_NUMBER}{_S}"
_INTERVAL = f"(?:(?:<=|>=|==|!=|<|>){_BOUND}|between{_BOUND}and{_BOUND})"

NAME = f"^{_ID}$"
CONDITION = f"^(?:{_CONDITION})$"
FORMULA = f"^{_sum(f'{_NUMBER}|{_ID}(?:{_S}(?:->{_S}|[.]{_S}){_ID})?')}$"
CLAIM = f"^{_S}(?:share{_S}\\((?:{_CONDITION})\\)|mean{_S}\\({_SUM}\\)){_S}{_INTERVAL}$"
PAIR = f"^{_ID}{_S}(?:<->|->){_S}{_ID}$"
EFFECT_ON_RELATIONS = f"^{_S}{_PARTY}{_S}(?:<->|->){_S}{_PARTY}{_S}$"
EFFECT_ON_QUANTITIES = f"^{_ID}\\.{_ID}$"
