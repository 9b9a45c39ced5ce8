"""Law 5, variants: a variant's number is its row of a pool, and the pool is the base number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rootprint.ledger.core.encoding import digest_text
from rootprint.ledger.core.seal import places
from tests.conformance.casebook import Files, Scene, case, failed, incomplete, verified
from tests.support.pools import pool_draft
from tests.support.wrong import gas
from tests.support.wrong_columns import flow, stored

if TYPE_CHECKING:
    from rootprint.ledger.core.statement import Statement

_CODE = "GREEN1"
_MADE = {"value": "100", "unit": "kilogram"}
_ROWS = (
    {"variant": _CODE, "volume": "30", "value": "1.00000"},
    {"variant": "BLUE22", "volume": "20", "value": "2.00000"},
    {"volume": "50", "value": "2.6"},
)
_MONTH = {
    "referencePeriodStart": "2025-01-01T00:00:00Z",
    "referencePeriodEnd": "2025-02-01T00:00:00Z",
}
# Nothing is left: all is sold as one variant or the other.
_SOLD = (
    {"variant": _CODE, "volume": "30", "value": "1.00000"},
    {"variant": "GREY01", "volume": "70", "value": "2.42857"},
    {"volume": "0", "value": "0"},
)


def _base(scene: Scene, kilograms: str = "2", **changes: Any) -> Statement:
    return scene.part("part", [gas(kilograms)], **{"producedAmount": _MADE, **changes})


def _green(
    scene: Scene, pool: Statement, kilograms: str = "1", code: str = _CODE, **changes: Any
) -> Statement:
    said = {"reason": "energy-attributes", "code": code, "pool": digest_text(pool.digest)}
    volumes = {row.get("variant"): row["volume"] for row in pool.opened.items("rows").values()}
    made = {"value": volumes.get(code, "30"), "unit": pool.subject.get("unit", "kilogram")}
    return scene.part(
        "part", [gas(kilograms)], **{"variant": said, "producedAmount": made, **changes}
    )


@dataclass(frozen=True)
class _Shown:
    """What of a variant, its pool and its base stays closed, and who saw it."""

    rows: tuple[int, ...] = ()
    base: bool = False
    own: bool = False
    laws: tuple[int, ...] = ()
    missing: bool = False


_ALL_SHOWN = _Shown()


def _parted(
    rows: Any = _ROWS,
    kilograms: str = "1",
    shown: _Shown = _ALL_SHOWN,
    base: Any = None,
    pool: Any = None,
    **variant: Any,
) -> Files:
    """A variant of a pool of these rows, of a base number of two kilograms."""
    scene = Scene()
    whole = _base(scene, **(base or {}))
    parted = scene.publish(pool_draft(whole, rows, **(pool or {})))
    green = _green(scene, parted, kilograms, **variant)
    if shown.laws:
        scene.publish(scene.assurance(green, laws=list(shown.laws)))
    scene.anchor()
    keep = {}
    if shown.rows:
        closed = [rows[number]["value"] for number in shown.rows]
        opened = parted.opened.items("rows")
        keep[parted.digest] = {"rowsShape[0]"} | {
            f"rows[{index}]" for index, row in opened.items() if row["value"] not in closed
        }
    for hides, one in ((shown.base, whole), (shown.own, green)):
        if hides:
            keep[one.digest] = places(one) - {"producedAmount[0]"}
    if shown.missing:
        del scene.held[parted.digest]
    return scene.files(green, keep=keep)


def _removed(value: str) -> Files:
    """A variant of a base of 100 kilograms emitted and 99 removed; nothing is left of the pool."""
    scene = Scene()
    lines = [gas("100"), flow("CO2_technological_removal", "99", removal=stored("99"))]
    base = scene.part("part", lines, producedAmount=_MADE)
    pool = scene.publish(pool_draft(base, (_SOLD[0], {**_SOLD[1], "value": value}, _SOLD[2])))
    green = _green(scene, pool)
    scene.anchor()
    return scene.files(green)


@case(verified())
def a_variant_that_is_its_row_of_its_pool() -> Files:
    """Two variants and the remainder, weighted by volume, are the base number."""
    return _parted()


@case(incomplete(5))
def a_variant_whose_neighbours_are_hidden_fail() -> Files:
    """Its own row is shown and right, the others are hidden, and nobody independent saw them."""
    return _parted(shown=_Shown(rows=(1, 2)))


@case(incomplete(5))
def a_variant_whose_own_row_is_hidden_fail() -> Files:
    """The pool hides the row of the variant."""
    return _parted(kilograms="0.9", shown=_Shown(rows=(0,)))


@case(verified())
def a_variant_whose_auditor_saw_its_neighbours() -> Files:
    """The other rows are hidden, and an auditor who names law 5 stands in."""
    return _parted(shown=_Shown(rows=(1, 2), laws=(1, 2, 3, 4, 5, 6, 7, 8)))


@case(incomplete(5))
def a_variant_whose_auditor_does_not_name_law_5_fail() -> Files:
    """The other rows are hidden, and an auditor saw all but them."""
    return _parted(shown=_Shown(rows=(1, 2), laws=(1, 2, 3, 4, 6, 7, 8)))


@case(incomplete(5))
def a_variant_whose_pool_is_missing_fail() -> Files:
    """The file leaves the pool out."""
    return _parted(shown=_Shown(missing=True))


@case(incomplete(5))
def an_assured_variant_whose_pool_is_missing_fail() -> Files:
    """The file leaves the pool out, and an auditor stands in for what is hidden alone."""
    return _parted(shown=_Shown(missing=True, laws=(1, 2, 3, 4, 5, 6, 7, 8)))


@case(incomplete(5))
def a_variant_of_a_shared_pool_that_names_none_fail() -> Files:
    """A variant by mass balance names no pool, so that nothing shows what it takes from others."""
    scene = Scene()
    part = scene.part("part", variant={"reason": "mass-balance", "code": _CODE})
    scene.anchor()
    return scene.files(part)


@case(verified())
def a_variant_of_a_site_that_names_no_pool() -> Files:
    """A site takes from no other variant, so it needs no pool."""
    scene = Scene()
    part = scene.part("part", variant={"reason": "site", "code": "SITE01"})
    scene.anchor()
    return scene.files(part)


@case(failed(5))
def a_variant_of_which_more_was_made_than_its_row_has_fail() -> Files:
    """Its row has 30 kilograms, and it states that 31 were produced."""
    return _parted(producedAmount={"value": "31", "unit": "kilogram"})


@case(failed(5))
def a_variant_that_does_not_state_how_much_was_made_fail() -> Files:
    """Its row has a volume, and the statement no produced amount."""
    scene = Scene()
    pool = scene.publish(pool_draft(_base(scene), _ROWS))
    said = {"reason": "energy-attributes", "code": _CODE, "pool": digest_text(pool.digest)}
    green = scene.part("part", [gas("1")], variant=said)
    scene.anchor()
    return scene.files(green)


@case(incomplete(5))
def a_variant_that_hides_how_much_was_made_fail() -> Files:
    """Its row shows a volume, and the statement hides its produced amount."""
    return _parted(shown=_Shown(own=True))


@case(failed(5))
def a_pool_of_more_than_was_made_fail() -> Files:
    """The volumes are a hundred kilograms, and ninety were produced under the base number."""
    return _parted(base={"producedAmount": {"value": "90", "unit": "kilogram"}})


@case(failed(5))
def a_pool_whose_base_does_not_state_how_much_was_made_fail() -> Files:
    """The remainder's volume rests on nothing."""
    scene = Scene()
    pool = scene.publish(pool_draft(scene.part("part", [gas("2")]), _ROWS))
    green = _green(scene, pool)
    scene.anchor()
    return scene.files(green)


