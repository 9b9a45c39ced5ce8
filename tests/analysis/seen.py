"""What a walk read, for tests that look at more than its report; and views that must add up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rootprint.ledger.analysis import Limits, contributions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rootprint.ledger.core.statement import Statement
    from rootprint.ledger.verify import Judged, Report
    from tests.support.world import World


class Seen:
    """A walk of a subject with some disclosures kept back, and what it read."""

    def __init__(
        self, world: World, subject: Statement, keep: Mapping[bytes, set[str]] | None = None
    ) -> None:
        found: list[Judged] = []
        evidence = world.evidence(subject, keep)
        self.report: Report = world.verifier(subject).verify(evidence, looked=found.append)
        [self.judged] = found
        self.subject, self.nodes = self.judged.subject, self.judged.nodes
        self.context = self.judged.context

    def view(self, **limits: Any) -> dict[str, Any]:
        """The contribution view of it."""
        return contributions(self.judged, Limits(**limits))


def rows(view: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [view["tree"]]
    while waiting:
        row = waiting.pop()
        yield row
        waiting.extend(row.get("children", ()))


def adds_up(view: dict[str, Any]) -> dict[str, Any]:
    """Every row is its children and its rest, every grouping the total: digit for digit."""
    for column, total in (("kgCO2e", view["total"]["kgCO2e"]), ("percent", "100.00")):
        assert view["tree"][column] == total
        assert Decimal(view["shown"][column]) + Decimal(view["rest"][column]) == Decimal(total)
        for row in rows(view):
            if "rest" in row:
                below = [Decimal(part[column]) for part in (*row["children"], row["rest"])]
                assert sum(below) == Decimal(row[column])
        for grouping, groups in view["by"].items():
            assert sum(Decimal(group[column]) for group in groups) == Decimal(total), grouping
    signed = Decimal(view["total"]["signed"])
    assert Decimal(view["total"]["kgCO2e"]) == round(signed, 11 - signed.adjusted())
    assert sum(map(Decimal, view["verification"].values())) == Decimal("100.00")
    assert len(list(rows(view))) <= view["limits"]["nodes"]
    return view


def by(view: dict[str, Any], grouping: str) -> dict[str, str]:
    return {group["name"]: group["kgCO2e"] for group in view["by"][grouping]}
