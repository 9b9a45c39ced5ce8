"""The verifier in JavaScript has the file names of the one in Python, or says where the same is."""

from __future__ import annotations

from typing import Final

from tests.web.node import ROOT, VERIFIER

# What is in a file of another name in Python, by the file that it is in.
ELSEWHERE: Final = {
    "analysis/compared": "ledger/verify/rulings/stated",
    "analysis/quantile": "calc/uncertainty/distributions",
    "calc/broken": "ledger/verify/laws",
    "calc/materials": "ledger/figures/formula",
    "calc/partition": "calc/coverage",
    "calc/results": "calc/lines",
    "checks/comparing": "ledger/verify/rulings/stated",
    "checks/hiding": "ledger/verify/checks/inputs",
    "checks/rulings/all": "ledger/verify/checks/inputs",
    "checks/rulings/inputsof": "ledger/verify/rulings/lawful",
    "checks/rulings/places": "ledger/core/livenumber",
    "checks/rulings/question": "ledger/core/livenumber",
    "core/base64": "ledger/core/encoding",
    "core/bytes": "ledger/core/encoding",
    "core/jsonreader": "ledger/core/canonical",
    "core/slots": "ledger/core/stateproof",
    "core/smallorder": "ledger/core/checkpoint",
    "core/time": "ledger/core/encoding",
    "evidence/again": "ledger/core/statement",
    "evidence/opened": "ledger/core/statement",
    "schema/origin": "ledger/core/schema/kinds",
    "schema/quantity": "ledger/core/schema/parts",
    "schema/said": "ledger/core/schema/parts",
    "schema/slots": "ledger/core/schema/rules",
    "verify": "ledger/verifier/verifier",
    "walk/swapped": "ledger/verify/trust",
}
# What Python has in its standard library or the packages that it installs, or needs not at all.
OWN: Final = {
    "chain/recorded": "reads the recorded chain of the conformance cases",
    "core/digest": "hashlib",
    "core/engine": "hashlib and base64 are Python's own",
    "core/float": "fractions",
    "core/heap": "heapq",
    "core/rational": "fractions",
    "core/webcrypto": "cryptography",
    "main": "the command in Node",
    "pack": "makes the npm package",
    "rules/casefold": "str.casefold",
    "slices/alone": "one thread",
    "slices/helper": "what a thread does; Python copies its process",
    "slices/judged": "what a thread tells; Python copies its process",
    "slices/threads": "threads of Node and of browsers; Python copies its process",
    "walk/signatures": "WebCrypto answers later, so signatures are asked for beside the walk",
}


def scripts() -> set[str]:
    """Return the verifier's files by path without suffix, but for the page's."""
    paths = (path.relative_to(VERIFIER) for path in VERIFIER.rglob("*.js"))
    return {str(path.with_suffix("")) for path in paths if path.parts[0] not in {"page", "data"}}


def twins() -> set[str]:
    """Return the names of Python's files that a verifier is made of."""
    return {path.stem for top in ("ledger", "calc") for path in (ROOT / top).rglob("*.py")}


def test_each_file_is_named_as_its_twin_or_is_listed_with_the_reason() -> None:
    unlike = {path for path in scripts() if path.rpartition("/")[2] not in twins()}
    assert unlike == ELSEWHERE.keys() | OWN.keys()
    assert not ELSEWHERE.keys() & OWN.keys()


def test_where_another_name_is_said_there_is_such_a_file() -> None:
    assert [one for one in ELSEWHERE.values() if not (ROOT / f"{one}.py").is_file()] == []
