"""What a folder keeps for its holder, POST /v1/statements tells nobody: in no answer, of no check.

Two ledgers hold the same statements of a maker; one keeps what they disclose, the other nothing.
Whatever another organisation sends, both give the same answer, byte for byte.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.standing import Role
from rootprint.ledger.intake import Home, publish
from rootprint.ledger.log import Log
from rootprint.ledger.store import Store
from tests.http.ledger import NOW, Ledger, post
from tests.support import processes
from tests.support import wrong_columns as columns
from tests.support.pools import pool_draft
from tests.support.world import SUPPLIER, World
from tests.support.wrong import WRONG, Draft, gas
from tests.support.wrong_columns import flow
from tests.support.wrong_materials import WRONG as MATERIALS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rootprint.ledger.core.statement import Statement

RIVAL = "did:web:rival.example"
METHANE, DIOXIDE, GSD, MADE = "0.0123", "0.777", "1.37", "77"
HIDDEN = (METHANE, DIOXIDE, GSD, f"{MADE} ", "1.2668")


def spread(value: str, gsd: str) -> Draft:
    return {"distribution": "lognormal", "statedValue": value, "geometricStandardDeviation": gsd}


def secret(world: World) -> Statement:
    """The maker's product, with gases, a spread and what was produced of it, all hidden."""
    lines = [
        flow("CH4_fossil", METHANE, uncertainty=spread(METHANE, GSD)),
        gas(DIOXIDE, uncertainty=spread(DIOXIDE, GSD)),
    ]
    produced = {"value": MADE, "unit": "kilogram"}
    return world.publish(world.product("secret", lines, producedAmount=produced))


def taking(world: World, cited: Statement, amount: str = "1", **changes: Any) -> Draft:
    """A product that takes another one, of which its composer holds what is signed."""
    kept = world.held[cited.digest]
    world.held[cited.digest] = kept.bare
    line = world.line(cited.bare, amount, "kilogram", uncertainty=spread(amount, "1.0001"))
    draft = world.product("mine", [line], issuer=RIVAL, **changes)
    world.held[cited.digest] = kept
    return draft


def stating(draft: Draft, **members: Any) -> Draft:
    return {**draft, "credentialSubject": {**draft["credentialSubject"], **members}}


def honest(world: World) -> Draft:
    return taking(world, secret(world))


def made_up_gases(world: World) -> Draft:
    return stating(honest(world), gases={"CO2": "1.000000000000"})


def made_up_spread(world: World) -> Draft:
    draft = honest(world)
    total = draft["credentialSubject"]["pcf"]["pcfExcludingBiogenicUptake"]
    return stating(draft, uncertainty=spread(total, "9.0000"))


def more_than_was_made(world: World) -> Draft:
    produced = {"value": "1000000", "unit": "kilogram"}
    return taking(world, secret(world), producedAmount=produced)


def wrong_total(world: World) -> Draft:
    draft = honest(world)
    pcf = {**draft["credentialSubject"]["pcf"], "pcfExcludingBiogenicUptake": "9.00000000000"}
    return stating(draft, pcf=pcf)


def wrong_line(world: World) -> Draft:
    draft = honest(world)
    draft["credentialSubject"]["inventory"][0]["result"] = {"fossilGhgEmissions": "0.5"}
    return draft


def variant_of_anothers_pool(world: World) -> Draft:
    base = secret(world)
    rows = [
        {"variant": "GREEN1", "volume": "7", "value": "1.1"},
        {"volume": "70", "value": "1.14"},
    ]
    pool = world.publish(pool_draft(base, rows))
    said = {"reason": "energy-attributes", "code": "GREEN1", "pool": digest_text(pool.digest)}
    return world.product("secret", [gas("3")], issuer=RIVAL, variant=said)


def pool_of_anothers_number(world: World) -> Draft:
    return pool_draft(secret(world), [{"volume": "1", "value": "1"}])


def activity_of_anothers_process(world: World) -> Draft:
    """With a certificate: what an activity takes of it is what the record hides."""
    processes.with_registry(world)
    claimed = world.publish(processes.claim(world.publish(processes.retirement())))
    both = processes.process(processes.output("steel", "30"), processes.output("slag", "10"))
    given = processes.file("steel", both, [processes.contract("wind", "1000", claimed)])
    record = world.publish(processes.record_draft(given, wind=claimed))
    return processes.composed(given, furnace=record, wind=claimed)


def claim_of_another(world: World) -> Draft:
    draft = activity_of_anothers_process(world)
    line = dict(draft["credentialSubject"]["inventory"][0])
    del line["allocation"]
    return stating(world.product("mine", [gas("1")], issuer=RIVAL), inventory=[line])


def status_of_anothers(world: World) -> Draft:
    return world.about("StatusStatement", secret(world), state="withdrawn", reason="not mine")


