"""`python -m train.yolo`: the detector that reads whole numbers at one look.

A small YOLO (ultralytics' layers and loss, random weights at the start, nothing downloaded) learns
from pages that `train.forms.pages` composes anew every other epoch, from MNIST and from pen strokes
drawn by `recognizer.ink`. An average of the weights over the last steps is validated, kept and
exported; what is exported is what the test pages are read with. ultralytics' makers hold that such
weights stand under AGPL-3.0; the model's entry says so.
"""

import argparse
import copy
import csv
import json
import math
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from recognizer.backends.yolo import SURE, Detections, suppress
from recognizer.page import MAX_WIDTH, PAGE_HEIGHT, WIDTH_STEP
from recognizer.runtime import onnxruntime
from recognizer.store import BackendInfo, ModelStore
from train.data import sets
from train.fitting import detector
from train.fitting.device import choose_device, mixed_precision, prepare
from train.fitting.loop import AveragedWeights, load_weights, mean_weights
from train.forms import pages
from train.measures import pages as page_scores
from train.shipping.export import OPSET, PARITY, write_onnx
from train.shipping.install import Model, install
from train.shipping.script import Progress, add_data_argument, run_script
from train.shipping.steps import finishing

Picture = NDArray[np.uint8]

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
class Settings:
    """Everything that decides the result besides code and data."""

    epochs: int = 16
    pages: int = 14_000  # of an epoch
    pages_last: int = 2  # epochs, after which new ones are composed
    columns: int = 32 * 192  # px of width of the pages in a batch
    peak_rate: float = 4e-3  # of AdamW, reached after the warm-up, then a cosine down to zero
    warm_up: float = 0.05  # share of all steps
    weight_decay: float = 0.03
    longest_gradient: float = 10.0
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 3  # of the 30 pendigits training writers
    validation_pages: int = 800
    test_pages: int = 2_000
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks
    start: Path | None = None  # weights of an earlier run, to go on from
    start_rate: float = 1.5e-3  # the peak rate then: enough to learn on, too little to forget


@dataclass(frozen=True)
class Epoch:
    """One epoch: mean losses a page, and the validation pages' figures as shares of 1."""

    number: int
    box_loss: float
    class_loss: float
    distribution_loss: float
    validation_map50: float
    validation_map50_95: float
    validation_exact: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"epoch {self.number:3}  loss box {self.box_loss:.3f} class {self.class_loss:.3f} "
            f"sides {self.distribution_loss:.3f}  validation mAP50 {self.validation_map50:.2%} "
            f"mAP50-95 {self.validation_map50_95:.2%} exact {self.validation_exact:.2%}  "
            f"{self.seconds:.0f} s"
        )


def training_sources(
    settings: Settings, folder: Path | None, seed: int
) -> tuple[pages.Sources, pages.Sources]:
    """Training digits for training pages, and others of them held out for validation pages."""
    parts = sets.load_parts(
        folder,
        seed,
        images_held_out=settings.images_held_out,
        writers_held_out=settings.writers_held_out,
        limit=settings.limit,
    )
    return (
        pages.Sources(parts.writers, parts.mnist),
        pages.Sources(parts.other_writers, parts.mnist_held_out),
    )


def test_sources(folder: Path | None) -> pages.Sources:
    """Test digits for test pages: of other people than all the rest."""
    return pages.Sources(
        sets.load_pendigits(train=False, data=folder), sets.load_mnist(train=False, data=folder)
    )


