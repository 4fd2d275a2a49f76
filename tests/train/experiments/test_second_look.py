"""The comparison of second looks: every way counted, on held-out writers' varied digits."""

import pytest
from listener import Listener

from recognizer import available_backends
from train.experiments import second_look


def test_every_way_is_counted(drawn_sets: None) -> None:
    if "cnn" not in available_backends():
        pytest.skip("no CNN is installed")
    progress = Listener()
    words = ["--count", "400"]
    second_look.main(second_look.arguments_parser().parse_args(words), progress)
    ways = (second_look.STROKE_WAYS, second_look.PICTURE_WAYS)
    for table, compared in zip(progress.tables, ways, strict=True):
        names, misread = (list(column.cells) for column in table.columns)
        assert names == list(compared)
        assert all(0 <= int(wrong) < 40 for wrong in misread), "most digits are read"


def test_varied_digits_come_in_equal_shares_by_seed(drawn_sets: None) -> None:
    first, labels = second_look._odd_digits(None, 7, 30)
    again, _ = second_look._odd_digits(None, 7, 30)
    assert sorted(labels.tolist()) == sorted(list(range(10)) * 3)
    assert all((a == b).all() for a, b in zip(first[4], again[4], strict=True))
