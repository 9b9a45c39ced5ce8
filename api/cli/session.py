"""What every command knows, and how it answers: the result on stdout, all else on stderr."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rootprint.api.service import Workspace

    Ready = Callable[[str], None]  # called with the URL once the port is taken


PASSPHRASE: Final = "ROOTPRINT_PASSPHRASE"  # noqa: S105 - the name of a variable


@dataclass
class Session:
    """Where the ledger is, who opens its keys, how to answer."""

    home: Path = Path("rootprint-home")
    passphrase: str | None = field(default=None, repr=False)
    insecure: bool = False
    format: str = "text"
    serve: Callable[[Workspace, str, int, Ready], None] | None = None

    def say(self, line: str) -> None:
        """Say something that is not the result."""
        click.echo(line, err=True)

    @contextmanager
    def counting(self, what: str) -> Iterator[Callable[[int], None]]:
        """Count long work on stderr, where somebody is looking; say nothing into a file."""
        if not sys.stderr.isatty():
            yield lambda _count: None
            return
        try:
            yield lambda count: click.echo(f"\r{count} {what} ", err=True, nl=False)
        finally:
            click.echo("\r", err=True, nl=False)

    def give(self, value: dict[str, Any], text: str) -> None:
        """Print the result: JSON if asked for, else the text."""
        if self.format == "json":
            self.give_document(value)
        else:
            self.give_text(text)

    def give_document(self, value: dict[str, Any]) -> None:
        """Print a result that is a JSON document whatever was asked for."""
        self.give_text(json.dumps(value, ensure_ascii=False, indent=2))

    def give_text(self, text: str) -> None:
        """Print a result that is this text whatever was asked for."""
        _echo(text)


def _echo(text: str) -> None:
    """Print; a reader that has had enough changes nothing about the answer's exit code."""
    try:
        click.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
