"""The floors of the house: which room may import which (the contracts are in pyproject.toml).

import-linter checks imports against the contracts; this checks the contracts against the rooms,
so that a new room, or a room left out of another's list, can't slip through.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.project.pyproject import PACKAGES, ROOT, contracts

# What each room may import directly. Core has one exception, the root of the error tree, for the
# reason that docs/adr/0002 gives.
MAY_IMPORT = {
    "calc": set(),
    "rootprint.ledger.core": set(),
    "rootprint.ledger.verify": {"rootprint.ledger.core", "calc"},
    "rootprint.ledger.evidence": {"rootprint.ledger.core", "rootprint.ledger.verify"},
    "rootprint.ledger.store": {"rootprint.ledger.core"},
    "rootprint.ledger.log": {"rootprint.ledger.core", "rootprint.ledger.store"},
    "rootprint.ledger.chain": {"rootprint.ledger.core"},
    "rootprint.ledger.anchor": {
        "rootprint.ledger.core",
        "rootprint.ledger.store",
        "rootprint.ledger.log",
        "rootprint.ledger.chain",
    },
    "rootprint.ledger.registry": {
        "rootprint.ledger.core",
        "rootprint.ledger.store",
        "rootprint.ledger.chain",
    },
    "rootprint.ledger.rules": {"rootprint.ledger.core", "calc"},
    "rootprint.ledger.exchange": {"rootprint.ledger.core", "calc"},
    "rootprint.ledger.intake": {
        *(
            "calc",
            "rootprint.ledger.core",
            "rootprint.ledger.verify",
            "rootprint.ledger.evidence",
            "rootprint.ledger.store",
            "rootprint.ledger.log",
        ),
        *(
            "rootprint.ledger.chain",
            "rootprint.ledger.anchor",
            "rootprint.ledger.registry",
            "rootprint.ledger.rules",
            "rootprint.ledger.exchange",
        ),
    },
}
DOORS = {"rootprint.api.http", "rootprint.api.cli"}
FOLDER = "rootprint.api.service"  # what the doors work with: keys and opened rooms
PURE = (
    "calc",
    "rootprint.ledger.core",
    "rootprint.ledger.verify",
    "rootprint.ledger.evidence",
    "rootprint.ledger.chain",
)

UNWANTED = ("sqlalchemy", "web3", "fastapi", "uvicorn", "click")


def rooms_on_disk() -> set[str]:
    """Return calc and every subpackage of ledger and api."""
    inner = {
        f"{package}.{path.parent.name}"
        for package in PACKAGES
        if package != "calc"
        for path in (ROOT / package).glob("*/__init__.py")
    }
    return {"calc", *inner}


def everything_but(room: str) -> set[str]:
    """Return what that room must not import: all other rooms and the doors, less its due."""
    return {"api", *MAY_IMPORT} - {room} - MAY_IMPORT[room]


def test_every_room_on_disk_is_a_room_of_the_house() -> None:
    assert rooms_on_disk() == {*MAY_IMPORT, *DOORS, FOLDER}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_each_room_has_a_contract_that_names_every_room_it_may_not_import(room: str) -> None:
    contract = contracts()[f"room-{room.removeprefix('ledger.')}"]
    forbidden = everything_but(room)
    if room == "calc":  # the package is named whole, so its rooms need no list
        forbidden = {"api", "ledger"}
    assert contract["type"] == "forbidden"
    assert contract["source_modules"] == [room]
    assert set(contract["forbidden_modules"]) == forbidden


def test_only_core_has_an_exception_and_it_is_the_root_of_the_error_tree() -> None:
    excused = {
        name: contract["ignore_imports"]
        for name, contract in contracts().items()
        if name.startswith(("room-", "layers", "doors")) and "ignore_imports" in contract
    }
    assert excused == {"room-core": ["rootprint.ledger.core.** -> rootprint.calc.errors"]}


def test_the_layers_name_every_room_once() -> None:
    layers = contracts()["layers"]["layers"]
    named = [name.strip(" ()") for layer in layers for name in layer.split("|")]
    assert sorted(named) == sorted({*MAY_IMPORT, *DOORS, FOLDER, "rootprint.api.main"})


def test_the_doors_are_independent() -> None:
    assert set(contracts()["doors"]["modules"]) == DOORS


@pytest.mark.parametrize(
    ("contract", "owners"),
    [
        ("only-store-knows-sql", {"rootprint.ledger.store"}),
        ("only-rpc-knows-web3", set()),
        ("only-chain-knows-py-evm", {"rootprint.ledger.chain"}),
        ("only-http-knows-fastapi", {"rootprint.api.http"}),
        ("only-cli-knows-click", {"rootprint.api.cli"}),
    ],
)
def test_each_library_is_forbidden_to_every_room_that_does_not_own_it(
    contract: str, owners: set[str]
) -> None:
    sources = set(contracts()[contract]["source_modules"])
    if "api" in sources:
        sources = sources - {"api"} | DOORS | {FOLDER}
    assert sources == {*MAY_IMPORT, *DOORS, FOLDER} - owners


def test_what_verifies_loads_neither_sql_nor_web3_nor_a_server() -> None:
    """Every module of those rooms is imported in a new process, the one for RPC included."""
    program = f"""
import importlib, pkgutil, sys
count = 0
for room in {PURE!r}:
    package = importlib.import_module(room)
    for module in pkgutil.walk_packages(package.__path__, room + "."):
        importlib.import_module(module.name)
        count += 1
print(count, *(name for name in {UNWANTED!r} if name in sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count, *loaded = done.stdout.split()
    assert int(count) > 0
    assert loaded == []
