"""The processes that a report works in: models read in them, and its pictures are drawn in them."""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

import cv2
from threadpoolctl import threadpool_limits

from recognizer import Recognizer

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Opening:
    """How a process opens a model: by the name of a backend and a folder with a manifest."""

    backend: str
    store: Path | None = None

    def open(self) -> Recognizer:
        """The recognizer, kept open in this process."""
        return _open(self)


@cache
def _open(opening: Opening) -> Recognizer:
    return Recognizer(opening.backend, opening.store)


class Processes:
    """Where the work is done: in other processes, or, if there is but one, in this one."""

    def __init__(self, count: int = 1) -> None:
        self._pool = (
            ProcessPoolExecutor(
                count, multiprocessing.get_context("spawn"), initializer=_one_thread_each
            )
            if count > 1
            else None
        )
        self._pending: list[Future[object]] = []

    def each(
        self,
        opening: Opening,
        work: Callable[[Recognizer, Item], Result],
        items: Iterable[Item],
        advance: Callable[[], object] = lambda: None,
    ) -> list[Result]:
        """What a function makes of every item with the model; the function is a module's own.

        `advance` is called after each.
        """
        if self._pool is None:
            made: Iterable[Result] = (work(opening.open(), item) for item in items)
        else:
            made = self._pool.map(partial(_work, opening, work), items)
        results = []
        for result in made:
            results.append(result)
            advance()
        return results

    def later(self, work: Callable[..., object], *arguments: object) -> None:
        """Do what nobody waits for, such as a picture; the function is a module's own.

        It is done by when `settle` returns, in any order: at once where there is but one process.
        """
        if self._pool is None:
            work(*arguments)
        else:
            self._pending.append(self._pool.submit(work, *arguments))

    def settle(self) -> None:
        """Wait for all that was to be done later; raises what went wrong with the first of it."""
        pending, self._pending = self._pending, []
        for future in pending:
            future.result()

    def close(self) -> None:
        """Let the processes go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _one_thread_each() -> None:
    cv2.setNumThreads(1)
    threadpool_limits(1)


def _work(opening: Opening, work: Callable[[Recognizer, Item], Result], item: Item) -> Result:
    return work(opening.open(), item)
