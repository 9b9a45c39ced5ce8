"""What a reader requires: a policy file, or options of ``walk`` and ``verify``; and its print."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.failing import Misused
from rootprint.api.cli.options import InputFile, formatted, input_name, read_input
from rootprint.api.cli.packs import pack_files
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.verify import ARITHMETIC, ASSURANCE, POLICY_VERSION, Policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.api.cli.session import Session


_MOST_DIGITS: Final = 18  # of an age, which is at most 10^10


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
    @click.option(
        "--require",
        "members",
        multiple=True,
        metavar="MEMBER=VALUE",
        help="A member of the policy, such as mostUnsigned=0; a list with commas. Repeatable.",
    )
    @pack_files
    @wraps(command)
    def asked(
        *arguments: Any,
        policy_file: Path | None,
        require_arithmetic: str | None,
        require_assurance: str | None,
        members: tuple[str, ...],
        **others: Any,
    ) -> Any:
        policy = Policy() if policy_file is None else read_policy(policy_file)
        said = {"arithmetic": require_arithmetic, "assurance": require_assurance}
        named = {name: word for name, word in said.items() if word is not None}
        return command(*arguments, policy=_with(policy, named, members), **others)

    return asked


def _with(policy: Policy, named: dict[str, str], members: tuple[str, ...]) -> Policy:
    """Return the policy with what the options say in its members' place."""
    said: dict[str, Any] = {"version": POLICY_VERSION, **named}
    for text in members:
        name, equals, value = text.partition("=")
        if not equals or name in said:
            why = "is said twice" if equals else "has no = and value"
            message = f"--require {text}: {name} {why}"
            raise Misused(message, remedy="say each member once, like mostUnsigned=0")
        said[name] = _value(value, Policy().words().get(name))
    try:
        return policy.with_members(said)
    except Refused as error:
        message = f"that is no policy: {Exception.__str__(error)}"
        raise Misused(message, remedy=error.remedy) from error


def _value(text: str, usual: Any) -> Any:
    """Return what an option says, in the form of the member that it takes the place of.

    A whole number is an age where the member is one; what is no such form is refused by the policy.
    """
    if isinstance(usual, list):
        return [one for one in text.split(",") if one]
    if text == "null":
        return None
    is_age = usual is None and text.isascii() and text.isdecimal() and len(text) < _MOST_DIGITS
    return int(text) if is_age else text


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
