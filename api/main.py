"""The composition root: the console script ``rootprint``. It wires the interfaces."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from rootprint.api.cli import Session, rootprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.resources.abc import Traversable

    from rootprint.api.service import Workspace


def main() -> None:
    """Run the command line, with the HTTP API behind ``serve``."""
    rootprint(obj=Session(serve=_serve))


def _serve(workspace: Workspace, host: str, port: int, ready: Callable[[str], None]) -> None:
    from rootprint.api.http import create_app, serve  # noqa: PLC0415 - only who serves needs the server

    app = create_app(workspace.home, workspace.log(), page=verifier_page())
    serve(app, host, port, ready=ready)


def verifier_page() -> dict[str, Traversable]:
    """Where the verifier's page and its data lie, by their place below the page's URL."""
    return {
        "": files("rootprint.api") / "web" / "verifier",
        "data/core/": files("rootprint.ledger.core") / "data",
        "data/library/": files("rootprint.ledger.rules") / "data",
    }


if __name__ == "__main__":
    main()
