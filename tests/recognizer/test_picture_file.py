"""Pictures as files: coloured, transparent and deep ones become grey; large ones are refused."""

import struct
import zlib

import cv2
import numpy as np
import pytest

from recognizer import Recognizer
from recognizer.picture_file import grey_picture, is_picture


def four() -> np.ndarray:
    """Where a four is written, 0..255."""
    ink = np.zeros((120, 100), np.uint8)
    for line in ([[30, 20], [24, 62], [72, 62]], [[60, 22], [58, 100]]):
        cv2.polylines(ink, [np.array(line, np.int32)], False, 255, 8, cv2.LINE_AA)
    return ink


def coloured(ink: tuple[int, int, int], paper: tuple[int, int, int]) -> np.ndarray:
    share = four()[:, :, None] / 255.0
    return np.rint(np.array(paper) * (1 - share) + np.array(ink) * share).astype(np.uint8)


def transparent(level: int) -> np.ndarray:
    """Ink of one level on nothing."""
    return np.dstack([np.full((120, 100, 3), level, np.uint8), four()])


def as_file(picture: np.ndarray, kind: str = ".png") -> bytes:
    return cv2.imencode(kind, picture)[1].tobytes()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds next to nothing."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


@pytest.mark.parametrize(
    "content",
    [
        as_file(255 - four()),
        as_file(four()),
        as_file(255 - four(), ".jpg"),
        as_file(coloured((200, 60, 40), (235, 240, 245)), ".jpg"),
        as_file(coloured((0, 225, 255), (255, 255, 255))),
        as_file(coloured((60, 60, 220), (60, 138, 60))),
        as_file(transparent(0)),
        as_file(transparent(255)),
        as_file(np.dstack([coloured((30, 30, 30), (230, 230, 230)), 255 - four() // 2])),
        as_file((255 - four()).astype(np.uint16) * 257),
    ],
    ids=["dark", "light", "jpeg", "blue pen", "yellow on white", "red on green", "black on nothing",
         "white on nothing", "a little transparent", "sixteen bits"],
)  # fmt: skip
def test_what_is_written_is_read(reader: Recognizer, content: bytes) -> None:
    assert is_picture(content)
    grey = grey_picture(content)
    assert grey.shape == (120, 100)
    assert grey.dtype == np.uint8
    assert reader.read_image(grey).text == "4"


def test_a_picture_of_nothing_is_empty_paper(reader: Recognizer) -> None:
    nothing = as_file(np.zeros((20, 30, 4), np.uint8))
    assert reader.read_image(grey_picture(nothing)).text == ""


@pytest.mark.parametrize("size", [(20_001, 10), (10, 20_001), (8_000, 8_000), (2**31 - 1, 9)])
def test_size_is_known_before_decoding(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        pytest.fail("it was decoded")

    monkeypatch.setattr(cv2, "imdecode", decode)
    with pytest.raises(ValueError, match=r"larger than|more than 40,000,000"):
        grey_picture(png_of_size(*size))
    jpeg = bytearray(as_file(four(), ".jpg"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 40_000, 65_000)
    with pytest.raises(ValueError, match="larger than"):
        grey_picture(bytes(jpeg))


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n",
        png_of_size(10, 10)[:20],
        png_of_size(0, 10),
        png_of_size(30, 30),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\x00\x00" + bytes(40),
        as_file(four(), ".jpg")[:60],
    ],
)
def test_damaged_pictures_are_a_sentence(content: bytes) -> None:
    assert is_picture(content)
    with pytest.raises(ValueError, match=r"^The picture is damaged.*\.$"):
        grey_picture(content)


def test_other_files_are_no_pictures() -> None:
    for content in (b"", b'{"strokes": []}', b"GIF89a", b"BM", b"%PDF-1.7", b"\x89PN"):
        assert not is_picture(content)
