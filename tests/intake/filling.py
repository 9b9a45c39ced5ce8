"""Filling in the template as a person does: by the labels that stand there, in their language."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl

from rootprint.ledger.intake import template_workbook

if TYPE_CHECKING:
    from pathlib import Path

SHEETS = {
    "zh": {"head": "声明", "inventory": "清单", "outputs": "产出", "inputs": "引用"},
    "en": {"head": "Head", "inventory": "Inventory", "outputs": "Outputs", "inputs": "Inputs"},
}
FIRST = {"inventory": 5, "outputs": 3, "inputs": 3}  # the first row below the examples

HEAD = {
    "zh": {
        "签发方": "did:web:plant.example",
        "产品标识1": "URN:GTIN:4712345060507",
        "产品名称": "钢支架",
        "产品描述": "虚构企业的钢支架",
        "系统边界": "摇篮到大门",
        "核算期开始": "2025-01-01T00:00:00Z",
        "核算期结束": "2026-01-01T00:00:00Z",
        "有效期起": "2026-02-01T00:00:00Z",
        "有效期至": "2028-01-31T00:00:00Z",
        "国家": "中国",
        "声明单位": "千克",
        "声明单位数量": "1",
        "声明单位产品质量（kg）": "1",
        "化石碳含量（kg）": "0",
        "含包装排放": "否",
        "豁免排放占比（%）": "0",
        "豁免排放说明": "无",
        "过程名称": "冲压车间",
        "过程场址": "urn:gln:4712345000001",
        "本声明的产出": "支架",
        "合计有效数字": "5",
    },
    "en": {
        "Issuer": "did:web:plant.example",
        "Product ID 1": "urn:gtin:4712345060507",
        "Product name": "钢支架",
        "Product description": "虚构企业的钢支架",
        "System boundary": "Cradle to gate",
        "Reference period start": "2025-01-01T00:00:00Z",
        "Reference period end": "2026-01-01T00:00:00Z",
        "Valid from": "2026-02-01T00:00:00Z",
        "Valid until": "2028-01-31T00:00:00Z",
        "Country": "China",
        "Declared unit": "kg",
        "Declared amount": "1",
        "Product mass per declared unit (kg)": "1",
        "Fossil carbon content (kg)": "0",
        "Packaging emissions included": "No",
        "Exempted emissions (%)": "0",
        "Exempted emissions, description": "无",
        "Process": "冲压车间",
        "Process site": "urn:gln:4712345000001",
        "Output that this is about": "支架",
        "Digits of the totals": "5",
    },
}
TABLES: dict[str, dict[str, list[dict[str, Any]]]] = {
    "zh": {
        "inventory": [
            {"阶段": "制造", "描述": "外购电力", "数量": 125, "单位": "兆瓦时", "初级数据": "是",
             "引用的声明": "电力", "电力来源": "电网"},
            {"阶段": "原材料获取", "描述": "冷轧钢板", "数量": 1050, "单位": "吨", "初级数据": "是",
             "发布的排放因子": 2.1, "因子单位": "千克", "组分": "化石排放", "来源": "示例表1"},
            {"阶段": "原材料获取", "描述": "钢板运输", "初级数据": "否", "运输质量": 1050,
             "运输质量单位": "吨", "运输距离": 320, "运输距离单位": "公里",
             "发布的排放因子": 0.1, "因子单位": "吨公里", "组分": "化石", "来源": "示例表2"},
            {"阶段": "制造", "描述": "空调补充制冷剂", "数量": 2500, "单位": "克", "初级数据": "是",
             "气体": "R-410A", "GWP版本": "AR6"},
            {"阶段": "制造", "描述": "天然气", "数量": 3000, "单位": "Nm3", "初级数据": "是",
             "发布的排放因子": 2.16, "因子单位": "Nm3", "组分": "化石", "来源": "示例表3"},
        ],
        "outputs": [{"产出名称": "支架", "产出数量": 1000, "产出单位": "吨"}],
        "inputs": [{"引用名": "电力", "声明摘要": "sha256:" + "0" * 64}],
    },
    "en": {
        "inventory": [
            {"Stage": "Manufacturing", "Description": "外购电力", "Amount": 125, "Unit": "MWh",
             "Primary data": "Yes", "Cited statement": "电力", "Electricity": "Grid"},
            {"Stage": "Raw material acquisition", "Description": "冷轧钢板", "Amount": 1050,
             "Unit": "t", "Primary data": "Yes", "Published factor": 2.1, "Factor per": "kg",
             "Component": "Fossil emissions", "Reference": "示例表1"},
            {"Stage": "Raw material acquisition", "Description": "钢板运输", "Primary data": "No",
             "Transported mass": 1050, "Transported mass, unit": "t", "Transport distance": 320,
             "Transport distance, unit": "km", "Published factor": 0.1, "Factor per": "tkm",
             "Component": "Fossil emissions", "Reference": "示例表2"},
            {"Stage": "Manufacturing", "Description": "空调补充制冷剂", "Amount": 2500,
             "Unit": "g", "Primary data": "Yes", "Gas": "R410a", "GWP set": "AR6"},
            {"Stage": "Manufacturing", "Description": "天然气", "Amount": 3000, "Unit": "Nm³",
             "Primary data": "Yes", "Published factor": 2.16, "Factor per": "Nm3",
             "Component": "Fossil emissions", "Reference": "示例表3"},
        ],
        "outputs": [{"Output": "支架", "Output amount": 1000, "Output unit": "t"}],
        "inputs": [{"Name": "电力", "Statement digest": "sha256:" + "0" * 64}],
    },
}  # fmt: skip


def filled(language: str) -> Any:
    """The template with everything above typed into it; its example rows are left in."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(language)))
    sheets = SHEETS[language]
    head = book[sheets["head"]]
    rows = {head.cell(row, 1).value: row for row in range(1, head.max_row + 1)}
    for label, value in HEAD[language].items():
        if value is not None:
            head.cell(rows[label], 2).value = value
    for table, given in TABLES[language].items():
        sheet = book[sheets[table]]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, values in enumerate(given, FIRST[table]):
            for label, value in values.items():
                sheet.cell(number, columns[label]).value = value
    return book


def saved(book: Any) -> bytes:
    """A workbook's bytes."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def soffice() -> str | None:
    """Where LibreOffice is, None where it is not."""
    return shutil.which("soffice")


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    """The same workbook as LibreOffice saves it again."""
    given, made = folder / "given.xlsx", folder / "again"
    given.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(soffice()), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made)]
    subprocess.run([*command, str(given)], check=True, capture_output=True, timeout=300)
    return (made / "given.xlsx").read_bytes()
