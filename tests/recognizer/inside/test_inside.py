"""Looking into the shipped models: what is shown is what they decided by."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer import Digit, Reading, Recognizer, RecognizerError, available_backends, ink
from recognizer.backends.knn import KnnClassifier
from recognizer.backends.svm import SvmClassifier
from recognizer.features import LENGTH, describe
from recognizer.inside import edges
from recognizer.inside import onnx as network
from recognizer.inside.knn import Prototypes
from recognizer.inside.look import NEURONS, SHOWN, Looker
from recognizer.inside.neurons import Neurons
from recognizer.inside.occlusion import occlusion
from recognizer.inside.onnx import FirstLayer
from recognizer.inside.sights import Compared, Covered, Disputed, Found
from recognizer.inside.svm import SupportVectors
from recognizer.inside.views import open_view
from recognizer.inside.yolo import Detector
from recognizer.store import ModelStore

SEVEN = [np.array([[0.0, 0.0], [40.0, 0.0], [15.0, 60.0]])]
ONE = [np.array([[0.0, 0.0], [0.0, 60.0]])]
NOUGHT = [
    np.column_stack([30 + 25 * np.cos(turn), 40 + 40 * np.sin(turn)])
    for turn in [np.linspace(0, 2 * np.pi, 40)]
]


@pytest.fixture(scope="module", params=[SEVEN, ONE, NOUGHT], ids=["7", "1", "0"])
def glyph(request: pytest.FixtureRequest) -> NDArray[np.uint8]:
    return ink.glyph(request.param)


def needs(backend: str) -> None:
    if backend not in available_backends():
        pytest.skip(f"no {backend} is installed")


@pytest.fixture(scope="module")
def prototypes() -> Prototypes:
    needs("knn")
    view = open_view(ModelStore().entry("knn"))
    assert isinstance(view, Prototypes)
    return view


@pytest.fixture(scope="module")
def machines() -> SupportVectors:
    needs("svm")
    view = open_view(ModelStore().entry("svm"))
    assert isinstance(view, SupportVectors)
    return view


def test_the_nearest_prototypes_vote_as_the_classifier_does(
    prototypes: Prototypes, glyph: NDArray[np.uint8]
) -> None:
    nearest = prototypes.nearest(glyph)
    assert len(nearest) == prototypes.k
    assert [of.distance for of in nearest] == sorted(of.distance for of in nearest)
    votes = np.zeros(10)
    for of in nearest:
        votes[of.digit] += of.share
        assert of.picture.shape == (edges.SIDE, edges.SIDE) and of.picture.any()
    scores = KnnClassifier(ModelStore().entry("knn")).probabilities(glyph[None])[0, :10]
    assert votes == pytest.approx(scores / scores.sum(), abs=1e-4)


def test_more_than_vote_can_be_shown(prototypes: Prototypes, glyph: NDArray[np.uint8]) -> None:
    more = prototypes.nearest(glyph, prototypes.k + 3)
    assert [of.share == 0 for of in more] == [False] * prototypes.k + [True] * 3
    fewer = prototypes.nearest(glyph, 1)
    assert fewer[0].share == pytest.approx(more[0].share) and len(fewer) == 1


def test_the_duel_is_decided_as_the_machine_decides(
    machines: SupportVectors, glyph: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    duel = machines.duel(glyph, 5)
    classifier = SvmClassifier(ModelStore().entry("svm"))
    decision = classifier.decisions(glyph[None])[0, duel.first, duel.second]
    assert duel.decision == pytest.approx(float(decision), abs=2e-3)
    likely = classifier.probabilities(glyph[None])[0, :10]
    assert [duel.first, duel.second] == np.argsort(-likely, kind="stable")[:2].tolist()
    weights = [abs(of.vote) for of in duel.voters]
    assert weights == sorted(weights, reverse=True) and len(weights) == 5
    for of in duel.voters:
        assert of.digit == (duel.first if of.vote > 0 else duel.second)
    # Thousands of votes are counted; drawing each takes twelve seconds.
    monkeypatch.setattr(edges.Space, "drawn", lambda _, points: np.zeros((len(points), 1, 1)))
    everyone = machines.duel(glyph, duel.count)
    total = sum(of.vote for of in everyone.voters) + duel.bias
    assert total == pytest.approx(duel.decision, abs=1e-6)


def test_edges_lead_back_to_what_they_were_made_of() -> None:
    whole = edges.Space(np.eye(LENGTH, dtype=np.float32), np.zeros(LENGTH, np.float32))
    for strokes in (SEVEN, ONE, NOUGHT):
        glyph = ink.glyph(strokes)[None]
        (drawn,) = whole.drawn(whole.points(glyph))
        assert np.abs(drawn.astype(int) - edges.draw_edges(describe(glyph)[0])).max() <= 1
    assert not edges.draw_edges(np.zeros(LENGTH)).any()
    upright = edges.draw_edges(describe(ink.glyph(ONE)[None])[0]).astype(float)
    # A bar's edges are upright: the drawing changes across far more than down.
    assert np.abs(np.diff(upright, axis=1)).sum() > 2 * np.abs(np.diff(upright, axis=0)).sum()


def test_boxes_before_suppression_hold_those_that_are_kept() -> None:
    needs("yolo")
    view = open_view(ModelStore().entry("yolo"))
    assert isinstance(view, Detector)
    apart = [NOUGHT[0], SEVEN[0] + (90.0, 5.0)]
    found = view.look(apart)
    assert found is not None
    read = Recognizer("yolo").read(apart)
    order = np.argsort(found.kept.boxes[:, 0])
    said = found.kept.scores.argmax(axis=1)[order].tolist()
    assert said == [digit.value for digit in read.digits]
    assert len(found.before) > len(found.kept) > 0, "neighbouring cells find the same digit"
    kept = {tuple(box) for box in found.kept.boxes.tolist()}
    assert kept <= {tuple(box) for box in found.before.boxes.tolist()}
    assert view.look([]) is None and view.look_at(np.zeros((40, 40), np.uint8)) is None
    assert view.look_at(ink.glyph(SEVEN)) is not None


def test_the_first_layer_answers_to_ink() -> None:
    needs("cnn")
    view = open_view(ModelStore().entry("cnn"))
    assert isinstance(view, FirstLayer)
    nothing, bar = np.zeros((28, 28), np.uint8), np.zeros((28, 28), np.uint8)
    bar[4:24, 13:15] = 255
    silent, found = view.responses(nothing), view.responses(bar)
    assert found.ndim == 3 and min(found.shape[1:]) >= 24 and len(found) > 1
    assert (found >= 0).all(), "what a ReLU hands on"
    changed = np.abs(found - silent).max(axis=0)
    assert changed[14, 14] > 0 and changed[14, 2] == 0, "an answer is to the ink near by"


def test_the_neurons_that_answer_most_say_which_ink_spoke_for_them(
    glyph: NDArray[np.uint8],
) -> None:
    needs("fcn")
    view = open_view(ModelStore().entry("fcn"))
    assert isinstance(view, Neurons)
    found = view.strongest(glyph, 20)
    answers = [neuron.answer for neuron in found]
    assert len(found) == 20 and answers == sorted(answers, reverse=True)
    for neuron in found:
        assert not neuron.pulls[glyph == 0].any(), "no ink, no say"
    everyone = view.strongest(glyph, 10_000)
    dark = view.strongest(np.zeros_like(glyph), 10_000)
    assert sum(n.answer for n in everyone) == pytest.approx(
        sum(n.answer for n in dark) + sum(float(n.pulls.sum()) for n in everyone), rel=1e-3
    )


def test_what_neurons_answer_is_what_the_network_goes_on_with(glyph: NDArray[np.uint8]) -> None:
    onnx = pytest.importorskip("onnx", reason="it reads the weights by itself")
    needs("fcn")
    entry = ModelStore().entry("fcn")
    view = open_view(entry)
    assert isinstance(view, Neurons)
    graph = onnx.load(entry.path).graph
    gemm = next(node for node in graph.node if node.op_type == "Gemm")
    stored = {of.name: onnx.numpy_helper.to_array(of) for of in graph.initializer}
    weights, bias = (stored[name] for name in gemm.input[1:])
    turned = any(of.name == "transB" and of.i for of in gemm.attribute)
    answers = (glyph.reshape(-1) / 255) @ (weights.T if turned else weights) + bias
    expected = np.sort(answers)[::-1][:12]
    assert [n.answer for n in view.strongest(glyph, 12)] == pytest.approx(expected, abs=1e-3)


def test_a_layer_over_pieces_of_the_glyph_has_no_such_neurons(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="it makes the model")
    needs("fcn")
    kinds, help_ = onnx.TensorProto, onnx.helper
    graph = help_.make_graph(
        [
            help_.make_node("Cast", ["glyphs"], ["ink"], to=kinds.FLOAT),
            help_.make_node("MatMul", ["ink", "weights"], ["of_rows"]),
            help_.make_node("ReduceMax", ["of_rows"], ["logits"], axes=[1], keepdims=0),
        ],
        "rows",
        [help_.make_tensor_value_info("glyphs", kinds.UINT8, ["n", 28, 28])],
        [help_.make_tensor_value_info("logits", kinds.FLOAT, ["n", 10])],
        [onnx.numpy_helper.from_array(np.ones((28, 10), np.float32), "weights")],
    )
    opset = [help_.make_opsetid("", 17)]
    content = help_.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()
    path = tmp_path / "rows.onnx"
    path.write_bytes(content)
    entry = replace(
        ModelStore().entry("fcn"), path=path, sha256=hashlib.sha256(content).hexdigest()
    )
    assert open_view(entry) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"no model at all", bytes(range(256)), b"\x0a\xff\xff", b"\x3a\x04\x0a\x02\x0a\x7f"],
)
def test_bytes_that_are_no_network_are_told(content: bytes, tmp_path: Path) -> None:
    needs("cnn")
    path = tmp_path / "cnn.onnx"
    path.write_bytes(content)
    entry = replace(
        ModelStore().entry("cnn"), path=path, sha256=hashlib.sha256(content).hexdigest()
    )
    try:
        assert open_view(entry) is None, "no layers, no view"
    except RecognizerError as error:
        assert str(path) in str(error)


def test_the_names_of_the_layers_are_those_that_the_onnx_library_reads() -> None:
    onnx = pytest.importorskip("onnx", reason="it is the one to compare with")
    for name in ("cnn", "fcn"):
        needs(name)
        entry = ModelStore().entry(name)
        graph = onnx.load(entry.path).graph
        nodes, given = network._graph(entry.read())
        assert given == {output.name for output in graph.output}
        assert [(of.operator, of.takes, of.gives) for of in nodes] == [
            (node.op_type, list(node.input), list(node.output)) for node in graph.node
        ]


@pytest.mark.parametrize(
    ("backend", "kind"),
    [("knn", Compared), ("svm", Disputed), ("cnn", Covered), ("fcn", Covered), ("yolo", Found)],
)
def test_one_look_shows_what_each_kind_has(backend: str, kind: type) -> None:
    needs(backend)
    reader = Recognizer(backend)
    (digit,) = reader.read(SEVEN).digits
    sight = Looker(ModelStore().entry(backend)).look(reader, SEVEN, digit)
    assert type(sight) is kind and digit.value == 7
    if isinstance(sight, Compared):
        assert len(sight.prototypes) >= SHOWN and sight.prototypes[0].digit == 7
    elif isinstance(sight, Disputed):
        assert sight.duel.first == 7 and len(sight.duel.voters) == SHOWN
    elif isinstance(sight, Covered):
        assert sight.occlusion.digit == 7 and (sight.glyph == digit.picture).all()
        assert (sight.responses is not None) == (backend == "cnn")
        assert len(sight.neurons) == (NEURONS if backend == "fcn" else 0)
    else:
        assert isinstance(sight, Found) and len(sight.before) >= len(sight.kept) == 1


def test_of_two_rows_a_detector_shows_the_one_that_is_looked_at() -> None:
    needs("yolo")
    reader, looker = Recognizer("yolo"), Looker(ModelStore().entry("yolo"))
    above = [NOUGHT[0], SEVEN[0] + (90.0, 5.0)]
    below = [ONE[0] + (0.0, 200.0), SEVEN[0] + (60.0, 200.0)]
    digits = reader.read([*above, *below]).digits
    assert len(digits) == 4
    for row, some in ((above, digits[:2]), (below, digits[2:])):
        for digit in some:
            sight = looker.look(reader, [*above, *below], digit)
            assert isinstance(sight, Found)
            alone = looker.look(reader, row, digit)
            assert isinstance(alone, Found)
            assert (sight.page.pixels == alone.page.pixels).all()


def test_ink_without_a_picture_shows_nothing() -> None:
    needs("fcn")
    reader = Recognizer("fcn")
    looker = Looker(ModelStore().entry("fcn"))
    (digit,) = reader.read(SEVEN).digits
    assert looker.look(reader, SEVEN, replace(digit, picture=None)) is None
    assert looker.look(reader, SEVEN, replace(digit, picture=np.zeros((28, 28), np.uint8))) is None


class ByCorner:
    """Believes in a three by the ink of the upper left quarter alone."""

    def __init__(self) -> None:
        self.asked = 0

    def read_image(self, grey: NDArray[np.uint8], length: int | None = None) -> Reading:
        self.asked += 1
        assert length == 1
        sure = float(grey[:14, :14].sum()) / (14 * 14 * 255)
        probabilities = np.full(10, (1 - sure) / 9, np.float32)
        probabilities[3] = sure
        return Reading("fake", 0.1, (Digit(3, probabilities, (0.0, 0.0, 1.0, 1.0)),))


@pytest.mark.parametrize(("patch", "step"), [(5, 2), (3, 3), (8, 1)])
def test_the_ink_that_a_model_goes_by_is_found(patch: int, step: int) -> None:
    full = np.full((28, 28), 255, np.uint8)
    found = occlusion(ByCorner(), full, patch=patch, step=step)
    assert found.digit == 3 and found.confidence == pytest.approx(1)
    assert (found.falls[:12, :12] > 0).all()
    far = 14 + patch
    assert not found.falls[far:].any() and not found.falls[:, far:].any()
    assert 0 < found.most <= (patch / 14) ** 2 + 1e-5


def test_patches_without_ink_cost_no_reading() -> None:
    dot = np.zeros((28, 28), np.uint8)
    dot[4, 4] = 255
    model = ByCorner()
    found = occlusion(model, dot, digit=3, patch=4, step=4)
    assert model.asked == 2, "the whole, and the only patch with ink"
    assert np.count_nonzero(found.falls) == 16
    with pytest.raises(ValueError, match="without ink"):
        occlusion(model, np.zeros((28, 28), np.uint8))


def test_a_real_model_goes_by_the_ink(glyph: NDArray[np.uint8]) -> None:
    needs("fcn")
    found = occlusion(Recognizer("fcn"), glyph, step=4)
    assert 0 <= found.most <= 1 and found.confidence > 0.5
    rows = np.flatnonzero(glyph.any(axis=1))
    # A patch of 5 px that covers these has no ink.
    assert not found.falls[: max(0, rows[0] - 5)].any() and not found.falls[rows[-1] + 6 :].any()
