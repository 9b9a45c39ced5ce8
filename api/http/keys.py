"""Issuers' public keys: registered once the chain shows whose they are, read by thumbprint."""

from __future__ import annotations

from typing import Any, Final

import orjson
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from rootprint.api.http.body import read_body
from rootprint.api.http.caching import IMMUTABLE
from rootprint.api.http.errors import KeyNotAdded
from rootprint.api.http.models import ProblemBody
from rootprint.api.http.settings import Settings
from rootprint.ledger.core.encoding import DIGEST_BYTES, b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.schema import rules
from rootprint.ledger.intake import Home
from rootprint.ledger.registry import Registry
from rootprint.ledger.store import Store


def _any_value(_value: object, _path: str) -> None:
    """Leave it to whoever reads it (``PublicKey.from_jwk``)."""


JWK_TYPE: Final = "application/jwk+json"  # RFC 7517 section 8.5.1
_MEDIA_TYPES: Final = ("application/json",)
_REGISTRATION: Final = rules.members({"key": _any_value, "possession": rules.text})
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["key", "possession"],
                    "properties": {
                        "key": {"type": "object", "description": "the public JWK"},
                        "possession": {
                            "type": "string",
                            "description": "the proof of possession: 64 bytes in base64url",
                        },
                    },
                    "additionalProperties": False,
                }
            }
        },
    }
}


def keys_router(home: Home, settings: Settings) -> APIRouter:
    """Return the routes over this ledger's directory."""
    router = APIRouter(prefix="/v1", tags=["keys"])

    @router.put(
        "/organisations/{did}/keys/{kid}",
        response_model=None,
        status_code=201,
        openapi_extra=_BODY,
        responses={
            200: {"description": "The key was registered already"},
            403: {"model": ProblemBody},
            422: {"model": ProblemBody},
        },
    )
    async def register_key(did: str, kid: str, request: Request) -> Response:
        """Register a public JWK whose RFC 7638 thumbprint is ``kid``, with its proof.

        The chain must show it as added to the organisation, retired since or not, and its proof of
        possession must be the one whose digest stands there.
        """
        data = await read_body(
            request,
            media_types=_MEDIA_TYPES,
            limit=settings.max_key,
            seconds=settings.body_seconds,
        )
        return await run_in_threadpool(_register, home, did, kid, data)

    @router.get("/keys/{kid}", response_model=None, responses={404: {"model": ProblemBody}})
    def read_key(kid: str) -> Response:
        """Return the JWK with this thumbprint; whose it is, the chain says."""
        _require_thumbprint(kid)
        with home.store.read() as tx:
            return _answer(tx.directory.key(kid), 200, IMMUTABLE)

    return router


def _register(home: Home, did: str, kid: str, data: bytes) -> Response:
    rules.did(did, "did")
    _require_thumbprint(kid)
    content = _json(data)
    _REGISTRATION(content, "the body")
    key = PublicKey.from_jwk(content["key"])
    proof = b64url_bytes(content["possession"], what="possession")
    if key.kid != kid:
        raise Refused(
            f"the key's thumbprint is {key.kid}, not {kid}",
            remedy="put it under its RFC 7638 thumbprint",
        )
    registry = Registry(home.reader())
    if not registry.key(did, kid).added:
        raise KeyNotAdded(
            "the chain does not show this key as added to this organisation",
            remedy="the organisation's account adds it on the chain first: rootprint key add",
        )
    try:
        registry.require_held(did, key, proof)
    except Refused as error:
        message = f"the proof that {did} holds the key does not count: {error}"
        raise Refused(message, remedy="send the one that its owner made when it added it") from None
    new = _keep(home.store, did, key, proof)
    return _answer(key, 201 if new else 200, {"location": f"/v1/keys/{kid}"})


def _keep(store: Store, did: str, key: PublicKey, proof: bytes) -> bool:
    with store.write() as tx:
        if tx.directory.possession(did, key.kid) is not None:
            return False
        tx.directory.put_key(key)
        tx.directory.put_possession(did, key.kid, proof)
    return True


def _json(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Refused("the body is not JSON") from error


def _require_thumbprint(kid: str) -> None:
    if len(b64url_bytes(kid, what="kid")) != DIGEST_BYTES:
        raise Refused("kid is not the base64url of a 32-byte thumbprint")


def _answer(key: PublicKey, status: int, headers: dict[str, str]) -> Response:
    return JSONResponse(key.jwk(), status, headers, media_type=JWK_TYPE)
