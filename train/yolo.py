"""`python -m train.yolo`: the detector that reads whole numbers at one look.

A small YOLO (ultralytics' layers and loss, random weights at the start, nothing downloaded) learns
from pages that `train.forms.pages` composes anew every other epoch, from MNIST and from pen strokes
drawn by `recognizer.ink`. An average of the weights over the last steps is validated, kept and
exported; what is exported is what the test pages are read with. ultralytics' makers hold that such
weights stand under AGPL-3.0; the model's entry says so.
"""

import argparse
import copy
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from recognizer.page import MAX_WIDTH, PAGE_HEIGHT, WIDTH_STEP
from recognizer.store import BackendInfo, ModelStore
from train.data.parts import Parts, load_parts
from train.fitting import checkpoint, detector
from train.fitting.device import choose_device, mixed_precision, prepare
from train.fitting.history import Epoch, History
from train.fitting.loop import AveragedWeights, Best, load_weights, mean_weights
from train.fitting.muon import optimizers_for
from train.fitting.schedule import rate
from train.forms import pages
from train.forms.page_maker import page_maker
from train.measures import detection_metrics, detections
from train.shipping.export import OPSET, PARITY, write_onnx
from train.shipping.install import Model
from train.shipping.recipe import Fitted, Task, run, with_options
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

LICENCE = "AGPL-3.0"
LICENCE_NOTE = (
    "The weights were trained with ultralytics (AGPL-3.0), whose makers hold that trained and "
    "exported weights fall under the same licence. This file alone comes under AGPL-3.0; see "
    "assets/models/LICENSE-YOLO.md."
)

BACKEND = BackendInfo(
    kind="yolo",
    title="YOLO",
    about="A detector: sees whole numbers",
    sees="page",
    rank=50,
)


@dataclass(frozen=True)
class YoloRecipe:
    """Everything that decides the result besides code and data."""

    epochs: int = 10
    pages: int = 14_000  # of an epoch
    pages_last: int = 2  # epochs, after which new ones are composed
    columns: int = 32 * 192  # px of width of the pages in a batch
    peak_rate: float = 4e-3  # reached after the warm-up, then a cosine down to zero
    faster: float = 2.0  # times that rate for the convolutions, which Muon steps
    warm_up: float = 0.05  # share of all steps
    weight_decay: float = 0.03
    longest_gradient: float = 10.0
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    people_held_out: float = 0.1  # share of each pen set's writers
    validation_pages: int = 800
    test_pages: int = 2_000
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks
    start: Path | None = None  # weights of an earlier run, to go on from
    start_rate: float = 1.5e-3  # the peak rate then: enough to learn on, too little to forget


@dataclass(frozen=True)
class Result:
    """The averaged weights of the best epoch, the learning curves, and the validation's scores."""

    network: nn.Module
    history: History
    kept: detection_metrics.Scores
    sources: tuple[str, ...]  # the data sets, in words


def page_sources(parts: Parts) -> tuple[pages.Sources, pages.Sources]:
    """Training digits for training pages, and others of them held out for validation pages."""
    return (
        pages.Sources(parts.people, parts.mnist),
        pages.Sources(parts.other_people, parts.mnist_held_out),
    )


