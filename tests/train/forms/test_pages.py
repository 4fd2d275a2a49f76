"""Composed pages: decided by the seed, boxes tight around the digits' ink, and no foreign digit."""

from dataclasses import replace

import numpy as np
import pytest

from recognizer.page import MAX_WIDTH, PAGE_HEIGHT, WIDTH_STEP
from train.data import sets
from train.data.people import People
from train.data.unipen import PenDigit
from train.forms import digits, pages
from train.forms.digits import draw_digit
from train.forms.page_maker import BATCH, compose_batch, page_maker

PLAIN = pages.Mix(
    empty=0, only_stray=0, stray=0, specks=0, ruled=0, running=0, flourish=0, long=0, drawn=0
)


@pytest.fixture(scope="module")
def sources() -> pages.Sources:
    random = np.random.default_rng(0)
    labels = np.arange(100) % 10
    strokes = [draw_digit(int(label), random) for label in labels]
    digits = [
        PenDigit(int(label), number % 4, own)
        for number, (label, own) in enumerate(zip(labels, strokes, strict=True))
    ]
    from recognizer import ink

    images = sets.Images(np.stack([ink.glyph(s) for s in strokes]), labels.astype(np.int64))
    return pages.Sources(People(digits), images)


def make(sources: pages.Sources, count: int, seed: int, mix: pages.Mix) -> list[pages.Page]:
    with page_maker(sources) as maker:
        return maker(count, (seed,), mix)


def test_pages_have_the_shape_that_play_gives(sources: pages.Sources) -> None:
    for page in make(sources, 200, 1, pages.Mix()):
        assert page.pixels.dtype == np.uint8
        assert page.pixels.shape[0] == PAGE_HEIGHT
        assert page.pixels.shape[1] in range(WIDTH_STEP, MAX_WIDTH + 1, WIDTH_STEP)
        assert page.boxes.shape == (len(page.labels), 4)
        assert (page.boxes >= 0).all()
        assert (page.boxes[:, 2:] <= page.pixels.shape[::-1]).all()
        assert (page.boxes[:, 2:] - page.boxes[:, :2] > 1).all()


def test_the_seed_decides(sources: pages.Sources) -> None:
    first, again, other = (make(sources, 20, seed, pages.Mix()) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        assert np.array_equal(one.pixels, two.pixels)
        assert np.array_equal(one.boxes, two.boxes)
    assert any(a.text != b.text for a, b in zip(first, other, strict=True))


def test_several_processes_give_the_same_pages(
    sources: pages.Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = BATCH + 3
    with page_maker(sources) as maker:
        many = maker(count, (4,), PLAIN)
    alone = compose_batch(sources, BATCH, (4, 0), PLAIN)
    assert len(many) == count
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(many, alone, strict=False))


def test_test_pages_hold_digits_as_they_were_written(sources: pages.Sources) -> None:
    random = np.random.default_rng(2)
    for label in range(10):
        written = sources.digit(label, None, random)
        assert written is not None and written.label == label
        own = pages._written(label, written, random, pages.TEST_MIX).strokes
        assert len(own) == len(written.strokes)
        assert all(np.array_equal(a, b) for a, b in zip(own, written.strokes, strict=True))
        bent = pages._written(label, written, random, pages.BENT_MIX).strokes
        assert not np.array_equal(bent[0], written.strokes[0])


@pytest.mark.parametrize("pictures", [0.0, 1.0])
def test_boxes_are_tight(sources: pages.Sources, pictures: float) -> None:
    """All boxes together are the ink of a page of digits only; each has ink at all its sides."""
    for page in make(sources, 150, 3, replace(PLAIN, pictures=pictures, mixed=0)):
        y, x = np.nonzero(page.pixels > 100)
        ink = (x.min(), y.min(), x.max() + 1, y.max() + 1)
        around = (*page.boxes[:, :2].min(axis=0), *page.boxes[:, 2:].max(axis=0))
        assert around == pytest.approx(ink, abs=3.5)  # faint corners
        for x0, y0, x1, y1 in page.boxes.round().astype(int):
            own = page.pixels[max(0, y0) : y1, max(0, x0) : x1]
            assert own[:3].max() > 60
            assert own[-3:].max() > 60
            assert own[:, :3].max() > 60
            assert own[:, -3:].max() > 60


def test_digits_come_in_reading_order(sources: pages.Sources) -> None:
    for page in make(sources, 150, 5, PLAIN):
        middles = page.boxes[:, 0] + page.boxes[:, 2]
        assert (np.diff(middles) > 0).all()
        assert 1 <= len(page.labels) <= pages.MOST_DIGITS


def test_some_pages_are_empty_or_hold_no_digit(sources: pages.Sources) -> None:
    made = make(sources, 400, 6, pages.Mix())
    assert any(page.pixels.max() == 0 for page in made)
    assert any(page.pixels.max() > 0 and not len(page.labels) for page in made)
    assert any(page.stray and len(page.labels) for page in made)
    assert any(len(page.labels) > pages.MOST_DIGITS for page in made)


def test_only_the_given_digits_are_used() -> None:
    """A digit that the writers have comes from them, where drawn forms are not asked for."""
    random = np.random.default_rng(0)
    ones = [PenDigit(1, 0, draw_digit(1, random)) for _ in range(5)]
    seen: list[int] = []
    original = draw_digit

    def spy(value: int, generator: np.random.Generator) -> list[np.ndarray]:
        seen.append(value)
        return original(value, generator)

    empty = sets.Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digits, "draw_digit", spy)
        made = make(pages.Sources(People(ones), empty), 60, 8, PLAIN)
    assert 1 not in seen, "a digit that the writers have is not drawn"
    assert sum(int((page.labels == 1).sum()) for page in made) > 0


@pytest.mark.data
def test_training_validation_and_test_pages_share_no_digit(data_folder) -> None:
    from train import yolo
    from train.data.parts import load_parts
    from train.measures import detections

    training, validation = yolo.page_sources(
        load_parts(yolo.YoloRecipe(), data_folder, 7, [].append)
    )
    test = detections.test_sources(data_folder)
    sets = [training, validation, test]
    writers = [{d.writer for d in source.people.digits} for source in sets[:2]]
    assert writers[0].isdisjoint(writers[1])
    strokes = [
        {b"|".join(stroke.tobytes() for stroke in d.strokes) for d in source.people.digits}
        for source in sets
    ]
    images = [{image.tobytes() for image in source.images.pixels} for source in sets]
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert strokes[a].isdisjoint(strokes[b])
        assert images[a].isdisjoint(images[b])
