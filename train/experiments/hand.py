"""`python -m train.experiments.hand`: which way of learning a hand, compared on odd writers.

All of it on the hands of `train.experiments.odd_writers`, made from pendigits' training writers:
what was chosen here is measured elsewhere (`train.measures.hand`). Compared are

- *nearest*: each digit gains by its nearest sample, in the Hellinger geometry of the features
  (`recognizer.personal.samples.Hand`), with several constants,
- *trajectory*: by the sample whose pen ran most alike (`recognizer.personal.samples.DrawnHand`),
  alone and after the other; both together are the shipped way,
- *prototype*: by the mean of its samples, as prototypical networks do (Snell et al., 2017),
- *plain cosine*: by its nearest sample, but without the square root,
- *whitened*: by its nearest sample, where the features are whitened by their covariance within the
  digits of pendigits' training writers,
- *last layer*: nothing is compared; a further last layer is fitted to the samples by regularised
  logistic regression on top of the network's own.

A good way lets the errors fall, most of all those of the ten worst writers, harms nobody, and goes
on refusing what is no digit. What was found stands in README.md beside this file.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from recognizer import ink
from recognizer.backends.onnx import open_session
from recognizer.errors import RecognizerError
from recognizer.personal.samples import (
    BY_LOOKS,
    BY_TRAJECTORY,
    Blend,
    DrawnHand,
    Features,
    Hand,
    Probabilities,
)
from recognizer.personal.trajectory import trajectory
from recognizer.reading import read_digit
from recognizer.runtime import onnxruntime
from recognizer.store import ModelStore
from recognizer.strokes import clean_strokes
from train.data import sets
from train.data.people import People
from train.data.samples import InkSample
from train.experiments import odd_writers
from train.forms import negatives
from train.forms.hands import Hands
from train.measures.hand import Score, draw, summarise
from train.shipping.options import count, script_parser
from train.shipping.script import Progress, run_script

SCRIBBLES = 1_000
SEED = 5
BATCH = 256
# A way: learned features, their logits and labels; then logits and features to probabilities.
Way = Callable[["Seen", NDArray[np.int64], "Seen"], Probabilities]


@dataclass(frozen=True)
class Seen:
    """Samples and what the network makes of them: labels and writers (N,), logits (N, 11).

    `features` are (N, F), `trajectories` (N, C).
    """

    labels: NDArray[np.int64]
    writers: NDArray[np.int64]
    logits: NDArray[np.float32]
    features: Features
    trajectories: Features

    def take(self, rows: NDArray[np.int64]) -> "Seen":
        """The samples of these rows."""
        return Seen(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def probabilities(self) -> Probabilities:
        """The network's own belief (N, 11)."""
        return _softmax(self.logits)


class Prototype(Hand):
    """By the mean of a digit's samples."""

    def nearness(
        self, rows: NDArray[np.float64], samples: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        middle = samples.mean(axis=0)
        return np.asarray(rows @ (middle / np.linalg.norm(middle)))


class PlainCosine(Hand):
    """Without the square root."""

    def placed(self, features: Features) -> NDArray[np.float64]:
        rows = features.astype(np.float64)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))


def whitened(training: Seen, ridge: float = 1.0) -> type[Hand]:
    """A hand in features whitened by their covariance within the digits of `training`."""
    middles = np.stack([training.features[training.labels == d].mean(axis=0) for d in range(10)])
    spread = np.cov((training.features - middles[training.labels]).T.astype(np.float64))
    spread += ridge * np.trace(spread) / len(spread) * np.eye(len(spread))
    values, directions = np.linalg.eigh(spread)
    to_white = (directions / np.sqrt(values)) @ directions.T
    middle = training.features.mean(axis=0)

    class Whitened(Hand):
        def placed(self, features: Features) -> NDArray[np.float64]:
            rows = np.asarray((features - middle) @ to_white)
            lengths = np.linalg.norm(rows, axis=1, keepdims=True)
            return np.asarray(rows / np.maximum(lengths, 1e-12))

    return Whitened


