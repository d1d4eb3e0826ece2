"""Slips that only a person makes: conditions, tables, dates, claims, pasted text, half-remembered keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.slips.slip import BASE, Slip, edited

SHOTS = "    when: [the_river.tension >= 40]\n"
ROW = "    borea      -25      .      35      5\n"
HEADLINE = "    headline: Shots at the river\n"
CLAIM = "then: [share(ended(war)) < 50%, mean(borea -> cestia) > 20]"
EFFECT = "      arda <-> borea: {mood: -6}\n"


def _each(kind: str, old: str, ways: Mapping[str, tuple[str, ...]], *, never: str = "") -> Iterator[Slip]:
    for new, says in ways.items():
        yield edited(kind, old, new, *says, never=never)


def conditions() -> Iterator[Slip]:
    """Lines of `when` as authors write them who know another language of conditions."""
    lines: dict[str, tuple[str, ...]] = {
        "the_river.tension => 40": (">=",),
        "the_river.tension = 40": ("==",),
        "the_river.tension is 40": ("==",),
        "the_river.tension above 40": (">",),
        "the_river.tension below 40": ("<",),
        "the_river.tension at least 40": (">=",),
        "the_river.tension > 40 and turn > 2": ("line|of its own",),
        "the_river.tension > 40 or turn > 2": ("any",),
        "the_river.tension > 40 && turn > 2": ("line",),
        "the_river.tension > 40 || turn > 2": ("any",),
        "not crisis(the_river)": ("none: ?\\[?crisis",),
        "!crisis(the_river)": ("none",),
        "20 < the_river.tension < 60": ("two|line",),
        "the_river.tension": ("compare|>=",),
        "the_river >= 40": ("the_river.tension",),
        "tension(the_river) >= 40": ("the_river\\.tension",),
        "the_river.tensoin >= 40": ("the_river\\.tension",),
        "arda -> borea": ("compare|>=",),
        "arda -> borea < ": ("missing|value|number",),
        "arda <-> borea < 20": ("arda -> borea",),
        "arda - > borea < 20": ("->",),
        "arda → borea < 20": ("->",),
        "arda -> borea ≤ 20": ("<=",),
        "arda.borea < 20": ("arda -> borea",),
        "arda.military > 1,000": ("1000|comma",),
        "arda.military > borea": ("borea\\.",),
        "Arda.military > 20": ("'arda'",),
        "arda.Military > 20": ("'military'",),
        "arda.miltary > 20": ("'military'",),
        "military > 20": ("\\.military",),
        "relation(arda, borea) < 20": ("arda -> borea",),
        "relation(arda -> borea) < 20": ("arda -> borea",),
        "max(arda.gdp, borea.gdp) > 20": ("no max|max",),
        "happened(droughtt)": ("'drought'",),
        "happend(drought)": ("'happened'",),
        "happened drought": ("happened\\(drought\\)",),
        "happened(drought": ("\\)",),
        "happened('drought')": ("quotes|drought",),
        "flag(prade)": ("'parade'",),
        "flag(alarm) == true": ("flag\\(alarm\\)|alone|itself",),
        "alarm": ("flag\\(alarm\\)",),
        "drought": ("happened\\(drought\\)",),
        "crisis(reactr)": ("'reactor'",),
        "pact(arda, cestia)": ("<->",),
        "pact(arda -> cestia)": ("<->",),
        "pact(arda <-> arda)": ("two states|itself",),
        "pact(arda <-> cestia, trade)": (":",),
        "pact(arda <-> cestia trade)": (":",),
        "pledge(arda <-> borea)": ("->",),
        "did(arda <-> borea: protest)": ("->",),
        "did(arda -> borea)": ("act",),
        "did(arda -> borea: protst)": ("'protest'",),
        "holds(arda)": ("dispute",),
        "rung(the_river)": ("compare|>=|number",),
        "trust(arda <-> borea) > 0.2": ("->",),
        "depth(arda -> borea) > 20": ("<->",),
        "trust(arda -> borea) > 20%%": ("unexpected|%",),
        "turn >= Q3": ("'Q3'|number|turn",),
        "turn >= 2001-07": ("turn|number",),
        "date >= 2001": ("turn",),
        "the_river.tension >= 40 # and rising": (),
        "ended(wars)": ("'war'",),
        "border(arda <-> dorai)": ("'doria'",),
        "if the_river.tension > 40": ("'if'|without",),
        "random < 50%": ("chance",),
        "chance(50%)": ("chance",),
        "count(pact(arda <-> others)) > 2": ("count",),
        "sum(arda.gdp) > 2": ("sum",),
        "any(arda.gdp > 2)": ("any:",),
        "arda.gdp + > 2": ("unexpected|missing",),
        "(arda.gdp > 2)": ("bracket|unexpected|expected",),
        "arda.gdp > 2)": ("unexpected|bracket",),
        "arda.gdp ** 2 > 4": ("unexpected|missing",),
        "arda.gdp > -": ("missing|number|value",),
    }
    for line, says in lines.items():
        if says:
            yield edited("condition", SHOTS, f'    when: ["{line}"]\n', *says)
    blocks = {
        "    when: {or: [the_river.tension >= 40, turn > 2]}\n": ("any",),
        "    when: {not: [crisis(the_river)]}\n": ("none",),
        "    when: {and: [the_river.tension >= 40, turn > 2]}\n": ("all",),
        "    when: {any: [turn > 2], none: [crisis(the_river)]}\n": ("any, all|one key|list|line",),
        "    when: [did(arda -> borea: protest)]\n": ("quote",),
        "    when: {the_river.tension: 40}\n": ("condition|>=",),
        "    when: true\n": ("condition",),
        "    when: 40\n": ("condition",),
        "    when:\n": ("condition",),
        '    when: "none: [crisis(the_river)]"\n': ("none",),
        '    when: [">= 40"]\n': ("missing|unexpected",),
    }
    yield from _each("condition block", SHOTS, blocks)


def tables() -> Iterator[Slip]:
    """The table of relations."""
    rows = {
        "    borea      -25      .      35\n": ("4 columns|3 cells",),
        "    borea      -25      .      35      5      6\n": ("5 cells|4 columns",),
        "    borea      -25      0      35      5\n": ("\\.",),
        "    borea      -25      .      high      5\n": ("'high'",),
        "    borea      -25      .      135      5\n": ("100",),
        "    borea      -25      .      35,5      5\n": ("35\\.5",),
        "    borea      \u221225      .      35      5\n": ("minus",),
        "    borae      -25      .      35      5\n": ("'borea'",),
        "    Borea      -25      .      35      5\n": ("'borea'",),
        "    borea:     -25      .      35      5\n": ("colon|':'|'borea'",),
        "    | borea | -25 | . | 35 | 5 |\n": ("\\|",),
        "    borea, -25, ., 35, 5\n": ("comma|spaces",),
        "    borea      -25      -      35      5\n": ("\\.",),
        "    borea      -25      x      35      5\n": ("\\.",),
        "    borea      -25%      .      35      5\n": ("'-25%'",),
        ROW + ROW: ("two rows|twice",),
        "    borea      - 25      .      35      5\n": ("- 25|space|-25",),
        "    borea      -25      .      {mean: 35, sd: 2}      5\n": ("spread|uncertain|pairs",),
    }
    yield from _each("table row", ROW, rows)
    yield edited("table row", ROW, "", "'borea'", down=-2)
    head = "    from\\to   arda  borea  cestia  doria\n"
    heads = {
        "              arda  borea  cestia  doria\n": ("corner",),
        "    from / to arda  borea  cestia  doria\n": ("corner",),
        "    from \\ to arda  borea  cestia  doria\n": ("corner",),
        "    arda  borea  cestia  doria\n": ("corner",),
        "    from\\to   arda  borea  cestai  doria\n": ("'cestia'",),
        "    from\\to   arda  borea  cestia  arda\n": ("two columns|twice",),
        "    from\\to   arda  borea  cestia\n": ("'doria'|column",),
        "    from\\to | arda | borea | cestia | doria\n": ("\\|",),
        "": ("corner|head",),
    }
    yield from _each("table head", head, heads)
    yield edited("table form", "  table: |\n", "  table: >\n", "table: \\|")
    yield edited("table form", "  table: |\n", "  table:\n", "table: \\|", also=(1,))
    pairs = {
        "    cestia -- doria: 20\n": ("->",),
        "    cestia, doria: 20\n": ("->",),
        "    cestia-doria: 20\n": ("->",),
        "    cestia => doria: 20\n": ("->",),
        "    cestia <--> doria: 20\n": ("<->",),
        "    cestia <> doria: 20\n": ("<->",),
        "    cestia: {doria: 20}\n": ("->",),
        "    cestia <-> doira: 20\n": ("'doria'",),
        "    cestia <-> cestia: 20\n": ("itself",),
        "    cestia -> doria -> arda: 20\n": ("->",),
        "    arda <-> cestia: 20\n": ("twice",),
        "    cestia <-> doria: 200\n": ("100",),
        "    cestia <-> doria: friendly\n": ("'friendly'",),
        "    cestia <-> doria : 20\n    cestia <-> doria: 21\n": ("twice",),
    }
    for new, says in pairs.items():
        yield edited("pair", "    cestia <-> doria: 20\n", new, *says, also=(1,) if new.count("\n") > 1 else ())
    yield edited("uncertain", "    arda -> borea: {sd: 5}", "    arda -> borea: 5", "sd")
    yield edited("uncertain", "    arda -> borea: {sd: 5}", "    arda -> borea: {var: 5}", "sd")
    yield edited("uncertain", "    arda -> borea: {sd: 5}", "    doria -> borea: {sd: 5}", "spread")


def dates() -> Iterator[Slip]:
    """Dates."""
    starts = {
        "start: 2001-13\n": ("2001-13",),
        "start: 2001-02-30\n": ("2001-02-30",),
        "start: 01/2001\n": ("2012-02|2001-01",),
        "start: January 2001\n": ("date",),
        "start: 2001-1\n": ("2001-01",),
        "start: 2001.01\n": ("date|2001-01",),
        "start: 2001/01\n": ("2001-01",),
        "start: 01.02.2001\n": ("2001-02-01|date",),
        "start: 2001-Q1\n": ("date|2001-01",),
        "start: '01'\n": ("date",),
        "start: 0000-01\n": ("0000-01",),
        "start: yesterday\n": ("date",),
        "start: [2001, 1]\n": ("date",),
        "start: 20010101\n": ("2001-01-01",),
        "start: 2001-01-01T00:00\n": ("2001-01-01",),
        "start:\n": ("date",),
        "start: 1\n": ("date",),
    }
    yield from _each("start", "start: 2001-01\n", starts)
    ats = {
        "    at: 2001-7\n": ("2001-07",),
        "    at: turn 3\n": ("at: 3|turn|'turn 3'",),
        "    at: 2001-07-32\n": ("2001-07-32",),
        "    at: third\n": ("turn|date",),
        "    at: 7/2001\n": ("2001-07|date",),
        "    at: 0\n": ("before",),
        "    at: 9\n": ("8 turns",),
        "    at: 2005-07\n": ("8 turns",),
        "    at: 1999-07\n": ("before",),
        "    at: [2, 5]\n": ("turn|date",),
        "    at: {low: 2, high: 4}\n": ("window",),
        "    at: -1\n": ("-1",),
        "    at: 2.5\n": ("2.5|whole",),
        "    at: July 2001\n": ("2001-07|date",),
        "    at: 2001-07\n    window: {low: 1, high: 2}\n": ("trigger|one of",),
        "": ("trigger|one of",),
    }
    for new, says in ats.items():
        count = new.count("\n")
        yield edited("occasion", "    at: 2001-07\n", new, *says, also=(-1, -2, 1) if count != 1 else ())
    others: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("    since: 1998-04\n", "    since: 1998-4\n", ("1998-04",)),
        ("    since: 1998-04\n", "    since: 2002-04\n", ("start",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: quiet_sale", ("event: quiet_sale",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {quiet_sale: 2}", ("event",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: quiet_sal, delay: 2}", ("'quiet_sale'",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: quiet_sale, wait: 2}", ("delay",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: quiet_sale, delay: two}", ("number",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: quiet_sale, act: protest}", ("one",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: quiet_sale, delay: 12}", ("8",)),
        ("    after: {event: quiet_sale, delay: 2}", "    after: {event: newspaper, delay: 2}", ("itself|newspaper",)),
        (
            "    after: {act: protest, speaker: borea, delay: 1}",
            "    after: {act: protest, seller: borea}",
            ("speaker",),
        ),
        (
            "    after: {act: protest, speaker: borea, delay: 1}",
            "    after: {act: protest, speaker: borae}",
            ("'borea'",),
        ),
        (
            "    after: {act: protest, speaker: borea, delay: 1}",
            "    after: {act: protests, speaker: borea}",
            ("'protest'",),
        ),
        ("    window: {low: 4, high: 8}", "    window: {low: 8, high: 4}", ("low|high",)),
        ("    window: {low: 4, high: 8}", "    window: [4, 8]", ("low",)),
        ("    window: {low: 4, high: 8}", "    window: 4-8", ("low",)),
        ("    window: {low: 4, high: 8}", "    window: {begin: 4, high: 8}", ("low",)),
        ("    window: {low: 4, high: 8}", "    window: {low: 4, high: 18}", ("8",)),
        ("    mean_turns: 20\n", "    mean_turns: 0\n", ("0",)),
        ("    mean_turns: 20\n", "    mean_turns: never\n", ("'never'",)),
        ("    mean_turns: 20\n", "    mean_turns: 20 turns\n", ("'20 turns'",)),
        ("turn: quarter\n", "turn: quarters\n", ("'quarter'",)),
        ("turn: quarter\n", "turn: day\n", ("week",)),
        ("turn: quarter\n", "turn: 3 months\n", ("week|quarter",)),
        ("turn: quarter\n", "turn: Quarter\n", ("'quarter'",)),
        ("turns: 8\n", "turns: 2 years\n", ("'2 years'",)),
        ("turns: 8\n", "turns: 8.5\n", ("whole",)),
        ("turns: 8\n", "turns: 0\n", ("0",)),
        ("turns: 8\n", "turns: 5000\n", ("1200",)),
    )
    for old, new, expected in others:
        yield edited("time", old, new, *expected)


def percentages() -> Iterator[Slip]:
    """Chances and shares."""
    for new, says in {
        "0.5%%": ("%",),
        "50 %": ("50%",),
        "50 percent": ("50%|percent",),
        "half": ("'half'",),
        "150%": ("100|1|150%",),
        "1.5": ("0 to 1|100%|1\\.5",),
        "-10%": ("-10%",),
        "'50%'": (),
        "0,5": ("0\\.5",),
        "50": ("50%",),
        "1/2": ("0\\.5|50%|'1/2'",),
        "0%": ("never|hardly|0%",),
        "[50%]": ("list",),
        "fifty": ("'fifty'",),
    }.items():
        if says:
            yield edited("chance", "chance: 50%", f"chance: {new}", *says)
    claims = {
        "then: [share(ended(war)) < 150%]": ("100%|always",),
        "then: [ended(war) < 50%]": ("share",),
        "then: [share(ended(wra)) < 50%]": ("'war'",),
        "then: [share(ended(war)) 50%]": ("comparison|<",),
        "then: [share(ended(war) < 50%]": ("\\)",),
        "then: [share(ended(war)) < half]": ("number",),
        "then: [mean(borea -> cestia) is 20]": (">|comparison",),
        "then: [mean(borea <-> cestia) > 20]": ("->",),
        "then: [average(borea -> cestia) > 20]": ("mean",),
        "then: [probability(ended(war)) < 50%]": ("share",),
        "then: [median(borea -> cestia) > 20]": ("mean",),
        "then: [share(pact(arda <-> cestia: trade)) > 30%]": ("quote",),
        "then: []": ("1|item",),
        "then: share(ended(war)) between 20% and": ("number",),
        "then: share(ended(war)) between 60% and 20%": ("never|order|low",),
        "then: share(ended(war)) between 20%, 60%": ("and",),
        "then: true": ("text|claim",),
        "then: [mean(ended(war)) < 50%]": ("share",),
        "then: [share(borea -> cestia) > 20%]": ("yes-or-no|compare|condition",),
        "then: [share(ended(war)) > 100%]": ("never|100%",),
        "then: [share(happened(floods)) > 10%]": ("no event",),
    }
    yield from _each("claim", CLAIM, claims)


def effects() -> Iterator[Slip]:
    """What events and acts change."""
    ways = {
        "      arda <-> borea: -6\n": ("mood",),
        "      arda <-> borea: {moods: -6}\n": ("'mood'",),
        "      arda <-> borea: {mood:-6}\n": ("space|blank",),
        "      arda <-> borea: {mood -6}\n": (":",),
        "      arda <-> borea: {mood: - 6}\n": ("-6|number",),
        "      arda <-> borea: {set: -50}\n": ("sum|mood|change",),
        "      arda <-> borae: {mood: -6}\n": ("'borea'",),
        "      arda: {borea: {mood: -6}}\n": ("arda -> borea|->",),
        "      arda.borea: {mood: -6}\n": ("arda -> borea|->",),
        "      arda.militry: +4\n": ("'military'",),
        "      arda.military: up\n": ("'up'",),
        "      arda.military: {mood: +4}\n": ("memories",),
        "      military: +4\n": ("\\.military",),
        "      reactor: +4\n": ("reactor\\.tension",),
        "      reactor.tensions: +4\n": ("reactor\\.tension",),
        "      reactr.tension: +4\n": ("'reactor'",),
        "      tension: +4\n": ("\\.tension",),
        "      rivals of arda: {mood: -4}\n": ("->",),
        "      rivals of arda -> friends of borea: {mood: -4}\n": ("one side",),
        "      enemies of arda -> borea: {mood: -4}\n": ("rivals",),
        "      everyone -> borea: {mood: -4}\n": ("others",),
        "      all -> borea: {mood: -4}\n": ("others",),
        "      arda -> borea, cestia: {mood: -4}\n": ("line|one state|names nobody|two",),
        "      arda -> arda: {mood: -4}\n": ("itself",),
        "      arda -> : {mood: -4}\n": ("nobody|state",),
        "      arda => borea: {mood: -4}\n": ("->",),
        "      rumuor: {members: [arda, cestia]}\n": ("'rumour'",),
        "      crisis: the_river\n": ("dispute",),
        "      crisis: {dispute: reactor, rung: 9}\n": ("9",),
        "      crisis: {dispute: reactor}\n": ("rung",),
        "      cede: {dispute: reactor, to: borea}\n": ("security",),
        "      cede: {dispute: the_river, to: doria}\n": ("arda and borea|party",),
        "      reveal: {members: [cestia]}\n": ("2|two",),
        "      reveal: [cestia, borea]\n": ("members",),
        "      act: {act: praise, speaker: cestia, target: cestia}\n": ("same|two states",),
        "      act: praise\n": ("act: \\{act|needs|role",),
        "      act: {act: prais, speaker: cestia, target: arda}\n": ("'praise'",),
        "      act: {act: praise, speaker: cestia}\n": ("target",),
        "      act: {act: praise, speaker: cestia, goal: arda}\n": ("goal",),
        "      sign: {act: praise, speaker: cestia, target: arda}\n": ("act:",),
        "      act: {act: arms_package, seller: cestia, buyer: arda, value: 900}\n": ("900",),
        "      act: {act: close_gates, closer: cestia, victim: arda, secret: true}\n": ("secret",),
        "      act: {act: lay_pipe, layer: arda, receiver: doria}\n": ("doria|kept for",),
        "      pledge: {kind: no_atack, giver: cestia, to: arda}\n": ("'no_attack'",),
        "      pledge: {kind: no_attack, giver: cestia, to: cestia}\n": ("another state|two states",),
        "      pledge: {kind: no_attack, giver: cestia, holder: arda}\n": ("'to'|to",),
        "      break: trade\n": ("members",),
        "      break: {kind: trades, members: [arda, cestia]}\n": ("'trade'",),
        "      recognise: {dispute: the_river, state: cestia, side: doria}\n": ("arda and borea|party",),
        "      recognize: {dispute: the_river, state: cestia, side: arda}\n": ("'recognise'",),
        "      end: war\n": ("effect",),
        "      event: drought\n": ("effect|after",),
        "      others.military: +4\n": ("state|others",),
        "      arda.military: +10%\n": ("number|%",),
        "      arda.military: *1.1\n": ("alias|number",),
        "      arda.military = +4\n": (":",),
        "      arda.military: {set: 20, mean: 4}\n": ("set",),
    }
    yield from _each("effect", EFFECT, ways)
    own = "      layer.resolve: +2\n"
    ways = {
        "      arda.resolve: +2\n": ("layer|role",),
        "      layer.resolve: {set: 2}\n": ("set",),
        "      layers.resolve: +2\n": ("'layer'",),
        "      layer.resolv: +2\n": ("'resolve'",),
        "      flag: {parade: true}\n": ("event",),
        "      cestia -> doria: {mood: +2}\n": ("layer|own parties|party",),
        "      target -> layer: {mood: +2}\n": ("'receiver'|no role|layer",),
        "      subject -> doria: {mood: 2}\n": ("subject",),
    }
    yield from _each("effect of an act", own, ways)


def pasted() -> Iterator[Slip]:
    """Text that came from elsewhere: quotes, colons, signs, conflicts, other formats."""
    headlines = {
        "    headline: Shots: three dead\n": ("quote",),
        '    headline: "Shots" at the river\n': ("quote",),
        "    headline: 'Shots at Arda's river'\n": ("quote",),
        '    headline: "Shots \\at the river"\n': ("escape|backslash",),
        "    headline: @river shots\n": ("quote",),
        "    headline: `Shots`\n": ("quote",),
        "    headline: %shots\n": ("quote",),
        "    headline: {Arda} shoots\n": ("quote",),
        "    headline: [Arda] shoots\n": ("quote",),
        "    headline: *Shots*\n": ("quote|\\*|alias",),
        "    headline: !Shots\n": ("quote|tag",),
        "    headline: &Shots fired\n": ("quote|anchor|&",),
        "    headline: # Shots\n": ("comment|#|quote",),
        "    headline: Shots #3 at the river\n": ("comment|#",),
        "    headline: “Shots at the river”\n    headline: x\n": ("twice",),
        "    headline: 2001\n": ("quotes",),
        "    headline: true\n": ("quotes",),
        "    headline:\n": ("text|nothing",),
        "    headline: ''\n": ("text|empty|line",),
        "    headline: [Shots]\n": ("text|list",),
        "    headline: |\n      Shots\n      at the river\n": ("line",),
        '    headline: "Shots at the river\n': ("quote",),
        "    headline: 'Shots at the river\n": ("quote",),
        '    headline: "Ar\\u202eda"\n': ("U\\+202E",),
        '    headline: "A\\0rda"\n': ("U\\+0000",),
        '    headline: "\\u200b"\n': ("seen",),
        '    headline: "\\e]0;pwned\\a"\n': ("U\\+001B",),
        "    headline: Shots\u0007 at the river\n": ("U\\+0007",),
        "    headline: Shots\u2028 at the river\n": ("U\\+2028",),
        "    headline: Shots - - at: the river\n": ("quote",),
        "    headline: Shots at the river,\n    text: [x\n": ("clos",),
    }
    for new, says in headlines.items():
        also = (1,) if new.count("\n") > 1 else (1,) if "x\n" in new else ()
        yield edited("pasted text", HEADLINE, new, *says, also=also)
    labels = {
        "label: The river, at last, is calm}": ("quote",),
        "label: The river: calm}": ("quote",),
        "label: The river is calm, points: 30}": ("twice",),
        "label: [The river}": ("clos|bracket",),
        "label The river is calm}": (":|colon",),
        "label: The river is calm; points: 3}": ("quote|:",),
    }
    yield from _each("label in braces", "label: The river is calm}", labels)
    conflict = "<<<<<<< HEAD\nturns: 8\n=======\nturns: 12\n>>>>>>> theirs\n"
    yield edited("merge conflict", "turns: 8\n", conflict, "conflict")
    inner = "    chance: 50%\n"
    yield edited(
        "merge conflict", inner, f"<<<<<<< HEAD\n{inner}=======\n    chance: 60%\n>>>>>>> theirs\n", "conflict"
    )
    yield edited("stray line", inner, "chance: 50%\n", "chance", "event|indent")
    yield edited("stray line", "    decider: arda\n", "  decider: arda\n", "decider", "event|indent")
    yield edited("stray line", "    decider: arda\n", "decider: arda\n", "decider", "event|indent")
    yield edited(
        "stray line", "    borders: [cestia]\n    sources", "      borders: [cestia]\n    sources", "borders|indent"
    )
    yield edited("tabs", "    claimed_by: borea\n", "\tclaimed_by: borea\n", "tab")
    yield edited("tabs", "capital: {income: 3, carry: 2}", "capital:\t{income: 3, carry: 2, x: 1}", "'x'")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', '    colour: "#4a63bf\n', "quote")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', "    colour: #4a63bf\n", "quote")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', "    colour: 4a63bf\n", "#")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', "    colour: blue\n", "#")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', '    colour: "#46b"\n', "#")
    yield edited("quote of a colour", '    colour: "#4a63bf"\n', '    colour: "#4a63bg"\n', "#")
    yield edited("line ends", "title: Lake\n", "title: Lake\r", "CR|line", also=(1,))
    yield Slip("encoding", "Latin-1", BASE.replace("name: Arda\n", "name: Ardá\n").encode("latin-1"), (38,), ("UTF-8",))
    yield Slip("encoding", "UTF-16", BASE.encode("utf-16"), (1,), ("UTF-8",))
    yield Slip("encoding", "empty", "", (1,), ("format: 1",))
    yield Slip("encoding", "a list", "- a\n- b\n", (1,), ("format",))
    yield Slip("encoding", "JSON cut", '{"format": 1, "id": ', (1,), ("clos",))
    yield edited("second document", "start: 2001-01\n", "---\nstart: 2001-01\n", "document")


def remembered() -> Iterator[Slip]:
    """Keys of other formats, of older versions, or that ought to exist."""
    for key, says in {
        "extends: south-caucasus-2012": ("format 1|no .*extends|extends",),
        "policies: {arda: greedy}": ("policies",),
        "remove: [praise]": ("remove",),
        "description: A lake": ("summary",),
        "author: Ada": ("'authors'",),
        "name: Lake": ("title",),
        "countries: {}": ("states",),
        "groups: {west: [arda, borea]}": ("groups",),
        "tie_kinds: {}": ("agreement_kinds",),
        "ties: {}": ("agreements",),
        "goals: {}": ("objectives",),
        "conflicts: {}": ("disputes",),
        "licence: MIT": ("'license'",),
        "seed: 3": ("seed",),
        "version: 2": ("format",),
    }.items():
        yield edited("remembered key", "orders: 2\n", f"orders: 2\n{key}\n", *says)
    forms: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("format: 1\n", "format: 2\n", ("format 1",)),
        ("format: 1\n", "", ("format",)),
        ("format: 1\n", "format: v1\n", ("1",)),
        ("format: 1\n", 'format: "1.0"\n', ("1",)),
        ("id: lake\n", "id: Lake-1\n", ("lake_1",)),
        ("id: lake\n", "id: 1\n", ("letter|id",)),
        ("id: lake\n", "", ("'id'",)),
        ("title: Lake\n", "", ("'title'",)),
        ("orders: 2\n", "orders: 2\norders: 3\n", ("twice",)),
        ("catalogue: standard\n", "catalogue: standart\n", ("'standard'",)),
        ("catalogue: standard\n", "catalogue: [standard]\n", ("list|name",)),
        ("authors: [Ada Author]\n", "authors: {Ada: Author}\n", ("list",)),
        ("  balance: {coupling: 0.35}", "  balance: {coupling: 50}", ("from 0 to 5\\b(?! 1)",)),
        ("  balance: {coupling: 0.35}", "  balance: {couplin: 0.35}", ("'coupling'",)),
        ("  balance: {coupling: 0.35}", "  balanse: {coupling: 0.35}", ("'balance'",)),
        ("  balance: {coupling: 0.35}", "  balance.coupling: 0.35", ("balance",)),
        ("seat: arda", "seat: doria", ("takes no turns",)),
        ("seat: arda", "seat: ardaa", ("'arda'",)),
        ("  praise: {cost: 2}", "  prasie: {cost: 2}", ("'praise'",)),
        ("  praise: {cost: 2}", "  praise: {roles: {a: any, b: any}}", ("speaker",)),
        ("    roles: {closer: any, victim: any}", "    roles: {closer: any}", ("two|2",)),
        ("    roles: {closer: any, victim: any}", "    roles: [closer, victim]", (": any",)),
        ("    roles: {closer: any, victim: any}", "    roles: {closer: all, victim: any}", ("any",)),
        ("    roles: {closer: any, victim: any}", "    roles: {closer: arda, victim: any}", ("\\[arda\\]|any|list",)),
        ("    roles: {closer: any, victim: any}", "    roles: {closer: [ardo], victim: any}", ("'arda'",)),
        (
            '    text: "{layer} lays a pipe to {receiver}"',
            '    text: "{layer} lays a pipe to {reciever}"',
            ("'receiver'",),
        ),
        ('    text: "{layer} lays a pipe to {receiver}"', '    text: "{layer} lays a pipe to {}"', ("role",)),
        (
            '    text: "{layer} lays a pipe to {receiver}"',
            '    text: "{layer lays a pipe to {receiver}"',
            ("role|brace",),
        ),
        ("    signs: pipeline", "    signs: pipelines", ("'pipeline'",)),
        ("    kind: deed\n", "    kind: action\n", ("deed",)),
        ("    kind: deed\n", "    kind: deeds\n", ("'deed'",)),
        ("    kind: security\n", "    kind: border\n", ("territory",)),
        ("    parties: [borea, cestia]", "    parties: [borea, cestia, arda]", ("2|two",)),
        ("    parties: [borea, cestia]", "    parties: borea, cestia", ("list|\\[",)),
        ("    parties: [borea, cestia]", "    parties: [borea, borea]", ("same|two",)),
        ("    parties: [borea, cestia]", "    held_by: borea\n    claimed_by: cestia", ("parties",)),
        ("    claimed_by: borea\n", "    claimed_by: arda\n", ("same",)),
        ("    recognised: arda\n", "    recognised: cestia\n", ("arda and borea",)),
        ("    recognised_by: {doria: borea}", "    recognised_by: [doria]", ("doria|block|entries",)),
        ("    recognised_by: {doria: borea}", "    recognised_by: {doria: cestia}", ("arda and borea",)),
        ("    members: [arda, cestia]\n    since", "    members: arda and cestia\n    since", ("list|\\[",)),
        ("    members: [arda, cestia]\n    since", "    members: [arda]\n    since", ("2|two",)),
        ("    members: [arda, cestia]\n    since", "    members: [arda, arda]\n    since", ("twice",)),
        ("members: [doria, borea]", "members: [doria, borea, arda]", ("two",)),
        ("    mutual: false\n", "    mutual: no\n", ("false",)),
        ("    mutual: false\n", "    mutual: 0\n", ("false",)),
        ("plays: false", "plays: never", ("false",)),
        ("    sort: energy\n", "    sort: oil\n", ("energy",)),
        ("    turns: 12\n    breach", "    turns: forever\n    breach", ("number",)),
        ("    to: borea\n", "    to: arda\n", ("giver|two",)),
        ("    delivers: {gdp: 0.1}", "    delivers: gdp", ("gdp|entries|block",)),
        ("    delivers: {gdp: 0.1}", "    delivers: {oil: 0.1}", ("attribute",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: 80, military: 41, oil: 3}", ("attribute",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: 80, mlitary: 41}", ("'military'",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: [80, 41]", ("list",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: gdp 80, military 41", ("gdp: |entries|block",)),
        ("    stats: {gdp: 80, military: 41}", "    gdp: 80\n    stats: {military: 41}", ("stats",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: 1,600, military: 41}", ("1600",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: 80,5, military: 41}", ("80\\.5",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: 80 bn USD, military: 41}", ("unit",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp: $80, military: 41}", ("number",)),
        ("    stats: {gdp: 80, military: 41}", "    stats: {gdp 80, military: 41}", (":|colon",)),
        ("    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}", "    capital_city: Ardaville", ("name|lat",)),
        (
            "    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}",
            "    capital: {name: Ardaville, lat: 40.2, lon: 44.5}",
            ("'capital_city'",),
        ),
        (
            "    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}",
            "    capital_city: {name: Ardaville, lat: 40.2N, lon: 44.5}",
            ("40.2N",),
        ),
        (
            "    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}",
            "    capital_city: {name: Ardaville, lat: 40°12', lon: 44.5}",
            ("number",),
        ),
        (
            "    capital_city: {name: Ardaville, lat: 40.2, lon: 44.5}",
            "    capital_city: {name: Ardaville, lat: 140.2, lon: 44.5}",
            ("90",),
        ),
        ("    personality: hedger\n", "    personality: hawk\n", ("personality",)),
        ("    personality: hedger\n", "    personality: {risk: 0.3}\n", ("personality",)),
        ("flags: [alarm, parade]", "flags: {alarm: false, parade: false}", ("list",)),
        ("flags: [alarm, parade]", "flags: [alarm, parade, alarm]", ("twice",)),
        ("    decider: arda\n", "", ("decider",)),
        ("    decider: arda\n", "    decider: [arda, borea]\n", ("state",)),
        ("        label: Build it\n", "", ("label",)),
        ("        weight: 1\n", "        weight: -1\n", ("-1",)),
        (
            "    public: [{when: the_river.tension < 30, points: 30, label: The river is calm}]",
            "    public: {when: the_river.tension < 30, points: 30}",
            ("list|\\[",),
        ),
        (
            "    public: [{when: the_river.tension < 30, points: 30, label: The river is calm}]",
            "    public: [the_river.tension < 30]",
            ("when",),
        ),
        (
            "    public: [{when: the_river.tension < 30, points: 30, label: The river is calm}]",
            "    public: [{goal: the_river.tension < 30, points: 30}]",
            ("when",),
        ),
        (
            "    public: [{when: the_river.tension < 30, points: 30, label: The river is calm}]",
            "    secret: [{when: the_river.tension < 30, points: 30}]",
            ("hidden",),
        ),
        ("power: military\n", "power: arda.military\n", ("military",)),
        ("power: military\n", "power: militray\n", ("'military'",)),
        ("power: military\n", "power: military +\n", ("missing|value",)),
        ("power: military\n", "power: 3 military\n", ("unexpected|\\*",)),
        ("power: military\n", "power: turn\n", ("military",)),
        ("power: military\n", "power: arda -> borea\n", ("own attributes", "military")),
        ("power: military\n", "power: military + the_river.tension\n", ("own attributes", "military")),
        ("power: military\n", "power: arda.borea\n", ("military",)),
        ("power: military\n", "power: military > 3\n", ("own attributes",)),
        ("power: military\n", "power: gdp(arda)\n", ("own attributes",)),
        ("power: military\n", "power: depth(arda <-> borea)\n", ("own attributes", "military")),
        ("    start: 50\n", "    start: 150\n", ("100",)),
        ("    half_life: 24\n", "    half_life: 0\n", ("0",)),
        ("  scar: {half_life: 120}\n", "", ("scar",)),
        ("  doria: {name: Doria", "  arda: {name: Doria", ("twice", "doria")),
        ("  cestia:\n    name: Cestia\n", "  borea:\n    name: Cestia\n", ("twice", "cestia")),
        ("  newspaper:\n", "  quiet_sale:\n", ("twice", "newspaper")),
        ("  reactor:\n    name", "  the_river:\n    name", ("twice", "reactor")),
        ("  reactor:\n    name", "  arda:\n    name", ("arda",)),
        ("  shapes: region", "  shapes: regoin", ("'region'",)),
        ("    shape: karabakh\n", "    shape: karabagh\n", ("'karabakh'",)),
        ("    rationality: 1.5\n", "    rationalty: 1.5\n", ("'rationality'",)),
        (
            "terms: {value: {unit: km, low: 1, high: 900, usual: 100}, turns",
            "terms: {value: {unit: km, low: 1, high: 90, usual: 100}, turns",
            ("usual",),
        ),
        ("    pledges: {layer: free_water}", "    pledges: {seller: free_water}", ("layer",)),
        (
            "    refused: {layer -> receiver: {mood: -2}}",
            "    refused: {layer -> receivr: {mood: -2}}",
            ("'receiver'",),
        ),
        ("    sources: [invented]\n  reactor", "    sources: [sipri]\n  reactor", ("source",)),
        ("    sources: [invented]\n  reactor", "    sources: Invented as an example\n  reactor", ("source",)),
        ('url: "https://example.org/lake"', 'url: "example.org/lake"', ("https?://",)),
        ("accessed: 2026-01-31", "acessed: 2026-01-31", ("'accessed'",)),
        ('cameo: "061"', 'cameo: "6"', ("CAMEO",)),
        ("    comment: true\n", "    comment: An analyst doubts it\n", ("true",)),
        ("    comment: true\n", "    comment: true\n    effects: {arda.resolve: 1}\n", ("comment",)),
    )
    yield edited(
        "form", "flags: [alarm, parade]", "flags: [alarm]", "flags: \\[alarm, parade\\]", at="      flag: {parade"
    )
    yield edited("form", "flags: [alarm, parade]\n", "", "flags: \\[alarm, parade\\]", at="      flag: {alarm")
    yield edited("form", "    min: 0\n    max: 100\n", "    min: 100\n    max: 0\n", "min|least", down=1)
    for old, new, expected in forms:
        also: tuple[int, ...] = (-1, -2, -3, -4, -5, -6, 1, 2, 3) if new.count("\n") != old.count("\n") else ()
        if "twice" in expected:
            also = (-1, 1)
        yield edited("form", old, new, *expected, also=also)


def all_slips() -> list[Slip]:
    """Every slip of this module."""
    makers = (conditions, tables, dates, percentages, effects, pasted, remembered)
    return [slip for make in makers for slip in make()]