def train(
    recipe: YoloRecipe, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> Result:
    """Train one network.

    The best epoch reads the most validation pages exactly and boxes them best (the mean of exact
    match and mAP50-95). Where weights to start from were named, the mean of those and of the best
    epoch's is kept, as `train.fitting.networks` does. Test digits are not touched. Raises DataError
    where the weights to start from do not fit.
    """
    parts = load_parts(recipe, folder, seed, progress.say)
    training, validation = page_sources(parts)
    prepare(device, seed)
    network = detector.build().to(device).to(memory_format=torch.channels_last)
    start: dict[str, torch.Tensor] | None = None
    if recipe.start is not None:
        load_weights(network, recipe.start)
        start = copy.deepcopy(network.state_dict())
        recipe = replace(recipe, peak_rate=recipe.start_rate)
    averaged = AveragedWeights(network, recipe.average_decay)
    loss_of = detector.Loss(network)
    optimizers = optimizers_for(
        network, recipe.peak_rate, recipe.weight_decay, faster=recipe.faster
    )
    with page_maker(validation) as make:
        validation_pages = make(recipe.validation_pages, (seed, 1), pages.BENT_MIX)
    history = History()
    best = Best(averaged.network)
    resumable = checkpoint.Resumable(
        {
            "network": network,
            "averaged": averaged,
            "best": best,
            "history": history,
            **{f"optimizer {number}": each for number, each in enumerate(optimizers)},
        },
        (),
        device,
        shared=False,
    )
    first = resumable.take_up("YOLO", recipe.epochs, progress)
    made: list[pages.Page] = []
    with (
        page_maker(training) as make,
        progress.steps("YOLO", recipe.epochs * recipe.pages, first * recipe.pages) as advance,
    ):
        for epoch in range(first, recipe.epochs):
            started = time.perf_counter()
            made_in = epoch - epoch % recipe.pages_last
            if not made or epoch == made_in:
                made = make(recipe.pages, (seed, 0, made_in), pages.Mix())
            shuffling = np.random.default_rng((seed, 2, epoch))
            total, done = np.zeros(3), 0
            network.train()
            for rows in detection_metrics.batches(made, recipe.columns, shuffling):
                share = (epoch + done / len(made)) / recipe.epochs
                for optimizer in optimizers:
                    for group in optimizer.param_groups:
                        group["lr"] = optimizer.defaults["lr"] * rate(share, recipe.warm_up)
                batch = detector.loss_batch([made[row] for row in rows], device)
                with mixed_precision(device):
                    predictions = network(batch["img"])
                losses = loss_of(predictions, batch)
                network.zero_grad(set_to_none=True)
                losses.sum().backward()
                nn.utils.clip_grad_norm_(network.parameters(), recipe.longest_gradient)
                for optimizer in optimizers:
                    optimizer.step()
                averaged.update(network)
                total += losses.detach().cpu().double().numpy() * len(rows)
                done += len(rows)
                for _ in rows:
                    advance()
            scores = _scores(averaged.network, validation_pages, device)
            box_loss, class_loss, distribution_loss = (total / done).tolist()
            history.append(
                Epoch(
                    epoch + 1,
                    training_loss=box_loss + class_loss + distribution_loss,
                    validation_accuracy=scores.exact,
                    seconds=time.perf_counter() - started,
                    more={
                        "box_loss": box_loss,
                        "class_loss": class_loss,
                        "distribution_loss": distribution_loss,
                        "validation_map50": scores.map50,
                        "validation_map50_95": scores.map50_95,
                    },
                )
            )
            progress.say(str(history.epochs[-1]))
            score = -(scores.exact + scores.map50_95) / 2  # the less, the better
            if best.is_beaten_by(score):
                best.take(averaged.network, score)
                history.best_epoch = epoch + 1
            resumable.keep(epoch + 1, progress)
    averaged.network.load_state_dict(best.weights)
    if start is not None:
        averaged.network.load_state_dict(mean_weights(start, best.weights))
    kept = _scores(averaged.network, validation_pages, device)
    return Result(averaged.network, history, kept, parts.sources)


def _scores(
    network: nn.Module, made: list[pages.Page], device: torch.device
) -> detection_metrics.Scores:
    return detection_metrics.score(
        detection_metrics.find(detector.cells_of(network, device), made), made
    )


def export(
    network: nn.Module, path: Path, metrics: dict[str, Any], sources: Sequence[str] = ()
) -> Model:
    """Write the network as ONNX, check that it finds what the network does, and describe it.

    Raises RuntimeError where the exported model's outputs differ by more than `PARITY`.
    """
    wrapped = detector.PagesToCells(network.cpu().float().eval())
    random = np.random.default_rng(0)
    write_onnx(
        wrapped,
        path,
        example=torch.zeros((2, PAGE_HEIGHT, 3 * WIDTH_STEP), dtype=torch.uint8),
        inputs="pages",
        outputs=["sides", "scores"],
        sizes={
            0: torch.export.Dim("count"),
            2: WIDTH_STEP * torch.export.Dim("steps", max=MAX_WIDTH // WIDTH_STEP),
        },
    )
    exported = detections.open_exported(path)
    for count, width in ((1, 64), (3, 256), (2, 384)):
        stack = random.integers(0, 256, (count, PAGE_HEIGHT, width), np.uint8)
        with torch.no_grad():
            expected = [part.numpy() for part in wrapped(torch.from_numpy(stack))]
        for ours, theirs in zip(exported(stack), expected, strict=True):
            difference = float(np.abs(ours - theirs).max())
            if difference > PARITY * max(1.0, float(np.abs(theirs).max())):
                raise RuntimeError(
                    f"The export of yolo differs from the network by {difference:.2g}."
                )
    return Model(
        "yolo",
        path,
        asdict(BACKEND)
        | {
            "made_by": "python -m train.yolo",
            "licence": LICENCE,
            "licence_note": LICENCE_NOTE,
            "opset": OPSET,
            "parameters": sum(parameter.numel() for parameter in network.parameters()),
            "data": [*sources, "drawn allographs"],
            "metrics": metrics,
        },
    ).write_card()


def fit(recipe: YoloRecipe, task: Task, progress: Progress) -> Fitted:
    """Train; the exported model is measured on the test pages when it is written."""
    device = choose_device(task.device)
    result = train(recipe, task.data, device, task.seed, progress)
    kept = result.kept

    def export_and_measure(out: Path, metrics: dict[str, Any]) -> Model:
        result.history.write(out, "YOLO")
        torch.save(result.network.state_dict(), out / "weights.pt")  # to train on from here
        model = export(result.network, out / "yolo.onnx", metrics, result.sources)
        exported = detections.open_exported(model.path)
        as_written, bent = detections.report(exported, recipe.test_pages, task.data, task.seed, out)
        model.details["metrics"].update(as_written.as_dict("test") | bent.as_dict("bent"))
        progress.say((out / "scores.md").read_text())
        return model.write_card()

    metrics = {
        "validation_map50": round(kept.map50, 5),
        "validation_map50_95": round(kept.map50_95, 5),
        "validation_exact": round(kept.exact, 5),
        "best_epoch": result.history.best_epoch,
        "device": device.type,
    }
    return Fitted(metrics, export_and_measure)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, measure, export to `--out`, and install under assets/models if asked to."""
    if arguments.shipped:
        _measure_shipped(with_options(YoloRecipe(), arguments), arguments, progress)
    else:
        run("yolo", fit, YoloRecipe(), arguments, progress)


def _measure_shipped(recipe: YoloRecipe, arguments: argparse.Namespace, progress: Progress) -> None:
    out = arguments.out / "yolo-shipped"
    out.mkdir(parents=True, exist_ok=True)
    shipped = detections.open_exported(ModelStore().entry("yolo").path)
    detections.report(shipped, recipe.test_pages, arguments.data, arguments.seed, out)
    progress.say((out / "scores.md").read_text())


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = recipe_parser(
        "yolo", __doc__, YoloRecipe(),
        "device", "epochs", "pages", "validation_pages", "test_pages", "limit", "start", "install",
    )  # fmt: skip
    parser.add_argument(
        "--shipped", action="store_true", help="train nothing, measure the shipped model instead"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
