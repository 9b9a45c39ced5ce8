"""The command group: commands found by name, errors turned into messages and exit codes.

0 done or verified · 1 failed or refused · 2 usage, or something named that is not here ·
3 incomplete, or could not check · 4 not authorised · 70 internal error (never 1 by accident).
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from calc.errors import RootprintError
from ledger.core.errors import NotAuthorised, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.workspace import Workspace

DONE, FAILED, USAGE, INCOMPLETE, NOT_AUTHORISED, INTERNAL = 0, 1, 2, 3, 4, 70
_COMMANDS: Final = {
    "anchor": "ledgers",
    "assure": "concerning",
    "compose": "statements",
    "demo": "demo",
    "evidence": "files",
    "init": "ledgers",
    "key": "organisations",
    "log": "logs",
    "org": "organisations",
    "present": "files",
    "publish": "statements",
    "serve": "ledgers",
    "sign": "statements",
    "supersede": "concerning",
    "verify": "verify",
    "walk": "files",
    "withdraw": "concerning",
}


@dataclass
class Session:
    """What every command knows: where the ledger is, who opens its keys, how to answer."""

    home: Path = Path("rootprint-home")
    passphrase: str | None = None
    insecure: bool = False
    format: str = "text"
    serve: Callable[[Workspace, str, int], None] | None = None

    def say(self, line: str) -> None:
        """Say something that is not the result."""
        click.echo(line, err=True)

    def give(self, value: dict[str, Any], text: str) -> None:
        """Print the result: JSON if asked for, else the text."""
        if self.format == "json":
            click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        else:
            click.echo(text)


class Commands(click.Group):
    """Loads a command's module on use, and answers errors in one way."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return all names without loading anything."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"api.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and turn what goes wrong into a message, JSON if asked for, and an exit code."""
        try:
            return super().invoke(ctx)
        except RootprintError as error:
            _tell(ctx.obj, error.code, error)
            sys.exit(_exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - the last line of defence, told as a bug
            traceback.print_exception(error, file=sys.stderr)
            _tell(ctx.obj, "internal", RootprintError("this is a bug in rootprint"))
            sys.exit(INTERNAL)


def _tell(session: Session, code: str, error: RootprintError) -> None:
    message = str(Exception.__str__(error))
    if session.format == "json":
        content = {"code": code, "message": message, "remedy": error.remedy}
        click.echo(json.dumps({"error": content}, ensure_ascii=False, indent=2))
    click.echo(f"rootprint: {error}", err=True)


def _exit_code(error: RootprintError) -> int:
    if isinstance(error, NotAuthorised):
        return NOT_AUTHORISED
    if isinstance(error, Unavailable):
        return INCOMPLETE
    if isinstance(error, NotFound) or error.code == "nothing_expected":
        return USAGE
    return FAILED


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default="rootprint-home",
    envvar="ROOTPRINT_HOME",
    show_default=True,
    help="The ledger's folder.",
)
@click.option(
    "--insecure-plain-keys",
    is_flag=True,
    help="Write new keys without a passphrase. For demonstrations only.",
)
@click.version_option(package_name="rootprint")
@click.pass_context
def rootprint(ctx: click.Context, home: Path, *, insecure_plain_keys: bool) -> None:
    """Signed product carbon footprints that anyone can recompute down to their raw inputs.

    Keys are opened with the passphrase in ROOTPRINT_PASSPHRASE.
    """
    session = ctx.ensure_object(Session)
    session.home, session.insecure = home, insecure_plain_keys
    session.passphrase = os.environ.get("ROOTPRINT_PASSPHRASE") or None
