"""The model of docs/standing-model.md: what each operation changes, and what is verified then.

It imports nothing of the project. Names, numbers and order are those of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field

STEP = 60  # seconds from one operation to the next
AGO = 10 * STEP  # from their admission to the beginning
MAKER, BODY, ACCREDITOR = "maker", "body", "accreditor"
ADMITTED, SUSPENDED, EXPELLED = "admitted", "suspended", "expelled"
Window = tuple[int, int]


@dataclass
class Key:
    """When a key was added and retired; and of each report, when and since when, always earlier."""

    added: int
    retired: int | None = None
    reports: list[tuple[int, int]] = field(default_factory=list)

    def active(self, t: int, asked: int) -> bool:
        """Whether it signs at ``t``, as one knows at ``asked``."""
        ended = [since for reported, since in self.reports if reported <= asked]
        ended += [] if self.retired is None else [self.retired]
        return self.added <= t and all(t < time for time in ended)

    def report(self, now: int, since: int) -> bool:
        """Report it, unless that is no earlier than before."""
        if self.reports and since >= self.reports[-1][1]:
            return False
        self.reports.append((now, since))
        return True


@dataclass
class Row:
    """A decision about an organisation. A window makes it one that reaches back."""

    time: int
    status: str
    window: Window | None = None
    upholds: bool = False


@dataclass
class Organisation:
    """Its decisions and its keys, in order of time; the last key is the one in use."""

    rows: list[Row]
    keys: list[Key]

    @property
    def status(self) -> str:
        """What it is now."""
        return self.rows[-1].status

    def may_sign(self, key: int, t: int, asked: int) -> bool:
        """Whether check 2 passes of what its key number ``key`` signed and was anchored at t."""
        return (
            self.keys[key].active(t, asked)
            and [row.status for row in self.rows if row.time <= min(t, asked)][-1] == ADMITTED
            and not self.void(t, asked)
        )

    def void(self, t: int, asked: int) -> bool:
        """Whether ``t`` is in a window that no later decision took back."""
        known = [row for row in self.rows if row.time <= asked]
        upheld = max((row.time for row in known if row.upholds), default=0)
        windows = [row.window for row in known if row.window and row.time > upheld]
        return any(begin <= t < end for begin, end in windows)

    def counts_for_nothing(self, said: int, asked: int) -> bool:
        """Whether its last decision expels it and reaches back, or what it ``said`` is void."""
        last = [row for row in self.rows if row.time <= asked][-1]
        return (last.status == EXPELLED and last.window is not None) or self.void(said, asked)


@dataclass
class Entry:
    """Something signed: by which key of its organisation, and when it was anchored."""

    key: int
    anchored: int | None = None


@dataclass
class Adverse(Entry):
    """The body's adverse conclusion, and the row that lists it."""

    time: int = 0


@dataclass
class Footprint(Entry):
    """The maker's statement, and the assurance that is logged right behind it."""

    assurance: Entry | None = None
    withdrawn: int | None = None
    adverse: Adverse | None = None