@case(incomplete(5))
def a_pool_whose_base_hides_how_much_was_made_fail() -> Files:
    """All rows are shown, and the base hides its produced amount."""
    return _parted(shown=_Shown(base=True))


@case(verified())
def a_pool_in_another_unit_than_was_made() -> Files:
    """Volumes in tonnes, produced amounts in kilograms."""
    rows = tuple({**row, "volume": f"0.0{row['volume'][0]}"} for row in _ROWS)
    return _parted(rows, pool={"unit": "tonne"}, producedAmount={"value": "30", "unit": "kilogram"})


@case(failed(5))
def a_pool_in_a_unit_of_another_kind_fail() -> Files:
    """Volumes in pieces, and the base is counted by kilogram."""
    return _parted(pool={"unit": "piece"}, producedAmount={"value": "30", "unit": "kilogram"})


@case(failed(5))
def a_variant_of_another_period_than_its_base_fail() -> Files:
    """The base is of a year, and the variant of its first month."""
    return _parted(pcf=_MONTH)


@case(failed(5))
def a_variant_to_the_grave_of_a_base_to_the_gate_fail() -> Files:
    """The base ends at the gate, and the variant's boundary is cradle-to-grave."""
    return _parted(boundary="cradle-to-grave")


@case(failed(5))
def a_pool_that_gives_more_than_it_has_fail() -> Files:
    """The remainder is said to be the base number, and a variant has less."""
    return _parted((*_ROWS[:2], {"volume": "50", "value": "2"}))


