"""Small inputs that would cost much, and what each may cost: a table.

Each ends in an error of the one tree within ``memory`` bytes of address space and ``cpu`` seconds,
both set as limits of a process of its own (``child``): who breaks them is killed, not measured. The
limits leave time for slow machines; docs/evidence.md has what is promised.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rootprint.ledger.core import sdjwt
from rootprint.ledger.core.canonical import encode
from rootprint.ledger.core.encoding import b64url
from rootprint.ledger.tables.styles import MOST_STYLES
from tests.fuzz import seeds
from tests.fuzz.mutate import json_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MIB: Final = 1 << 20


@dataclass(frozen=True)
class Bomb:
    """An input of ``target`` (tests/fuzz/targets.py), the class of its refusal and a word of it."""

    name: str
    target: str
    made: Callable[[], bytes]
    error: str
    reported: str = ""
    memory: int = 1024 * MIB
    cpu: int = 20


def _deep(opening: bytes, closing: bytes, levels: int, inner: bytes = b"") -> bytes:
    return opening * levels + inner + closing * levels


def _in_evidence(member: str, value: bytes) -> bytes:
    """Return evidence with JSON text in the place of a member's value in its head."""
    head, *lines = seeds.evidence()[0].split(b"\n")
    document = json.loads(head)
    document[member] = "HERE"
    return b"\n".join([json_bytes(document).replace(b'"HERE"', value), *lines])


def _line(member: str, value: bytes, count: int = 1) -> bytes:
    """Return evidence with JSON text for a member of its first statement, so many times."""
    head, line, *_ = seeds.evidence()[0].split(b"\n")
    document = {**json.loads(line), member: "HERE"}
    return b"\n".join([head, *[json_bytes(document).replace(b'"HERE"', value)] * count])


def _deflated(pieces: Iterable[bytes], end: bytes = b"") -> bytes:
    """Return a member of gzip of what is made piece by piece: small, and large once unpacked."""
    raw, parts, check, length = zlib.compressobj(9, zlib.DEFLATED, -15), [], 0, 0
    for piece in pieces:
        parts.append(raw.compress(piece))
        check, length = zlib.crc32(piece, check), length + len(piece)
    parts.append(raw.flush())
    sums = check.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes(7) + b"".join(parts) + sums + end


def _in_statement(name: str, value: object) -> bytes:
    """Return an SD-JWT with this member in its ``credentialSubject``; nothing signs it."""
    statement = seeds.sealed()[0]
    payload = json.loads(json.dumps(statement.envelope.payload))
    payload["credentialSubject"][name] = value
    jwt = f"{b64url(encode(statement.envelope.header))}.{b64url(json_bytes(payload))}.AA"
    return sdjwt.join(jwt, ()).encode()


def _payload(content: bytes) -> bytes:
    """Return an SD-JWT whose payload is these bytes."""
    header = b64url(encode(seeds.sealed()[0].envelope.header))
    return f"{header}.{b64url(content)}.AA~".encode()


def _disclosed(content: bytes) -> bytes:
    """Return a sound statement with one more disclosure of these bytes."""
    return f"{seeds.sealed()[0].text}{b64url(content)}~".encode()


def _proof(hashes: int) -> bytes:
    text = seeds.log_proofs()[0].decode()
    head, _, note = text.partition("\n\n")
    return "\n".join([head, *[base64.b64encode(bytes(32)).decode()] * hashes, "", note]).encode()


def _tree(nodes: Iterable[str]) -> bytes:
    """Return evidence with these nodes of the log's tree, as JSON text each."""
    listed = f'{{"checkpoints":[],"nodes":[{",".join(nodes)}]}}'
    return _in_evidence("proofs", listed.encode())


def _leaves(count: int) -> Iterator[str]:
    return (f'[0,{index},"{"A" * 43}="]' for index in range(count))


