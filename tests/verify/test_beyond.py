"""Numbers beyond what can be computed fail check 0; a mistake in the program decides nothing."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation, Overflow
from typing import TYPE_CHECKING, Any

import pytest

from rootprint.ledger.verify import conclude
from rootprint.ledger.verify.checks import arithmetic
from tests.project.pyproject import ROOT
from tests.support.world import World
from tests.verify.chains import published

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.verify.chains import Chain


def too_large_for_a_double() -> object:
    return float(10**400)


def too_long_for_a_decimal() -> object:
    return Context(prec=3, traps=[InvalidOperation]).quantize(Decimal(10**9), Decimal("0.1"))


def too_large_for_a_decimal() -> object:
    return Context(Emax=9, traps=[Overflow]).multiply(Decimal(10**9), Decimal(10**9))


def too_deep() -> object:
    return too_deep()


@pytest.mark.parametrize(
    "computed",
    [too_large_for_a_double, too_long_for_a_decimal, too_large_for_a_decimal, too_deep],
    ids=lambda computed: computed.__name__,
)
def test_numbers_beyond_the_languages_fail_check_0(
    assured: Chain, monkeypatch: pytest.MonkeyPatch, computed: Callable[[], object]
) -> None:
    world, evidence = assured.world, assured.world.evidence(assured.module)
    monkeypatch.setattr(arithmetic, "check", lambda *_: computed())
    report = world.verifier(assured.module).verify(evidence)
    assert report.verdict == "failed"
    assert report.file_check.reason.startswith("its numbers are beyond what can be computed: ")


@pytest.mark.parametrize("mistake", [ValueError, ZeroDivisionError, KeyError, TypeError])
@pytest.mark.parametrize("where", ["judging", "concluding"])
def test_a_mistake_of_the_program_is_no_verdict(
    assured: Chain, monkeypatch: pytest.MonkeyPatch, mistake: type[Exception], where: str
) -> None:
    """Of a signed number it says nothing, so it neither fails nor passes: exit code 70."""

    def wrong(*_: object) -> None:
        raise mistake("a slip")

    world, evidence = assured.world, assured.world.evidence(assured.module)
    if where == "judging":
        monkeypatch.setattr(arithmetic, "check", wrong)
    else:
        monkeypatch.setattr(conclude, "coverage", wrong)
    with pytest.raises(mistake, match="a slip"):
        world.verifier(assured.module).verify(evidence)


def _metered(value: str, gsd: str = "1.1", **more: Any) -> dict[str, Any]:
    spread = {
        "distribution": "lognormal",
        "statedValue": value,
        "geometricStandardDeviation": gsd,
        "group": f"meter of GSD {gsd}",
    }
    return published(value, uncertainty=spread, **more)


def test_a_group_that_cancels_has_no_variance_below_0() -> None:
    """The lines of a meter and the credits by it come to 0; rounded they came to less."""
    world, credit = World(), {"method": "substitution"}
    lines = [_metered(value) for value in ("7.746", "9.745", "6.351", "6.995", "6.472")]
    lines += [_metered(value, allocation=credit) for value in ("29.139", "8.17")]
    lines.append(_metered("1", "1"))
    module = world.publish(world.product("module", lines))
    world.anchor()
    report = world.verifier(module).verify(world.evidence(module))
    assert report.statements[0].checks[8].state == "passed"
    assert module.opened.single("uncertainty") == {
        "distribution": "normal",
        "statedValue": "1.0000",
        "interval": {"lower": "0.9999", "upper": "1.0001", "percent": "95"},
    }


def test_javascript_throws_what_it_catches_for_no_mistake_of_its_own() -> None:
    """An engine says with a RangeError what is too large for it; so does only what is no double."""
    folder = ROOT / "api" / "web" / "verifier"
    found = [path for path in folder.rglob("*.js") if "new RangeError(" in path.read_text("utf-8")]
    assert found == [folder / "core" / "float.js"]