def train(
    settings: Settings, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> tuple[nn.Module, list[Epoch], Epoch]:
    """Train one network; returns the averaged weights of the best epoch, all epochs and the best.

    The best epoch reads the most validation pages exactly and boxes them best (the mean of exact
    match and mAP50-95). Where weights to start from were named, the mean of those and of the best
    epoch's is kept, as `train.fitting.networks` does. Test digits are not touched. Raises DataError
    where the weights to start from do not fit.
    """
    training, validation = training_sources(settings, folder, seed)
    prepare(device, seed)
    network = detector.build().to(device).to(memory_format=torch.channels_last)
    start: dict[str, torch.Tensor] | None = None
    if settings.start is not None:
        load_weights(network, settings.start)
        start = copy.deepcopy(network.state_dict())
        settings = replace(settings, peak_rate=settings.start_rate)
    averaged = AveragedWeights(network, settings.average_decay)
    loss_of = detector.Loss(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.peak_rate, weight_decay=settings.weight_decay
    )
    with pages.page_maker(validation) as make:
        validation_pages = make(settings.validation_pages, (seed, 1), pages.BENT_MIX)
    history: list[Epoch] = []
    best, best_weights = -math.inf, averaged.network.state_dict()
    with (
        pages.page_maker(training) as make,
        progress.steps("YOLO", settings.epochs * settings.pages) as advance,
    ):
        for epoch in range(settings.epochs):
            started = time.perf_counter()
            if epoch % settings.pages_last == 0:
                made = make(settings.pages, (seed, 0, epoch), pages.Mix())
            shuffling = np.random.default_rng((seed, 2, epoch))
            total, done = np.zeros(3), 0
            network.train()
            for rows in page_scores.batches(made, settings.columns, shuffling):
                _set_rate(optimizer, settings, (epoch + done / len(made)) / settings.epochs)
                batch = _batch([made[row] for row in rows], device)
                with mixed_precision(device):
                    predictions = network(batch["img"])
                losses = loss_of(predictions, batch)
                optimizer.zero_grad(set_to_none=True)
                losses.sum().backward()
                nn.utils.clip_grad_norm_(network.parameters(), settings.longest_gradient)
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
                    box_loss,
                    class_loss,
                    distribution_loss,
                    validation_map50=scores.map50,
                    validation_map50_95=scores.map50_95,
                    validation_exact=scores.exact,
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(str(history[-1]))
            if (scores.exact + scores.map50_95) / 2 > best:
                best = (scores.exact + scores.map50_95) / 2
                best_weights = copy.deepcopy(averaged.network.state_dict())
                kept = history[-1]
    averaged.network.load_state_dict(best_weights)
    if start is not None:
        averaged.network.load_state_dict(mean_weights(start, best_weights))
        scores = _scores(averaged.network, validation_pages, device)
        kept = replace(
            kept,
            validation_map50=scores.map50,
            validation_map50_95=scores.map50_95,
            validation_exact=scores.exact,
        )
    return averaged.network, history, kept


def _scores(network: nn.Module, made: list[pages.Page], device: torch.device) -> page_scores.Scores:
    return page_scores.score(page_scores.find(_cells_of(network, device), made), made)


def _set_rate(optimizer: torch.optim.Optimizer, settings: Settings, done: float) -> None:
    """Set the learning rate for when a share `done` of the training is over."""
    if done < settings.warm_up:
        factor = (done + 1e-3) / (settings.warm_up + 1e-3)
    else:
        factor = 0.5 * (1 + math.cos(math.pi * (done - settings.warm_up) / (1 - settings.warm_up)))
    for group in optimizer.param_groups:
        group["lr"] = settings.peak_rate * factor


def _batch(chosen: list[pages.Page], device: torch.device) -> dict[str, torch.Tensor]:
    """Pages of one width for ultralytics' loss: padded boxes by their middle, in shares."""
    pixels = np.stack([page.pixels for page in chosen])
    height, width = pixels.shape[1:]
    boxes = np.concatenate([page.boxes for page in chosen])
    low, high = boxes[:, :2] - detector.PADDING, boxes[:, 2:] + detector.PADDING
    middles = np.hstack([(low + high) / 2, high - low]) / (width, height, width, height)
    counts = [len(page.labels) for page in chosen]
    image = torch.from_numpy(pixels).to(device).float().div_(255).unsqueeze(1)
    return {
        "img": image.contiguous(memory_format=torch.channels_last),
        "bboxes": torch.from_numpy(middles.astype(np.float32)).to(device),
        "cls": torch.from_numpy(np.concatenate([page.labels for page in chosen])).to(device),
        "batch_idx": torch.from_numpy(np.repeat(np.arange(len(chosen)), counts)).to(device),
    }


def _cells_of(network: nn.Module, device: torch.device) -> page_scores.Network:
    """A network as a function from pages to cells."""
    cells = detector.PagesToCells(network)

    @torch.no_grad()
    def run(stack: Picture) -> page_scores.Cells:
        sides, scores = cells(torch.from_numpy(stack).to(device))
        return sides.float().cpu().numpy(), scores.float().cpu().numpy()

    return run


# --- The export ---


def export(network: nn.Module, path: Path, metrics: dict[str, Any]) -> Model:
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
    exported = open_exported(path)
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
            "data": ["MNIST training images", "pendigits training strokes", "drawn allographs"],
            "metrics": metrics,
        },
    ).write_card()


