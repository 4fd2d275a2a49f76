"""my-hand.json: what is usable in it is used and stays, the rest is set aside, once."""

from __future__ import annotations

from game.ink.strokes import as_arrays
from game.persistence.hand_samples import APPEAL, CALIBRATION, MOST, MyHand
from game.persistence.paths import MY_HAND_FILE
from recognizer.strokes import clean_strokes
from tests.fuzz import scratch
from tests.fuzz.contracts import is_ink, is_sentence
from tests.fuzz.digits import kept, written

WORDS = (
    b'{"format": 1, "samples": [\n', b'"label"', b'"7"', b'"source"', b'"appeal"', b'"strokes"',
    b'"calibration"', b"[[1.0, 2.0, 0.5]]", b'"written_at"', b"\n]}\n", b",\n", b'"format": 2',
)  # fmt: skip
_INK = [[[1.0, 2.0, 0.0], [3.0, 40.0, 0.1]]]


def seeds() -> list[bytes]:
    """A hand of a few digits, and the one that once failed."""
    with scratch.empty_folder() as folder:
        hand = MyHand(folder / MY_HAND_FILE)
        for label, strokes in written()[:2]:
            hand.add(label, [stroke[::4] for stroke in strokes], CALIBRATION)
        hand.add("7", _INK, APPEAL)
        return [hand.path.read_bytes(), *kept("my-hand-*.json"), b""]


def one(data: bytes) -> None:
    """It is loaded with one sentence at the most; a sample can be added, and all come back."""
    with scratch.empty_folder() as folder:
        path = folder / MY_HAND_FILE
        path.write_bytes(data)
        hand = MyHand(path)
        assert len(hand.notices) <= 1
        for notice in hand.notices:
            is_sentence(notice)
        for sample in hand.samples:
            assert sample.label in "0123456789" and sample.source in MOST
            strokes = clean_strokes(as_arrays(sample.strokes))
            assert strokes
            is_ink(strokes)
        newer = any("newer version" in notice for notice in hand.notices)
        added = hand.add("7", _INK, APPEAL)
        assert added in hand.samples
        if newer:
            assert path.read_bytes() == data, "what a newer version wrote is left alone"
            return
        again = MyHand(path)
        assert again.notices == []
        assert [s.strokes for s in again.samples] == [s.strokes for s in hand.samples]
        aside = [each.read_bytes() for each in folder.glob(f"{MY_HAND_FILE}.broken-*")]
        assert aside == ([data] if hand.notices else [])
