"""The template as an XLSX workbook: sheets, drop-downs, hints, colours, example rows.

What it is read by is the vocabulary: each label and word here is a text that ``compose`` reads.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from rootprint.ledger.intake.template.codes import code_lists, list_at
from rootprint.ledger.intake.template.layout import (
    COMPUTED,
    OPTIONAL,
    REQUIRED,
    TABLES,
    columns,
    layout,
    need_label,
    sections,
)
from rootprint.ledger.intake.vocabulary import (
    MARK,
    example_rows,
    label_of,
    names_of,
    sheet_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rootprint.ledger.intake.template.layout import Asked

# Rows that the drop-downs reach, and rows that the column Check judges.
ROWS: Final = 5_000
CHECKED: Final = 200
_COLOURS: Final = {REQUIRED: "FFF2CC", OPTIONAL: "DDEBF7", COMPUTED: "E7E6E6"}
_EXAMPLE: Final = "7F7F7F"
_TEXT: Final = "@"
_GIVEN: Final = {
    "kind": ("kind", "FootprintStatement"),
    "role": ("role", "product"),
    "basis": ("basis", "life-cycle"),
}
_FIXED: Final = {"pcf.ipccCharacterizationFactors.1": "AR6",
                 "pcf.crossSectoralStandards.1": "ISO14067"}  # fmt: skip
_NOTE: Final = {"zh": "备注", "en": "Note"}
_CHECK: Final = {"zh": "检查", "en": "Check"}
_NEED: Final = {"zh": "填写要求", "en": "To fill in"}
_MEMBER: Final = {"zh": "成员名", "en": "Name in YAML"}
_HEADING: Final = {
    "member": {"zh": "项目", "en": "Item"},
    "value": {"zh": "填写内容", "en": "Entry"},
}
_REFUSED: Final = {"zh": "请从列表中选择", "en": "Choose one of the list"}
_ASK: Final = {"zh": "列表中没有此项，确定要用吗？代码表有更多单位和气体。",
               "en": "This is not in the list. Keep it? The code lists have more."}  # fmt: skip


def template_workbook(language: str) -> bytes:
    """Return the template in ``zh`` or ``en``, as the bytes of an XLSX workbook.

    >>> template_workbook("en")[:2]
    b'PK'
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only who writes a workbook waits for it

    book = Workbook()
    maker = _Maker(book, language)
    maker.guide()
    maker.head()
    for table in TABLES:
        maker.table(table)
    maker.codes()
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


