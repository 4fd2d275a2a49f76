"""Distorted digits fed in two ways: the curves, and what is written of them."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from recognizer import available_backends, ink
from train.forms.digits import draw_digit
from train.forms.distortions import DISTORTIONS
from train.measures import robustness
from train.measures.processes import Opening
from train.measures.readers import Reader
from train.measures.robustness import PLAIN, PREPARED, Curve


@pytest.fixture(scope="module")
def digits() -> np.ndarray:
    random = np.random.default_rng(2)
    drawn = [[stroke * 100 for stroke in draw_digit(value, random)] for value in (0, 2, 3)]
    return np.stack([ink.glyph(strokes) for strokes in drawn])


@pytest.mark.parametrize("backend", ["cnn", "yolo"])
def test_what_is_not_distorted_is_read_and_white_paper_only_prepared(
    backend: str, digits: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    if backend not in available_backends():
        pytest.skip(f"no {backend} is installed")
    paper = [of for of in DISTORTIONS if of.name == "paper"]
    monkeypatch.setattr(robustness, "DISTORTIONS", paper)
    reader = Reader(backend, Opening(backend))
    pictures = robustness.made(digits, robustness.SEED)
    plain, prepared = robustness.curves(reader, pictures, np.array([0, 2, 3]))
    assert (plain.fed, prepared.fed) == (PLAIN, PREPARED)
    assert plain.right[0].count == prepared.right[0].count == prepared.right[-1].count == 3
    assert plain.right[-1].count < 3


def test_everything_is_written(
    digits: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(reader: Reader, pictures: object, truth: np.ndarray) -> list[Curve]:
        right = robustness.share(np.arange(10) < 9)
        return [
            Curve(of, fed, (right,) * len(of.degrees))
            for fed in (PLAIN, PREPARED)
            for of in DISTORTIONS
        ]

    class Sets:
        limit = 4
        mnist = type("Images", (), {"pixels": np.stack([digits[0]] * 9), "labels": np.zeros(9)})

    monkeypatch.setattr(robustness, "curves", read)
    text = robustness.measure([Reader("cnn", Opening("cnn"))], Sets(), tmp_path)  # type: ignore[arg-type]
    assert "| rotation, 45 degrees | 90% → 90% |" in text
    (of_model,) = json.loads((tmp_path / "robustness.json").read_text()).values()
    assert len(of_model) == 2 * len(DISTORTIONS)
    with (tmp_path / "robustness.csv").open() as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 2 * sum(len(of.degrees) for of in DISTORTIONS)
    assert (tmp_path / "robustness.png").stat().st_size > 10_000
