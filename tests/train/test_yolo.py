"""The detector's training: the reader finds what ultralytics finds, and no file lies elsewhere."""

import json
import os
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from child import said_by
from listener import Listener

pytest.importorskip("ultralytics", reason="the detector's tests need the extra [train]")

from recognizer.backends.yolo import YoloReader, suppress
from recognizer.store import ModelStore
from train import yolo
from train.data.folder import DataError
from train.fitting import detector
from train.forms import pages
from train.measures import detection_metrics, detections
from train.shipping import unfinished
from train.shipping.install import Model, install
from train.shipping.script import Progress
from train.shipping.unfinished import Unfinished

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    """A network with random weights whose scores are spread out, so that boxes compete."""
    torch.manual_seed(0)
    network = detector.build()
    # Batch normalisation learns the scale of these pages: with its first averages every feature
    # vanishes, all scores are alike, and only rounding would order them.
    for layer in network.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.momentum = None
    with torch.no_grad():
        network.train()(torch.from_numpy(stack(6)).unsqueeze(1).float() / 255)
    head = network.eval().model[-1]
    head.cv3[0][-1].weight.data *= 3
    head.cv3[0][-1].bias.data[:] = -2
    head.cv2[0][-1].weight.data *= 3
    _, scores = detector.cells_of(network, torch.device("cpu"))(stack(6))
    assert scores.std() > 0.05
    return network.eval()


def stack(count: int = 3, width: int = 192) -> np.ndarray:
    random = np.random.default_rng(1)
    return (random.random((count, 64, width)) < 0.1).astype(np.uint8) * 255


def own_predictions(network: torch.nn.Module, made: np.ndarray) -> torch.Tensor:
    """ultralytics' decoded predictions (N, 14, cells), by its own head and its own decoding.

    They are those of padded boxes, as the loss saw them; the padding is taken off here.
    """
    network.eval()
    with torch.no_grad():
        decoded, _ = network(torch.from_numpy(made).unsqueeze(1).float() / 255)
    decoded[:, 2:4] -= 2 * detector.PADDING
    return decoded


def test_the_loss_sees_padded_boxes() -> None:
    page = pages.Page(
        np.zeros((64, 128), np.uint8),
        np.array([[10, 8, 14, 56]], np.float32),
        np.array([1], np.int64),
    )
    (middle_x, middle_y, width, height), *_ = detector.loss_batch([page], torch.device("cpu"))[
        "bboxes"
    ].tolist()
    assert (middle_x * 128, middle_y * 64) == pytest.approx((12, 32))
    assert width * 128 == pytest.approx(4 + 2 * detector.PADDING)
    assert height * 64 == pytest.approx(48 + 2 * detector.PADDING)


def test_decoding_is_that_of_ultralytics(network: torch.nn.Module) -> None:
    made = stack()
    expected = own_predictions(network, made)
    sides, scores = detector.cells_of(network, torch.device("cpu"))(made)
    network.eval()
    for row in range(len(made)):
        found = detection_metrics.decode(sides[row], scores[row], made.shape[2])
        ours = detection_metrics.raw_predictions(found)[0]
        assert ours.numpy() == pytest.approx(expected[row].numpy(), abs=1e-3)


def test_suppression_is_that_of_ultralytics(network: torch.nn.Module) -> None:
    from ultralytics.utils.nms import non_max_suppression

    made = stack(6)
    expected = own_predictions(network, made)
    sides, scores = detector.cells_of(network, torch.device("cpu"))(made)
    network.eval()
    counted = 0
    for row in range(len(made)):
        found = detection_metrics.decode(sides[row], scores[row], made.shape[2])
        for least, overlap in ((0.05, 0.5), (0.3, 0.45)):
            theirs = non_max_suppression(expected[row : row + 1], least, overlap, agnostic=True)[0]
            ours = suppress(found, least, overlap)
            assert len(ours) == len(theirs)
            assert ours.boxes == pytest.approx(theirs[:, :4].numpy(), abs=1e-2)
            assert ours.best == pytest.approx(theirs[:, 4].numpy(), abs=1e-4)
            assert ours.scores.argmax(axis=1).tolist() == theirs[:, 5].int().tolist()
            counted += len(ours)
    assert counted > 50, "the network must find something to suppress"


def test_the_export_finds_what_the_network_finds(network: torch.nn.Module, tmp_path: Path) -> None:
    model = yolo.export(network, tmp_path / "yolo.onnx", {})
    network.eval()
    exported = detections.open_exported(model.path)
    for width in (64, 128, 384):
        made = stack(2, width)
        expected = own_predictions(network, made)
        sides, scores = exported(made)
        for row in range(2):
            found = detection_metrics.decode(sides[row], scores[row], width)
            ours = detection_metrics.raw_predictions(found)[0].numpy()
            assert ours == pytest.approx(expected[row].numpy(), abs=2e-3)
    assert model.details["licence"] == "AGPL-3.0"
    assert "AGPL-3.0" in model.details["licence_note"]


