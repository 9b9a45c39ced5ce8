"""A statement: signed bytes, read once, and what its disclosures open.

Reading is in two steps that fail apart: the envelope (check 1) and the disclosures (check 6).
Nothing here says whether the issuer had the right to sign: that is the chain's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rootprint.ledger.core.encoding import digest_bytes, sha256, time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, hidden, kinds
from rootprint.ledger.core.sdjwt import (
    Disclosure,
    Envelope,
    join,
    parse_disclosure,
    parse_envelope,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.keys import PublicKey


@dataclass(frozen=True)
class Statement:
    """A well-formed issuer-signed JWT of a known kind, with its encoded disclosures.

    ``disclosures`` are not looked at until ``opened`` is asked for.
    """

    envelope: Envelope
    disclosures: tuple[str, ...]

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the JWT's ASCII bytes: the statement's identity under every redaction."""
        return sha256(self.envelope.jwt.encode())

    @property
    def kind(self) -> str:
        """FootprintStatement, AssuranceStatement or StatusStatement."""
        return str(self.envelope.payload["type"][1])

    @property
    def kid(self) -> str:
        """The thumbprint of the signing key, as the header names it."""
        return str(self.envelope.header["kid"])

    @property
    def issuer(self) -> str:
        """The issuer's DID."""
        return str(self.envelope.payload["issuer"])

    @property
    def id(self) -> str:
        """``urn:uuid:…``, unique per issuer in a log."""
        return str(self.envelope.payload["id"])

    @property
    def log(self) -> str:
        """The origin line of the log it is meant for."""
        return str(self.envelope.payload["log"])

    @property
    def subject(self) -> dict[str, Json]:
        """``credentialSubject``."""
        value: dict[str, Json] = self.envelope.payload["credentialSubject"]
        return value

    @cached_property
    def validity(self) -> tuple[int, int]:
        """``(validFrom, validUntil)`` as Unix seconds."""
        payload = self.envelope.payload
        return (
            time_seconds(payload["validFrom"], what="validFrom"),
            time_seconds(payload["validUntil"], what="validUntil"),
        )

    @property
    def concerns(self) -> bytes | None:
        """The digest of the statement that an assurance or a status statement is about."""
        if self.kind == kinds.FOOTPRINT:
            return None
        return digest_bytes(self.subject["statement"])

    @property
    def text(self) -> str:
        """The SD-JWT with the disclosures at hand."""
        return join(self.envelope.jwt, self.disclosures)

    @property
    def bare(self) -> Statement:
        """The same statement without any disclosure."""
        return Statement(self.envelope, ())

    def verify(self, key: PublicKey) -> None:
        """Return if ``key`` is the one named and its signature is true; raise Refused if not."""
        if key.kid != self.kid:
            message = "the key is not the one that the statement's header names"
            raise Refused(message)
        key.verify(self.envelope.signing_input, self.envelope.signature)

    @cached_property
    def opened(self) -> Opened:
        """What the disclosures open; raises Refused where one does not fit (check 6)."""
        return _open(self)


@dataclass(frozen=True)
class Opened:
    """Disclosed values by their fixed place.

    ``lines`` by index in ``inventory``; ``shape`` the indices of the real lines, if opened;
    ``evidence`` by index; the rest None where hidden or absent. ``sources`` gives the encoded
    disclosure of each place, so that a holder can pass on fewer of them.
    """

    lines: Mapping[int, dict[str, Json]]
    shape: tuple[int, ...] | None
    stages: dict[str, str] | None
    gases: dict[str, str] | None
    uncertainty: dict[str, Json] | None
    produced_amount: dict[str, str] | None
    evidence: Mapping[int, dict[str, Json]]
    sources: Mapping[tuple[str, int], str]

    @property
    def complete(self) -> bool:
        """Whether the shape is open and every line it names is too, and there is at least one."""
        return bool(self.shape) and set(self.shape or ()) == set(self.lines)


def parse_statement(text: str) -> Statement:
    """Read an SD-JWT's envelope: limits, canonical bytes, closed member lists.

    Raises Refused (or its children) with what is wrong. The signature is not checked here, nor
    are the disclosures read.
    """
    jwt, disclosures = split(text)
    envelope = parse_envelope(jwt)
    kinds.header(envelope.header, "header")
    kinds.payload(envelope.payload)
    statement = Statement(envelope, disclosures)
    slots = list(_slots(statement))
    if len({digest for digest, _ in slots}) != len(slots):
        message = "two placeholders hold the same digest"
        raise Refused(message)
    return statement


def has_inventory(statement: Statement) -> bool:
    """Whether the statement signs an inventory, open or hidden."""
    return "inventory" in statement.subject


def _slots(statement: Statement) -> list[tuple[str, tuple[str, int]]]:
    if statement.kind != kinds.FOOTPRINT:
        return []
    return [
        (slot["..."], (name, index))
        for name in footprint.HIDDEN
        for index, slot in enumerate(statement.subject.get(name, []))
    ]


def _open(statement: Statement) -> Opened:
    places = dict(_slots(statement))
    found: dict[tuple[str, int], Disclosure] = {}
    for encoded in statement.disclosures:
        disclosure = parse_disclosure(encoded)
        place = places.get(disclosure.digest)
        if place is None:
            message = "a disclosure opens no placeholder of this statement"
            raise Refused(message)
        if place in found:
            message = f"{place[0]}[{place[1]}] is disclosed twice"
            raise Refused(message)
        hidden.OPENED[place[0]](disclosure.value, f"{place[0]}[{place[1]}]")
        found[place] = disclosure
    lines = _at(found, "inventory")
    for index, line in lines.items():
        if line["line"] != index:
            message = f"inventory[{index}] says that it is line {line['line']}"
            raise Refused(message)
    shape = _single(found, "inventoryShape")
    _check_shape(shape, lines, len(statement.subject.get("inventory", [])))
    return Opened(
        lines=lines,
        shape=None if shape is None else tuple(shape),
        stages=_single(found, "stages"),
        gases=_single(found, "gases"),
        uncertainty=_single(found, "uncertainty"),
        produced_amount=_single(found, "producedAmount"),
        evidence=_at(found, "evidence"),
        sources={place: disclosure.encoded for place, disclosure in found.items()},
    )


def _check_shape(shape: list[int] | None, lines: Mapping[int, Json], slots: int) -> None:
    if shape is None:
        return
    if any(index >= slots for index in shape):
        message = "inventoryShape names a line beyond the inventory"
        raise Refused(message)
    if not set(lines) <= set(shape):
        message = "a disclosed line is not one of those that inventoryShape names"
        raise Refused(message)


def _at(found: Mapping[tuple[str, int], Disclosure], name: str) -> dict[int, Json]:
    return {index: item.value for (place, index), item in sorted(found.items()) if place == name}


def _single(found: Mapping[tuple[str, int], Disclosure], name: str) -> Json:
    item = found.get((name, 0))
    return None if item is None else item.value
