"""What a command loads before it runs: a newcomer's help and a verification don't wait for more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rootprint.api.cli import contributions
from rootprint.ledger import analysis

_LOADED = "import sys; {} ; print(*sys.modules)"
_MARK = "these are loaded:"
ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "conformance" / "cases"


def _loaded_by(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED.format(program)], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", ["verifier", "verify", "evidence"])
def test_verifying_loads_no_library_that_it_does_not_need(module: str) -> None:
    loaded = _loaded_by(f"import rootprint.ledger.{module}")
    assert not loaded & {"numpy", "scipy", "sqlalchemy", "web3", "openpyxl", "cffi", "pycparser"}


def test_the_command_loads_neither_numpy_nor_a_database() -> None:
    loaded = _loaded_by("import rootprint.api.cli.verify, rootprint.api.main")
    assert not loaded & {"numpy", "scipy", "sqlalchemy", "web3", "openpyxl", "fastapi"}


def test_verifying_a_proven_file_loads_what_the_library_page_says_and_no_more() -> None:
    program = f"""
import sys
from rootprint.api.main import main
sys.argv = ["rootprint", "verify", "evidence.gz", "--trust", "trust.json"]
try: main()
except SystemExit as end: assert end.code == 0, end.code
print({_MARK!r}, *(
    name for name, module in sys.modules.items()
    if "site-packages" in (getattr(module, "__file__", None) or "")
))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CASES / "the_chain_is_proven_at_a_trusted_block",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.partition(_MARK)[2].split()}
    hooks = {
        name for name in loaded if name.startswith(("_distutils", "_virtualenv", "__editable"))
    }
    assert loaded - hooks - {"rootprint"} == {
        *("click", "cryptography", "orjson", "Crypto"),
        *("cffi", "_cffi_backend", "pycparser"),
    }


def test_the_command_loads_none_of_the_standard_library_that_takes_long() -> None:
    program = _LOADED.format("import rootprint.api.cli.verify, rootprint.api.main")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "rootprint.ledger.verify.walking" in loaded
    assert not loaded & {
        *("email", "importlib.metadata", "importlib.resources", "zipfile", "csv", "xml"),
        *("tempfile", "tomllib", "socket", "sqlite3", "http"),
    }


def test_the_help_loads_no_command() -> None:
    program = "from rootprint.api.main import main\ntry: main()\nexcept SystemExit: pass\n"
    loaded = subprocess.run(
        [sys.executable, "-c", f"{program}import sys; print(*sys.modules)", "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "rootprint.api.cli.demo" not in loaded
    assert "rootprint.ledger.verify.walking" not in loaded


def test_what_the_options_offer_is_what_the_analysis_takes() -> None:
    assert contributions.GROUPINGS == analysis.GROUPINGS
    assert contributions.MOST_ROWS == analysis.MOST_ROWS