@case(failed(5))
def a_remainder_off_by_its_last_digit_fail() -> Files:
    """The variants leave 2.6 kilograms, and the remainder is said to be a trifle less."""
    return _parted((*_ROWS[:2], {"volume": "50", "value": "2.5999999999"}))


@case(failed(5))
def a_remainder_within_the_digits_of_its_base_fail() -> Files:
    """The base is stated in whole kilograms, half of which would hide what the variant has less."""
    scene = Scene()
    rows = ({"variant": _CODE, "volume": "30", "value": "199999"},
            {"volume": "70", "value": "200000"})  # fmt: skip
    green = _green(scene, scene.publish(pool_draft(_base(scene, "200000"), rows)), "199999")
    scene.anchor()
    return scene.files(green)


@case(verified())
def a_remainder_whose_digits_never_end() -> Files:
    """The variant leaves 170/70 kilograms: fifteen digits of it stand in the pool."""
    return _parted((_ROWS[0], {"volume": "70", "value": "2.42857142857143"}))


@case(failed(5))
def a_remainder_rounded_to_fewer_digits_fail() -> Files:
    """The variant leaves 170/70 kilograms, and the pool says 2.42857."""
    return _parted((_ROWS[0], {"volume": "70", "value": "2.42857"}))


@case(verified())
def a_pool_of_which_nothing_is_left() -> Files:
    """Two variants are all that was made, and come to the base number but for rounding."""
    return _parted(_SOLD)


@case(failed(5))
def a_pool_of_which_nothing_is_left_beyond_rounding_fail() -> Files:
    """Two variants are all that was made, and come to more than a thousandth less than it."""
    return _parted((_SOLD[0], {**_SOLD[1], "value": "2.42571"}, _SOLD[2]))


@case(verified())
def a_pool_of_a_base_of_which_much_is_removed() -> Files:
    """What rounding may do is a thousandth of the gross, which is a hundred times the net."""
    return _removed("0.86")


@case(failed(5))
def a_pool_of_a_base_of_which_much_is_removed_beyond_rounding_fail() -> Files:
    """The variants differ from a small net by more than a thousandth of the gross."""
    return _removed("0.85")


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
    return _parted(tuple({**row, "volume": "0"} for row in _ROWS), producedAmount=_MADE)


@case(failed(5))
def a_variant_that_is_not_its_row_fail() -> Files:
    """The pool gives it one kilogram, and it states 0.9."""
    return _parted(kilograms="0.9")


@case(failed(5))
def a_variant_that_is_not_its_row_beside_hidden_ones_fail() -> Files:
    """Its own row is shown and differs; the others are hidden."""
    return _parted(kilograms="0.9", shown=_Shown(rows=(1, 2)))


@case(failed(5))
def a_variant_without_a_row_of_its_code_fail() -> Files:
    """The pool has other codes only."""
    return _parted(({**_ROWS[0], "variant": "OTHER1"}, *_ROWS[1:]))


@case(failed(5))
def a_pool_whose_base_is_a_variant_fail() -> Files:
    """What it parts is a part itself."""
    return _parted(base={"variant": {"reason": "site", "code": "SITE01"}})


@case(failed(5))
def a_pool_of_another_product_than_its_base_fail() -> Files:
    """The pool names a product that its base is not of."""
    scene = Scene()
    pool = scene.publish(pool_draft(_base(scene), _ROWS, product="urn:example:other"))
    green = _green(scene, pool)
    scene.anchor()
    return scene.files(green)


@case(failed(5))
def a_pool_of_another_product_than_the_variant_fail() -> Files:
    """The pool and its base are of one product, the variant of another."""
    scene = Scene()
    pool = scene.publish(pool_draft(_base(scene), _ROWS))
    said = {"reason": "energy-attributes", "code": _CODE, "pool": digest_text(pool.digest)}
    other = scene.part("other", [gas("1")], variant=said, producedAmount=_MADE)
    scene.anchor()
    return scene.files(other)


@case(failed(5))
def a_pool_that_is_no_pool_fail() -> Files:
    """The variant names a footprint as its pool."""
    scene = Scene()
    green = _green(scene, _base(scene))
    scene.anchor()
    return scene.files(green)


@case(failed(5))
def two_pools_of_one_base_fail() -> Files:
    """Each pool balances with a remainder of its own, so that the base is parted twice."""
    scene = Scene()
    base = _base(scene)
    pools = [scene.publish(pool_draft(base, _ROWS)) for _ in range(2)]
    greens = [_green(scene, pools[0]), _green(scene, pools[1], "2", "BLUE22")]
    module = scene.part("module", [scene.line(one, "1", "kilogram") for one in greens])
    scene.anchor()
    return scene.files(module)
