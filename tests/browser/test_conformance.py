"""The browser answers every conformance case as it should, in the words of the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from api.cli.render import footprint_line, plain, verdict_line
from ledger.core.tables import tables
from ledger.library import library
from tests.browser.conftest import fresh
from tests.conformance.contract import compare, expected, folders

if TYPE_CHECKING:
    from tests.browser.chromium import Page

VERIFIER = "/api/web/verifier"
# In the page, with its own policy and its own copy of the data; the files come from beside it.
BATCH = """
async (names) => {
  const [{ verify }, { readRecorded }, { sharedData }, words] = await Promise.all(
    ['verify', 'chain/recorded', 'page/data', 'page/words'].map(
      (name) => import(`/api/web/verifier/${name}.js`)));
  const data = await sharedData();
  const bytes = async (name, file) => new Uint8Array(await (
    await fetch(`/tests/conformance/cases/${name}/${file}.json`)).arrayBuffer());
  const answers = [];
  for (const name of names) {
    const [evidence, trust, chain] = await Promise.all(
      ['evidence', 'trust', 'chain'].map((file) => bytes(name, file)));
    const answer = await verify({ evidence, trust, chain: readRecorded(chain), ...data });
    const said = words.plain(answer.report);
    const { word, rest } = said.verdict === null ? {} : words.verdictLine(said);
    answers.push({ ...answer, line: word === undefined ? null : `${word} ${rest}`,
      footprint: said.totals ? words.footprintLine(said.totals) : null });
  }
  return answers;
}
"""


@pytest.fixture(scope="module")
def answers(tab: Page, folders: str) -> dict[str, Any]:
    """What the browser answers, by the name of the case."""
    fresh(tab, f"{folders}{VERIFIER}/index.html")
    return dict(zip(NAMES, tab.run(f"({BATCH})({json.dumps(NAMES)})"), strict=True))


NAMES = [folder.name for folder in folders()]


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


def test_the_last_line_and_the_footprint_are_those_of_the_command_line(
    answers: dict[str, Any],
) -> None:
    said = {name: (answer["line"], answer["footprint"]) for name, answer in answers.items()}
    assert said == {name: _lines(answer["report"]) for name, answer in answers.items()}
    words = {line.split(" ")[0] for line, _ in said.values() if line is not None}
    assert words == {"VERIFIED", "FAILED", "INCOMPLETE"}


def _lines(report: dict[str, Any]) -> tuple[str | None, str | None]:
    if report["verdict"] is None:
        return None, None
    totals = plain(report["totals"])
    return verdict_line(report), footprint_line(totals) if totals else None


def test_the_page_has_the_tables_and_every_rule_pack_of_this_version(either: Page) -> None:
    found = either.run(
        "import(new URL('page/data.js', location.href)).then(({ sharedData }) => sharedData())"
        ".then(({ tables, rules }) => ({ tables: tables.digest, rules }))"
    )
    assert found["tables"] == tables().digest
    assert set(found["rules"]) == set(library().digests())
