"""The page itself: what it loads, what it refuses, whom it leaves out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from rootprint.ledger.core.encoding import hex_text
from tests.browser.test_form import (
    FAILED,
    IS_SHOWN,
    LINE,
    VERIFIED,
    check,
    choose,
    submit,
    text,
)
from tests.conformance.casebook import Scene
from tests.conformance.contract import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.chromium import Page

NOBODY = "0x" + 20 * "00"
HOSTILE = "<img src=x onerror=alert(1)>\u202eyfirev\nVERIFIED"
COMPLAINTS = {"Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"}


def of(page: Page, *methods: str) -> list[dict[str, Any]]:
    return [event["params"] for event in page.events if event["method"] in methods]


def press(page: Page, key: str, code: int, typed: str = "") -> None:
    for kind in ("keyDown", "keyUp"):
        page.send(
            "Input.dispatchKeyEvent",
            type=kind,
            key=key,
            code=key,
            windowsVirtualKeyCode=code,
            **({"text": typed} if typed and kind == "keyDown" else {}),
        )


def test_it_asks_its_own_server_for_its_own_files_and_complains_of_nothing(either: Page) -> None:
    check(either, VERIFIED)
    own = either.run("location.origin")
    requests = [event["request"] for event in of(either, "Network.requestWillBeSent")]
    sent = [one for one in requests if not one["url"].startswith("data:")]
    assert {f"{urlsplit(one['url']).scheme}://{urlsplit(one['url']).netloc}" for one in sent} == {
        own
    }
    assert {one["method"] for one in sent} == {"GET"}
    assert not any(one.get("hasPostData") for one in sent)
    assert {urlsplit(one["url"]).path.rpartition(".")[2] for one in sent} <= {
        *("html", "css", "js", "json", "/verifier/")
    }
    assert of(either, *COMPLAINTS) == []


def test_its_policy_stops_other_places_inline_scripts_and_parsed_html(either: Page) -> None:
    stopped = either.run(
        """(async () => {
          const seen = [];
          document.addEventListener('securitypolicyviolation',
            ({ effectiveDirective }) => seen.push(effectiveDirective));
          await fetch('http://127.0.0.1:9/').catch(() => {});
          const script = document.createElement('script');
          try { script.textContent = 'window.ran = true'; } catch {}
          document.body.append(script);
          try { document.body.innerHTML = 'nothing'; } catch {}
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { seen: [...new Set(seen)].sort(), ran: window.ran === true,
            whole: document.getElementById('form') !== null };
        })()"""
    )
    assert not stopped["ran"]
    assert stopped["whole"]
    assert {"connect-src", "require-trusted-types-for"} <= set(stopped["seen"])


def test_what_others_wrote_stays_text(page: Page, tmp_path: Path) -> None:
    """A signed product name with markup, a line break and writing turned around."""
    scene = Scene()
    draft = scene.product("module", [scene.gas()], productNameCompany=HOSTILE)
    subject = scene.publish(draft)
    scene.anchor()
    block = hex_text(scene.chain.block().hash)
    files = scene.files(subject, scene.evidence(subject, proven=True), trustedBlocks=[block])
    (tmp_path / "evidence.gz").write_bytes(files.evidence)
    for states, trust in (
        ("VERIFIED", files.trust),
        ("FAILED", {**files.trust, "registrar": NOBODY}),
    ):
        (tmp_path / "trust.json").write_text(json.dumps(trust), encoding="utf-8")
        choose(page, tmp_path / "evidence.gz", tmp_path / "trust.json")
        assert submit(page).startswith(f"{states} ")
        page.run("document.querySelector('.listing button').click()")
        shown = page.run("document.getElementById('result').textContent")
        assert r"<img src=x onerror=alert(1)>\u202eyfirev\u000aVERIFIED" in shown
        assert "\u202e" not in shown
        assert page.run("document.images.length") == 0
    assert of(page, *COMPLAINTS) == []


def test_the_keyboard_is_enough(page: Page) -> None:
    choose(page, CASES / VERIFIED / "evidence.gz", CASES / VERIFIED / "trust.json")
    page.run("document.body.focus()")
    order = []
    while order[-1:] != ["check"] and len(order) < 20:
        press(page, "Tab", 9)
        order.append(page.run("document.activeElement.id || document.activeElement.localName"))
    assert [one for one in order if one != "a"] == ["evidence", "trust", "summary", "check"]
    press(page, "Enter", 13, "\r")
    page.until(IS_SHOWN)
    assert page.run(LINE).startswith("VERIFIED ")
    press(page, "Tab", 9)
    assert page.run("document.activeElement.localName") == "summary"
    press(page, "Enter", 13, "\r")
    assert page.run("document.activeElement.parentElement.open")


def test_a_dropped_file_is_a_chosen_one(page: Page) -> None:
    page.run(
        """(() => {
          const drop = (id, ...files) => {
            const dataTransfer = new DataTransfer();
            for (const text of files) dataTransfer.items.add(new File([text], 'dropped.json'));
            const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
            document.getElementById(id).dispatchEvent(event);
          };
          drop('evidence', '{}');
          drop('trust', '{}', '[]');
        })()"""
    )
    assert page.run("document.getElementById('evidence').files[0].name") == "dropped.json"
    assert page.run("document.getElementById('trust').files.length") == 0
    assert "One file at a time" in text(page, "#progress")


def test_everything_that_is_operated_has_a_name(page: Page) -> None:
    check(page, VERIFIED)
    nodes = page.send("Accessibility.getFullAXTree")["nodes"]
    operated = [
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if not node["ignored"]
        and node.get("role", {}).get("value")
        in {"button", "combobox", "DisclosureTriangle", "region", "table", "link"}
    ]
    assert {"button", "region", "table"} <= {role for role, _ in operated}
    assert [one for one in operated if not one[1]] == []
    assert page.run("document.documentElement.lang") == "en"


@pytest.fixture
def phone(page: Page) -> Iterator[Page]:
    """The page on a screen of 390 pixels."""
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=390,
        height=844,
        deviceScaleFactor=1,
        mobile=False,
    )
    yield page
    page.send("Emulation.clearDeviceMetricsOverride")


def test_a_phone_needs_no_scrolling_sideways(phone: Page) -> None:
    """Neither the page nor a table in it: nothing is cut off unseen."""
    check(phone, FAILED)
    phone.run("document.querySelector('.each').open = true")
    phone.run("document.querySelector('.listing button').click()")
    assert phone.run("document.documentElement.scrollWidth <= document.body.clientWidth")
    tables = "[...document.querySelectorAll('.scrolling')]"
    assert phone.run(f"{tables}.map((one) => one.scrollWidth - one.clientWidth)") == [0, 0]


def test_a_phone_has_the_statements_closed_and_all_of_each_within(phone: Page) -> None:
    check(phone, VERIFIED)
    assert not phone.run("document.querySelector('.each').open")
    phone.run("document.querySelector('.each').open = true")
    heads = "[...document.querySelectorAll('.listing thead th')]"
    shown = f"{heads}.filter((one) => one.getClientRects().length > 0)"
    assert phone.run(f"{shown}.map((one) => one.innerText)") == ["Statement", *"123456789", "10"]
    phone.run("document.querySelector('.listing button').click()")
    for term in ("Organisation", "Tier", "Entry in the log"):
        assert term in text(phone, "#statement-0")


def test_a_wide_screen_has_the_statements_open(page: Page) -> None:
    check(page, VERIFIED)
    assert page.run("document.querySelector('.each').open")
    assert "Organisation" in text(page, ".listing thead")


def test_whoever_cannot_run_it_is_reported(page: Page) -> None:
    assert page.run("document.getElementById('not-running')") is None
    source = page.run("fetch('index.html').then((answer) => answer.text())")
    assert 'id="not-running"' in source
