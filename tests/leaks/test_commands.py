"""No command says of a hidden recipe what its caller may not see.

This folder mirrors no package. It holds one law over all interfaces: what is judged for a caller is
judged with what the caller sent or may see. Two worlds (``worlds``) differ only in what a maker
hides; every command (``commands``), every route (``test_routes``) and both verifiers answer alike
in both, but for digests, signatures, keys and times (``masked``).
"""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import click
import pytest

from rootprint.api.cli import rootprint
from rootprint.ledger.evidence.container import GZIP
from rootprint.ledger.verify import Policy
from tests.leaks.commands import HANDED_OVER, POLICIES, READERS, SCENES, VIEWS
from tests.leaks.masked import entries, masked, shown, stored
from tests.leaks.worlds import tell_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.running import Answer
    from tests.leaks.worlds import World

pytestmark = [pytest.mark.chain, pytest.mark.slow]
_AGE = "<seconds >"
_COUNTED = re.compile(r" \(\d+ statements\)")


@pytest.fixture(scope="module")
def said(worlds: list[World]) -> dict[str, list[list[Answer]]]:
    """What each scene of each world answered."""
    scenes = {f"handed over: {name}": scene for name, scene in HANDED_OVER.items()} | SCENES
    return {name: [list(scene(world)) for world in worlds] for name, scene in scenes.items()}


def commands() -> set[str]:
    """Return every command that there is, those of groups by both names."""
    context, found = click.Context(rootprint), set()
    for name in rootprint.list_commands(context):
        command = rootprint.get_command(context, name)
        inner = command.list_commands(context) if isinstance(command, click.Group) else ()
        found |= {f"{name} {one}" for one in inner} or {name}
    return found


def test_every_command_has_a_scene() -> None:
    assert set(SCENES) == commands()


def test_every_option_of_a_verifier_is_used() -> None:
    """A view or requirement without a scene fails, as does a member of the policy."""
    command = rootprint.get_command(click.Context(rootprint), "verify")
    assert command is not None
    options = {one.opts[0] for one in command.params if isinstance(one, click.Option)}
    used = {word for run in (*VIEWS, *POLICIES, *READERS) for word in run}
    assert options - used == {"--trust"}
    members = {word.partition("=")[0] for word in used if "=" in word}
    assert set(Policy().json()) - members == {"version", "arithmetic", "assurance"}


@pytest.fixture(scope="module")
def logged(said: dict[str, list[list[Answer]]], worlds: list[World]) -> list[dict[str, str]]:
    """What each world's digests are of, once all is done."""
    assert said
    return [entries(world.kept.home) | entries(world.bare.home) for world in worlds]


@pytest.mark.parametrize("name", [*(f"handed over: {one}" for one in HANDED_OVER), *SCENES])
def test_both_worlds_answer_alike(
    name: str,
    said: dict[str, list[list[Answer]]],
    worlds: list[World],
    logged: list[dict[str, str]],
) -> None:
    one, other = (
        [
            (answer.code, *(_lines(text, world, names) for text in (answer.out, answer.err)))
            for answer in answers
        ]
        for answers, world, names in zip(said[name], worlds, logged, strict=True)
    )
    assert one
    assert one == other
    tell_nothing(answer.out + answer.err for half in said[name] for answer in half)


def _lines(text: str, world: World, names: dict[str, str]) -> list[str]:
    """Return what an answer says, line by line; a tree has a pool or a claim by its digest.

    Notices that say an age are one line for as many statements as have it to the second, which is
    chance: how many lines there are of such a notice, and of how many statements, is not compared.
    """
    lines = masked(text, world, names).splitlines()
    aged = {_COUNTED.sub("", line) for line in lines if _AGE in line}
    return sorted([*aged, *(line for line in lines if _AGE not in line)])


def test_what_is_stored_is_alike(worlds: list[World], logged: list[dict[str, str]]) -> None:
    texts = [stored(world.bare.home) for world in worlds]
    one, other = (
        masked(text, world, names) for text, world, names in zip(texts, worlds, logged, strict=True)
    )
    assert one == other
    assert "urn:example:made-up-gases" in one
    tell_nothing(texts)


def test_what_is_written_is_alike(worlds: list[World], logged: list[dict[str, str]]) -> None:
    """Evidence of either world shows the same; the bytes without the chain are as many."""
    one, other = (sorted(map(str, _files(world))) for world in worlds)
    assert one == other
    assert {"kept.json", "kept-bare.json", "less-of-it.json", "on.json", "part-on.json"} <= set(one)
    for name in one:
        files = [world.file(name) for world in worlds]
        first, second = (
            masked(shown(file, names), world, names)
            for file, world, names in zip(files, worlds, logged, strict=True)
        )
        assert first == second
        tell_nothing(_content(file) for file in files)
    assert len({len(_content(world.file("kept-bare.json"))) for world in worlds}) == 1


def _content(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode()


def _files(world: World) -> Iterator[str]:
    for file in world.folder.glob("*.json"):
        if file.read_bytes().startswith(GZIP):
            yield file.name
