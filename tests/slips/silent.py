"""Slips that leave a file well formed: it runs, and does something other than its author meant."""

from __future__ import annotations

from collections.abc import Iterator

from tests.slips.slip import Slip, edited

DROUGHT = "    mean_turns: 5\n"
ENDINGS = "  war: {when: [the_river.tension >= 100], text: Troops cross the river at dawn.}\n"
GATES = "    roles: {closer: any, victim: any}\n"


def numbers() -> Iterator[Slip]:
    """Numbers beyond their bounds, or not stated."""
    stats = "    stats: {gdp: 80, military: 41}\n"
    for new, says in {
        "    stats: {gdp: 80, military: 450}\n": "450",
        "    stats: {gdp: -80, military: 41}\n": "-80",
        "    stats: {gdp: 80, military: {low: 41, high: 141}}\n": "141",
        "    stats: {gdp: 80}\n": "'military'",
        "    stats: {military: 41}\n": "'gdp'",
        "": "'military'",
    }.items():
        stated = "military" in new and "gdp" in new
        yield edited("silent number", stats, new, says, at="" if stated else "  cestia:\n")
    yield edited("silent number", "    start: 50\n", "    start: -5\n", "-5")
    yield edited("silent number", "      borea.resolve: {set: 80}\n", "      borea.resolve: {set: 180}\n", "180")
    yield edited("silent number", "          the_river.tension: +10\n", "          the_river.tension: +1000\n", "1000")


def the_map() -> Iterator[Slip]:
    """Codes, shapes and views."""
    for new, says in {
        "AMR ": "'ARM'",
        "arm": "'ARM'",
        "AMR": "'ARM'",
        "XYZ": "'XYZ'",
        "ARMENIA": "'ARM'",
        "Armenia": "'ARM'",
        "12": "12",
    }.items():
        yield edited("map", "iso3: ARM", f"iso3: {new}", says)
    yield edited("map", "codes: {iso3: ARM, cow", "codes: {isso3: ARM, cow", "'iso3'")
    yield edited("map", "    shape: karabakh\n", "    shape: karabach\n", "'karabakh'")
    yield edited("map", "    shape: karabakh\n", "    shape: crimea\n", "abkhazia")
    view = "  view: {west: 36, south: 36, east: 52, north: 44}\n"
    for new, says in {
        "  view: {west: 52, south: 36, east: 36, north: 44}\n": "west",
        "  view: {west: 36, south: 44, east: 52, north: 36}\n": "south",
        "  view: {west: 36, south: 36, east: 36, north: 44}\n": "west",
    }.items():
        yield edited("map", view, new, says)
    yield edited(
        "map",
        "{name: The gorge, west: 43, south: 38, east: 51, north: 43}",
        "{name: The gorge, west: 51, south: 38, east: 43, north: 43}",
        "west",
    )
    yield edited("map", "  shapes: region\n", "  shapes: europe\n", "region")
    city = "    codes: {iso3: ARM, cow: 371}\n    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}\n"
    yield edited("map", city, "    capital_city: {name: Ardaville, lat: 10.2, lon: 44.5}\n", "outside")
    yield edited("map", city, "    capital_city: {name: Ardaville, lat: 44.5, lon: 40.2}\n", "outside|exchange")


def relations() -> Iterator[Slip]:
    """Who is left out."""
    table = (
        "    from\\to   arda  borea  cestia  doria\n    arda         .    -25      30     10\n"
        "    borea      -25      .      35      5\n"
        "    cestia      30     35       .      .\n    doria       10      .       .      .\n"
    )
    yield edited(
        "relations",
        table,
        table.replace("    borea      -25      .      35      5\n", ""),
        "'borea'",
        at="    from\\to",
    )
    fewer = (
        "    from\\to   arda  borea  cestia\n"
        "    arda         .    -25      30\n    borea      -25      .      35\n    cestia      30     35       .\n"
    )
    pairs = "  pairs:\n    cestia <-> doria: 20\n    doria -> borea: {low: -5, high: 15}\n"
    yield edited("relations", table + pairs, fewer, "'doria'", at="  doria: {name")
    yield edited(
        "relations",
        "    cestia      30     35       .      .\n",
        "    cestia      -35     35       .      .\n",
        "signs",
    )


