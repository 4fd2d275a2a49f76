"""The reading thread: answers with tickets, keeps the newest ink only, survives every failure."""

from __future__ import annotations

import pytest
from driving import WAIT, FakeRecognizer, MoodyRecognizer, Post, SlowRecognizer

from game.reader import READER_FAILED, READER_READY, READING, Loaded, Reader


@pytest.fixture
def post() -> Post:
    return Post()


def test_loads_and_reads(post: Post) -> None:
    fake = FakeRecognizer(lambda: "7")
    reader = Reader(fake.load, post)
    reader.use("fake")
    ready = post.next()
    assert ready.type == READER_READY
    assert (ready.backend, ready.backends, ready.notice) == ("fake", ("fake", "other"), None)
    ticket = reader.request(["ink"], 1)
    answer = post.next()
    assert answer.type == READING
    assert (answer.ticket, answer.reading.text, answer.error) == (ticket, "7", None)
    assert fake.seen == [["ink"]] and fake.lengths == [1]
    reader.close()


def test_reads_freely_as_well_where_asked(post: Post) -> None:
    fake = FakeRecognizer(lambda: "7")
    reader = Reader(fake.load, post)
    reader.use("fake")
    post.next()
    reader.request(["ink"], 2)
    assert post.next().free is None
    reader.request(["ink"], 2, freely=True)
    assert post.next().free.text == "7"
    assert fake.lengths == [2, 2, None]
    reader.close()


def test_only_the_newest_ink_is_read(post: Post) -> None:
    slow = SlowRecognizer()
    reader = Reader(slow.load, post)
    reader.use("fake")
    post.next()
    first = reader.request(["a"], 1)
    assert slow.entered.wait(WAIT)
    reader.request(["b"], 1)  # replaced before it is begun
    last = reader.request(["c"], 1)
    slow.gate.set()
    assert [post.next().ticket, post.next().ticket] == [first, last]
    assert slow.seen == [["a"], ["c"]]
    reader.close()


def test_a_recognizer_that_cannot_load_says_so_and_another_can_follow(post: Post) -> None:
    fake = FakeRecognizer(lambda: "3")

    def load(backend: str) -> Loaded:
        if backend == "gone":
            raise RuntimeError("cnn.onnx is missing. Make it with: python -m train.cnn")
        return fake.load(backend)

    reader = Reader(load, post)
    reader.use("gone")
    failed = post.next()
    assert failed.type == READER_FAILED
    assert failed.error == "cnn.onnx is missing. Make it with: python -m train.cnn"
    reader.request(["ink"], 1)
    unread = post.next()
    assert unread.reading is None and "missing" in unread.error
    reader.use("fake")
    assert post.next().type == READER_READY
    reader.request(["ink"], 1)
    assert post.next().reading.text == "3"
    reader.close()


def test_an_error_while_reading_does_not_end_the_thread(post: Post) -> None:
    reader = Reader(MoodyRecognizer(lambda: "5").load, post)
    reader.use("fake")
    post.next()
    reader.request(["bad"], 1)
    answer = post.next()
    assert answer.reading is None and answer.error == MoodyRecognizer.COMPLAINT
    reader.request(["good"], 1)
    assert post.next().reading.text == "5"
    reader.close()


def test_an_error_without_words_is_named(post: Post) -> None:
    def load(backend: str) -> Loaded:
        raise MemoryError

    reader = Reader(load, post)
    reader.use("fake")
    assert post.next().error == "The recognizer failed (MemoryError)."
    reader.close()


def test_close_ends_the_thread(post: Post) -> None:
    reader = Reader(FakeRecognizer().load, post)
    thread = reader._thread
    reader.close()
    assert not thread.is_alive()