def workbook(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the seed workbook with other or more parts."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(seeds.workbooks()[0])) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content, method)
    return held.getvalue()


_SPREADSHEET: Final = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(cells: bytes) -> bytes:
    rows = b'<sheetData><row r="1">' + cells + b"</row></sheetData>"
    return b"<worksheet " + _SPREADSHEET + b">" + rows + b"</worksheet>"


def _rows(rows: int, columns: int) -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>"
    return (
        b"<worksheet " + _SPREADSHEET + b"><sheetData>" + row * rows + b"</sheetData></worksheet>"
    )


def _far(rows: int) -> bytes:
    """A sheet that holds something in the last column that may be, and nowhere else."""
    held = b"".join(b'<row r="%d"><c r="DX%d"><v>1</v></c></row>' % (n, n) for n in range(1, rows))
    return b"<worksheet " + _SPREADSHEET + b"><sheetData>" + held + b"</sheetData></worksheet>"


def _columns(count: int) -> bytes:
    """A sheet whose columns are hidden again and again, and with a cell in the last that may be."""
    hidden = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * count + b"</cols>"
    far = b'<sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData>'
    return b"<worksheet " + _SPREADSHEET + b">" + hidden + far + b"</worksheet>"


def _merged(rows: int, areas: int) -> bytes:
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:CV8000"/>' * areas + b"</mergeCells>"
    return _rows(rows, 1).replace(b"</worksheet>", merges + b"</worksheet>")


def _long(length: int) -> bytes:
    return b"<sst " + _SPREADSHEET + b"><si><t>" + b"x" * length + b"</t></si></sst>"


def _with_strings(strings: bytes, cells: bytes) -> bytes:
    """Return a workbook with shared texts, which the seed has none of, and cells of one row."""
    name = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(seeds.workbooks()[0])) as seed:
        related = seed.read(name)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    more = b'<Relationship Type="' + kind + b'" Target="sharedStrings.xml" Id="rId9"/>'
    end = b"</Relationships>"
    return workbook(
        {
            name: related.replace(end, more + end),
            "xl/sharedStrings.xml": strings,
            "xl/worksheets/sheet1.xml": _sheet(cells),
        }
    )


def styles(formats: int, others: int = 0) -> bytes:
    """Return a part of so many cell formats, and of so many that no cell can name."""
    inner = b"<cellStyleXfs>" + b"<xf/>" * others + b"</cellStyleXfs>"
    inner += b"<cellXfs>" + b"<xf/>" * formats + b"</cellXfs>"
    return b"<styleSheet " + _SPREADSHEET + b">" + inner + b"</styleSheet>"


def _strings(count: int) -> bytes:
    return b"<sst " + _SPREADSHEET + b">" + b"<si><t/></si>" * count + b"</sst>"


def _lzma(dictionary: int) -> bytes:
    """Return a workbook whose one part asks its unpacker for a dictionary of this size."""
    data = bytearray(workbook({"xl/styles.xml": b"x" * 100}, zipfile.ZIP_LZMA))
    at = data.index(b"\x09\x04\x05\x00")  # version 9.4, five bytes of properties
    data[at + 5 : at + 9] = struct.pack("<I", dictionary)
    return bytes(data)


def _doctype(levels: int) -> bytes:
    """Return a workbook part of entities that each stand for ten of the one before."""
    steps = [f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(levels)]
    declared = f'<!DOCTYPE x [<!ENTITY e0 "lol">{"".join(steps)}]>'
    return f"<?xml version='1.0'?>{declared}<x>&e{levels};</x>".encode()


