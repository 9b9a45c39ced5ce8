r"""Run a verifier, ours or anyone's, on the cases: README.md says what it must do.

    python -m tests.conformance.run \
      --command './my-verifier {evidence} {trust} {chain} {policy}' [NAME …]

Exits 0 if every case gave what it should, 1 if one did not, 2 if there was nothing to run.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if __package__ in {None, ""}:  # run by its path
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conformance.contract import Json, compare, expected, folders, policy_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 60.0
MAX_OUTPUT = 16 * 1024 * 1024
PLACES = ("evidence", "trust", "chain", "policy")


class Unusable(Exception):
    """The command can't be run on cases at all."""


def command_for(template: str, folder: Path) -> list[str]:
    """Return the command with the case's four paths; no shell is ever asked."""
    paths = {name: str(folder / f"{name}.json") for name in PLACES}
    paths["evidence"] = str(folder / "evidence.gz")
    paths["policy"] = str(policy_of(folder))
    words = shlex.split(template)
    missing = [name for name in PLACES if f"{{{name}}}" not in template]
    if not words or missing:
        message = f"the command lacks {', '.join(missing) or 'a program'}"
        raise Unusable(message)
    for name, path in paths.items():
        words = [word.replace(f"{{{name}}}", path) for word in words]
    return words


def run(template: str, folder: Path, seconds: float = SECONDS) -> str | None:
    """Run one case; return what is wrong with the answer, or None."""
    command = command_for(template, folder)
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer within {seconds:g} s"
    except OSError as error:
        message = f"{command[0]} can't be run: {error}"
        raise Unusable(message) from error
    try:
        report = _report(done.stdout)
    except ValueError as error:
        return f"exit code {done.returncode}, and stdout is no report: {error}"
    return compare(expected(folder), done.returncode, report)


def _report(stdout: bytes) -> Json:
    if len(stdout) > MAX_OUTPUT:
        message = f"longer than {MAX_OUTPUT} bytes"
        raise ValueError(message)
    report = json.loads(stdout)
    if not isinstance(report, dict):
        message = "not an object"
        raise ValueError(message)  # noqa: TRY004 - untrusted bytes
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all cases, or the named ones, and print a line for each that went wrong."""
    parser = argparse.ArgumentParser(
        prog="tests.conformance.run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--command", required=True, help="with {evidence}, {trust}, {chain} and {policy}"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="limit for each case")
    parser.add_argument("names", nargs="*", help="cases, all of them by default")
    asked = parser.parse_args(arguments)
    chosen = [folder for folder in folders() if not asked.names or folder.name in asked.names]
    if not chosen or len(chosen) < len(set(asked.names)):
        print("no such case" if asked.names else "there are no cases", file=sys.stderr)  # noqa: T201
        return 2
    wrong = 0
    for folder in chosen:
        try:
            problem = run(asked.command, folder, asked.seconds)
        except Unusable as error:
            print(error, file=sys.stderr)  # noqa: T201
            return 2
        if problem is not None:
            wrong += 1
            print(f"WRONG {folder.name}: {problem}")  # noqa: T201
    print(f"{'FAILED' if wrong else 'PASSED'} {len(chosen) - wrong} of {len(chosen)} cases")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
