"""A session of an editor with rowlock-lsp-server: JSON-RPC over standard input and output."""

import json
import subprocess

import pytest

from tools import BIN

URI = "file:///network.mlir"
GOOD = """func.func @main(%x: tensor<1x8xf32>) -> tensor<1x8xf32> {
  %0 = nn.add %x, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %1 = nn.add %0, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return %1 : tensor<1x8xf32>
}
"""
USE, DEFINITION = {"line": 2, "character": 15}, {"line": 1, "character": 3}


class Session:
    """The client's side. Notifications that come while it waits are kept."""

    def __init__(self):
        self.server = subprocess.Popen([str(BIN / "rowlock-lsp-server")], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.requests, self.kept = 0, []

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.server.stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server is gone"
        return json.loads(self.server.stdout.read(length))

    def ask(self, method, **params):
        """The result of a request."""
        self.requests += 1
        self.send(id=self.requests, method=method, params=params)
        while (message := self.receive()).get("id") != self.requests:
            self.kept.append(message)
        assert "error" not in message, message
        return message["result"]

    def notice(self, method):
        """The parameters of the next notification of the kind."""
        while True:
            message = self.kept.pop(0) if self.kept else self.receive()
            if message.get("method") == method:
                return message["params"]

    def open(self, text):
        self.send(method="textDocument/didOpen", params={"textDocument": {
            "uri": URI, "languageId": "mlir", "version": 1, "text": text}})
        shown = self.notice("textDocument/publishDiagnostics")
        assert shown["uri"] == URI
        return shown["diagnostics"]

    def close(self):
        """The server's exit code after an orderly end."""
        self.ask("shutdown")
        self.send(method="exit", params={})
        return self.server.wait(timeout=20)


@pytest.fixture
def session():
    client = Session()
    shown = client.ask("initialize", processId=None, rootUri=None, capabilities={})
    assert shown["capabilities"]["hoverProvider"] and shown["capabilities"]["definitionProvider"]
    client.send(method="initialized", params={})
    yield client
    client.server.kill()
    client.server.wait()
    client.server.stdin.close()
    client.server.stdout.close()


def test_good_text_has_no_diagnostics(session):
    assert session.open(GOOD) == []
    assert session.close() == 0


def test_error_of_a_verifier_is_published_at_its_line(session):
    wrong = """func.func @main(%x: tensor<1x8xf32>) -> tensor<1x9xf32> {
  %0 = nn.add %x, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x9xf32>
  return %0 : tensor<1x9xf32>
}
"""
    (shown,) = session.open(wrong)
    assert shown["range"]["start"]["line"] == 1 and shown["severity"] == 1
    assert "nn.add" in shown["message"]
    assert session.close() == 0


def test_error_of_the_parser_goes_when_the_text_is_mended(session):
    (shown,) = session.open(GOOD.replace("nn.add %x", "nn.no_such_layer %x"))
    assert shown["range"]["start"]["line"] == 1 and "no_such_layer" in shown["message"]
    session.send(method="textDocument/didChange", params={
        "textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": GOOD}]})
    assert session.notice("textDocument/publishDiagnostics")["diagnostics"] == []
    assert session.close() == 0


def test_definition_and_hover(session):
    session.open(GOOD)
    document = {"uri": URI}
    (found,) = session.ask("textDocument/definition", textDocument=document, position=USE)
    assert found["uri"] == URI and found["range"]["start"]["line"] == DEFINITION["line"]
    shown = session.ask("textDocument/hover", textDocument=document, position=DEFINITION)
    assert "nn.add" in json.dumps(shown["contents"])
    assert session.close() == 0


@pytest.mark.parametrize("target, known", [("eyeriss-v1", True), ("no-such-machine", False)])
def test_attributes_are_parsed(session, target, known):
    shown = session.open(f'module attributes {{rs.target = #rs.target<"{target}", {{}}>}} {{}}\n')
    assert bool(shown) != known, shown
    assert session.close() == 0
