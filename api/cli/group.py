"""The command group: commands found by name and loaded on use; errors answered in one place."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import DONE, asks_for_json, exit_code_of
from rootprint.api.cli.session import PASSPHRASE, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

# In the order in which a newcomer meets them: a ledger, a statement, evidence, its keeping.
_COMMANDS: Final = {
    "demo": "demo",
    "init": "ledgers",
    "org": "organisations",
    "key": "keys",
    "factors": "factors",
    "process": "processes",
    "compose": "statements",
    "rules": "rules",
    "sign": "statements",
    "publish": "statements",
    "anchor": "ledgers",
    "walk": "walks",
    "changes": "changes",
    "assure": "concerning",
    "withdraw": "concerning",
    "supersede": "concerning",
    "retire": "claims",
    "claim": "claims",
    "present": "present",
    "recharacterise": "gases",
    "evidence": "evidence",
    "verify": "verify",
    "policy": "requiring",
    "log": "logs",
    "serve": "ledgers",
}


class Commands(click.Group):
    """Loads a command's module on use, and answers errors in one way."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return all names without loading anything."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"rootprint.api.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def main(  # type: ignore[override] # click overloads it by standalone_mode, which is ours here
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        obj: Session | None = None,
        **extra: Any,
    ) -> None:
        """Run, and end the process with the exit code that says how it went."""
        arguments = list(sys.argv[1:] if args is None else args)
        session = obj or Session()
        session.format = "json" if asks_for_json(arguments) else "text"
        extra["standalone_mode"] = False
        try:
            code = super().main(arguments, prog_name or "rootprint", complete_var, obj=session,
                                **extra)  # fmt: skip
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our output has had enough: click's to end quietly
            code = exit_code_of(session, error)
        except Exception as error:  # noqa: BLE001 - whatever is unforeseen is reported as a bug
            code = exit_code_of(session, error)
        sys.exit(code if isinstance(code, int) else DONE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default="rootprint-home",
    envvar="ROOTPRINT_HOME",
    show_envvar=True,
    show_default=True,
    help="The ledger's folder.",
)
@click.option(
    "--insecure-plain-keys",
    is_flag=True,
    help="Write new keys without a passphrase. For demonstrations only.",
)
@click.version_option(package_name="rootprint")
@click.pass_obj
def rootprint(session: Session, home: Path, *, insecure_plain_keys: bool) -> None:
    """Signed product carbon footprints that anyone can recompute down to their raw inputs.

    Key files are opened with the passphrase in ROOTPRINT_PASSPHRASE. Exit codes: 0 done or
    verified, 1 failed or refused, 2 usage or not here, 3 incomplete or unavailable, 4 not
    authorised, 70 internal error.
    """
    session.home, session.insecure = home, insecure_plain_keys
    session.passphrase = os.environ.get(PASSPHRASE) or None
