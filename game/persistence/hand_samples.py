"""The player's hand: digits that they wrote and named, in one file that they can look at and copy.

The file keeps ink, not what a model made of it: whatever model reads tomorrow learns from it anew.
It is JSON with one sample a line, and is written whole beside its place and then renamed.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import numpy.typing as npt

from game.ink.strokes import Rows, as_rows
from game.language import _
from game.persistence.files import copy_aside, held, reason, set_aside, write_whole
from recognizer.files import read_bounded

FORMAT = 1  # of the file
CALIBRATION, APPEAL = "calibration", "appeal"  # where a sample comes from
# The newest samples of each digit that are kept, by their source.
MOST = {CALIBRATION: 6, APPEAL: 12}
_FIELDS = {"label", "source", "written_at", "strokes"}  # of a sample in the file
MOST_POINTS = 5_000  # of one digit; a slow hand on a fast tablet needs a thousand
MOST_BYTES = 32_000_000  # of the file; a full memory takes a few hundred thousand


@dataclass(frozen=True)
class HandSample:
    """One digit by the player's hand.

    `label` is the digit as a character, `strokes` are lists of [x, y] or [x, y, t], y down, in
    the units of the paper it was written on and seconds from its first touch. `number` names the
    sample as long as the game runs.
    """

    number: int
    label: str
    strokes: Rows
    source: str  # CALIBRATION or APPEAL
    written_at: str  # ISO 8601, UTC


class _NewerFormat(Exception):
    """The file is of a version to come."""


class MyHand:
    """The samples and their file. It never raises for a file's sake: troubles become `notices`.

    `changed` is called after every change; it is for the one who lets the recognizer learn.
    """

    def __init__(self, path: Path, changed: Callable[[], object] = lambda: None) -> None:
        self.path = path
        self.notices: list[str] = []  # sentences that the player has not been shown yet
        self.changed = changed
        self._samples: list[HandSample] = []
        self._lines: dict[int, str] = {}  # by sample number: what its line in the file says
        self._next_number = 1
        self._keeps = True  # whether the file may be written
        self._seen: tuple[int, int] | None = None  # the file as it was last read or written
        self._load()

    @property
    def samples(self) -> tuple[HandSample, ...]:
        """All samples, the oldest first."""
        return tuple(self._samples)

    def add(self, label: str, strokes: Sequence[npt.ArrayLike], source: str) -> HandSample:
        """Keep one digit: its label, its strokes (N, 2) or (N, 3), and CALIBRATION or APPEAL.

        Of a number pass each digit for itself, with its own ink. The oldest sample of that digit
        and source makes room where there are too many.
        Raises ValueError for anything that is no digit with ink.
        """
        rows = as_rows(strokes)
        if not _is_label(label) or source not in MOST or not _is_ink(rows):
            raise ValueError("The hand learns from single digits, 0 to 9, with their ink.")
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with held(self.path.parent):
            self._catch_up()
            sample = HandSample(self._take_number(), label, rows, source, now)
            self._put(sample)
            self._save()
        self.changed()
        return sample

    def remove(self, number: int) -> None:
        """Forget the sample of that number."""
        with held(self.path.parent):
            self._catch_up()
            self._drop([sample for sample in self._samples if sample.number == number])
            self._save()
        self.changed()

    def delete(self) -> None:
        """Forget all of it, and delete the file."""
        self._samples.clear()
        self._lines.clear()
        if self._keeps:
            try:
                self.path.unlink(missing_ok=True)
            except OSError as error:
                told = _("{file} cannot be deleted ({reason}).")
                self._tell(told.format(file=self.path, reason=reason(error)))
        self._seen = None
        self.changed()

    # --- the samples ------------------------------------------------------------------------------

    def _take_number(self) -> int:
        self._next_number += 1
        return self._next_number - 1

    def _put(self, sample: HandSample) -> None:
        """Add a sample; where there are too many of its kind, the oldest goes."""
        self._samples.append(sample)
        self._lines[sample.number] = _line(sample)
        alike = [s for s in self._samples if (s.label, s.source) == (sample.label, sample.source)]
        self._drop(alike[: -MOST[sample.source]])

    def _drop(self, samples: Iterable[HandSample]) -> None:
        for sample in samples:
            self._samples.remove(sample)
            del self._lines[sample.number]

    # --- the file ---------------------------------------------------------------------------------

    def _load(self) -> None:
        """Read the file; a damaged one is set aside and what is readable in it is used."""
        try:
            self._seen = self._stamp()
            if self._seen is None:
                return
            raw = read_bounded(self.path, MOST_BYTES)
        except OSError as error:
            self._keeps = False
            # Translators: the hand is what the game has learned of how somebody writes.
            told = _(
                "Your hand in {file} cannot be read ({reason}). It is left untouched; what you show"
                " the game now is not kept."
            )
            self._tell(told.format(file=self.path, reason=reason(error)))
            return
        except ValueError:
            self._set_aside(damaged=True, whole=True)
            return
        try:
            entries = _entries_in(raw)
        except _NewerFormat:
            self._keeps = False
            told = _(
                "{file} was written by a newer version of Digit Dash. It is left untouched; what"
                " you show the game now is not kept."
            )
            self._tell(told.format(file=self.path.name))
            return
        is_whole = entries is not None
        for entry in entries if entries is not None else _lines_in(raw):
            sample = self._sample(entry)
            if sample is not None:
                self._put(sample)
            else:
                is_whole = False
        if not is_whole:
            damaged = entries is None
            self._set_aside(damaged=damaged, whole=damaged and not self._samples)

    def _stamp(self) -> tuple[int, int] | None:
        """What tells one state of the file from another, or None where there is none."""
        try:
            facts = self.path.stat()
        except FileNotFoundError:
            return None
        return facts.st_mtime_ns, facts.st_size

    def _catch_up(self) -> None:
        """Take over what another game, or the player with a copied file, has put there since."""
        try:
            stamp = self._stamp()
        except OSError:
            return
        if self._keeps and stamp is not None and stamp != self._seen:
            known = list(self._samples)
            self._samples.clear()
            self._lines.clear()
            self._load()
            # A sample that is the same keeps its number: a screen may be showing it.
            for place, sample in enumerate(self._samples):
                same = next((old for old in known if _line(old) == _line(sample)), None)
                if same is not None:
                    known.remove(same)
                    self._samples[place] = same
            self._lines = {sample.number: _line(sample) for sample in self._samples}

    def _sample(self, entry: Any) -> HandSample | None:
        if not _is_entry(entry):
            return None
        return HandSample(
            self._take_number(),
            entry["label"],
            entry["strokes"],
            entry["source"],
            _when(entry.get("written_at")),
        )

    def _save(self) -> None:
        if not self._keeps:
            return
        lines = ",\n".join(self._lines[sample.number] for sample in self._samples)
        content = f'{{"format": {FORMAT}, "samples": [\n{lines}\n]}}\n'
        try:
            write_whole(self.path, content)
            self._seen = self._stamp()
        except OSError as error:
            told = _("Your hand cannot be kept in {file} ({reason}).")
            self._tell(told.format(file=self.path, reason=reason(error)))

    def _set_aside(self, *, damaged: bool, whole: bool) -> None:
        """Keep a file under another name that is damaged, or else has unusable entries.

        `whole`: nothing in it can be used.
        """
        file = self.path.name
        try:
            aside = set_aside(self.path) if whole else copy_aside(self.path)
        except OSError as error:
            self._keeps = False
            told = _(
                "{file} was damaged and cannot be set aside ({reason}). It is left untouched; what"
                " you show the game now is not kept."
            )
            if not damaged:
                told = _(
                    "{file} had unusable entries and cannot be set aside ({reason}). It is left"
                    " untouched; what you show the game now is not kept."
                )
            self._tell(told.format(file=file, reason=reason(error)))
        else:
            what = _("{file} was damaged.") if damaged else _("{file} had unusable entries.")
            rest = _("It is kept as {aside}; the other entries apply.")
            if whole:
                rest = _("It is kept as {aside}; the game begins to learn your hand anew.")
            self._tell(f"{what.format(file=file)} {rest.format(aside=aside.name)}")
            if not whole:
                self._save()  # else the same entries would be found again at every start

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


def _entries_in(raw: bytes) -> list[object] | None:
    """The entries of the file's content, or None where it is damaged; raises _NewerFormat."""
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("samples"), list):
        found = content.get("format") if isinstance(content, dict) else None
        if isinstance(found, int) and found > FORMAT:
            raise _NewerFormat
        return None
    entries: list[object] = content["samples"]
    found = content.get("format")
    if isinstance(found, int) and found > FORMAT:
        # One byte makes a format that is still to come: what it holds tells.
        ours = content.keys() == {"format", "samples"} and entries
        if not ours or any(not _is_entry(e) or set(e) != _FIELDS for e in entries):
            raise _NewerFormat
        return None
    return entries if found == FORMAT else None


