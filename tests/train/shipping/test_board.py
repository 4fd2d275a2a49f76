"""What `--log-dir` writes: curves, pictures and parameters, and nothing at all without it."""

import argparse
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import numpy as np
import pytest
from child import said_by
from listener import Listener

from recognizer.store import BackendInfo
from train import fcn, knn
from train.all import STEPS, step_arguments
from train.all import arguments_parser as parser_of_all
from train.fitting.history import Epoch, History
from train.shipping import board
from train.shipping.export import export_arrays
from train.shipping.install import Model
from train.shipping.recipe import Fitted, Task, run
from train.shipping.script import Progress
from train.shipping.steps import fingerprint

INFO = BackendInfo("npz", "Small", "for this test", "glyph", 1)


@dataclass(frozen=True)
class Inner:
    epochs: int = 2


@dataclass(frozen=True)
class SmallRecipe:
    rate: float = 0.5
    sizes: tuple[int, int] = (3, 4)
    inner: Inner = field(default_factory=Inner)
    start: Path | None = None


def fit(recipe: SmallRecipe, task: Task, progress: Progress) -> Fitted:
    history = History()
    board.show_glyphs("as it learns them", np.full((7, 28, 28), 200, np.uint8))
    for number in (1, 2):
        history.append(
            Epoch(number, 1 / number, 0.5, 1.0, validation_loss=0.3, more={"map50": 0.9})
        )

    def export(out: Path, metrics: dict[str, Any]) -> Model:
        cv2.imwrite(str(out / "curves.png"), np.full((20, 30, 3), 99, np.uint8))
        return export_arrays(
            {"one": np.ones(1)}, out / "small.npz", name="small", info=INFO, made_by="a test",
            parameters=1, data=[], metrics=metrics,
        )  # fmt: skip

    return Fitted({"accuracy": 0.75, "device": "cpu", "parity": {"samples": 9}}, export)


def train(tmp_path: Path, log_dir: Path | None) -> None:
    arguments = argparse.Namespace(out=tmp_path / "out", data=None, seed=5, log_dir=log_dir)
    run("knn", fit, SmallRecipe(start=tmp_path / "weights.pt"), arguments, Listener())


def test_curves_pictures_and_parameters_are_written(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="needs the extra [log]")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import plugin_data_pb2

    for _ in range(2):
        train(tmp_path, tmp_path / "log")
    first, second = sorted((tmp_path / "log" / "knn").iterdir())
    assert first != second, "each training has a folder of its own"
    found = EventAccumulator(str(first))
    found.Reload()
    curve = [(event.step, event.value) for event in found.Scalars("loss/training")]
    assert curve == [(1, 1.0), (2, 0.5)]
    assert {"accuracy/validation", "loss/validation", "more/map50", "result/accuracy"} <= {
        *found.Tags()["scalars"]
    }
    assert sorted(found.Tags()["images"]) == ["as it learns them", "curves"]
    png = np.frombuffer(found.Images("as it learns them")[0].encoded_image_string, np.uint8)
    sheet = cv2.imdecode(png, cv2.IMREAD_GRAYSCALE)
    assert sheet is not None and sheet.shape == (28, 280)
    assert (sheet[:, : 7 * 28] == 200).all() and (sheet[:, 7 * 28 :] == 0).all()
    metadata = found.SummaryMetadata("_hparams_/session_start_info")
    start = plugin_data_pb2.HParamsPluginData.FromString(metadata.plugin_data.content)
    parameters = start.session_start_info.hparams
    assert parameters["rate"].number_value == 0.5
    assert parameters["inner.epochs"].number_value == 2
    assert parameters["sizes"].string_value == "(3, 4)"
    assert parameters["start"].string_value == "weights.pt", "no path of this machine"
    assert parameters["seed"].number_value == 5
    assert parameters["device"].string_value == "cpu"


@pytest.mark.training
@pytest.mark.usefixtures("drawn_sets")
@pytest.mark.parametrize(
    ("module", "recipe", "options", "pictures"),
    [
        (fcn, fcn.FcnRecipe(), ["--epochs=1"], {"as it learns them", "learning-curves"}),
        (knn, knn.KnnRecipe(), ["--rejection-pictures=60"], {"MNIST as it learns it"}),
    ],
)
def test_a_recipe_is_logged(
    module: ModuleType, recipe: Any, options: list[str], pictures: set[str], tmp_path: Path
) -> None:
    pytest.importorskip("tensorboard", reason="needs the extra [log]")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    words = [f"--out={tmp_path / 'out'}", f"--log-dir={tmp_path / 'log'}", "--limit=200"]
    arguments = module.arguments_parser().parse_args([*words, "--pen-pictures=100", *options])
    run("knn", module.fit, replace(recipe, images_held_out=200), arguments, Listener())
    (folder,) = (tmp_path / "log" / "knn").iterdir()
    found = EventAccumulator(str(folder))
    found.Reload()
    assert pictures <= set(found.Tags()["images"])
    assert "result/validation_accuracy" in found.Tags()["scalars"]


def test_without_it_nothing_is_written_or_loaded(tmp_path: Path) -> None:
    train(tmp_path, None)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    code = (
        "import sys\nimport train.all, train.cnn, train.svm\n"
        "from train.fitting.history import Epoch, History\n"
        "History().append(Epoch(1, 1.0, 0.5, 1.0))\n"
        "print([name for name in sys.modules if 'tensorboard' in name])"
    )
    assert said_by(code) == "[]\n"


def test_it_decides_nothing(tmp_path: Path) -> None:
    parser = knn.arguments_parser()
    plain, logged = (parser.parse_args(words) for words in ([], [f"--log-dir={tmp_path}"]))
    assert fingerprint("knn", plain) == fingerprint("knn", logged)


def test_all_steps_are_logged_under_one_folder(tmp_path: Path) -> None:
    arguments = parser_of_all().parse_args([f"--log-dir={tmp_path}", "--quick"])
    for step in STEPS:
        assert step_arguments(step, arguments).log_dir == tmp_path


def test_without_tensorboard_that_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(ValueError, match="--log-dir needs TensorBoard; install it"):
        train(tmp_path, tmp_path / "log")
    assert not (tmp_path / "log").exists()


def test_parameters_are_numbers_and_words() -> None:
    values = {"a": None, "b": {"c": 1, "d": {"e": "x"}}, "f": (1, 2), "g": True}
    assert board.flat(values) == {"b.c": 1, "b.d.e": "x", "f": "(1, 2)", "g": True}
