"""The codex: pages on the states, quarrels, acts, agreements, words and rules of a scenario, with its sources.

A page is its chapter, its title and its passages; a passage is its kind (`head`, `text`, `fact` or `source`), its text
and the value of a fact. Nothing is in it that one side keeps to itself, and nothing that is yet to happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from inspect import cleandoc

from game.narrative.act_descriptions import (
    KINDS,
    amount,
    requirements,
    sentences,
    standard,
)
from game.narrative.wording import (
    PERIODS,
    counted,
    listed,
    signed,
)
from game.rules import OPENING, PHASES
from game.scenario.build.sentences import sentence
from game.scenario.spec import (
    Act,
    AgreementKind,
    Dispute,
    Personality,
    PledgeKind,
    Scenario,
    Source,
    State,
)

Passage = tuple[str, str, str]
Page = tuple[str, str, tuple[Passage, ...]]

CHAPTERS = (
    "The scenario", "States", "Disputes", "Statements", "Deals", "Deeds", "Agreements", "Pledges", "Offices",
    "Characters", "Rules", "Sources",
)  # fmt: skip

PHASE_NAMES = ("as a turn opens", "as it is played")


def pages(scenario: Scenario | None, reader: str | None = None, *, everything: bool = False) -> Iterator[Page]:
    """The pages for one reader; without a scenario those of the standard catalogue.

    `everything` is for those from whom nothing is hidden: they read the hidden objectives of all states.
    """
    made = standard() if scenario is None else scenario
    if scenario is not None:
        yield "The scenario", made.title, tuple(_about(made))
        for state in made.states.values():
            yield "States", state.name, tuple(_state(state, made, everything or state.id == reader))
        for dispute in made.disputes.values():
            yield "Disputes", dispute.name, tuple(_dispute(dispute, made))
    for act in made.acts.values():
        yield f"{act.kind.title()}s", act.name, tuple(_act(act, made))
    for agreement in made.agreement_kinds.values():
        yield "Agreements", agreement.name, tuple(_agreement(agreement, made))
    for pledge in made.pledge_kinds.values():
        yield "Pledges", pledge.name, tuple(_pledge(pledge, made))
    for office in made.offices.values():
        weight, cost = f"{office.weight:g}", f"{office.cost:g}"
        facts = (_fact("Weight of its word", weight), _fact("Cost, against the usual", cost))
        yield "Offices", office.name, (_text(office.doc), *facts)
    for personality in made.personalities.values():
        yield "Characters", _titled(personality.id), tuple(_personality(personality))
    yield from _rules()
    if scenario is not None:
        for source in made.sources.values():
            yield "Sources", source.cite, tuple(_source(source, made))


def _text(text: str) -> Passage:
    return "text", text, ""


def _head(text: str) -> Passage:
    return "head", text, ""


def _fact(name: str, value: str) -> Passage:
    return "fact", name, value


def _titled(name: str) -> str:
    """`small_state` as Small state."""
    words = name.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def _listed(title: str, lines: Iterable[str]) -> Iterator[Passage]:
    """A head and its lines; nothing where there is no line."""
    found = [line for line in lines if line]
    if found:
        yield _head(title)
        yield from (_text(f"{line[:1].upper()}{line[1:]}") for line in found)


def _cited(names: Iterable[str], made: Scenario) -> Iterator[Passage]:
    """The sources of a page, with their links in words."""
    found = [made.sources[name] for name in names if name in made.sources]
    if found:
        yield _head("Sources")
        yield from (("source", each.cite, each.url or "") for each in found)


def _about(made: Scenario) -> Iterator[Passage]:
    unit = made.turn if made.turns == 1 else PERIODS[made.turn]
    yield _text(made.summary)
    yield _fact("Length", f"{made.turns} {unit}")
    yield _fact("Orders a turn", f"{made.orders}")
    yield _fact("Political capital", f"{made.income:g} new each turn, {made.carry:g} may be saved")
    if made.authors:
        yield _fact("Written by", listed(made.authors))
    if made.license:
        yield _fact("Licence", made.license)
    yield from _listed("How it may end", (ending.text for ending in made.endings.values()))


def _state(state: State, made: Scenario, own: bool) -> Iterator[Passage]:
    if state.capital is not None:
        yield _fact("Capital", state.capital.name)
    for name, spread in state.stats.items():
        attribute = made.attributes[name]
        yield _fact(attribute.name, f"{amount(spread).lstrip('+')} {attribute.unit}")
    if state.borders:
        yield _fact("Neighbours", listed([made.states[name].name for name in state.borders]))
    if state.personality is not None:
        yield _fact("Character", _titled(state.personality))
        yield _text(made.personalities[state.personality].doc)
    objectives = [objective for objective in made.objectives.get(state.id, ()) if own or not objective.hidden]
    if objectives:
        yield _head("Objectives")
        yield from (
            _fact(objective.label, counted_points(objective.points, objective.hidden)) for objective in objectives
        )
    yield from _listed("Agreements at the start", _agreements_of(state.id, made))
    yield from _cited(state.sources, made)


def counted_points(points: float, hidden: bool) -> str:
    """What an objective is worth."""
    return f"{points:g} {'point' if points == 1 else 'points'}{', hidden' if hidden else ''}"


def _agreements_of(state: str, made: Scenario) -> Iterator[str]:
    for agreement in made.agreements.values():
        if state in agreement.members:
            others = [made.states[name].name for name in agreement.members if name != state]
            kind = made.agreement_kinds[agreement.kind]
            way = "with" if kind.mutual else "to" if agreement.members[0] == state else "from"
            yield f"{kind.name}, {way} {listed(others)}"


def _dispute(dispute: Dispute, made: Scenario) -> Iterator[Passage]:
    names = {name: made.states[name].name for name in made.states}
    yield _fact("Kind", dispute.kind)
    yield _fact("Between", listed([names[name] for name in dispute.parties]))
    if dispute.held_by is not None:
        yield _fact("Held by", names[dispute.held_by])
    if dispute.claimed_by is not None:
        yield _fact("Claimed by", names[dispute.claimed_by])
    if dispute.recognised is not None:
        yield _fact("Recognised as belonging to", names[dispute.recognised])
    yield _fact("Tension at the start", amount(dispute.tension).lstrip("+"))
    yield _fact("Weight for its parties", f"{dispute.stake:g}")
    sides = (f"{names[state]} takes the side of {names[side]}" for state, side in dispute.recognised_by.items())
    yield from _listed("Who takes whose side", sides)
    yield from _cited(dispute.sources, made)


def _act(act: Act, made: Scenario) -> Iterator[Passage]:
    yield _text(act.doc or act.name)
    yield _text(f"{KINDS[act.kind][1].capitalize()}.")
    yield _fact("Cost", f"{act.cost:g} political capital")
    yield _fact("Again", f"after {counted(act.cooldown, 'turn')}, towards the same state")
    if act.value is not None:
        value = act.value
        yield _fact("At stake", f"{value.low:g} to {value.high:g} {value.unit}, usually {value.usual:g}")
    if act.secrecy:
        yield _fact("Secrecy", "it may be kept secret")
    if act.force:
        yield _fact("Force", "it uses force")
    yield from _listed("It needs that", requirements(act))
    yield from _listed("What it does", sentences(act, made))
    suits = [f"{name} {signed(share, 1)}" for name, share in act.personality.items()]
    yield from _listed("Whom it suits", suits)
    codes = [f"{name} {code}" for name, code in (("CAMEO", act.cameo), ("PLOVER", act.plover)) if code]
    if codes:
        yield _fact("Codes", ", ".join(codes))
    yield from _cited(act.sources, made)


def _agreement(agreement: AgreementKind, made: Scenario) -> Iterator[Passage]:
    yield _text(agreement.doc)
    yield _fact("Binds", "both alike" if agreement.mutual else "a giver to a receiver")
    if agreement.mutual:
        yield _fact("Worth in how each regards the other", signed(agreement.giver, 0))
    else:
        yield _fact("Worth in how the giver regards the receiver", signed(agreement.giver, 0))
        yield _fact("Worth in how the receiver regards the giver", signed(agreement.receiver, 0))
    often = "each turn" if agreement.every == 1 else f"every {agreement.every} turns"
    for name, spread in agreement.delivers.items():
        yield _fact(f"The receiver's {made.attributes[name].name.lower()}", f"{amount(spread)} {often}")
    shares = (
        ("How much it forbids hostile deeds", agreement.commitment),
        ("How far it intrudes on the giver", agreement.intrusion),
        ("How far the receiver comes to depend on it", agreement.dependence),
        ("How far it binds to defend", agreement.guarantee),
    )
    yield from (_fact(name, f"{share:g} of 1") for name, share in shares if share)
    if agreement.settles:
        yield _text("Parties that step off the ladder of a crisis may sign it.")
    if agreement.mediates:
        yield _text("Its giver counts as a mediator in a crisis of the receiver.")


def _pledge(pledge: PledgeKind, made: Scenario) -> Iterator[Passage]:
    yield _text(pledge.doc)
    yield _fact("Lasts", "without end" if pledge.turns is None else counted(pledge.turns, "turn"))
    yield _fact("How surely the holder learns of a breach", f"{pledge.verifiable:g} of 1")
    yield _fact("Share that is honoured, as published", f"{pledge.reliability:g} of 1")
    yield _fact("Scar that a breach leaves", f"{pledge.gravity:g} points of relation")
    if pledge.shelters:
        yield _fact("Suspicion that it takes away", f"{pledge.shelters:g} of 1")
    yield from _listed("It is broken when", (sentence(condition.node) for condition in pledge.breach))
    yield from _cited(pledge.sources, made)


def _personality(personality: Personality) -> Iterator[Passage]:
    yield _text(personality.doc)
    yield from (_fact(_titled(name), f"{value:g}") for name, value in personality.sliders.items())


def _rules() -> Iterator[Page]:
    """What every rule says of itself, in the order in which they act."""
    for when, phases in zip(PHASE_NAMES, (OPENING, PHASES), strict=True):
        for name in (name for phase in phases for name in phase):
            head, _, rest = cleandoc(import_module(f"game.rules.{name}").__doc__ or "").partition("\n")
            what = head.partition(": ")[2]
            yield "Rules", _titled(name), (_text(f"{what[:1].upper()}{what[1:]}"), _fact("When", when), *_prose(rest))


def _prose(text: str) -> Iterator[Passage]:
    """The paragraphs of a doc; of lines that are set in, those with two columns are facts."""
    for block in text.replace("`", "").strip().split("\n\n"):
        lines = block.splitlines()
        if any(line.startswith("    ") for line in lines):
            for line in lines:
                name, *rest = re.split(r"\s{3,}", line.strip())
                yield _fact(name, " ".join(rest)) if rest else _text(name)
        elif block:
            yield _text(" ".join(lines))


def _source(source: Source, made: Scenario) -> Iterator[Passage]:
    yield _text(source.cite)
    if source.url:
        yield _fact("Address", source.url)
    if source.accessed:
        yield _fact("Read on", source.accessed)
    named: Mapping[str, Iterable[tuple[str, tuple[str, ...]]]] = {
        "States": ((each.name, each.sources) for each in made.states.values()),
        "Disputes": ((each.name, each.sources) for each in made.disputes.values()),
        "Acts": ((each.name, each.sources) for each in made.acts.values()),
        "Pledges": ((each.name, each.sources) for each in made.pledge_kinds.values()),
    }
    for title, users in named.items():
        found = [name for name, sources in users if source.id in sources]
        if found:
            yield _fact(title, listed(found))
