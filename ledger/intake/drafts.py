"""Composing and signing for whoever has files and signed statements, and no ledger's folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.core.files import read_file
from rootprint.ledger.core.seal import seal
from rootprint.ledger.intake.inventory import MAX_BYTES, Inventory, parse_inventory
from rootprint.ledger.intake.mapping import parse_mapped
from rootprint.ledger.intake.resolving import held_resolver
from rootprint.ledger.intake.ruled import compose_by
from rootprint.ledger.rules import BASE_PACK, broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.core.keys import SigningKey
    from rootprint.ledger.core.statement import Statement
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
    mapping: bytes | FileName | None = None,
) -> Draft:
    """Compose an inventory (YAML, CSV or XLSX), given by name or as bytes.

    ``inputs`` gives the signed statement behind each name that a line takes, or its text; one that
    the file or a pool names by digest is among them under any name. That it is logged and may be
    cited is for ``publish`` to judge. ``issuer`` is a DID where the file has
    none of its own; ``rules`` names the rule pack. With a ``mapping`` the inventory is a sheet of
    one's own (XLSX or CSV), read by it. Raises Refused with all that is wrong with the
    file, NotFound for a name that is not among ``inputs``, CalculationError.
    """
    parsed = read_inventory(inventory, mapping)
    resolve = held_resolver(
        inputs or {}, parsed.statements, lambda name: f"give inputs={{{name!r}: its statement}}"
    )
    return drafted(parsed, issuer or parsed.issuer, resolve, rules)


def read_inventory(
    inventory: bytes | FileName, mapping: bytes | FileName | None = None
) -> Inventory:
    """Read an inventory, or a sheet by its mapping, by name or from bytes.

    What is wrong with it is reported on composing; what is wrong with the mapping, at once.
    """
    data, where = _content(inventory, "the inventory")
    if mapping is None:
        return parse_inventory(data, where=where, patient=True)
    by, by_where = _content(mapping, "the mapping")
    return parse_mapped(data, by, where=where, mapping_where=by_where, patient=True)


def _content(file: bytes | FileName, called: str) -> tuple[bytes, str]:
    """Return a file's bytes, and what messages call it."""
    if isinstance(file, bytes):
        return file, called
    return read_file(file, MAX_BYTES), str(file)


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