def test_a_tiny_training_learns_and_its_model_reads(drawn_sets: None, tmp_path: Path) -> None:
    words = "--epochs 2 --pages 300 --validation-pages 40 --test-pages 40 --device cpu"
    arguments = yolo.arguments_parser().parse_args([*words.split(), f"--out={tmp_path / 'out'}"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yolo, "YoloRecipe", partial(yolo.YoloRecipe, images_held_out=200))
        yolo.main(arguments, Progress())
    folder = tmp_path / "out" / "yolo"
    epochs = json.loads((folder / "history.json").read_text())["epochs"]
    assert epochs[1]["class_loss"] < epochs[0]["class_loss"]
    for name in ("history.csv", "learning-curves.png", "scores.md", "pages.png", "BoxPR_curve.png",
                 "BoxF1_curve.png", "mistakes.png", "yolo.json"):  # fmt: skip
        assert (folder / name).is_file(), name
    card = json.loads((folder / "yolo.json").read_text())
    assert {"test_map50", "test_map50_95", "test_exact"} <= set(card["details"]["metrics"])
    model = Model("yolo", folder / card["file"], card["details"])
    reader = YoloReader(ModelStore(install([model], tmp_path / "models")).entry("yolo"))
    assert reader.read_strokes([np.array([[0.0, 0.0], [5.0, 90.0]])]).digits


def test_a_training_that_goes_on_is_averaged_with_its_start(
    drawn_sets: None, tmp_path: Path, network: torch.nn.Module
) -> None:
    torch.save(network.state_dict(), tmp_path / "weights.pt")
    settings = yolo.YoloRecipe(
        epochs=1, pages=40, validation_pages=10, images_held_out=200,
        start=tmp_path / "weights.pt", start_rate=1e-9,
    )  # fmt: skip
    result = yolo.train(settings, None, torch.device("cpu"), 1, Progress())
    assert len(result.history.epochs) == result.history.best_epoch == 1
    weights = dict(result.network.named_parameters())
    for name, weight in network.named_parameters():
        assert torch.allclose(weights[name], weight, atol=1e-5)


def test_a_training_that_was_stopped_ends_as_one_that_was_not(
    drawn_sets: None, tmp_path: Path
) -> None:
    settings = yolo.YoloRecipe(
        epochs=2, pages=40, pages_last=2, validation_pages=10, images_held_out=200,
        average_decay=0.9,
    )  # fmt: skip

    class Stopping(Listener):
        def say(self, line: str) -> None:
            super().say(line)
            if line.startswith("epoch   2"):
                raise KeyboardInterrupt

    def made(progress: Progress) -> yolo.Result:
        with unfinished.opened(Unfinished(tmp_path / "it", tmp_path, "code", tmp_path)):
            return yolo.train(settings, None, torch.device("cpu"), 1, progress)

    whole = yolo.train(settings, None, torch.device("cpu"), 1, Progress())
    with pytest.raises(KeyboardInterrupt):
        made(Stopping())
    listener = Listener()
    resumed = made(listener)
    assert "YOLO goes on from epoch 2 of 2." in listener.lines
    weights = resumed.network.state_dict()
    for name, weight in whole.network.state_dict().items():
        assert torch.equal(weights[name], weight), name
    rows, others = (
        [epoch.row() | {"seconds": 0} for epoch in result.history.epochs]
        for result in (whole, resumed)
    )
    assert rows == others
    assert whole.history.best_epoch == resumed.history.best_epoch
    assert whole.kept == resumed.kept
    best = whole.history.best
    assert (whole.kept.exact, whole.kept.map50) == (
        best.validation_accuracy,
        best.more["validation_map50"],
    ), "what is kept is what was seen of the best epoch"


def test_weights_of_another_network_are_named(drawn_sets: None, tmp_path: Path) -> None:
    torch.save({}, tmp_path / "weights.pt")
    settings = yolo.YoloRecipe(images_held_out=200, start=tmp_path / "weights.pt")
    with pytest.raises(DataError, match=r"weights\.pt holds no weights"):
        yolo.train(settings, None, torch.device("cpu"), 1, Progress())


def test_perfect_findings_have_perfect_scores() -> None:
    """The metrics themselves: what is planted exactly is counted as right."""
    boxes = np.array([[4, 4, 30, 60], [40, 4, 60, 60]], np.float32)
    page = pages.Page(np.zeros((64, 64), np.uint8), boxes, np.array([3, 8]))
    scores = np.full((2, 10), 1e-5, np.float32)
    scores[[0, 1], [3, 8]] = 0.9
    found = detection_metrics.Detections(boxes, scores)
    perfect = detection_metrics.score([found], [page])
    assert perfect.map50 == pytest.approx(0.995, abs=0.006), "ultralytics' curve ends so"
    assert perfect.exact == 1
    swapped = detection_metrics.score([detection_metrics.Detections(boxes[::-1], scores)], [page])
    assert swapped.exact == 0
    assert swapped.map50 == pytest.approx(0, abs=1e-6)


def test_ultralytics_leaves_the_users_folders_alone(tmp_path: Path) -> None:
    code = "from train.fitting import detector; detector.build(); import ultralytics.utils as u; " \
        "print(u.SETTINGS['sync'], u.is_online())"  # fmt: skip
    home = tmp_path / "home"
    home.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("YOLO_", "XDG_"))}
    said = said_by(code, environment | {"HOME": str(home)})
    assert said.split()[-2:] == ["False", "False"]
    left = [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()]
    assert not [path for path in left if "ltralytics" in path]
