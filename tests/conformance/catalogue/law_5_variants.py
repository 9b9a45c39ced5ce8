"""Law 5, variants: a variant's number is its row of a pool, and the pool is the base number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from tests.conformance.casebook import Files, Scene, case, failed, verified
from tests.support.world import SUPPLIER, VALID
from tests.support.wrong import gas

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_CODE = "GREEN1"
_ROWS = (
    {"variant": _CODE, "volume": "30", "value": "1.00000"},
    {"variant": "BLUE22", "volume": "20", "value": "2.00000"},
    {"volume": "50", "value": "2.6"},
)


def _pool(of: Statement, rows: Any = _ROWS, **changes: Any) -> dict[str, Any]:
    subject = {
        "product": of.subject["productIds"][0],
        "base": digest_text(of.digest),
        "unit": "kilogram",
        "rows": [dict(row) for row in rows],
        **changes,
    }
    return {"type": "VariantPool", "issuer": SUPPLIER, **VALID, "credentialSubject": subject}


def _green(scene: Scene, pool: Statement, kilograms: str = "1", code: str = _CODE) -> Statement:
    said = {"reason": "energy-attributes", "code": code, "pool": digest_text(pool.digest)}
    return scene.part("part", [gas(kilograms)], variant=said)


def _parted(
    rows: Any = _ROWS, kilograms: str = "1", closed: tuple[int, ...] = (), **base: Any
) -> Files:
    """A variant of a pool of these rows, of a base number of two kilograms."""
    scene = Scene()
    pool = scene.publish(_pool(scene.part("part", [gas("2")], **base), rows))
    green = _green(scene, pool, kilograms)
    scene.anchor()
    if not closed:
        return scene.files(green)
    hidden = [rows[number]["value"] for number in closed]
    kept = {
        f"rows[{index}]"
        for index, row in pool.opened.items("rows").items()
        if row["value"] not in hidden
    }
    return scene.files(green, keep={pool.digest: kept | {"rowsShape"}})


@case(verified())
def a_variant_that_is_its_row_of_its_pool() -> Files:
    """Two variants and the remainder, weighted by volume, are the base number."""
    return _parted()


@case(verified())
def a_variant_whose_neighbours_are_hidden() -> Files:
    """Its own row is shown and right, the others are hidden: law 5 is not checkable."""
    return _parted(closed=(1, 2))


@case(verified())
def a_variant_whose_own_row_is_hidden() -> Files:
    """The pool hides the row of the variant: law 5 is not checkable."""
    return _parted(kilograms="0.9", closed=(0,))


@case(verified(notices=1))
def a_variant_of_a_shared_pool_that_names_none() -> Files:
    """A variant by mass balance names no pool: reported, and law 5 is not checkable."""
    scene = Scene()
    part = scene.part("part", variant={"reason": "mass-balance", "code": _CODE})
    scene.anchor()
    return scene.files(part)


@case(failed(5))
def a_pool_that_gives_more_than_it_has_fail() -> Files:
    """The remainder is said to be the base number, and a variant has less."""
    return _parted((*_ROWS[:2], {"volume": "50", "value": "2"}))


@case(failed(5))
def a_pool_without_a_remainder_fail() -> Files:
    """Only the variants stand in the pool."""
    return _parted(_ROWS[:2])


@case(failed(5))
def a_variant_that_stands_in_its_pool_twice_fail() -> Files:
    """Two rows of one code."""
    return _parted((_ROWS[0], *_ROWS))


@case(failed(5))
def a_pool_of_which_nothing_was_made_fail() -> Files:
    """All volumes are zero."""
    return _parted(tuple({**row, "volume": "0"} for row in _ROWS))


@case(failed(5))
def a_variant_that_is_not_its_row_fail() -> Files:
    """The pool gives it one kilogram, and it states 0.9."""
    return _parted(kilograms="0.9")


@case(failed(5))
def a_variant_that_is_not_its_row_beside_hidden_ones_fail() -> Files:
    """Its own row is shown and differs; the others are hidden."""
    return _parted(kilograms="0.9", closed=(1, 2))


@case(failed(5))
def a_variant_without_a_row_of_its_code_fail() -> Files:
    """The pool has other codes only."""
    return _parted(({**_ROWS[0], "variant": "OTHER1"}, *_ROWS[1:]))


@case(failed(5))
def a_pool_whose_base_is_a_variant_fail() -> Files:
    """What it parts is a part itself."""
    return _parted(variant={"reason": "site", "code": "SITE01"})


@case(failed(5))
def a_pool_of_another_product_than_its_base_fail() -> Files:
    """The pool names a product that its base is not of."""
    scene = Scene()
    base = scene.part("part", [gas("2")])
    pool = scene.publish(_pool(base, product="urn:example:other"))
    green = _green(scene, pool)
    scene.anchor()
    return scene.files(green)


@case(failed(5))
def a_pool_of_another_product_than_the_variant_fail() -> Files:
    """The pool and its base are of one product, the variant of another."""
    scene = Scene()
    pool = scene.publish(_pool(scene.part("part", [gas("2")])))
    said = {"reason": "energy-attributes", "code": _CODE, "pool": digest_text(pool.digest)}
    other = scene.part("other", [gas("1")], variant=said)
    scene.anchor()
    return scene.files(other)


@case(failed(5))
def a_pool_that_is_no_pool_fail() -> Files:
    """The variant names a footprint as its pool."""
    scene = Scene()
    green = _green(scene, scene.part("part", [gas("2")]))
    scene.anchor()
    return scene.files(green)


@case(failed(5))
def two_pools_of_one_base_fail() -> Files:
    """Each pool balances with a remainder of its own, so that the base is parted twice."""
    scene = Scene()
    base = scene.part("part", [gas("2")])
    pools = [scene.publish(_pool(base)) for _ in range(2)]
    greens = [_green(scene, pools[0]), _green(scene, pools[1], "2", "BLUE22")]
    module = scene.part("module", [scene.line(one, "1", "kilogram") for one in greens])
    scene.anchor()
    return scene.files(module)
