"""``compose``, ``sign``, ``publish``: from an inventory file to a receipt."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from rootprint.api.cli.citing import naming_inputs, resolver
from rootprint.api.cli.mapping import inventory_of, mapped
from rootprint.api.cli.options import (
    Did,
    InputFile,
    formatted,
    input_name,
    opened,
    read_input,
    signed_text,
)
from rootprint.api.cli.packs import pack_files
from rootprint.api.cli.rules import finding_lines
from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.encoding import digest_text, time_text
from rootprint.ledger.core.errors import NotFound
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.intake import (
    BASE_PACK,
    InventoryProblems,
    compose_by,
    first_anchored_of,
    parse_draft,
)
from rootprint.ledger.intake import publish as published
from rootprint.ledger.rules import broken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rootprint.api.cli.session import Session
    from rootprint.ledger.intake import Home, Inventory, Problem
    from rootprint.ledger.log import Receipt
    from rootprint.ledger.rules import Library


@contextmanager
def _file_first(parsed: Inventory) -> Iterator[None]:
    """Without a ledger or such an issuer, report what is wrong with the file itself."""
    try:
        yield
    except NotFound as error:
        if parsed.problems:
            raise InventoryProblems(parsed.problems) from error
        raise


@click.command()
@click.argument("inventory", type=InputFile)
@click.option("--issuer", type=Did(), help="The issuer's DID, where the file gives a short name.")
@mapped
@naming_inputs
@click.option("--rules", "pack", default=BASE_PACK, show_default=True, help="The rule pack.")
@pack_files
@formatted
@click.pass_obj
def compose(
    session: Session,
    inventory: Path,
    issuer: str | None,
    by: Path | None,
    inputs: dict[str, bytes],
    pack: str,
    packs: Library,
) -> None:
    """Compose an INVENTORY and what it cites into a draft.

    The INVENTORY is YAML, CSV or XLSX. Prints the draft (JSON) with every line's result and the
    total; nothing is signed yet. What is cited must be logged here, and stand as of now. Rules
    that it breaks are shown on stderr.
    """
    parsed = inventory_of(inventory, by, patient=True)
    with _file_first(parsed), opened(session) as workspace:
        who = issuer or parsed.issuer
        if not who.startswith("did:"):
            who = workspace.holders.get(who).did

        now = time_text(int(time.time()))
        found: list[Problem] = []
        draft, findings = compose_by(
            pack,
            parsed,
            who,
            resolver(session, workspace, inputs, parsed.statements),
            at=now,
            packs=packs,
            tell=found.append,
        )
    for problem in (*parsed.findings, *found):
        session.say(str(problem))
    for finding in broken(findings):
        session.say(*finding_lines(finding))
    for name in sorted({*inputs, *parsed.statements} - parsed.inputs):
        session.say(f"{name}: no line takes an input of that name, so it was not used")
    session.give_document(draft)


@click.command()
@click.argument("draft", type=InputFile)
@click.option("--as", "name", required=True, help="The short name of the key that signs.")
@formatted
@click.pass_obj
def sign(session: Session, draft: Path, name: str) -> None:
    """Sign a DRAFT and print the statement (SD-JWT).

    All its disclosures are in it: hand it on with rootprint present.
    """
    content = parse_draft(read_input(draft), where=input_name(draft))
    with opened(session) as workspace:
        statement = workspace.sign(content, name)
    session.say(f"signed {digest_text(statement.digest)}")
    session.give_lines(statement.text)


@click.command()
@click.argument("files", nargs=-1, required=True, type=InputFile)
@pack_files
@formatted
@click.pass_obj
def publish(session: Session, files: tuple[Path, ...], packs: Library) -> None:
    """Log signed statements, all or none; print their receipts.

    They are logged in the order given. Disclosures are kept in this folder for the holder; the
    public log gets digests only.
    """
    texts = [signed_text(path) for path in files]
    with opened(session) as workspace:
        before = workspace.home.log.size
        receipts = published(
            replace(workspace.home, packs=packs),
            workspace.log(),
            texts,
            keep_disclosures=True,
            names=[input_name(path) for path in files],
            tell=session.say,
        )
        times = _anchored(session, workspace.home, receipts, before)
    values = [
        {
            "digest": digest_text(parse_statement(text).digest),
            "entry": receipt.index,
            "proof": receipt.proof.text(),
            "anchored": None if times is None else times.get(receipt.index),
        }
        for text, receipt in zip(texts, receipts, strict=True)
    ]
    unseen = "not anchored yet" if times is not None else "anchored or not, the chain does not say"
    lines = [
        f"{value['digest']} is entry {value['entry']}, signed for; "
        + (f"anchored {value['anchored']}" if value["anchored"] else unseen)
        for value in values
    ]
    session.give({"receipts": values}, *lines)


def _anchored(
    session: Session, home: Home, receipts: Sequence[Receipt], before: int
) -> dict[int, str] | None:
    """Return when each entry that is anchored was; None, and a message, if the chain can't say.

    The statements are logged when this asks, so that no answer of the chain may lose a receipt.
    An entry that was not there ``before`` can't be anchored yet, and is not asked for.
    """
    earlier = sorted({one.index for one in receipts if one.index < before})
    if not earlier:
        return {}
    try:
        found = first_anchored_of(home, earlier)
    except RootprintError as error:
        session.say(f"logged; whether it is anchored is not known now: {error}")
        return None
    return {index: time_text(row[1].time) for index, row in found.items() if row is not None}
