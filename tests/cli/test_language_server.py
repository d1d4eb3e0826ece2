"""The language server as an editor drives it: messages over its standard input and output, nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.scenario import read
from game.scenario.editing.edits import Edit, applied
from game.scenario.spec import Span

CHECKOUT = Path(__file__).resolve().parents[2]
TRIAD = (CHECKOUT / "scenarios/classroom-triad.yaml").read_text(encoding="utf-8")
LONG = (CHECKOUT / "scenarios/south-caucasus-2012.yaml").read_text(encoding="utf-8")


class Editor:
    """A client: it opens files, types, and asks."""

    def __init__(self, **options: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "game", "lsp", "--stdio"], cwd=CHECKOUT,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.number = 0
        self.notes: list[dict[str, Any]] = []
        self.versions: dict[str, int] = {}
        capabilities = {"textDocument": {"rename": {"prepareSupport": True}}}
        self.able = self.ask("initialize", processId=None, rootUri=None, capabilities=capabilities,
                             initializationOptions=options)["capabilities"]  # fmt: skip
        self.tell("initialized")

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            name, _, value = line.partition(b":")
            assert name, "the server went away"
            length = int(value) if name.lower() == b"content-length" else length
        received: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return received

    def tell(self, method: str, **params: object) -> None:
        self._send({"method": method, "params": params})

    def answer(self, method: str, **params: object) -> dict[str, Any]:
        """The whole answer to a request: its result, or its error."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self._receive()).get("id") != self.number or "method" in message:
            self.notes.append(message)
        return message

    def ask(self, method: str, **params: object) -> Any:
        answer = self.answer(method, **params)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, text: str, name: str = "mine.yaml") -> str:
        uri = f"file:///{name}"
        self.versions[uri] = 1
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def type(self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Replace a stretch of a file; lines and characters from 0."""
        self.versions[uri] += 1
        places = {name: {"line": at[0], "character": at[1]} for name, at in (("start", start), ("end", end))}
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": self.versions[uri]},
            contentChanges=[{"range": places, "text": text}],
        )

    def findings(self, uri: str) -> list[dict[str, Any]]:
        """What was last published of a file, once its newest version has been judged."""
        for _ in range(1000):
            published = [
                each["params"]
                for each in self.notes
                if each.get("method") == "textDocument/publishDiagnostics" and each["params"]["uri"] == uri
            ]
            if published and published[-1].get("version") == self.versions[uri]:
                found: list[dict[str, Any]] = published[-1]["diagnostics"]
                return found
            self.notes.append(self._receive())
        raise AssertionError("nothing was published")

    def at(self, method: str, uri: str, place: tuple[int, int], **more: object) -> Any:
        position = {"line": place[0], "character": place[1]}
        return self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=position, **more)

    def stop(self) -> int:
        self.ask("shutdown")
        self.tell("exit")
        code = self.process.wait(30)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
        return code


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    started = Editor()
    yield started
    assert started.stop() == 0


def place(text: str, before: str, after: str = "") -> tuple[int, int]:
    """Where a text stands that is found once: the line and character behind `before`, from 0."""
    assert text.count(before + after) == 1, text.count(before + after)
    offset = text.index(before + after) + len(before)
    return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1


def labels(editor: Editor, text: str) -> list[str]:
    """What is offered at the sign ‸ of a text."""
    before, _, after = text.partition("‸")
    uri = editor.open(before + after, "typing.yaml")
    items = editor.at("completion", uri, (before.count("\n"), len(before) - before.rfind("\n") - 1))["items"]
    return [each["label"] for each in items]


def changed(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after the edits that a server sent."""

    def span(range_: dict[str, Any]) -> Span:
        start, end = range_["start"], range_["end"]
        return Span(start["line"] + 1, start["character"] + 1, end["line"] + 1, end["character"] + 1)

    return applied(text, [Edit(span(each["range"]), each["newText"]) for each in edits])


def test_the_server_says_what_it_can_do(editor: Editor) -> None:
    for provider in ("completion", "hover", "definition", "references", "rename", "documentSymbol", "codeAction"):
        assert editor.able[f"{provider}Provider"]


def test_a_file_without_faults_has_no_findings(editor: Editor) -> None:
    assert editor.findings(editor.open(TRIAD, "triad.yaml")) == []


def test_a_slip_is_found_while_it_is_typed_and_gone_when_it_is_mended(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    start = place(TRIAD, "", "orders: 2 # orders")
    editor.type(uri, start, (start[0], start[1] + 6), "ordrs")
    (found,) = editor.findings(uri)
    assert (found["code"], found["severity"], found["source"]) == ("S001", 1, "realpolitik")
    assert found["range"] == {"start": {"line": start[0], "character": 0}, "end": {"line": start[0], "character": 5}}
    assert "did you mean 'orders'?" in found["message"]
    editor.type(uri, start, (start[0], start[1] + 5), "orders")
    assert editor.findings(uri) == []


def test_every_change_of_a_long_file_is_judged_as_the_checker_judges_it(editor: Editor) -> None:
    uri, text = editor.open(LONG, "long.yaml"), LONG
    for line in range(20, 1250, 123):
        editor.type(uri, (line, 0), (line, 0), "oops\n")
        rows = text.split("\n")
        broken = "\n".join([*rows[:line], "oops", *rows[line:]])
        expected = [(each.code, each.span.line - 1) for each in read(broken, path="long.yaml").findings]
        assert [(each["code"], each["range"]["start"]["line"]) for each in editor.findings(uri)] == expected
        editor.type(uri, (line, 0), (line + 1, 0), "")
        assert editor.findings(uri) == []


def test_places_are_counted_in_the_units_of_the_editor(editor: Editor) -> None:
    text = TRIAD.replace("name: Arda", "name: \U0001f30dArda\n    {nme: x}")
    text = text.replace("    {nme: x}\n", "").replace(
        "label: Stand with both, weight: 3", "label: \U0001f30d, wieght: 3"
    )
    uri = editor.open(text, "wide.yaml")
    (found,) = [each for each in editor.findings(uri) if each["code"] == "S001"]
    row = text.split("\n")[found["range"]["start"]["line"]]
    before = row[: row.index("wieght")]
    assert found["range"]["start"]["character"] == len(before.encode("utf-16-le")) // 2 == len(before) + 1


def test_keys_are_completed_where_they_may_stand(editor: Editor) -> None:
    assert {"plays", "off_map"} <= set(labels(editor, TRIAD.replace('    colour: "#4a63bf"\n', "    ‸\n")))
    offered = labels(editor, TRIAD.replace("orders: 2 #", "‸\norders: 2 #"))
    assert "event_data" in offered
    assert "states" not in offered, "it is there already"


def test_ids_roles_and_memories_are_completed(editor: Editor) -> None:
    assert set(labels(editor, TRIAD.replace("decider: arda", "decider: ‸"))) == {"arda", "borea", "cestia"}
    assert {"mood", "memory", "scar"} == set(labels(editor, TRIAD.replace("{mood: -5}", "{‸}")))
    effect = "borea <-> cestia: {mood: -5}"
    assert {"seller", "buyer", "value"} <= set(labels(editor, TRIAD.replace(effect, "sign: {act: arms_package, ‸}")))
    assert "arms_package" in labels(editor, TRIAD.replace(effect, "sign: {act: ‸}"))
    assert {"speaker", "claimant"} <= set(labels(editor, TRIAD.replace("[speaker -> claimant >= 50,", "[‸ >= 50,")))
    assert labels(editor, TRIAD.replace("      the_strait.tension: +4", "      the_strait.‸")) == ["tension"]
    assert "gdp" in labels(editor, TRIAD.replace("borea -> cestia >= 0", "borea.‸ >= 0"))
    assert "which_side" in labels(editor, TRIAD.replace("borea -> cestia >= 0", "happened(‸"))


def test_what_is_offered_replaces_the_word_that_was_begun(editor: Editor) -> None:
    text = TRIAD.replace("decider: arda", "decider: ar")
    uri = editor.open(text, "begun.yaml")
    at = place(text, "decider: ar")
    item = next(each for each in editor.at("completion", uri, at)["items"] if each["label"] == "arda")
    assert "decider: arda #" in changed(text, [item["textEdit"]])


def test_a_key_an_id_and_a_condition_are_explained(editor: Editor) -> None:
    uri = editor.open(TRIAD)

    def told(before: str, after: str) -> str:
        hover = editor.at("hover", uri, place(TRIAD, before, after))
        return str(hover["contents"]["value"])

    assert "Political capital it takes" not in told("", "orders: 2 #")
    assert "How many orders a state may give a turn" in told("", "orders: 2 #")
    assert "The fourth" not in told("    at", ": 4")
    assert "When it happens" in told("    a", "t: 4")
    assert "hedger" in told("personality: he", "dger #")
    assert "Borea's regard for Cestia is at least 0" in told("{when: borea -> cestia ", ">= 0")
    assert editor.at("hover", uri, (0, 3)) is None


def test_a_definition_is_found_here_or_in_the_catalogue(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    (here,) = editor.at("definition", uri, place(TRIAD, "    decider: a", "rda"))
    assert (here["uri"], here["range"]["start"]) == (
        uri,
        dict(zip(("line", "character"), place(TRIAD, "", "arda:\n    name"), strict=True)),
    )
    (there,) = editor.at("definition", uri, place(TRIAD, "personality: he", "dger #"))
    assert there["uri"].endswith("standard.yaml")


def test_every_mention_is_found(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    at = place(TRIAD, "", "the_strait:\n")
    found = editor.at("references", uri, at, context={"includeDeclaration": True})
    assert len(found) == TRIAD.count("the_strait")
    assert len(editor.at("references", uri, at, context={"includeDeclaration": False})) == len(found) - 1


def test_an_id_is_renamed_everywhere_and_the_file_stays_sound(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    at = place(TRIAD, "    decider: a", "rda")
    assert editor.at("prepareRename", uri, at)["placeholder"] == "arda"
    renamed = changed(TRIAD, editor.at("rename", uri, at, newName="ada")["changes"][uri])
    assert "arda" not in renamed
    assert not read(renamed).findings
    for name in ("Ada", "borea", "turn", "the_strait", "null"):
        position = {"line": at[0], "character": at[1]}
        refused = editor.answer("textDocument/rename", textDocument={"uri": uri}, position=position, newName=name)
        assert name in refused["error"]["message"]


def test_what_the_catalogue_declares_keeps_its_name(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    line, character = place(TRIAD, "personality: he", "dger #")
    position = {"line": line, "character": character}
    refused = editor.answer("textDocument/prepareRename", textDocument={"uri": uri}, position=position)
    assert "the catalogue declares it" in refused["error"]["message"]


def test_a_fix_is_offered_and_mends_its_finding(editor: Editor) -> None:
    text = TRIAD.replace("orders: 2 #", "ordrs: 2 #")
    uri = editor.open(text, "slip.yaml")
    (found,) = editor.findings(uri)
    actions = editor.ask("textDocument/codeAction", textDocument={"uri": uri}, range=found["range"],
                         context={"diagnostics": [found]})  # fmt: skip
    (action,) = actions
    assert action["title"] == "Write orders"
    assert changed(text, action["edit"]["changes"][uri]) == TRIAD


def test_the_outline_has_the_sections_and_what_they_declare(editor: Editor) -> None:
    uri = editor.open(TRIAD)
    symbols = editor.ask("textDocument/documentSymbol", textDocument={"uri": uri})
    assert [each["name"] for each in symbols][:3] == ["format", "id", "title"]
    states = next(each for each in symbols if each["name"] == "states")
    assert [(each["name"], each["detail"]) for each in states["children"]] == [
        ("arda", "Arda"), ("borea", "Borea"), ("cestia", "Cestia")
    ]  # fmt: skip


def test_a_file_that_is_closed_has_no_findings_left(editor: Editor) -> None:
    uri = editor.open("format: 1\nx: y\n", "closed.yaml")
    assert editor.findings(uri)
    editor.tell("textDocument/didClose", textDocument={"uri": uri})
    editor.open(TRIAD, "after.yaml")
    editor.findings("file:///after.yaml")
    last = [each["params"] for each in editor.notes if each.get("params", {}).get("uri") == uri][-1]
    assert last["diagnostics"] == []


@pytest.mark.parametrize("text", ["", "[", "{a: [", "\x00", "format: 1\n\tid: x", "- a\n- b", "a: &b\n", "#"])
def test_nothing_in_a_file_stops_the_server(editor: Editor, text: str) -> None:
    uri = editor.open(text, "odd.yaml")
    assert editor.findings(uri)
    for method in ("completion", "hover", "definition"):
        editor.at(method, uri, (0, 0))
    editor.ask("textDocument/documentSymbol", textDocument={"uri": uri})


def test_the_audience_can_be_chosen() -> None:
    text = TRIAD.replace("    sources: [invented]\n", "", 1)
    strict = Editor(audience="strict")
    assert [each["code"] for each in strict.findings(strict.open(text))] == ["L012"]
    assert strict.stop() == 0