SENT: dict[str, Callable[[World], Draft]] = {
    one.__name__: one
    for one in (
        honest, made_up_gases, made_up_spread, more_than_was_made, wrong_total, wrong_line,
        variant_of_anothers_pool, pool_of_anothers_number, activity_of_anothers_process,
        claim_of_another, status_of_anothers, columns.removes_more_than_is_stored,
        columns.captures_more_than_is_stored, columns.captures_more_than_is_generated,
        columns.credits_what_removes, columns.credits_too_much, columns.lines_that_vanish,
    )
} | {name: make for name, (_, make) in WRONG.items()} | MATERIALS  # fmt: skip

# What is wrong in these, only the disclosures that one ledger keeps could show; or nothing is.
ACCEPTED = {"honest", "made_up_gases", "made_up_spread", "more_than_was_made"}


def made(draft: Callable[[World], Draft], issuer: str = RIVAL) -> tuple[World, Statement]:
    """Return a world with the maker's statements, and the one that ``issuer`` sends."""
    world = World()
    world.admit(RIVAL, Role.SUPPLIER)
    world.chain.mine()
    return world, world.sign({**draft(world), "issuer": issuer})


def ledger(world: World, folder: Path, *, keep: bool) -> Ledger:
    """Return a ledger of all that the world published, with its disclosures kept or not."""
    folder.mkdir()
    store = Store.create(folder / "store.sqlite")
    log = Log(store, world.log_key, clock=lambda: float(NOW))
    with store.write() as tx:
        world.keep_keys(tx)
    for digest in world.indices:
        log.append([world.held[digest]], keep_disclosures=keep)
    trust = world.trust(world.sign(world.factor("any")))
    return Ledger(world, Home(store, log, world.chain, trust), log)


def answers(world: World, sent: Statement, folder: Path) -> list[tuple[int, str]]:
    """Return what a ledger that keeps all and one that keeps nothing answer."""
    found = []
    for keep in (True, False):
        opened = ledger(world, folder / str(keep), keep=keep)
        answer = post(opened.client(), sent.text)
        opened.home.store.close()
        found.append((answer.status_code, answer.text))
    return found


@pytest.mark.parametrize("name", SENT)
def test_an_answer_rests_on_nothing_that_is_kept(name: str, tmp_path: Path) -> None:
    kept, nothing = answers(*made(SENT[name]), tmp_path)
    assert kept == nothing
    assert (kept[0] == 201) == (name in ACCEPTED)
    assert kept[0] in {201, 403, 422}
    assert not [value for value in HIDDEN if value in kept[1]]


def test_whoever_holds_the_folder_is_answered_from_all_that_it_keeps(tmp_path: Path) -> None:
    for make, value in ((made_up_gases, METHANE), (made_up_spread, "1.2668")):
        world, sent = made(make)
        opened = ledger(world, tmp_path / make.__name__, keep=True)
        with pytest.raises(Refused, match="does not recompute") as caught:
            publish(opened.home, opened.log, [sent.text], keep_disclosures=True)
        assert value in str(caught.value)
        opened.home.store.close()


def test_what_was_sent_with_it_is_judged_and_shown(tmp_path: Path) -> None:
    world, sent = made(made_up_gases)
    opened = ledger(world, tmp_path / "one", keep=False)
    cited = next(one for one in world.held.values() if one.subject["role"] == "product")
    publish(opened.home, opened.log, [cited.text])
    with pytest.raises(Refused, match="gases does not recompute") as caught:
        publish(opened.home, opened.log, [cited.text, sent.text])
    assert METHANE in str(caught.value)
    opened.home.store.close()


def product_of_another_record(world: World) -> Draft:
    """A second record of a product, under another name of the process."""
    both = processes.process(processes.output("steel", "30"), processes.output("slag", "10"))
    given = processes.file("steel", both, [processes.gas()])
    first = processes.record_draft(given)
    world.publish(stating(first, process="secret line"))
    return first


def more_of_a_certificate(world: World) -> Draft:
    one, other = (
        processes.composed(
            processes.file(
                name,
                {"name": "Hall 1", "outputs": [processes.output(name, "1")]},
                [processes.contract("", taken, mwh="10")],
            )
        )
        for name, taken in (("a", "6000"), ("b", "5000"))
    )
    world.publish(one)
    return other


OWN = {name: WRONG[name][1] for name in ("less-than-its-share", "activity-left-out")} | {
    one.__name__: one for one in (product_of_another_record, more_of_a_certificate)
}


@pytest.mark.parametrize("name", OWN)
def test_an_issuers_own_hidden_record_counts_and_is_not_shown(name: str, tmp_path: Path) -> None:
    """Who relays a signed statement need not be its issuer: it learns that there is a fault."""
    world, sent = made(OWN[name], SUPPLIER)
    (status, text), (unseen, _) = answers(world, sent, tmp_path)
    assert (status, unseen) == (422, 201)
    refusal = json.loads(text)
    assert refusal["message"] == f"it contradicts what other statements of {SUPPLIER} hide"
    assert refusal["remedy"].startswith("rootprint publish")
    assert set(refusal) == {"code", "message", "remedy"}
