"""The composition root: the console script ``rootprint``. It wires the interfaces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rootprint.api.cli import Session, rootprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.api.service import Workspace

# Not by importlib.resources, which loads what reads ZIP archives and no installation needs.
_PACKAGE: Final = Path(__file__).parents[1]


def main() -> None:
    """Run the command line, with the HTTP API behind ``serve``."""
    rootprint(obj=Session(serve=_serve))


def _serve(workspace: Workspace, host: str, port: int, ready: Callable[[str], None]) -> None:
    from rootprint.api.http import create_app, serve  # noqa: PLC0415 - only who serves needs the server

    app = create_app(workspace.home, workspace.log(), page=verifier_page())
    serve(app, host, port, ready=ready)


def verifier_page() -> dict[str, Path]:
    """Where the verifier's page and its data lie, by their place below the page's URL."""
    return {
        "": _PACKAGE / "api" / "web" / "verifier",
        "data/core/": _PACKAGE / "ledger" / "core" / "data",
        "data/library/": _PACKAGE / "ledger" / "rules" / "data",
    }


if __name__ == "__main__":
    main()
