"""What is changed: one operator, number, condition, statement or modifier at a time.

The places come from solc's syntax tree, Yul within assembly included. A change need not compile;
whoever runs it finds that out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node = dict[str, Any]
Change = tuple[int, int, str]

# By what an operator is replaced. Of relations: the one with the other edge, and the opposite.
OPERATORS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "&&": ("||",),
    "||": ("&&",),
    "+": ("-",),
    "-": ("+",),
    "*": ("/",),
    "/": ("*",),
    "%": ("/",),
    "<<": (">>",),
    ">>": ("<<",),
    "&": ("|",),
    "|": ("&",),
    "^": ("&",),
    "|=": ("&=",),
    "&=": ("|=",),
    ">>=": ("<<=",),
    "++": ("--",),
}
YUL_FUNCTIONS = {
    "lt": "gt",
    "gt": "lt",
    "and": "or",
    "or": "and",
    "xor": "or",
    "add": "sub",
    "sub": "add",
    "shl": "shr",
    "shr": "shl",
}
CONDITIONS = ("IfStatement", "Conditional", "WhileStatement", "ForStatement", "YulIf", "YulForLoop")
STATEMENTS = (
    *("ExpressionStatement", "EmitStatement", "IfStatement", "Return"),
    *("YulExpressionStatement", "YulAssignment", "YulIf"),
)


@dataclass(frozen=True)
class Mutant:
    """One change of one file: ``new`` stands for the bytes from ``start`` to ``end``."""

    path: str
    where: str
    """Contract and function."""
    start: int
    end: int
    new: str
    source: bytes

    @property
    def key(self) -> str:
        """Say which change of which text this is; the same in every run."""
        state = sha256(self.source)
        state.update(f"{self.path} {self.start} {self.end} {self.new}".encode())
        return state.hexdigest()[:16]

    @property
    def text(self) -> str:
        """Return the whole file with the change made."""
        return (self.source[: self.start] + self.new.encode() + self.source[self.end :]).decode()

    @property
    def line(self) -> int:
        """Return the number of the line where the change begins."""
        return self.source[: self.start].count(b"\n") + 1

    @property
    def change(self) -> str:
        """Return the line before and after; of a longer piece its first line."""
        begin = self.source.rfind(b"\n", 0, self.start) + 1
        first = self.source[begin:].partition(b"\n")[0].decode()
        end = self.source.find(b"\n", self.end)
        before, after = self.source[begin : self.start], self.source[self.end : end]
        new = f"{before.decode()}{self.new}{after.decode()}"
        cut = " …" if b"\n" in self.source[self.start : self.end] else ""
        return f"{_one_line(first)}{cut} → {_one_line(new)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def mutants(path: str, source: bytes, tree: Node) -> list[Mutant]:
    """Return every change of a file, in the order of its text, none twice."""
    found: dict[tuple[int, int, str], Mutant] = {}
    for node, where in _nodes(tree, ""):
        for start, end, new in _changes(node, source):
            found.setdefault((start, end, new), Mutant(path, where, start, end, new, source))
    return [found[place] for place in sorted(found)]


def _nodes(node: Any, where: str) -> Iterator[tuple[Node, str]]:
    """Yield every node that the compiler wrote code for, with contract and function."""
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each, where)
    elif isinstance(node, dict) and not _without_code(node):
        where = _named(node, where)
        if node.get("nodeType"):
            yield node, where
        for name, value in node.items():
            # Types hold numbers (bytes32[3]) that are no code, documentation holds words.
            if name not in ("typeName", "typeDescriptions", "documentation", "nativeSrc"):
                yield from _nodes(value, where)


def _without_code(node: Node) -> bool:
    kinds = ("ImportDirective", "PragmaDirective", "ErrorDefinition", "EventDefinition")
    return node.get("nodeType") in kinds or node.get("contractKind") == "interface"


def _named(node: Node, where: str) -> str:
    """Return contract and function, or constant, of what lies in the node."""
    kind = node.get("nodeType")
    if kind == "ContractDefinition":
        return str(node["name"])
    if kind in ("FunctionDefinition", "ModifierDefinition"):
        return f"{where}.{node['name'] or node['kind']}"
    if kind == "VariableDeclaration" and node.get("constant"):
        return f"{where}.{node['name']}"
    return where


def _place(node: Node) -> tuple[int, int]:
    start, length, _ = map(int, node["src"].split(":"))
    return start, start + length


def _text(node: Node, source: bytes) -> str:
    start, end = _place(node)
    return source[start:end].decode()


def _changes(node: Node, source: bytes) -> Iterator[Change]:
    """Yield each (start, end, new text) of one node."""
    kind = node["nodeType"]
    if kind in _MADE:
        yield from _MADE[kind](node, source)
    condition = node.get("condition")
    if kind in CONDITIONS and condition and not _compares_equal(condition):
        start, end = _place(condition)
        inner = _text(condition, source)
        yield start, end, f"iszero({inner})" if kind.startswith("Yul") else f"!({inner})"
    if kind in STATEMENTS:
        start, end = _place(node)
        # solc's range of a statement ends before its semicolon, where it has one.
        after = 1 if source[end : end + 1] == b";" else 0
        yield start, end + after, "{}"


def _compares_equal(condition: Node) -> bool:
    """Tell whether the operator's own change already negates the condition."""
    return condition.get("operator") in ("==", "!=")


