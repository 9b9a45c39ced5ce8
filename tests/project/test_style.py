"""Rules of the project that no linter knows."""

from __future__ import annotations

from statistics import median

from tests.project.pyproject import ROOT, python_scripts, settings, sources

LONGEST = 400
WIDEST = 100
TYPICAL = 150
WEB = {".js", ".css", ".html"}


def lines() -> dict[str, int]:
    """Return the number of lines of each file of the packages and scripts."""
    files = [*sources(), *(ROOT / "scripts").glob("*.py"), *python_scripts()]
    return {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files
    }


def test_a_file_holds_one_idea() -> None:
    assert {name: size for name, size in lines().items() if size > LONGEST} == {}
    assert median(lines().values()) < TYPICAL


def web() -> dict[str, list[str]]:
    """Return the lines of each script, style and page, which no linter reads."""
    files = [path for path in (ROOT / "api" / "web").rglob("*") if path.suffix in WEB]
    assert {path.suffix for path in files} == WEB
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").splitlines() for path in files
    }


def test_what_browsers_read_is_no_longer_and_no_wider_than_the_rest() -> None:
    assert {name: len(lines) for name, lines in web().items() if len(lines) > LONGEST} == {}
    wide = [
        f"{name}:{number}"
        for name, lines in web().items()
        for number, line in enumerate(lines, 1)
        if len(line) > WIDEST
    ]
    assert wide == []


def test_scripts_without_a_suffix_are_linted_and_typed_too() -> None:
    tools = settings()["tool"]
    named = {str(path.relative_to(ROOT)) for path in python_scripts()}
    assert {"scripts/demo", "scripts/test"} <= named
    assert set(tools["ruff"]["extend-include"]) == named
    assert {name for name in tools["mypy"]["files"] if name.startswith("scripts/")} == named


def test_what_is_started_directly_may_be_started() -> None:
    started = [*python_scripts(), ROOT / ".ci" / "run"]
    assert [str(path) for path in started if not path.stat().st_mode & 0o100] == []


def test_the_given_names_stand_at_the_top() -> None:
    """Each package says in its first line what it is for."""
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.name == "__init__.py" and not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []
