"""What every test shares: no network beyond this machine, the same properties in every run."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.support import postgresql
from tests.support.anvil import anvil_program, running
from tests.support.compiling import contracts_script

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
MAIN = threading.main_thread()

# One seed and no clock in CI; at a desk hypothesis may look further and remembers what it found. In
# a quick run (scripts/test quick) it tries a few examples only. Both print an example as it was
# found: looking for a smaller one takes minutes, and is for the desk.
AS_FOUND = tuple(phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.shrink)
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, phases=AS_FOUND)
hypothesis.settings.register_profile("desk", deadline=None, phases=tuple(hypothesis.Phase))
hypothesis.settings.register_profile(
    "quick", derandomize=True, deadline=None, max_examples=10, phases=AS_FOUND
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference material that may lie beside the project; the project never needs it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference material that may lie beside the project is not here")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of this process of tests; each test makes a schema of its own."""
    with postgresql.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store can be made: a file, and an empty schema."""
    if request.param == "sqlite":
        return tmp_path / "store.sqlite"
    return request.getfixturevalue("postgresql_server").schema()


@pytest.fixture(scope="session")
def script(root: Path) -> ModuleType:
    """scripts/contracts as a module, with what it needs from npm installed."""
    return contracts_script(root)


@pytest.fixture(scope="module")
def anvil(root: Path, script: ModuleType) -> Iterator[str]:
    """The address of a development node of the test module's own."""
    assert script  # it installs what the node comes with
    program = anvil_program(root)
    if program is None:
        pytest.skip("the locked npm packages have no anvil for this machine; see ROOTPRINT_ANVIL")
    with running(program) as address:
        yield address


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that leave this machine: a test that needs one is not a test of ours."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_local(str(address[0])):
            message = f"a test tried to reach {address[0]}; tests stay on this machine"
            raise AssertionError(message)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that have slow tests where several processes share the work.

    A long file that is begun last would be waited for by all of them.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Let no thread outlive the folder whose tests started it: it could disturb any later test."""
    yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        others = [thread for thread in threading.enumerate() if thread is not MAIN]
        for thread in others:
            thread.join(timeout=5)
        if left := [thread.name for thread in others if thread.is_alive()]:
            said = f"threads outlive the tests of {item.path.parent.name}: {', '.join(left)}"
            raise AssertionError(said)


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
