"""Rows that are sums or averages of others, known by what they are called and by their numbers.

Lines are added up when they are composed: a sum that is read as a line doubles a footprint. People
write ``合  计`` with blanks between, ``2025年合计`` or ``一季度小计``, and leave a label away; so
a row is judged by its label and by whether its numbers are the sums of those above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rootprint.ledger.intake.inventory.table import Cell

_NUMBER: Final = re.compile(r"-?[0-9]{1,34}(?:\.[0-9]{1,34})?", re.ASCII)
_BETWEEN: Final = re.compile(r"[\s\u200b-\u200d\u2060\ufeff_-]+")
_AFTER: Final = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\]|[:%.,;])\Z")  # 合计（吨）, 合计：
_CHINESE: Final = (
    "合计|总计|小计|共计|累计|总和|汇总|合計|總計|小計|共計|累計|總和|平均|平均值|均值"
)
_WORDS: Final = frozenset(
    {"total", "totals", "sum", "subtotal", "subtotals", "grandtotal", "totalsum", "overall"}
    | {"average", "mean", "avg", "summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt"}
    | {"durchschnitt", "mittelwert", "somme", "totalgénéral", "moyenne", "σ", "∑"}
    | {*_CHINESE.split("|"), "计", "全年", "年度", "年计", "月计", "累积", "月均", "年均", "日均"}
    | {"全年总用量", "全年用量", "全年用电量", "全年总量", "总用量", "年总用量", "本年"}
    | {"上年同期", "去年同期", "同期", "同比", "环比", "同比增长", "环比增长", "同比增长率"}
    | {"环比增长率", "合计数", "总合计", "合计值"}
)
_NAMED: Final = re.compile(
    rf".*(?:{_CHINESE})"
    r"|(?:.*[\s-])?(?:(?:grand[\s-]?|sub[\s-]?)?totals?|average|summe|zwischensumme|insgesamt)"
    r"|(?:grand[\s-]?|sub[\s-]?)?totals?\s+[0-9]{4}",
    re.DOTALL,
)
_SIGNATURE: Final = re.compile(
    r"(?:填表|填报|制表|编制|审核|复核|审批|批准|核准|负责|经办|统计|记录|校对|联系)(?:人|人员|者|负责人)?"
    r"(?:签字|签名|\(签字\)|\(签名\)|\(盖章\))?(?::.*)?\Z"
    r"|(?:制表|填表|填报|编制|审核|统计)(?:日期|时间|单位|部门)(?::.*)?\Z"
    r"|(?:prepared|checked|reviewed|approved|filledin|signed)by(?::.*)?\Z"
    r"|(?:erstellt|geprüft|freigegeben)von(?::.*)?\Z"
)
_FEWEST: Final = 2  # rows that a sum has above it
_EXACT: Final = Decimal("1e-9")  # as a share of the sum: what binary numbers leave of a decimal
IS_SUM: Final = "is a sum or an average: lines are added up when they are composed"


def is_sum(text: str) -> bool:
    """Tell whether a cell says by itself that its row is a sum or an average of others.

    >>> is_sum("合  计"), is_sum("合计（吨）"), is_sum("Sub-total:"), is_sum("电力合计")
    (True, True, True, False)
    """
    return _BETWEEN.sub("", _bare(text)) in _WORDS


def is_called_sum(text: str) -> bool:
    """Tell whether a label says so of something: ``一季度小计``, ``Annual total``.

    >>> is_called_sum("2025年合 计"), is_called_sum("合计器")
    (True, False)
    """
    bare = _bare(text)
    return is_sum(text) or any(_NAMED.fullmatch(one) for one in (bare, _BETWEEN.sub("", bare)))


def is_signature(text: str) -> bool:
    """Tell whether a cell says who filled in or checked a table.

    >>> is_signature("填表人：张三"), is_signature("审核"), is_signature("制造")
    (True, True, False)
    """
    return _SIGNATURE.match(_BETWEEN.sub("", normalize("NFKC", text[:64]).casefold())) is not None


def amount_of(cell: Cell) -> Decimal | None:
    """Return the number that a cell holds, None where it holds another thing."""
    text = cell.text.replace(",", "") if "." in cell.text else cell.text
    return Decimal(text) if cell.wrong is None and _NUMBER.fullmatch(text) else None


def _bare(text: str) -> str:
    bare = normalize("NFKC", text[:64]).casefold().strip()
    while bare != (bare := _AFTER.sub("", bare).strip()):
        pass
    return bare


@dataclass(frozen=True, slots=True)
class SumLike:
    """What makes a row look like a sum of others.

    A cell of it says so by ``itself``; it is ``called`` so by itself or by its label; its numbers
    are the sums of ``rows``, as ``rows 3 to 14``.
    """

    itself: bool
    called: bool
    rows: str | None

    @property
    def what(self) -> str:
        """What is wrong with it where it stands among lines."""
        if self.rows is None:
            return IS_SUM
        return f"is the sum of {self.rows}: lines are added up when they are composed"


@dataclass(slots=True)
class _Added:
    """Numbers of a column added up: how many are not zero, and in which rows they stand."""

    total: Decimal = Decimal()
    count: int = 0
    first: int = 0
    last: int = 0


_Sums = dict[tuple[str, str | None], _Added]  # by column and unit; None: of every unit


@dataclass
class Running:
    """The numbers of the rows read so far, added up by column, and by column and unit.

    A sum may be that of all lines so far, or of those since the last sum. Rows count as a person
    counts them.
    """

    _all: _Sums = field(default_factory=dict)
    _since: _Sums = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether any line was taken."""
        return bool(self._all)

    def like(
        self,
        texts: Iterable[str],
        labels: Iterable[str],
        numbers: Mapping[str, Decimal],
        unit: str | None = None,
    ) -> SumLike:
        """Return what makes a row look like a sum: by its ``texts``, its labels or its numbers."""
        itself = any(map(is_sum, texts))
        called = itself or any(map(is_called_sum, labels))
        return SumLike(itself, called, self.sum_of(numbers, unit))

    def sum_of(self, numbers: Mapping[str, Decimal], unit: str | None = None) -> str | None:
        """Return which rows all numbers of a row are the sums of, as ``rows 3 to 14``, or None.

        ``numbers`` are by column. Those of a ``unit`` are compared with others of that unit alone.
        """
        held = {(name, unit or None): number for name, number in numbers.items() if number}
        for added in (self._all, self._since) if held else ():
            ranges = [added[name] for name, number in held.items()
                      if name in added and _is_total(added[name], number)]  # fmt: skip
            if len(ranges) == len(held):
                first = min(one.first for one in ranges)
                return f"rows {first} to {max(one.last for one in ranges)}"
        return None

    def take(self, row: int, numbers: Mapping[str, Decimal], unit: str | None = None) -> None:
        """Take a line's numbers, by column."""
        for added in (self._all, self._since):
            for name, number in numbers.items():
                for of in {None, unit or None}:
                    one = added.setdefault((name, of), _Added(first=row))
                    one.total, one.last = one.total + number, row
                    one.count += number != 0

    def take_sum(self) -> None:
        """Begin anew: a subtotal that follows is of what comes after."""
        self._since = {}


def _is_total(added: _Added, number: Decimal) -> bool:
    return added.count >= _FEWEST and abs(added.total - number) <= abs(number) * _EXACT
