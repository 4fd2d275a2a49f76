"""The reading thread: answers with tickets, keeps the newest ink only, survives every failure."""

from __future__ import annotations

import threading

import pytest
from driving import (
    WAIT,
    FakeRecognizer,
    LearningRecognizer,
    MoodyRecognizer,
    Post,
    SlowRecognizer,
)

from game.reading.news import HandLearned, InkRead, ReaderFailed, ReaderReady
from game.reading.reader import Loaded, Reader


@pytest.fixture
def post() -> Post:
    return Post()


def test_loads_and_reads(post: Post) -> None:
    fake = FakeRecognizer(lambda: "7")
    reader = Reader(fake.load, post)
    reader.use("fake")
    ready = post.next(ReaderReady)
    assert (ready.backend, ready.backends, ready.notice) == ("fake", ("fake", "other"), None)
    ticket = reader.request(["ink"], 1)
    answer = post.next(InkRead)
    assert answer.reading is not None
    assert (answer.ticket, answer.reading.text, answer.error) == (ticket, "7", None)
    assert fake.seen == [["ink"]] and fake.lengths == [1]
    reader.close()


def test_begins_when_told_and_is_closed_without_ever_having_begun(post: Post) -> None:
    fake = FakeRecognizer()
    reader = Reader(fake.load, post, at_once=False)
    reader.use("fake")
    assert post.is_silent() and not reader.resting
    reader.begin()
    post.next(ReaderReady)
    reader.begin()
    reader.close()
    never = Reader(fake.load, post, at_once=False)
    never.use("fake")
    never.close()
    assert post.is_silent()


def test_reads_freely_as_well_where_asked(post: Post) -> None:
    fake = FakeRecognizer(lambda: "7")
    reader = Reader(fake.load, post)
    reader.use("fake")
    post.next(ReaderReady)
    reader.request(["ink"], 2)
    assert post.next(InkRead).free is None
    reader.request(["ink"], 2, freely=True)
    assert post.next(InkRead).free.text == "7"
    assert fake.lengths == [2, 2, None]
    reader.close()


def test_only_the_newest_ink_is_read(post: Post) -> None:
    slow = SlowRecognizer()
    reader = Reader(slow.load, post)
    reader.use("fake")
    post.next(ReaderReady)
    first = reader.request(["a"], 1)
    assert slow.entered.wait(WAIT)
    reader.request(["b"], 1)  # replaced before it is begun
    last = reader.request(["c"], 1)
    slow.gate.set()
    assert [post.next(InkRead).ticket, post.next(InkRead).ticket] == [first, last]
    assert slow.seen == [["a"], ["c"]]
    reader.close()


def test_of_two_sheets_the_newest_ink_of_each_is_read_in_the_order_of_asking(post: Post) -> None:
    slow = SlowRecognizer()
    reader = Reader(slow.load, post)
    reader.use("fake")
    post.next(ReaderReady)
    reader.request(["a"], 1)
    assert slow.entered.wait(WAIT)
    reader.request(["b"], 1, sheet=0)
    other = reader.request(["c"], 1, sheet=1)
    last = reader.request(["d"], 1, sheet=0)
    slow.gate.set()
    assert [post.next(InkRead).ticket for _ in range(3)][1:] == [other, last]
    assert slow.seen == [["a"], ["c"], ["d"]]
    reader.close()


def test_a_recognizer_that_cannot_load_says_so_and_another_can_follow(post: Post) -> None:
    fake = FakeRecognizer(lambda: "3")

    def load(backend: str) -> Loaded:
        if backend == "gone":
            raise RuntimeError("cnn.onnx is missing. Make it with: python -m train.cnn")
        return fake.load(backend)

    reader = Reader(load, post)
    reader.use("gone")
    failed = post.next(ReaderFailed)
    assert failed.error == "cnn.onnx is missing. Make it with: python -m train.cnn"
    reader.request(["ink"], 1)
    unread = post.next(InkRead)
    assert unread.reading is None and "missing" in unread.error
    reader.use("fake")
    post.next(ReaderReady)
    reader.request(["ink"], 1)
    assert post.next(InkRead).reading.text == "3"
    reader.close()


def test_an_error_while_reading_does_not_end_the_thread(post: Post) -> None:
    reader = Reader(MoodyRecognizer(lambda: "5").load, post)
    reader.use("fake")
    post.next(ReaderReady)
    reader.request(["bad"], 1)
    answer = post.next(InkRead)
    assert answer.reading is None and answer.error == MoodyRecognizer.COMPLAINT
    reader.request(["good"], 1)
    assert post.next(InkRead).reading.text == "5"
    reader.close()


def test_an_error_without_words_is_named(post: Post) -> None:
    def load(backend: str) -> Loaded:
        raise MemoryError

    reader = Reader(load, post)
    reader.use("fake")
    assert post.next(ReaderFailed).error == "The recognizer failed (MemoryError)."
    reader.close()


def test_close_ends_the_thread(post: Post) -> None:
    before = set(threading.enumerate())
    reader = Reader(FakeRecognizer().load, post)
    (thread,) = set(threading.enumerate()) - before
    reader.close()
    assert not thread.is_alive()


HAND = (("7", [[[0.0, 0.0], [1.0, 9.0]]]),)


def test_what_it_learns_is_known_at_the_next_reading(post: Post) -> None:
    fake = LearningRecognizer()
    fake.answer = lambda: "7" if fake.taught and fake.taught[-1] else "1"
    reader = Reader(fake.load, post)
    reader.use("fake")
    post.next(ReaderReady)
    reader.learn(HAND)
    reader.request(["ink"], 1)
    learned = post.next(HandLearned)
    assert (learned.count, learned.error) == (1, None)
    assert post.next(InkRead).reading.text == "7"
    reader.learn([])
    assert post.next(HandLearned).count == 0
    reader.request(["ink"], 1)
    assert post.next(InkRead).reading.text == "1"
    assert fake.taught == [HAND, ()]
    reader.close()


def test_a_backend_that_is_loaded_later_learns_the_hand_before_it_reads(post: Post) -> None:
    reader = Reader(lambda name: Loaded(models[name], name, tuple(models)), post)
    first, second = LearningRecognizer(), LearningRecognizer()
    models = {"first": first, "second": second}
    reader.learn(HAND)
    for name, model in models.items():
        reader.use(name)
        assert post.next(HandLearned).error is None
        assert post.next(ReaderReady).backend == name
        assert model.taught == [HAND]
    reader.close()


class Stubborn(LearningRecognizer):
    """Has a method for it, but cannot learn."""

    learns_hands = False


class Failing(LearningRecognizer):
    """Breaks while it learns."""

    def learn_hand(self, samples: object) -> None:
        raise ValueError("Stroke 1 lies absurdly far out.")


@pytest.mark.parametrize(
    ("recognizer", "words"),
    [(FakeRecognizer(), "cannot learn"), (Stubborn(), "cannot learn"), (Failing(), "absurdly")],
)
def test_one_that_cannot_learn_says_so_and_reads_on(
    post: Post, recognizer: FakeRecognizer, words: str
) -> None:
    reader = Reader(recognizer.load, post)
    reader.use("fake")
    post.next(ReaderReady)
    reader.learn(HAND)
    learned = post.next(HandLearned)
    assert learned.count == 0 and words in learned.error
    reader.request(["ink"], 1)
    assert post.next(InkRead).reading.text == "1"
    reader.close()
