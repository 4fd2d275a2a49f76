"""Writes index.html: everything that the report measured, in one file that needs no network."""

import base64
import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from numpy.typing import NDArray
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

from recognizer.errors import RecognizerError
from recognizer.runtime import onnxruntime
from train.fitting.history import History
from train.forms.distortions import DISTORTIONS, enlarged
from train.measures import digits
from train.measures.digits import DigitOutcome
from train.measures.readers import Reader
from train.measures.robustness import PLAIN, PREPARED, SEED
from train.measures.seeds import Spread
from train.measures.shares import Share
from train.measures.tables import file_size
from train.measures.test_sets import TestSets
from train.page import charts
from train.page.samples import Shown, png, shown

MAPPED = 1_200  # of MNIST's test digits, beside those that are misread
_COMPONENTS = 40  # principal components that t-SNE begins with
_NEIGHBOURS = 30.0  # its perplexity
_EXAMPLE = 7  # the digit that the distortions are shown on


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Write index.html from the readings and from what the other measures wrote to the folder."""
    outcomes = {reader.title: digits.read_all(reader, sets) for reader in readers}
    by_set = {
        of.test_set: {title: found[place] for title, found in outcomes.items()}
        for place, of in enumerate(next(iter(outcomes.values())))
    }
    mapped = np.random.default_rng(SEED).permutation(len(sets.mnist))[:MAPPED]
    samples = [shown(of, mapped if name == digits.MNIST else ()) for name, of in by_set.items()]
    comparison = _load(folder / "comparison.json")
    distorted = _load(folder / "robustness.json")
    drawn = [
        *_price(comparison),
        *_learning(readers),
        *_map(readers[0], sets, samples[0]),
    ]
    page = _template().render(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        titles=list(outcomes),
        comparison=_table(comparison, by_set),
        confusions=[_confusion(name, of) for name, of in by_set.items()],
        charts=[
            {"name": chart.name, "title": chart.title, "words": chart.words} for chart in drawn
        ],
        robustness=distorted is not None,
        inside=_inside(folder),
        plotly=get_plotlyjs(),
        data=_script_safe(
            {
                "titles": list(outcomes),
                "charts": [chart.as_dict() for chart in drawn],
                "sets": [of.as_dict() for of in samples],
                "robustness": _robustness(distorted, sets),
            }
        ),
    )
    (folder / "index.html").write_text(page, encoding="utf-8")
    return ""


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("train.page", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("index.html.j2")


def _script_safe(data: Any) -> str:
    """JSON that may stand inside a script element."""
    text: str = to_json_plotly(data)
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


def _load(path: Path) -> Any:
    """A JSON file of the report, None where that measure was not asked for."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _table(comparison: Any, by_set: Mapping[str, Mapping[str, DigitOutcome]]) -> dict[str, Any]:
    """The sortable table: a row a model, each share with its interval and its value to sort by."""
    if comparison is not None:
        names = list(comparison["models"][0]["intervals"])
        rows = [
            [
                _cell(
                    Share(of["intervals"][n]["count"], of["intervals"][n]["of"]), of["seeds"].get(n)
                )
                for n in names
            ]
            + [
                (of["file bytes"], file_size(of["file bytes"]), ""),
                (of["p50 ms"], f"{of['p50 ms']:.2f} ms", ""),
            ]
            for of in comparison["models"]
        ]
        titles = [of["title"] for of in comparison["models"]]
        return {
            "heads": [*names, "file", "p50"],
            "rows": list(zip(titles, rows, strict=True)),
            "seeds": any(of["seeds"] for of in comparison["models"]),
        }
    titles = list(next(iter(by_set.values())))
    rows = [[_cell(by_set[name][title].share) for name in by_set] for title in titles]
    return {
        "heads": list(by_set),
        "rows": list(zip(titles, rows, strict=True)),
        "seeds": False,
    }


def _cell(share: Share, seeds: Mapping[str, Any] | None = None) -> tuple[float, str, str]:
    """What a cell is sorted by, what it says, and what several seeds make of the figure."""
    spread = "" if seeds is None else str(Spread(tuple(seeds["shares"])))
    return share.value, str(share), spread


