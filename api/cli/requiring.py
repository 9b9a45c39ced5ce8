"""What a verifier requires: a policy file, or options of ``walk`` and ``verify``; and its print."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import InputFile, formatted, input_name, read_input
from rootprint.api.cli.packs import pack_files
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verify import ARITHMETIC, ASSURANCE, Policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.api.cli.session import Session


def requirement_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says a ``Policy`` and the rule packs held; they arrive as ``policy`` and ``packs``.

    An option counts more than the file.
    """

    @click.option("--policy", "policy_file", type=InputFile, help="Your own policy file (JSON).")
    @click.option(
        "--require-arithmetic",
        type=click.Choice(ARITHMETIC),
        help=f"Whether an assurance may stand in for hidden arithmetic. [{ARITHMETIC[1]}]",
    )
    @click.option(
        "--require-assurance",
        type=click.Choice(ASSURANCE),
        help=f"Which third-party assurance the subject must have. [{ASSURANCE[0]}]",
    )
    @pack_files
    @wraps(command)
    def asked(
        *arguments: Any,
        policy_file: Path | None,
        require_arithmetic: str | None,
        require_assurance: str | None,
        **others: Any,
    ) -> Any:
        policy = Policy() if policy_file is None else read_policy(policy_file)
        said = {"arithmetic": require_arithmetic, "assurance": require_assurance}
        policy = replace(policy, **{name: word for name, word in said.items() if word is not None})
        return command(*arguments, policy=policy, **others)

    return asked


def read_policy(path: Path) -> Policy:
    """Read the verifier's own policy; raises Misused if it is none."""
    try:
        return Policy.parse(read_input(path))
    except Refused as error:
        # The verifier's own file: that it can't be read says nothing of the evidence.
        message = f"{input_name(path)} is no policy: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error


@click.command()
@click.argument("file", type=InputFile, required=False)
@formatted
@click.pass_obj
def policy(session: Session, file: Path | None) -> None:
    """Print a policy with every default said."""
    found = Policy() if file is None else read_policy(file)
    session.give_document(found.json())
