"""The verifier's page in the API: files by name, never a path; a policy of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from rootprint.api.http import create_app
from rootprint.api.http.page import POLICY, WORKER_POLICY
from rootprint.api.main import verifier_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.http.ledger import Ledger


@pytest.fixture
def page(ledger: Ledger) -> TestClient:
    """The API as ``rootprint serve`` opens it."""
    return TestClient(create_app(ledger.home, ledger.log, page=verifier_page()))


@pytest.mark.parametrize(
    ("name", "file", "media_type"),
    [
        ("", "api/web/verifier/index.html", "text/html; charset=utf-8"),
        ("index.html", "api/web/verifier/index.html", "text/html; charset=utf-8"),
        ("page/page.css", "api/web/verifier/page/page.css", "text/css; charset=utf-8"),
        ("page/words.js", "api/web/verifier/page/words.js", "text/javascript; charset=utf-8"),
        ("data/core/gwp.json", "ledger/core/data/gwp.json", "application/json"),
        ("data/library/base-4.json", "ledger/rules/data/base-4.json", "application/json"),
    ],
)
def test_a_file_is_served_as_it_lies_there(
    page: TestClient, root: Path, name: str, file: str, media_type: str
) -> None:
    answer = page.get(f"/verifier/{name}")
    assert (answer.status_code, answer.content) == (200, (root / file).read_bytes())
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_module_and_table_is_served(page: TestClient, root: Path) -> None:
    folder = root / "api" / "web" / "verifier"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.js")]
    assert "verify.js" in names
    for name in names:
        assert page.get(f"/verifier/{name}").status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "nothing.js",
        "page",
        "data/core/",
        "../main.py",
        "%2e%2e/%2e%2e/main.py",
        "data/core/%2e%2e/errors.py",
        "/etc/passwd",
        "data%2Fcore%2F..%2Ftables.py",
    ],
)
def test_whatever_is_no_file_of_the_page_is_not_there(page: TestClient, name: str) -> None:
    answer = page.get(f"/verifier/{name}")
    assert (answer.status_code, answer.json()["code"]) in {(404, "not_found"), (404, "http")}


def test_only_the_page_may_run_something_and_it_says_the_same_of_itself(
    page: TestClient, root: Path
) -> None:
    html = (root / "api" / "web" / "verifier" / "index.html").read_text(encoding="utf-8")
    [own] = re.findall(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', html)
    assert page.get("/verifier/").headers["content-security-policy"] == POLICY
    assert f"{' '.join(own.split())}; frame-ancestors 'none'" == POLICY
    for name in ("page/worker.js", "slices/helper.js"):
        worker = page.get(f"/verifier/{name}").headers["content-security-policy"]
        assert worker == WORKER_POLICY
    assert "connect-src" not in WORKER_POLICY  # so it is 'none': what it needs is sent to it
    for other in ("/verifier/page/page.js", "/verifier/nothing.js", "/health"):
        policy = page.get(other).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; base-uri 'none'")


def test_the_page_has_no_inline_script_style_or_handler(root: Path) -> None:
    html = (root / "api" / "web" / "verifier" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script\b(?![^>]*\bsrc=)|<style\b|\sstyle=|\son\w+=", html) == []
    assert re.findall(r'(?:src|href)="(?:\w+:)?//', html) == []


def test_a_file_is_asked_for_again_and_sent_again_only_if_it_changed(page: TestClient) -> None:
    first = page.get("/verifier/verify.js")
    assert first.headers["cache-control"] == "no-cache"
    again = page.get("/verifier/verify.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = page.get("/verifier/", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_name_without_a_slash_leads_to_the_page(page: TestClient) -> None:
    answer = page.get("/verifier", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "verifier/")
    assert page.get("/verifier").text.startswith("<!doctype html>")


def test_the_root_leads_to_the_page(page: TestClient) -> None:
    answer = page.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "verifier/")


def test_without_a_page_there_is_none(client: TestClient) -> None:
    assert client.get("/verifier/").status_code == 404
    assert client.get("/").status_code == 404


def test_the_page_can_only_be_read(page: TestClient) -> None:
    assert page.post("/verifier/page/page.js").status_code == 405
