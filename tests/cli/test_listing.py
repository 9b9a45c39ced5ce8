"""What a folder holds: listed, searched, shown; and a statement meant by a short name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.story import Story

pytestmark = pytest.mark.chain


def test_what_is_listed_is_what_was_logged(story: Story) -> None:
    listed = story.cli.done("list", "--ended", "--format", "json").json
    size = story.cli.done("log", "checkpoint", "--format", "json").json["size"]
    entries = [one["entry"] for one in listed["statements"]]
    assert (entries, listed["leftOut"]) == (list(range(size)), 0)
    few = story.cli.done("list", "--ended", "--most", "2", "--format", "json").json
    assert few["statements"] == listed["statements"][-2:]
    assert few["leftOut"] == size - 2


def test_it_is_listed_by_issuer_and_kind(story: Story) -> None:
    by_kind = story.cli.done("list", "--kind", "assurance", "--format", "json").json["statements"]
    assert {one["kind"] for one in by_kind} == {"AssuranceStatement"}
    maker = story.cli.done("show", story.part, "--format", "json").json["issuer"]
    mine = story.cli.done("list", "--issuer", maker, "--format", "json").json["statements"]
    assert {one["issuer"] for one in mine} == {maker}
    assert story.part in {one["digest"] for one in mine}


@pytest.mark.parametrize("text", ["urn:example:part", "PART", "ｐａｒｔ", "  part "])
def test_a_search_takes_any_spelling(story: Story, text: str) -> None:
    found = story.cli.done("search", text, "--format", "json").json["statements"]
    assert story.part in {one["digest"] for one in found}


def test_a_search_for_nothing_known_finds_nothing(story: Story) -> None:
    found = story.cli.done("search", "no such thing", "--format", "json").json
    assert found == {"statements": [], "leftOut": 0}


def test_a_short_name_means_the_statement(story: Story) -> None:
    whole = story.cli.done("walk", story.car, "--format", "json").json
    digits = story.car.removeprefix("sha256:")
    for name in (digits[:12], f"sha256:{digits[:6]}", "urn:example:car", "car", "CAR"):
        answer = story.cli.done("walk", name, "--format", "json")
        assert answer.json["subject"] == whole["subject"] == story.car
        assert f"{name}: {story.car}" in answer.err


def test_what_no_name_means_is_said(story: Story) -> None:
    answer = story.cli("walk", "carriage")
    assert (answer.code, "no live statement called 'carriage'" in answer.err) == (2, True)
    assert "rootprint list" in answer.err
    story.cli.done("list")
    assert story.cli("walk", "sha256:00").code == 2


def test_show_gives_what_is_signed_and_what_is_open(story: Story) -> None:
    shown = story.cli.done("show", "part").json
    assert shown["digest"] == story.part
    subject = shown["credentialSubject"]
    assert subject["productIds"] == ["urn:example:part"]
    lines = [line for line in subject["inventory"] if isinstance(line, dict)]
    assert lines
    assert all("amount" in line for line in lines)
    assert "..." not in json.dumps(shown)


def test_the_shell_completes_commands(story: Story) -> None:
    asked = {
        "_ROOTPRINT_COMPLETE": "bash_complete",
        "COMP_WORDS": "rootprint sea",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "rootprint.api.main"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["plain,search"], done.stderr
    assert story.cli("search", "car").code == 0
