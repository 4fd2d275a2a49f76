"""Animated GIF files, picture by picture: only what changed is written, so that nothing piles up.

OpenCV would write one as well, but it wants all pictures at once and has 216 colours of its own;
here the colours are chosen from what is shown.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MOST_COLOURS = 255  # one more stands for "as before"
AS_BEFORE = 255
BITS = 5  # of each of red, green and blue, by which colours are told apart
KEEP = 1  # how a picture ends: it stays, and the next one lies on it
CODE_BITS = 8  # of a pixel
MOST_CODES = 4096
LONGEST_DELAY = 65535  # hundredths of a second

Picture = npt.NDArray[np.uint8]  # (height, width, 3): red, green, blue
Indices = npt.NDArray[np.uint8]


class Palette:
    """At most 255 colours, and the nearest of them for every other one."""

    def __init__(self, samples: Sequence[Picture]) -> None:
        """Take the colours that are most often in some pictures of the film to come."""
        pixels = np.concatenate([sample.reshape(-1, 3) for sample in samples])
        coarse = _coarse(pixels)
        counts = np.bincount(coarse, minlength=1 << 3 * BITS)
        found = np.argsort(counts, kind="stable")[::-1][:MOST_COLOURS]
        found = found[counts[found] > 0]
        sums = [np.bincount(coarse, pixels[:, n], minlength=1 << 3 * BITS) for n in range(3)]
        means = np.stack([total[found] / counts[found] for total in sums], axis=1)
        self.colours = np.rint(means).astype(np.uint8)
        self._nearest = _nearest(self.colours)
        self._nearest[found] = np.arange(len(found), dtype=np.uint8)

    def indices(self, picture: Picture) -> Indices:
        """The number of each pixel's colour, (height, width)."""
        nearest: Indices = self._nearest[_coarse(picture)]
        return nearest


class Gif:
    """A file in the making; it is shown for ever, again and again."""

    def __init__(self, size: tuple[int, int], palette: Palette) -> None:
        """`size` in px: width, height."""
        self._size, self._palette = size, palette
        table = np.zeros((256, 3), np.uint8)
        table[: len(palette.colours)] = palette.colours
        self._bytes = bytearray(b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0))
        self._bytes += table.tobytes()
        self._bytes += b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
        self._before: Picture | None = None
        self._delay_at = 0  # where the delay of the last picture stands
        self._delay = 0

    def add(self, picture: Picture, hundredths: int) -> None:
        """Show a picture (height, width, 3) for so many hundredths of a second."""
        if picture.shape != (self._size[1], self._size[0], 3):
            raise ValueError(f"All pictures of this film are {self._size} px large.")
        before = self._before
        if before is None:
            self._write(self._palette.indices(picture), 0, 0, hundredths)
        else:
            differs = picture != before
            changed = differs[..., 0] | differs[..., 1] | differs[..., 2]
            rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
            if not rows.size and self._delay + hundredths <= LONGEST_DELAY:
                self._wait(hundredths)
                return
            top, left = (rows[0], columns[0]) if rows.size else (0, 0)
            bottom, right = (rows[-1] + 1, columns[-1] + 1) if rows.size else (1, 1)
            part = slice(top, bottom), slice(left, right)
            indices = self._palette.indices(picture[part])
            indices[~changed[part]] = AS_BEFORE
            self._write(indices, int(left), int(top), hundredths)
        self._before = picture.copy()

    def finish(self) -> bytes:
        """The whole file."""
        return bytes(self._bytes) + b"\x3b"

    def _write(self, indices: Indices, left: int, top: int, hundredths: int) -> None:
        self._bytes += struct.pack("<BBBB", 0x21, 0xF9, 4, KEEP << 2 | 1)
        self._delay_at, self._delay = len(self._bytes), hundredths
        self._bytes += struct.pack("<HBB", hundredths, AS_BEFORE, 0)
        height, width = indices.shape
        self._bytes += struct.pack("<BHHHHBB", 0x2C, left, top, width, height, 0, CODE_BITS)
        data = packed(indices)
        for start in range(0, len(data), 255):
            block = data[start : start + 255]
            self._bytes.append(len(block))
            self._bytes += block
        self._bytes.append(0)

    def _wait(self, hundredths: int) -> None:
        """Nothing has changed: the last picture stays longer."""
        self._delay += hundredths
        struct.pack_into("<H", self._bytes, self._delay_at, self._delay)


def packed(indices: Indices) -> bytes:
    """Pixels (any shape, row by row) by GIF's LZW.

    Runs of one colour, of which drawings are full, are taken in leaps: the time goes with the
    number of runs, not of pixels.
    """
    flat = indices.ravel()
    starts = np.flatnonzero(np.diff(flat)) + 1
    edges = np.concatenate(([0], starts, [flat.size]))
    runs = zip(flat[edges[:-1]].tolist(), np.diff(edges).tolist(), strict=True)
    clear, end = 1 << CODE_BITS, (1 << CODE_BITS) + 1
    out, held, bits = bytearray(), 0, 0  # what is written; bits that are not yet a byte

    def write(code: int, width: int) -> None:
        nonlocal held, bits
        held |= code << bits
        bits += width
        while bits >= 8:
            out.append(held & 255)
            held >>= 8
            bits -= 8

    width, free = CODE_BITS + 1, end + 1
    table: dict[int, int] = {}  # what a code and one more pixel make
    chains: dict[int, list[int]] = {}  # by colour, the codes of runs of 1, 2, 3, ... of it
    write(clear, width)
    prefix = -1
    for colour, length in runs:
        chain = chains.setdefault(colour, [colour])
        if prefix < 0:
            leap = min(length, len(chain))
            prefix, length = chain[leap - 1], length - leap
        while length:
            known = table.get(prefix << 8 | colour)
            length -= 1
            if known is not None:
                prefix = known
                continue
            write(prefix, width)
            if free < MOST_CODES:
                table[prefix << 8 | colour] = free
                if prefix == chain[-1]:
                    chain.append(free)
                if free == 1 << width and width < 12:
                    width += 1
                free += 1
            else:
                write(clear, width)
                width, free = CODE_BITS + 1, end + 1
                table, chain = {}, [colour]
                chains = {colour: chain}
            leap = min(length + 1, len(chain))
            prefix, length = chain[leap - 1], length + 1 - leap
    if prefix >= 0:
        write(prefix, width)
        # The reader counts one code more by now, and its codes may be wider.
        if free == 1 << width and width < 12:
            width += 1
    write(end, width)
    if bits:
        out.append(held & 255)
    return bytes(out)


def _coarse(pixels: Picture) -> npt.NDArray[np.int32]:
    """Colours (..., 3) as one number each, of which there are `1 << 3 * BITS`."""
    parts = pixels.astype(np.int32) >> 8 - BITS
    number: npt.NDArray[np.int32] = (
        parts[..., 0] << 2 * BITS | parts[..., 1] << BITS | parts[..., 2]
    )
    return number


def _nearest(colours: npt.NDArray[np.uint8]) -> Indices:
    """For each coarse colour the number of the nearest one."""
    steps = (np.arange(1 << BITS) << 8 - BITS) + (1 << 7 - BITS)
    red, green, blue = np.meshgrid(steps, steps, steps, indexing="ij")
    best = np.full(red.shape, np.iinfo(np.int32).max, np.int32)
    found = np.zeros(red.shape, np.uint8)
    for n, (r, g, b) in enumerate(colours.astype(np.int32).tolist()):
        distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2
        nearer = distance < best
        best[nearer], found[nearer] = distance[nearer], n
    return found.ravel()
