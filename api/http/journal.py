"""What the API logs: JSON lines through ``logging``, never a body, a query or a header.

``rootprint.http.access`` has one line per request; ``rootprint.http`` the reasons that callers
are not shown. A refusal's own words may repeat a disclosed figure, so they are not written; of an
unexpected error its type and place are, its message is not.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from starlette.types import Scope

ACCESS: Final = "rootprint.http.access"
ERRORS: Final = "rootprint.http"
MAX_PATH: Final = 512
MAX_FRAMES: Final = 8  # innermost: above them is the framework


def access(scope: Scope, *, status: int, sent: int, milliseconds: float) -> None:
    """Write one line about a request that was answered; ``sent`` counts bytes of the body."""
    client = scope.get("client")
    _write(
        logging.getLogger(ACCESS),
        logging.INFO,
        scope,
        method=scope["method"],
        path=scope["path"][:MAX_PATH],
        status=status,
        bytes=sent,
        milliseconds=round(milliseconds, 1),
        client=client[0] if client else None,
    )


def reason(scope: Scope, error: Exception) -> None:
    """Write down why a caller was turned away in constant words (key, issuer, what is away)."""
    words = str(error.args[0]) if error.args else ""
    logger = logging.getLogger(ERRORS)
    _write(logger, logging.WARNING, scope, error=type(error).__name__, reason=words)


def failure(scope: Scope, error: BaseException) -> None:
    """Write down an error that is ours: types and places of it and of its causes."""
    _write(logging.getLogger(ERRORS), logging.ERROR, scope, failure=list(_places(error)))


def to_stderr() -> None:
    """Let the lines go to standard error, unless the program has set up logging already."""
    logger = logging.getLogger(ERRORS)
    if not logger.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)


def _places(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        for frame in traceback.extract_tb(error.__traceback__, limit=-MAX_FRAMES):
            yield f"{frame.filename}:{frame.lineno} {frame.name}"
        yield type(error).__qualname__
        error = error.__cause__ or error.__context__


def _write(logger: logging.Logger, level: int, scope: Scope, **members: Any) -> None:
    if logger.isEnabledFor(level):
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        request = scope.get("state", {}).get("request_id")
        logger.log(level, "%s", json.dumps({"time": now, "request": request, **members}))
