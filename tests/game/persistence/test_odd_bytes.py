"""Single changed bytes in everything that is kept as text: a sentence at most, and the rest stays.

Seeded, so that a failure repeats.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from stored import INK, answer

from game.persistence.hand_samples import APPEAL, CALIBRATION, MyHand
from game.persistence.journal import waiting
from game.persistence.records import connect
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage
from recognizer.ink_file import LabelledInk, ink_lines, read_ink_file

TIMES = 200


def altered(sound: bytes, seed: str, times: int = TIMES) -> Iterator[bytes]:
    """The content with one byte changed, left out, put in twice, or cut off behind it."""
    rng = random.Random(seed)
    for _ in range(times):
        at = rng.randrange(len(sound))
        change = bytes([sound[at] ^ rng.randrange(1, 256)])
        middle = rng.choice([change, change, change, b"", sound[at : at + 1] * 2])
        tail = sound[at + 1 :] if rng.random() < 0.95 else b""
        yield sound[:at] + middle + tail


def test_the_settings(tmp_path: Path) -> None:
    file = SettingsFile.load(tmp_path)
    file.settings.volume, file.settings.hand = 0.25, "left"
    file.settings.pace = {"stroke": [0.4, 0.3, 5.0]}
    assert file.save() is None
    path = tmp_path / "settings.toml"
    sound = path.read_bytes()
    for content in altered(sound, "settings"):
        path.write_bytes(content)
        found = SettingsFile.load(tmp_path)
        assert len(found.notices) <= 1, content
        found.settings.volume = 0.75
        assert found.save() is None, content
        again = SettingsFile.load(tmp_path)
        assert again.settings.volume == 0.75 and again.notices == [], content
        kept = [aside.read_bytes() for aside in tmp_path.glob("settings.toml.broken-*")]
        assert kept == ([content] if found.notices else []), content
        empty(tmp_path)


def test_the_hand(tmp_path: Path) -> None:
    path = tmp_path / "my-hand.json"
    hand = MyHand(path)
    for label in "0123456789":
        hand.add(label, INK, CALIBRATION)
        hand.add(label, INK, APPEAL)
    sound = path.read_bytes()
    for content in altered(sound, "hand"):
        path.write_bytes(content)
        found = MyHand(path)
        assert len(found.notices) <= 1, content
        cut = content.count(b"\n") < sound.count(b"\n") - 1
        assert len(found.samples) >= 18 or cut, content
        added = found.add("7", INK, APPEAL)
        assert added in found.samples
        assert len(MyHand(path).samples) == len(found.samples)
        kept = [aside.read_bytes() for aside in tmp_path.glob("my-hand.json.broken-*")]
        assert kept == ([content] if found.notices else []), content
        empty(tmp_path)


def test_a_journal(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    other = connect(str(storage.path), 0.0)
    other.execute("BEGIN IMMEDIATE")
    number = storage.begin_round("dash", "cnn", None)
    for n in range(10):
        storage.add_answer(number, answer(prompt=str(n)))
    storage.close(0.0)
    other.close()
    (journal,) = waiting(storage.path)
    sound, empty_database = journal.read_bytes(), storage.path.read_bytes()
    beginning = sound.index(b"\n") + 1  # without the round's beginning its answers have no place
    for change in altered(sound[beginning:], "journal", TIMES // 2):
        content = sound[:beginning] + change
        journal.write_bytes(content)
        storage.path.write_bytes(empty_database)
        again = Storage(tmp_path)
        assert again.keeps_scores, content
        cut = content.count(b"\n") < sound.count(b"\n") - 1
        assert len(again.answers()) >= 8 or cut, content
        assert len(again.notices) <= 1
        again.close()
        for aside in tmp_path.glob("*.broken-*"):
            assert aside.read_bytes() == content
        empty(tmp_path)


def test_a_file_of_labelled_ink(tmp_path: Path) -> None:
    path = tmp_path / "ink.jsonl"
    pieces = [
        LabelledInk(str(n % 10), "answer", [np.array(stroke) for stroke in INK]) for n in range(10)
    ]
    for content in altered("".join(ink_lines(pieces)).encode(), "ink"):
        path.write_bytes(content)
        try:
            found = read_ink_file(path)
        except ValueError as error:
            assert str(path) in str(error)
        else:
            assert len(found) <= 10


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
