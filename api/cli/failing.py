"""What goes wrong, reported in one way: a message, JSON if asked for, and an exit code.

0 done or verified · 1 failed or refused · 2 usage, or something named that is not here ·
3 incomplete, or could not check · 4 not authorised · 5 not readable · 70 internal error (never 1 by
accident).
"""

from __future__ import annotations

import json
import sys
import traceback
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import click

from rootprint.api.cli.extras import extra_of
from rootprint.api.cli.terminal import plain, plain_json
from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.errors import (
    LedgerError,
    NotAuthorised,
    NotFound,
    NotReadable,
    Several,
    Unavailable,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rootprint.api.cli.session import Session

DONE, FAILED, USAGE, INCOMPLETE, NOT_AUTHORISED, NOT_READABLE, INTERNAL = 0, 1, 2, 3, 4, 5, 70
INTERRUPTED: Final = 130  # what shells say of SIGINT
_USAGE_CODES: Final = {"usage", "nothing_expected"}


class Misused(LedgerError):
    """The command can't be meant as it was given; nothing was judged."""

    code = "usage"


def needs(given: Mapping[str, object], *, asked: bool, of: str, remedy: str) -> None:
    """Refuse an option that was given and would change nothing without another one.

    ``given`` has the value of each such option, None where it was not given.
    """
    named = [name for name, value in given.items() if value is not None]
    if named and not asked:
        message = f"{named[0]} is of {of}, which was not asked for"
        raise Misused(message, remedy=remedy)


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Read the bare arguments, so that a wrong option is answered in JSON too."""
    apart = ("--format", "json") in pairwise(arguments)
    return apart or "--format=json" in arguments


def exit_code_of(session: Session, error: BaseException) -> int:
    """Print what went wrong, and return the exit code that says the same."""
    if isinstance(error, RootprintError):
        _tell(session, error.code, error)
        return _code(error)
    if isinstance(error, click.UsageError):
        _misused(session, error)
        return USAGE
    if isinstance(error, click.ClickException):
        _tell(session, Misused.code, Misused(error.format_message()))
        return USAGE
    if isinstance(error, click.Abort):
        _tell(session, "interrupted", RootprintError("stopped; what was acknowledged is kept"))
        return INTERRUPTED
    if isinstance(error, OSError):
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        _tell(session, Unavailable.code, Unavailable(what))
        return INCOMPLETE
    if isinstance(error, ModuleNotFoundError) and (extra := extra_of(error.name)) is not None:
        message = f"this command needs {error.name}, which is not installed"
        remedy = f"pip install 'rootprint[{extra}]'"
        _tell(session, Unavailable.code, Unavailable(message, remedy=remedy))
        return INCOMPLETE
    traceback.print_exception(error, file=sys.stderr)
    _tell(session, "internal", RootprintError("this is a bug in rootprint; nothing was decided"))
    return INTERNAL


def _misused(session: Session, error: click.UsageError) -> None:
    """Answer as click does, with the usage line, and in JSON if asked for."""
    if session.format == "json":
        _give(Misused(error.format_message()).json())
    error.show()


def _tell(session: Session, code: str, error: RootprintError) -> None:
    if session.format == "json":
        _give({**error.json(), "code": code})
    first, *others = error.lines()
    for line in (f"rootprint: {first}", *others):
        click.echo(plain(line), err=True)


def _give(error: dict[str, Any]) -> None:
    click.echo(plain_json(json.dumps({"error": error}, ensure_ascii=False, indent=2)))


def _code(error: RootprintError) -> int:
    if isinstance(error, NotAuthorised):
        return NOT_AUTHORISED
    if isinstance(error, NotReadable):
        return NOT_READABLE
    if isinstance(error, Unavailable):
        return INCOMPLETE
    if isinstance(error, NotFound) or error.code in _USAGE_CODES:
        return USAGE
    if isinstance(error, Several):
        codes = {_code(one) for one in error.errors}
        return codes.pop() if len(codes) == 1 else FAILED
    return FAILED