def _rlp_list(payload: bytes) -> bytes:
    length = len(payload).to_bytes((len(payload).bit_length() + 7) // 8)
    return bytes([0xF7 + len(length)]) + length + payload


def _rlp_nested(levels: int) -> bytes:
    item = b"\xc0"
    for _ in range(levels):
        item = bytes([0xC0 + len(item)]) + item if len(item) < 56 else _rlp_list(item)
    return item


def _members(count: int, *, last: bytes = b"") -> bytes:
    """Return an object of so many members, in a draft's place."""
    return b"{" + b",".join(b'"%d":0' % number for number in range(count)) + last + b"}"


def _nodes(count: int) -> bytes:
    chain = {"header": base64.b64encode(seeds.header()).decode(), "nodes": ["AA=="] * count}
    return _in_evidence("chain", json_bytes(chain))


_NUMBER: Final = b"9" * 500_000

BOMBS: Final = (
    # JSON, wherever it comes from.
    Bomb("deep arrays", "canonical", lambda: _deep(b"[", b"]", MIB), "NotCanonical"),
    Bomb("deep objects", "canonical", lambda: _deep(b'{"a":', b"}", MIB, b"0"), "NotCanonical"),
    Bomb("17 levels", "canonical", lambda: _deep(b"[", b"]", 17), "TooLarge", "deeper than 16"),
    Bomb("a number of 500,000 digits", "canonical", lambda: _NUMBER, "NotCanonical"),
    Bomb("an exponent", "canonical", lambda: b"1e999999999", "NotCanonical"),
    Bomb("a string of a megabyte", "canonical", lambda: b'"' + b"a" * MIB + b'"', "TooLarge"),
    Bomb("10^6 members", "canonical", lambda: b"[" + b"0," * 10**6 + b"0.5]", "NotCanonical"),
    Bomb("deep arrays in a draft", "draft", lambda: _deep(b"[", b"]", 500_000), "Refused"),
    Bomb("a number in a draft", "draft", lambda: b'{"a":' + _NUMBER + b"}", "Refused"),
    Bomb("100,000 names and one twice", "draft",
         lambda: _members(90_000, last=b',"89999":0'), "Refused", "twice"),
    Bomb("deep arrays in a trust file", "trust", lambda: _deep(b"[", b"]", 100_000), "Refused"),
    Bomb("a rule in a rule", "rule-test",
         lambda: _deep(b'{"op":"not","test":', b"}", 14, b"{}"), "RuleError", "deeper than 8"),
    # Evidence.
    Bomb("256 MiB and a byte", "container", lambda: b"[" * (256 * MIB + 1), "TooLarge",
         "longer than"),
    Bomb("a mebibyte that holds a gibibyte of zeros", "container",
         lambda: _deflated([bytes(MIB)] * 1024), "TooLarge", "longer than", memory=2048 * MIB,
         cpu=60),
    Bomb("half a gibibyte of empty lines", "container",
         lambda: _deflated([b"\n" * MIB] * 511), "NotReadable", memory=2048 * MIB, cpu=60),
    Bomb("a line of 9 MiB", "container",
         lambda: _deflated([seeds.evidence()[0].split(b"\n")[0], b"\n", *[b"a" * MIB] * 9]),
         "TooLarge", "longer than"),
    Bomb("100,000 members of gzip", "container",
         lambda: _deflated([b"{}"]) * 100_000, "NotReadable", "gzip"),
    Bomb("a member of gzip and 100 MiB behind it", "container",
         lambda: _deflated([b"{}"], bytes(100 * MIB)), "NotReadable", "gzip"),
    Bomb("80 million lists", "evidence",
         lambda: _in_evidence("records", b"[" + b"[]," * (80 * MIB) + b"[]]"), "NotReadable",
         "commas"),
    Bomb("as many lists as may be", "evidence",
         lambda: _in_evidence("records", b"[" + b"[]," * (5 * 10**6 - 500) + b"[]]"), "Refused",
         "records", memory=2048 * MIB),
    Bomb("a file as long as may be", "container",
         lambda: _deflated(
             [seeds.evidence()[0].split(b"\n")[0], b"\n"]
             + [b'{"disclosures":[],"header":{},"payload":"', b"a" * (MIB - 64),
                b'","signature":""}\n'] * 500), "NotReadable", "longer than",
         memory=4096 * MIB, cpu=60),
    Bomb("10^6 records", "evidence",
         lambda: _in_evidence("records", b"[" + b"{}," * 10**6 + b"{}]"), "Refused", "records"),
    Bomb("10^6 trie nodes of one byte", "evidence", lambda: _nodes(10**6), "Refused", "twice",
         memory=2048 * MIB),
    Bomb("2 * 10^6 nodes of the log's tree", "evidence",
         lambda: _tree(_leaves(2 * 10**6)), "Refused", "checkpoint", memory=2048 * MIB, cpu=60),
    Bomb("a node above 2 * 10^6 of the log's tree but one", "evidence",
         lambda: _tree([*_leaves(2 * 10**6 - 1), f'[1,0,"{"A" * 43}="]']), "Refused", "follows",
         memory=2048 * MIB, cpu=60),
    Bomb("a node more of the log's tree than may be", "evidence",
         lambda: _tree(_leaves(2 * 10**6 + 1)), "Refused", "proofs.nodes",
         memory=2048 * MIB, cpu=60),
    Bomb("a node of the log's tree beyond all levels", "evidence",
         lambda: _tree(['[1000000,0,"AA=="]']), "Refused", "from 0 to 63"),
    Bomb("100,000 equal statements", "evidence",
         lambda: _line("row", b"0", 100_000), "Refused", "twice"),
    Bomb("10^6 disclosures in a line", "evidence",
         lambda: _line("disclosures", b"[" + b"0," * 10**6 + b"0]"), "Refused", "disclosures"),
    Bomb("a deep payload in a line", "evidence",
         lambda: _line("payload", _deep(b"[", b"]", 500_000)), "NotReadable"),
    # Statements.
    Bomb("a statement of eight mebibytes and a byte", "statement",
         lambda: b"a" * (8 * MIB) + b"~", "TooLarge", "longer than"),
    Bomb("16,385 disclosures", "statement",
         lambda: seeds.sealed()[0].bare.text.encode() + b"AA~" * 16_385, "TooLarge", "16384"),
    Bomb("a mebibyte of tildes", "statement", lambda: b"a.b.c" + b"~" * (MIB - 5), "TooLarge"),
    Bomb("4,000 equal disclosures", "statement",
         lambda: seeds.sealed()[0].bare.text.encode()
         + f"{seeds.sealed()[0].disclosures[-1]}~".encode() * 4000, "Refused", "twice"),
    Bomb("8,193 slots", "statement",
         lambda: _in_statement("inventory", [{"...": "A" * 43}] * 8193), "Refused"),
    Bomb("8,192 equal slots", "statement",
         lambda: _in_statement("inventory", [{"...": "A" * 43}] * 8192), "Refused", "same digest"),
    Bomb("a payload of lists", "statement",
         lambda: _payload(b"[" + b"[]," * 200_000 + b"[]]"), "Refused"),
    Bomb("a deep payload", "statement", lambda: _payload(_deep(b"[", b"]", 350_000)),
         "NotCanonical"),
    Bomb("a deep disclosure", "statement", lambda: _disclosed(_deep(b"[", b"]", 100_000)),
         "NotCanonical"),
    Bomb("a disclosure's number", "statement",
         lambda: _disclosed(b'["AAAAAAAAAAAAAAAAAAAAAA",' + _NUMBER + b"]"), "NotCanonical"),
    Bomb("a long base64 tail", "statement", lambda: b"e30.e30." + b"=" * (MIB - 16) + b"~",
         "NotCanonical"),
    Bomb("a decimal of a megabyte", "decimal", lambda: b"9" * MIB, "Refused"),
    Bomb("zeros behind the point", "decimal", lambda: b"0." + b"0" * MIB, "Refused"),
    # The log's texts.
    Bomb("a proof of 65 hashes", "log-proof", lambda: _proof(65), "TooLarge", "64 hashes"),
    Bomb("a proof of 10,000 hashes", "log-proof", lambda: _proof(10_000), "TooLarge"),
    Bomb("10^6 signature lines", "checkpoint",
         lambda: seeds.notes()[0] + "\u2014 a AAAA\n".encode() * 10**6, "TooLarge"),
    Bomb("a checkpoint's size", "checkpoint",
         lambda: b"log\n" + b"9" * 60_000 + b"\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 a AA==\n",
         "NotCanonical", "decimal"),
    # The chain's state.
    Bomb("RLP in RLP", "rlp", lambda: _rlp_nested(3000), "Refused", "deeper"),
    Bomb("RLP of 2^32 bytes", "rlp", lambda: b"\xbb\xff\xff\xff\xff", "Refused", "longer"),
    Bomb("RLP of 2^64 bytes", "rlp", lambda: b"\xff" + b"\xff" * 8, "Refused", "length"),
    Bomb("a header of 64 KiB and a byte", "header", lambda: b"\xc0" * 65_537, "TooLarge"),
    Bomb("a header of empty lists", "header", lambda: _rlp_list(b"\xc0" * 65_000), "Refused"),
    Bomb("a node of a mebibyte", "trie", lambda: b"\x80" * MIB, "Refused"),
    # What a maker brings.
    Bomb("YAML aliases", "inventory-yaml",
         lambda: b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
             b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9))
             for n in range(98, 110)), "InventoryProblems", "alias"),
    Bomb("500,000 YAML aliases", "inventory-yaml",
         lambda: b"a: &a x\nb: [" + b"*a," * 500_000 + b"]", "TooLarge", "400000 values"),
    Bomb("deep YAML", "inventory-yaml", lambda: b"[" * (MIB - 1), "TooLarge", "16 levels"),
    Bomb("deep YAML blocks", "inventory-yaml", lambda: b"- " * (MIB // 2), "TooLarge"),
    Bomb("60,000 unknown YAML members", "inventory-yaml",
         lambda: b"".join(b"validFrm%d: x\n" % n for n in range(60_000)), "InventoryProblems",
         cpu=60),
    Bomb("YAML keys that stand twice", "inventory-yaml",
         lambda: b"".join(b"a%d: x\n" % (n % 45_000) for n in range(90_000)), "InventoryProblems",
         cpu=60),
    Bomb("8,193 lines", "inventory-csv",
         lambda: seeds.csvs()[0] + b"x\n" * 8193, "InventoryProblems"),
    Bomb("a CSV of commas", "inventory-csv",
         lambda: b"member,value\n" + b"," * (MIB - 20), "TooLarge", "line 2"),
    Bomb("CSV rows of commas", "inventory-csv",
         lambda: b"member,value\n" + (b"," * 60_000 + b"\n") * 100, "InventoryProblems",
         "columns"),
    Bomb("CSV names with dots", "inventory-csv",
         lambda: b"member,value\n" + b"".join(b"%s.%d,x\n" % (b"a." * 15, n)
                                              for n in range(8000)), "InventoryProblems"),
    Bomb("a ZIP that unpacks to 256 MiB", "inventory-xlsx",
         lambda: workbook({"xl/media/a": b"\0" * (256 * MIB)}), "TooLarge", "unpacks to"),
    Bomb("a sheet of 4 million cells", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet1.xml": _sheet(b"<c/>" * (4 * MIB))}), "TooLarge",
         "cells"),
    Bomb("4 million cell formats", "inventory-xlsx",
         lambda: workbook({"xl/styles.xml": styles(4 * MIB)}), "TooLarge",
         "cells, formats and other elements"),
    Bomb("a cell format more than may be", "inventory-xlsx",
         lambda: workbook({"xl/styles.xml": styles(MOST_STYLES + 1)}), "TooLarge",
         "cell formats"),
    Bomb("entities in entities", "inventory-xlsx",
         lambda: workbook({"xl/styles.xml": _doctype(12)}), "TooLarge", "document type"),
    Bomb("a dictionary of 4 GiB", "inventory-xlsx", lambda: _lzma(2**32 - 1), "Refused"),
    Bomb("a dictionary of 4 GiB in a table", "factors-uk", lambda: _lzma(2**32 - 1), "Refused"),
    Bomb("a table of formats", "factors-uk",
         lambda: workbook({"xl/styles.xml": styles(20 * MIB)}), "Refused"),
    Bomb("a table of cells", "factors-uk",
         lambda: workbook({"xl/worksheets/sheet1.xml": _sheet(b"<c/>" * (25 * MIB))}), "Refused"),
    Bomb("as many formats as may be", "inventory-xlsx",
         lambda: workbook({"xl/styles.xml": styles(MOST_STYLES, 2_990_000 - MOST_STYLES),
                           "xl/worksheets/sheet1.xml": _sheet(b"<c><v>1</v></c>" * 129)}),
         "TooLarge", "columns", cpu=60),
    Bomb("a sheet of 700,000 filled cells", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet1.xml": _rows(7000, 100)}), "TooLarge",
         "more than 400000 cells", cpu=60),
    Bomb("a workbook of 40,000 lines", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet2.xml": _rows(40_000, 12)}), "TooLarge",
         "beyond 16384 rows", memory=512 * MIB),
    Bomb("columns that reach far", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet1.xml": _columns(500_000)}), "TooLarge",
         "columns", cpu=60),
    Bomb("areas that are merged again and again", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet1.xml": _merged(8000, 100_000)}), "TooLarge",
         "merges more", cpu=60),
    Bomb("a text of 30 MiB in each cell", "inventory-xlsx",
         lambda: _with_strings(_long(30 * MIB), b'<c t="s"><v>0</v></c>' * 100),
         "InventoryProblems", "does not begin"),
    Bomb("texts that no cell names", "inventory-xlsx",
         lambda: _with_strings(_strings(700_000), b'<c t="s"><v>700000</v></c>'),
         "InventoryProblems", "not there", cpu=60),
    Bomb("a CSV of 1.6 million cells", "inventory-csv",
         lambda: b"member,value\n" + (b"1," * 100 + b"\n") * 16_000, "TooLarge",
         "more than 400000 cells"),
    Bomb("a CSV of few cells far to the right", "inventory-csv",
         lambda: b"member,value\n" + (b"," * 127 + b"x\n") * 16_000, "TooLarge",
         "empty ones before filled ones"),
    Bomb("a sheet of few cells far to the right", "inventory-xlsx",
         lambda: workbook({"xl/worksheets/sheet1.xml": _far(16_000)}), "TooLarge",
         "empty ones before filled ones", memory=512 * MIB),
    Bomb("an own sheet of few cells far to the right", "own-table",
         lambda: (b"," * 127 + b"x\n") * 16_000, "TooLarge", "empty ones before filled ones"),
    Bomb("a CSV table of 32 MiB and a byte", "factors-cpcd", lambda: b"," * (32 * MIB + 1),
         "TooLarge"),
    Bomb("a CSV row of 32 MiB", "factors-cpcd", lambda: b"ab," * (10 * MIB), "TooLarge", "line 1"),
    Bomb("a rule pack of equal names", "rule-pack", lambda: _members(90_000, last=b',"1":0'),
         "Refused"),
    # HTTP.
    Bomb("a body beyond its limit", "http-body",
         lambda: b"application/json\n\n" + b"x" * MIB, "TooLarge", "longer than"),
    Bomb("a declared length of 10^20", "http-body",
         lambda: b"application/json\n100000000000000000000\n{}", "TooLarge"),
)  # fmt: skip
