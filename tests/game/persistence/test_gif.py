"""GIF files: another program reads back what was shown, and for how long."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.persistence.gif import CODE_BITS, Gif, Palette, packed

COLOURS = np.array([(23, 24, 56), (252, 246, 232), (255, 184, 40), (22, 160, 110)], np.uint8)


def unpacked(data: bytes, count: int) -> list[int]:
    """GIF's LZW read by the book: the other half of `packed`, with none of its leaps."""
    clear, end = 1 << CODE_BITS, (1 << CODE_BITS) + 1
    held, bits, rest = 0, 0, iter(data)
    table: list[bytes] = []
    width, before, out = CODE_BITS + 1, b"", bytearray()
    while True:
        while bits < width:
            held |= next(rest) << bits
            bits += 8
        code = held & ((1 << width) - 1)
        held >>= width
        bits -= width
        if code == clear:
            table, width, before = [bytes([n]) for n in range(256)] + [b"", b""], 9, b""
            continue
        if code == end:
            assert held == 0 and next(rest, None) is None and len(out) == count
            return list(out)
        word = table[code] if code < len(table) else before + before[:1]
        if before and len(table) < 4096:
            table.append(before + word[:1])
            if len(table) == 1 << width and width < 12:
                width += 1
        before = word
        out += word


runs = st.lists(st.tuples(st.integers(0, 255), st.integers(1, 400)), min_size=1, max_size=40)


@given(runs)
def test_what_is_packed_can_be_read(found: list[tuple[int, int]]) -> None:
    pixels = np.repeat(*np.array(found, np.int64).T).astype(np.uint8)
    assert unpacked(packed(pixels), pixels.size) == pixels.tolist()


@pytest.mark.parametrize("colours", [2, 255])
def test_long_noise_clears_the_table_in_time(colours: int) -> None:
    pixels = np.random.default_rng(colours).integers(0, colours, 9_000).astype(np.uint8)
    assert unpacked(packed(pixels), pixels.size) == pixels.tolist()


@pytest.mark.parametrize("base", [1, 240, 500, 1010, 3830])
def test_every_length_ends_as_it_should(base: int) -> None:
    """The width of the last code is where writers of this format go wrong."""
    for size in range(18):
        pixels = np.random.default_rng(size).permutation(base + size).astype(np.uint8)
        assert unpacked(packed(pixels), pixels.size) == pixels.tolist()


def film(count: int, rng: np.random.Generator) -> list[npt.NDArray[np.uint8]]:
    picture = np.broadcast_to(COLOURS[0], (40, 60, 3)).copy()
    pictures = [picture]
    for _ in range(count - 1):
        picture = picture.copy()
        top, left = rng.integers(0, 30), rng.integers(0, 50)
        picture[top : top + 9, left : left + 7] = COLOURS[rng.integers(0, 4)]
        pictures.append(picture)
    return pictures


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 1000))
def test_another_program_sees_every_picture_in_its_time(seed: int) -> None:
    if not hasattr(cv2, "imdecodeanimation"):
        pytest.skip("this OpenCV reads no films")
    pictures = film(6, np.random.default_rng(seed))
    gif = Gif((60, 40), Palette(pictures))
    for n, picture in enumerate(pictures):
        gif.add(picture, 8 + n)
    data = gif.finish()
    done, read = cv2.imdecodeanimation(np.frombuffer(data, np.uint8))
    assert done
    shown, times = [pictures[0]], [8]
    for n, picture in enumerate(pictures[1:], 1):  # a picture like the one before only adds time
        if (picture == shown[-1]).all():
            times[-1] += 8 + n
        else:
            shown.append(picture)
            times.append(8 + n)
    assert list(read.durations) == [10 * time for time in times]
    for frame, picture in zip(read.frames, shown, strict=True):
        assert (frame[:, :, 2::-1] == picture).all()


def test_a_picture_of_another_size_is_refused() -> None:
    gif = Gif((60, 40), Palette(film(1, np.random.default_rng(0))))
    with pytest.raises(ValueError):
        gif.add(np.zeros((40, 61, 3), np.uint8), 8)


def test_of_many_colours_each_gets_a_near_one() -> None:
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 256, (64, 64, 3)).astype(np.uint8)
    flat = np.broadcast_to(COLOURS[1], (64, 64, 3))
    palette = Palette([noise, flat])
    assert len(palette.colours) == 255
    shown = palette.colours[palette.indices(noise)].astype(int)
    assert np.abs(shown - noise).max() < 128
    assert (palette.colours[palette.indices(flat)] == COLOURS[1]).all()
