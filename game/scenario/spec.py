"""A scenario as typed records: what the file says, each record with its place, before anything becomes arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from game.kernel import conditions


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: lines and columns from 1, the end column one past the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A number, or the distribution it is drawn from; `path` addresses its draw.

    constant: first = value. normal: first = mean, second = sd. triangle: low, mode, high. flat: low, high.
    """

    form: Literal["constant", "normal", "triangle", "flat"]
    first: float
    second: float
    third: float
    path: str
    span: Span

    @property
    def central(self) -> float:
        """The value one interactive game uses: mean, mode or middle."""
        if self.form == "triangle":
            return self.second
        if self.form == "flat":
            return (self.first + self.second) / 2
        return self.first


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date; month and day are 1 where the file leaves them out."""

    year: int
    month: int
    day: int
    span: Span


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line of a condition: its tree, its text and its place."""

    node: conditions.Condition
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A whole `when`, `requires` or `goal`: one tree, and its lines for findings and for readers."""

    node: conditions.Condition
    leaves: tuple[Leaf, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Party:
    """A state or role, or the onlookers who are rivals, friends or neighbours of it; `others` names nobody."""

    selector: Literal["rivals", "friends", "neighbours", "others"] | None
    name: str


@dataclass(frozen=True, slots=True)
class RelationEffect:
    """`a -> b: {memory: +8}`: an impulse to how a regards b, in the memory it names."""

    source: Party
    target: Party
    memory: str
    amount: Spread
    span: Span


@dataclass(frozen=True, slots=True)
class AttributeEffect:
    """`a.military: +4`, or `{set: 20}`."""

    owner: Party
    attribute: str
    amount: Spread
    absolute: bool
    span: Span


@dataclass(frozen=True, slots=True)
class TensionEffect:
    """`strait.tension: +4`; in an act, `dispute.tension` means each dispute in which the two parties are opposed."""

    dispute: str
    amount: Spread
    absolute: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ActEffect:
    """`act: {act: arms_package, seller: cyra, buyer: ada, value: 1.6}`: the act is done, agreed or not asked.

    `sign:` is the same for deals. `actor` and `target` are state ids; `value` is in the act's unit.
    """

    act: str
    actor: str
    target: str
    value: Spread | None
    span: Span
    secret: bool
    audience: str | None  # private, or the state in whose capital it is said; None for everybody
    office: str | None
    about: str | None
    purpose: str | None  # a dispute


@dataclass(frozen=True, slots=True)
class BreakEffect:
    """`break: {kind: energy, members: [a, b]}`: agreements of a kind (or all, when kind is None) between two end."""

    kind: str | None
    first: str
    second: str
    span: Span


@dataclass(frozen=True, slots=True)
class FlagEffect:
    """`flag: {name: true}`."""

    flag: str
    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class PledgeEffect:
    """`pledge: {kind: no_foreign_use, giver: a, to: b, turns: 24}`: a pledge is given; without `turns` the kind's."""

    kind: str
    giver: str
    to: str
    turns: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class DisclosureEffect:
    """`rumour: {members: [a, b]}`, `reveal: {members: [a, b]}`: what two keep secret is talked of, or comes out."""

    certain: bool
    first: str
    second: str
    span: Span


@dataclass(frozen=True, slots=True)
class CedeEffect:
    """`cede: {dispute: strait, to: ada}`: a territory changes hands."""

    dispute: str
    to: str
    span: Span


@dataclass(frozen=True, slots=True)
class RecogniseEffect:
    """`recognise: {dispute: strait, state: dena, side: ada}`: a state takes a party's side."""

    dispute: str
    state: str
    side: str
    span: Span


@dataclass(frozen=True, slots=True)
class CrisisEffect:
    """`crisis: {dispute: strait, rung: 2}`: both sides stand on a rung of the ladder; -1 ends the crisis."""

    dispute: str
    rung: int
    span: Span