def _confusion(name: str, outcomes: Mapping[str, DigitOutcome]) -> dict[str, Any]:
    """Each model's counts on one set: rows the digits written, columns those read, "?" last."""
    return {
        "set": name,
        "models": [
            {"title": title, "counts": of.confusions().tolist(), "words": _in_words(of)}
            for title, of in outcomes.items()
        ],
    }


def _in_words(of: DigitOutcome) -> str:
    counts = of.confusions().copy()
    np.fill_diagonal(counts[:, :10], 0)
    most = [divmod(int(place), 11) for place in np.argsort(-counts, axis=None)[:3]]
    named = [
        f"{written} as {read if read < 10 else 'no digit'} ({counts[written, read]})"
        for written, read in most
        if counts[written, read]
    ]
    wrong = int((~of.right).sum())
    return f"{wrong} of {len(of.truth):,} misread" + (
        f", most often {', '.join(named)}" * bool(named)
    )


def _price(comparison: Any) -> list[charts.Chart]:
    return [] if comparison is None else [charts.price(comparison["models"], digits.MNIST)]


def _learning(readers: Sequence[Reader]) -> list[charts.Chart]:
    histories = {of.title: History.read(of.history) for of in readers if of.history}
    return [charts.learning(histories)] if histories else []


def _map(reader: Reader, sets: TestSets, of: Shown) -> list[charts.Chart]:
    """MNIST's digits as the best model sees them, by PCA and by t-SNE; none without features."""
    features = _features(reader, sets.mnist.pixels[of.rows])
    if features is None or len(features) < 4 * _NEIGHBOURS:
        return []
    pca = PCA(min(_COMPONENTS, features.shape[1]), random_state=0)
    begun = pca.fit_transform(features)
    points = TSNE(perplexity=_NEIGHBOURS, init="pca", random_state=0).fit_transform(begun)
    shown = float(pca.explained_variance_ratio_[:2].sum())
    return [
        charts.digit_map(
            "map-pca", f"How the {reader.title} sees the digits, from one side (PCA)",
            f"the two directions in which they differ most, {shown:.0%} of all difference: what "
            "lies upon each other here may be far apart in the other directions.",
            begun[:, :2], of.samples,
        ),
        charts.digit_map(
            "map-tsne", f"How the {reader.title} sees the digits, neighbours kept (t-SNE)",
            "who is alike stays near, distances between clouds mean nothing. Each digit is a cloud "
            "of its own.", points, of.samples,
        ),
    ]  # fmt: skip


def _features(reader: Reader, glyphs: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    if reader.model is None or reader.model.path.suffix != ".onnx":
        return None
    try:
        session = onnxruntime.InferenceSession(
            reader.model.path.read_bytes(), providers=["CPUExecutionProvider"]
        )
        found: NDArray[np.float32] = session.run(["features"], {"glyphs": glyphs})[0]
    except (RecognizerError, ValueError, RuntimeError):  # a model of another kind
        return None
    return found


def _inside(folder: Path) -> list[dict[str, str]]:
    """The pictures of `train.measures.inside`, each as a data: address with its words."""
    found = _load(folder / "inside.json")
    return [
        {
            "title": of["title"],
            "words": of["words"],
            "address": "data:image/png;base64,"
            + base64.b64encode((folder / of["file"]).read_bytes()).decode(),
        }
        for of in ([] if found is None else found["pictures"])
    ]


def _robustness(found: Any, sets: TestSets) -> list[dict[str, Any]]:
    """Each distortion's degrees, an example at each, and every model's shares in both ways."""
    if found is None:
        return []
    row = int(np.argmax(sets.mnist.labels == _EXAMPLE))  # the first digit where there is none
    large = enlarged(sets.mnist.pixels[row])
    return [
        {
            "name": of.name,
            "unit": of.unit,
            "degrees": list(of.degrees),
            "pictures": [
                png(of.apply(large, degree, np.random.default_rng(SEED))) for degree in of.degrees
            ],
            "right": {
                fed: {
                    title: [round(100 * share["share"], 1) for share in curve["right"]]
                    for title, of_model in found.items()
                    for curve in of_model
                    if curve["fed"] == fed and curve["distortion"] == of.name
                }
                for fed in (PLAIN, PREPARED)
            },
        }
        for of in DISTORTIONS
    ]
