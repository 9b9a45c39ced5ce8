"""What an admitted issuer could sign: hostile content under true signatures, proofs and anchors."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import orjson

from rootprint.calc.errors import RootprintError
from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.schema.rules import MIN_SLOTS
from rootprint.ledger.core.sdjwt import decoy, disclose, placeholder
from rootprint.ledger.core.statement import parse_statement
from tests.fuzz import seeds
from tests.support.statements import sign_raw

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.world import World


def tolerated(call: Callable[[], object]) -> None:
    """Call, and take an error of the one tree for an answer."""
    try:
        call()
    except RootprintError:
        return


def walk_signed(data: bytes) -> None:
    """Sign, log and anchor what ``data`` says, and verify it as a buyer does.

    ``data`` is JSON of ``payload`` and ``hidden`` (``seeds.contents``). Nothing but the readers
    under test judges it.
    """
    world = _copied(seeds.world())
    signed = _signed(data, world)
    if signed is None:
        return
    statement = parse_statement(signed)
    if statement.issuer not in world.keys:
        raise Refused("no organisation of that name is admitted here")
    world.log(statement)
    world.anchor()
    expect = {"digest": digest_text(statement.digest)}
    trust = world.trust(seeds.product(), expect=expect)
    verifier = world.verifier(trust)
    report = verifier.verify(verifier.export(statement.digest, world).data)
    orjson.dumps(report.json())


def _copied(world: World) -> World:
    """Return the same world, to be added to; keys and statements stay the same objects."""
    other = copy.copy(world)
    other.chain = copy.deepcopy(world.chain)
    for name in ("held", "indices", "nodes", "jwks", "anchored"):
        setattr(other, name, copy.copy(getattr(world, name)))
    return other


def _signed(data: bytes, world: World) -> str | None:
    """Return an SD-JWT of the content, or None where it has not even that form."""
    try:
        value = orjson.loads(data)
        payload, hidden = value["payload"], value["hidden"]
        subject, issuer = payload["credentialSubject"], payload["issuer"]
        key = world.keys.get(issuer, world.keys[seeds.product().issuer])
        disclosures: list[str] = []
        for name, values in hidden.items():
            subject[name] = [_slot(one, disclosures) for one in values]
        slots = subject.get("inventory", [])
        while len(slots) & (len(slots) - 1) or 0 < len(slots) < MIN_SLOTS:
            slots.append(placeholder(decoy()))
    except (ValueError, TypeError, LookupError, AttributeError):
        return None
    header: dict[str, Any] = {"alg": "ES256", "kid": key.public.kid, "typ": "vc+sd-jwt"}
    return sign_raw(header, payload, key, tuple(disclosures))


def _slot(value: Any, disclosures: list[str]) -> dict[str, str]:
    made = disclose(value)
    disclosures.append(made.encoded)
    return placeholder(made.digest)
