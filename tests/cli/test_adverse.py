"""An auditor's adverse conclusion, and a supplier who would rather not show it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.chain import EmbeddedChain
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import Evidence, read, write
from rootprint.ledger.verifier import Made, Verifier
from rootprint.ledger.verify import parse_trust
from tests.cli.story import AUDITOR, MAKER, product_file, publish_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Answer, Cli

pytestmark = pytest.mark.chain


def _assure(cli: Cli, digest: str, name: str = "auditor") -> Answer:
    return cli(
        "assure", digest, "--as", name, "--standard", "ISO 14064-3:2019", "--level", "limited",
        "--outcome", "adverse", "--examined", "meter readings",
        "--accreditation", "Example body", "17",
    )  # fmt: skip


def _silenced(evidence: bytes) -> bytes:
    """Return the file as a supplier writes it who leaves the auditor out: his own part alone."""
    found = read(evidence)
    kept = Evidence(found.subject)
    text = found.statements[found.subject]
    kid = parse_statement(text).kid
    kept.statements[found.subject] = text
    kept.places[found.subject] = found.places[found.subject]
    kept.tree.held.update(found.tree.held)
    kept.keys[kid] = found.keys[kid]
    own = {key: record for key, record in found.records.items() if MAKER.encode() in record}
    kept.records.update(own)
    return write(kept, made=0)


@pytest.fixture(scope="module")
def part(ledger: Cli) -> str:
    """The maker's part, anchored, before any auditor has seen it."""
    for name, did, role in (("maker", MAKER, "supplier"), ("auditor", AUDITOR, "auditor")):
        ledger.done("org", "admit", name, "--did", did, "--legal-name", f"Example {name}",
                    "--country", "CN", "--role", role)  # fmt: skip
    found = publish_file(ledger, product_file("part", MAKER, {}, gas="1.5"), "maker")
    ledger.done("anchor")
    return found


def test_an_adverse_conclusion_is_found_by_whoever_was_not_sent_it(
    ledger: Cli, part: str, tmp_path: Path
) -> None:
    early, late, trust = tmp_path / "early", tmp_path / "late", tmp_path / "trust"
    ledger.done("evidence", "trust", part, "--out", trust)
    ledger.done("evidence", "export", part, "--without-chain", "--out", early)
    assert ledger("verify", early, "--trust", trust).code == 0

    said = _assure(ledger, part)
    assert said.out.startswith(f"concluded adverse on {part} by sha256:")
    ledger.done("anchor")
    reported = ledger("walk", part)
    assert f"{AUDITOR} (Example auditor) concluded adversely at " in reported.last

    refused = ledger("evidence", "export", part, "--without-chain", "--out", late)
    assert refused.code == 1
    assert "say --failing to write" in refused.err
    assert not late.exists()
    ledger.done("evidence", "export", part, "--failing", "--without-chain", "--out", late)
    assert AUDITOR.encode() in gzip.decompress(late.read_bytes())
    late.write_bytes(_silenced(late.read_bytes()))
    assert AUDITOR.encode() not in gzip.decompress(late.read_bytes())
    for file in (early, late):
        answer = ledger("verify", file, "--trust", trust)
        assert answer.code == 1
        assert answer.last.startswith("FAILED check 5 status of part: organisation 0x")
        assert " concluded adversely at " in answer.last


def test_a_proof_of_the_chain_shows_it_with_nothing_but_a_block_hash(
    ledger: Cli, part: str, tmp_path: Path
) -> None:
    if ledger("walk", part).code == 0:
        _assure(ledger, part)
    file, trust = tmp_path / "evidence", tmp_path / "trust"
    ledger.done("evidence", "export", part, "--failing", "--without-chain", "--out", file)
    silenced = _silenced(file.read_bytes())
    ledger.done("evidence", "trust", part, "--out", trust)
    known = parse_trust(trust.read_bytes())
    with EmbeddedChain.open(ledger.home / "chain.sqlite", read_only=True) as chain:
        at = chain.block().time + 60
        verifier = Verifier(known, chain, clock=lambda: at)
        made = verifier.prove(Made(read(silenced), verifier.verify(silenced), at))
    file.write_bytes(made.data)
    ledger.done(
        "evidence", "trust", part, "--block", f"0x{made.proven_at.hash.hex()}", "--out", trust
    )
    answer = ledger("verify", file, "--trust", trust, "--offline")
    assert answer.code == 1
    assert answer.last.startswith("FAILED check 5 status of part: organisation 0x")


def test_it_is_said_once_and_by_auditors_only(ledger: Cli, part: str) -> None:
    if ledger("walk", part).code == 0:
        _assure(ledger, part)
    again = _assure(ledger, part)
    assert again.code == 1
    assert f"{AUDITOR} said of {part} at " in again.err
    assert "that it is adverse, and that stands" in again.err
    assert _assure(ledger, part, "maker").code == 4
