"""The report's processes: readings come back in order, what they draw is there in the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from train.measures.processes import Opening, Processes
from train.measures.readers import Reader
from train.shipping.script import Progress


@pytest.fixture(params=[1, 2])
def processes(request: pytest.FixtureRequest) -> Iterator[Processes]:
    found = Processes(request.param)
    yield found
    found.close()


def test_ink_is_read_by_them(processes: Processes, written_digits: list[Any]) -> None:
    inks = [[np.array(stroke) for stroke in digit.strokes] for digit in written_digits]
    reader = Reader("cnn", Opening("cnn"), processes=processes)
    reader.ahead(((ink, 1) for ink in inks), Progress())
    alone = Reader("cnn", Opening("cnn"))
    assert [reader.read(ink, 1).text for ink in inks] == [alone.read(ink, 1).text for ink in inks]
    assert reader.seconds > 0


def test_what_is_drawn_later_is_there_when_they_settle(
    processes: Processes, tmp_path: Path
) -> None:
    pictures = [tmp_path / f"{n}.txt" for n in range(5)]
    for picture in pictures:
        processes.later(picture.write_text, picture.stem)
    processes.settle()
    assert [picture.read_text() for picture in pictures] == list("01234")
    with pytest.raises(FileNotFoundError):
        processes.later((tmp_path / "nowhere" / "picture.txt").write_text, "lost")
        processes.settle()
    processes.settle()
