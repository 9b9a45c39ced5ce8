"""The words of the CPCD table, in ours."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from rootprint.ledger.factors.drafting import Source
from rootprint.ledger.factors.releases import Release

_LICENCE: Final = (
    "not stated in the table; whoever publishes a factor of it asks the database first"
)
_TITLE: Final = "China Products Carbon Footprint Factors Database (CPCD), core table"
# The table states no release: a copy is known by its bytes, or its reader names it.
BASE: Final = Source("cpcd-core", _TITLE, _LICENCE)
RELEASES: Final = (
    Release(
        Source("cpcd-core-539", f"{_TITLE}, copy of 539 rows with data of 2016 to 2025", _LICENCE),
        "",
        ("sha256:f95cbee5b0fab4a9fac53a5247b43f9bbcffea696f013f61cdf5f9d9a4a8b90b",),
    ),
)
BOUNDARIES: Final = {
    "摇篮到大门": "cradle-to-gate",
    "摇篮到坟墓": "cradle-to-grave",
    "大门到大门": "gate-to-gate",
    "大门到坟墓": "gate-to-grave",
}
KILOGRAMS: Final = {"kg": Decimal(1), "t": Decimal("1E3"), "g": Decimal("1E-3")}

# Measure words count what the row names: one of it is a piece.
_PIECES: Final = (*("个", "件", "台", "片", "辆", "颗", "包", "瓶", "部", "卷", "条", "盒", "盘"),)
# Not here: 万元人民币, of no year; 人·月, 年 and 公顷·年, of no exact length; 晚 and 人·次, for the
# table does not say of what.
UNITS: Final = {
    "千克": "kilogram",
    "公吨": "tonne",
    "千瓦时": "kilowatt hour",
    "兆瓦时": "megawatt hour",
    "吉焦": "gigajoule",
    "兆焦": "megajoule",
    "kJ": "kilojoule",
    "公吨·公里": "ton kilometer",
    "人·千米": "passenger kilometer",
    "千米": "kilometer",
    "米": "meter",
    "平方米": "square meter",
    "平方千米": "square kilometer",
    "公顷": "hectare",
    "公亩": "are",
    "立方米": "cubic meter",
    "毫升": "milliliter",
    "千瓦": "kilowatt",
    "天": "day",
    **dict.fromkeys(_PIECES, "piece"),
}
# ISO 3166-2:CN.
PROVINCES: Final = {
    "北京": "BJ", "天津": "TJ", "河北": "HE", "山西": "SX", "内蒙古": "NM", "辽宁": "LN",
    "吉林": "JL", "黑龙江": "HL", "上海": "SH", "江苏": "JS", "浙江": "ZJ", "安徽": "AH",
    "福建": "FJ", "江西": "JX", "山东": "SD", "河南": "HA", "湖北": "HB", "湖南": "HN",
    "广东": "GD", "广西": "GX", "海南": "HI", "重庆": "CQ", "四川": "SC", "贵州": "GZ",
    "云南": "YN", "陕西": "SN", "甘肃": "GS", "青海": "QH", "宁夏": "NX", "新疆": "XJ",
}  # fmt: skip
# kg CO2 per kg of carbonate: IPCC 2006 Guidelines, volume 3, table 2.1 (ankerite has a range).
CARBONATES: Final = (
    ("方解石", "0.43971"), ("菱镁石", "0.52197"), ("白云石", "0.47732"), ("菱铁矿", "0.37987"),
    ("铁白云石", "0.40822"), ("铁白云石", "0.47572"), ("菱锰矿", "0.38286"), ("碳酸钠", "0.41492"),
)  # fmt: skip
