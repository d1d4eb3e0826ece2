"""The scenario format, declared once: it drives the check of a file and the reference page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from game.scenario.schema import grammar
from game.scenario.schema.blocks import Block, Case, Either, Items, Key, Lines, Mixed, Table
from game.scenario.schema.grammar import PAIR
from game.scenario.schema.names import ID
from game.scenario.schema.types import Amount, Choice, Moment, Number, Occasion, Reference, Shape, Text, Truth

FORMAT = 1
SORTS = ("defence", "peace", "arms", "energy", "trade", "intelligence", "hostile", "other")
USUAL_MEMORIES = (
    ("mood", 2.0, "Words and incidents."),
    ("memory", 24.0, "Agreements, visits and sanctions."),
    ("scar", 120.0, "Broken pledges and bloodshed."),
)
"""The memories of the model, their half-lives in turns and what is written to them, where a file declares none."""
NO_PERSONALITY = 0.5, 1.5
"""Every slider, and the rationality, of a state whose personality is not stated."""
SLIDERS = ("assertiveness", "trustfulness", "risk_tolerance", "deceptiveness", "domestic_focus")
TEXT = Text()
TABLE = Text("a text block with a row for each state", longest=512 * 1024)
LINE = Text("a line of text", re.compile(r"[^\n]+\Z"), 300)
CLAIM = Text(LINE.what, LINE.pattern, LINE.longest, grammar=grammar.CLAIM)
FORMULA = Text(LINE.what, LINE.pattern, LINE.longest, grammar=grammar.FORMULA)
IDENTIFIER = Text("an id: small letters, digits and _, a letter first", ID)
FLAG = Text(IDENTIFIER.what, ID, declares="flag")
COLOUR = Text(
    'a colour such as "#3b6fb6"',
    re.compile(r"#[0-9a-fA-F]{6}\Z"),
    example='"#3b6fb6": # and six digits 0-9 a-f, in quotes',
)
WEB_ADDRESS = Text("a web address", re.compile(r"https?://\S+\Z"), 2000, example="https://example.org/")
SHAPE_NAME = Text(
    "the name of a map shape: letters, digits, _ and -", re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.(?:geo)?json)?\Z")
)
SOURCES = Items(Reference("source"), single=True)
_EFFECTS = "effects such as 'bora -> cyra: {mood: -4}'"
EFFECTS_OF_ACTS = Mixed(_EFFECTS, "effects of acts")
EFFECTS_OF_EVENTS = Mixed(_EFFECTS, "effects of events")
VIEW = Block(
    "a map view",
    {
        "west": Key(Number(-180, 180), "Degrees of longitude.", required=True),
        "south": Key(Number(-90, 90), "Degrees of latitude.", required=True),
        "east": Key(Number(-180, 360), "Degrees of longitude.", required=True),
        "north": Key(Number(-90, 90), "Degrees of latitude.", required=True),
    },
)

INSET = Block("an inset", {"name": Key(LINE, "What a reader calls it.", otherwise="the id"), **VIEW.keys})

SOURCE = Block(
    "a source",
    {
        "cite": Key(TEXT, "The citation a reader sees.", required=True),
        "url": Key(WEB_ADDRESS, "Where it is found."),
        "accessed": Key(Text(loose=True), "When it was looked up."),
    },
)
ATTRIBUTE = Block(
    "an attribute",
    {
        "name": Key(LINE, "What a reader calls it.", otherwise="the id"),
        "unit": Key(LINE, "Its unit: bn USD, index.", required=True),
        "min": Key(Number(), "The least value it can have."),
        "max": Key(Number(), "The greatest value it can have."),
        "start": Key(Amount(), "The value of states that state none."),
        "doc": Key(TEXT, "What it measures."),
    },
)
MEMORY = Block(
    "a memory",
    {
        "half_life": Key(Number(0.1, 10_000), "Turns until half of an impulse is gone.", required=True),
        "doc": Key(TEXT, "What is written to it."),
    },
)
STATE = Block(
    "a state",
    {
        "name": Key(LINE, "What a reader calls it.", required=True),
        "codes": Key(Table(Text("a code", loose=True)), "Codes of other data sets: iso3, cow."),
        "capital_city": Key(
            Block(
                "a capital city",
                {
                    "name": Key(LINE, "The city.", required=True),
                    "lat": Key(Number(-90, 90), "Degrees of latitude.", required=True),
                    "lon": Key(Number(-180, 180), "Degrees of longitude.", required=True),
                },
            ),
            "Its capital, for the map.",
        ),
        "colour": Key(COLOUR, "Its colour on the map."),
        "personality": Key(
            Reference("personality"),
            "How it decides.",
            otherwise=f"every slider {NO_PERSONALITY[0]:g}, rationality {NO_PERSONALITY[1]:g}",
        ),
        "plays": Key(Truth(), "Whether it takes turns.", default=True),
        "off_map": Key(Truth(), "Whether it lies outside the map.", default=False),
        "stats": Key(Table(Amount(), refers="attribute"), "Its attributes at the start."),
        "borders": Key(Items(Reference("state")), "Its neighbours; naming one side is enough."),
        "sources": Key(SOURCES, "Where its numbers come from."),
    },
)
RELATIONS = Block(
    "relations",
    {
        "table": Key(
            TABLE,
            "A text block: how each row regards each column, -100 to 100; `.` where not stated.",
        ),
        "pairs": Key(Table(Amount(-100, 100), form=PAIR), "Sparse: `a -> b: 35` one way, `a <-> b: 35` both ways."),
        "uncertain": Key(
            Table(
                Block("an uncertainty", {"sd": Key(Number(0, 100), "Standard deviation.", required=True)}), form=PAIR
            ),
            "How unsure stated relations are.",
        ),
    },
)
DISPUTE = Block(
    "a dispute",
    {
        "name": Key(LINE, "What a reader calls it.", required=True),
        "kind": Key(Choice(("territory", "security")), "What it is about.", required=True),
        "held_by": Key(Reference("state"), "Who holds the territory."),
        "claimed_by": Key(Reference("state"), "Who claims it."),
        "recognised": Key(Reference("state"), "The party whose side all states take that are no party."),
        "recognised_by": Key(Table(Reference("state"), refers="state"), "Who takes a side, and which party's."),
        "stake": Key(Number(0, 10), "What it is worth to its parties, against an ordinary one.", default=1),
        "parties": Key(Items(Reference("state"), 2, 2), "The two sides of a security dispute."),
        "tension": Key(Amount(0, 100), "0 calm to 100 force, at the start.", required=True),
        "shape": Key(SHAPE_NAME, "Its outline on the map."),
        "sources": Key(SOURCES, "Where its numbers come from."),
    },
    cases=(
        Case("kind", "territory", needs=("held_by", "claimed_by"), bars=("parties",)),
        Case("kind", "security", needs=("parties",), bars=("held_by", "claimed_by")),
    ),
)
AGREEMENT_KIND = Block(
    "a tie kind",
    {
        "name": Key(LINE, "What a reader calls it.", required=True),
        "mutual": Key(Truth(), "Whether it binds both sides alike.", required=True),
        "worth": Key(Number(-100, 100), "Mutual kinds: what it adds to how each regards the other.", default=0),
        "giver": Key(Number(-100, 100), "Other kinds: what it adds to how the giver regards the receiver.", default=0),
        "receiver": Key(Number(-100, 100), "And to how the receiver regards the giver.", default=0),
        "delivers": Key(
            Table(Amount(), refers="attribute", example="{gdp: 0.1}"), "What the receiver's attributes gain a turn."
        ),
        "commitment": Key(Number(0, 1), "How far it forbids hostile deeds.", default=0),
        "settles": Key(
            Truth(),
            "Whether the two sides of a crisis may sign it as they step off; for mutual kinds.",
            default=False,
        ),
        "every": Key(Number(1, 1200, whole=True), "Turns between two deliveries of all that is due.", default=1),
        "intrusion": Key(Number(0, 1), "How much of the giver's soil or sky the receiver may use.", default=0),
        "dependence": Key(Number(0, 1), "How far the receiver comes to depend on the giver.", default=0),
        "guarantee": Key(Number(0, 1), "How far the giver fights for the receiver.", default=0),
        "mediates": Key(Truth(), "Whether the giver mediates for the receiver.", default=False),
        "sort": Key(Choice(SORTS), "What sort of agreement it is, as maps and lists show it.", default="other"),
        "doc": Key(TEXT, "What it is."),
    },
)
PLEDGE_KIND = Block(
    "a pledge kind",
    {
        "name": Key(LINE, "What a reader calls it.", required=True),
        "turns": Key(Number(1, 9998, whole=True), "How long such a pledge lasts; without, no end."),
        "breach": Key(Lines(), "What breaks it, over `giver` and `holder`; of a list, all of it.", required=True),
        "verifiable": Key(Number(0, 1), "How surely its holder learns whether it is kept.", default=1),
        "reliability": Key(Number(0, 1), "The published share that is honoured.", required=True),
        "gravity": Key(Number(0, 100), "The scar that a breach leaves with its holder.", default=10),
        "shelters": Key(Number(0, 1), "How much of a suspicion of foreign use it takes away.", default=0),
        "doc": Key(TEXT, "What it binds to."),
        "sources": Key(SOURCES, "Where its numbers come from."),
    },
)
OFFICE = Block(
    "an office",
    {
        "name": Key(LINE, "What a reader calls it.", required=True),
        "weight": Key(Number(0, 10), "How much its word weighs, against the usual.", default=1),
        "cost": Key(Number(0, 10), "How much it costs, against the usual.", default=1),
        "doc": Key(TEXT, "Who that is."),
    },
)
PLEDGE = Block(
    "a pledge",
    {
        "kind": Key(Reference("pledge kind"), "Its kind.", required=True),
        "giver": Key(Reference("state"), "Who is bound.", required=True),
        "to": Key(Reference("state"), "Whom it is owed to.", required=True),
        "since": Key(Moment(), "Since when."),
        "turns": Key(Number(1, 9998, whole=True), "Turns it still lasts; without, no end."),
        "sources": Key(SOURCES, "Where it is recorded."),
    },
)
RECORD = Block(
    "a record",
    {
        "kept": Key(Number(0, 1000), "Pledges it has seen the other keep.", default=0),
        "broken": Key(Number(0, 1000), "Pledges it has seen the other break.", default=0),
    },
)
AGREEMENT = Block(
    "a tie",
    {
        "kind": Key(Reference("agreement kind"), "Its kind.", required=True),
        "members": Key(
            Items(Reference("state"), 2), "Who is bound; the giver first where the kind is not mutual.", required=True
        ),
        "since": Key(Moment(), "Since when."),
        "turns": Key(Number(1, 9998, whole=True), "Turns it still lasts; without, no end."),
        "volume": Key(Number(0, 1000), "Its value, over the usual one.", default=1),
        "purpose": Key(Reference("dispute"), "The dispute it is said to be for."),
        "sources": Key(SOURCES, "Where it is recorded."),
    },
)
PERSONALITY = Block(
    "a personality",
    {
        **{name: Key(Number(0, 1), f"How {name} it is.", default=0.5) for name in SLIDERS},
        "rationality": Key(Number(0, 5), "How surely it takes the best choice.", default=1),
        "doc": Key(TEXT, "What kind of government it is."),
    },
)
ROLE = Either((Choice(("any",)), Items(Reference("state"), 1)), "'any' or a list of states")
VALUE = Block(
    "a value",
    {
        "unit": Key(LINE, "Its unit.", required=True),
        "low": Key(Number(), "The least it can be.", required=True),
        "high": Key(Number(), "The most it can be.", required=True),
        "usual": Key(Number(1e-9), "Where effects are as written; they scale with value / usual.", required=True),
    },
)
TERMS = Block(
    "terms",
    {
        "value": Key(VALUE, "What is at stake."),
        "turns": Key(Number(1, 9998, whole=True), "How long the tie lasts."),
        "secrecy": Key(Truth(), "Whether it may be kept secret.", default=False),
    },
)
ACT = Block(
    "an act",
    {
        "name": Key(LINE, "What a reader calls it.", otherwise="the id"),
        "kind": Key(
            Choice(("statement", "deal", "deed")), "Speech, something to agree on, or something done.", required=True
        ),
        "roles": Key(
            Table(ROLE, form=grammar.NAME, exactly=2, example="{seller: any, buyer: any}"),
            "Exactly two: who orders it, and whom it is directed at.",
            required=True,
        ),
        "text": Key(LINE, "The sentence a reader sees, with roles in braces."),
        "terms": Key(TERMS, "What is agreed."),
        "cost": Key(Number(0, 1000), "Political capital it takes.", default=1),
        "cooldown": Key(
            Number(1, 9000, whole=True), "Turns before it may be directed at the same state again.", default=1
        ),
        "requires": Key(Lines(), "When it may be done, over roles and states."),
        "signs": Key(Reference("agreement kind"), "The tie it leaves."),
        "breaks": Key(Reference("agreement kind", ("all",)), "The ties it ends between the two."),
        "suspends": Key(Reference("agreement kind"), "The ties it suspends between the two."),
        "resumes": Key(Reference("agreement kind"), "The suspended ties it takes up again."),
        "pledges": Key(
            Table(Reference("pledge kind"), form=grammar.NAME),
            "Which role pledges what to the other: `{buyer: end_use}`.",
        ),
        "discloses": Key(Choice(("confirm", "deny")), "What it says of secrets and rumours about the two."),
        "cedes": Key(Truth(), "Whether the first role gives up what it holds and the other claims.", default=False),
        "recognises": Key(IDENTIFIER, "The role whose side the first role takes in that one's disputes."),
        "credible": Key(Truth(), "Whether it works by the credit its word has with the other.", default=False),
        "force": Key(Truth(), "Whether it uses force.", default=False),
        "effects": Key(EFFECTS_OF_ACTS, "What it changes when done or accepted."),
        "refused": Key(EFFECTS_OF_ACTS, "What it changes instead when a deal is refused."),
        "personality": Key(
            Block("personality", {name: Key(Number(-1, 1), f"Pull on {name} governments.") for name in SLIDERS}),
            "Who leans to it.",
        ),
        "cameo": Key(
            Text(
                "a CAMEO code of two to four digits, in quotes",
                re.compile(r"[0-9]{2,4}\Z"),
                loose=True,
                example='"061"',
            ),
            "Its CAMEO code.",
        ),
        "plover": Key(
            Text("a PLOVER mode", re.compile(r"[A-Za-z_-]+(?:/[A-Za-z _-]+)?\Z")), "Its PLOVER category or mode."
        ),
        "weight": Key(Number(-10, 10), "The published score it is grounded on.", default=0),
        "doc": Key(TEXT, "One sentence about it."),
        "sources": Key(SOURCES, "Where its numbers come from."),
    },
    cases=(
        Case("kind", "statement", bars=("refused",)),
        Case("kind", "deed", bars=("refused", "discloses")),
        Case("kind", "deal", bars=("discloses",)),
    ),
)
OPTION = Block(
    "an option",
    {
        "label": Key(LINE, "What the decider reads.", required=True),
        "weight": Key(Number(0), "How likely, before reasons.", default=1),
        "effects": Key(EFFECTS_OF_EVENTS, "What it changes."),
    },
)
EVENT = Block(
    "an event",
    {
        "headline": Key(LINE, "What the news says.", required=True),
        "text": Key(TEXT, "More about it."),
        "at": Key(
            Occasion(),
            "When it happens: a date or a turn. A number below 1000 is a turn.",
        ),
        "after": Key(
            Mixed("{event: …} or {act: …, role: state}", "trigger", "write {event: …}"),
            "What it follows, with `delay` turns between.",
        ),
        "mean_turns": Key(Amount(0.01), "How many turns pass on average."),
        "window": Key(
            Block(
                "a window",
                {
                    "low": Key(Number(0), "First turn.", required=True),
                    "high": Key(Number(0), "Last turn.", required=True),
                },
            ),
            "Between which turns it happens once.",
        ),
        "when": Key(Lines(), "What must hold as well."),
        "chance": Key(Amount(0, 1, percent=True), "How likely it is then.", default=1.0),
        "repeats": Key(Truth(), "Whether it can happen again.", otherwise="false, true with mean_turns"),
        "effects": Key(EFFECTS_OF_EVENTS, "What it changes."),
        "comment": Key(Truth(), "Whether it is an analyst's comment: news that changes nothing.", default=False),
        "decider": Key(Reference("state"), "Who picks among the options."),
        "options": Key(Table(OPTION, declares="option", least=1), "What the decider can do."),
        "sources": Key(SOURCES, "Where it is reported."),
    },
    one_of=("at", "after", "mean_turns", "window"),
    together=("decider", "options"),
)
OBJECTIVE = Block(
    "an objective",
    {
        "when": Key(Lines(), "What must hold.", required=True),
        "points": Key(Number(-1000, 1000), "What it is worth.", required=True),
        "label": Key(LINE, "What a reader calls it.", otherwise="the condition in words"),
    },
)
OBJECTIVES = Block(
    "objectives",
    {
        "public": Key(Items(OBJECTIVE), "Known to all."),
        "hidden": Key(Items(OBJECTIVE), "Known to the state alone."),
    },
)
ENDING = Block(
    "an ending",
    {
        "when": Key(Lines(), "When the run ends so.", required=True),
        "text": Key(TEXT, "What a reader sees.", required=True),
    },
)
EXPECTATION = Block(
    "an expectation",
    {
        "runs": Key(Number(1, 10_000, whole=True), "How many runs.", default=100),
        "turns": Key(Number(1, 1200, whole=True), "How many turns each.", otherwise="the scenario's"),
        "seed": Key(Number(0, 2**31, whole=True), "The seed.", default=1),
        "then": Key(Items(CLAIM, 1, single=True), "What must be true of them.", required=True),
    },
)
MAP = Block(
    "a map",
    {
        "shapes": Key(SHAPE_NAME, "The outlines."),
        "view": Key(VIEW, "What is shown."),
        "insets": Key(Table(INSET, declares="inset"), "Parts shown larger, the first beside the map."),
    },
)

CAPITAL = Block(
    "capital",
    {
        "income": Key(Number(0, 1000), "Political capital a turn.", default=4),
        "carry": Key(Number(0, 1000), "How much may be saved.", default=2),
    },
)

SCENARIO: Mapping[str, Key] = {
    "format": Key(
        Choice((str(FORMAT),), f"a format that this version reads, which is format {FORMAT}"),
        "The version of this format.",
        required=True,
    ),
    "id": Key(IDENTIFIER, "The scenario's id.", required=True),
    "title": Key(LINE, "Its title.", required=True),
    "summary": Key(TEXT, "What it is about."),
    "authors": Key(Items(LINE, single=True), "Who wrote it."),
    "license": Key(LINE, "Under which licence."),
    "sources": Key(Table(SOURCE, declares="source"), "Where its numbers come from."),
    "event_data": Key(
        Text("the name of event data", re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")),
        "Coded events for back-tests.",
    ),
    "start": Key(Moment(), "The date of the first turn.", required=True),
    "turn": Key(Choice(("week", "month", "quarter", "year")), "How long a turn is.", default="month"),
    "turns": Key(Number(1, 1200, whole=True), "How many turns a run has.", required=True),
    "orders": Key(Number(1, 20, whole=True), "How many orders a state may give a turn.", default=3),
    "capital": Key(CAPITAL, "Political capital, which orders cost."),
    "catalogue": Key(
        Text("the name of a catalogue", re.compile(r"[a-z0-9][a-z0-9_-]{0,79}\Z")), "The acts it starts from."
    ),
    "attributes": Key(Table(ATTRIBUTE, declares="attribute"), "What states have."),
    "memories": Key(
        Table(MEMORY, declares="memory"),
        "How deeds are remembered.",
        otherwise=", ".join(f"{name} {half_life:g}" for name, half_life, _ in USUAL_MEMORIES),
    ),
    "power": Key(FORMULA, "Which attribute, or formula over attributes, the rules read as capability."),
    "states": Key(Table(STATE, declares="state", least=2), "Who takes part.", required=True),
    "relations": Key(RELATIONS, "How they stand at the start; a pair left out is 0."),
    "disputes": Key(Table(DISPUTE, declares="dispute"), "What they quarrel about."),
    "agreement_kinds": Key(
        Table(AGREEMENT_KIND, declares="agreement kind"), "Kinds of agreement, on top of the catalogue's."
    ),
    "agreements": Key(Table(AGREEMENT, declares="agreement"), "Agreements in force at the start."),
    "pledge_kinds": Key(Table(PLEDGE_KIND, declares="pledge kind"), "Kinds of pledge, on top of the catalogue's."),
    "pledges": Key(Table(PLEDGE, declares="pledge"), "Pledges in force at the start."),
    "trust": Key(
        Table(RECORD, form=PAIR), "What `a -> b` has seen the other keep and break of its word before the start."
    ),
    "offices": Key(
        Table(OFFICE, declares="office"),
        "Who may speak for a state, on top of the catalogue's; the first is the usual one.",
    ),
    "personalities": Key(
        Table(PERSONALITY, declares="personality"), "How governments decide, on top of the catalogue's."
    ),
    "acts": Key(Table(ACT, declares="act"), "What states can do, on top of the catalogue's."),
    "events": Key(Table(EVENT, declares="event"), "What happens to them."),
    "flags": Key(Items(FLAG, single=True), "Flags that events raise and conditions ask for."),
    "objectives": Key(Table(OBJECTIVES, refers="state"), "What states want."),
    "endings": Key(Table(ENDING, declares="ending"), "What ends a run early; the first that holds counts."),
    "parameters": Key(Table(Table(Amount())), "How the rules work here."),
    "map": Key(MAP, "What the map shows."),
    "seat": Key(
        Reference("state"), "The state that a person plays who names none.", otherwise="the first that takes turns"
    ),
    "expect": Key(Table(EXPECTATION, declares="expectation"), "What must stay true, tested by running it."),
}
ROOT = Block("a scenario", SCENARIO)
BLOCKS = (STATE, ATTRIBUTE, DISPUTE, EVENT, OPTION, ACT, AGREEMENT_KIND, AGREEMENT, PLEDGE_KIND, PLEDGE, EXPECTATION)
"""The blocks that authors write over several lines, and whose keys may end up at the margin."""

CATALOGUE: Mapping[str, Key] = {
    "format": SCENARIO["format"],
    "catalogue": Key(IDENTIFIER, "The catalogue's id.", required=True),
    **{name: SCENARIO[name] for name in ("agreement_kinds", "pledge_kinds", "offices", "acts", "personalities")},
}

OVERLAID: Mapping[str, Shape] = {
    "agreement_kinds": Block(AGREEMENT_KIND.title, AGREEMENT_KIND.keys, partial=True),
    "pledge_kinds": Block(PLEDGE_KIND.title, PLEDGE_KIND.keys, partial=True),
    "offices": Block(OFFICE.title, OFFICE.keys, partial=True),
    "acts": Block(ACT.title, ACT.keys, partial=True, cases=ACT.cases),
    "personalities": PERSONALITY,
}
