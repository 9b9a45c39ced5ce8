"""The trust file: what a verifier has decided to believe before any evidence arrives.

It is the verifier's own. It never comes inside the evidence or with the page that checks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.core.chain import ADDRESS_BYTES, WORD, Contracts
from rootprint.ledger.core.checkpoint import NoteKey
from rootprint.ledger.core.encoding import digest_bytes, digest_text, hex_bytes, time_seconds
from rootprint.ledger.core.errors import LedgerError, Refused, TooLarge
from rootprint.ledger.core.files import beside, read_file
from rootprint.ledger.core.schema import rules
from rootprint.ledger.core.schema.rules import array, integer, members, text
from rootprint.ledger.verify.written import parse_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.files import FileName
    from rootprint.ledger.core.statement import Statement

MAX_CONFIRMATIONS: Final = 100_000
MAX_BYTES: Final = 256 * 1024
VERSION: Final = 2
MAX_BLOCKS: Final = 64
MAX_AUDITORS: Final = 64
SWAPPED: Final = "this looks like an evidence file; were the two swapped?"
_address = rules.matching(r"0x[0-9a-f]{40}", "a 20-byte address in lower-case hexadecimal")
_word = rules.matching(r"0x[0-9a-f]{64}", "32 bytes in lower-case hexadecimal")
_contract = members({"address": _address, "codeHash": _word})
_NAMES: Final = ("checkpointRegistry", "organizationRegistry", "statusRegistry")
_document = members(
    {
        "version": integer(VERSION, VERSION),
        "chainId": integer(1, 2**53 - 1),
        "contracts": members(dict.fromkeys(_NAMES, _contract)),
        "logId": _word,
        "origin": text,
        "vkey": text,
        "registrar": _address,
        "authority": rules.did,
        "confirmations": integer(0, MAX_CONFIRMATIONS),
    },
    {
        "expect": members({}, {"issuer": rules.did, "product": rules.urn, "digest": rules.digest}),
        "witnessPolicy": members(
            {"threshold": integer(1, 64), "witnesses": array(text, most=64, unique=True)}
        ),
        "auditors": array(rules.did, most=MAX_AUDITORS, unique=True),
        "accreditors": array(rules.did, most=MAX_AUDITORS, unique=True),
        "asOf": rules.time,
        "trustedBlocks": array(_word, most=MAX_BLOCKS, unique=True),
        "chainFile": text,
        "rpc": text,
    },
)


class NothingExpected(LedgerError):
    """It is not said whose statement it should be, so no answer could be the right one."""

    code = "nothing_expected"


@dataclass(frozen=True)
class Expectation:
    """Whose statement this should be: a digest, or an issuer and a product id."""

    issuer: str | None = None
    product: str | None = None
    digest: bytes | None = None

    @property
    def said(self) -> bool:
        """Whether it names one statement's owner well enough to compare."""
        return self.digest is not None or (self.issuer is not None and self.product is not None)

    def require(self) -> None:
        """Raise NothingExpected unless ``said``."""
        if not self.said:
            message = "it is not said whose statement is expected"
            raise NothingExpected(
                message,
                remedy='give "expect" with issuer and product, or a digest, in the trust file,'
                " or --issuer and --product",
            )

    def compared(self, statement: Statement) -> tuple[str, str]:
        """Return what is expected and what ``statement`` has in its place, each in a line."""
        wanted, found = [], []
        if self.digest is not None:
            wanted.append(digest_text(self.digest))
            found.append(digest_text(statement.digest))
        if self.issuer is not None:
            wanted.append(self.issuer)
            found.append(statement.issuer)
        if self.product is not None:
            wanted.append(self.product)
            found.append(" or ".join(statement.subject.get("productIds", ())) or statement.kind)
        return ", ".join(wanted), ", ".join(found)

    def why_not(self, statement: Statement) -> str | None:
        """Return why ``statement`` is not the one expected, or None."""
        if self.digest is not None and statement.digest != self.digest:
            return f"its subject is {digest_text(statement.digest)}, another digest is expected"
        if self.issuer is not None and statement.issuer != self.issuer:
            return f"its subject is {statement.issuer}'s, {self.issuer} is expected"
        products = statement.subject.get("productIds", ())
        if self.product is not None and self.product not in products:
            return f"its subject is another product than {self.product}"
        return None