def by_hand(kind: type[Hand], constants: Blend) -> Way:
    """A way that compares looks."""

    def way(learned: Seen, labels: NDArray[np.int64], read: Seen) -> Probabilities:
        hand = kind(learned.features, labels.tolist(), constants)
        return hand.blend(read.probabilities, read.features)

    return way


def by_trajectory(constants: Blend, before: Way | None = None) -> Way:
    """A way that compares trajectories, on what another way has made of the network's belief."""

    def way(learned: Seen, labels: NDArray[np.int64], read: Seen) -> Probabilities:
        believed = read.probabilities if before is None else before(learned, labels, read)
        drawn = DrawnHand(learned.trajectories, labels.tolist(), constants)
        return drawn.blend(believed, read.trajectories)

    return way


def last_layer(weight_of_size: float, steps: int = 300) -> Way:
    """A further last layer on the features' directions, fitted by gradient steps in its dual."""

    def way(learned: Seen, labels: NDArray[np.int64], read: Seen) -> Probabilities:
        hand = Hand(learned.features, labels.tolist())
        rows, new = hand.placed(learned.features), hand.placed(read.features)
        alike = rows @ rows.T
        wanted = np.full((len(labels), learned.logits.shape[1]), 0.002)
        wanted[np.arange(len(labels)), labels] = 0.98
        dual = np.zeros_like(wanted)
        step = 1 / (weight_of_size + 0.5 * np.linalg.eigvalsh(alike)[-1])
        for _ in range(steps):
            found = _softmax(learned.logits + alike @ dual)
            dual += step * (wanted - found - weight_of_size * dual)
        return _softmax(read.logits + (new @ rows.T) @ dual)

    return way


def ways(training: Seen) -> dict[str, Way]:
    """What is compared, by name."""
    nearest = by_hand(Hand, BY_LOOKS)
    found: dict[str, Way] = {
        "both, as shipped": by_trajectory(BY_TRAJECTORY, nearest),
        "nearest": nearest,
        "trajectory": by_trajectory(BY_TRAJECTORY),
    }
    for weight in (10.0, 40.0):
        constants = replace(BY_LOOKS, weight=weight)
        found[f"both, looks {weight:.0f}"] = by_trajectory(BY_TRAJECTORY, by_hand(Hand, constants))
    for most in (1.0, 3.0, 6.0):
        constants = replace(BY_TRAJECTORY, most=most)
        found[f"both, trajectory at most {most:.0f}"] = by_trajectory(constants, nearest)
    for weight, sharpness in ((12.0, 10.0), (20.0, 20.0), (30.0, 12.0)):
        constants = replace(BY_TRAJECTORY, weight=weight, sharpness=sharpness)
        name = f"both, trajectory {weight:.0f} and {sharpness:.0f}"
        found[name] = by_trajectory(constants, nearest)
    for weight, sharpness in ((20.0, 3.0), (40.0, 5.0), (60.0, 6.0)):
        constants = replace(BY_LOOKS, weight=weight, sharpness=sharpness)
        found[f"nearest, {weight:.0f} and {sharpness:.0f}"] = by_hand(Hand, constants)
    for most in (4.0, 12.0):
        found[f"nearest, at most {most:.0f}"] = by_hand(Hand, replace(BY_LOOKS, most=most))
    for rescue, sharpness in ((5.0, 8.0), (8.0, 10.0), (20.0, 10.0)):
        constants = replace(BY_LOOKS, rescue=rescue, rescue_sharpness=sharpness)
        found[f"nearest, rescue {rescue:.0f} and {sharpness:.0f}"] = by_hand(Hand, constants)
    found["prototype"] = by_hand(Prototype, BY_LOOKS)
    found["plain cosine"] = by_hand(PlainCosine, BY_LOOKS)
    # Whitened features are farther apart: a wider kernel suits them.
    found["whitened"] = by_hand(whitened(training), replace(BY_LOOKS, sharpness=2.0))
    found["last layer, 0.01"] = last_layer(0.01)
    found["last layer, 0.1"] = last_layer(0.1)
    return found