def _lines_in(raw: bytes) -> Iterator[object]:
    """What the lines of a damaged file hold, each for itself: it was written with one an entry."""
    for line in raw.splitlines():
        with contextlib.suppress(ValueError, RecursionError):
            yield json.loads(line.strip(b" ,"))


def _line(sample: HandSample) -> str:
    """The sample as a line of the file."""
    return json.dumps(
        {
            "label": sample.label,
            "source": sample.source,
            "written_at": sample.written_at,
            "strokes": sample.strokes,
        }
    )


def _is_label(label: object) -> bool:
    return isinstance(label, str) and len(label) == 1 and label in "0123456789"


def _is_ink(strokes: object) -> bool:
    """Whether it is what `HandSample.strokes` holds, with at least one point and not too many."""
    if not isinstance(strokes, list) or not strokes:
        return False
    if not all(isinstance(stroke, list) and stroke for stroke in strokes):
        return False
    points = [point for stroke in strokes for point in stroke]
    return (
        len(points) <= MOST_POINTS
        and all(isinstance(point, list) and all(map(_is_number, point)) for point in points)
        and {len(point) for point in points} in ({2}, {3})  # all have a time, or none
    )


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < 1e7  # which also NaN is not
    )


def _when(value: object) -> str:
    return value if isinstance(value, str) and len(value) < 40 and value.isprintable() else ""


def _is_entry(entry: object) -> TypeGuard[dict[str, Any]]:
    return (
        isinstance(entry, dict)
        and _is_label(entry.get("label"))
        and entry.get("source") in tuple(MOST)  # which may be a list, and no key
        and _is_ink(entry.get("strokes"))
    )
