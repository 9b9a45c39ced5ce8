"""How a case is written down: a function whose name is the case's and whose docstring its README.

    @case(failed(4))
    def the_checkpoint_is_of_a_fork_fail() -> Files: ...

Names end in ``_fail`` for every outcome other than verified. ``make.py`` writes the files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.checkpoint import parse_checkpoint
from rootprint.ledger.core.encoding import sha256, time_text
from rootprint.ledger.core.merkle import inclusion_proof
from rootprint.ledger.core.sdjwt import Envelope, parse_envelope, split
from rootprint.ledger.core.statement import Statement
from rootprint.ledger.evidence import Evidence, write
from rootprint.ledger.evidence.container import pack
from tests.conformance.chain_file import snapshot
from tests.support.evidence_file import edited, line_of, raw_lines
from tests.support.statements import raw, sign_raw
from tests.support.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rootprint.ledger.core.keys import SigningKey

Payload = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What every verifier must say: ``decided_by`` of a failure, ``not_checked`` of incomplete."""

    verdict: str | None
    exit_code: int
    decided_by: int | None = None
    not_checked: int | None = None
    notices: int = 0


@dataclass(frozen=True)
class Files:
    """One case's contents; evidence as bytes, because it may be no JSON at all.

    ``chain`` is None where there is no chain, ``policy`` where the reader has none of its own.
    """

    evidence: bytes
    trust: dict[str, Any] | bytes
    chain: dict[str, Any] | None
    policy: dict[str, Any] | bytes | None = None

    def requiring(self, **policy: Any) -> Files:
        """Return them with a policy of these members."""
        return replace(self, policy={"version": 1, **policy})


@dataclass(frozen=True)
class Case:
    """A case before it is written."""

    name: str
    says: str
    expected: Expected
    build: Callable[[], Files]


CASES: dict[str, Case] = {}


def verified(notices: int = 0) -> Expected:
    """Exit 0; ``notices`` is how many the report has over all statements."""
    return Expected("verified", 0, notices=notices)


def failed(number: int) -> Expected:
    """Exit 1, decided by that check."""
    return Expected("failed", 1, decided_by=number)


def incomplete(number: int | None) -> Expected:
    """Exit 3, that check not made; None where every check was, and the chain was seen too early."""
    return Expected("incomplete", 3, not_checked=number)


def not_readable() -> Expected:
    """Exit 5: it is no evidence file as one is written."""
    return Expected("not_readable", 5)


def usage() -> Expected:
    """Exit 2 and no verdict."""
    return Expected(None, 2)


def case(expected: Expected) -> Callable[[Callable[[], Files]], Callable[[], Files]]:
    """Enter the decorated function as a case."""

    def enter(build: Callable[[], Files]) -> Callable[[], Files]:
        name, says = build.__name__, (build.__doc__ or "").strip()
        if name.endswith("_fail") != (expected.verdict != "verified") or not says.endswith("."):
            message = f"case {name} is misnamed, or its docstring is not one sentence"
            raise ValueError(message)
        if CASES.setdefault(name, Case(name, says, expected, build)).build is not build:
            message = f"two cases are called {name}"
            raise ValueError(message)
        return build

    return enter