class _Maker:
    """Writes the sheets of one workbook in one language."""

    def __init__(self, book: Any, language: str) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

        self._book, self._language = book, language
        self._fills = {
            need: PatternFill("solid", start_color=colour) for need, colour in _COLOURS.items()
        }
        self._bold, self._title = Font(bold=True), Font(bold=True, size=14)
        self._example = Font(italic=True, color=_EXAMPLE)
        self._wrap = Alignment(wrap_text=True, vertical="top")
        side = Side(style="thin", color="BFBFBF")
        self._border = Border(left=side, right=side, top=side, bottom=side)
        self._lists = {codes.name: codes for codes in code_lists(language)}
        self._titles = {name: sheet_names().label(name, language) for name in sheet_names()}

    def guide(self) -> None:
        """Write what to do, and what the colours mean."""
        sheet = self._book.active
        sheet.title = self._titles["guide"]
        for row, text in enumerate(layout()["guide"][self._language], 1):
            sheet.cell(row, 1, text).alignment = self._wrap
        sheet["A1"].font = self._title
        for number, need in enumerate((REQUIRED, OPTIONAL, COMPUTED), 1):
            cell = sheet.cell(sheet.max_row + (2 if number == 1 else 1), 1)
            cell.value, cell.fill = need_label(need, self._language), self._fills[need]
        sheet.column_dimensions["A"].width = 100

    def head(self) -> None:
        """Write the statement's own members, a row each, in sections."""
        sheet = self._sheet("head")
        headings = (*(texts[self._language] for texts in _HEADING.values()),
                    _NEED[self._language], _MEMBER[self._language])  # fmt: skip
        self._headings(sheet, headings)
        row = 1
        for title, members in sections(self._language):
            row += 1
            sheet.cell(row, 1, f"# {title}").font = self._bold
            for asked in members:
                row += 1
                self._member(sheet, row, asked)
        for letter, width in zip("ABCD", (38, 44, 64, 40), strict=True):
            sheet.column_dimensions[letter].width = width

    def _member(self, sheet: Any, row: int, asked: Asked) -> None:
        language = self._language
        sheet.cell(row, 1, names_of("head").label(asked.member, language)).border = self._border
        entry = sheet.cell(row, 2, self._given(asked.member))
        entry.fill, entry.border = self._fills[asked.need], self._border
        entry.number_format = _TEXT
        words = [need_label(asked.need, language), *([asked.hint] if asked.hint else [])]
        sheet.cell(row, 3, ("：" if language == "zh" else ": ").join(words)).alignment = self._wrap
        sheet.cell(row, 4, asked.member).font = self._example
        self._choice(sheet, asked, f"B{row}")

    def _given(self, member: str) -> str | None:
        if member in _GIVEN:
            return label_of(*_GIVEN[member], self._language)
        return _FIXED.get(member)

    def table(self, name: str) -> None:
        """Write a table: headings with hints, drop-downs, examples, and a check of each row."""
        from openpyxl.comments import Comment  # noqa: PLC0415
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        language, sheet, asked = self._language, self._sheet(name), columns(name, self._language)
        labels = [names_of(name).label(one.member, language) for one in asked]
        self._headings(sheet, (_NOTE[language], *labels, _CHECK[language]))
        for number, one in enumerate(asked, 2):
            cell, letter = sheet.cell(1, number), get_column_letter(number)
            cell.fill = self._fills[one.need]
            hint = " ".join((need_label(one.need, language), one.member, one.hint)).strip()
            cell.comment = Comment(hint, "rootprint", width=260, height=90)
            sheet.column_dimensions[letter].width = 14
            self._choice(sheet, one, f"{letter}2:{letter}{ROWS}", table=name)
        sheet.column_dimensions["C"].width = 34
        last = len(asked) + 2
        sheet.cell(1, last).fill = self._fills[COMPUTED]
        self._examples(sheet, name, asked)
        for row in range(2, CHECKED + 2):
            sheet.cell(row, last, self._check(name, asked, row)).fill = self._fills[COMPUTED]

    def _examples(self, sheet: Any, name: str, asked: Sequence[Asked]) -> None:
        for row, example in enumerate(example_rows(name, self._language), 2):
            sheet.cell(row, 1, MARK[self._language]).font = self._example
            for number, one in enumerate(asked, 2):
                text = example.get(one.member)
                value = float(text) if text and one.member.endswith(".value") else text
                if value is not None:
                    sheet.cell(row, number, value).font = self._example

    def _check(self, name: str, asked: Sequence[Asked], row: int) -> str:
        """Return a formula that says whether a row has what every row of its table needs."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        at = {one.member: f"{get_column_letter(n)}{row}" for n, one in enumerate(asked, 2)}
        needed = [f'{at[one.member]}=""' for one in asked if one.need == REQUIRED]
        if name == "inventory":
            moved = f'{at["transport.mass.value"]}=""'
            needed = [
                f"AND({one},{moved})" if one.startswith((at["amount.value"], at["amount.unit"]))
                else one for one in needed
            ]  # fmt: skip
            taken = (at[one.member] for one in asked if one.member in _SOURCES)
            needed.append(f"COUNTA({','.join(taken)})=0")
        first, last = at[asked[0].member], at[asked[-1].member]
        missing, whole = layout()["check"][self._language]
        return f'=IF(COUNTA({first}:{last})=0,"",IF(OR({",".join(needed)}),"{missing}","{whole}"))'

    def codes(self) -> None:
        """Write the code lists: each with its texts, and what they are signed as beside them."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        sheet = self._sheet("codes")
        for number, codes in enumerate(self._lists.values()):
            column = 2 * number + 1
            sheet.cell(1, column, codes.name).font = self._bold
            for row, (text, signed) in enumerate(codes.texts.items(), 2):
                sheet.cell(row, column, text)
                sheet.cell(row, column + 1, signed).font = self._example
            for letter in (get_column_letter(column), get_column_letter(column + 1)):
                sheet.column_dimensions[letter].width = 22
        sheet.freeze_panes = "A2"

    def _sheet(self, name: str) -> Any:
        return self._book.create_sheet(self._titles[name])

    def _headings(self, sheet: Any, texts: Sequence[str]) -> None:
        for number, text in enumerate(texts, 1):
            cell = sheet.cell(1, number, text)
            cell.font, cell.border, cell.alignment = self._bold, self._border, self._wrap
        sheet.freeze_panes = "A2"

    def _choice(self, sheet: Any, asked: Asked, cells: str, table: str = "head") -> None:
        """Give cells a drop-down and a hint, as far as there is one for their member."""
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        source, free = self._source(asked.member, table)
        if source is None and not asked.hint:
            return
        rule = DataValidation(type=None if source is None else "list", formula1=source,
                              allow_blank=True)  # fmt: skip
        if source is not None:
            rule.showErrorMessage, rule.errorStyle = True, "warning" if free else "stop"
            rule.error = (_ASK if free else _REFUSED)[self._language]
        if asked.hint:
            rule.showInputMessage, rule.prompt = True, asked.hint[:250]
        rule.add(cells)
        sheet.add_data_validation(rule)

    def _source(self, member: str, table: str) -> tuple[str | None, bool]:
        """Return the range that a member's cells are chosen from, and whether others may be."""
        if table == "inventory" and member in _NAMED:
            return self._range(_NAMED[member], "B", ROWS), True
        steps = tuple(int(step) if step.isdigit() else step for step in member.split("."))
        path = {"outputs": ("process", "outputs", 0), "inventory": ("inventory", 0)}.get(table, ())
        name = list_at((*path, *steps))
        if name is None or table == "inputs":
            return None, True
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        codes = self._lists[name]
        letter = get_column_letter(2 * list(self._lists).index(name) + 1)
        return self._range("codes", letter, len(codes.texts) + 1), codes.open

    def _range(self, sheet: str, letter: str, last: int) -> str:
        return f"'{self._titles[sheet]}'!${letter}$2:${letter}${last}"


_SOURCES: Final = ("source.input", "source.gas", "source.emission", "source.published")
_NAMED: Final = {"source.input": "inputs", "source.factor": "inputs", "certificate.claim": "inputs",
                 "output": "outputs"}  # fmt: skip
