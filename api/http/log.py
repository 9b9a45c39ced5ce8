"""/v1/log: checkpoints, entries and consistency proofs. Everything here is public."""

from __future__ import annotations

import base64

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from rootprint.api.http.caching import IMMUTABLE, NEWEST, SETTLED
from rootprint.api.http.models import ConsistencyBody, EntryBody, ProblemBody
from rootprint.api.http.parameters import PathIndex, PathSize, Size
from rootprint.api.http.publisher import own_records
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.log import LogReader


def log_router(log: LogReader) -> APIRouter:
    """Return the routes over this log."""
    router = APIRouter(prefix="/v1/log", tags=["log"], responses={404: {"model": ProblemBody}})

    @router.get("/checkpoint", response_model=None)
    def newest_checkpoint() -> Response:
        """Return the newest signed checkpoint (C2SP tlog-checkpoint)."""
        with own_records():
            return PlainTextResponse(log.checkpoint().text, headers=NEWEST)

    @router.get("/checkpoint/{size}", response_model=None)
    def checkpoint(size: PathSize) -> Response:
        """Return the checkpoint that was signed at this size; not every size has one."""
        with own_records():
            return PlainTextResponse(log.checkpoint(size).text, headers=SETTLED)

    @router.get("/consistency", response_model=None, responses={200: {"model": ConsistencyBody}})
    def consistency(old: Size, new: Size) -> Response:
        """Return the RFC 9162 proof that the tree of ``new`` extends that of ``old``."""
        if old > new:
            raise Refused(f"old is {old} and new is {new}", remedy="give the smaller size as old")
        proof = [base64.b64encode(node).decode() for node in log.consistency(old, new)]
        body = ConsistencyBody(old=old, new=new, proof=proof)
        return JSONResponse(body.model_dump(by_alias=True), headers=IMMUTABLE)

    @router.get("/entry/{index}", response_model=None, responses={200: {"model": EntryBody}})
    def entry(index: PathIndex) -> Response:
        """Return the 65 bytes at ``index``; verifiers rebuild them from the statement instead."""
        data = base64.b64encode(log.entry(index)).decode()
        body = EntryBody(index=index, entry=data)
        return JSONResponse(body.model_dump(by_alias=True), headers=IMMUTABLE)

    return router
