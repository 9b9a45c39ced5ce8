"""What an evidence file can't hold: odd keys, places of nothing, statements in no form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import b64url, b64url_bytes
from tests.conformance.casebook import (
    Files,
    Payload,
    Scene,
    case,
    edit,
    failed,
    item,
    not_readable,
    rewritten,
)
from tests.conformance.catalogue.by_table import enter

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement


def _scene() -> tuple[Scene, Statement]:
    scene = Scene()
    subject = scene.part()
    scene.anchor()
    return scene, subject


def _key(change: Callable[[dict[str, Any]], object]) -> Files:
    scene, subject = _scene()

    def changed(file: Payload) -> None:
        change(file["keys"][0])

    return scene.files(subject, edit(scene.evidence(subject), changed))


def _off_the_curve(jwk: dict[str, Any]) -> None:
    y = b64url_bytes(jwk["y"], what="y")
    jwk["y"] = b64url(y[:-1] + bytes([y[-1] ^ 1]))


enter(
    failed(0),
    _key,
    {
        "a_key_with_a_member_too_many_fail": (
            "A key names its use, which its thumbprint does not cover.",
            lambda jwk: jwk.update(use="sig"),
        ),
        "a_key_without_a_member_fail": (
            "A key is an object without a member.",
            lambda jwk: jwk.clear(),
        ),
        "a_key_of_another_curve_fail": (
            "A key says that it is on P-384.",
            lambda jwk: jwk.update(crv="P-384"),
        ),
        "a_key_with_a_short_coordinate_fail": (
            "A key's coordinate is a byte short.",
            lambda jwk: jwk.update(x=b64url(bytes(31))),
        ),
        "a_key_with_a_coordinate_beyond_the_prime_fail": (
            "A coordinate is not reduced, so that one point would have two thumbprints.",
            lambda jwk: jwk.update(x=b64url(b"\xff" * 32)),
        ),
        "a_key_that_is_not_on_the_curve_fail": (
            "A key's two coordinates are no point of P-256.",
            _off_the_curve,
        ),
        "a_key_in_padded_base64_fail": (
            "A key's coordinate ends with an equals sign.",
            lambda jwk: jwk.update(x=jwk["x"] + "="),
        ),
    },
)


def _member(change: Callable[[dict[str, Any]], object]) -> Files:
    """Change the one member of ``statements``."""
    scene, subject = _scene()

    def changed(file: Payload) -> None:
        change(item(file, subject))

    return scene.files(subject, edit(scene.evidence(subject), changed))


enter(
    failed(0),
    _member,
    {
        "a_row_without_a_log_proof_fail": (
            "A row of the log's history is named for an entry that nothing proves.",
            lambda mine: (mine.pop("index"), mine.pop("checkpoint")),
        ),
        "a_statement_in_padded_base64_fail": (
            "The signature's base64 is padded, so that one signature would have two texts.",
            lambda mine: mine.update(signature=mine["signature"] + "=="),
        ),
        "a_signature_with_a_disclosure_behind_it_fail": (
            "A disclosure is written into the signature's text, where none would judge it.",
            lambda mine: mine.update(signature=mine["signature"] + "~e30"),
        ),
        "a_signature_that_is_a_number_fail": (
            "The signature is no text.",
            lambda mine: mine.update(signature=7),
        ),
        "a_statement_without_a_signature_fail": (
            "Header and payload stand without a signature.",
            lambda mine: mine.pop("signature"),
        ),
        "a_statement_as_text_fail": (
            "A statement has its signed text beside its parts, so that there would be two.",
            lambda mine: mine.update(sdJwt="e30.e30.~"),
        ),
        "more_disclosures_than_16384_fail": (
            "A statement has more disclosures than it may, empty ones: they are counted first.",
            lambda mine: mine.update(disclosures=16385 * [0]),
        ),
    },
)


@case(not_readable())
def a_record_whose_member_is_not_ascii_fail() -> Files:
    """An organisation's record has a member name outside of ASCII, which sorts differently."""
    scene, subject = _scene()
    evidence = scene.evidence(subject)
    named = '"countr\u00fd":"CN"'.encode()
    return scene.files(subject, rewritten(evidence, b'"country":"CN"', named))


@case(not_readable())
def a_text_with_half_a_character_fail() -> Files:
    """A legal name ends with a lone surrogate, which no UTF-8 can say."""
    scene, subject = _scene()
    evidence = scene.evidence(subject)
    return scene.files(subject, rewritten(evidence, b'(fictional)"', b'\\ud800"'))
