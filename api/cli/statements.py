"""``compose``, ``sign``, ``publish``: from an inventory file to a receipt."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import click

from api.cli.options import Digest, InputFile, formatted, opened, read_input
from ledger.core.canonical import decode, encode
from ledger.core.encoding import digest_text
from ledger.core.errors import NotFound, Refused
from ledger.core.seal import seal
from ledger.core.statement import parse_statement
from ledger.intake import compose as composed
from ledger.intake import parse_inventory, require_citable
from ledger.intake import publish as published

if TYPE_CHECKING:
    from pathlib import Path

    from api.cli.group import Session
    from ledger.core.statement import Statement


def _inputs(_ctx: Any, _param: Any, values: tuple[str, ...]) -> dict[str, bytes]:
    pairs = {}
    for value in values:
        name, equals, digest = value.rpartition("=")
        if not equals:
            message = "write --input NAME=sha256:…"
            raise click.BadParameter(message)
        pairs[name] = Digest().convert(digest, None, None)
    return pairs


@click.command()
@click.argument("inventory", type=InputFile)
@click.option("--issuer", help="The issuer's DID, where the file gives a short name.")
@click.option(
    "--input",
    "inputs",
    multiple=True,
    callback=_inputs,
    metavar="NAME=DIGEST",
    help="Which logged statement stands behind an input's name.",
)
@formatted
@click.pass_obj
def compose(
    session: Session, inventory: Path, issuer: str | None, inputs: dict[str, bytes]
) -> None:
    """Compose an INVENTORY file and the signed statements it cites into a draft (JSON)."""
    parsed = parse_inventory(read_input(inventory), where=str(inventory))
    who = issuer or parsed.issuer
    if not who.startswith("did:"):
        message = f"{inventory} names its issuer {who!r}, which is not a DID"
        raise Refused(message, remedy="give --issuer did:web:…")
    with opened(session) as workspace:

        def resolve(name: str) -> Statement:
            digest = inputs.get(name)
            if digest is None and name.startswith("sha256:"):
                digest = Digest().convert(name, None, None)
            if digest is None:
                message = f"nobody said which statement the input {name!r} is"
                raise NotFound(message, remedy=f"give --input {name}=sha256:…")
            statement, anchored = require_citable(workspace.home, digest, now=int(time.time()))
            if not anchored:
                session.say(f"{name}: not anchored yet; its issuer was judged at the chain's head")
            return statement

        draft = composed(parsed, who, resolve)
    click.echo(json.dumps(draft, ensure_ascii=False, indent=2))


@click.command()
@click.argument("draft", type=InputFile)
@click.option("--as", "name", required=True, help="The organisation whose signing key is here.")
@formatted
@click.pass_obj
def sign(session: Session, draft: Path, name: str) -> None:
    """Sign a DRAFT and print the statement (SD-JWT) with all its disclosures."""
    with opened(session) as workspace:
        # Read as people write it, then judged as it will be signed.
        content = decode(encode(json.loads(read_input(draft))), what="draft")
        statement = seal(content, workspace.signing_key(name), workspace.settings.origin)
    session.say(f"signed {digest_text(statement.digest)}")
    click.echo(statement.text)


@click.command()
@click.argument("files", nargs=-1, required=True, type=InputFile)
@formatted
@click.pass_obj
def publish(session: Session, files: tuple[Path, ...]) -> None:
    """Log signed statements in this order, all or none, and print their receipts.

    Disclosures are kept in this folder for the holder; the public log gets a digest only.
    """
    texts = [read_input(path).decode("ascii", errors="replace").strip() for path in files]
    with opened(session) as workspace:
        receipts = published(workspace.home, workspace.log(), texts, keep_disclosures=True)
    values = [
        {
            "digest": digest_text(parse_statement(text).digest),
            "entry": receipt.index,
            "proof": receipt.proof.text(),
        }
        for text, receipt in zip(texts, receipts, strict=True)
    ]
    lines = [
        f"{value['digest']} is entry {value['entry']}, signed for; not anchored yet"
        for value in values
    ]
    session.give({"receipts": values}, "\n".join(lines))