Effect = (
    RelationEffect
    | AttributeEffect
    | TensionEffect
    | ActEffect
    | BreakEffect
    | FlagEffect
    | PledgeEffect
    | DisclosureEffect
    | CedeEffect
    | RecogniseEffect
    | CrisisEffect
)


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    cite: str
    url: str | None
    accessed: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Attribute:
    id: str
    name: str
    unit: str
    minimum: float | None
    maximum: float | None
    start: Spread | None
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Memory:
    id: str
    half_life: float  # in turns
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class City:
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class State:
    id: str
    name: str
    codes: Mapping[str, str | int]
    capital: City | None
    colour: str | None
    personality: str | None
    plays: bool
    off_map: bool
    stats: Mapping[str, Spread]
    borders: tuple[str, ...]
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """How `source` regards `target`; from the table, `pairs` or both directions of `<->`."""

    source: str
    target: str
    score: Spread
    span: Span


@dataclass(frozen=True, slots=True)
class Dispute:
    id: str
    name: str
    kind: Literal["territory", "security"]
    held_by: str | None
    claimed_by: str | None
    recognised: str | None
    parties: tuple[str, ...]  # holder and claimant, or the two sides of a security dispute
    tension: Spread
    shape: str | None
    sources: tuple[str, ...]
    span: Span
    recognised_by: Mapping[str, str]  # state -> the party whose side it takes
    stake: float


@dataclass(frozen=True, slots=True)
class AgreementKind:
    """A kind of agreement; mutual kinds bind all members alike, others run from a giver to a receiver.

    `giver`/`receiver`: what it adds to how the giver regards the receiver, and the reverse, while in force.
    `delivers`: what the receiver's attributes gain a turn. `commitment`: 0 to 1, how much it forbids hostile deeds.
    """

    id: str
    name: str
    mutual: bool
    giver: float
    receiver: float
    delivers: Mapping[str, Spread]
    commitment: float
    settles: bool  # parties that step off the ladder of a crisis may sign it
    doc: str
    span: Span
    every: int  # turns between two deliveries
    intrusion: float
    dependence: float
    guarantee: float
    mediates: bool
    sort: str


