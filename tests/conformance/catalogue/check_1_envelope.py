"""Check 1, envelope: canonical, closed member lists, low-s, the key that the header names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.core.keys import P256_ORDER, SigningKey
from rootprint.ledger.core.sdjwt import Envelope, decoy, disclose, parse_envelope, placeholder
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    incomplete,
    not_readable,
    rewritten,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _spoilt(change: Callable[[Payload], None]) -> Files:
    """Sign a changed payload with the right key, log and anchor it: all but check 1 is in order."""
    scene = Scene()
    subject = scene.spoil(scene.product("module", [scene.gas()]), change)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


def _bytes(
    scene: Scene,
    sealed: Statement,
    payload: bytes,
    header: bytes | None = None,
    signature: bytes | None = None,
) -> Files:
    """Sign exactly these payload bytes, log and anchor the result."""
    parts = (header or encode(sealed.envelope.header), payload)
    unsigned = ".".join(b64url(part) for part in parts)
    if signature is None:
        signature = scene.keys[sealed.issuer].sign(unsigned.encode())
    jwt = f"{unsigned}.{b64url(signature)}"
    envelope = Envelope(jwt, sealed.envelope.header, sealed.envelope.payload, signature)
    subject = scene.take(envelope, sealed)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(failed(1))
def a_high_s_twin_fail() -> Files:
    """The signature (r, n - s) is as true as (r, s) and gives the statement a second digest."""
    scene = Scene()
    sealed = scene.sign(scene.product("module", [scene.gas()]))
    head, _, _ = sealed.envelope.jwt.rpartition(".")
    r, s = sealed.envelope.signature[:32], int.from_bytes(sealed.envelope.signature[32:])
    twin = r + (P256_ORDER - s).to_bytes(32)
    subject = scene.take(parse_envelope(f"{head}.{b64url(twin)}"), sealed)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


@case(not_readable())
def two_inventories_in_one_statement_fail() -> Files:
    """The payload has the member inventory twice, so that two readers may see two recipes."""
    other = encode([placeholder(decoy()) for _ in range(8)])
    return _written(b'"inventory":', b'"inventory":' + other + b',"inventory":')


def _written(old: bytes, new: bytes) -> Files:
    """Write a line of the file in another way than the one."""
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene.files(subject, rewritten(scene.evidence(subject), old, new))


@case(failed(1))
def two_shape_slots_in_one_statement_fail() -> Files:
    """With two slots for the shape an issuer could open another one to each buyer."""

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["inventoryShape"].append(placeholder(decoy()))

    return _spoilt(change)


@case(failed(1))
def two_placeholders_hold_the_same_digest_fail() -> Files:
    """One disclosure would open two slots."""

    def change(payload: Payload) -> None:
        slots = payload["credentialSubject"]["inventory"]
        slots[0] = slots[1]

    return _spoilt(change)


@case(failed(1))
def an_always_open_member_is_hidden_fail() -> Files:
    """The whole pcf is hidden behind an _sd digest, as plain SD-JWT would allow."""

    def change(payload: Payload) -> None:
        subject = payload["credentialSubject"]
        subject["_sd"] = [disclose(subject.pop("pcf")).digest]

    return _spoilt(change)


@case(failed(1))
def an_always_open_value_is_hidden_fail() -> Files:
    """The total is an array placeholder where a decimal must stand in the open."""

    def change(payload: Payload) -> None:
        pcf = payload["credentialSubject"]["pcf"]
        pcf["pcfExcludingBiogenicUptake"] = placeholder(decoy())

    return _spoilt(change)


@case(failed(1))
def a_member_that_the_format_does_not_know_fail() -> Files:
    """A statement says something more, which this version could only ignore."""
    return _spoilt(lambda payload: payload["credentialSubject"].update(offset="1.0"))


@case(failed(1))
def a_registered_claim_beside_the_credential_fail() -> Files:
    """An exp beside validUntil would be a second word on the same thing."""
    return _spoilt(lambda payload: payload.update(exp=2_000_000_000))


@case(failed(1))
def an_inventory_that_is_not_padded_fail() -> Files:
    """Seven slots are not a power of two, and would tell the number of lines."""

    def change(payload: Payload) -> None:
        payload["credentialSubject"]["inventory"].pop()

    return _spoilt(change)


@case(not_readable())
def a_number_is_a_float_fail() -> Files:
    """Twelve line digits are written as 12.0."""
    return _written(b'"lineDigits":12,', b'"lineDigits":12.0,')


@case(not_readable())
def a_statement_deeper_than_16_levels_fail() -> Files:
    """A payload is nested a level deeper than canonical JSON may be."""
    return _written(b'"role":"product"', b'"role":' + 15 * b"[" + b'"product"' + 15 * b"]")


@case(failed(1))
def a_payload_that_is_a_text_fail() -> Files:
    """What was signed is a text, which is canonical JSON and no statement."""
    scene = Scene()
    sealed = scene.sign(scene.product("module", [scene.gas()]))
    return _bytes(scene, sealed, encode("a module"))


@case(failed(1))
def the_algorithm_is_none_fail() -> Files:
    """The header says that no signature is needed."""
    scene = Scene()
    sealed = scene.sign(scene.product("module", [scene.gas()]))
    header = encode({**sealed.envelope.header, "alg": "none"})
    return _bytes(scene, sealed, encode(sealed.envelope.payload), header, b"")


@case(failed(1))
def the_algorithm_is_a_batch_s_fail() -> Files:
    """The header names the signature of a batch, which is reserved and not in use."""
    scene = Scene()
    sealed = scene.sign(scene.product("module", [scene.gas()]))
    header = encode({**sealed.envelope.header, "alg": "ES256-batch"})
    signed = f"{b64url(header)}.{b64url(encode(sealed.envelope.payload))}".encode()
    signature = scene.keys[sealed.issuer].sign(signed)
    return _bytes(scene, sealed, encode(sealed.envelope.payload), header, signature)


@case(failed(1))
def the_signature_is_of_another_key_than_the_header_names_fail() -> Files:
    """The header names the maker's key, and somebody else signed."""
    scene = Scene()
    sealed = scene.sign(scene.product("module", [scene.gas()]))
    payload = encode(sealed.envelope.payload)
    unsigned = f"{b64url(encode(sealed.envelope.header))}.{b64url(payload)}"
    stranger = SigningKey.generate().sign(unsigned.encode())
    return _bytes(scene, sealed, payload, None, stranger)


@case(incomplete(1))
def the_signing_key_is_missing_fail() -> Files:
    """The factor's key is not in the file: nothing is wrong, and the signature is not checked."""
    scene = Scene()
    _, module = scene.pair()
    scene.anchor()

    def remove(file: Payload) -> None:
        file["keys"] = [scene.jwks[module.kid]]

    return scene.files(module, edit(scene.evidence(module), remove))
