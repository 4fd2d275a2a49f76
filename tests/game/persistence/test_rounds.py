"""A round to look at again: as it was played, as it was stored, and put right."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hands import HANDS, Recording, numbers

from game.persistence.hand_samples import MyHand
from game.persistence.rounds import KeptAnswer, Recorder, load_round
from game.persistence.storage import Answer, RoundSummary, Storage
from game.rules.appeals import Ruling
from game.rules.judge import Verdict
from game.rules.modes.sums import MODE as SUMS
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt
from game.rules.round import Round
from recognizer import Recognizer, ink
from recognizer.numbers.reader import NumberReader
from recognizer.reading import Reading
from recognizer.store import ModelStore
from recognizer.strokes import clean_strokes

ONE = [[[100.0, 100.0, 0.0], [140.0, 300.0, 0.2]]]
SEVEN = [[[400.0, 100.0, 0.6], [480.0, 100.0, 0.8], [440.0, 300.0, 1.0]]]
BOXES = [[100.0, 100.0, 140.0, 300.0], [400.0, 100.0, 480.0, 300.0]]


def row(read: int, second: int, share: float) -> list[float]:
    probabilities = [0.005] * 10
    probabilities[read], probabilities[second] = 0.96 - share, share
    return probabilities


WRONG = Answer(
    "8 + 9", "sum", "17", "11", "wrong", False, 2.5, 0, "cnn", 0.7,
    [row(1, 4, 0.01), row(1, 7, 0.2)], ONE + SEVEN, BOXES,
)  # fmt: skip
RIGHT = replace(WRONG, read="17", verdict="right", correct=True, points=170)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path)
    yield storage
    storage.close()


def play(storage: Storage, *answers: Answer) -> None:
    number = storage.begin_round("sums", "cnn", None)
    for answer in answers:
        storage.add_answer(number, answer)
    storage.end_round(number, "finished", RoundSummary(90.0, 170, 1, 1, 1))


def test_a_stored_round_is_put_right_and_stays_so(storage: Storage, tmp_path: Path) -> None:
    play(storage, WRONG, RIGHT)
    hand = MyHand(tmp_path / "hand.json")
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None
    assert (kept.sheet.score.points, kept.sheet.score.wrong) == (170, 1)
    outcome = kept.answers[0].outcome
    assert (outcome.prompt.text, outcome.prompt.answer, outcome.read) == ("8 + 9", "17", "11")
    assert kept.appeal(0, "17", storage, hand) is Ruling.COUNTS
    points = [answer.outcome.points for answer in kept.answers]
    assert all(points) and kept.sheet.score.points == sum(points)
    assert (kept.sheet.score.right, kept.sheet.score.longest_streak) == (2, 2)
    # Both digits are learned, each with its own ink, and both are in the file.
    assert [(s.label, len(s.strokes), s.source) for s in MyHand(hand.path).samples] == [
        ("1", 1, "appeal"), ("7", 1, "appeal"),
    ]  # fmt: skip
    again = load_round(storage, storage.past_rounds()[0])
    assert again is not None
    assert again.sheet.score.points == sum(points)
    first = again.answers[0].outcome
    assert (first.appeal, first.counted, first.is_right) == ("17", True, True)
    assert [answer.outcome.points for answer in again.answers] == points
    assert storage.best_score("sums") == sum(points)


def test_an_appeal_that_does_not_count_is_kept_all_the_same(
    storage: Storage, tmp_path: Path
) -> None:
    play(storage, replace(WRONG, probabilities=[row(1, 4, 0.01), row(1, 2, 0.2)]))
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None
    hand = MyHand(tmp_path / "hand.json")
    assert kept.appeal(0, "17", storage, hand) is Ruling.NOT_SECOND
    (answer,) = storage.answers()
    assert (answer.appeal, answer.counted, answer.points) == ("17", False, 0)
    assert storage.past_rounds()[0].summary == RoundSummary(90.0, 170, 1, 1, 1)
    assert len(hand.samples) == 2


def test_ink_that_cannot_be_shared_out_teaches_nothing(storage: Storage, tmp_path: Path) -> None:
    play(storage, replace(WRONG, boxes=[]))
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None
    hand = MyHand(tmp_path / "hand.json")
    kept.appeal(0, "17", storage, hand)
    assert hand.samples == ()
    assert storage.answers()[0].appeal == "17"


def kept_answer(read: str, strokes: list[list[list[float]]], **facts: object) -> KeptAnswer:
    prompt = Prompt(read, Disguise.SUM, read)
    return KeptAnswer(Outcome(prompt, read, Verdict.RIGHT, 1.0, 0), strokes, **facts)  # type: ignore[arg-type]


def stored(tmp_path: Path, strokes: list[np.ndarray], reading: Reading) -> KeptAnswer:
    """An answer as a later session finds it."""
    storage = Storage(tmp_path)
    game = Round(SUMS, random.Random(1), lambda: 0.0, [SUMS.level(None)])
    recorder = Recorder(storage, game)
    recorder.begin(reading.backend, None)
    prompt = Prompt("17", Disguise.SUM, "17")
    recorder.keep(Outcome(prompt, reading.text, Verdict.RIGHT, 1.0, 0), strokes, reading)
    (kept,) = recorder.answers
    assert not kept.views().anew
    assert all(map(np.array_equal, kept.views().pictures, seen_in(reading)))
    recorder.end("finished")
    storage.close()
    storage = Storage(tmp_path)
    again = load_round(storage, storage.past_rounds()[0])
    storage.close()
    assert again is not None
    return again.answers[-1]


def seen_in(reading: Reading) -> list[object]:
    pages = [] if reading.page is None else [reading.page]
    return pages or [digit.picture for digit in reading.digits]


@pytest.mark.parametrize("hand", HANDS)
def test_a_stored_digit_is_shown_as_the_classifier_got_it(
    tmp_path: Path, written_digits, hand
) -> None:
    classifier = Recording(ModelStore().entry("cnn"))
    reader = NumberReader(classifier)
    for n, strokes in enumerate(numbers(written_digits, hand, 8)):
        classifier.asked.clear()
        reading = Reading("cnn", 1.0, reader.read_strokes(strokes).digits)
        views = stored(tmp_path / str(n), strokes, reading).views()
        assert len(views.pictures) == len(reading.digits) and not views.anew
        for picture, digit in zip(views.pictures, reading.digits, strict=True):
            assert classifier.said_of(picture), "a picture that the classifier never saw"
            assert np.array_equal(picture, digit.picture)


def test_a_stored_line_is_shown_as_the_detector_got_it(tmp_path: Path, written_digits) -> None:
    reader = Recognizer("yolo")
    pages = 0
    for n, strokes in enumerate(numbers(written_digits, HANDS[0], 6)):
        reading = reader.read(strokes)
        views = stored(tmp_path / str(n), strokes, reading).views()
        if all(digit.ink for digit in reading.digits):
            (page,) = views.pictures
            assert np.array_equal(page, reading.page) and not views.anew
            pages += 1
    assert pages >= 3


def test_of_old_versions_the_pictures_are_drawn_anew() -> None:
    one, seven = (ink.glyph(clean_strokes(part)) for part in (ONE, SEVEN))
    boxes = [(box[0], box[1], box[2], box[3]) for box in BOXES]
    both = kept_answer("17", ONE + SEVEN, boxes=boxes, backend="cnn").views()
    assert both.anew and len(both.pictures) == 2
    assert (both.pictures[0] == one).all() and (both.pictures[1] == seven).all()
    single = kept_answer("7", SEVEN, backend="cnn").views()
    assert single.anew and (single.pictures[0] == seven).all()
    (page,) = kept_answer("17", ONE + SEVEN, boxes=boxes, backend="yolo").views().pictures
    assert page.shape[1] > page.shape[0] and page.any()


def test_what_was_not_kept_is_not_made_up() -> None:
    no_boxes = kept_answer("17", ONE + SEVEN)
    assert no_boxes.views().pictures == (), "an answer of an old version: no boxes"
    boxes = [(box[0], box[1], box[2], box[3]) for box in BOXES]
    inside = [[[410.0, 100.0 + n, n / 100] for n in range(90)]]
    joined = [[*ONE[0], *inside[0]]]
    assert kept_answer("17", joined, boxes=boxes).views().pictures == (), "one box without ink"
    assert kept_answer("7", []).views().pictures == ()
    assert kept_answer("7", [[[np.inf, 1.0, 0.0]]]).views().pictures == ()


def test_a_number_written_in_one_go_teaches_each_digit(storage: Storage, tmp_path: Path) -> None:
    joined = [[*ONE[0], *SEVEN[0]]]
    parts = [[[p[:2] for p in ONE[0]]], [[p[:2] for p in SEVEN[0]]]]
    play(storage, replace(WRONG, ink=joined, digit_ink=parts))
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None
    hand = MyHand(tmp_path / "hand.json")
    kept.appeal(0, "17", storage, hand)
    assert [(s.label, s.strokes) for s in hand.samples] == [("1", parts[0]), ("7", parts[1])]


def test_rounds_of_other_versions_do_no_harm(storage: Storage) -> None:
    number = storage.begin_round("marathon", "cnn", None)
    storage.add_answer(number, RIGHT)
    storage.end_round(number, "finished", RoundSummary(1.0, 1, 1, 1, 0))
    play(storage, replace(RIGHT, verdict="splendid", disguise="mask", boxes=[[1.0, 2.0]]))
    known, unknown = storage.past_rounds()
    assert load_round(storage, unknown) is None
    kept = load_round(storage, known)
    assert kept is not None
    assert kept.answers[0].outcome.verdict is Verdict.UNREADABLE
    assert kept.answers[0].boxes == []
