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
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.keys import PublicKey
from rootprint.ledger.core.schema import rules
from rootprint.ledger.intake import Home
from rootprint.ledger.registry import Registry
from rootprint.ledger.store import Store

JWK_TYPE: Final = "application/jwk+json"  # RFC 7517 section 8.5.1
_MEDIA_TYPES: Final = (JWK_TYPE, "application/json")
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {JWK_TYPE: {"schema": {"type": "object"}}},
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
        """Register a public JWK whose RFC 7638 thumbprint is ``kid``.

        The chain must show it as added to the organisation, retired since or not.
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
    key = PublicKey.from_jwk(_json(data))
    if key.kid != kid:
        raise Refused(
            f"the key's thumbprint is {key.kid}, not {kid}",
            remedy="put it under its RFC 7638 thumbprint",
        )
    if not Registry(home.reader()).key(did, kid).added:
        raise KeyNotAdded(
            "the chain does not show this key as added to this organisation",
            remedy="the organisation's account adds it on the chain first: rootprint key add",
        )
    new = _keep(home.store, key)
    return _answer(key, 201 if new else 200, {"location": f"/v1/keys/{kid}"})


def _keep(store: Store, key: PublicKey) -> bool:
    with store.write() as tx:
        try:
            tx.directory.key(key.kid)
        except NotFound:
            tx.directory.put_key(key)
            return True
    return False


def _json(data: bytes) -> object:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Refused("the body is not JSON") from error


def _require_thumbprint(kid: str) -> None:
    if len(b64url_bytes(kid, what="kid")) != DIGEST_BYTES:
        raise Refused("kid is not the base64url of a 32-byte thumbprint")


def _answer(key: PublicKey, status: int, headers: dict[str, str]) -> Response:
    return JSONResponse(key.jwk(), status, headers, media_type=JWK_TYPE)
