"""Composing and signing for whoever has files and signed statements, and no ledger's folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.seal import seal
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.intake.inventory import MAX_BYTES, Inventory, parse_inventory
from rootprint.ledger.intake.ruled import BASE_PACK, compose_by
from rootprint.ledger.rules import broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.core.keys import SigningKey
    from rootprint.ledger.intake.inventory import Problem
    from rootprint.ledger.rules import Finding


@dataclass(frozen=True)
class Draft:
    """A composed footprint that is not signed yet, in the members of ``content``.

    ``broken`` are the rules of its pack that it breaks, ``notes`` what else should be known before
    somebody signs; neither refuses anything here.
    """

    content: Mapping[str, Any]
    broken: tuple[Finding, ...] = ()
    notes: tuple[Problem, ...] = ()


def compose_file(
    inventory: bytes | FileName,
    inputs: Mapping[str, Statement | str] | None = None,
    *,
    issuer: str | None = None,
    rules: str = BASE_PACK,
) -> Draft:
    """Compose an inventory (YAML, CSV or XLSX), given by name or as bytes.

    ``inputs`` gives the signed statement behind each name that a line takes, or its text; that it
    is logged and may be cited is for ``publish`` to judge. ``issuer`` is a DID where the file has
    none of its own; ``rules`` names the rule pack. Raises Refused with all that is wrong with the
    file, NotFound for a name that is not among ``inputs``, CalculationError.
    """
    known = inputs or {}

    def resolve(name: str) -> Statement:
        if name not in known:
            message = f"it is not said which statement the input {name!r} is"
            raise NotFound(message, remedy=f"give inputs={{{name!r}: …}}")
        found = known[name]
        return parse_statement(found) if isinstance(found, str) else found

    parsed = read_inventory(inventory)
    return drafted(parsed, issuer or parsed.issuer, resolve, rules)


def read_inventory(inventory: bytes | FileName) -> Inventory:
    """Read an inventory by name or from bytes; what is wrong with it is reported on composing."""
    if isinstance(inventory, bytes):
        return parse_inventory(inventory, where="the inventory", patient=True)
    return parse_inventory(read_file(inventory, MAX_BYTES), where=str(inventory), patient=True)


def drafted(
    inventory: Inventory, issuer: str, resolve: Callable[[str], Statement], rules: str
) -> Draft:
    """Compose by a rule pack that is in force now."""
    found: list[Problem] = []
    now = time_text(int(time.time()))
    content, findings = compose_by(rules, inventory, issuer, resolve, at=now, tell=found.append)
    return Draft(content, tuple(broken(findings)), (*inventory.findings, *found))


def sign_draft(draft: Draft | Mapping[str, Any], key: SigningKey, log: str) -> Statement:
    """Sign a draft for the log of that name; all that can be hidden is open in what comes back.

    Raises Refused with the place of the first fault.
    """
    return seal(draft.content if isinstance(draft, Draft) else draft, key, log)