def _two_sided(node: Node, source: bytes) -> Iterator[Change]:
    assigned = node["nodeType"] == "Assignment"
    names = ("leftHandSide", "rightHandSide") if assigned else ("leftExpression", "rightExpression")
    left, right = (node[name] for name in names)
    operator = node["operator"]
    for new in OPERATORS.get(operator, ()):
        # Between the sides stand the operator, spaces and brackets of the sides.
        at = source.index(operator.encode(), _place(left)[1], _place(right)[0])
        yield at, at + len(operator), new
    if operator in ("&&", "||"):
        for side in (left, right):
            yield *_place(node), _text(side, source)


def _one_sided(node: Node, source: bytes) -> Iterator[Change]:
    inner = _text(node["subExpression"], source)
    if node["operator"] == "!":
        yield *_place(node), inner
    elif node["operator"] == "++":
        yield *_place(node), f"--{inner}"


def _sender(node: Node, source: bytes) -> Iterator[Change]:
    if _text(node, source) == "msg.sender":
        yield *_place(node), "tx.origin"


def _without(node: Node, _: bytes) -> Iterator[Change]:
    yield *_place(node), ""


def _called(node: Node, source: bytes) -> Iterator[Change]:
    name = node["functionName"]["name"]
    start, end = _place(node)
    if name in YUL_FUNCTIONS:
        yield start, start + len(name), YUL_FUNCTIONS[name]
    elif name == "eq":
        yield start, end, f"iszero({_text(node, source)})"
    elif name == "iszero":
        yield start, end, _text(node["arguments"][0], source)


def _value(node: Node, source: bytes) -> Iterator[Change]:
    for new in _other_values(node, _text(node, source)):
        yield *_place(node), new


def _other_values(node: Node, text: str) -> Iterator[str]:
    if node["kind"] == "bool":
        yield "false" if text == "true" else "true"
    elif node["kind"] == "string":
        yield '"x"'
    elif node["kind"] == "hexString":
        yield 'hex"00"'
    elif node["kind"] == "number":
        number = re.match(r"0x[0-9a-fA-F]+|[0-9_]+", text)
        if number is not None:
            value, unit = int(number[0].replace("_", ""), 0), text[number.end() :]
            # bytes1(0x00) takes the number in this many digits, and no other way.
            digits = f"#0{len(number[0])}x" if number[0].startswith("0x") else "d"
            yield f"{value + 1:{digits}}{unit}"
            if value > 0:
                yield f"{value - 1:{digits}}{unit}"


_MADE: dict[str, Callable[[Node, bytes], Iterator[Change]]] = {
    "BinaryOperation": _two_sided,
    "Assignment": _two_sided,
    "UnaryOperation": _one_sided,
    "Literal": _value,
    "YulLiteral": _value,
    "MemberAccess": _sender,
    "ModifierInvocation": _without,
    "YulFunctionCall": _called,
}
