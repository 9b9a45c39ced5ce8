"""Running the command line in this process, with nothing of the environment but what is given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from rootprint.api.cli import Session, rootprint

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str
    raw: bytes = b""  # stdout as it was written: an evidence file is no text

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error in JSON."""
        found: dict[str, str] = self.json["error"]
        return found

    @property
    def last(self) -> str:
        """The last line of the result."""
        return self.out.rstrip("\n").rpartition("\n")[2]


@dataclass(frozen=True)
class Cli:
    """One user at one ledger's folder."""

    home: Path
    passphrase: str | None = PASSPHRASE

    def __call__(self, *arguments: object, stdin: str | bytes | None = None) -> Answer:
        """Run a command, whatever its exit code."""
        environment = {"ROOTPRINT_HOME": str(self.home), "ROOTPRINT_PASSPHRASE": self.passphrase}
        found = CliRunner(env=environment).invoke(
            rootprint, [str(one) for one in arguments], obj=Session(), input=stdin
        )
        return Answer(found.exit_code, found.stdout, found.stderr, found.stdout_bytes)

    def done(self, *arguments: object, stdin: str | bytes | None = None) -> Answer:
        """Run a command that must succeed."""
        answer = self(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err + answer.out
        return answer
