"""The one kind of worker thread: it does the most urgent task, and rests while there is none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from game.reading.news import News

CLOSING_SECONDS = 5.0  # s to wait for a library that is just being imported

Task = Callable[[], None]


class WorkerThread:
    """A daemon thread that asks its owner for one task after the other.

    `most_urgent` takes a wish of its owner and returns what to do about it, or None. It is called
    with the wishes locked, the task itself is not.
    """

    def __init__(
        self,
        name: str,
        most_urgent: Callable[[], Task | None],
        post: Callable[[News], object],
        *,
        at_once: bool = True,
    ) -> None:
        """It begins to work now, or, unless `at_once`, when `begin` says so."""
        self._most_urgent = most_urgent
        self._post = post
        self._wishes = threading.Condition()
        self._closing = False
        self.resting = False  # whether all that was wished for is done and told
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        if at_once:
            self.begin()

    def begin(self) -> None:
        """Let it work, if it does not yet."""
        if self._thread.ident is None:
            self._thread.start()

    @contextmanager
    def wishing(self) -> Iterator[None]:
        """Change what is wished for; the thread looks at it afterwards."""
        with self._wishes:
            self.resting = False
            yield
            self._wishes.notify()

    def tell(self, news: News) -> None:
        """Post news from within a task; nobody is told anything after `close`."""
        with self._wishes:  # so that `close` is over before, or comes after
            if not self._closing:
                self._post(news)

    def close(self) -> None:
        """Let the thread end; what it is doing now is waited for, but not for ever."""
        with self.wishing():
            self._closing = True
        if self._thread.ident is not None:
            self._thread.join(timeout=CLOSING_SECONDS)

    def _work(self) -> None:
        while (task := self._next()) is not None:
            task()

    def _next(self) -> Task | None:
        with self._wishes:
            while not self._closing:
                task = self._most_urgent()
                if task is not None:
                    return task
                self.resting = True
                self._wishes.wait()
            return None
