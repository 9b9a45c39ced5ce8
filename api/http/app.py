"""The application: routes over one ledger. Nothing is global and nothing happens on import."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable

from fastapi import FastAPI

from rootprint.api.http.frame import Frame
from rootprint.api.http.health import health_router
from rootprint.api.http.keys import keys_router
from rootprint.api.http.log import log_router
from rootprint.api.http.page import page_router
from rootprint.api.http.problems import answer_errors
from rootprint.api.http.publisher import Publisher
from rootprint.api.http.settings import DEFAULTS, Settings
from rootprint.api.http.statements import statements_router
from rootprint.ledger.intake import Home
from rootprint.ledger.log import Log


def create_app(
    home: Home,
    log: Log,
    *,
    settings: Settings = DEFAULTS,
    clock: Callable[[], float] = time.time,
    page: Mapping[str, Traversable] | None = None,
) -> FastAPI:
    """Return the HTTP API of a ledger.

    ``log`` is the home's log with its private key; the caller owns both and closes them after
    the server has stopped. Threads share store, log and chain view, as they allow. ``clock``
    (Unix seconds) is used for the health gauge only. ``page`` is where the verifier's page lies,
    by the place it gets below /verifier/; without it there is none. No CORS, no documentation
    pages: those would load scripts from elsewhere; /openapi.json describes the routes.
    """
    app = FastAPI(
        title="Rootprint",
        summary="Publish signed footprint statements and read the log's proofs",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.add_middleware(Frame)
    answer_errors(app)
    app.include_router(statements_router(home, Publisher(home, log, settings), settings))
    app.include_router(log_router(home.log))
    app.include_router(keys_router(home, settings))
    app.include_router(health_router(home, clock))
    if page is not None:
        app.include_router(page_router(page))
    return app
