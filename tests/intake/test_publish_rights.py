"""Who may publish what: keys, admissions, roles, and whose word counts on whose statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import b64url, digest_text
from rootprint.ledger.core.errors import BadSignature, NotAuthorised, NotCanonical, Refused
from rootprint.ledger.core.keys import SigningKey
from rootprint.ledger.core.sdjwt import join
from rootprint.ledger.core.standing import Role
from tests.intake.place import Place, sizes
from tests.support.statements import raw, sign_raw
from tests.support.world import AUDITOR, AUTHORITY, PUBLISHER, SUPPLIER

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement


def refused(place: Place, statement: Statement | str, kind: type[Exception], match: str) -> None:
    """Publishing raises this, and nothing is logged."""
    before = sizes(place)
    with pytest.raises(kind, match=match):
        place.publish(statement)
    assert sizes(place) == before


def test_an_unsigned_statement_is_refused(place: Place) -> None:
    header, payload, _ = place.signed(place.world.factor("x")).envelope.jwt.split(".")
    refused(place, f"{header}.{payload}.~", Refused, "signature")
    refused(place, f"{header}.{payload}~", NotCanonical, "not header.payload.signature")


def test_a_signature_of_another_key_is_refused(place: Place) -> None:
    statement = place.signed(place.world.factor("x"))
    header, payload = raw(statement)
    forged = sign_raw(header, payload, SigningKey.generate())
    refused(place, forged, BadSignature, f"{PUBLISHER} signs it again")


def test_a_changed_byte_is_refused(place: Place) -> None:
    header, payload = raw(place.signed(place.world.factor("x")))
    payload["credentialSubject"]["pcf"]["geographyCountry"] = "DE"
    unsigned = sign_raw(header, payload, SigningKey.generate()).rpartition(".")[0]
    signature = b64url(place.signed(place.world.factor("x")).envelope.signature)
    refused(place, join(f"{unsigned}.{signature}", ()), BadSignature, "signs it again")


def test_an_unknown_key_is_refused_with_who_can_add_it(place: Place) -> None:
    stranger = SigningKey.generate()
    statement = place.signed(place.world.factor("x"), stranger)
    match = f"key {stranger.public.kid} of {PUBLISHER} is not known here.*rootprint key add"
    refused(place, statement, NotAuthorised, match)


def test_a_known_key_that_the_chain_does_not_have_is_refused(place: Place) -> None:
    key = SigningKey.generate()
    with place.home.store.write() as tx:
        tx.directory.put_key(key.public)
    refused(place, place.signed(place.world.factor("x"), key), NotAuthorised, "was not yet added")


def test_a_key_of_another_issuer_is_refused(place: Place) -> None:
    statement = place.signed(place.world.factor("x"), place.world.keys[SUPPLIER])
    refused(place, statement, NotAuthorised, "the key was not yet added to the issuer")


@pytest.mark.parametrize(
    ("kind", "did", "why"),
    [
        ("factor", SUPPLIER, "the issuer was not admitted as factor-publisher"),
        ("product", PUBLISHER, "the issuer was not admitted as supplier"),
        ("assurance", SUPPLIER, "the issuer was not admitted as auditor"),
        ("factor", AUDITOR, "the issuer was not admitted as factor-publisher"),
        ("product", AUTHORITY, "the issuer was not admitted as supplier"),
    ],
)
def test_a_kind_needs_its_role(place: Place, kind: str, did: str, why: str) -> None:
    world, part = place.world, place.part()
    draft = {
        "factor": lambda: {**world.factor("x"), "issuer": did},
        "product": lambda: world.product("x", [world.line(part, "1", "kilogram")], issuer=did),
        "assurance": lambda: {**world.assurance(place.factor("other")), "issuer": did},
    }[kind]()
    refused(place, place.signed(draft), NotAuthorised, why)


def test_an_organisation_that_was_never_admitted_is_refused(place: Place) -> None:
    did, key = "did:web:nobody.example", SigningKey.generate()
    place.add_key(key, did)
    place.world.chain.mine()
    draft = {**place.world.factor("x"), "issuer": did}
    refused(place, place.signed(draft, key), NotAuthorised, "the issuer was not yet admitted")


def test_a_suspended_issuer_is_refused_and_taken_again_after_readmission(place: Place) -> None:
    statement = place.signed(place.world.factor("x"))
    place.world.chain.suspend(PUBLISHER)
    place.world.chain.mine()
    refused(place, statement, NotAuthorised, "the issuer was suspended.*the registrar admits")
    place.world.admit(PUBLISHER, Role.FACTOR_PUBLISHER)
    place.world.chain.mine()
    assert place.publish(statement)[0].index == 0


def test_an_expelled_issuer_is_refused(place: Place) -> None:
    place.world.chain.expel(PUBLISHER)
    place.world.chain.mine()
    refused(place, place.signed(place.world.factor("x")), NotAuthorised, "the issuer was expelled")


@pytest.mark.parametrize("how", ["retired", "reported as compromised"])
def test_a_retired_or_compromised_key_is_refused_and_a_new_one_taken(
    place: Place, how: str
) -> None:
    chain, key = place.world.chain, place.world.keys[PUBLISHER].public
    old = place.factor("before")
    if how == "retired":
        chain.retire_key(PUBLISHER, key.thumbprint)
    else:
        chain.report_compromise(PUBLISHER, key.thumbprint, chain.block().time)
    chain.mine()
    refused(place, place.signed(place.world.factor("x")), NotAuthorised, f"the key was {how}")
    assert place.publish(old)[0].index == 0  # the same bytes again: judged when they were new
    new = SigningKey.generate()
    place.add_key(new, PUBLISHER)
    chain.mine()
    assert place.publish(place.signed(place.world.factor("x"), new))[0].index == 1


def test_no_issuer_assures_its_own_statement(place: Place) -> None:
    world = place.world
    world.admit(AUDITOR, Role.AUDITOR | Role.SUPPLIER)
    with place.home.store.write() as tx:
        world.keep_keys(tx)
    world.chain.mine()
    lines = [world.line(place.factor(), "1", "kilogram")]
    own = place.published(world.product("own", lines, issuer=AUDITOR))
    match = f"{AUDITOR} can't assure its own statement.*another organisation"
    refused(place, place.signed(world.assurance(own)), NotAuthorised, match)


def test_only_a_footprint_is_assured(place: Place) -> None:
    assurance = place.published(place.world.assurance(place.part()))
    again = place.signed(place.world.assurance(assurance))
    refused(place, again, Refused, "only a footprint can be assured")


@pytest.mark.parametrize("issuer", [PUBLISHER, AUDITOR])
def test_another_organisation_does_not_speak_of_a_status(place: Place, issuer: str) -> None:
    part = place.part()
    draft = place.world.about("StatusStatement", part, state="withdrawn", reason="not mine")
    draft["issuer"] = issuer
    match = f"{issuer} may not state the status of {SUPPLIER}'s statement.*the authority does"
    refused(place, place.signed(draft), NotAuthorised, match)


@pytest.mark.parametrize("issuer", [SUPPLIER, AUTHORITY])
def test_its_issuer_and_the_authority_do(place: Place, issuer: str) -> None:
    part = place.part()
    draft = place.world.about("StatusStatement", part, state="withdrawn", reason="wrong meter")
    draft["issuer"] = issuer
    assert place.published(draft).concerns == part.digest


def test_a_status_of_an_unknown_statement_is_refused(place: Place) -> None:
    unlogged = place.signed(place.world.factor("never-published"))
    draft = place.world.about("StatusStatement", unlogged, state="withdrawn", reason="x")
    refused(place, place.signed(draft), Refused, "the statement it concerns is not in this log")


def test_a_successor_must_be_logged_and_another_of_its_kind(place: Place) -> None:
    old, new = place.part("old"), place.part("new")

    def superseded_by(successor: Statement) -> Statement:
        digest = digest_text(successor.digest)
        return place.signed(
            place.world.about(
                "StatusStatement", old, state="superseded", supersededBy=digest, reason="x"
            )
        )

    unlogged = place.signed(place.world.factor("never-published"))
    refused(place, superseded_by(unlogged), Refused, "which is not in this log.*publish the new")
    refused(place, superseded_by(old), Refused, "which can't take its place")
    place.publish(superseded_by(new))


def test_a_statement_for_another_log_is_refused(place: Place) -> None:
    header, payload = raw(place.signed(place.world.factor("x")))
    payload["log"] = "log.elsewhere.example/one"
    text = sign_raw(header, payload, place.world.keys[PUBLISHER])
    match = f"meant for log log.elsewhere.example/one, this is {place.log.origin}.*sign it for"
    refused(place, text, Refused, match)
