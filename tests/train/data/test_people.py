"""Everybody's pens: nobody is two people, people are held out whole, absent sets may be absent."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from train.data import cleaning, pens, sets
from train.data.cleaning import mislabelled
from train.data.people import load_people, split
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.forms.augment_ink import vary
from train.forms.digits import draw_digit
from train.forms.hands import Hands
from train.forms.letters import draw_letter

Give = Callable[..., None]


def digits_of(writers: int, each: int, seed: int = 0) -> list[PenDigit]:
    random = np.random.default_rng(seed)
    return [
        PenDigit(value, writer, draw_digit(value, random))
        for writer in range(writers)
        for value in np.arange(each).tolist()
    ]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """A function that puts sets in place of the pen sets; those not named are absent."""

    def put(pendigits: list[PenDigit], **there: list[InkSample]) -> None:
        monkeypatch.setattr(sets, "load_pendigits", lambda *, train, data=None: pendigits)
        monkeypatch.setattr(
            pens, "load_pens", lambda name, data=None, *, purpose: there.get(name.replace("-", "_"))
        )

    return put


def test_a_person_is_held_out_whole(give: Give) -> None:
    unipen = [InkSample(str(d.label), d.writer, d.strokes) for d in digits_of(20, 10, seed=1)]
    give(digits_of(10, 10), unipen_digits_train=unipen)
    crowd = load_people(None, 3, 0.1)
    ours = {digit.writer for digit in crowd.training.digits}
    theirs = {digit.writer for digit in crowd.held_out.digits}
    assert ours.isdisjoint(theirs)
    assert len(ours | theirs) == 30, "writer 0 of one set is another than writer 0 of the other"
    assert len(theirs) == 3
    assert crowd.sources == ("pendigits training strokes", "UNIPEN train_r01_v07 digits")
    assert len(crowd.absent) == 5


def test_the_seed_decides_who_is_held_out() -> None:
    digits = digits_of(30, 1)
    held = [sorted({d.writer for d in split(digits, 0.1, seed)[1]}) for seed in (1, 1, 2)]
    assert held[0] == held[1] != held[2]
    alone = digits_of(1, 10)
    assert split(alone, 0.1, 1) == (alone, []), "one person cannot be held out of themselves"


def test_letters_that_look_like_digits_are_no_negatives(give: Give) -> None:
    random = np.random.default_rng(0)
    letters = [InkSample(label, n, draw_letter(random)) for n in range(8) for label in "AoOSó1E"]
    give(digits_of(4, 10), uji_letters_train=letters)
    crowd = load_people(None, 1, 0.25)
    found = {sample.label for sample in crowd.training.other_ink + crowd.held_out.other_ink}
    assert found <= {"A", "E"} and found
    assert crowd.held_out.other_ink


def test_a_label_that_nobody_bears_out_is_left_out_but_a_habit_stays() -> None:
    random = np.random.default_rng(5)

    def written(shape: int) -> list[np.ndarray]:
        return vary(draw_digit(shape, random), random)

    digits = [PenDigit(value, w, written(value)) for w in range(12) for value in range(10)] * 2
    slip = PenDigit(4, 3, written(0))
    looped = [np.column_stack([np.sin(np.linspace(0, 12, 60)), np.linspace(0, 0.3, 60)])]
    habit = [PenDigit(2, 5, looped), PenDigit(2, 5, [looped[0] * 1.1])]
    wrong = mislabelled([*digits, slip, *habit])
    assert wrong[len(digits)], "a nought that one person called a four once"
    assert not wrong[len(digits) + 1 :].any(), "a two of one's own, written twice"
    assert wrong.sum() < 0.1 * len(wrong)


def test_the_same_ink_under_two_names_is_one_person(give: Give) -> None:
    digits = digits_of(12, 10)
    doubled = [PenDigit(d.label, 40, d.strokes) for d in digits if d.writer == 3 and d.label < 5]
    own = [PenDigit(d.label, 40, d.strokes) for d in digits_of(1, 4, seed=9)]
    give(digits + doubled + own)
    crowd = load_people(None, 1, 0.1)
    everybody = crowd.training.digits + crowd.held_out.digits
    assert len(everybody) == len(digits) + len(own)
    assert {digit.writer for digit in everybody} == set(range(12))


def test_too_few_digits_are_all_believed() -> None:
    assert not mislabelled(digits_of(2, 10)).any()


def test_who_wrote_much_does_not_outweigh_the_others(give: Give) -> None:
    one = [PenDigit(7, 0, [np.zeros((2, 2))])] * 900
    others = [PenDigit(7, writer, [np.zeros((2, 2))]) for writer in range(1, 31)]
    from train.data.people import People

    hands, random = Hands(People(one + others)), np.random.default_rng(1)
    picked = [hands.digit(7, random) for _ in range(2_000)]
    share = np.mean([digit is not None and digit.writer == 0 for digit in picked])
    assert share == pytest.approx(0.5, abs=0.05), "the root of 900 against 30 times the root of 1"
    assert hands.digit(3, random) is None
    assert hands.other_ink(random) is None


@pytest.mark.data
def test_everybody_of_the_data_folder(data_folder: Path) -> None:
    crowd = load_people(data_folder, 7, 0.1)
    people = {digit.writer for digit in crowd.training.digits}
    if crowd.absent:
        pytest.skip(f"the data folder lacks {', '.join(crowd.absent)}")
    assert len(people) > 130
    assert 0 < crowd.left_out < 40


def test_the_same_digits_are_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(digits: list[PenDigit]) -> np.ndarray:
        asked.append(len(digits))
        return np.zeros(len(digits), np.bool_)

    monkeypatch.setattr(cleaning, "_known", None)
    monkeypatch.setattr(cleaning, "_mislabelled", counted)
    digits, same = digits_of(3, 10), digits_of(3, 10)
    mislabelled(digits)[0] = True  # theirs to change
    assert not mislabelled(same).any() and asked == [30]
    one = digits[7]
    changed = [
        PenDigit(one.label + 1, one.writer, one.strokes),
        PenDigit(one.label, one.writer + 1, one.strokes),
        PenDigit(one.label, one.writer, [stroke + 1e-9 for stroke in one.strokes]),
        PenDigit(one.label, one.writer, one.strokes[:-1]),
    ]
    for other in changed:
        mislabelled([*digits[:7], other, *digits[8:]])
    mislabelled(digits[:-1])
    assert asked == [30, 30, 30, 30, 30, 29]
