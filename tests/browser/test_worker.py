"""The verification beside the page: what the worker posts, and what happens without one."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import fresh
from tests.browser.test_form import FAILED, IS_SHOWN, VERIFIED, check, choose, submit, text
from tests.conformance.contract import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.chromium import Page

# Notes what each worker posts, and which were stopped.
WATCHED = """
window.posted = []; window.stopped = 0;
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => posted.push(Object.keys(data).join()));
  }
  terminate() { stopped += 1; super.terminate(); }
};
"""
# A worker that never gets as far as an answer.
STUCK = "Worker.prototype.postMessage = function () {};"
# An engine that knows workers and no modules in them: it reads the file as a classic script.
CLASSIC = """
window.made = 0;
window.Worker = class extends Worker {
  constructor(url) { super(url); made += 1; }
};
"""


@contextmanager
def before(page: Page, script: str) -> Iterator[Page]:
    """The page loaded anew, after a script that runs before its own."""
    url = page.run("location.href")
    added = page.send("Page.addScriptToEvaluateOnNewDocument", source=script)
    try:
        yield fresh(page, url)
    finally:
        page.send("Page.removeScriptToEvaluateOnNewDocument", identifier=added["identifier"])


def test_a_worker_verifies_and_says_how_far_it_is(either: Page) -> None:
    with before(either, WATCHED) as page:
        assert check(page, VERIFIED).startswith("VERIFIED ")
        posted = page.run("posted")
        assert (posted[0], posted[-1]) == ("ready", "answer")
        assert set(posted[1:-1]) == {"read,size"}
        assert page.run("stopped") > 0  # it is not left running
        assert text(page, "#progress") == ""


@pytest.mark.parametrize("script", ["delete window.Worker;", CLASSIC])
def test_without_module_workers_the_page_verifies_itself(either: Page, script: str) -> None:
    with_worker = check(either, VERIFIED)
    with before(either, script) as page:
        assert check(page, VERIFIED) == with_worker
        if script == CLASSIC:
            assert page.run("made") == 1


def test_progress_is_shown_while_the_page_can_be_used(page: Page) -> None:
    posting = STUCK + "window.tell = null; const on = Worker.prototype.addEventListener;"
    posting += """
    Worker.prototype.addEventListener = function (name, listener) {
      if (name === 'message') window.tell = listener;
      on.call(this, name, listener);
    };"""
    with before(page, posting):
        choose(page, CASES / VERIFIED / "evidence.gz", CASES / VERIFIED / "trust.json")
        page.run("document.getElementById('check').click()")
        page.until("window.tell !== null")
        page.run("tell({ data: { read: 2, size: 3 } })")
        assert text(page, "#progress") == "2 of 3 statements read."
        assert page.run("document.getElementById('result').getAttribute('aria-busy')") == "true"


def test_another_choice_stops_what_is_under_way(page: Page) -> None:
    with before(page, WATCHED + STUCK):
        choose(page, CASES / VERIFIED / "evidence.gz", CASES / VERIFIED / "trust.json")
        page.run("document.getElementById('check').click()")
        page.until("posted.length === 1")
        assert page.run("document.getElementById('check').disabled")
        page.choose("#evidence", CASES / FAILED / "evidence.gz")
        assert page.run("stopped") == 1
        assert not page.run("document.getElementById('check').disabled")
        assert text(page, "#progress") == ""
        assert not page.run(IS_SHOWN)


def test_an_answer_on_files_chosen_before_is_not_shown(page: Page) -> None:
    with before(page, "delete window.Worker;"):
        choose(page, CASES / VERIFIED / "evidence.gz", CASES / VERIFIED / "trust.json")
        page.run("document.getElementById('check').click()")
        choose(page, CASES / FAILED / "evidence.gz", CASES / FAILED / "trust.json")
        time.sleep(1)
        assert not page.run(IS_SHOWN)
        assert submit(page).startswith("FAILED ")


def test_no_other_script_becomes_a_worker(page: Page) -> None:
    tried = page.run(
        """[
          () => new Worker('page/worker.js', { type: 'module' }),
          () => trustedTypes.createPolicy('other', { createScriptURL: (url) => url }),
          () => trustedTypes.createPolicy('rootprint-worker', { createScriptURL: (url) => url }),
        ].map((attempt) => { try { attempt(); return null; } catch ({ name }) { return name; } })"""
    )
    assert tried == ["TypeError"] * 3