class Scene(World):
    """A world with the few figures the cases share, and ways to spoil what it publishes."""

    def fuel(self, name: str = "fuel", **changes: Any) -> Statement:
        """Publish a factor of 2.5 kg CO2e per kilogram."""
        return self.publish(self.factor(name, **changes))

    def direct(self, name: str = "heat", **changes: Any) -> Statement:
        """Publish a direct-only factor of 2.5 kg CO2e per kilogram, gate to gate."""
        return self.fuel(name, **{"basis": "direct-only", "boundary": "gate-to-gate", **changes})

    def gas(self, grams: str = "40", **more: Any) -> dict[str, Any]:
        """Return a line of measured methane."""
        return {
            "stage": "manufacturing",
            "description": "measured at the stack",
            "amount": {"value": grams, "unit": "gram"},
            "source": {"gas": "CH4_fossil", "set": "AR6"},
            "primary": True,
            **more,
        }

    def part(self, name: str = "part", lines: Any = None, **changes: Any) -> Statement:
        """Publish a product of one measured gas, or of these lines."""
        return self.publish(self.product(name, [self.gas()] if lines is None else lines, **changes))

    def pair(self) -> tuple[Statement, Statement]:
        """Publish a factor and a product that takes 200 g of it, not anchored yet."""
        fuel = self.fuel()
        return fuel, self.part("module", [self.line(fuel, "200", "gram"), self.gas()])

    def spoil(
        self,
        draft: Mapping[str, Any],
        change: Callable[[Payload], None],
        *,
        key: SigningKey | None = None,
        disclosures: tuple[str, ...] | None = None,
    ) -> Statement:
        """Seal a draft, change its payload, sign it again by a signer that asks nothing, log it."""
        sealed = self.sign(draft)
        header, payload = raw(sealed)
        change(payload)
        signer = key or self.keys[draft["issuer"]]
        text = sign_raw(
            header, payload, signer, sealed.disclosures if disclosures is None else disclosures
        )
        jwt, encoded = split(text)
        return self.log(Statement.of(parse_envelope(jwt), encoded), signer)

    def take(self, envelope: Envelope, sealed: Statement) -> Statement:
        """Log other bytes in the place of a sealed statement, whatever they are."""
        return self.log(Statement.of(envelope, sealed.disclosures))

    def files(
        self,
        subject: Statement,
        evidence: bytes | None = None,
        *,
        keep: Mapping[bytes, set[str]] | None = None,
        with_chain: bool = True,
        **changes: Any,
    ) -> Files:
        """Return the case's files; ``asOf`` is fixed, so the verdict does not age.

        ``with_chain`` says whether the verifier has a chain to ask.
        """
        trust = {**self.trust_json(subject), "asOf": time_text(self.now), **changes}
        return Files(
            self.evidence(subject, keep) if evidence is None else evidence,
            {name: value for name, value in trust.items() if value is not None},
            snapshot(self.chain) if with_chain else None,
        )

    def whole(self, subject: Statement, *but: Statement) -> bytes:
        """Write evidence of everything the world holds, also what a strict walk never asks for."""
        evidence = Evidence(subject.digest)
        issuers = set()

        def noted(level: int, index: int) -> bytes:
            evidence.tree.held[level, index] = self.nodes[level, index]
            return self.nodes[level, index]

        for digest, held in self.held.items():
            if digest in {other.digest for other in but}:
                continue
            evidence.statements[digest] = held.text
            evidence.places[digest] = place = self.place(digest)
            size = parse_checkpoint(place.checkpoint).checkpoint.size
            inclusion_proof(place.index, size, noted)
            evidence.keys[held.kid] = self.jwks[held.kid]
            issuers.add(held.issuer)
            proof = self.possession(held.issuer, held.kid)
            if proof is not None:
                evidence.possessions[held.issuer, held.kid] = proof
        for record in self.records.values():
            if decode(record, what="record")["did"] in issuers:
                evidence.records[sha256(record)] = record
        return write(evidence, made=self.now)


def edit(evidence: bytes, change: Callable[[Payload], object]) -> bytes:
    """Return the evidence with its head and ``statements`` changed, canonical again."""
    return edited(evidence, change)


def item(value: Payload, statement: Statement) -> Payload:
    """Return a statement's member of ``statements``."""
    return line_of(value, statement)


def without(value: Payload, statement: Statement) -> None:
    """Leave a statement out, and the nodes that prove only its entry stay."""
    value["statements"].remove(item(value, statement))


def rewritten(evidence: bytes, old: bytes, new: bytes) -> bytes:
    """Return the evidence with bytes replaced where they first stand, canonical or not."""
    content = b"\n".join(raw_lines(evidence))
    assert old in content
    return pack(content.replace(old, new, 1).split(b"\n"))


def with_notes(value: Payload, change: Callable[[Payload, str], str]) -> None:
    """Give each statement the checkpoint that ``change`` makes of its own, in their order."""
    notes = value["proofs"]["checkpoints"]
    placed = [line for line in value["statements"] if "checkpoint" in line]
    texts = [change(line, notes[line["checkpoint"]]) for line in placed]
    value["proofs"]["checkpoints"] = list(dict.fromkeys(texts))
    for line, text in zip(placed, texts, strict=True):
        line["checkpoint"] = value["proofs"]["checkpoints"].index(text)


__all__ = [
    "CASES",
    "Case",
    "Expected",
    "Files",
    "Payload",
    "Scene",
    "case",
    "edit",
    "failed",
    "incomplete",
    "item",
    "rewritten",
    "usage",
    "verified",
    "with_notes",
    "without",
]