@dataclass(frozen=True, slots=True)
class PledgeKind:
    """A kind of pledge, from a giver to its holder. `breach`: all of it must hold for the pledge to be broken."""

    id: str
    name: str
    turns: int | None  # how long one lasts; None for no end
    breach: tuple[Condition, ...]  # over the roles `giver` and `holder`
    verifiable: float
    reliability: float
    gravity: float
    shelters: float
    doc: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Office:
    """Who speaks for a state: how much the word weighs and costs, against the usual."""

    id: str
    name: str
    weight: float
    cost: float
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge in force at the start."""

    id: str
    kind: str
    giver: str
    to: str
    since: Date | None
    turns: int | None  # turns left at the start; None for no end
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """What one state has seen another keep and break of its word before the start, in pledges."""

    kept: float
    broken: float
    span: Span


@dataclass(frozen=True, slots=True)
class Agreement:
    id: str
    kind: str
    members: tuple[str, ...]  # giver first where the kind is not mutual
    since: Date | None
    turns: int | None  # turns left at the start; None for no end
    sources: tuple[str, ...]
    span: Span
    volume: float
    purpose: str | None  # the dispute it is said to be for


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    allowed: tuple[str, ...] | None  # state ids, or None for any
    span: Span


@dataclass(frozen=True, slots=True)
class Value:
    """What is at stake in a deal: `value: {unit: bn USD, low: 0.1, high: 3, usual: 1}`; effects scale with it."""

    unit: str
    low: float
    high: float
    usual: float


@dataclass(frozen=True, slots=True)
class Act:
    """A statement, deal or deed. The first role is the actor, the second the target."""

    id: str
    name: str
    kind: Literal["statement", "deal", "deed"]
    roles: tuple[Role, Role]
    text: str  # "{speaker} praises {target}"
    cost: float
    cooldown: int  # turns before the same actor may direct it at the same target again
    requires: tuple[Condition, ...]
    value: Value | None
    signs: str | None  # the kind of tie it leaves
    turns: int | None  # how long that tie lasts
    breaks: str | None  # the kind of tie it ends between the two, or "all"
    effects: tuple[Effect, ...]
    refused: tuple[Effect, ...]  # instead of `effects` when the target of a deal says no
    personality: Mapping[str, float]  # how much each personality slider favours it, -1 to 1
    cameo: str | None
    plover: str | None
    weight: float  # the PLOVER or Goldstein score it is grounded on, -10 to 10
    doc: str
    sources: tuple[str, ...]
    span: Span
    secrecy: bool  # it may be kept secret
    pledges: tuple[str | None, str | None]  # the kinds that actor and target give each other with it
    suspends: str | None  # a kind of tie
    resumes: str | None  # a kind of tie
    discloses: Literal["confirm", "deny"] | None
    cedes: bool
    recognises: str | None  # the role whose side the actor takes
    credible: bool
    force: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """When an event can fire: exactly one of the forms."""

    form: Literal["at", "after", "mean_turns", "window"]
    at: Date | int | None  # a date, or a turn
    after_event: str | None
    after_act: str | None
    after_actor: str | None
    after_target: str | None
    delay: int  # turns between trigger and event
    mean_turns: Spread | None
    window: Spread | None  # flat spread over turns
    span: Span


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str
    weight: float
    effects: tuple[Effect, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    headline: str
    text: str
    trigger: Trigger
    when: tuple[Condition, ...]
    chance: Spread  # 0 to 1
    repeats: bool  # False: fires at most once
    effects: tuple[Effect, ...]
    decider: str | None
    options: tuple[Option, ...]
    sources: tuple[str, ...]
    span: Span
    comment: bool  # an analyst's: news without effects


@dataclass(frozen=True, slots=True)
class Objective:
    condition: Condition
    points: float
    label: str
    hidden: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Ending:
    id: str
    when: tuple[Condition, ...]
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Personality:
    """Sliders 0 to 1 (rationality 0 to 5)."""

    id: str
    sliders: Mapping[str, float]
    doc: str
    span: Span


@dataclass(frozen=True, slots=True)
class Expectation:
    id: str
    runs: int
    turns: int
    seed: int
    then: tuple[str, ...]  # checked lines, kept as text
    span: Span
    places: tuple[Span, ...]  # of the lines


@dataclass(frozen=True, slots=True)
class Scenario:
    """The whole file, with the standard catalogue already merged in below the scenario's own entries."""

    id: str
    title: str
    summary: str
    authors: tuple[str, ...]
    license: str | None
    sources: Mapping[str, Source]
    event_data: str | None
    start: Date
    turn: Literal["week", "month", "quarter", "year"]
    turns: int
    orders: int
    income: float
    carry: float
    catalogue: str | None
    attributes: Mapping[str, Attribute]
    memories: Mapping[str, Memory]
    power: conditions.Term | None  # over `actor`: which quantity the rules read as capability
    states: Mapping[str, State]
    relations: Mapping[tuple[str, str], Relation]  # a pair left out is 0
    disputes: Mapping[str, Dispute]
    agreement_kinds: Mapping[str, AgreementKind]
    agreements: Mapping[str, Agreement]
    pledge_kinds: Mapping[str, PledgeKind]
    pledges: Mapping[str, Pledge]
    offices: Mapping[str, Office]
    trust: Mapping[tuple[str, str], Record]  # what the first has seen of the second
    acts: Mapping[str, Act]
    events: Mapping[str, Event]
    flags: tuple[str, ...]
    objectives: Mapping[str, tuple[Objective, ...]]
    endings: Mapping[str, Ending]
    personalities: Mapping[str, Personality]
    parameters: Mapping[str, Spread]  # "balance.coupling" -> value
    map: Mapping[str, object]
    expect: Mapping[str, Expectation]
    seat: str | None  # the state a person plays who names none
    text: str = field(repr=False)
    path: str = "<text>"
    flag_spans: Mapping[str, Span] = field(default_factory=dict, repr=False)
    # The entries that are the catalogue's, by section; their spans lie in another file.
    inherited: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    written: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)  # the entries of the file itself
    catalogue_hash: str = ""  # of the standard catalogue's text, sixteen hexadecimal digits
