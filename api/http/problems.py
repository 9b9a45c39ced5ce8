"""What a caller learns of an error: one JSON shape ``{code, message, remedy}``.

In full: what breaks a rule in what the caller sent. In constant words: why a signature
gives no right (a forger learns nothing from trying), and what is wrong on this side (paths,
endpoints and rows are the operator's business). The operator's log has the reason, by request id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from rootprint.api.http import journal
from rootprint.api.http.errors import KeyNotAdded, TooSlow, WrongMediaType
from rootprint.calc.errors import CalculationError, RootprintError
from rootprint.ledger.core.errors import (
    BadProof,
    BadSignature,
    NotAuthorised,
    NotCanonical,
    NotFound,
    Refused,
    TooLarge,
    Unavailable,
)
from rootprint.ledger.log import InConflict

RETRY_SECONDS: Final = 5


@dataclass(frozen=True)
class Problem:
    """An HTTP status and the body that goes with it."""

    status: int
    code: str
    message: str
    remedy: str = ""

    def response(self) -> Response:
        """Return the answer."""
        body = {"code": self.code, "message": self.message, "remedy": self.remedy}
        headers = {"retry-after": str(RETRY_SECONDS)} if self.status == _UNAVAILABLE else None
        return JSONResponse(body, self.status, headers)


_UNAVAILABLE = 503
NO_RIGHT: Final = Problem(
    403,
    NotAuthorised.code,
    "the signature gives no right to publish this statement here",
    "its issuer signs it with ES256 and a low s, by a key that is registered here and that the "
    "chain shows as active for an organisation admitted for this kind of statement; the operator "
    "finds the reason under this answer's X-Request-Id",
)
NOT_NOW: Final = Problem(
    _UNAVAILABLE,
    Unavailable.code,
    "the ledger can't answer this now",
    "try again later; sending the same statement again is safe",
)
OUR_FAULT: Final = Problem(
    500,
    "internal",
    "something went wrong on this side",
    "the operator finds the reason under this answer's X-Request-Id",
)
# What parsing fails with, and a body that does not come.
_CAUSED_BY_THEM: Final = (RootprintError, ValueError, TypeError, TimeoutError)
# The most specific first. None: the caller gets the error's own words.
_ANSWERS: Final[tuple[tuple[type[RootprintError], int, Problem | None], ...]] = (
    (KeyNotAdded, 403, None),
    (NotAuthorised, 403, NO_RIGHT),
    (BadSignature, 403, NO_RIGHT),
    (BadProof, 500, OUR_FAULT),  # no caller sends proofs: a wrong one is the log's own
    (WrongMediaType, 415, None),
    (TooSlow, 408, None),
    (TooLarge, 413, None),
    (NotCanonical, 400, None),
    (NotFound, 404, None),
    (Unavailable, _UNAVAILABLE, NOT_NOW),
    (InConflict, 409, None),
    (Refused, 422, None),
    (CalculationError, 422, None),
)


def problem_of(error: RootprintError) -> Problem:
    """Return what the caller learns of ``error``."""
    for kind, status, constant in _ANSWERS:
        if isinstance(error, kind):
            if constant is None and _about_us(error):
                return OUR_FAULT
            return constant or Problem(status, error.code, str(error.args[0]), error.remedy)
    return OUR_FAULT


def answer_errors(app: FastAPI) -> None:
    """Let ``app`` answer every error it knows in the one shape; the frame answers the others."""
    app.add_exception_handler(RootprintError, _known)
    app.add_exception_handler(RequestValidationError, _parameters)
    app.add_exception_handler(HTTPException, _routing)


def _about_us(error: RootprintError) -> bool:
    """Whether the cause lies in our machinery (a database's error) and not in what was sent."""
    return not (error.__cause__ is None or isinstance(error.__cause__, _CAUSED_BY_THEM))


async def _known(request: Request, error: Exception) -> Response:
    if not isinstance(error, RootprintError):
        raise error
    problem = problem_of(error)
    if problem in {NO_RIGHT, NOT_NOW}:
        journal.reason(request.scope, error)
    elif problem is OUR_FAULT:
        journal.failure(request.scope, error)
    return problem.response()


async def _parameters(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    first = error.errors()[0]  # its "input" is not repeated
    place = " ".join(str(part) for part in first["loc"])
    return Problem(400, Refused.code, f"{place}: {first['msg']}").response()


async def _routing(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = NotFound.code if error.status_code == 404 else "http"  # noqa: PLR2004
    problem = Problem(error.status_code, code, str(error.detail), "see /openapi.json")
    response = problem.response()
    response.headers.update(error.headers or {})
    return response