def open_exported(path: Path) -> page_scores.Network:
    """An exported model as a function from pages to cells."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])

    def run(stack: Picture) -> page_scores.Cells:
        sides, scores = session.run(["sides", "scores"], {"pages": stack})
        return sides, scores

    return run


# --- What a reader of the report wants to see ---


def write_history(history: list[Epoch], kept: Epoch, folder: Path) -> None:
    """Write the epochs as CSV and JSON and draw them into the folder."""
    with (folder / "epochs.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in fields(Epoch)])
        writer.writeheader()
        writer.writerows(asdict(epoch) for epoch in history)
    content = {"epochs": [asdict(epoch) for epoch in history], "kept": kept.number}
    (folder / "epochs.json").write_text(json.dumps(content, indent=2) + "\n")

    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    import seaborn as sns

    sns.set_theme(style="whitegrid", context="talk")
    figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5.5), layout="constrained")
    numbers = [epoch.number for epoch in history]
    for name, label in (("box", "boxes"), ("class", "digits"), ("distribution", "sides")):
        left.plot(numbers, [getattr(epoch, f"{name}_loss") for epoch in history], label=label)
    for name, label in (("map50", "mAP50"), ("map50_95", "mAP50-95"), ("exact", "exact match")):
        right.plot(numbers, [100 * getattr(e, f"validation_{name}") for e in history], label=label)
    left.set(xlabel="epoch", title="training loss a page", yscale="log")
    right.set(xlabel="epoch", title="validation pages (%)", ylim=(80, 100))
    for axes in (left, right):
        axes.axvline(kept.number, color="#22303c", linestyle=":", label="kept")
        axes.legend()
    figure.suptitle("YOLO: learning curves")
    figure.savefig(folder / "learning-curves.png", dpi=110)
    plt.close(figure)


def write_scores(scores: page_scores.Scores, bent: page_scores.Scores, folder: Path) -> None:
    """Write the figures of the test pages, and of the bent ones, as JSON and as Markdown."""
    both = {"as written": asdict(scores), "bent": asdict(bent)}
    (folder / "scores.json").write_text(json.dumps(both, indent=2) + "\n")
    lines = [
        f"{of.pages} composed test pages of 1 to {pages.MOST_DIGITS} digits, the digits {kind}: "
        f"mAP50 {of.map50:.4f}, mAP50-95 {of.map50_95:.4f}, "
        f"whole number read exactly {of.exact:.2%}.\n"
        for kind, of in (
            ("as they were written", scores),
            ("bent as in the training's pages, some beyond reading", bent),
        )
    ]
    lines += [
        "| Digit | AP50 | AP50-95 |",
        "|---|---:|---:|",
        *(f"| {digit} | {a:.4f} | {b:.4f} |" for digit, (a, b) in scores.per_class.items()),
    ]
    (folder / "scores.md").write_text("\n".join(lines) + "\n")


def draw_sheet(
    made: list[pages.Page], found: list[Detections], path: Path, columns: int = 1600
) -> None:
    """Draw pages with the predicted boxes, digits and scores; misread ones have a red frame."""
    scale, gap = 2, 6
    rows: list[list[Picture]] = [[]]
    for page, one in zip(made, found, strict=True):
        picture = _annotated(page, one, scale)
        if sum(p.shape[1] + gap for p in rows[-1]) + picture.shape[1] + gap > columns:
            rows.append([])
        rows[-1].append(picture)
    height = PAGE_HEIGHT * scale
    sheet = np.full((len(rows) * (height + gap) + gap, columns, 3), 70, np.uint8)
    for number, row in enumerate(rows):
        x, y = gap, number * (height + gap) + gap
        for picture in row:
            sheet[y : y + height, x : x + picture.shape[1]] = picture
            x += picture.shape[1] + gap
    cv2.imwrite(str(path), sheet)


def _annotated(page: pages.Page, found: Detections, scale: int) -> Picture:
    digits = suppress(found, SURE)
    large = cv2.resize(page.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    picture: Picture = np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2BGR), np.uint8)
    for box, scores in zip(digits.boxes, digits.scores, strict=True):
        x0, y0, x1, y1 = (round(edge * scale) for edge in box.tolist())
        cv2.rectangle(picture, (x0, y0), (x1, y1), (40, 170, 255), 1)
        said = f"{scores.argmax()} {scores.max():.2f}"
        _write(picture, said, (x0, max(9, y0 - 2)), (90, 255, 90))
    if page_scores.text(found) != page.text:
        cv2.rectangle(
            picture, (0, 0), (picture.shape[1] - 1, PAGE_HEIGHT * scale - 1), (60, 60, 255), 2
        )
        _write(picture, page.text or "none", (3, PAGE_HEIGHT * scale - 5), (90, 90, 255))
    return picture


def _write(picture: Picture, said: str, at: tuple[int, int], colour: tuple[int, int, int]) -> None:
    cv2.putText(picture, said, at, cv2.FONT_HERSHEY_SIMPLEX, 0.36, colour, 1, cv2.LINE_AA)


def report(
    network: page_scores.Network, settings: Settings, folder: Path | None, seed: int, out: Path
) -> tuple[page_scores.Scores, page_scores.Scores]:
    """Measure the exported model on test pages, as written and bent; `folder` holds the data.

    Figures go to the folder `out`, and with them curves and sheets of the pages as written.
    """
    with pages.page_maker(test_sources(folder)) as make:
        made = make(settings.test_pages, (seed, 3), pages.TEST_MIX)
        made_bent = make(settings.test_pages, (seed, 3), pages.BENT_MIX)
    found = page_scores.find(network, made)
    scores = page_scores.score(found, made, curves=out)
    bent = page_scores.score(page_scores.find(network, made_bent), made_bent)
    write_scores(scores, bent, out)
    draw_sheet(made[:90], found[:90], out / "pages.png")
    wrong = [
        row
        for row, (one, page) in enumerate(zip(found, made, strict=True))
        if page_scores.text(one) != page.text
    ][:90]
    draw_sheet([made[r] for r in wrong], [found[r] for r in wrong], out / "mistakes.png")
    return scores, bent


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, measure, export to `--out`, and install under assets/models if asked to."""
    settings = Settings(
        **{
            name: value
            for name in ("epochs", "pages", "limit", "test_pages", "validation_pages", "start")
            if (value := getattr(arguments, name)) is not None
        }
    )
    if arguments.shipped:
        out = arguments.out / "yolo-shipped"
        out.mkdir(parents=True, exist_ok=True)
        shipped = open_exported(ModelStore().entry("yolo").path)
        report(shipped, settings, arguments.data, arguments.seed, out)
        progress.say((out / "scores.md").read_text())
        return
    device = choose_device(arguments.device)
    with finishing("yolo", arguments) as out:
        started = time.perf_counter()
        network, history, kept = train(settings, arguments.data, device, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        write_history(history, kept, out)
        torch.save(network.state_dict(), out / "weights.pt")  # for whoever trains on from here
        metrics: dict[str, Any] = {
            "validation_map50": round(kept.validation_map50, 5),
            "validation_map50_95": round(kept.validation_map50_95, 5),
            "validation_exact": round(kept.validation_exact, 5),
            "best_epoch": kept.number,
            "training_minutes": round(minutes, 1),
            "device": device.type,
            "seed": arguments.seed,
        }
        model = export(network, out / "yolo.onnx", metrics)
        exported = open_exported(model.path)
        scores, bent = report(exported, settings, arguments.data, arguments.seed, out)
        metrics.update(scores.as_dict("test") | bent.as_dict("bent"))
        model.write_card()
        progress.say((out / "scores.md").read_text())
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(f"Wrote the model, its metrics, curves and sheets to {arguments.out / 'yolo'}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(prog="python -m train.yolo", description=__doc__)
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--device", default="auto", help="cpu, cuda, mps (default: the best)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, help=f"default: {Settings.epochs}")
    parser.add_argument("--pages", type=int, help=f"pages an epoch (default: {Settings.pages})")
    parser.add_argument("--validation-pages", type=int, help="pages measured after each epoch")
    parser.add_argument("--test-pages", type=int, help="pages measured at the end")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    parser.add_argument(
        "--start", type=Path, metavar="FILE",
        help="weights.pt of an earlier run: train on from there, at a lower rate",
    )  # fmt: skip
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    parser.add_argument(
        "--shipped", action="store_true", help="train nothing, measure the shipped model instead"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
