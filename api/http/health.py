"""/health: how far the log and its anchors are, and which chain that rests on."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from rootprint.api.http.models import ChainHealth, HealthBody, LogHealth, ProblemBody
from rootprint.api.http.publisher import require_own_checkpoint
from rootprint.ledger.core.chain import TEST_CHAIN_ID
from rootprint.ledger.core.encoding import time_text
from rootprint.ledger.intake import Home, anchored_size


def health_router(home: Home, clock: Callable[[], float]) -> APIRouter:
    """Return the route; ``clock`` gives Unix seconds."""
    router = APIRouter(tags=["health"])

    @router.get(
        "/health",
        response_model=None,
        responses={200: {"model": HealthBody}, 503: {"model": ProblemBody}},
    )
    def health() -> Response:
        """Return the state of log and chain; 503 if either can't be read."""
        require_own_checkpoint(home.log)
        body = HealthBody(log=_log(home, clock), chain=_chain(home))
        return JSONResponse(body.model_dump(by_alias=True))

    return router


def _log(home: Home, clock: Callable[[], float]) -> LogHealth:
    anchored = anchored_size(home)
    oldest = home.log.covered_since(anchored)  # the first entry that no anchored checkpoint covers
    lag = 0 if oldest is None else max(0, int(clock()) - oldest)
    return LogHealth(origin=home.log.origin, size=home.log.size, anchored=anchored, lag_seconds=lag)


def _chain(home: Home) -> ChainHealth:
    head, chain = home.view.block(), home.view.chain_id
    return ChainHealth(
        id=chain, block=head.number, time=time_text(head.time), test=chain == TEST_CHAIN_ID
    )
