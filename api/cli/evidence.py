"""``evidence``: a verifier's file made, passed on, brought up to date; and the trust file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from rootprint.api.cli.exchanged import catena_x_view, footprint_of, pact_view
from rootprint.api.cli.hiding import Hidden, HiddenPlace, kept
from rootprint.api.cli.options import (
    STDIO,
    BlockHash,
    Digest,
    InputFile,
    OutputFile,
    StatementName,
    formatted,
    input_name,
    opened,
    read_input,
    write_output,
)
from rootprint.api.cli.render import verdict_line
from rootprint.api.cli.verify import read_trust
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.evidence import restored
from rootprint.ledger.verifier import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.api.cli.session import Session
    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verifier import Made


def _hide(of: click.ParamType[bytes], metavar: str) -> Callable[[Any], Any]:
    return click.option(
        "--hide",
        multiple=True,
        type=HiddenPlace(of),
        metavar=f"{metavar}[:PLACE]",
        help="Show nothing hidden of this statement, or not this place of it. Repeatable.",
    )


_OUT = click.option(
    "--out", required=True, type=OutputFile, help="The file to write, or - for stdout."
)
_BARE = click.option(
    "--without-chain",
    is_flag=True,
    help="Don't prove the chain's state: the verifier asks a chain.",
)


@click.group()
def evidence() -> None:
    """Evidence files, and the trust file that goes another way."""


evidence.add_command(pact_view)
evidence.add_command(catena_x_view)


@evidence.command("export")
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@_hide(StatementName(), "STATEMENT")
@_OUT
@_BARE
@click.option("--failing", is_flag=True, help="Write it although it fails, to show that it does.")
@formatted
@click.pass_obj
def export_(
    session: Session,
    digest: bytes,
    hide: tuple[Hidden, ...],
    out: Path,
    *,
    without_chain: bool,
    failing: bool,
) -> None:
    """Write all that a verifier of the statement with this name needs into one file.

    The chain's state is proven in it, so that the hash of one block is all that must be trusted.
    """
    with opened(session) as workspace, session.counting("statements read") as progress:
        home = workspace.home
        verifier = home.verifier(progress=progress)
        made = home.export(digest, verifier, keep=kept(hide, home.sources().statement))
        if not failing:
            made.require("say --failing to write what shows that it fails")
        if not without_chain:
            made = verifier.prove(made)
    write_output(out, made.data)
    _show(session, out, made)


@evidence.command()
@click.argument("file", type=InputFile)
@click.option("--trust", "trust_file", type=InputFile, required=True, help="Your own trust file.")
@_hide(Digest(), "DIGEST")
@_OUT
@_BARE
@formatted
@click.pass_obj
def forward(
    session: Session,
    file: Path,
    trust_file: Path,
    hide: tuple[Hidden, ...],
    out: Path,
    *,
    without_chain: bool,
) -> None:
    """Pass on an evidence FILE that you were given, showing the same or less.

    It is verified first, and what no longer can be reached is left out. Needs no ledger.
    """
    made = Verifier(read_trust(trust_file)).forward(
        read_input(file),
        keeping=lambda given: kept(hide, given.statements.get),
        proven=not without_chain,
    )
    write_output(out, made.data)
    _show(session, out, made, trust_file)


@evidence.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--trust", "trust_file", type=InputFile, help="Ask the chain it names, no ledger.")
@formatted
@click.pass_obj
def renew(session: Session, file: Path, trust_file: Path | None) -> None:
    """Bring an evidence FILE up to date in place: anchors, status and proofs of today.

    It shows the same statements and no more. With a ledger's folder, log proofs and statements
    about others come from there; with --trust only the chain is asked anew. What does not verify
    today is left as it is.
    """
    data = read_input(file)
    if trust_file is not None:
        made = Verifier(read_trust(trust_file)).renew(data)
    else:
        with opened(session) as workspace:
            home = workspace.home
            made = home.verifier().renew(data, home.sources())
    draft = file.with_name(f"{file.name}.new")
    draft.write_bytes(made.data)
    draft.replace(file)
    _show(session, file, made, trust_file)


@evidence.command()
@click.argument("file", type=InputFile)
@_OUT
@formatted
@click.pass_obj
def restore(session: Session, file: Path, out: Path) -> None:
    """Write an evidence FILE that a program unpacked or saved again as it was sent.

    Only packing and layout are restored: a file in which anything else changed says so when it is
    verified.
    """
    data = restored(read_input(file))
    write_output(out, data)
    if out != STDIO:
        session.give({"file": str(out), "bytes": len(data)}, f"{out}: {len(data)} bytes")


@evidence.command()
@click.argument("digest", type=StatementName(), metavar="STATEMENT")
@click.option("--out", type=OutputFile, default="-", help="The file to write; stdout by default.")
@click.option(
    "--block",
    "blocks",
    type=BlockHash(),
    multiple=True,
    help="Name this trusted block in place of the chain's file. Repeatable.",
)
@formatted
@click.pass_obj
def trust(session: Session, digest: bytes, out: Path, blocks: tuple[bytes, ...]) -> None:
    """Write the trust file that expects the STATEMENT's issuer and product.

    With the embedded chain it names the chain's file, relative to --out.
    """
    with opened(session) as workspace:
        content = workspace.trust_json(expectation(footprint_of(workspace, digest)))
        if blocks:
            content.pop("chainFile", None)
            content["trustedBlocks"] = [hex_text(block) for block in blocks]
        if "chainFile" in content:
            content["chainFile"] = _seen_from(out, workspace.folder / content["chainFile"])
    write_output(out, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    if out != STDIO:
        session.say(f"wrote {out}; give it to the verifier on another way than the evidence")


def expectation(statement: Statement) -> dict[str, str]:
    """Return the trust file's ``expect`` for a footprint statement."""
    return {"issuer": statement.issuer, "product": statement.subject["productIds"][0]}


def _show(session: Session, file: Path, made: Made, trust_file: Path | None = None) -> None:
    content, block = made.report.json(), made.block
    theirs = "this ledger's trust file" if trust_file is None else input_name(trust_file)
    session.say(f"a verifier with {theirs} gets: {verdict_line(content)}")
    if file == STDIO:
        return
    size, count = file.stat().st_size, len(made.evidence.statements)
    value = {
        "file": str(file),
        "bytes": size,
        "statements": count,
        "verdict": content["verdict"],
        "block": None if block is None else hex_text(block.hash),
    }
    many = f"{count} statement{'' if count == 1 else 's'}"
    proven = "" if block is None else f", the chain proven at block {hex_text(block.hash)}"
    session.give(value, f"{file}: {size} bytes, {many}{proven}")


def _seen_from(out: Path, chain: Path) -> str:
    if out == STDIO:
        return str(chain.resolve())
    return os.path.relpath(chain.resolve(), out.resolve().parent)
