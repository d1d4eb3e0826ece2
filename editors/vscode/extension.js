// Starts the language server of Realpolitik for scenario files, and again when a setting changes.
"use strict";

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

const MODELINE = /^# yaml-language-server: \$schema=\S*scenario-\d+\.json\s*$/m;

let client;

function isScenario(document, patterns) {
  if (document.languageId !== "yaml") return false;
  return (
    patterns.some((pattern) => vscode.languages.match({ pattern }, document) > 0) ||
    MODELINE.test(document.getText().slice(0, 2000))
  );
}

async function start() {
  const settings = vscode.workspace.getConfiguration("realpolitik");
  const [command, ...first] = settings.get("command");
  const patterns = settings.get("files");
  // The server is told of scenarios alone: it would find fault with every other YAML file.
  const only = (document, next) => (isScenario(document, patterns) ? next(document) : undefined);
  const server = { command, args: [...first, "lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("realpolitik", "Realpolitik", server, {
    documentSelector: [
      { scheme: "file", language: "yaml" },
      { scheme: "untitled", language: "yaml" },
    ],
    initializationOptions: { audience: settings.get("audience") },
    middleware: {
      didOpen: only,
      didChange: (event, next) => (isScenario(event.document, patterns) ? next(event) : undefined),
      didClose: only,
    },
  });
  try {
    await client.start();
  } catch (error) {
    const help = "install it with pip install 'realpolitik[editor]', or set realpolitik.command";
    vscode.window.showErrorMessage(`${command} could not be started: ${help} (${error.message})`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running !== undefined && running.isRunning()) await running.stop();
}

async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("realpolitik.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("realpolitik") ? restart() : undefined,
    ),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
