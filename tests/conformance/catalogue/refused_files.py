"""What an evidence file can't hold: odd keys, proofs of nothing, statements in no form."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import b64url, b64url_bytes
from tests.conformance.casebook import Files, Payload, Scene, case, edit, failed, item
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
            lambda mine: mine.pop("proof"),
        ),
        "a_consistency_proof_without_a_log_proof_fail": (
            "Two checkpoints are said to be consistent, and none is there.",
            lambda mine: (
                mine.pop("proof"),
                mine.pop("row"),
                mine.update(consistency=[base64.b64encode(bytes(32)).decode()]),
            ),
        ),
        "a_consistency_hash_that_is_not_base64_fail": (
            "A consistency proof is in no base64.",
            lambda mine: mine.update(consistency=["!"]),
        ),
        "a_statement_without_its_last_tilde_fail": (
            "A statement's text does not end as an SD-JWT does.",
            lambda mine: mine.update(sdJwt=mine["sdJwt"][:-1]),
        ),
        "a_statement_that_is_not_ascii_fail": (
            "A disclosure has a letter outside of ASCII.",
            lambda mine: mine.update(sdJwt=mine["sdJwt"] + "\u00e9~"),
        ),
        "more_disclosures_than_16384_fail": (
            "A statement has more disclosures than it may, empty ones: they are counted first.",
            lambda mine: mine.update(sdJwt=mine["sdJwt"].partition("~")[0] + 16386 * "~"),
        ),
    },
)


def _named(change: Callable[[str], str]) -> Files:
    """Give the subject's JWT another text, under whose digest the file holds it too."""
    scene = Scene()
    sealed = scene.sign(scene.product("part", [scene.gas()]))
    jwt = change(sealed.envelope.jwt)
    envelope = type(sealed.envelope)(
        jwt, sealed.envelope.header, sealed.envelope.payload, sealed.envelope.signature
    )
    subject = scene.take(envelope, sealed)
    scene.anchor()
    return scene.files(subject, scene.whole(subject))


enter(
    failed(1),
    _named,
    {
        "a_statement_of_two_parts_fail": (
            "Header and payload stand without a signature.",
            lambda jwt: jwt.rpartition(".")[0],
        ),
        "a_statement_in_padded_base64_fail": (
            "The signature's base64 is padded, so that one signature would have two texts.",
            lambda jwt: f"{jwt}==",
        ),
    },
)


@case(failed(0))
def a_record_whose_member_is_not_ascii_fail() -> Files:
    """An organisation's record has a member name outside of ASCII, which sorts differently."""
    scene, subject = _scene()
    evidence = scene.evidence(subject)
    return scene.files(
        subject, evidence.replace(b'"country":"CN"', '"countr\u00fd":"CN"'.encode(), 1)
    )


@case(failed(0))
def a_text_with_half_a_character_fail() -> Files:
    """A legal name ends with a lone surrogate, which no UTF-8 can say."""
    scene, subject = _scene()
    evidence = scene.evidence(subject)
    return scene.files(subject, evidence.replace(b'(fictional)"', b'\\ud800"', 1))
