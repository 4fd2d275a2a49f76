"""The parser of pendigits' strokes: what it reads, and what it says of damaged text."""

from pathlib import Path

import pytest

from train.data.unipen import UnipenFormatError, read_unipen

HEAD = '.INCLUDE dene.doc\n\n.LEXICON "0" "1"\n.HIERARCHY DIGIT\n\n'
SEVEN = """.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 12  224
.PEN_DOWN
 10  50
 40  50
.PEN_UP
.DT 100
.PEN_DOWN
 5  20
.PEN_UP
.DT 100
"""
ONE = """.SEGMENT DIGIT    1 ? "1"
.COMMENT 1 3  1
.PEN_DOWN
 1  2
 1  9
.PEN_UP
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "pendigits-orig.tra"
    path.write_text(text)
    return path


def test_labels_writers_and_strokes_are_read_and_y_turned_down(tmp_path: Path) -> None:
    seven, one = read_unipen(write(tmp_path, HEAD + SEVEN + "\n" + ONE))
    assert (seven.label, seven.writer) == (7, 12)
    assert [stroke.tolist() for stroke in seven.strokes] == [[[10, -50], [40, -50]], [[5, -20]]]
    assert (one.label, one.writer) == (1, 3)
    assert one.strokes[0].tolist() == [[1, -2], [1, -9]]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "line 0: the file holds no digit"),
        (HEAD, "the file holds no digit"),
        (HEAD + SEVEN.partition(" 40")[0], "line 9: the pen is still down"),
        (HEAD + SEVEN.replace(" 40  50", " 40"), r"line 10: '40' is not a point"),
        (HEAD + SEVEN.replace(" 40  50", " 4o  50"), "line 10: '4o  50' is not a point"),
        (HEAD + SEVEN.replace('"7"', '"x"'), "line 6: .* names no digit"),
        (HEAD + SEVEN.replace(".COMMENT 7 12  224", ".COMMENT 7"), "line 7: .* names no writer"),
        (HEAD + SEVEN.replace(".PEN_DOWN\n 10", " 10"), "line 8: a point stands outside"),
        (HEAD + SEVEN.replace(" 40  50\n", " 40  50\n.PEN_UP\n"), "without having been down"),
        ('.SEGMENT DIGIT 0 ? "7"\n.COMMENT 7 1 1\n', "without ink"),
        (HEAD + SEVEN.replace(" 40  50", " 40  inf"), "line 10: '40  inf' is not a point"),
        (HEAD + SEVEN.replace(" 40  50", " nan  50"), "line 10: 'nan  50' is not a point"),
        (HEAD + SEVEN.replace("7 12", f"7 {'9' * 5000}"), "line 7: .* names no writer"),
    ],
)
def test_damaged_text_names_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UnipenFormatError, match=complaint) as caught:
        read_unipen(path)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pendigits-orig.tra"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(UnipenFormatError):
        read_unipen(path)
