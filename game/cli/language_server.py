"""The language server: what editors ask, answered by `game.scenario.editing` over standard input and output."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from game.errors import InvalidArgument
from game.scenario.editing.completion import suggestions
from game.scenario.editing.document import Document, examined
from game.scenario.editing.edits import Edit
from game.scenario.editing.fix import Fix
from game.scenario.editing.fixes import fixes_of, tried
from game.scenario.editing.hover import hover
from game.scenario.editing.kept import KeptTrees
from game.scenario.editing.outline import Entry, outline
from game.scenario.editing.rename import renamable, renamed
from game.scenario.findings.finding import Audience, Finding
from game.scenario.spec import Span
from game.scenario.template import scenario_text
from game.version import VERSION

NAME = "realpolitik"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "hint": types.DiagnosticSeverity.Hint,
}
_SORTS = {
    "key": types.CompletionItemKind.Property,
    "name": types.CompletionItemKind.Reference,
    "word": types.CompletionItemKind.Keyword,
    "test": types.CompletionItemKind.Function,
}


class Server(LanguageServer):
    """One session with an editor: the files it has open, each as it stands now."""

    def __init__(self) -> None:
        super().__init__(NAME, VERSION, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.audience: Audience = "author"
        self.documents: dict[str, Document] = {}
        self.trees: dict[str, KeptTrees] = {}

    def renew(self, uri: str) -> None:
        """Check a file anew and tell the editor what was found."""
        source = self.workspace.get_text_document(uri)
        path = to_fs_path(uri) or uri
        trees = self.trees.setdefault(uri, KeptTrees())
        document = self.documents[uri] = examined(source.source, Path(path).name, trees, self.audience)
        diagnostics = [self.diagnostic(each, uri) for each in document.findings]
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=diagnostics, version=source.version)
        self.text_document_publish_diagnostics(params)

    def close(self, uri: str) -> None:
        """Forget a file, and take its findings off the list."""
        self.documents.pop(uri, None)
        self.trees.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    def at(self, document: Document, uri: str, position: types.Position) -> tuple[int, int]:
        """A place of the editor as line and column, from 1 and in characters."""
        codec = self.workspace.get_text_document(uri).position_codec
        found = codec.position_from_client_units(document.lines, position)
        return found.line + 1, found.character + 1

    def range(self, uri: str, span: Span) -> types.Range:
        """A place as the editor counts: from 0, in the units that were agreed."""
        start = types.Position(span.line - 1, span.column - 1)
        end = types.Position(span.end_line - 1, span.end_column - 1)
        codec = self.workspace.get_text_document(uri).position_codec
        return codec.range_to_client_units(self.documents[uri].lines, types.Range(start, end))

    def diagnostic(self, finding: Finding, uri: str) -> types.Diagnostic:
        """A finding as editors show it."""
        related = [
            types.DiagnosticRelatedInformation(types.Location(uri, self.range(uri, label.span)), label.text)
            for label in finding.labels
        ]
        return types.Diagnostic(
            range=self.range(uri, finding.span),
            message=f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            source=NAME,
            related_information=related or None,
        )

    def symbol(self, entry: Entry, uri: str) -> types.DocumentSymbol:
        """A line of the outline, with what is in it."""
        inside = [self.symbol(each, uri) for each in entry.inside]
        return types.DocumentSymbol(
            name=entry.name,
            kind=types.SymbolKind.Module if inside else types.SymbolKind.Key,
            range=self.range(uri, entry.whole),
            selection_range=self.range(uri, entry.place),
            detail=entry.detail or None,
            children=inside,
        )

    def action(self, fix: Fix, uri: str) -> types.CodeAction:
        """A fix as editors offer it."""
        return types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(fix.finding, uri)],
            edit=self.changes(uri, fix.edits),
            is_preferred=fix.safe,
        )

    def changes(self, uri: str, edits: Sequence[Edit]) -> types.WorkspaceEdit:
        """Edits of a file as the editor makes them."""
        made = [types.TextEdit(self.range(uri, each.span), each.text) for each in edits]
        return types.WorkspaceEdit(changes={uri: made})


def serve() -> None:
    """Answer an editor on standard input and output until it says to stop."""
    server = Server()
    _features(server)
    # The first check reads the catalogue and the declarations; nobody should wait for that while typing.
    examined(scenario_text("warm", 3), "warm.yaml", KeptTrees())
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # a check makes some 30,000 values, and lets go of them together
    # It closes the streams it speaks over, and those of the process are not its own.
    with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as asked, os.fdopen(os.dup(sys.stdout.fileno()), "wb") as told:
        server.start_io(asked, told)


def _features(server: Server) -> None:
    _of_documents(server)
    _of_reading(server)
    _of_changing(server)


def _of_documents(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: Server, params: types.InitializeParams) -> None:
        options = params.initialization_options
        asked = options.get("audience") if isinstance(options, dict) else None
        for audience in ("play", "author", "strict"):
            if asked == audience:
                ls.audience = audience

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        ls.renew(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        ls.renew(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.close(params.text_document.uri)


def _of_reading(server: Server) -> None:
    signs = types.CompletionOptions(trigger_characters=[" ", ".", "(", "{", "[", ">"])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, signs)
    def complete(ls: Server, params: types.CompletionParams) -> types.CompletionList:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            return types.CompletionList(is_incomplete=False, items=[])
        line, column = ls.at(document, uri, params.position)
        word, found = suggestions(document, line, column)
        place = ls.range(uri, Span(line, column - len(word), line, column))
        items = [_item(each.text, each.sort, each.about, each.doc, place, number) for number, each in enumerate(found)]
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def told(ls: Server, params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        found = None if document is None else hover(document, *ls.at(document, uri, params.position))
        if found is None:
            return None
        markdown = types.MarkupContent(types.MarkupKind.Markdown, found[1])
        return types.Hover(markdown, ls.range(uri, found[0]))

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defined(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        found = None if document is None else document.at(*ls.at(document, uri, params.position))
        if document is None or found is None:
            return []
        here = [types.Location(uri, ls.range(uri, each.span)) for each in document.same(found) if each.declares]
        return here or _inherited(document, found.kind, found.name)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def named(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        found = None if document is None else document.at(*ls.at(document, uri, params.position))
        if document is None or found is None:
            return []
        declared = params.context.include_declaration
        places = [each for each in document.same(found) if declared or not each.declares]
        return [types.Location(uri, ls.range(uri, each.span)) for each in places]

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outlined(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        return [] if document is None else [ls.symbol(each, uri) for each in outline(document)]


def _of_changing(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepared(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            return None
        try:
            found = renamable(document, *ls.at(document, uri, params.position))
        except InvalidArgument as error:
            raise JsonRpcInvalidParams(str(error)) from error
        return types.PrepareRenamePlaceholder(ls.range(uri, found.span), found.name)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            return None
        try:
            edits = renamed(document, *ls.at(document, uri, params.position), params.new_name)
        except InvalidArgument as error:
            raise JsonRpcInvalidParams(str(error)) from error
        return ls.changes(uri, edits)

    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def mended(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        document = ls.documents.get(uri)
        if document is None:
            return []
        first, last = params.range.start.line + 1, params.range.end.line + 1
        asked = [each for each in document.findings if first <= each.span.line <= last]
        offered = (fix for each in asked for fix in fixes_of(each, document.lines))
        found = tried(offered, document.text, document.findings, ls.audience)
        return [ls.action(fix, uri) for fix in found]


def _item(text: str, sort: str, about: str, doc: str, place: types.Range, number: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=text.rstrip(": "),
        kind=_SORTS[sort],
        detail=about or None,
        documentation=doc or None,
        sort_text=f"{number:04}",
        text_edit=types.TextEdit(place, text),
    )


def _inherited(document: Document, kind: str, name: str) -> list[types.Location]:
    """Where the catalogue declares something."""
    span, file = document.declared_elsewhere(kind, name), document.catalogue_file
    uri = from_fs_path(str(file)) if file is not None else None
    if span is None or uri is None:
        return []
    start, end = types.Position(span.line - 1, span.column - 1), types.Position(span.end_line - 1, span.end_column - 1)
    return [types.Location(uri, types.Range(start, end))]
