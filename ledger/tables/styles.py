"""What a workbook says of how its cells look: number formats and struck-out fonts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Final

from rootprint.ledger.core.errors import TooLarge
from rootprint.ledger.tables.formats import GENERAL
from rootprint.ledger.tables.xmlparts import Attributes, count, read_part

# Formats that have a number and no text in the file: ECMA-376 part 1, section 18.8.30. Those of
# 27 to 36, 50 to 58 and 71 to 81 are dates of East Asian and Thai locales.
_DATE: Final = "yyyy-mm-dd"
_BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), _DATE),
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0", 42: '"$"#,##0', 43: "#,##0.00;-#,##0.00",
    44: '"$"#,##0.00', 48: "##0.0E+0", 49: "@", 59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00",
    67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??", **dict.fromkeys(range(71, 82), _DATE),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """A cell's number format and whether its font is struck out."""

    format: str = GENERAL
    struck: bool = False


PLAIN: Final = Style()
# What spreadsheet programs keep of a workbook (Excel: 65,490 cell formats).
MOST_STYLES: Final = 65_536


def read_styles(part: IO[bytes], *, where: str) -> tuple[Style, ...]:
    """Return the styles that cells name by their index (``cellXfs``).

    Raises TooLarge beyond 65,536 of them.
    """
    reading = _Styles(where)
    read_part(part, reading.start, reading.end, lambda _: None, where=where)
    # Few are different, however many a file has.
    made = {pair: reading.style(*pair) for pair in set(reading.cells)}
    return tuple(made[pair] for pair in reading.cells)


class _Styles:
    def __init__(self, where: str) -> None:
        self._where = where
        self.formats: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.cells: list[tuple[int, int]] = []
        self._same: dict[tuple[int, int], tuple[int, int]] = {}
        self._inside = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name in {"fonts", "cellXfs", "dxfs", "cellStyleXfs"}:
            self._inside = name
        elif name == "numFmt" and self._inside != "dxfs":
            number = count(attributes.get("numFmtId"))
            if number is not None:
                self.formats[number] = attributes.get("formatCode", GENERAL)
        elif name == "font" and self._inside == "fonts":
            self.fonts.append(False)
        elif name == "strike" and self._inside == "fonts" and self.fonts:
            self.fonts[-1] = is_struck(attributes)
        elif name == "xf" and self._inside == "cellXfs":
            format_ = count(attributes.get("numFmtId")) or 0
            pair = format_, count(attributes.get("fontId")) or 0
            if len(self.cells) >= MOST_STYLES:
                message = f"{self._where} has more than {MOST_STYLES} cell formats"
                raise TooLarge(message, remedy="copy its values into a new workbook")
            self.cells.append(self._same.setdefault(pair, pair))

    def style(self, number: int, font: int) -> Style:
        shown = self.formats.get(number, _BUILT_IN.get(number, GENERAL))
        return Style(shown, font < len(self.fonts) and self.fonts[font])

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""


def is_struck(attributes: Attributes) -> bool:
    """Tell what a ``strike`` element says: with no value it is on."""
    return attributes.get("val", "1") not in {"0", "false", "off"}
