"""The oracle: what today's engine makes of many games, turn by turn, frozen as digests.

`python -m tests.oracle freeze` plays them and writes `oracle.npz`; `python -m tests.oracle check` plays them again and
names the first difference: the game, its seed, the turn, and the array or rule. A form of the engine that is meant to
give the same bytes is held to it.
"""
