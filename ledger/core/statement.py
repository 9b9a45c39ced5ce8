"""A statement: signed bytes, read once, and what its disclosures open.

Reading is in two steps that fail apart: the envelope (check 1) and the disclosures (check 6).
Nothing here says whether the issuer had the right to sign: that is the chain's to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

import orjson

from rootprint.ledger.core.canonical import decode
from rootprint.ledger.core.encoding import b64url_bytes, digest_bytes, sha256, time_seconds
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema import footprint, kinds, plain
from rootprint.ledger.core.schema.hidden import HIDDEN, Padded
from rootprint.ledger.core.schema.rules import Together
from rootprint.ledger.core.sdjwt import (
    Envelope,
    disclosed,
    disclosure_digest,
    join,
    parse_envelope,
    parse_plain_envelope,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rootprint.ledger.core.canonical import Json
    from rootprint.ledger.core.keys import PublicKey


_by_index = itemgetter(0)


@dataclass(frozen=True)
class Statement:
    """A well-formed issuer-signed JWT of a known kind, with its encoded disclosures.

    Its text is held once, and its parts are cut of it when they are asked for: a verifier holds
    many statements. The disclosures are not looked at until ``opened`` is asked for.
    """

    envelope: Envelope

    @classmethod
    def of(cls, envelope: Envelope, disclosures: tuple[str, ...]) -> Statement:
        """Return what an envelope signs, with these disclosures and no other."""
        return cls(replace(envelope, source=join(envelope.jwt, disclosures)))

    @property
    def text(self) -> str:
        """The SD-JWT with the disclosures that there are."""
        return self.envelope.source

    @property
    def disclosures(self) -> tuple[str, ...]:
        """The encoded disclosures, in their order."""
        return tuple(self.text.split("~")[1:-1])

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the JWT's ASCII bytes: the statement's identity under every redaction."""
        return sha256(self.envelope.jwt.encode())

    @cached_property
    def kind(self) -> str:
        """One of ``ledger.core.schema.kinds.SUBJECTS``."""
        return str(self.envelope.payload["type"][1])

    @property
    def kid(self) -> str:
        """The thumbprint of the signing key, as the header names it."""
        return str(self.envelope.header["kid"])

    @cached_property
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

    @cached_property
    def subject(self) -> dict[str, Json]:
        """``credentialSubject``."""
        value: dict[str, Json] = self.envelope.payload["credentialSubject"]
        return value

    @property
    def validity(self) -> tuple[int, int]:
        """``(validFrom, validUntil)`` as Unix seconds."""
        payload = self.envelope.payload
        return (
            time_seconds(payload["validFrom"], what="validFrom"),
            time_seconds(payload["validUntil"], what="validUntil"),
        )

    @property
    def concerns(self) -> bytes | None:
        """The digest of the signed record that this one is about, None where it names none."""
        named = self.subject.get(kinds.CONCERNS.get(self.kind, ""))
        return None if named is None else digest_bytes(named)

    @property
    def bare(self) -> Statement:
        """The same statement without any disclosure."""
        return Statement.of(self.envelope, ())

    def verify(self, key: PublicKey) -> None:
        """Return if ``key`` is the one named and its signature is true; raise Refused if not."""
        if key.kid != self.kid:
            message = "the key is not the one that the statement's header names"
            raise Refused(message)
        key.verify(self.envelope.signing_input, self.envelope.signature)

    @property
    def slots(self) -> Mapping[str, tuple[str, int]]:
        """Each placeholder's place: member name and index."""
        subject, found = self.subject, {}
        for name in HIDDEN.get(self.kind, ()):
            if name in subject:
                for index, slot in enumerate(subject[name]):
                    found[slot["..."]] = (name, index)
        return found

    @cached_property
    def opened(self) -> Opened:
        """What the disclosures open; raises Refused where one does not fit (check 6)."""
        return _open(self)

    @property
    def sources(self) -> dict[tuple[str, int], str]:
        """The encoded disclosure of each open place, so that a holder can pass on fewer."""
        return dict(zip(self.opened.values, self.disclosures, strict=True))


