"""/v1/statements: publishing, and reading what was published."""

from __future__ import annotations

import base64
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from rootprint.api.http.body import read_body
from rootprint.api.http.caching import IMMUTABLE, NEWEST, SETTLED, has_current
from rootprint.api.http.models import Anchored, ProblemBody, ReceiptBody
from rootprint.api.http.parameters import Size
from rootprint.api.http.publisher import Publisher, own_records
from rootprint.api.http.settings import Settings
from rootprint.ledger.core.chain import CheckpointRow
from rootprint.ledger.core.encoding import digest_bytes, digest_text, time_text
from rootprint.ledger.core.errors import LedgerError, NotCanonical
from rootprint.ledger.core.sdjwt import MEDIA_TYPE
from rootprint.ledger.intake import Home, first_anchored, unanchored_since
from rootprint.ledger.log import Receipt

_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


def statements_router(home: Home, publisher: Publisher, settings: Settings) -> APIRouter:
    """Return the routes over this ledger."""
    router = APIRouter(prefix="/v1/statements", tags=["statements"])

    @router.post(
        "",
        response_model=None,
        status_code=201,
        openapi_extra=_BODY,
        responses={
            200: {"model": ReceiptBody, "description": "These bytes were logged already"},
            201: {"model": ReceiptBody},
            403: {"model": ProblemBody},
            409: {"model": ProblemBody},
            413: {"model": ProblemBody},
            415: {"model": ProblemBody},
            422: {"model": ProblemBody},
        },
    )
    async def publish_statement(request: Request) -> Response:
        """Log a signed SD-JWT; its disclosures are judged, never kept.

        The answer is sent when the entry is on disk under a signed checkpoint. Sending the same
        bytes again is safe.
        """
        data = await read_body(
            request,
            media_types=(MEDIA_TYPE,),
            limit=settings.max_statement,
            seconds=settings.body_seconds,
        )
        return await run_in_threadpool(_publish, home, publisher, data)

    @router.get("/{digest}", response_model=None, responses={404: {"model": ProblemBody}})
    def read_statement(digest: str, request: Request) -> Response:
        """Return the issuer-signed JWT and a tilde: never a disclosure, whoever holds one."""
        text = _bare(home, digest_bytes(digest))
        etag = f'"{digest}"'
        headers = {**IMMUTABLE, "etag": etag}
        if has_current(request, etag):
            return Response(status_code=304, headers=headers)
        return Response(text, media_type=MEDIA_TYPE, headers=headers)

    @router.get("/{digest}/proof", response_model=None, responses={404: {"model": ProblemBody}})
    def read_proof(digest: str, size: Size | None = None) -> Response:
        """Return the C2SP tlog-proof under the checkpoint of ``size``, the newest by default."""
        with own_records():
            proof = home.log.proof(digest_bytes(digest), size)
        return PlainTextResponse(proof.text(), headers=SETTLED if size else NEWEST)

    return router


def _publish(home: Home, publisher: Publisher, data: bytes) -> Response:
    receipt, new = publisher.publish(_ascii(data))
    # A new entry can't be anchored yet, and is acknowledged whatever the chain answers.
    body = _receipt_body(home, receipt, new=new)
    return JSONResponse(
        body.model_dump(by_alias=True),
        201 if new else 200,
        {"location": f"/v1/statements/{body.digest}"},
    )


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        raise NotCanonical("a statement is not ASCII text") from error


def _receipt_body(home: Home, receipt: Receipt, *, new: bool) -> ReceiptBody:
    found = None if new else first_anchored(home, receipt.index)
    return ReceiptBody(
        digest=digest_text(receipt.entry[1:33]),
        entry=base64.b64encode(receipt.entry).decode(),
        index=receipt.index,
        proof=receipt.proof.text(),
        anchored=False if found is None else _anchored(*found),
        unanchored_since=_unanchored_since(home),
    )


def _unanchored_since(home: Home) -> str | None:
    """Return since when anchoring lags; what is logged is acknowledged whether it can be read."""
    try:
        since = unanchored_since(home)
    except LedgerError:
        return None
    return None if since is None else time_text(since)


def _anchored(number: int, row: CheckpointRow) -> Anchored:
    return Anchored(checkpoint=number, size=row.size, time=time_text(row.time))


def _bare(home: Home, digest: bytes) -> str:
    with home.store.read() as tx:
        return tx.statements.get(digest).bare.text
