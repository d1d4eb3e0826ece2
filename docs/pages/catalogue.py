"""The pages about what acts leave and who does them: kinds of agreement and pledge, offices, personalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docs.pages.acts import SOURCE
from docs.pages.markdown import WRITTEN_BY, bullets, facts, number, section, table, text
from game.files import shipped_scenarios
from game.narrative.act_descriptions import merged, standard
from game.narrative.wording import counted
from game.scenario import load
from game.scenario.build.sentences import sentence
from game.scenario.spec import (
    Act,
    AgreementKind,
    Attribute,
    AttributeEffect,
    PledgeKind,
    Scenario,
)


def pages() -> Mapping[str, str]:
    """The pages by the name of their file below the reference."""
    scenario = standard()
    made = {
        "agreement-kinds.md": text(agreements_page(scenario)),
        "pledge-kinds.md": text(pledges_page(scenario)),
        "offices.md": text(offices_page(scenario)),
        "personalities.md": text(personalities_page(scenario)),
    }
    used = attributes()
    made["attributes.md"] = text(attributes_index(used))
    return made | {f"attributes/{name}.md": text(attribute_page(name, found)) for name, found in used.items()}


def acts_where(scenario: Scenario, holds: Iterable[Act]) -> str:
    """Links to acts, from the reference."""
    return ", ".join(f"[{act.id}](acts/{act.id}.md)" for act in holds)


def agreements_page(scenario: Scenario) -> Iterator[str]:
    """Every kind of agreement."""
    yield from ("# Kinds of tie", "", WRITTEN_BY.format(source=SOURCE))
    yield "What acts leave: agreements, and what lasts until it is undone. *Worth* is what one adds to a relation while"
    yield "it is in force, in points."
    for kind in scenario.agreement_kinds.values():
        yield from ("", f"## {kind.id}", "", f"{kind.name}. {kind.doc}", "")
        yield from facts(agreement_facts(kind, scenario))


def agreement_facts(kind: AgreementKind, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is true of a kind of agreement."""
    worth = (
        f"{kind.giver:g} to each" if kind.mutual else f"{kind.giver:g} to the giver, {kind.receiver:g} to the receiver"
    )
    yield ("form", "mutual" if kind.mutual else "from a giver to a receiver")
    yield ("worth", worth)
    yield ("commitment", f"{kind.commitment:g}: how far it forbids hostile deeds")
    delivered = ", ".join(f"{name} {spread.central:g}" for name, spread in kind.delivers.items())
    every = "every turn" if kind.every == 1 else f"every {kind.every} turns, what they add up to"
    yield ("delivers", f"{delivered} a turn to the receiver, {every}" if delivered else "")
    for name, share, meaning in (
        ("intrusion", kind.intrusion, "how much of the giver's soil or sky the receiver may use"),
        ("dependence", kind.dependence, "how far the receiver comes to depend on the giver"),
        ("guarantee", kind.guarantee, "how far the giver fights for the receiver"),
    ):
        yield (name, f"{share:g}: {meaning}" if share else "")
    yield ("mediates", "the giver mediates for the receiver" if kind.mediates else "")
    yield ("settles", "parties that step off the ladder of a crisis may sign it" if kind.settles else "")
    acts = scenario.acts.values()
    yield ("signed by", acts_where(scenario, (act for act in acts if act.signs == kind.id)))
    yield ("ended by", acts_where(scenario, (act for act in acts if act.breaks == kind.id)))
    yield ("suspended by", acts_where(scenario, (act for act in acts if act.suspends == kind.id)))
    yield ("resumed by", acts_where(scenario, (act for act in acts if act.resumes == kind.id)))


def pledges_page(scenario: Scenario) -> Iterator[str]:
    """Every kind of pledge."""
    yield from ("# Kinds of pledge", "", WRITTEN_BY.format(source=SOURCE))
    yield "What a state may bind itself to, towards another: with a statement, with a deal, or as its clause"
    yield "(`pledge=no_attack`). [The rule](rules/pledges.md) says what follows when one is kept or broken."
    for kind in scenario.pledge_kinds.values():
        yield from ("", f"## {kind.id}", "", f"{kind.name}. {kind.doc}", "")
        yield from facts(pledge_facts(kind, scenario))


