"""The memory of the player's hand: what is kept, what makes room, and what a damaged file loses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import recognizer
from game.persistence.hand_samples import APPEAL, CALIBRATION, MOST, MyHand

FIXTURES = Path(__file__).parents[2] / "fixtures"

SEVEN = [np.array([[0.0, 0.0, 5.0], [9.123456, 0.0, 5.1], [3.0, 20.0, 5.3]])]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "my-hand.json"


def content(path: Path) -> Any:
    return json.loads(path.read_text())


def test_a_sample_is_there_at_once_and_after_a_restart(path: Path) -> None:
    hand = MyHand(path)
    assert hand.samples == ()
    added = hand.add("7", SEVEN, CALIBRATION)
    assert added.strokes == [[[0.0, 0.0, 0.0], [9.12, 0.0, 0.1], [3.0, 20.0, 0.3]]]
    (again,) = MyHand(path).samples
    assert (again.label, again.source, again.strokes) == ("7", CALIBRATION, added.strokes)
    assert again.written_at == added.written_at
    assert not list(path.parent.glob("*.new"))


def test_strokes_without_times_are_kept_without(path: Path) -> None:
    hand = MyHand(path)
    hand.add("1", [np.zeros((0, 2)), [(1, 2), (1, 30)]], APPEAL)
    assert MyHand(path).samples[0].strokes == [[[1.0, 2.0], [1.0, 30.0]]]


@pytest.mark.parametrize("label", ["", "12", "a", "٣", None, 7])
def test_only_single_digits_are_kept(path: Path, label: Any) -> None:
    with pytest.raises(ValueError, match="single digits"):
        MyHand(path).add(label, SEVEN, CALIBRATION)
    assert not path.exists()


@pytest.mark.parametrize(
    "ink", [[], [[]], [[(0, float("nan"))]], [[(1,)]], [np.zeros((6_000, 2))], [[(1e9, 0)]]]
)
def test_ink_that_is_none_is_refused(path: Path, ink: Any) -> None:
    with pytest.raises(ValueError):
        MyHand(path).add("7", ink, CALIBRATION)
    with pytest.raises(ValueError, match="single digits"):
        MyHand(path).add("7", SEVEN, "gossip")


@pytest.mark.parametrize("source", MOST)
def test_the_oldest_of_its_kind_makes_room(path: Path, source: str) -> None:
    hand = MyHand(path)
    other = CALIBRATION if source == APPEAL else APPEAL
    kept = [hand.add("7", SEVEN, other), hand.add("1", SEVEN, source)]
    added = [hand.add("7", SEVEN, source) for _ in range(MOST[source] + 2)]
    assert list(hand.samples) == kept + added[2:]
    assert len(content(path)["samples"]) == 2 + MOST[source]


def test_one_is_removed_and_all_are_deleted(path: Path) -> None:
    changes: list[int] = []
    hand = MyHand(path, lambda: changes.append(len(hand.samples)))
    one, other = hand.add("7", SEVEN, CALIBRATION), hand.add("1", SEVEN, APPEAL)
    hand.remove(one.number)
    assert hand.samples == (other,)
    assert [s.label for s in MyHand(path).samples] == ["1"]
    hand.delete()
    assert hand.samples == () and not path.exists()
    assert changes == [1, 2, 1, 0]
    hand.remove(other.number)  # what is gone is gone
    assert hand.samples == ()


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"format": 1}', b"[" * 100_000,
               b'{"format": "1", "samples": []}']
)  # fmt: skip
def test_a_damaged_file_is_set_aside(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    hand = MyHand(path)
    assert hand.samples == ()
    (aside,) = path.parent.glob("my-hand.json.broken-*")
    assert aside.read_bytes() == damage
    assert len(hand.notices) == 1 and aside.name in hand.notices[0]
    hand.add("7", SEVEN, CALIBRATION)
    assert len(MyHand(path).samples) == 1


@pytest.mark.parametrize(
    "bad",
    [
        None, 3, {}, {"label": "77"}, {"strokes": []}, {"strokes": [[[1]]]}, {"source": ["x"]},
        {"strokes": [[[True, 2]]]}, {"strokes": [[[10**400, 2]]]}, {"label": ["7"]},
        {"strokes": [[[1, 2, 0], [3, 4]]]}, {"strokes": [[[1, 2, 0]], [[3, 4]]]},
    ],
)  # fmt: skip
def test_bad_entries_do_not_spoil_the_others(path: Path, bad: Any) -> None:
    hand = MyHand(path)
    hand.add("7", SEVEN, CALIBRATION)
    table = content(path)
    (good,) = table["samples"]
    entry = {**good, **bad} if isinstance(bad, dict) and bad else bad
    table["samples"].append(entry)
    path.write_text(json.dumps(table))
    again = MyHand(path)
    assert [s.label for s in again.samples] == ["7"]
    (aside,) = path.parent.glob("my-hand.json.broken-*")
    assert content(aside)["samples"][1] == entry
    assert len(again.notices) == 1
    assert MyHand(path).notices == []


def test_a_newer_file_is_left_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format": 2, "hands": {}}')
    hand = MyHand(path)
    assert "newer version" in hand.notices[0]
    hand.add("7", SEVEN, CALIBRATION)
    assert len(hand.samples) == 1
    hand.delete()
    assert path.read_text() == '{"format": 2, "hands": {}}'


def test_a_file_that_cannot_be_read_or_written_gives_a_sentence(path: Path) -> None:
    path.mkdir(parents=True)
    hand = MyHand(path)
    assert "cannot be read" in hand.notices[0]
    (path.parent / "file").write_text("")
    other = MyHand(path.parent / "file" / "my-hand.json")
    other.notices.clear()
    other.add("7", SEVEN, CALIBRATION)
    assert len(other.samples) == 1


def test_a_folder_that_cannot_be_made_gives_a_sentence_and_keeps_the_sample(tmp_path: Path) -> None:
    hand = MyHand(tmp_path / "folder" / "my-hand.json")
    (tmp_path / "folder").write_text("")
    hand.add("7", SEVEN, CALIBRATION)
    assert len(hand.samples) == 1
    assert "cannot be kept" in hand.notices[0]


def test_two_games_do_not_overwrite_each_other(path: Path) -> None:
    one = MyHand(path)
    first = one.add("7", SEVEN, CALIBRATION)
    other = MyHand(path)
    other.add("1", SEVEN, CALIBRATION)
    one.add("2", SEVEN, CALIBRATION)
    assert [s.label for s in one.samples] == ["7", "1", "2"]
    assert one.samples[0].number == first.number
    assert len({s.number for s in one.samples}) == 3
    assert [s.label for s in MyHand(path).samples] == ["7", "1", "2"]


def test_a_point_without_its_time_costs_one_sample(path: Path) -> None:
    raw = (FIXTURES / "my-hand-one-point-without-time.json").read_bytes()
    path.parent.mkdir()
    path.write_bytes(raw)
    entries = json.loads(raw)["samples"]
    hand = MyHand(path)
    assert len(hand.samples) == len(entries) - 1
    assert len(hand.notices) == 1 and "the other entries apply" in hand.notices[0]
    assert [kept.read_bytes() for kept in path.parent.glob("*.broken-*")] == [raw]
    recognizer.Recognizer("cnn").learn_hand([(s.label, s.strokes) for s in hand.samples])