@dataclass(frozen=True, slots=True)
class Opened:
    """Disclosed values by their fixed place, member name and index, in their disclosures' order."""

    values: Mapping[tuple[str, int], Json]
    lines: dict[int, dict[str, Json]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Gather the inventory lines by index: each check asks for them."""
        object.__setattr__(self, "lines", self.items("inventory"))

    def items(self, name: str) -> dict[int, Json]:
        """Return what is open of a list, by index."""
        found = [(index, value) for (place, index), value in self.values.items() if place == name]
        return dict(sorted(found, key=_by_index))

    def single(self, name: str) -> Json:
        """Return the value of a member that is hidden as a whole; None where hidden or absent."""
        return self.values.get((name, 0))

    def whole(self, name: str, shape: str) -> bool:
        """Whether a list's shape is open and every item it names is too, and there is one."""
        named = self.single(shape)
        return bool(named) and set(named) == set(self.items(name))

    @property
    def shape(self) -> tuple[int, ...] | None:
        """The indices of the real lines, if opened."""
        shape = self.single("inventoryShape")
        return None if shape is None else tuple(shape)

    @property
    def complete(self) -> bool:
        """Whether the shape is open and every line it names is too, and there is at least one."""
        shape = self.single("inventoryShape")
        return bool(shape) and self.lines.keys() == set(shape)

    @property
    def cells(self) -> dict[str, dict[str, str]] | None:
        """Kg CO2e by stage and component."""
        cells: dict[str, dict[str, str]] | None = self.single("cells")
        return cells

    @property
    def gases(self) -> dict[str, str] | None:
        """Kg of each gas or flow."""
        gases: dict[str, str] | None = self.single("gases")
        return gases

    @property
    def uncertainty(self) -> dict[str, Json] | None:
        """The spread of the total."""
        uncertainty: dict[str, Json] | None = self.single("uncertainty")
        return uncertainty

    @property
    def output_uncertainty(self) -> dict[str, Json] | None:
        """The spread of the output that all amounts are divided by."""
        uncertainty: dict[str, Json] | None = self.single("outputUncertainty")
        return uncertainty

    @property
    def produced_amount(self) -> dict[str, str] | None:
        """``{value, unit}`` that the issuer made in the reference period."""
        amount: dict[str, str] | None = self.single("producedAmount")
        return amount

    @property
    def evidence(self) -> dict[int, dict[str, Json]]:
        """Documents by index."""
        return self.items("evidence")


def parse_statement(text: str) -> Statement:
    """Read an SD-JWT's envelope: limits, canonical bytes, closed member lists.

    Raises Refused (or its children) with what is wrong. The signature is not checked here, nor
    are the disclosures read.
    """
    split(text)
    envelope = parse_plain_envelope(text, _known_header, plain.shows_payload)
    if envelope is None:
        envelope = parse_envelope(text)
        kinds.header(envelope.header, "header")
        kinds.payload(envelope.payload)
    else:
        kinds.in_order(envelope.payload)
        footprint.together(envelope.payload["credentialSubject"], "credentialSubject")
    statement = Statement(envelope)
    subject = statement.subject
    hidden = [len(subject[name]) for name in HIDDEN.get(statement.kind, ()) if name in subject]
    if len(statement.slots) != sum(hidden):
        message = "two placeholders hold the same digest"
        raise Refused(message)
    return statement


@lru_cache(maxsize=4096)
def _known_header(encoded: str) -> Json | None:
    """Return a header that is well-formed: one for all statements of a key. None if it is not."""
    try:
        value = decode(b64url_bytes(encoded, what="header"), what="header")
        kinds.header(value, "header")
    except Refused:
        return None
    return value


def has_inventory(statement: Statement) -> bool:
    """Whether the statement signs an inventory, open or hidden."""
    return "inventory" in statement.subject


def _open(statement: Statement) -> Opened:
    slots, kind = statement.slots, statement.kind
    places, forms = HIDDEN.get(kind, {}), plain.OPENED.get(kind, {})
    values: dict[tuple[str, int], Json] = {}
    for encoded in statement.disclosures:
        content = b64url_bytes(encoded, what="disclosure")
        place = slots.get(disclosure_digest(encoded))
        if place is None:
            disclosed(content)
            message = "a disclosure opens no placeholder of this statement"
            raise Refused(message)
        name, index = place
        known = forms[name].shows(content)
        value: Json = orjson.loads(content)[1] if known else disclosed(content)
        if place in values:
            message = f"{name}[{index}] is disclosed twice"
            raise Refused(message)
        rule = places[name]
        if not known:
            rule.opened(value, f"{name}[{index}]")
        elif isinstance(rule.opened, Together):
            rule.opened.together(value, f"{name}[{index}]")
        if isinstance(rule, Padded) and value[rule.index] != index:
            message = f"{name}[{index}] says that it is {rule.index} {value[rule.index]}"
            raise Refused(message)
        values[place] = value
    opened = Opened(values)
    for name, rule in places.items():
        if isinstance(rule, Padded) and (rule.shape, 0) in values:
            _check_shape(name, rule, opened, len(statement.subject.get(name, [])))
    return opened


def _check_shape(name: str, rule: Padded, opened: Opened, slots: int) -> None:
    shape = opened.single(rule.shape)
    # It rises, so the last is the greatest.
    if shape and shape[-1] >= slots:
        message = f"{rule.shape} names a {rule.index} beyond the {name}"
        raise Refused(message)
    if not opened.items(name).keys() <= set(shape):
        message = f"a disclosed {rule.index} is not one of those that {rule.shape} names"
        raise Refused(message)
