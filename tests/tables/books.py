"""Workbooks of which each part is written out: what a program saves, to the letter."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def book(  # noqa: PLR0913 - each is a part of the file
    sheets: Mapping[str, str],
    *,
    styles: str = "",
    strings: Sequence[str] = (),
    states: Mapping[str, str] | None = None,
    more: Mapping[str, bytes] | None = None,
    main: str = MAIN,
) -> bytes:
    """Return a workbook of these sheets: the XML inside ``worksheet``, ``styleSheet``, ``si``."""
    numbered = list(enumerate(sheets.items(), 1))
    shown = states or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" state="{shown.get(name, "visible")}"/>'
        for n, (name, _) in numbered
    )
    relations = [f"worksheet|worksheets/sheet{n}.xml" for n, _ in numbered]
    relations += ["styles|styles.xml", "sharedStrings|sharedStrings.xml"]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"/>',
        "_rels/.rels": _related(["officeDocument|xl/workbook.xml"]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _related(relations),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">'
        + "".join(f"<si>{one}</si>" for one in strings)
        + "</sst>",
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{main}">{xml}</worksheet>'
            for n, (_, xml) in numbered
        },
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **(more or {})}.items():
            archive.writestr(name, text)
    return file.getvalue()


def _related(relations: Sequence[str]) -> str:
    split = [one.split("|") for one in relations]
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(split, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'
