"""The reasoner, the built-in policy: it scores what it may order by what it wants and expects, and chooses."""

from game.policies.reasoner.reasoner import Decision, Params, Reasoner

__all__ = ["Decision", "Params", "Reasoner"]
