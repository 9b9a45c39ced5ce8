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

from rootprint.api.cli.colour import coloured, may_colour
from rootprint.api.cli.counting import Counter
from rootprint.api.cli.terminal import plain, plain_json

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

    def say(self, *lines: str) -> None:
        """Say something that is not the result, each line on one, whatever others wrote in it."""
        for line in lines:
            click.echo(plain(line), err=True)

    @contextmanager
    def counting(self, what: str) -> Iterator[Callable[..., None]]:
        """Count long work on stderr, where somebody is looking; say nothing into a file.

        What it gives is called with how much is done, and of how much where that is known.
        """
        if not sys.stderr.isatty():
            yield lambda *_counts: None
            return
        counter = Counter(what, lambda text: click.echo(text, err=True, nl=False))
        try:
            yield counter
        finally:
            counter.ended()

    def give(self, value: dict[str, Any], *lines: str) -> None:
        """Print the result: JSON if asked for, else these lines, each on one."""
        if self.format == "json":
            self.give_document(value)
        else:
            self.give_lines(*lines)

    def give_report(self, value: dict[str, Any], *lines: str) -> None:
        """Print a report as ``give`` does; states and verdict have a colour on a terminal."""
        if self.format == "json" or not may_colour(sys.stdout, os.environ):
            self.give(value, *lines)
        else:
            _echo("\n".join(coloured(plain(line)) for line in lines))

    def give_document(self, value: dict[str, Any]) -> None:
        """Print a result that is a JSON document whatever was asked for."""
        self.give_json(json.dumps(value, ensure_ascii=False, indent=2))

    def give_json(self, text: str) -> None:
        """Print a result that is this JSON text whatever was asked for."""
        _echo(plain_json(text))

    def give_lines(self, *lines: str) -> None:
        """Print a result that is these lines whatever was asked for."""
        _echo("\n".join(map(plain, lines)))


def _echo(text: str) -> None:
    """Print; a reader that has had enough changes nothing about the answer's exit code."""
    try:
        click.echo(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
