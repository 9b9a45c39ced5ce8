"""No flag makes a file look verified that is not: every option of ``verify``, on a broken file."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import click
import pytest

from rootprint.api.cli.verify import verify
from rootprint.ledger.evidence.container import pack
from rootprint.ledger.verify import Policy
from tests.cli.story import OEM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.story import Story

pytestmark = pytest.mark.chain
# A value for each option that takes one; the names stand for the story's own.
VALUES = {
    "--trust": "{trust}",
    "--issuer": OEM,
    "--product": "urn:example:car",
    "--digest": "{car}",
    "--at": "2028-06-01T00:00:00Z",
    "--chain-file": "{chain}",
    "--block": "{block}",
    "--require-arithmetic": "recomputed-or-assured",
    "--require-assurance": "none",
    "--pack-file": "{pack}",
    "--policy": "{policy}",
    "--seconds": "100",
    "--explain": "3",
    "--until": "80",
    "--cut-off": "1",
    "--nodes": "5",
    "--by": "stage",
    "--samples": "40",
    "--sampling": "monte-carlo",
    "--seed": "7",
    "--format": "json",
    "--lines-to": "{lines}",
    "--most": "5",
    "--require": "mostUnsigned=100",
}
NEEDS = {"--issuer": "--product", "--product": "--issuer"}
WITH = {
    **{one: ["--contributions"] for one in ("--until", "--cut-off", "--nodes", "--by")},
    "--samples": ["--uncertainty"],
    "--most": ["--lines"],
    **{one: ["--uncertainty", "--samples", "40"] for one in ("--sampling", "--seed")},
}
OPTIONS = [option.opts[0] for option in verify.params if isinstance(option, click.Option)]


def test_every_option_has_a_value_here() -> None:
    flags = {option.opts[0] for option in verify.params
             if isinstance(option, click.Option) and option.is_flag}  # fmt: skip
    assert set(OPTIONS) - flags == set(VALUES)


@pytest.mark.parametrize("option", OPTIONS)
def test_a_failing_file_stays_failing(
    option: str, story: Story, root: Path, tmp_path: Path
) -> None:
    broken, whole = tmp_path / "broken.json", tmp_path / "whole.json"
    block = story.cli.done(
        "evidence", "export", story.car, "--hide", story.part, "--out", whole, "--format", "json"
    ).json["block"]
    data = whole.read_bytes()
    changed = gzip.decompress(data).replace(b'"index":1', b'"index":0', 1)
    broken.write_bytes(pack(changed.splitlines()))
    assert gzip.decompress(broken.read_bytes()) != gzip.decompress(data)
    names = {
        "trust": story.trust, "car": story.car, "block": block,
        "chain": story.cli.home / "chain.sqlite",
        "pack": root / "ledger" / "rules" / "data" / "catena-x-9.0.0-2.json",
        "policy": tmp_path / "policy.json", "lines": tmp_path / "lines.csv",
    }  # fmt: skip
    names["policy"].write_text(Policy().text())
    words = ["--trust", story.trust, *WITH.get(option, ())]
    for one in dict.fromkeys((option, NEEDS.get(option, option))):
        words += [one, VALUES[one].format(**names)] if one in VALUES else [one]
    assert story.cli("verify", whole, *words).code in {0, 2, 3}  # two of them want a known pack
    answer = story.cli("verify", broken, *words)
    assert answer.code not in {0, 70}
    assert "VERIFIED" not in answer.out
    assert '"verdict": "verified"' not in answer.out
