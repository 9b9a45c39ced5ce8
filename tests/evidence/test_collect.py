"""Collecting: the walk's own reading makes the file, and redaction only ever takes away."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

import pytest

from rootprint.ledger.core.encoding import b64url_bytes
from rootprint.ledger.core.errors import Refused
from rootprint.ledger.core.sdjwt import split
from rootprint.ledger.core.seal import redact
from rootprint.ledger.core.statement import Statement, parse_statement
from rootprint.ledger.evidence import Evidence, Recording, Redacting, read
from rootprint.ledger.verify import Context, block_asked, passed, walk
from tests.support.evidence_file import raw_lines
from tests.verify.chains import chained

if TYPE_CHECKING:
    from tests.support.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return chained().world


def _named(world: World, name: str) -> Statement:
    return next(
        held
        for held in world.held.values()
        if held.subject.get("productIds") == [f"urn:example:{name}"]
    )


def test_a_file_holds_what_the_walk_looks_at_and_nothing_else(world: World) -> None:
    spare = world.publish(world.factor("spare"))
    found = read(world.evidence(_named(world, "module")))
    assert spare.digest not in found.statements
    assert len(found.statements) == 4  # module, part, fuel and the part's assurance
    assert len(found.keys) == len(found.records) == 3
    assert set(found.places) == set(found.statements)


def test_the_fuel_of_a_hidden_recipe_stays_at_home(world: World) -> None:
    part, fuel = _named(world, "part"), _named(world, "fuel")
    found = read(world.evidence(_named(world, "module"), {part.digest: set()}))
    assert fuel.digest not in found.statements
    assert part.digest in found.statements


@pytest.mark.parametrize("count", range(4))
def test_redaction_forwards_fewer_disclosures_and_never_others(world: World, count: int) -> None:
    part = _named(world, "part")
    names = ("inventory", "inventoryShape", "cells")
    for keep in combinations(names, count):
        text = Redacting(world, {part.digest: set(keep)}).statement(part.digest)
        assert text is not None
        shown = parse_statement(text)
        places = {name for name, _ in shown.sources}
        assert shown.digest == part.digest
        assert places == set(keep)
        assert set(shown.disclosures) <= set(part.disclosures)


def test_one_line_can_be_shown_alone(world: World) -> None:
    part = _named(world, "part")
    for index in part.opened.lines:
        text = Redacting(world, {part.digest: {f"inventory[{index}]"}}).statement(part.digest)
        assert text is not None
        assert list(parse_statement(text).opened.lines) == [index]


def test_what_was_left_out_can_not_be_put_back_by_redacting_less(world: World) -> None:
    part = _named(world, "part")
    bare = redact(part, set())
    again = redact(bare, {"inventory", "inventoryShape", "cells"})
    assert (bare.disclosures, again.disclosures) == ((), ())


def test_only_the_statements_named_are_redacted(world: World) -> None:
    module, part = _named(world, "module"), _named(world, "part")
    sources = Redacting(world, {part.digest: set()})
    assert sources.statement(module.digest) == module.text
    assert sources.statement(b"\x00" * 32) is None
    assert sources.key(part.kid) == world.key(part.kid)
    assert list(sources.concerning(part.digest)) == world.concerning(part.digest)


def test_a_disclosure_that_opens_nothing_is_never_forwarded(world: World) -> None:
    part, module = _named(world, "part"), _named(world, "module")
    mixed = Statement.of(part.envelope, (*part.disclosures, module.disclosures[0]))
    with pytest.raises(Refused, match="opens no placeholder"):
        redact(mixed, {"inventory"})


def test_evidence_counts_what_was_asked_for(world: World) -> None:
    """A key, a record or a statement that was not asked for is named."""
    module = _named(world, "module")
    whole = read(world.evidence(module))
    assert whole.unneeded() is not None  # it was not walked yet
    trust, chain, now = world.trust(module), world.chain, world.now
    context = Context(trust, chain, whole, block_asked(chain, trust, now), now)
    walk(module.digest, context, passed(0))
    assert whole.unneeded() is None
    for held in (whole.statements, whole.keys, whole.records):
        kind = type(next(iter(held)))
        spare = "spare" if kind is str else b"\x01" * 32
        held[spare] = next(iter(held.values()))  # type: ignore[index]
        answer = whole.unneeded()
        assert answer is not None
        assert "nothing on the walk needs" in answer
        del held[spare]  # type: ignore[arg-type]


def test_recording_keeps_only_what_was_found(world: World) -> None:
    recording = Recording(world, b"\x00" * 32)
    assert recording.statement(b"\x00" * 32) is None
    assert recording.place(b"\x00" * 32) is None
    assert recording.key("nobody") is None
    assert recording.record("did:web:nobody.example", b"\x00" * 32) is None
    assert recording.evidence == Evidence(b"\x00" * 32)


def test_no_hidden_value_stands_in_the_file(world: World) -> None:
    """The salted digests are there, the values and salts are not."""
    part = _named(world, "part")
    data = world.evidence(_named(world, "module"), {part.digest: set()})
    hidden = set(chain.from_iterable(split(part.text)[1:]))
    assert hidden
    content = b"\n".join(raw_lines(data))
    values = [b64url_bytes(encoded, what="disclosure")[1:-1] for encoded in hidden]
    assert not [value for value in values if value in content or value[:24] in content]
