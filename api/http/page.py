"""/verifier/, where / leads: evidence verified in the reader's own browser, by static files.

They are read once, when the application is made: no request ever names a path on the disk. The
API does not know the page's package; ``api.main`` hands the folders over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from rootprint.api.http.caching import NEWEST, has_current
from rootprint.ledger.core.errors import NotFound

# Not what this machine's table of types says: a module of another type is not run.
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
}
INDEX: Final = "index.html"
# What the page says of itself in its meta element (a test holds them equal), and what only a
# header can say: no other site may frame it.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types rootprint-worker; frame-ancestors 'none'"
)
# The page's worker, and the threads that help it, have a policy of their own: they load their
# modules, start no script but the second of these, and ask nobody for anything.
WORKERS: Final = frozenset({"page/worker.js", "slices/helper.js"})
WORKER_POLICY: Final = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types rootprint-worker; "
    "frame-ancestors 'none'"
)


@dataclass(frozen=True)
class _File:
    content: bytes
    headers: Mapping[str, str]


def page_router(folders: Mapping[str, Traversable]) -> APIRouter:
    """Return the routes over these folders, each below its place (``""`` or ``data/``)."""
    served = {
        place + name: _file(name, content)
        for place, folder in folders.items()
        for name, content in _contents(folder)
    }
    router = APIRouter(include_in_schema=False)

    @router.get("/", response_model=None)
    def root() -> Response:
        return RedirectResponse("verifier/", 307)  # not for good: the root may get its own page

    @router.get("/verifier", response_model=None)
    def without_slash() -> Response:
        return RedirectResponse("verifier/", 308)  # relative: a proxy may serve us below a path

    @router.get("/verifier/{name:path}", response_model=None)
    def read_file(name: str, request: Request) -> Response:
        """Return a file; its name never changes and its content may, so it is asked for again.

        A corrected verifier must reach its users: nothing here is kept unasked.
        """
        try:
            found = served[name or INDEX]
        except KeyError:
            raise NotFound("the verifier's page has no such file") from None
        if has_current(request, found.headers["etag"]):
            return Response(status_code=304, headers=found.headers)
        return Response(found.content, headers=found.headers)

    return router


def _contents(folder: Traversable, below: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = below + entry.name
        if entry.is_dir():
            yield from _contents(entry, f"{name}/")
        elif _suffix(name) in MEDIA_TYPES:
            yield name, entry.read_bytes()


def _file(name: str, content: bytes) -> _File:
    headers = {
        **NEWEST,
        "content-type": MEDIA_TYPES[_suffix(name)],
        "etag": f'"{hashlib.sha256(content).hexdigest()}"',
    }
    if name.endswith(".html"):
        headers["content-security-policy"] = POLICY
    elif name in WORKERS:
        headers["content-security-policy"] = WORKER_POLICY
    return _File(content, headers)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}"
