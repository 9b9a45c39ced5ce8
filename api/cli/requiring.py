"""What a verifier requires, as options of ``walk`` and ``verify``."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from rootprint.api.cli.packs import held_rules, pack_files
from rootprint.ledger.verify import ARITHMETIC, ASSURANCE, Requirements

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.rules import Library


def requirement_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of ``Requirements`` to a command; they arrive together as ``required``."""

    @click.option(
        "--require-arithmetic",
        type=click.Choice(ARITHMETIC),
        default=ARITHMETIC[1],
        show_default=True,
        help="Whether an assurance may stand in for hidden arithmetic.",
    )
    @click.option(
        "--require-assurance",
        type=click.Choice(ASSURANCE),
        default=ASSURANCE[0],
        show_default=True,
        help="Which third-party assurance the subject must have.",
    )
    @pack_files
    @wraps(command)
    def asked(
        *arguments: Any,
        require_arithmetic: str,
        require_assurance: str,
        packs: Library,
        **others: Any,
    ) -> Any:
        required = Requirements(require_arithmetic, require_assurance, held_rules(packs))
        return command(*arguments, required=required, **others)

    return asked
