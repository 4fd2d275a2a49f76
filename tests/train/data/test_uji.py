"""The parser of UJI Pen Characters: its text is read, and one that is cut off is named by line."""

from pathlib import Path

import pytest

from train.data.uji import UjiFormatError, check_whole, read_uji

TEXT = """\
// a comment
WORD 7 trn_UJI_W02-01
  NUMSTROKES 2
  POINTS 2 # 1 2 3 4
  POINTS 1 # 5 6
WORD \xf1 tst_UPV_W01-02
  NUMSTROKES 1
  POINTS 1 # 7 8
WORD a trn_UJI_W01-01
  NUMSTROKES 1
  POINTS 1 # 9 9.5
"""


def put(folder: Path, text: str) -> Path:
    path = folder / "ujipenchars2.txt"
    path.write_bytes(text.encode("latin-1"))
    return path


def test_characters_writers_and_strokes_are_read(tmp_path: Path) -> None:
    seven, enye, letter = read_uji(put(tmp_path, TEXT))
    assert (seven.label, seven.writer, enye.label, enye.writer) == ("7", 1, "\xf1", 2)
    assert (letter.label, letter.writer) == ("a", 0), "the training part's writers come first"
    assert [stroke.tolist() for stroke in seven.strokes] == [[[1, 2], [3, 4]], [[5, 6]]]


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert len(read_uji(put(tmp_path, TEXT.replace("\n", "\r\n")))) == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "line 0"),
        ("hello", "line 1: 'hello' belongs to no character"),
        (TEXT.replace("  POINTS 1 # 5 6\n", ""), "line 5"),
        (TEXT.replace("POINTS 2 # 1 2 3 4", "POINTS 2 # 1 2 3"), "line 4"),
        (TEXT.replace("1 2 3 4", "1 2 3 x"), "line 4: a coordinate is no number"),
        (TEXT.replace("1 2 3 4", "1 2 3 nan"), "line 4: a coordinate is no finite number"),
        (TEXT.replace("NUMSTROKES 2", "NUMSTROKES two"), "line 3"),
        (
            TEXT.replace("NUMSTROKES 2", "NUMSTROKES " + "2" * 5000),
            "line 3: .* no number",
        ),
        (TEXT.replace("POINTS 2", "POINTS " + "0" * 5000 + "2"), "line 4: .* belongs to no"),
        (TEXT[:-20], "ends too early|coordinates|belongs to no"),
    ],
)
def test_a_faulty_text_is_named_by_its_line(text: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(UjiFormatError, match=line):
        read_uji(put(tmp_path, text))


def test_a_part_is_not_the_whole(tmp_path: Path) -> None:
    path = put(tmp_path, TEXT)
    with pytest.raises(UjiFormatError, match="3 characters of 3 people, not 11,640 of 60"):
        check_whole(read_uji(path), path)
