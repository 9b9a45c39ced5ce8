"""What both verifiers answer to every conformance case, as fixtures that are made once a run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.chain_file import read_chain
from tests.conformance.contract import folders, policy_of
from tests.conformance.verifier import answer
from tests.support.once import once
from tests.web.node import batch

Reports = dict[str, tuple[int, dict[str, Any]]]  # exit code and report, by the case's name


@pytest.fixture(scope="session")
def javascript_reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """What the JavaScript verifier answers to each conformance case in Node."""
    listed = tmp_path_factory.mktemp("node") / "list"
    reports: Reports = once(tmp_path_factory, "javascript", lambda: batch(folders(), listed))
    return reports


@pytest.fixture(scope="session")
def python_reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """What the Python verifier answers to each conformance case."""
    reports: Reports = once(tmp_path_factory, "python", _python_reports)
    return reports


def _python_reports() -> Reports:
    found = {}
    for folder in folders():
        evidence, trust = ((folder / name).read_bytes() for name in ("evidence.gz", "trust.json"))
        policy = policy_of(folder).read_bytes()
        found[folder.name] = answer(evidence, trust, read_chain(folder / "chain.json"), policy)
    return found