def score_way(way: Way, seen: Seen) -> list[Score]:
    """Every writer's errors, the first samples of each digit learned."""
    wrong = _read(seen.probabilities) != seen.labels
    scores = []
    for writer in np.unique(seen.writers).tolist():
        learned, rest = draw(seen.labels, np.flatnonzero(seen.writers == writer), None)
        found = way(seen.take(learned), seen.labels[learned], seen.take(rest))
        errors = _read(found) != seen.labels[rest]
        scores.append(
            Score(
                writer,
                len(rest),
                float(wrong[rest].sum()),
                float(errors.sum()),
                float((errors & ~wrong[rest]).sum()),
            )
        )
    return scores


def refused(way: Way, seen: Seen, scribbles: Seen, writers: int = 20) -> tuple[float, float]:
    """The shares of ink that is no digit which some writers' hands leave refused: mean, least."""
    shares = []
    for writer in np.unique(seen.writers).tolist()[:writers]:
        learned, _ = draw(seen.labels, np.flatnonzero(seen.writers == writer), None)
        found = way(seen.take(learned), seen.labels[learned], scribbles)
        shares.append(float((_read(found) < 0).mean()))
    return float(np.mean(shares)), min(shares)


def look(session: onnxruntime.InferenceSession, samples: Sequence[InkSample]) -> Seen:
    """Show samples to the network."""
    cleaned = [clean_strokes(sample.strokes) for sample in samples]
    glyphs = np.stack([ink.glyph(strokes) for strokes in cleaned])
    found = [
        session.run(["logits", "features"], {"glyphs": glyphs[at : at + BATCH]})
        for at in range(0, len(glyphs), BATCH)
    ]
    return Seen(
        np.array([int(sample.label) for sample in samples]),
        np.array([sample.writer for sample in samples]),
        np.concatenate([logits for logits, _ in found]),
        np.concatenate([features for _, features in found]),
        np.stack([trajectory(strokes) for strokes in cleaned]),
    )


def _softmax(logits: NDArray[np.floating]) -> Probabilities:
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _read(probabilities: Probabilities) -> NDArray[np.int64]:
    """The digits that play would read; -1 where it reads none."""
    digits = [read_digit(row, (0, 0, 1, 1)).value for row in probabilities]
    return np.array([-1 if value is None else value for value in digits])


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Compare all ways and show the table."""
    session = open_session(
        ModelStore(arguments.models).entry("cnn"), {"glyphs"}, {"logits", "features"}
    )
    if "features" not in [output.name for output in session.get_outputs()]:
        raise RecognizerError("This CNN was exported without its features; export it anew.")
    digits = sets.load_pendigits(train=True, data=arguments.data)[: arguments.limit]
    random, hands = np.random.default_rng(SEED), Hands(People(digits))
    scribbles = [InkSample("0", 0, negatives.draw(random, hands)) for _ in range(SCRIBBLES)]
    seen_scribbles = look(session, scribbles)
    training = look(session, [InkSample(str(d.label), d.writer, d.strokes) for d in digits])
    odd = {name: look(session, make(digits, 0)) for name, make in odd_writers.KINDS.items()}
    none = float((_read(seen_scribbles.probabilities) < 0).mean())
    progress.say(f"Without a hand {none:.2%} of {SCRIBBLES:,} scribbles are refused.")
    table = Table("Way", *(f"{n}: errors, new, ten worst, worse" for n in odd), "refused, least")
    for name, way in ways(training).items():
        cells = []
        for seen in odd.values():
            of = summarise(score_way(way, seen))
            cells.append(
                f"{of.before:.0f} > {of.after:.0f}, {of.new:.0f}, "
                f"{of.worst_fall:.0%} less, {len(of.worse)}"
            )
        mean, least = refused(way, odd["warped"], seen_scribbles)
        table.add_row(name, *cells, f"{mean:.2%}, {least:.2%}")
    progress.show(table)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser("train.experiments.hand", __doc__, "data", "models")
    parser.add_argument("--limit", type=count, help="make hands from the first so many digits only")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
