"""What is shipped for editors fits the program: its extension starts it, its problem matcher reads what it prints."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest

from game.cli.commands import check
from game.cli.language_server import NAME
from game.scenario.findings.codes import CODES
from game.scenario.findings.finding import Audience, concise, of_code
from game.scenario.spec import Span
from game.scenario.template import scenario_text
from game.version import VERSION

EXTENSION = Path(__file__).resolve().parents[1] / "editors" / "vscode"
PACKAGE: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
SETTINGS = PACKAGE["contributes"]["configuration"]["properties"]

# Stands in for the editor and its client: records what the extension asks of them.
HOST = """
const Module = require("module");
const said = { started: [], stopped: 0, opened: [], listeners: [] };
const settings = { command: ["python", "-m", "game"], audience: "strict", files: ["**/scenarios/*.yaml"] };
class LanguageClient {
  constructor(id, name, server, options) { Object.assign(this, { server, options }); }
  async start() { said.started.push([this.server, this.options.initializationOptions]); said.client = this; }
  isRunning() { return true; }
  async stop() { said.stopped += 1; }
}
const vscode = {
  workspace: {
    getConfiguration: () => ({ get: (key) => settings[key] }),
    onDidChangeConfiguration: (listener) => said.listeners.push(listener),
  },
  commands: { registerCommand: () => ({}) },
  languages: { match: (filter, document) => (document.path.includes("scenarios/") ? 10 : 0) },
  window: { showErrorMessage: (text) => { throw new Error(text); } },
};
const load = Module._load;
Module._load = (name, ...rest) =>
  name === "vscode" ? vscode
  : name === "vscode-languageclient/node" ? { LanguageClient, TransportKind: { stdio: 0 } }
  : load(name, ...rest);
const file = (path, text) => ({ languageId: "yaml", path, getText: () => text });
(async () => {
  const extension = require(process.argv[1]);
  await extension.activate({ subscriptions: [] });
  const open = said.client.options.middleware.didOpen;
  const [mine, text] = [JSON.parse(require("fs").readFileSync(0)), "x: 1"];
  for (const document of [file("lake.yaml", mine), file("a/scenarios/b.yaml", text), file("ci.yaml", text)]) {
    open(document, (each) => said.opened.push(each.path));
  }
  await said.listeners[0]({ affectsConfiguration: () => true });
  await extension.deactivate();
  delete said.client;
  console.log(JSON.stringify(said));
})();
"""


def test_the_extension_is_of_this_version_and_offers_the_audiences_there_are() -> None:
    assert PACKAGE["version"] == VERSION
    assert SETTINGS["realpolitik.audience"]["enum"] == list(get_args(Audience))
    assert SETTINGS["realpolitik.command"]["default"] == [NAME]
    assert (EXTENSION / PACKAGE["main"]).is_file()


@pytest.mark.parametrize("code", ["S001", "L001"])
def test_the_problem_matcher_reads_a_line_of_the_concise_form(code: str) -> None:
    (pattern,) = PACKAGE["contributes"]["problemPatterns"]
    finding = of_code("a folder/mine.yaml", code, Span(3, 7, 3, 9), "unknown key 'x': [y] in a scenario")
    found = re.match(pattern["regexp"], concise(finding))
    assert found is not None
    read = {name: found[pattern[name]] for name in ("file", "line", "column", "severity", "code", "message")}
    assert read == {
        "file": "a folder/mine.yaml", "line": "3", "column": "7", "severity": CODES[code].severity, "code": code,
        "message": finding.message,
    }  # fmt: skip


def test_the_matcher_for_watching_knows_where_a_round_begins_and_ends() -> None:
    background = next(each["background"] for each in PACKAGE["contributes"]["problemMatchers"] if "background" in each)
    assert re.match(background["beginsPattern"], check.BEGINS)
    assert re.match(background["endsPattern"], check.ENDS)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_extension_starts_the_server_for_scenarios_alone_and_again_for_new_settings() -> None:
    done = subprocess.run(
        ["node", "-e", HOST, str(EXTENSION / "extension.js")], input=json.dumps(scenario_text("lake", 3)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    server = {"command": "python", "args": ["-m", "game", "lsp"], "transport": 0}
    assert said["started"] == [[server, {"audience": "strict"}]] * 2
    assert said["opened"] == ["lake.yaml", "a/scenarios/b.yaml"]
    assert said["stopped"] == 2
