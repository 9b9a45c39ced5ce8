"""docs/library.md says what the library does: its blocks are run, in order and in one Python."""

from __future__ import annotations

import doctest
import json
import re
from typing import TYPE_CHECKING

import pytest

import rootprint
from rootprint.ledger.core.encoding import hex_text
from rootprint.ledger.verify import Policy
from tests.project.pyproject import ROOT
from tests.verify.chains import chained

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.chain
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```pycon\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
OPTIONS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a buyer has been given: evidence, proven at a block, and files of its own."""
    chain = chained(None)
    world = chain.world
    made = world.verifier(chain.module).export(chain.module.digest, world)
    made = world.verifier(chain.module).prove(made)
    made.save(tmp_path / "evidence.gz")
    trust = world.trust_json(chain.module)
    trust["trustedBlocks"] = [hex_text(made.proven_at.hash)]
    (tmp_path / "trust.json").write_text(json.dumps(trust))
    (tmp_path / "policy.json").write_text(Policy().text())
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_block_says_what_it_does() -> None:
    assert len(BLOCKS) == PAGE.count("```pycon")
    parser, answer = doctest.DocTestParser(), []
    test = parser.get_doctest("\n".join(BLOCKS), {}, "library.md", None, 0)
    result = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False).run(test, out=answer.append)
    assert not answer, "".join(answer)
    assert result.attempted > 40


def test_every_public_name_is_shown() -> None:
    shown = {name for name in rootprint.__all__ if re.search(rf"\b{name}\b", PAGE)}
    assert shown == set(rootprint.__all__)
