"""README's and the cards' figures come from a report's files, into the places that ask for them."""

import json
from pathlib import Path
from typing import Any

import pytest

from recognizer.store import MANIFEST, models_folder
from train import cards
from train.data.folder import DataError
from train.forms.numbers import HARD_KINDS
from train.measures.cards import Figures

SHARE = {"count": 99, "of": 100}
SETS = ("MNIST test", "pendigits test", "UNIPEN dev digits", "DigiLeTs dev digits",
        "UNIPEN dev numbers", "UNIPEN dev digits side by side", "hard numbers")  # fmt: skip
ENTRY: dict[str, Any] = {
    "file": "cnn-1.onnx", "bytes": 1_900_000, "parameters": 274_000, "opset": 18,
    "made_by": "python -m train.cnn", "licence": "MIT", "data": ["MNIST", "UNIPEN"],
    "metrics": {"validation_accuracy": 0.995, "training_minutes": 40.0, "seed": 7},
    "origin": {"commit": "0123456789abcdef", "command": "python -m train.all --data DATA",
               "date": "2026-11-28"},
}  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small report of one model, as the measures write it."""
    mean = {"mean": 0.97, "people": 9, "95 % interval": [0.95, 0.99]}
    model: dict[str, Any] = {
        "title": "CNN", "file bytes": 1_900_000, "p50 ms": 0.4, "p99 ms": 1.0,
        "p50 ms of four digits": 2.0, "p99 ms of four digits": 3.0,
        "intervals": dict.fromkeys(SETS, SHARE),
        "means over people": {name: mean if "UNIPEN" in name else None for name in SETS},
        "numbers by kind": {"hard numbers": dict.fromkeys(HARD_KINDS, 0.9)},
        "seeds": {},
    }  # fmt: skip
    usual = {
        "test set": "UNIPEN dev digits", "answers": 2_723, "median delay ms": 150,
        "90 % delay ms": 640, "accuracy of the finished ink": 0.99, "cannot read": 0.01,
        "judged too early, with its interval": SHARE, "judged right, with its interval": SHARE,
    }  # fmt: skip
    rejection = {
        "title": "CNN",
        "outliers": {
            "signs": {
                "refused in play": SHARE,
                "refused at the threshold, with its interval": SHARE,
            }
        },
        "digits": {"dev": {"refused in play": SHARE, "accepted at the threshold": 0.99}},
    }
    files = {
        "comparison.json": {"models": [model]},
        "pictures.json": {"CNN": {"a speck": {"right": SHARE, "silently wrong": {"share": 0.01}}}},
        "rejection.json": [rejection],
        "judging-cnn.json": {"sets": [{"usual": usual, "slow": usual}]},
    }
    folder = tmp_path / "report"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content))
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A checkout's folder of models with its documents."""
    folder = tmp_path / "assets" / "models"
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text(json.dumps({"models": {"cnn": ENTRY}}))
    (folder / "README.md").write_text(_asking("facts cnn") + _asking("judging"))
    (tmp_path / "README.md").write_text(f"Before.\n\n{_asking('chosen')}\nAfter.\n")
    return folder


def _asking(name: str) -> str:
    return f"<!-- figures: {name} -->\nof yesterday\n<!-- end of figures -->\n"


def test_the_figures_go_where_they_are_asked_for(report: Path, models: Path) -> None:
    readme, card = models.parents[1] / "README.md", models / "README.md"
    assert cards.write_figures(report, models) == [readme, card]
    text = readme.read_text()
    assert text.startswith("Before.\n\n<!-- figures: chosen -->\n| Model | MNIST test |")
    assert text.endswith("<!-- end of figures -->\n\nAfter.\n")
    assert "| CNN | 99.00% (94.6–99.8) |" in text
    assert "of yesterday" not in text + card.read_text()
    assert "seed 7, 2026-11-28, 40.0 minutes" in card.read_text()
    assert cards.write_figures(report, models) == []  # nothing changed since


def test_a_card_says_of_a_training_that_it_was_interrupted(report: Path, models: Path) -> None:
    assert "sittings" not in Figures(report, models / MANIFEST).block("facts cnn")
    entry = ENTRY | {"origin": ENTRY["origin"] | {"sittings": 3}}
    (models / MANIFEST).write_text(json.dumps({"models": {"cnn": entry}}))
    block = Figures(report, models / MANIFEST).block("facts cnn")
    assert "40.0 minutes, 3 sittings" in block


def test_the_seeds_stand_side_by_side(report: Path, models: Path) -> None:
    assert Figures(report, models / MANIFEST).block("seeds").startswith("One seed alone")
    document = json.loads((report / "comparison.json").read_text())
    document["models"][0]["seeds"] = {
        "MNIST test": {"shares": [0.9948, 0.994]}, "refused: signs": {"shares": [0.84, 0.8]},
    }  # fmt: skip
    (report / "comparison.json").write_text(json.dumps(document))
    block = Figures(report, models / MANIFEST).block("seeds")
    assert "| Read right, by seed | MNIST test |" in block and "| CNN | 99.48 / 99.40 |" in block
    assert "| Refused in play, by seed | signs |" in block and "| CNN | 84.00 / 80.00 |" in block


def test_a_card_may_stand_before_its_model_is_made(report: Path, models: Path) -> None:
    figures = Figures(report, models / MANIFEST)
    assert figures.block("facts tiny") == (
        "It is not here yet: `python -m train.tiny --install` makes it."
    )
    with pytest.raises(DataError, match="'facts abacus'"):
        figures.block("facts abacus")


def test_nothing_is_written_where_a_figure_is_missing(report: Path, models: Path) -> None:
    card = models / "README.md"
    card.write_text(card.read_text() + _asking("weather"))
    before = (models.parents[1] / "README.md").read_text()
    with pytest.raises(DataError, match="'weather'"):
        cards.write_figures(report, models)
    (report / "comparison.json").unlink()
    with pytest.raises(DataError, match=r"comparison\.json"):
        cards.write_figures(report, models)
    assert (models.parents[1] / "README.md").read_text() == before


def test_the_shipped_documents_ask_for_figures_that_exist(report: Path) -> None:
    figures = Figures(report, models_folder() / MANIFEST)
    for path in (models_folder().parents[1] / "README.md", models_folder() / "README.md"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<!-- figures: ") == text.count("<!-- end of figures -->") > 0
        assert figures.fill(text).count("<!-- figures: ") == text.count("<!-- figures: ")
