"""A player's labelled ink in the training: learned, and never measured."""

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer.ink_file import APPEAL, LabelledInk, ink_lines
from train import cnn
from train.data.folder import DataError
from train.data.player import PLAYER, as_one_writer, load_extra
from train.data.unipen import PenDigit
from train.fitting import networks
from train.forms import glyphs
from train.shipping.recipe import with_options
from train.shipping.script import Progress

MARK = np.array([[0.0, 0.0], [31.0, 77.0]])  # ink that nothing else has


def ink_file(tmp_path: Path, *labels: str) -> Path:
    path = tmp_path / "ink.jsonl"
    entries = [LabelledInk(label, APPEAL, [MARK]) for label in labels]
    path.write_text("".join(ink_lines(entries)), encoding="utf-8")
    return path


def is_extra(digit: PenDigit) -> bool:
    return digit.strokes[0].tolist() == MARK.tolist()


def test_single_digits_become_pen_digits(tmp_path: Path) -> None:
    digits = load_extra(ink_file(tmp_path, "7", "42", "0"))
    assert [(digit.label, digit.writer) for digit in digits] == [(7, PLAYER), (0, PLAYER)]
    assert all(is_extra(digit) for digit in digits)


def test_what_is_no_ink_is_a_sentence(tmp_path: Path) -> None:
    damaged = ink_file(tmp_path, "7")
    damaged.write_text(damaged.read_text() + "nonsense\n")
    with pytest.raises(DataError, match=r"ink\.jsonl, line 3: this is no JSON object"):
        load_extra(damaged)
    with pytest.raises(DataError, match="holds no single digit"):
        load_extra(ink_file(tmp_path, "42"))


def test_few_digits_weigh_as_much_as_one_writer() -> None:
    writers = [PenDigit(1, n % 4, []) for n in range(400)]
    extra = [PenDigit(1, PLAYER, []) for _ in range(30)]
    assert len(as_one_writer(extra, writers)) == 90
    assert len(as_one_writer(extra * 10, writers)) == 300, "what is more is not thinned"


@pytest.mark.training
def test_extra_ink_is_trained_on_and_never_validated(
    drawn_sets: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[bool] = []
    validated: list[bool] = []
    render_varied, render = glyphs.render_varied, glyphs.render

    def spying_varied(people, count, seed, mix=None):  # type: ignore[no-untyped-def]
        shares = trained if mix.no_digit < 1 else validated
        shares.append(any(is_extra(digit) for digit in people.digits))
        return render_varied(people, count, seed, mix)

    def spying_render(digits):  # type: ignore[no-untyped-def]
        validated.append(any(is_extra(digit) for digit in digits))
        return render(digits)

    monkeypatch.setattr(glyphs, "render_varied", spying_varied)
    monkeypatch.setattr(glyphs, "render", spying_render)
    settings = cnn.CnnRecipe(
        epochs=1, images_held_out=100, people_held_out=0.3, pen_pictures=60, mnist_passes=1,
        channels=(4, 4, 4), limit=100, extra=ink_file(tmp_path, *"0123456789"),
    )  # fmt: skip
    cnn.train(settings, None, torch.device("cpu"), 1, Progress())
    assert trained and all(trained)
    assert len(validated) >= 2 and not any(validated)


def test_the_option_reaches_the_settings(tmp_path: Path) -> None:
    path = ink_file(tmp_path, "7")
    arguments = cnn.arguments_parser().parse_args(["--extra", str(path)])
    assert isinstance(arguments, argparse.Namespace)
    assert with_options(cnn.CnnRecipe(), arguments).extra == path


def test_bad_extra_ink_ends_before_anything_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(**_: object) -> None:
        raise AssertionError("the data were loaded first")

    monkeypatch.setattr(networks, "load_parts", lambda *a, **k: never())
    settings = cnn.CnnRecipe(extra=tmp_path / "missing.jsonl")
    with pytest.raises(DataError, match=r"missing\.jsonl cannot be read"):
        cnn.train(settings, None, torch.device("cpu"), 1, Progress())