def pledge_facts(kind: PledgeKind, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is true of a kind of pledge."""
    yield ("lasts", "without end" if kind.turns is None else counted(kind.turns, "turn"))
    yield ("broken when", " and ".join(sentence(condition.node) for condition in kind.breach))
    yield ("verifiable", f"{kind.verifiable:g}: how surely the holder learns whether it is kept")
    yield ("reliability", f"{kind.reliability:g}: the published share that is honoured")
    yield ("gravity", f"{kind.gravity:g} points: the scar that a breach leaves")
    yield ("shelters", f"{kind.shelters:g}: how much of a suspicion it takes away" if kind.shelters else "")
    yield ("given with", acts_where(scenario, (act for act in scenario.acts.values() if kind.id in act.pledges)))
    cited = [scenario.sources[name].cite for name in kind.sources if name in scenario.sources]
    yield ("sources", "; ".join(cited))


def offices_page(scenario: Scenario) -> Iterator[str]:
    """Who speaks for a state."""
    yield from ("# Offices", "", WRITTEN_BY.format(source=SOURCE))
    yield "Who speaks for a state: `iran: criticise azerbaijan office=envoy`. The first speaks where none is named."
    yield "What a statement does and costs is multiplied by the office's weight and cost."
    yield ""
    rows = (
        (f"`{each.id}`", each.name, f"{each.weight:g}", f"{each.cost:g}", each.doc)
        for each in scenario.offices.values()
    )
    yield from table(("office", "name", "weight", "cost", "meaning"), rows)


def personalities_page(scenario: Scenario) -> Iterator[str]:
    """Every personality with its sliders."""
    yield from ("# Personalities", "", WRITTEN_BY.format(source=SOURCE))
    yield "How a state that decides for itself is inclined, 0 to 1 (rationality 0 to 5)."
    yield ""
    sliders = list(dict.fromkeys(name for each in scenario.personalities.values() for name in each.sliders))
    rows = (
        (f"`{each.id}`", *(f"{each.sliders[name]:g}" if name in each.sliders else "" for name in sliders), each.doc)
        for each in scenario.personalities.values()
    )
    yield from table(("personality", *sliders, "meaning"), rows)


def attributes() -> dict[str, list[tuple[Scenario, Attribute]]]:
    """Every attribute of the shipped scenarios, with the scenarios that declare it."""
    found: dict[str, list[tuple[Scenario, Attribute]]] = {}
    for path in shipped_scenarios():
        scenario = load(path)
        for name, attribute in scenario.attributes.items():
            found.setdefault(name, []).append((scenario, attribute))
    return found


def attributes_index(used: Mapping[str, list[tuple[Scenario, Attribute]]]) -> Iterator[str]:
    """All attributes."""
    yield from ("# Attributes", "", WRITTEN_BY.format(source="the `attributes:` of the shipped scenarios"))
    yield "What a state has. A scenario declares its own; those of the shipped ones, of which the standard acts know"
    yield "some, are these."
    yield ""
    rows = (
        (f"[{name}](attributes/{name}.md)", found[0][1].name, found[0][1].unit, ", ".join(each.id for each, _ in found))
        for name, found in used.items()
    )
    yield from table(("attribute", "name", "unit", "declared by"), rows)


def attribute_page(name: str, found: list[tuple[Scenario, Attribute]]) -> Iterator[str]:
    """One attribute: how each scenario declares it, and what moves it."""
    yield from (f"# {name}", "", WRITTEN_BY.format(source="the `attributes:` of the shipped scenarios"))
    docs = dict.fromkeys(attribute.doc for _, attribute in found if attribute.doc)
    yield from (*docs, "") if docs else ()
    head = ("scenario", "name", "unit", "from", "to", "at the start", "counts as power")
    yield from table(head, (declaration(name, scenario, attribute) for scenario, attribute in found))
    moved = [
        f"[{act.id}](../acts/{act.id}.md): {said}"
        for act in standard().acts.values()
        for said in merged(
            [each for each in act.effects if isinstance(each, AttributeEffect) and each.attribute == name]
        )
    ]
    delivered = [
        f"[{kind.id}](../agreement-kinds.md#{kind.id}): {kind.delivers[name].central:g} a turn to the receiver"
        for kind in standard().agreement_kinds.values()
        if name in kind.delivers
    ]
    yield from section("What moves it", bullets([*moved, *delivered] or ["no act of the standard catalogue"]))


def declaration(name: str, scenario: Scenario, attribute: Attribute) -> tuple[str, ...]:
    """How one scenario declares an attribute."""
    low, high = (float("inf") if end is None else end for end in (attribute.minimum, attribute.maximum))
    start = "per state" if attribute.start is None else f"{attribute.start.central:g}"
    power = "yes" if scenario.power is not None and name in str(scenario.power) else "no"
    return (scenario.id, attribute.name, attribute.unit, number(low), number(high), start, power)
