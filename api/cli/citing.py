"""What stands behind the names of an inventory: ``--input NAME=STATEMENT``, of any command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from rootprint.api.cli.options import StatementName
from rootprint.ledger.intake import logged_resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.intake import Resolve

F = TypeVar("F", bound="Callable[..., Any]")


def _inputs(ctx: Any, param: Any, values: tuple[str, ...]) -> dict[str, bytes]:
    pairs = {}
    for value in values:
        name, equals, digest = value.rpartition("=")
        if not (name and equals):
            message = f"{value!r} is not NAME=sha256:…"
            raise click.BadParameter(message)
        pairs[name] = StatementName().convert(digest, param, ctx)
    return pairs


def naming_inputs(command: F) -> F:
    """Give a command ``--input``, repeatable, as ``inputs``."""
    return click.option(
        "--input",
        "inputs",
        multiple=True,
        callback=_inputs,
        metavar="NAME=STATEMENT",
        help="Which logged statement stands behind an input's name; repeatable.",
    )(command)


def resolver(
    session: Session,
    workspace: Workspace,
    inputs: Mapping[str, bytes],
    named: Mapping[str, str] | None = None,
) -> Resolve:
    """Return what gives the logged statement behind a name, if it may be cited now.

    ``named`` are the digests that the inventory itself gives; ``inputs`` go before them. What is
    not anchored yet is said, and whose issuer is no longer admitted.
    """
    return logged_resolver(
        workspace.home,
        {**(named or {}), **inputs},
        lambda name: f"give --input {name}=sha256:…",
        lambda name, said: session.say(f"{name}: {said}"),
    )
