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

# In the order in which a newcomer meets them: a ledger, a statement, evidence, its keeping. Each
# has its module and the first sentence of its help, so that listing them loads none.
_COMMANDS: Final = {
    "demo": ("demo", "Run a SCENARIO folder, from inventories to a verdict."),
    "init": ("ledgers", "Make a ledger: separate keys, contracts, an empty log."),
    "org": (
        "handing_over",
        "Organisations: admit, suspend, hand over, recover, show.",
    ),
    "account": ("relaying", "Accounts on the chain: new, show, relay."),
    "registrar": ("registrars", "The registrar's rights: show, hand over, accept."),
    "key": ("keys", "Signing keys: add, retire, compromised, back-date."),
    "factors": ("factors", "Published factor tables: read them into inventory files."),
    "template": ("template", "Write a workbook for an inventory, in Chinese or English."),
    "mapping": ("mapping", "Propose how a company's own SHEET says an inventory."),
    "partner": ("partners", "Take in what partners send: PACT 3.0, Catena-X 9.0.0."),
    "process": ("processes", "Make a process record's draft from an INVENTORY."),
    "outputs": ("processes", "List the outputs of a process RECORD and who carries them."),
    "pool": ("pools", "Make a variant pool's draft from a FILE (YAML)."),
    "compose": ("statements", "Compose an INVENTORY and what it cites into a draft."),
    "rules": ("rules", "Rule packs: list them, check a draft against one."),
    "sign": ("statements", "Sign a DRAFT and print the statement (SD-JWT)."),
    "publish": ("statements", "Log signed statements, all or none; print their receipts."),
    "anchor": ("anchoring", "Anchor the newest checkpoint on the chain."),
    "chain": ("chains", "The home chain: show, use, confirm-clock, restamp."),
    "list": ("listing", "List the statements in the ledger's folder, the newest last."),
    "search": ("listing", "List statements with TEXT in a title, product id or issuer."),
    "show": ("listing", "Show what a statement signs and what is open here of it."),
    "walk": ("walks", "Walk from a statement to its raw inputs; check each."),
    "changes": ("changes", "Show what changes downstream if a footprint does."),
    "assure": ("concerning", "Sign and log an auditor's conclusion on a statement."),
    "withdraw": ("concerning", "Withdraw a statement: it can't be relied on any more."),
    "supersede": ("concerning", "Say that a newer statement takes a statement's place."),
    "retire": ("claims", "Sign and log that attributes were retired."),
    "claim": ("claims", "Sign and log a claim on an amount of what was retired."),
    "present": ("present", "Print a statement with only the named places open."),
    "recharacterise": ("gases", "Restate a footprint's disclosed gases in another GWP set."),
    "evidence": ("evidence", "Evidence files, and the trust file that goes another way."),
    "verify": ("verify", "Check an EVIDENCE file against your own trust file."),
    "policy": ("requiring", "Print a policy with every default said."),
    "log": ("steering", "The public log: proofs, fsck, operator, freeze, successor."),
    "serve": ("ledgers", "Serve the HTTP API and the verifier's page."),
}
# Commands whose function can't have their name, which is Python's own.
_NAMED: Final = {"list": "list_"}


class Commands(click.Group):
    """Loads a command's module on use, and answers errors in one way."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return all names without loading anything."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"rootprint.api.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, _NAMED.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write names and sentences without loading anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in _COMMANDS.items()])

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
    help="Ledger's folder; ROOTPRINT_HOME, or rootprint-home.",
)
@click.option(
    "--insecure-plain-keys",
    is_flag=True,
    help="Write new keys in plain. For demonstrations only.",
)
@click.version_option(package_name="rootprint")
@click.pass_obj
def rootprint(session: Session, home: Path, *, insecure_plain_keys: bool) -> None:
    """Signed product carbon footprints that anyone recomputes from raw inputs.

    ROOTPRINT_PASSPHRASE opens key files. Exit codes: 0 done, 1 failed, 2 usage, 3 incomplete,
    4 not authorised, 5 not readable, 70 internal error.
    """
    session.home, session.insecure = home, insecure_plain_keys
    session.passphrase = os.environ.get(PASSPHRASE) or None
