"""What an auditor's own tool lets it sign: laws that it checked, on a statement that keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.errors import NotFound, Refused
from rootprint.ledger.core.seal import redact
from rootprint.ledger.intake import assurable_laws
from tests.support.pools import pool_draft
from tests.support.wrong import WRONG, gas
from tests.support.wrong_materials import WRONG as MATERIALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.statement import Statement
    from tests.intake.place import Place
    from tests.support.world import World
    from tests.support.wrong import Draft

EVERY = [1, 2, 3, 4, 5, 6, 7, 8]


def laws(place: Place, statement: Statement, *asked: int) -> list[int]:
    return assurable_laws(place.home, statement.digest, asked=asked)


def kept(place: Place, statement: Statement, *places: str) -> Statement:
    """Log a statement with nothing of it kept but these places."""
    place.log.append([redact(statement, set(places))], keep_disclosures=True)
    return statement


@pytest.mark.parametrize("anchored", [True, False])
def test_all_is_open_and_all_of_it_holds(place: Place, anchored: bool) -> None:  # noqa: FBT001
    part = place.part()
    if anchored:
        place.anchor()
    assert laws(place, part) == EVERY


def test_what_is_asked_for_is_named_alone(place: Place) -> None:
    assert laws(place, place.part(), 7, 1) == [1, 7]


@pytest.mark.parametrize("law", [2, 4, 7, 8])
def test_what_is_hidden_from_the_auditor_is_not_named(place: Place, law: int) -> None:
    hidden = kept(place, place.signed(place.world.product("part", [gas()])))
    covered = laws(place, hidden)
    assert law not in covered
    assert 5 in covered
    with pytest.raises(Refused, match=f"law {law} of sha256:[0-9a-f]+ could not be checked"):
        laws(place, hidden, law)


def test_no_check_covers_law_9_yet(place: Place) -> None:
    with pytest.raises(Refused, match="law 9"):
        laws(place, place.part(), 9)


def logged_elsewhere(place: Place, build: Callable[[World], Draft]) -> Statement:
    """Log a statement as another operator may: with each of what the world has made, unjudged."""
    world = place.world
    wrong = world.sign(build(world))
    with place.home.store.write() as tx:
        world.keep_keys(tx)
    for held in [*world.held.values(), wrong]:
        place.log.append([held], keep_disclosures=True)
    return wrong


@pytest.mark.parametrize("name", WRONG)
def test_what_breaks_a_law_is_not_signed(place: Place, name: str) -> None:
    law, build = WRONG[name]
    wrong = logged_elsewhere(place, build)
    with pytest.raises(Refused) as caught:
        laws(place, wrong)
    assert f"check 7 inputs of sha256:{wrong.digest.hex()} fails: law {law}: " in str(caught.value)
    assert "conclude adversely" in caught.value.remedy


@pytest.mark.parametrize("name", MATERIALS)
def test_a_material_whose_lines_are_apart_is_not_signed(place: Place, name: str) -> None:
    wrong = logged_elsewhere(place, MATERIALS[name])
    with pytest.raises(Refused) as caught:
        laws(place, wrong)
    assert "check 8 arithmetic of sha256:" in str(caught.value)
    assert "fails: law 1: " in str(caught.value)
    assert "material PET" in str(caught.value)


@pytest.mark.parametrize("name", WRONG)
def test_hidden_from_its_auditor_the_law_is_not_named(place: Place, name: str) -> None:
    """So no assurance of it stands in for the law that it breaks."""
    law, build = WRONG[name]
    world = place.world
    wrong = world.sign(build(world))
    for held in world.held.values():
        place.log.append([held], keep_disclosures=True)
    place.log.append([wrong])
    assert law not in laws(place, wrong)


def test_only_a_footprint_of_this_ledger(place: Place) -> None:
    part = place.part()
    assurance = place.published(place.world.assurance(part))
    with pytest.raises(Refused, match="only a footprint"):
        laws(place, assurance)
    with pytest.raises(NotFound):
        laws(place, place.world.sign(place.world.factor("elsewhere")))


def test_law_5_of_a_variant_needs_its_pool(place: Place) -> None:
    """Its auditor, who sees every row here, can name law 5; of what names no pool none can."""
    said = {"reason": "mass-balance", "code": "GREEN1"}
    alone = place.signed(place.world.product("part", [gas()], variant=said))
    place.log.append([alone])
    made = {"producedAmount": {"value": "100", "unit": "kilogram"}}
    whole = place.published(place.world.product("sheet", [gas()], **made))
    rows = [{"variant": "GREEN1", "volume": "100", "value": "1.00000"},
            {"volume": "0", "value": "0"}]  # fmt: skip
    pooled = {**said, "pool": digest_text(place.published(pool_draft(whole, rows)).digest)}
    green = place.published(place.world.product("sheet", [gas()], variant=pooled, **made))
    place.anchor()
    assert 5 not in laws(place, alone)
    assert 5 in laws(place, green)
