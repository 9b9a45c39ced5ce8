"""A headless Chromium, driven over the Chrome DevTools Protocol: what the page's tests need of it.

https://chromedevtools.github.io/devtools-protocol/ describes the methods; a browser listens on a
loopback port that it chooses and writes down in its own folder.
"""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Containers often have a small /dev/shm; no port is guessed.
    *("--disable-dev-shm-usage", "--remote-debugging-port=0", "--window-size=1100,900"),
)
SECONDS = 60.0
MAX_MESSAGE = 256 * 1024 * 1024


def program() -> str | None:
    """Return the browser's path, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Failed(AssertionError):
    """The browser refused a command, or a script in the page threw."""


class Page:
    """One tab. ``events`` has what it reported since the last look, newest last."""

    def __init__(self, socket: ClientConnection, session: str) -> None:
        self._socket, self._session = socket, session
        self._numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; raises Failed, or TimeoutError after a minute."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": parameters}
        if self._session:
            command["sessionId"] = self._session
        self._socket.send(json.dumps(command))
        while True:
            message = json.loads(self._socket.recv(timeout=SECONDS))
            if message.get("id") != number:
                self.events.append(message)
            elif "error" in message:
                said = f"{method}: {message['error']}"
                raise Failed(said)
            else:
                result: dict[str, Any] = message["result"]
                return result

    def run(self, script: str) -> Any:
        """Return the JSON value of an expression in the page; a promise is waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise Failed(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def until(self, condition: str) -> None:
        """Wait for an expression to be true."""
        end = time.monotonic() + SECONDS
        while not self.run(condition):
            if time.monotonic() > end:
                said = f"never came true: {condition}"
                raise Failed(said)
            time.sleep(0.02)

    def open(self, url: str) -> None:
        """Load a page, and wait until it and its modules have run."""
        self.send("Page.navigate", url=url)
        self.until(f"location.href === {json.dumps(url)} && document.readyState === 'complete'")

    def choose(self, selector: str, *paths: Path) -> None:
        """Choose files in a file input, as a person does in the dialogue."""
        root = self.send("DOM.getDocument")["root"]["nodeId"]
        node = self.send("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.send("DOM.setFileInputFiles", nodeId=node, files=[str(path) for path in paths])

    def screenshot(self, path: Path) -> None:
        """Write the whole page as a PNG."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(taken["data"]))


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """Start the browser with an empty profile in ``folder`` and give its tab; stop it after."""
    found = program()
    assert found is not None
    command = [found, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, **quiet) as process:
        try:
            # Pings draw from the random module in a thread; hypothesis takes that for a fault.
            address = _address(folder, process)
            with connect(address, max_size=MAX_MESSAGE, ping_interval=None) as socket:
                yield _tab(socket)
        finally:
            process.terminate()


def _address(folder: Path, process: subprocess.Popen[bytes]) -> str:
    written = folder / "DevToolsActivePort"
    end = time.monotonic() + SECONDS
    while not (written.is_file() and written.read_text().count("\n") == 1):
        if process.poll() is not None or time.monotonic() > end:
            said = "the browser does not start"
            raise Failed(said)
        time.sleep(0.02)
    port, path = written.read_text().split("\n")
    return f"ws://127.0.0.1:{port}{path}"


def _tab(socket: ClientConnection) -> Page:
    whole = Page(socket, "")
    target = next(
        target["targetId"]
        for target in whole.send("Target.getTargets")["targetInfos"]
        if target["type"] == "page"
    )
    attached = whole.send("Target.attachToTarget", targetId=target, flatten=True)
    page = Page(socket, attached["sessionId"])
    for domain in ("Page", "DOM", "Runtime", "Network", "Log"):
        page.send(f"{domain}.enable")
    return page