def texts() -> Iterator[Slip]:
    """Comments that cut a text short, and characters nobody sees."""
    yield edited("text", "    headline: Nothing of note\n", "    headline: Nothing of note #2\n", "comment")
    yield edited("text", "        label: Build it\n", "        label: Build it #now\n", "comment")
    yield edited("text", "    name: The reactor\n", "    name: The reactor #1\n", "comment")
    yield edited("text", "    name: Borea\n", "    name: Arda\n", "same name", at="  borea:\n")
    yield edited("text", '    colour: "#9a5d10"\n', '    colour: "#4A63BF"\n', "same colour", at="  borea:\n")
    yield edited("text", "    name: Borea\n", '    name: "Bo\\u202erea"\n', "U\\+202E")
    yield edited("text", "    name: Borea\n", '    name: "Bo\\0rea"\n', "U\\+0000")
    yield edited("text", "title: Lake\n", 'title: "\\e[2JLake"\n', "U\\+001B")


def events() -> Iterator[Slip]:
    """Events and options that never come."""
    yield edited(
        "event",
        "        weight: 1\n        effects:\n          borea -> arda: {memory: -10}",
        "        weight: 0\n        effects:\n          borea -> arda: {memory: -10}",
        "'build'",
        at="      build:\n",
    )
    both = (
        "        weight: 1\n        effects:\n          borea -> arda: {memory: -10}\n"
        "          the_river.tension: +10\n      divide:\n"
        "        label: Offer to share the water\n        weight: 2\n"
    )
    yield edited(
        "event",
        both,
        both.replace("weight: 1", "weight: 0").replace("weight: 2", "weight: 0"),
        "'dam_planned'",
        at="  dam_planned:\n",
    )
    same = "          borea -> arda: {memory: +6}\n          the_river.tension: -5\n"
    yield edited(
        "event",
        same,
        "          borea -> arda: {memory: -10}\n          the_river.tension: +10\n",
        "'build' and 'divide'",
        at="      divide:\n",
    )
    yield edited("event", "    chance: 50%\n", "    chance: 0\n", "never")
    yield edited("event", "    chance: 50%\n", "    chance: 0.2%\n", "0\\.2%")
    yield edited("event", DROUGHT, "    mean_turns: 5000\n", "8 turns")
    yield edited("event", DROUGHT, DROUGHT + "    when: [happened(drought)]\n", "itself")
    after = "    after: {event: quiet_sale, delay: 2}\n"
    yield edited("event", after, "    after: {event: doubts, delay: 2}\n", "doubts", also=(1, 9, 10))
    when = "    when: [the_river.tension >= 40]\n"
    yield edited("event", when, "    when: [the_river.tension >= 40, flag(alarm)]\n", "itself")
    yield edited("event", "    at: 2001-07\n", "    at: 2001-07\n    when: [turn >= 5]\n", "turn 5")
    yield edited("event", "    at: 2001-07\n", "    at: 2001-07\n    when: [happened(newspaper)]\n", "turn 5")
    yield edited(
        "event", "    after: {event: quiet_sale, delay: 2}\n", "    after: {event: quiet_sale, delay: 7}\n", "turn 10"
    )
    yield edited("event", "    after: {event: newspaper}\n", "    after: {event: newspaper, delay: 4}\n", "turn 9")
    yield edited("event", when, "    when: [the_river.tension > 100]\n", "0 and 100")
    yield edited("event", when, "    when: [the_river.tension >= 40, the_river.tension < 20]\n", "contradicts")
    yield edited("event", when, "    when: [turn > 8]\n", "never")
    yield edited("event", when, "    when: [turn >= 0]\n", "always")
    yield edited(
        "event",
        "      cede: {dispute: the_river, to: borea}\n",
        "      cede: {dispute: the_river, to: arda}\n",
        "holds",
    )
    yield edited("event", "    window: {low: 4, high: 8}\n", "    window: {low: 4, high: 18}\n", "18")


