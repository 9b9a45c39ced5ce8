"""The two worlds, made once a session; a module that changes them copies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.leaks.worlds import World, make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    return make(tmp_path_factory.mktemp("leaks"))


@pytest.fixture(scope="module")
def worlds(made: dict[str, World], tmp_path_factory: pytest.TempPathFactory) -> list[World]:
    folder: Path = tmp_path_factory.mktemp("copy")
    return [world.copy(folder / name) for name, world in made.items()]
