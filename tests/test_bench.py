"""The comparisons measure what they say; how fast anything is decides nothing here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recognizer import ink
from recognizer.backends.onnx import OnnxClassifier
from recognizer.backends.yolo import YoloReader, decode
from recognizer.store import ModelStore
from recognizer.strokes import bounding_box, clean_strokes
from tests.bench import contest, growth, inks
from tests.bench.contest import Answer, BenchError, Contestant, Program
from tests.bench.results import Curve, Duel, Frames, Results, fill, report

OWN_DIGITS = inks.load(Path(__file__).parent)  # a folder without data: the fixture's
DUEL = Duel("a digit", "another", 0.5, 3.0, 99, 90, 100)


class Asked:
    """Answers at once, and remembers the order in which all were asked."""

    def __init__(self, name: str, order: list[tuple[str, int]]) -> None:
        self._name, self._order = name, order

    def answer(self, item: int) -> Answer:
        self._order.append((self._name, item))
        return Answer(float(item), self._name)


def test_all_answer_everything_and_nobody_always_follows_the_same_one() -> None:
    order: list[tuple[str, int]] = []
    answers = contest.hold({name: Asked(name, order) for name in "abc"}, 6, warm_up=2)
    assert order[:6] == [(name, item) for item in (0, 1) for name in "abc"]
    counted = order[6:]
    assert all([a.ms for a in answers[name]] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0] for name in "abc")
    firsts = [counted[place][0] for place in range(0, len(counted), 3)]
    assert firsts == ["a", "b", "c", "a", "b", "c"]
    assert sorted(counted) == [(name, item) for name in "abc" for item in range(6)]


def worker(folder: Path, code: str) -> Program:
    """A worker of these lines, after the usual beginning, and two pieces of ink."""
    start = f"import sys\nsys.path.insert(0, {str(contest.WORKERS)!r})\nfrom serving import serve\n"
    path = folder / "worker.py"
    path.write_text(start + code, encoding="utf-8")
    ones = [[np.zeros((2, 2))], [np.zeros((2, 2)), np.ones((3, 2))]]
    return Program("it", str(path), contest.keep_strokes(folder / "items.json", ones))


def test_a_worker_that_prints_is_understood_all_the_same(tmp_path: Path) -> None:
    code = "def load(words):\n    return lambda ink: print('noise') or str(len(ink))\nserve(load)\n"
    contestant = Contestant(worker(tmp_path, code))
    try:
        answers = [contestant.answer(item) for item in (1, 0)]
    finally:
        contestant.close()
    assert [answer.text for answer in answers] == ["2", "1"]
    assert all(answer.ms >= 0 for answer in answers)


@pytest.mark.parametrize(
    "code", ["raise OSError('no model')", "serve(lambda words: lambda ink: 1 / len(ink[5]))"]
)
def test_a_worker_that_dies_is_told_with_its_last_words(tmp_path: Path, code: str) -> None:
    with pytest.raises(BenchError, match=r"it has ended: (OSError: no model|IndexError)"):
        Contestant(worker(tmp_path, code)).answer(0)


def test_the_games_own_reader_reads_in_the_contest(tmp_path: Path) -> None:
    written = OWN_DIGITS.some(12)
    path = contest.keep_strokes(tmp_path / "digits.json", [of.strokes for of in written])
    answers = contest.run([Program("own", "digit_dash.py", path, ["cnn", "1"])], len(written))
    assert contest.right(answers["own"], [of.text for of in written]) >= 11
    assert contest.median(answers["own"]) > 0


def test_pictures_come_to_a_worker_as_they_were(tmp_path: Path) -> None:
    drawn = [inks.picture(of.strokes, (40, 30), margin=4, pen=2) for of in OWN_DIGITS.some(3)]
    path = contest.keep_pictures(tmp_path / "pictures.npz", drawn)
    code = "serve(lambda words: lambda picture: str((picture.shape, int(picture.sum()))))\n"
    made = worker(tmp_path, code)
    contestant = Contestant(Program("it", made.worker, path))
    try:
        said = [contestant.answer(item).text for item in range(3)]
    finally:
        contestant.close()
    assert said == [str((picture.shape, int(picture.sum()))) for picture in drawn]


@pytest.mark.parametrize("light", [True, False])
def test_a_canvas_holds_the_ink_within_its_margin(light: bool) -> None:
    for of in OWN_DIGITS.some(10):
        drawn = inks.picture(of.strokes, (120, 80), margin=20, pen=6, light=light)
        dark = drawn if light else 255 - drawn
        rows, columns = np.nonzero(dark > 0)
        assert drawn.shape == (80, 120) and len(rows) > 50
        assert min(rows.min(), columns.min()) >= 20 - 5  # half a pen, and its soft edge
        assert rows.max() < 65 and columns.max() < 105


@pytest.mark.training
def test_torch_has_the_weights_of_the_cnn_that_is_shipped() -> None:
    """The opponents are the same networks, not worse ones."""
    import torch

    from tests.bench.weights import eager_cnn

    glyphs = np.stack([ink.glyph(clean_strokes(of.strokes)) for of in OWN_DIGITS.some(20)])
    with torch.no_grad():
        logits = eager_cnn().eval()(torch.from_numpy(glyphs).unsqueeze(1).float() / 255)
    shipped = OnnxClassifier(ModelStore().entry("cnn")).probabilities(glyphs)
    assert np.abs(torch.softmax(logits, 1).numpy() - shipped).max() < 1e-3


@pytest.mark.training
@pytest.mark.skipif("yolo" not in ModelStore().names(), reason="the YOLO file is not there")
def test_ultralytics_has_the_weights_of_the_detector_that_is_shipped(tmp_path: Path) -> None:
    import torch

    from tests.bench.weights import yolo_checkpoint
    from train.fitting.detector import cells_of

    page = ink.page(clean_strokes(OWN_DIGITS.numbers(1)[0].strokes))
    kept = torch.load(yolo_checkpoint(tmp_path / "yolo.pt"), weights_only=False)
    sides, scores = cells_of(kept["model"], torch.device("cpu"))(page.pixels[None])
    found = YoloReader(ModelStore().entry("yolo")).find(page)
    theirs = decode(sides[0], scores[0], page.placement.width)
    sure = found.best > 0.1
    assert sure.any()
    assert np.abs(found.scores - theirs.scores).max() < 1e-3
    assert np.abs(found.boxes[sure] - theirs.boxes[sure]).max() < 0.1


@pytest.mark.parametrize("count", [1, 2, 10, 500])
def test_more_points_are_the_same_line(count: int) -> None:
    for of in OWN_DIGITS.some(20):
        made = growth.with_points(of.strokes, count)
        total = sum(map(len, made))
        assert len(made) == len(of.strokes)
        assert abs(total - max(count, len(made))) <= len(made)
        if count == 500:
            assert bounding_box(made) == pytest.approx(bounding_box(of.strokes), abs=2.0)


def test_a_line_is_found_through_medians_and_what_is_none_is_said_to_be_off_it() -> None:
    straight = growth.curve("Points", {n: 2.0 + 0.01 * n for n in (1, 10, 100, 1000)})
    assert (straight.start_ms, straight.each_ms) == pytest.approx((2.0, 0.01))
    assert straight.off == pytest.approx(0.0, abs=1e-9)
    bent = growth.curve("Points", {n: float(n * n) for n in (1, 10, 100, 1000)})
    assert bent.off > 0.05


def test_results_are_tables_json_and_readmes_block(tmp_path: Path) -> None:
    results = Results(
        "UNIPEN dev digits",
        [DUEL, Duel("start", "torch", 500.0, 4000.0)],
        [Curve("Points of a digit", [1, 5000], [0.3, 0.9], 0.3, 0.00012, 0.05)],
        [Frames("play", 4.0, 5.0), Frames("title", 2.0, 2.5), Frames("lab", 6.0, 7.0)],
    )
    found = results.as_dict()
    assert [duel["times"] for duel in found["duels"]] == [6.0, 8.0]
    said = report(found)
    assert "| a digit | another | 0.50 ms | 3.00 ms | 6.0 | 99.00% (94.6–99.8) | 90.00%" in said
    assert "| start | torch | 500 ms | 4.00 s | 8.0 |  |  |" in said
    path = results.save(tmp_path / "out")
    assert path.read_text(encoding="utf-8").startswith("{")
    document = "before\n<!-- bench -->\nold\n<!-- end of bench -->\nafter\n"
    filled = fill(document, found)
    assert filled.startswith("before\n<!-- bench -->\n| What |")
    assert filled.endswith("<!-- end of bench -->\nafter\n") and "old" not in filled
    assert "4.00 ms (the median of 3 screens; the slowest, lab, in 6.00 ms)" in filled
    assert fill(filled, found) == filled
    with pytest.raises(ValueError, match="bench"):
        fill("no block", found)


def test_the_fixture_has_every_digit_and_numbers_of_every_length() -> None:
    assert {of.text for of in OWN_DIGITS.some(1000)} == set("0123456789")
    for count in growth.DIGITS:
        assert {len(of.text) for of in OWN_DIGITS.numbers(3, (count, count))} == {count}


def test_a_screen_is_drawn_and_measured(tmp_path: Path) -> None:
    from tests.bench.frames import PICTURES, Stopwatch

    watch = Stopwatch(tmp_path, tmp_path / "pictures", ["title"])
    try:
        shown: list[int] = []
        flip = watch.app.window.flip
        watch.app.window.flip = lambda: shown.append(1) or flip()  # type: ignore[method-assign,func-returns-value]
        assert watch.take("title") == ("title", True)
        assert watch.take("lab") == ("lab", False)
    finally:
        watch.close()
    (measured,) = watch.measured
    assert len(shown) == PICTURES
    assert 0 < measured.median_ms <= measured.p99_ms
