"""From Kaggle's two files to a submission: what it holds, what is said, and what is kept safe."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from listener import Listener

from recognizer import ink
from train import kaggle
from train.data.folder import DataError
from train.data.kaggle import COLUMNS
from train.forms.augment_ink import vary
from train.forms.digits import draw_digit

TO_READ = 40


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[int]]:
    """A train.csv.gz of 400 drawn digits, a test.csv of others, and what those show."""
    folder = tmp_path_factory.mktemp("kaggle")
    random = np.random.default_rng(3)
    labels = [int(label) for label in random.permutation(np.arange(400 + TO_READ) % 10)]
    rows = [ink.glyph(vary(draw_digit(label, random), random)).ravel().tolist() for label in labels]
    training = [COLUMNS, *([label, *row] for label, row in zip(labels[:400], rows, strict=False))]
    test = [COLUMNS[1:], *rows[400:]]
    texts = ["".join(",".join(map(str, row)) + "\n" for row in part) for part in (training, test)]
    (folder / "train.csv.gz").write_bytes(gzip.compress(texts[0].encode()))
    (folder / "test.csv").write_text(texts[1])
    return folder / "train.csv.gz", folder / "test.csv", labels[400:]


def run(files: tuple[Path, Path, list[int]], out: Path, *options: str) -> list[str]:
    train, test, _ = files
    listener = Listener()
    words = [f"--train={train}", f"--test={test}", f"--submission={out}", "--jobs=1", *options]
    kaggle.main(kaggle.arguments_parser().parse_args(words), listener)
    return listener.lines


def right(out: Path, files: tuple[Path, Path, list[int]]) -> float:
    head, *rows = out.read_text().splitlines()
    assert head == "ImageId,Label"
    numbers, labels = zip(*(map(int, row.split(",")) for row in rows), strict=True)
    assert numbers == tuple(range(1, TO_READ + 1))
    return float(np.mean(np.equal(labels, files[2])))


@pytest.mark.parametrize("model", ["knn", "svm"])
def test_a_submission_is_written(
    model: str, files: tuple[Path, Path, list[int]], tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    lines = run(files, out, f"--model={model}")
    assert right(out, files) > 0.7, "ten classes at random give 0.1"
    assert any("of the 40 digits that were held out" in line for line in lines)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.training
@pytest.mark.parametrize(
    ("model", "epochs", "least"),
    # Six steps are too few for the averages of batch normalisation: what is read is no measure.
    [("classic", 2, 0.0), ("fcn", 20, 0.5), ("cnn", 1, 0.0)],
)
def test_networks_learn_from_it_too(
    model: str, epochs: int, least: float, files: tuple[Path, Path, list[int]], tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    lines = run(files, out, f"--model={model}", f"--epochs={epochs}", "--device=cpu")
    assert right(out, files) >= least
    assert sum(line.startswith("epoch") for line in lines) == epochs
    assert any("of the 40 digits that were held out" in line for line in lines)


def test_its_own_files_are_never_replaced(
    files: tuple[Path, Path, list[int]], tmp_path: Path
) -> None:
    before = files[1].read_text()
    with pytest.raises(ValueError, match=r"would replace .*test\.csv"):
        run(files, files[1], "--model=knn")
    assert files[1].read_text() == before
    with pytest.raises(ValueError, match="knn learns in no epochs"):
        run(files, tmp_path / "out.csv", "--model=knn", "--epochs=3")


def test_too_few_digits_are_a_sentence(files: tuple[Path, Path, list[int]], tmp_path: Path) -> None:
    for model in ("knn", "svm", "classic"):
        with pytest.raises(DataError, match="too few"):
            run(files, tmp_path / "out.csv", f"--model={model}", "--limit=3")
    assert list(tmp_path.iterdir()) == []
