"""Numbers out of bytes, for readers that take no files; after the last byte all of them are 0."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Source:
    """Reads bytes from the front."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def more(self) -> bool:
        """Whether there are bytes left."""
        return self._at < len(self._data)

    def taken(self, count: int) -> bytes:
        """The next so many bytes, with zeros behind the last."""
        found = self._data[self._at : self._at + count]
        self._at += count
        return found.ljust(count, b"\0")

    def below(self, end: int) -> int:
        """A whole number from 0 up to `end`, itself excluded; of one byte."""
        return self.taken(1)[0] % end

    def one_of(self, among: Sequence[T]) -> T:
        """One of a few."""
        return among[self.below(len(among))]

    def signed(self, size: int = 1) -> int:
        """A whole number of so many bytes."""
        return int.from_bytes(self.taken(size), "little", signed=True)

    def share(self) -> float:
        """A number from 0 to 1."""
        return self.taken(1)[0] / 255

    def double(self) -> float:
        """Any number of 64 bits, NaN and the infinite ones as well."""
        (found,) = struct.unpack("<d", self.taken(8))
        return float(found)