@dataclass(frozen=True)
class Trust:
    """A parsed trust file: whom a reader believes; what it requires is its policy.

    ``auditors`` are the bodies that it believes to be accredited for what they assure. With
    ``accreditors``, other bodies' assurances count only where one of these accredited them.
    How to see the chain say ``trusted_blocks`` (32-byte hashes: evidence proven at one of them
    needs nothing else), ``chain_file`` and ``rpc``. ``load`` reads a file; ``parse_trust`` does
    it for bytes, whose ``chain_file`` then stands as it is written.
    """

    chain_id: int
    contracts: Contracts
    code_hashes: Mapping[bytes, bytes]
    log_id: bytes
    log_key: NoteKey
    registrar: bytes
    authority: str
    confirmations: int
    expect: Expectation = field(default_factory=Expectation)
    witnesses: tuple[NoteKey, ...] = ()
    threshold: int = 0
    auditors: frozenset[str] = frozenset()
    accreditors: frozenset[str] = frozenset()
    as_of: int | None = None
    trusted_blocks: frozenset[bytes] = frozenset()
    chain_file: str | None = None
    rpc: str | None = None

    @classmethod
    def load(cls, name: FileName) -> Trust:
        """Read a trust file, which names the chain's file relative to itself.

        Raises NotFound, Unavailable, and Refused with the place of the fault.
        """
        return parse_trust(read_file(name, MAX_BYTES)).beside(name)

    def beside(self, name: FileName) -> Trust:
        """Return it as a file of that name says it: with its folder before the chain's file."""
        if self.chain_file is None:
            return self
        return replace(self, chain_file=beside(name, self.chain_file))

    def expecting(
        self, issuer: str | None = None, product: str | None = None, digest: bytes | None = None
    ) -> Trust:
        """Return it with another statement expected: of this issuer and product, or this one."""
        return replace(self, expect=Expectation(issuer, product, digest))


def parse_trust(data: bytes) -> Trust:
    """Read a trust file (canonical or pretty JSON); raises Refused with the place of the fault."""
    if len(data) > MAX_BYTES:
        message = f"the trust file is longer than {MAX_BYTES} bytes"
        raise TooLarge(message, remedy=SWAPPED if _is_evidence(data) else "")
    try:
        value = parse_written(data, "trust file")
        _document(value, "trust")
    except Refused as error:
        raise _with_remedy(error, data) from error.__cause__
    log_key = NoteKey.parse(value["vkey"])
    if log_key.is_witness:
        message = "trust.vkey is a witness's key, not a log's"
        raise Refused(message)
    if log_key.name != value["origin"]:
        message = "trust.origin is not the name in trust.vkey"
        raise Refused(message)
    addresses = {
        name: hex_bytes(value["contracts"][name]["address"], ADDRESS_BYTES, what=name)
        for name in _NAMES
    }
    if len(set(addresses.values())) < len(addresses):
        message = "trust.contracts names one address for two contracts"
        raise Refused(message)
    policy = value.get("witnessPolicy", {})
    expect = value.get("expect", {})
    witnesses = _witnesses(policy)
    return Trust(
        chain_id=value["chainId"],
        contracts=Contracts(*(addresses[name] for name in _NAMES)),
        code_hashes={
            addresses[name]: hex_bytes(value["contracts"][name]["codeHash"], WORD, what=name)
            for name in _NAMES
        },
        log_id=hex_bytes(value["logId"], WORD, what="trust.logId"),
        log_key=log_key,
        registrar=hex_bytes(value["registrar"], ADDRESS_BYTES, what="trust.registrar"),
        authority=value["authority"],
        confirmations=value["confirmations"],
        expect=Expectation(
            expect.get("issuer"),
            expect.get("product"),
            digest_bytes(expect["digest"]) if "digest" in expect else None,
        ),
        witnesses=witnesses,
        threshold=policy.get("threshold", 0),
        auditors=frozenset(value.get("auditors", ())),
        accreditors=frozenset(value.get("accreditors", ())),
        as_of=time_seconds(value["asOf"], what="trust.asOf") if "asOf" in value else None,
        trusted_blocks=frozenset(
            hex_bytes(block, WORD, what="trust.trustedBlocks")
            for block in value.get("trustedBlocks", ())
        ),
        chain_file=value.get("chainFile"),
        rpc=value.get("rpc"),
    )


def _witnesses(policy: Mapping[str, Any]) -> tuple[NoteKey, ...]:
    """Return a policy's keys; raise Refused where one is no witness's, or there are too few."""
    witnesses = tuple(NoteKey.parse(vkey) for vkey in policy.get("witnesses", []))
    for number, witness in enumerate(witnesses):
        if not witness.is_witness:
            message = f"trust.witnessPolicy.witnesses[{number}] is a log's key, not a witness's"
            raise Refused(message)
    if policy.get("threshold", 0) > len({witness.key for witness in witnesses}):
        message = "trust.witnessPolicy.threshold is beyond the number of distinct witnesses"
        raise Refused(message)
    return witnesses


def _with_remedy(error: Refused, data: bytes) -> Refused:
    """Return the error; of evidence it says what was mixed up."""
    error.remedy = SWAPPED if _is_evidence(data) else error.remedy
    return error


def _is_evidence(data: bytes) -> bool:
    return data.startswith(b"\x1f\x8b") or (b'"subject"' in data and b'"proofs"' in data)
