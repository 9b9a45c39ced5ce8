"""Plain documents: canonical bytes that one pattern shows to keep a closed member list.

Nearly every statement is plain: members in order, short ASCII texts, nothing rare. A regular
expression, made of the same rules that judge members one by one, tells so in one pass over the
bytes. It accepts a document only: what it does not match is parsed, judged and refused member
by member, in words, so a pattern may be narrower than its rule and never wider. No value that it
lets pass needs a second look for its encoding either: names rise, nothing is escaped or spaced.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import orjson

from rootprint.ledger.core.canonical import MAX_STRING
from rootprint.ledger.core.schema import footprint, kinds, names, pcf, rules
from rootprint.ledger.core.schema.hidden import HIDDEN
from rootprint.ledger.core.schema.line import SOURCES, source

if TYPE_CHECKING:
    from collections.abc import Callable

    from rootprint.ledger.core.canonical import Json

# Making a pattern takes as long as judging some hundred documents member by member.
FIRST: Final = 256
MOST_SLOTS: Final = 1024
_MOST_LISTED: Final = 64
_CHARACTER: Final = r"[ !#-\[\]-~]"  # printable ASCII that JSON writes as it is
_VISIBLE: Final = r"[!#-\[\]-~]"
_NEXT: Final = r'(?:,(?=")|(?=\}))'  # behind a member: another one or the end
_NEXT_ITEM: Final = r"(?:,(?!\])|(?=\]))"
_MOST: Final = rules.MAX_SIGNIFICANT_DIGITS
_NUMBER: Final = r"(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?"
_SHORT: Final = rf'(?=[0-9.]{{1,{_MOST}}}")'
_SOME: Final = r"(?=[0.]*[1-9])"
_NOT_NEGATIVE: Final = f"{_SHORT}{_NUMBER}"
_NEGATIVE: Final = rf'-(?=[0-9.]{{1,{_MOST - 1}}}"){_SOME}{_NUMBER}'
_ZEROS: Final = rf"(?:\.0{{1,{_MOST - 4}}})?"
_PLACES: Final = rf"(?:\.[0-9]{{1,{_MOST - 4}}})?"
_DAY: Final = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13578]|1[02])-(?:29|30|31)|(?:0[469]|11)-(?:29|30))"
)
_LENGTH: Final = rf'(?=[^"]{{1,{rules.MAX_NAME}}}")'
_PLACEHOLDER: Final = r'\{"\.\.\.":"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"\}'


def _text(inner: str) -> str:
    return f'"{inner}"'


_FUNCTIONS: Final[dict[Callable[..., Any], str]] = {
    rules.text: _text(f" *+{_VISIBLE}{_CHARACTER}*+"),
    rules.any_text: _text(f"{_CHARACTER}*+"),
    rules.boolean: "(?:true|false)",
    rules.decimal: _text(f"(?:{_NOT_NEGATIVE}|{_NEGATIVE})"),
    rules.not_negative: _text(_NOT_NEGATIVE),
    rules.not_positive: _text(f"(?:0{_ZEROS}|{_NEGATIVE})"),
    rules.positive: _text(f"{_SOME}{_NOT_NEGATIVE}"),
    rules.percent: _text(f"(?:100{_ZEROS}|(?:0|[1-9][0-9]?){_PLACES})"),
    rules.rating: _text(f"(?:[1-4]{_PLACES}|5{_ZEROS})"),
    rules.digest: _text("sha256:[0-9a-f]{64}"),
    rules.time: _text(rf"(?:19|20)[0-9]{{2}}-{_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"),
    rules.did: _text(rf"{_LENGTH}did:[a-z0-9]++:[a-z0-9._%:-]++"),
    rules.urn: _text(rf"{_LENGTH}urn:[a-z0-9][a-z0-9-]{{1,31}}:{_VISIBLE}++"),
    rules.placeholder: _PLACEHOLDER,
    kinds.origin: _text(r"(?=[^\"]{1,255}\")[!#-*,-\[\]-~]++"),
}


def pattern(rule: rules.Rule) -> str | None:
    """Return a pattern of canonical bytes that keep ``rule``; None where there is no plain form.

    A value whose members hold one another to something has none: what no member can tell alone is
    ``Together``'s to judge. The bytes may be at most ``canonical.MAX_STRING`` long.
    """
    if rule is rules.padded_slots:
        return _padded()
    if rule is pcf.factor_unit:
        return pattern(rules.one_of(*names.FACTOR_UNITS))
    if rule is source:
        found = [pattern(one) for one in SOURCES.values()]
        return f"(?:{'|'.join(one for one in found if one is not None)})"
    if (maker := _MAKERS.get(type(rule))) is not None:
        return maker(rule)
    return _FUNCTIONS.get(rule)


def _padded() -> str:
    """Placeholders, as many as a power of two: twice as many, or the end."""
    inner, count = "", MOST_SLOTS
    while count > rules.MIN_SLOTS:
        count //= 2
        inner = f"(?:(?:{_PLACEHOLDER},){{{count}}}{inner})?+"
    return rf"\[(?:{_PLACEHOLDER},){{{rules.MIN_SLOTS - 1}}}{inner}{_PLACEHOLDER}\]"


def _integer(rule: rules.Integer) -> str | None:
    if rule.low >= 0 and rule.high - rule.low <= _MOST_LISTED:
        return f"(?:{'|'.join(map(str, range(rule.low, rule.high + 1)))})"
    digits = len(str(rule.high)) - 1
    return f"(?:0|[1-9][0-9]{{0,{digits - 1}}})" if rule.low == 0 and digits else None


def _matching(rule: rules.Matching) -> str:
    return _text(f"(?:{rule.pattern.pattern})")


def _one_of(rule: rules.OneOf) -> str:
    return f"(?:{'|'.join(map(_literal, rule.names))})"


def _equal(rule: kinds.Equal) -> str:
    return _literal(rule.wanted)


def _literal(value: Json) -> str:
    return re.escape(orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode())


def _array(rule: rules.Array) -> str | None:
    item = pattern(rule.item)
    if item is None or (rule.unique and rule.least > 1):
        return None
    most = 1 if rule.unique else rule.most
    return rf"\[(?:{item}{_NEXT_ITEM}){{{rule.least},{most}}}+\]"


def _members(rule: rules.Members) -> str | None:
    parts = []
    for name in sorted(rule.known):
        member = pattern(rule.known[name])
        if member is not None:
            parts.append(_member(name, member, required=name in rule.required))
        elif name in rule.required:
            return None
    return rf"\{{{''.join(parts)}\}}"


def _mapped(rule: rules.Mapped) -> str | None:
    values = pattern(rule.values)
    if values is None or not isinstance(rule.keys, rules.OneOf) or len(rule.keys.names) > rule.most:
        return None
    parts = (_member(name, values, required=False) for name in sorted(rule.keys.names))
    return rf'\{{(?="){"".join(parts)}\}}'


def _member(name: str, value: str, *, required: bool) -> str:
    text = f"{_literal(name)}:{value}{_NEXT}"
    return text if required else f"(?:{text})?+"


_MAKERS: Final[dict[type, Callable[[Any], str | None]]] = {
    rules.Integer: _integer,
    rules.Matching: _matching,
    rules.OneOf: _one_of,
    rules.Array: _array,
    rules.Members: _members,
    rules.Mapped: _mapped,
    kinds.Equal: _equal,
}


class Form:
    """The plain form of one rule, between ``before`` and ``behind``; its pattern is made late."""

    def __init__(self, rule: rules.Rule, before: str = "", behind: str = "") -> None:
        self._rule, self._before, self._behind = rule, before, behind
        self._asked = 0
        self._found: re.Pattern[bytes] | None = None

    def shows(self, data: bytes) -> bool:
        """Whether these bytes are canonical, and keep the rule but for what members do together.

        The first ``FIRST`` documents are never plain: they cost less than the pattern.
        """
        if self._found is None:
            self._asked += 1
            if self._asked <= FIRST:
                return False
            self._found = self.made()
        return len(data) <= MAX_STRING and self._found.fullmatch(data) is not None

    def made(self) -> re.Pattern[bytes]:
        """Return the pattern; one that nothing matches where the rule has no plain form."""
        inner = pattern(self._rule)
        whole = r"(?!)" if inner is None else f"{self._before}{inner}{self._behind}"
        return re.compile(whole.encode())


def _value(rule: rules.Rule) -> rules.Rule:
    return rule.rule if isinstance(rule, rules.Together) else rule


def _payload(subject: rules.Rule) -> rules.Members:
    footprint_only = kinds.Equal([kinds.CREDENTIAL, kinds.FOOTPRINT])
    own: dict[str, rules.Rule] = {"type": footprint_only, "credentialSubject": subject}
    return rules.Members(kinds.PAYLOAD.known | own, {})


_SALT: Final = r'\["[A-Za-z0-9_-]{21}[AQgw]",'
# What a disclosure opens, salt included, by kind and member.
OPENED: Final = {
    kind: {name: Form(_value(place.opened), _SALT, r"\]") for name, place in places.items()}
    for kind, places in HIDDEN.items()
}
# Payloads of footprints by role; other kinds are few.
PAYLOADS: Final = [
    (f'"role":"{role}"'.encode(), Form(_payload(rule)))
    for role in footprint.ROLES
    if (rule := footprint.rule_of(role)) is not None
]


def shows_payload(data: bytes) -> bool:
    """Whether this is a plain footprint's payload: its members keep their rules, each by itself."""
    return any(mark in data and form.shows(data) for mark, form in PAYLOADS)
