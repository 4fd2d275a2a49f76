"""The report's choices: parts of it, models of a folder, and what is said of wrong names."""

from pathlib import Path

import pytest
from listener import Listener

from recognizer import available_backends
from train import report


def run(out: Path, *options: str) -> list[str]:
    listener = Listener()
    words = [f"--out={out}", "--jobs=1", "--limit=12", *options]
    report.main(report.arguments_parser().parse_args(words), listener)
    return listener.lines


@pytest.mark.usefixtures("drawn_sets")
def test_a_part_goes_into_a_folder_of_its_own(tmp_path: Path) -> None:
    if "cnn" not in available_backends():
        pytest.skip("no CNN is installed")
    (tmp_path / "report").mkdir()
    lines = run(tmp_path, "--only=judging,numbers", "--backend=cnn")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "report",
        "report-numbers-judging-cnn",
    ]
    written = tmp_path / "report-numbers-judging-cnn"
    assert {"numbers.json", "judging-cnn.json"} <= {path.name for path in written.iterdir()}
    assert list((tmp_path / "report").iterdir()) == [], "the whole report stays as it was"
    assert lines[0] == (written / "report.md").read_text()
    assert "## When it judges" in lines[0] and "## Whole numbers" in lines[0]


@pytest.mark.usefixtures("drawn_sets")
def test_two_processes_read_as_one_does(tmp_path: Path) -> None:
    if "fcn" not in available_backends():
        pytest.skip("no FCN is installed")
    run(tmp_path / "one", "--only=digits", "--backend=fcn")
    run(tmp_path / "two", "--only=digits", "--backend=fcn", "--jobs=2")
    one, two = (tmp_path / n / "report-digits-fcn" / "digits.json" for n in ("one", "two"))
    assert one.read_text() == two.read_text()


def test_an_unknown_measure_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no measure weight; known are comparison, digits,"):
        run(tmp_path, "--only=weight,digits")


def test_an_unknown_model_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no model abacus; known are"):
        run(tmp_path, "--backend=abacus")


def test_a_folder_without_models_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no model in .*empty"):
        run(tmp_path, f"--models={tmp_path / 'empty'}")