def endings() -> Iterator[Slip]:
    """Endings that hold from the start, or that another one hides."""
    yield edited("ending", ENDINGS, ENDINGS.replace(">= 100", ">= 30"), "before the first turn")
    yield edited(
        "ending",
        ENDINGS,
        ENDINGS.replace("[the_river.tension >= 100]", "[arda.military > borea.military]"),
        "before the first turn",
    )
    yield edited(
        "ending",
        ENDINGS,
        ENDINGS + "  total_war: {when: [the_river.tension >= 100, turn > 4], text: All is lost.}\n",
        "'war'",
        at="  total_war:",
    )
    yield edited(
        "ending",
        ENDINGS,
        ENDINGS.replace(">= 100", ">= 80") + "  total_war: {when: [the_river.tension >= 90], text: All is lost.}\n",
        "'war'",
        at="  total_war:",
    )
    goals = "    public: [{when: the_river.tension < 30, points: 30, label: The river is calm}]\n"
    yield edited("objective", goals, goals.replace("< 30", "< 50"), "before the first turn")
    yield edited("objective", goals, goals.replace("< 30", "< 0"), "never")


def acts() -> Iterator[Slip]:
    """Acts that nobody can do, and effects that change nothing."""
    yield edited("act", GATES, GATES + "    cost: 50\n", "50", at="  close_gates:")
    yield edited("act", "  praise: {cost: 2}\n", "  praise: {cost: 200}\n", "200")
    yield edited("act", GATES, "    roles: {closer: [arda], victim: [arda]}\n", "two states", at="  close_gates:")
    yield edited("act", GATES, "    roles: {closer: [doria], victim: any}\n", "takes turns", at="  close_gates:")
    yield edited("act", GATES, "    roles: {closer: [arda], victim: [cestia]}\n", "dispute", at="      dispute.tension")
    yield edited("act", "    requires: [victim -> closer < 40]\n", "    requires: [victim -> closer < -100]\n", "never")
    yield edited("act", "      victim -> closer: {memory: -9}\n", "      victim -> closer: {memory: -600}\n", "scale")
    yield edited(
        "act",
        "      rivals of layer -> receiver: {mood: -1}\n",
        "      rivals of layer -> receiver: {mood: -11}\n",
        "onlookers",
    )
    yield edited(
        "overlay", "  praise: {cost: 2}\n", "  praise: {effects: {target -> speaker: {mood: +9}}}\n", "replaces"
    )


def declared() -> Iterator[Slip]:
    """What is declared and never used, or asked for and never given."""
    yield edited("unused", "flags: [alarm, parade]", "flags: [alarm, parade, spare]", "'spare'")
    yield edited("unused", "      flag: {alarm: true}\n", "", "'alarm'", at="flags: [")
    yield edited("unused", "    personality: cautious\n", "    personality: hedger\n", "'cautious'", at="  cautious:")
    yield edited("unused", "office: governor, ", "", "'governor'", at="  governor:")
    kinds = "agreement_kinds:\n"
    yield edited("unused", kinds, kinds + "  canal: {name: A canal, mutual: true}\n", "'canal'")
    yield edited("unused", "attributes:\n", "attributes:\n  oil: {unit: Mt, start: 3}\n", "'oil'")
    yield edited("term", "    since: 1998-04\n    turns: 20\n", "    since: 2002\n    turns: 20\n", "later")


def all_slips() -> list[Slip]:
    """Every slip of this module."""
    makers = (numbers, the_map, relations, texts, events, endings, acts, declared)
    return [slip for make in makers for slip in make()]
