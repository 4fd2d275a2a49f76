"""Pages by the thousand: `train.forms.pages` on all cores, the same pages whatever their number."""

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor

import cv2
import numpy as np

from train.forms.pages import Mix, Page, Sources, compose

BATCH = 500  # pages a task of a worker; about a second's work
Make = Callable[[int, tuple[int, ...], Mix], list[Page]]


@contextlib.contextmanager
def page_maker(sources: Sources) -> Iterator[Make]:
    """Give a function (count, seed, mix) -> pages that composes on all cores.

    The seed decides the pages, whatever the number of cores. One batch needs no other process.
    """
    pool: ProcessPoolExecutor | None = None

    def make(count: int, seed: tuple[int, ...], mix: Mix) -> list[Page]:
        nonlocal pool
        sizes = [min(BATCH, count - start) for start in range(0, count, BATCH)]
        tasks = [(size, (*seed, number), mix) for number, size in enumerate(sizes)]
        if len(tasks) == 1:
            return compose_batch(sources, *tasks[0])
        if pool is None:
            # Forking a process in which torch has started threads can deadlock: start afresh.
            fresh = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(os.cpu_count(), fresh, _start_worker, (sources,))
        return [page for part in pool.map(_compose_task, tasks) for page in part]

    try:
        yield make
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


_worker_sources: Sources | None = None  # in a worker: handed over once, not with every task


def _start_worker(sources: Sources) -> None:
    global _worker_sources
    _worker_sources = sources
    cv2.setNumThreads(1)  # each worker has one core to itself


def _compose_task(task: tuple[int, tuple[int, ...], Mix]) -> list[Page]:
    assert _worker_sources is not None
    return compose_batch(_worker_sources, *task)


def compose_batch(sources: Sources, count: int, seed: tuple[int, ...], mix: Mix) -> list[Page]:
    """So many pages, in this process."""
    random = np.random.default_rng(seed)
    return [compose(random, sources, mix) for _ in range(count)]
