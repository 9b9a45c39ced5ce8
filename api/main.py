"""The composition root: the console script ``rootprint``. It wires the doors; nobody imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli import Session, rootprint

if TYPE_CHECKING:
    from api.workspace import Workspace


def main() -> None:
    """Run the command line, with the HTTP door behind ``serve``."""
    rootprint(obj=Session(serve=_serve))


def _serve(workspace: Workspace, host: str, port: int) -> None:
    from api.http import create_app, serve  # noqa: PLC0415 - only who serves needs the server

    serve(create_app(workspace.home, workspace.log()), host=host, port=port)


if __name__ == "__main__":
    main()
