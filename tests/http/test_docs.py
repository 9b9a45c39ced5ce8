"""docs/http.md says what the API does: each route, each code, each limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rootprint.api.http import problems, server
from rootprint.api.http.settings import DEFAULTS

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient


def rows(root: Path, heading: str) -> list[list[str]]:
    """Return the cells of the first table below a heading, without its head."""
    text = (root / "docs" / "http.md").read_text(encoding="utf-8").partition(f"## {heading}")[2]
    table = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_every_route_is_described_and_no_other(root: Path, client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    served = {f"{method.upper()} {path}" for path, item in paths.items() for method in item}
    described = {cells[0].strip("`") for cells in rows(root, "Routes")}
    # Neither is in the description for machines: the description itself, and the page for people.
    assert described == served | {"GET /openapi.json", "GET /verifier/"}


def test_every_code_is_described_with_its_status(root: Path) -> None:
    described = {
        (int(cells[0]), code)
        for cells in rows(root, "Errors")
        for code in re.findall(r"`(\w+)`", cells[1])
    }
    answered = {
        (status, constant.code if constant else kind.code)
        for kind, status, constant in problems._ANSWERS
    }
    assert described == answered | {(400, "refused"), (405, "http")}


def test_the_limits_are_those_of_the_code(root: Path) -> None:
    assert [cells[1] for cells in rows(root, "Limits")] == [
        f"{DEFAULTS.max_statement // 1024**2} MiB",
        f"{DEFAULTS.max_key // 1024} KiB",
        f"{server.MAX_HEAD_BYTES // 1024} KiB",
        f"{DEFAULTS.body_seconds:g} s",
        f"{DEFAULTS.turn_seconds:g} s",
        str(DEFAULTS.publishers),
        str(server.MAX_CONNECTIONS),
    ]
