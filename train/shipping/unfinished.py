"""What a step has reached before it is finished: one file beside its folder, gone when it is done.

A step that was stopped takes up what it left when it is started again from the same code, options,
data and packages: it is made in several sittings then. What the file holds is the business of
`train.fitting.checkpoint`. Outside of a step there is none, and nothing is kept.
"""

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path

from recognizer.files import open_regular, parse_json
from train.shipping.install import replace_file
from train.shipping.origin import hashes, versions


class Unfinished:
    """A step's file, and the sittings and seconds that went into what it holds.

    `scratch` is a folder of this run on the same file system: a draft that a kill leaves goes with
    it. `data` is the folder named, as `origin.hashes` takes it.
    """

    def __init__(self, path: Path, scratch: Path, fingerprint: str, data: Path | None) -> None:
        self.sittings = 1
        self._path = path
        self._scratch = scratch
        self._fingerprint = fingerprint
        self._data = data
        self._is_own = False  # this run wrote the file
        self._earlier = 0.0  # s of the sittings before this one
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """The time of all sittings, of an earlier one as far as it was kept."""
        return self._earlier + time.perf_counter() - self._started

    def read(self, on: str, say: Callable[[str], None]) -> bytes | None:
        """What an earlier sitting kept; None where it kept nothing, or this run wrote since.

        `on` says in words what must be alike besides: the device, say. What does not fit, or is
        damaged, is left alone, with a sentence to `say`.
        """
        if self._is_own:
            return None
        try:
            with open_regular(self._path) as file:
                digest, _, told = file.read().partition(b"\n")
            if digest.decode() != hashlib.sha256(told).hexdigest():
                raise ValueError("it is not what was written")
            head, _, content = told.partition(b"\n")
            words = parse_json(head)
            made_from, sittings, seconds = (
                words[name] for name in ("made_from", "sittings", "seconds")
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            say(f"{self._path} is damaged; the training starts from its beginning.")
            return None
        if made_from != self._made_from(on):
            say(
                f"{self._path} was left by other code, options, data or packages, or on another "
                "device; the training starts from its beginning."
            )
            return None
        self.sittings, self._earlier = sittings + 1, seconds
        return content

    def write(self, content: bytes, on: str) -> None:
        """Keep this instead of what was kept before; raises OSError and leaves that as it was."""
        head = {
            "made_from": self._made_from(on),
            "sittings": self.sittings,
            "seconds": round(self.seconds, 1),
        }
        told = json.dumps(head).encode() + b"\n" + content
        digest = hashlib.sha256(told).hexdigest().encode()
        replace_file(self._path, digest + b"\n" + told, self._scratch)
        self._is_own = True

    def remove(self) -> None:
        """Forget what was kept: the step is finished. Where it stays, it does no harm."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _made_from(self, on: str) -> str:
        told = "\n".join([self._fingerprint, self._surroundings, on])
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def _surroundings(self) -> str:
        """The data and the packages; asked for only where something is kept: it reads the data."""
        return json.dumps([hashes(self._data), versions()])


_current: ContextVar[Unfinished | None] = ContextVar("unfinished", default=None)


def current() -> Unfinished | None:
    """The file of the step that is being made here; None outside of one."""
    return _current.get()


@contextlib.contextmanager
def opened(step: Unfinished) -> Iterator[Unfinished]:
    """Inside, `current` is this one."""
    before = _current.set(step)
    try:
        yield step
    finally:
        _current.reset(before)
