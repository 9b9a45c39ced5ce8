"""A browser, and the page as the repository's folders and as the HTTP API serve it."""

from __future__ import annotations

import functools
import threading
import time
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.http import create_app
from rootprint.api.http.server import listen, server_of, url_of
from rootprint.api.main import verifier_page
from tests.browser import chromium
from tests.http.ledger import open_ledger
from tests.support.reports import javascript_reports

__all__ = ["javascript_reports"]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.chromium import Page
    from tests.support.reports import Reports


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The browser's one tab, for all tests of a file: starting it takes longer than any of them."""
    if chromium.program() is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with chromium.browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def folders(root: Path) -> Iterator[str]:
    """The URL of the repository's folder, as ``python -m http.server`` serves it."""
    handler = functools.partial(_Quiet, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the HTTP API, with the page that ``rootprint serve`` gives it."""
    ledger = open_ledger(tmp_path_factory.mktemp("ledger"))
    with _running(create_app(ledger.home, ledger.log, page=verifier_page())) as url:
        yield url
    ledger.home.store.close()


@pytest.fixture(scope="session")
def reports(javascript_reports: Reports) -> dict[str, dict[str, Any]]:
    """What the same verifier reports of each case in Node, by the case's name."""
    return {name: report for name, (_, report) in javascript_reports.items()}


@pytest.fixture
def page(tab: Page, api: str) -> Page:
    """The page as the API serves it, freshly loaded."""
    return fresh(tab, f"{api}/verifier/")


@pytest.fixture(params=["folders", "api"])
def either(request: pytest.FixtureRequest, tab: Page) -> Page:
    """The page from either server, for what may depend on the server."""
    url: str = request.getfixturevalue(request.param)
    where = {"folders": "/api/web/verifier/index.html", "api": "/verifier/"}
    return fresh(tab, url + where[request.param])


def fresh(tab: Page, url: str) -> Page:
    """Load a page as for the first time, with nothing chosen and nothing reported yet."""
    tab.send("Page.navigate", url="about:blank")
    tab.until("location.href === 'about:blank'")
    tab.events.clear()
    tab.open(url)
    return tab


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def _running(app: Any) -> Iterator[str]:
    server = server_of(app)
    with listen("127.0.0.1", 0) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield url_of(listening)
        server.should_exit = True
        thread.join()
