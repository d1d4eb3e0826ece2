"""What stands in the blocks of special effects and of triggers, declared once."""

from __future__ import annotations

from collections.abc import Mapping

from game.kernel.world import CALM, RUNGS
from game.scenario.schema.blocks import Block, Either, Items, Key
from game.scenario.schema.types import Amount, Choice, Number, Reference, Truth

_STATE, _DISPUTE = Reference("state"), Reference("dispute")
_AUDIENCE = Either((Choice(("public", "private")), _STATE), "'public', 'private' or the id of a state")

CHANGE = Amount(-1000, 1000)
"""By how much a memory is moved."""

DONE = Block(
    "an act that is done",
    {
        "act": Key(
            Reference("act"), "Which act; beside it, each of its roles and the state that takes it.", required=True
        ),
        "value": Key(Amount(), "How much is at stake, within the act's terms."),
        "secret": Key(Truth(), "Whether only the two know of it.", default=False),
        "audience": Key(_AUDIENCE, "Where a statement is heard: by all, by the other alone, in a third capital."),
        "office": Key(Reference("office"), "Who says it.", otherwise="the usual one"),
        "about": Key(_STATE, "The third state that a statement is about."),
        "purpose": Key(_DISPUTE, "The dispute that what it signs is said to be for."),
    },
)
BROKEN = Block(
    "'break'",
    {
        "kind": Key(Reference("agreement kind", ("all",)), "The kind of agreement that ends, or all.", required=True),
        "members": Key(Items(_STATE, 2, 2), "The two.", required=True),
    },
)
PLEDGED = Block(
    "'pledge'",
    {
        "kind": Key(Reference("pledge kind"), "Its kind.", required=True),
        "giver": Key(_STATE, "Who is bound.", required=True),
        "to": Key(_STATE, "Whom it is owed to.", required=True),
        "turns": Key(Number(1, 9998, whole=True), "How long it lasts.", otherwise="its kind's"),
    },
)
DISCLOSED = Block("'rumour' or 'reveal'", {"members": Key(Items(_STATE, 2, 2), "The two.", required=True)})
CEDED = Block(
    "'cede'", {"dispute": Key(_DISPUTE, "Over what.", required=True), "to": Key(_STATE, "To whom.", required=True)}
)
RECOGNISED = Block(
    "'recognise'",
    {
        "dispute": Key(_DISPUTE, "Over what.", required=True),
        "state": Key(_STATE, "Who takes a side.", required=True),
        "side": Key(_STATE, "The party whose side it is.", required=True),
    },
)
CRISIS = Block(
    "'crisis'",
    {
        "dispute": Key(_DISPUTE, "Over what.", required=True),
        "rung": Key(Number(CALM, len(RUNGS) - 1, whole=True), "The rung both sides stand on.", required=True),
    },
)

SPECIAL: Mapping[str, tuple[Block, str]] = {
    "sign": (DONE, "A deal that is signed."),
    "act": (DONE, "An act that is done."),
    "break": (BROKEN, "An agreement that ends."),
    "pledge": (PLEDGED, "A pledge that is given."),
    "rumour": (DISCLOSED, "Two of whom it is whispered that they have a secret agreement."),
    "reveal": (DISCLOSED, "Two whose secret agreement comes out."),
    "cede": (CEDED, "A territory that changes hands."),
    "recognise": (RECOGNISED, "A state that takes a side in a dispute."),
    "crisis": (CRISIS, "A dispute that comes to a crisis, or out of it at -1."),
}
"""The effects of events that are a block, or a list of such blocks, and what each does; `flag` is one of names."""

AFTER = Block(
    "a trigger",
    {
        "event": Key(Reference("event"), "The event it follows."),
        "act": Key(Reference("act"), "The act it follows; beside it, roles and who must have taken them."),
        "delay": Key(Number(0, 1200, whole=True), "Turns between the two.", default=0),
    },
    one_of=("event", "act"),
)
"""What an event that comes after another or after an act says."""
