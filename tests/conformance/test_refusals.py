"""Every refusal that a verifier can meet is met by a committed case, or said here why not.

A refusal is a ``raise``, a call of the rules' ``refuse``, or a check's ``failed`` and
``not_checked``. They are found in the source, and met or not while the cases are verified.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rootprint.ledger
from tests.conformance.chain_file import read_chain
from tests.conformance.contract import folders, policy_of
from tests.conformance.verifier import answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

HERE = Path(rootprint.ledger.__file__).parent
# What only signers run, what only explains a verdict, and what reads the reader's own files.
LEFT_OUT = (
    *("core/files.py", "core/seal.py", "verify/explain.py", "verify/frame.py", "verify/steps.py"),
)
EVIDENCE = (
    *("evidence/bundle.py", "evidence/container.py", "evidence/lines.py", "evidence/proven.py"),
    "verifier/file_check.py",
)
REPORTED = {"refuse", "failed", "not_checked"}
SHOWN = 60

LARGE = "needs a file of more than 64 KiB, which a case may not have"
SIGNING = "only who signs or proves comes here, no verifier"
COMPOSING = "only who composes or takes in a partner's footprint comes here, no verifier"
VIEW = "only a view beside the verification asks for it"
PROGRAM = "only a program that reads a report asks for it"
MISTAKE = "a mistake in the program, which no file can bring about"
PACKS = "only a pack that the verifier's owner gives can do that"
EARLIER = "what would come here is refused earlier: "
PROOF_TEXT = "a log proof as a text is handed out by a log, and is no part of an evidence file"
MADE = f"{EARLIER}a proof is made of nodes of 32 bytes, and is as long as its sizes ask"
FROM_PARTS = f"{EARLIER}a statement's text is put together from the parts that a file has"
NEVER_FIRST = "a chain that is not there is first asked for a block, and refuses then"
# Key: module, function and the first words of the message. A refusal that a case meets, or that
# is no more, has no place here.
UNMET = {
    "core/canonical: decode: … has more than … commas, opening brackets and braces": LARGE,
    "core/canonical: _dump: not representable as JSON: …": (
        f"{EARLIER}the parser takes no lone surrogate"
    ),
    "core/canonical: _check_string: a string is longer than … bytes": LARGE,
    "core/checkpoint: SignedCheckpoint.verify_quorum: the witness policy's threshold is below 1"
    " or beyond its dist": f"{EARLIER}by the trust file's reader",
    "verify/policy: : a policy's fields are not its members": MISTAKE,
    "verify/policy: Policy.with_members: raise": PROGRAM,
    "verify/checks/conformity: check: a rule pack can't be run: …": PACKS,
    "verify/linerows: _factor: a line was recomputed without the footprint that it cites": MISTAKE,
    "verify/linetable: LineTable.require: there is no line table: …": VIEW,
    "figures/__init__: __getattr__: module … has no attribute …": MISTAKE,
    "verify/policy: Policy.parse: the policy is longer than … bytes": LARGE,
    "core/checkpoint: parse_checkpoint: a checkpoint is longer than … characters": LARGE,
    "core/encoding: hex_bytes: … is not 0x and … lower-case hexadecimal digits": (
        f"{EARLIER}by the trust file's member rules"
    ),
    "core/encoding: utc_text: … is not an RFC 3339 time with Z or an offset": COMPOSING,
    "core/keys: SigningKey.__init__: a signing key must be on P-256 (ES256)": SIGNING,
    "core/logproof: _index: a log proof has no plain decimal index": PROOF_TEXT,
    "core/logproof: parse_log_proof: a log proof is longer than its limit": PROOF_TEXT,
    "core/logproof: parse_log_proof: a log proof does not begin with …": PROOF_TEXT,
    "core/logproof: parse_log_proof: a log proof has more than … hashes": PROOF_TEXT,
    "core/merkle: _check_hashes: a proof is more than … hashes,"
    " or one of them is not 32 byte": MADE,
    "core/merkle: verify_consistency: the consistency proof is empty": MADE,
    "core/merkle: verify_consistency: the consistency proof is longer than its tree is high": MADE,
    "core/merkle: verify_inclusion: entry … is not in a tree of …": MADE,
    "core/merkle: verify_inclusion: the inclusion proof is longer than its tree is high": MADE,
    "core/merkle: consistency_proof: no consistency proof from size … to size …": SIGNING,
    "core/merkle: verify_consistency: size … can't be consistent with size …": (
        f"{EARLIER}the anchor check puts the sizes in order, and neither is zero"
    ),
    "core/rlp: _item: an item is missing": f"{EARLIER}no header, node or value is empty",
    "core/sdjwt: parse_envelope: a statement is not header.payload.signature": FROM_PARTS,
    "core/sdjwt: split: a statement is longer than … bytes with its disclosures": FROM_PARTS,
    "core/sdjwt: split: a statement has more than … disclosures": FROM_PARTS,
    "core/sdjwt: split: a statement is not an ASCII SD-JWT that ends with a tilde": FROM_PARTS,
    "core/statement: Statement.verify: the key is not the one that the statement's header names": (
        f"{EARLIER}an evidence file's keys are found by their own thumbprint"
    ),
    "core/stateproof: Header.parse: a block header has … bytes, more than …": LARGE,
    "core/stateproof: _check_length: this … has … bytes, not …": MISTAKE,
    "core/trie: trie_value: a trie's key and its root have … bytes each": MISTAKE,
    "core/trie: _fetch: what is given as node 0x… of the chain's state is another": (
        f"{EARLIER}an evidence file's nodes are found by their own hash"
    ),
    "evidence/bundle: read: the evidence file is longer than … bytes": LARGE,
    "evidence/bundle: _take_all: the evidence file has more than … statements": LARGE,
    "evidence/container: _Line.add: a line of the evidence file is longer than … bytes": LARGE,
    "evidence/container: _inflated: the evidence file is longer than … bytes when it is unpacked": (
        LARGE
    ),
    "evidence/lines: read_line: a statement is longer than … bytes with its disclosures": LARGE,
    "evidence/lines: written_line: the statement … can't be written as evidence: …": SIGNING,
    "evidence/bundle: _state: evidence.chain.header is longer than … bytes": LARGE,
    "evidence/proven: NoChain.chain_id: raise self._unavailable()": NEVER_FIRST,
    "evidence/proven: NoChain.slot: raise self._unavailable()": NEVER_FIRST,
    "evidence/proven: NoChain.code_hash: raise self._unavailable()": NEVER_FIRST,
    "evidence/proven: NoChain.header: raise self._unavailable()": NEVER_FIRST,
    "evidence/proven: NoChain.proof: raise self._unavailable()": NEVER_FIRST,
    "verify/checks/envelope: check: the statement is not available": (
        f"{EARLIER}what the sources do not have is not judged"
    ),
    "verify/checks/envelope: check: the statement is not the one asked for": (
        f"{EARLIER}an evidence file's statements are found by their own digest"
    ),
    "figures/gases: recharacterised: there is no GWP set …": VIEW,
    "figures/gases: recharacterised: the footprint does not rest on one stated GWP set": VIEW,
    "figures/gases: recharacterised: the footprint's gases are not open,"
    " or are not its whole tot": VIEW,
    "verify/laws: _states: law … was decided twice": MISTAKE,
    "verify/node: Node.give: a statement has one text": MISTAKE,
    "verify/node: Node.set: check … was decided twice": MISTAKE,
    "verify/node: Node._subject: a statement that was not read has no figures": MISTAKE,
    "verify/walking: _countable: its numbers are beyond what can be computed: …": LARGE,
    "verify/reading: Reading._expect: more than … statements are reachable": LARGE,
    "verify/reading: Reading._expect: statements are cited more than … levels deep": LARGE,
    "verify/report: Check.__post_init__: a check is made by passed, failed,"
    " not_checked or not_applic": MISTAKE,
    "verify/report: Report.require: check … of … failed: …": PROGRAM,
    "verify/report: Report.require: the answer is incomplete: …": PROGRAM,
    "verify/report: Report.require: the file is not readable: …": PROGRAM,
    "verify/report: Report.verdict: a report in which nothing was checked has no verdict": MISTAKE,
    "verify/rulings/claims: takers_of: more than … footprints rest on claim …": LARGE,
    "verify/rulings/numbers: LiveNumbers._compare_all: more than … statements of one number"
    " are reachable": LARGE,
    "verify/trust: parse_trust: the trust file is longer than … bytes": LARGE,
    "verify/walking: Watch.require_time: time ran out after … statements": (
        "depends on how fast the machine is"
    ),
}


@dataclass(frozen=True)
class Refusal:
    """A place that refuses, from line ``first`` to line ``last``."""

    key: str
    file: str
    first: int
    last: int
    raises: bool


def modules() -> list[Path]:
    """Return the modules that a verification runs."""
    packages = ("core", "figures", "verify")
    found = [
        *(path for package in packages for path in HERE.glob(f"{package}/**/*.py")),
        *map(HERE.joinpath, EVIDENCE),
    ]
    return sorted(
        path for path in found if not path.relative_to(HERE).as_posix().startswith(LEFT_OUT)
    )


def refusals(path: Path) -> Iterator[Refusal]:
    """Find the refusals of one module; what has no words of its own is numbered."""
    seen: Counter[str] = Counter()
    name = path.relative_to(HERE).with_suffix("").as_posix()

    def visit(body: Sequence[ast.AST], function: str) -> Iterator[Refusal]:
        said = ""
        for statement in body:
            inner = function
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                inner = f"{function}.{statement.name}".lstrip(".")
            if isinstance(statement, ast.Assign):
                said = _words(statement.value)
            raises = isinstance(statement, ast.Raise)
            if isinstance(statement, ast.stmt) and (raises or _reports(statement)):
                words = said if _by_name(statement) else _words(statement)
                key = f"{name}: {function}: {(words or ast.unparse(statement))[:SHOWN].strip()}"
                seen[key] += 1
                if seen[key] > 1:
                    key += f" ({seen[key]})"
                last = statement.end_lineno or statement.lineno
                yield Refusal(key, str(path), statement.lineno, last, raises)
            for part in ("body", "orelse", "finalbody", "handlers"):
                below = getattr(statement, part, None)
                if isinstance(below, list):
                    yield from visit(below, inner)

    yield from visit(ast.parse(path.read_text(encoding="utf-8")).body, "")


def _reports(statement: ast.stmt) -> bool:
    """Tell whether a statement without a body calls one of ``REPORTED``."""
    return not hasattr(statement, "body") and any(
        isinstance(part, ast.Call) and _name(part.func) in REPORTED for part in ast.walk(statement)
    )


def _by_name(statement: ast.stmt) -> bool:
    """Tell whether a statement says a message that was put together above it."""
    called = getattr(statement, "exc", getattr(statement, "value", None))
    arguments = called.args if isinstance(called, ast.Call) else []
    return any(_name(argument) in {"message", "text", "reason"} for argument in arguments)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _words(node: ast.AST) -> str:
    """Return the longest text in ``node``, with an ellipsis for each value in it."""
    texts = [
        "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in part.values)
        for part in ast.walk(node)
        if isinstance(part, ast.JoinedStr)
    ] or [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return max(texts, key=len, default="")


def met(watched: Sequence[Refusal]) -> set[str]:
    """Verify all cases; return the keys of the refusals that were met."""
    places: dict[str, list[Refusal]] = defaultdict(list)
    for refusal in watched:
        places[refusal.file].append(refusal)
    # Lines cost much and are needed only where a refusal is reported and not raised.
    by_line = {refusal.file for refusal in watched if not refusal.raises}
    found: set[str] = set()

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event in {"line", "exception"}:
            found.update(
                refusal.key
                for refusal in places[frame.f_code.co_filename]
                if refusal.first <= frame.f_lineno <= refusal.last
            )
        return inside

    def entered(frame: FrameType, _event: str, _: Any) -> Any:
        if frame.f_code.co_filename not in places:
            return None
        frame.f_trace_lines = frame.f_code.co_filename in by_line
        return inside

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        for folder in folders():
            answer(
                (folder / "evidence.gz").read_bytes(),
                (folder / "trust.json").read_bytes(),
                read_chain(folder / "chain.json"),
                policy_of(folder).read_bytes(),
            )
    finally:
        sys.settrace(before)
    return found


@pytest.fixture(scope="module")
def watched() -> list[Refusal]:
    return [refusal for path in modules() for refusal in refusals(path)]


def test_each_refusal_has_a_key_of_its_own(watched: list[Refusal]) -> None:
    twice = [key for key, count in Counter(refusal.key for refusal in watched).items() if count > 1]
    assert not twice
    assert len(watched) > 200


def test_each_refusal_is_met_by_a_case_or_said_why_not(watched: list[Refusal]) -> None:
    """Whoever adds a refusal adds a case; whoever adds a case takes its line out of ``UNMET``."""
    assert {refusal.key for refusal in watched} - met(watched) == set(UNMET)
