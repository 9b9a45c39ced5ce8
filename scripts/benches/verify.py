"""Verifying evidence against the bare signature verifications it can't do without."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from benches.ledger_in_memory import evidence
from benches.measuring import Pair, rates, same
from ledger.core.encoding import b64url_bytes
from ledger.core.logproof import parse_log_proof
from ledger.core.statement import parse_statement
from ledger.evidence import read, verify_evidence
from ledger.walk import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benches.ledger_in_memory import Evidence
    from benches.measuring import Result
    from ledger.walk import Report

    Verification = partial[None]

_KEY_ID_BYTES = 4
_ES256 = ec.ECDSA(SHA256())


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield files of 1e2 and 1e3 statements (quick: 1e2)."""
    for size, rounds in (("1e2", 3),) if quick else (("1e2", 9), ("1e3", 5)):
        yield _result(size, rounds)


def _result(size: str, rounds: int) -> Result:
    made = evidence(int(float(size)))
    issuers, logs = _signatures(made)
    report = _verify(made)
    same("the verdict", report.verdict, Verdict.VERIFIED)
    same("the statements verified", len(report.statements), made.statements)
    same("the issuers' signatures", len(issuers), made.statements)
    for verify in (*issuers, *logs):
        _refuses_other_bytes(verify)
    pair = Pair(
        f"verify evidence, {size} statements",
        f"verify_evidence of {len(made.data):,} bytes: {made.lines:,} lines, all checks, "
        "chain and file in memory, one thread",
        partial(_verify, made),
        f"limit: bare ES256, {len(issuers):,} times, and Ed25519 for the {len(logs)} distinct"
        " checkpoints; keys and bytes ready made",
        partial(_bare, [*issuers, *logs]),
        made.statements,
        "statements",
    )
    return rates(pair, rounds=rounds)


def _verify(made: Evidence) -> Report:
    return verify_evidence(made.data, made.trust, made.world.chain, now=made.world.now)


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
