"""What stands behind the names of an inventory: ``--input NAME=DIGEST``, of any command."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rootprint.api.cli.options import Digest
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.intake import require_citable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.api.cli.session import Session
    from rootprint.api.service import Workspace
    from rootprint.ledger.core.statement import Statement

F = TypeVar("F", bound="Callable[..., Any]")


def _inputs(_ctx: Any, param: Any, values: tuple[str, ...]) -> dict[str, bytes]:
    pairs = {}
    for value in values:
        name, equals, digest = value.rpartition("=")
        if not (name and equals):
            message = f"{value!r} is not NAME=sha256:…"
            raise click.BadParameter(message)
        pairs[name] = Digest().convert(digest, param, None)
    return pairs


def naming_inputs(command: F) -> F:
    """Give a command ``--input``, repeatable, as ``inputs``."""
    return click.option(
        "--input",
        "inputs",
        multiple=True,
        callback=_inputs,
        metavar="NAME=DIGEST",
        help="Which logged statement stands behind an input's name; repeatable.",
    )(command)


def resolver(
    session: Session, workspace: Workspace, inputs: Mapping[str, bytes]
) -> Callable[[str], Statement]:
    """Return what gives the statement behind a name, each asked for once.

    It raises NotFound for a name that was not given, and what ``require_citable`` raises; what is
    not anchored yet is said.
    """
    known: dict[str, Statement] = {}

    def resolve(name: str) -> Statement:
        if name in known:
            return known[name]
        digest = inputs.get(name)
        if digest is None and name.startswith("sha256:"):
            digest = Digest().convert(name, None, None)
        if digest is None:
            message = f"it is not said which statement the input {name!r} is"
            raise NotFound(message, remedy=f"give --input {name}=sha256:…")
        known[name], anchored = require_citable(workspace.home, digest, now=int(time.time()))
        if not anchored:
            session.say(f"{name}: not anchored yet; its issuer was judged at the chain's head")
        return known[name]

    return resolve
