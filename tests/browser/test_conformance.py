"""The browser answers every conformance case as it should, in the command line's words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.api.cli.render import report_text, verdict_line
from rootprint.api.cli.words import HOW_CHECKED
from rootprint.ledger.core.tables import tables
from rootprint.ledger.rules import library
from rootprint.ledger.verify.line import TAKEN_OFF
from tests.browser.conftest import fresh
from tests.conformance.contract import POLICY, compare, expected, folders

if TYPE_CHECKING:
    from tests.browser.chromium import Page

VERIFIER = "/api/web/verifier"
# In the page, with its own policy and its own copy of the data; the files come from beside it.
BATCH = """
async (cases) => {
  const [{ verify }, { readRecorded }, { sharedData }, words, lists] = await Promise.all(
    ['verify', 'chain/recorded', 'page/data', 'page/words', 'page/lists'].map(
      (name) => import(`/api/web/verifier/${name}.js`)));
  const data = await sharedData();
  const bytes = async (name, file) => new Uint8Array(await (
    await fetch(`/tests/conformance/cases/${name}/${file}`)).arrayBuffer());
  const answers = [];
  for (const { name, required } of cases) {
    const [evidence, trust, chain] = await Promise.all(
      ['evidence.gz', 'trust.json', 'chain.json'].map((file) => bytes(name, file)));
    const policy = required ? { policy: await bytes(name, 'policy.json') } : {};
    const files = { evidence, trust, chain: readRecorded(chain), ...policy };
    const answer = await verify({ ...files, ...data });
    const said = words.plain(answer.report);
    if (said.verdict === null) {
      answers.push({ ...answer, line: null });
      continue;
    }
    const { word, parts } = words.verdictLine(said);
    answers.push({ ...answer, line: `${word} ${parts.join(words.SEPARATOR)}`,
      kinds: said.statements.length > 0 ? words.kinds(said) : null,
      limit: said.coverage === null ? null : words.limitOfArithmetic(said),
      hidden: lists.hidden(said).map((one) => `Hidden  ${one}`) });
  }
  return answers;
}
"""


@pytest.fixture(scope="module")
def answers(tab: Page, folders: str) -> dict[str, Any]:
    """What the browser answers, by the name of the case."""
    fresh(tab, f"{folders}{VERIFIER}/index.html")
    return dict(zip(NAMES, tab.run(f"({BATCH})({json.dumps(CASES)})"), strict=True))


NAMES = [folder.name for folder in folders()]
CASES = [{"name": folder.name, "required": (folder / POLICY).exists()} for folder in folders()]


def test_every_case_gives_what_it_should(answers: dict[str, Any]) -> None:
    assert len(answers) == len(NAMES) > 0
    wrong = {
        folder.name: problem
        for folder in folders()
        if (problem := _problem(folder, answers[folder.name])) is not None
    }
    assert wrong == {}


def _problem(folder: Any, answer: dict[str, Any]) -> str | None:
    return compare(expected(folder), answer["exitCode"], answer["report"])


def test_the_last_line_is_that_of_the_command_line(answers: dict[str, Any]) -> None:
    """Of one report: what the two verifiers give as reasons are words of their own."""
    said = {name: answer["line"] for name, answer in answers.items()}
    assert said == {name: _line(answer["report"]) for name, answer in answers.items()}
    words = {line.split(" ")[0] for line in said.values() if line is not None}
    assert words == {"VERIFIED", "FAILED", "INCOMPLETE", "NOT"}


def _line(report: dict[str, Any]) -> str | None:
    return None if report["verdict"] is None else verdict_line(report)


def test_what_is_hidden_what_kinds_and_what_an_auditor_sees_is_said_alike(
    answers: dict[str, Any],
) -> None:
    judged = [answer for answer in answers.values() if answer["line"] is not None]
    seen: set[str] = set()
    for answer in judged:
        lines = report_text(answer["report"]).splitlines()
        assert answer["hidden"] == [line for line in lines if line.startswith("Hidden  ")]
        for name in ("kinds", "limit"):
            assert answer[name] is None or any(answer[name] in line for line in lines)
        seen |= {name for name in ("kinds", "limit", "hidden") if answer[name]}
    assert seen == {"kinds", "limit", "hidden"}


def test_what_is_named_by_a_code_has_the_words_and_the_order_of_the_command_line(
    either: Page,
) -> None:
    found = either.run(
        "import(new URL('page/words.js', location.href))"
        ".then(({ HOW_CHECKED, TAKEN_OFF }) => [HOW_CHECKED, TAKEN_OFF].map(Object.entries))"
    )
    ours = [[list(pair) for pair in words.items()] for words in (HOW_CHECKED, TAKEN_OFF)]
    assert found == ours


def test_the_page_has_the_tables_and_every_rule_pack_of_this_version(either: Page) -> None:
    found = either.run(
        "import(new URL('page/data.js', location.href)).then(({ sharedData }) => sharedData())"
        ".then(({ tables, packs }) => ({ tables: tables.digest, "
        "rules: packs.packs().map((one) => one.digest) }))"
    )
    assert found["tables"] == tables().digest
    assert set(found["rules"]) == set(library().digests())
