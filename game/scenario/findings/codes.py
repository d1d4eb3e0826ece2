"""Every finding's code: what it is about and how grave it is. A page in `codes/` shows a bad and a good example."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Literal

from game.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding; `strict` ones are looked for only on request."""

    title: str
    severity: Literal["error", "warning", "hint"] = "error"
    strict: bool = False


def _warning(title: str, *, strict: bool = False) -> Code:
    return Code(title, "warning", strict)


CODES: dict[str, Code] = {
    "Y001": Code("The file is too large"),
    "Y002": Code("The file is not UTF-8"),
    "Y003": Code("A control character"),
    "Y004": Code("A line break of another kind"),
    "Y005": Code("Nested too deeply"),
    "Y006": Code("Too many values"),
    "Y007": Code("A text is too long"),
    "Y008": Code("The file is empty"),
    "Y009": Code("A character that turns text around"),
    "Y010": Code("Anchors and aliases"),
    "Y011": Code("Tags"),
    "Y012": Code("Merge keys"),
    "Y013": Code("Directives"),
    "Y014": Code("A second document"),
    "Y015": Code("A key is written twice"),
    "Y016": Code("A key that is not text"),
    "Y017": Code("A comma inside a number"),
    "Y018": Code("A text that can't be seen"),
    "Y019": _warning("A letter that no font has"),
    "Y020": Code("Not valid YAML"),
    "Y021": Code("A tab in the indentation"),
    "Y022": Code("A second colon on a line"),
    "Y023": Code("A line without a colon"),
    "Y024": Code("Indentation that fits no block"),
    "Y025": Code("A text that must be quoted"),
    "Y026": Code("A quote that is never closed"),
    "Y027": Code("A bracket that is never closed"),
    "Y028": Code("A text block whose lines start at different columns"),
    "Y029": Code("No space after a colon"),
    "Y030": Code("A text that is cut at its comma"),
    "Y031": Code("A merge conflict"),
    "Y032": Code("Indented with blanks that are no spaces"),
    "Y033": _warning("A comment that cuts a text short"),
    "S001": Code("An unknown key"),
    "S002": Code("A missing key"),
    "S003": Code("A value of the wrong kind"),
    "S004": Code("A text of the wrong form"),
    "S005": Code("A number out of its range"),
    "S006": Code("Not one of the choices"),
    "S007": Code("Too few or too many items"),
    "S008": Code("Not an id"),
    "S009": Code("A number that is not written plainly"),
    "S010": Code("An id that is taken"),
    "S011": Code("A spread that makes no sense"),
    "S012": Code("An event needs exactly one trigger"),
    "S013": Code("An effect that can't be read"),
    "S014": Code("A placeholder that names no role"),
    "S015": Code("Keys that do not go together"),
    "S016": Code("A date that does not exist"),
    "S017": Code("A world too large"),
    "S018": Code("An incomplete spread"),
    "S019": Code("Not a date"),
    "S020": Code("A key indented too little"),
    "S021": Code("An id that means something else"),
    "S022": Code("An effect that only events have"),
    "S023": Code("A change of a relation without its memory"),
    "S024": Code("Onlookers on both sides"),
    "S025": Code("A state and itself"),
    "S026": Code("An act that moves the relations of others"),
    "S027": Code("A party that is nobody"),
    "S028": Code("A quantity that can't be set"),
    "S029": Code("An effect without its parts"),
    "S030": Code("The same state twice"),
    "S031": Code("No party of the dispute"),
    "S032": Code("A seat without turns"),
    "S033": Code("Something that the act does not have"),
    "S034": Code("Roles of the catalogue renamed"),
    "S035": Code("A dispute that can't be ceded"),
    "S036": Code("A role with the name of something else"),
    "S037": Code("Bounds the wrong way round"),
    "S038": Code("A memory that is needed"),
    "S039": Code("Not a pair of states"),
    "S040": _warning("Named twice in one list"),
    "S041": Code("Not a scenario"),
    "R001": Code("An unknown name"),
    "R002": Code("An unknown quantity"),
    "R003": Code("A state that may not take this role"),
    "R004": _warning("No such outline"),
    "T001": Code("A row of another length"),
    "T002": Code("A number on the diagonal"),
    "T003": Code("A cell that is not a number"),
    "T004": Code("A relation beyond the scale"),
    "T005": Code("A state twice in the table"),
    "T006": Code("The corner of the table is missing"),
    "T007": Code("A pair stated twice"),
    "T008": Code("The table is not a text block"),
    "T009": _warning("A state without a row"),
    "T010": Code("Cells that are not parted by spaces"),
    "C001": Code("A condition that can't be read"),
    "C002": Code("Not a yes-or-no condition"),
    "C003": Code("Two values where one is needed"),
    "C004": Code("A condition too long or too deep"),
    "C005": Code("Several conditions on one line"),
    "C006": Code("A group of conditions that does not exist"),
    "C007": Code("A comparison in words"),
    "C008": Code("An unknown test"),
    "C009": Code("A condition about a state and itself"),
    "C010": Code("An arrow of the wrong kind"),
    "C011": Code("A name where a number is needed"),
    "C012": Code("The same power for every state"),
    "L001": _warning("Declared and never used"),
    "L002": _warning("Can never be true"),
    "L003": _warning("Always true"),
    "L004": _warning("Lines that contradict each other"),
    "L005": _warning("A lopsided relation"),
    "L006": _warning("Enemies in a defence pact"),
    "L007": _warning("Every objective reached before the start"),
    "L008": _warning("Outside the run"),
    "L009": _warning("An effect beyond the scale"),
    "L010": _warning("Onlookers moved more than the parties"),
    "L011": _warning("A state that can never act"),
    "L012": _warning("A number without a source", strict=True),
    "L013": _warning("A silenced finding without reason or effect"),
    "L014": _warning("An event that changes nothing"),
    "L015": _warning("A flag that is never raised"),
    "L016": _warning("Events that wait for each other"),
    "L017": _warning("A pledge that nobody can give"),
    "L018": _warning("A secret that leaves nothing"),
    "L019": _warning("A suspension of what is never signed"),
    "L020": _warning("A state without a number"),
    "L021": _warning("A code that no data set has"),
    "L022": _warning("Outside the map"),
    "L023": _warning("An option that can't be chosen"),
    "L024": _warning("Options that do the same"),
    "L025": _warning("Hardly ever happens"),
    "L026": _warning("An event that can never happen"),
    "L027": _warning("An ending that holds at the start"),
    "L028": _warning("An ending that another one hides"),
    "L029": _warning("An act that nobody can do"),
    "L030": _warning("An effect that changes nothing"),
    "L031": _warning("Two states that look alike"),
    "L032": Code("Effects that a change leaves out", "hint"),
    "L033": Code("Turns that are counted from the start", "hint"),
    "L034": _warning("A state without relations"),
    "L035": Code("Declared, and left to orders", "hint", strict=True),
    "X001": Code("An expectation that can't be read"),
    "X002": _warning("An expectation that proves nothing"),
}


def explanation(code: str) -> str:
    """The page about a code: what it means, a bad and a good example."""
    name = code.upper()
    if name not in CODES:
        raise UnknownName("finding code", code, CODES)
    return resources.files("game.scenario.findings").joinpath("codes", f"{name}.md").read_text(encoding="utf-8")
