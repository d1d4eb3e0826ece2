"""Another id for a thing: wherever the file names it."""

from __future__ import annotations

from game.errors import InvalidArgument, quoted
from game.kernel.orders import STANCES
from game.scenario.build.acts import NO_ROLES
from game.scenario.editing.document import Document
from game.scenario.editing.edits import Edit
from game.scenario.editing.occurrences import Occurrence
from game.scenario.schema.names import ID
from game.scenario.schema.types import IN_GRAMMAR, NO_NAMES, RESERVED

_BESIDE = (*IN_GRAMMAR, "role")


def renamable(document: Document, line: int, column: int) -> Occurrence:
    """What is named at a place; InvalidArgument, with the reason, where it can't have another name."""
    found = document.at(line, column)
    if found is None:
        raise InvalidArgument("there is no id here")
    if not any(each.declares for each in document.same(found)):
        elsewhere = document.catalogue_file is not None and document.node(found.kind, found.name).key is not None
        reason = "the catalogue declares it" if elsewhere else "this file does not declare it"
        raise InvalidArgument(f"{quoted(found.name)} keeps its name: {reason}")
    if (found.kind, found.name) in document.spoken_of:
        raise InvalidArgument(f"{quoted(found.name)} keeps its name: the catalogue or the rules know it by that name")
    return found


def renamed(document: Document, line: int, column: int, name: str) -> tuple[Edit, ...]:
    """The edits that give what is named at a place another id; InvalidArgument where they would break something."""
    found = renamable(document, line, column)
    problem = _problem(document, found, name)
    if problem:
        raise InvalidArgument(problem)
    broken = [node.place.line for node in document.root.entries.values() if node.kind == "broken"]
    if broken:
        raise InvalidArgument(f"the section in line {broken[0]} can't be read; mend it first")
    return tuple(Edit(each.span, name) for each in document.same(found))


def _problem(document: Document, found: Occurrence, name: str) -> str:
    kind = "role" if found.kind.startswith("role of ") else found.kind
    if not ID.match(name) or name in NO_NAMES:
        return f"{quoted(name)} is not an id: small letters, digits and _, a letter first"
    reserved = {"role": NO_ROLES, "act": frozenset(STANCES)}.get(kind, RESERVED if kind in IN_GRAMMAR else frozenset())
    if name in reserved:
        return f"{quoted(name)} has a meaning of its own; choose another id"
    beside = [each for each in IN_GRAMMAR if kind in _BESIDE and document.names.surely(each, name)]
    taken = [kind] if document.names.surely(kind, name) else beside
    roles = [each for each in document.occurrences if each.name == name and each.kind.startswith("role")]
    if roles and (found.kind == roles[0].kind or kind in ("state", "dispute")):
        taken = ["role"]
    return f"{quoted(name)} is taken: there is such a {taken[0]}" if taken else ""
