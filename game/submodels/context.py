"""The context of a step: one world and what is done in it, as every rule of a phase sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from game.kernel.catalogue import Actions
from game.kernel.declare import Floats
from game.kernel.draws import Draws
from game.kernel.orders import Orders
from game.kernel.world import Board, World, relations
from game.submodels.impulses import gradings
from game.submodels.information import apparent, open_world


@dataclass(frozen=True)
class StepContext:
    """What every rule of a phase looks at: one world, and what is done in it.

    What follows from these is worked out once, for the rules that ask.
    """

    board: Board
    world: World
    turn: int  # the turn being played, from 1
    worth: Floats  # [R, N, N] what agreements in force add to relations
    orders: Orders
    actions: Actions
    draws: Draws

    @cached_property
    def relation(self) -> Floats:
        """How i regards j `[R, N, N]`."""
        return relations(self.board, self.world, self.worth)

    @cached_property
    def public(self) -> World:
        """The world as everybody may know it; the world itself where nothing is secret."""
        return open_world(self.board, self.world)

    @cached_property
    def apparent(self) -> Floats:
        """How i seems to everybody to regard j `[R, N, N]`: without what is secret."""
        if not self.world.secrecy.any() and not self.world.hidden.any():
            return self.relation
        return apparent(self.board, self.world, self.public)

    @cached_property
    def graded(self) -> Floats:
        """How much each state shows itself a rival, friend, neighbour ... of each `[R, G, N, N]`."""
        return gradings(self.board, self.apparent)