@dataclass
class Accreditation(Entry):
    """The accreditor's record about the body, and the row that dates it."""

    time: int = 0
    ended: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What a verifier must say. ``check`` is the failed one; ``open`` are those not made."""

    word: str
    check: int | None = None
    open: tuple[int, ...] = ()
    assured: bool = False
    lapsed: bool = False


@dataclass
class Model:
    """All that has happened, from three admitted organisations with a key each on."""

    now: int
    organisations: dict[str, Organisation] = field(default_factory=dict)
    footprints: list[Footprint] = field(default_factory=list)
    accreditations: list[Accreditation] = field(default_factory=list)
    waiting: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Admit the three, long enough ago that a window lies within their membership."""
        begun = self.now - AGO
        for name in (MAKER, BODY, ACCREDITOR):
            self.organisations[name] = Organisation([Row(begun, ADMITTED)], [Key(begun)])

    def apply(self, operation: str) -> bool:
        """Do it a step later: ``rotate``, or ``rotate body`` of another one than the maker.

        Returns whether it is accepted; what is refused changes nothing but the time.
        """
        self.now += STEP
        verb, _, who = operation.partition(" ")
        done: bool = getattr(self, f"_{verb}")(*([who] if who else []))
        return done

    # Statements and the log.

    def _sign(self) -> bool:
        self.footprints.append(Footprint(self._in_use(MAKER)))
        return True

    def _publish(self) -> bool:
        signed = [one for one in self.footprints if one.assurance is None]
        for footprint in signed:
            footprint.assurance = Entry(self._in_use(BODY))
            self.waiting += [footprint, footprint.assurance]
        return bool(signed)

    def _anchor(self) -> bool:
        waiting, self.waiting = self.waiting, []
        for entry in waiting:
            entry.anchored = self.now
        return bool(waiting)

    def _withdraw(self) -> bool:
        its = self._last_published()
        if its is None or its.withdrawn is not None:
            return False
        its.withdrawn = self.now
        self.waiting.append(Entry(self._in_use(MAKER)))
        return True

    def _contest(self) -> bool:
        its, body = self._last_published(), self.organisations[BODY]
        if its is None or its.adverse is not None or body.status != ADMITTED:
            return False
        its.adverse = Adverse(self._in_use(BODY), time=self.now)
        self.waiting.append(its.adverse)
        return True

    def _last_published(self) -> Footprint | None:
        return next((one for one in reversed(self.footprints) if one.assurance is not None), None)

    # Keys.

    def _rotate(self, who: str = MAKER) -> bool:
        its = self.organisations[who]
        if its.status != ADMITTED:
            return False
        its.keys[-1].retired = its.keys[-1].retired or self.now
        its.keys.append(Key(self.now))
        return True

    def _retire(self, who: str = MAKER) -> bool:
        key = self.organisations[who].keys[-1]
        if key.retired is not None:
            return False
        key.retired = self.now
        return True

    def _compromise(self, who: str = MAKER) -> bool:
        return self.organisations[who].keys[self.suspect(who)].report(self.now, self.now - STEP)

    def _backdate(self, who: str = MAKER) -> bool:
        key = self.organisations[who].keys[self.suspect(who)]
        return key.report(self.now, key.added)

    def suspect(self, who: str) -> int:
        """Return the number of the key that is reported: of the last footprint, or in use."""
        signed = who == MAKER and self.footprints
        return self.footprints[-1].key if signed else self._in_use(who)

    def _in_use(self, who: str) -> int:
        return len(self.organisations[who].keys) - 1

    # Standing.

    def _suspend(self, who: str = MAKER) -> bool:
        return self._decide(who, SUSPENDED, refused=(SUSPENDED, EXPELLED))

    def _expel(self, who: str = MAKER) -> bool:
        return self._decide(who, EXPELLED, refused=(EXPELLED,))

    def _void(self, who: str = MAKER) -> bool:
        return self._decide(who, EXPELLED, window=(self.now - 3 * STEP, self.now - STEP))

    def _readmit(self, who: str = MAKER) -> bool:
        return self._decide(who, ADMITTED)

    def _uphold(self, who: str = MAKER) -> bool:
        return self._decide(who, ADMITTED, upholds=True)

    def _decide(
        self,
        who: str,
        status: str,
        *,
        refused: tuple[str, ...] = (),
        window: Window | None = None,
        upholds: bool = False,
    ) -> bool:
        its = self.organisations[who]
        if its.status in refused:
            return False
        its.rows.append(Row(self.now, status, window, upholds))
        return True

    # Accreditation.

    def _accredit(self) -> bool:
        if self.organisations[ACCREDITOR].status != ADMITTED:
            return False
        self.accreditations.append(Accreditation(self._in_use(ACCREDITOR), time=self.now))
        self.waiting.append(self.accreditations[-1])
        return True

    def _end(self) -> bool:
        if not self.accreditations or self.accreditations[-1].ended is not None:
            return False
        self.accreditations[-1].ended = self.now
        return True

    # What is verified.

    def verdict(self, number: int, asked: int) -> Verdict:
        """Return what is said at ``asked`` of the footprint with this number, from 0."""
        its, maker = self.footprints[number], self.organisations[MAKER]
        t = its.anchored if its.anchored is not None and its.anchored <= asked else None
        if t is not None and not maker.may_sign(its.key, t, asked):
            return Verdict("failed", 2)
        if its.withdrawn is not None and its.withdrawn <= asked:
            return Verdict("failed", 5)
        if check := self._contested(its, asked):
            return Verdict("failed", check)
        if t is None:
            return Verdict("incomplete", open=(2, 4) if its.assurance else (2, 3, 4))
        assured = self._assured(its, t, asked)
        lapsed = [row.status for row in maker.rows if row.time <= asked][-1] != ADMITTED
        return Verdict("verified" if assured else "incomplete", assured=assured, lapsed=lapsed)

    def _contested(self, footprint: Footprint, asked: int) -> int | None:
        """Return the check that an adverse conclusion fails: by its row, or by its statement."""
        its, body = footprint.adverse, self.organisations[BODY]
        if its is None:
            return None
        if its.time <= asked and not body.counts_for_nothing(its.time, asked):
            return 5
        t = its.anchored
        stands = t is not None and t <= asked and body.may_sign(its.key, t, asked)
        return 9 if t is not None and stands and not body.counts_for_nothing(t, asked) else None

    def _assured(self, footprint: Footprint, t: int, asked: int) -> bool:
        body, accreditor = self.organisations[BODY], self.organisations[ACCREDITOR]
        return (
            footprint.assurance is not None
            and body.may_sign(footprint.assurance.key, t, asked)
            and not body.counts_for_nothing(t, asked)
            and any(
                row.time <= t
                and (row.ended is None or t < row.ended)
                and row.anchored is not None
                and row.anchored <= asked
                and accreditor.may_sign(row.key, row.anchored, asked)
                for row in self.accreditations
            )
        )
