"""The text of UJI Pen Characters: read, or refused with file and line."""

from __future__ import annotations

from tests.fuzz import scratch
from tests.fuzz.contracts import is_ink, is_sentence
from train.data.uji import UjiFormatError, read_uji

NAME = "ujipenchars2.txt"
WORDS = (
    b"WORD 7 trn_UJI_W01-01\n", b"WORD a tst_UPV_W02-02\n", b"  NUMSTROKES 1\n", b"NUMSTROKES ",
    b"  POINTS 2 # 1 2 3 4\n", b"POINTS ", b" # ", b"// a comment\n", b"\xf1",
)  # fmt: skip
_TEXT = b"""\
// UJI Pen Characters
WORD 7 trn_UJI_W01-01
  NUMSTROKES 2
  POINTS 3 # 10 20 30 20 15 60
  POINTS 2 # 12 40 28 40
WORD \xf1 tst_UPV_W02-02
  NUMSTROKES 1
  POINTS 2 # 5 5 5 50
"""


def seeds() -> list[bytes]:
    """A text of two characters, the end of it, and nothing."""
    return [_TEXT, _TEXT[: _TEXT.index(b"WORD \xf1")], b""]


def one(data: bytes) -> None:
    """Whatever is read is ink with a label, its writers numbered from 0."""
    with scratch.file(NAME, data) as path:
        try:
            samples = read_uji(path)
        except UjiFormatError as error:
            is_sentence(error, path)
            return
    assert samples
    for sample in samples:
        assert sample.label and not sample.label.isspace() and sample.strokes
        is_ink(sample.strokes)
    writers = {sample.writer for sample in samples}
    assert writers == set(range(len(writers)))
