"""The real server on a loopback port: bytes over a socket."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from rootprint.api.http import serve
from rootprint.api.http.server import listen, server_of, url_of
from rootprint.ledger.core.errors import Unavailable
from rootprint.ledger.core.sdjwt import MAX_BYTES
from tests.http.ledger import Ledger, verify_receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = "{method} {path} HTTP/1.1\r\nHost: ledger\r\n{more}\r\n"


@pytest.fixture
def address(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """A server in a thread, on a free port."""
    server = server_of(ledger.app())
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        assert server.started
        yield listening.getsockname()
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def exchange(address: tuple[str, int], *parts: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send the parts and read until the server closes."""
    with socket.create_connection(address, timeout=10) as connection:
        for part in parts:
            connection.sendall(part)
        answer = b""
        while data := connection.recv(65536):
            answer += data
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in rest)}
    return int(first.split(" ")[1]), headers, body


def head(method: str, path: str, **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return HEAD.format(method=method, path=path, more=lines).encode()


def test_a_statement_is_published_and_read_over_a_socket(
    ledger: Ledger, address: tuple[str, int]
) -> None:
    text = ledger.factor().text
    sent = head(
        "POST",
        "/v1/statements",
        content_type="application/vc+sd-jwt",
        content_length=str(len(text)),
        connection="close",
    )
    status, headers, body = exchange(address, sent, text.encode())
    assert status == 201
    assert "server" not in headers
    assert verify_receipt(json.loads(body), text, ledger.log.note_key) == 1
    status, _, read = exchange(address, head("GET", headers["location"], connection="close"))
    assert (status, read.decode()) == (200, f"{text.partition('~')[0]}~")


def test_a_chunked_body_is_taken_up_to_the_limit_and_cut_off_beyond(
    ledger: Ledger, address: tuple[str, int]
) -> None:
    sent = head(
        "POST",
        "/v1/statements",
        content_type="application/vc+sd-jwt",
        transfer_encoding="chunked",
    )
    half = b"a" * (MAX_BYTES // 2)
    chunk = b"%x\r\n%s\r\n" % (len(half), half)
    # One byte too many, and no end: the server answers and closes, the client never finished.
    status, headers, body = exchange(address, sent, chunk, chunk, b"1\r\na\r\n")
    assert (status, headers["connection"]) == (413, "close")
    assert json.loads(body)["code"] == "too_large"
    text = ledger.factor().text.encode()
    whole = b"%x\r\n%s\r\n0\r\n\r\n" % (len(text), text)
    closing = sent.replace(b"Host", b"Connection: close\r\nHost")
    assert exchange(address, closing, whole)[0] == 201


def test_small_answers_are_sent_at_once(address: tuple[str, int]) -> None:
    """Head and body are two writes; were the second to wait for the first's ACK, that is 40 ms."""
    times = []
    with socket.create_connection(address, timeout=10) as connection:
        for _ in range(9):
            begun = time.monotonic()
            connection.sendall(head("GET", "/v1/keys/AAAA"))
            answer = b""
            while not answer.endswith(b"}"):
                answer += connection.recv(65536)
            times.append(time.monotonic() - begun)
    assert min(times) < 0.035  # waiting would be in each of them; a busy machine is in some


def test_a_request_head_without_end_is_cut_off(address: tuple[str, int]) -> None:
    status, _, _ = exchange(address, b"GET /health HTTP/1.1\r\nx: " + b"a" * 20_000)
    assert status == 400


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_where_it_listens_and_returns_when_stopped(
    tmp_path: Path, root: Path, number: signal.Signals
) -> None:
    """What runs after ``serve`` still runs; access lines go to standard error."""
    program = f"""
from pathlib import Path
from rootprint.api.http import serve
from tests.http.ledger import open_ledger
ledger = open_ledger(Path({str(tmp_path)!r}))
serve(ledger.app(), "127.0.0.1", 0, ready=lambda url: print(url, flush=True))
ledger.home.store.close()
print("closed")
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline().rpartition(":")[2])
            status, _, body = exchange(
                ("127.0.0.1", port), head("GET", "/health", connection="close")
            )
            process.send_signal(number)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (status, json.loads(body)["log"]["size"]) == (200, 0)
    assert (process.returncode, out) == (0, "closed\n")
    (line,) = err.splitlines()
    assert (json.loads(line)["path"], json.loads(line)["status"]) == ("/health", 200)


def test_a_port_that_is_taken_is_reported(ledger: Ledger) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert url_of(taken) == f"http://127.0.0.1:{port}"
        with pytest.raises(Unavailable, match=f"can't listen on 127.0.0.1 port {port}"):
            serve(ledger.app(), "127.0.0.1", port)
