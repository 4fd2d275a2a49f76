"""The pen sets: what is there, what is damaged, and what no training may read."""

import ast
from pathlib import Path

import numpy as np
import pytest

import train
from train.data.folder import DataError
from train.data.pens import PEN_SETS, MeasureOnlyError, load_pens

MEASURED = sorted(name for name, pen_set in PEN_SETS.items() if pen_set.use == "measure")
TRAINED = sorted(set(PEN_SETS) - set(MEASURED))


def write(folder: Path, name: str = "unipen-digits-dev.npz", **changes: object) -> Path:
    """A file of two digits by two people, a 4 of two strokes and a 1 of one."""
    arrays: dict[str, object] = {
        "points": np.arange(14, dtype=np.float32).reshape(7, 2),
        "stroke_start": np.array([0, 2, 4, 7], np.int32),
        "sample_start": np.array([0, 2, 3], np.int32),
        "label": np.array(["4", "1"]),
        "writer": np.array([39, 40], np.int16),
    }
    (folder / "pens").mkdir(exist_ok=True)
    path = folder / "pens" / name
    np.savez(path, **(arrays | changes))  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", sorted(PEN_SETS))
def test_every_set_is_optional_and_holds_what_the_table_says(
    name: str, data_folder: Path, tmp_path: Path
) -> None:
    assert load_pens(name, tmp_path, purpose="measure") is None
    samples = load_pens(name, data_folder, purpose="measure")
    if samples is None:
        pytest.skip(f"the data folder has no {name}")
    words = PEN_SETS[name].holds.replace(",", "").split()
    said = [int(word) for word in words if word.isdigit()]
    assert said[0] == len(samples)
    assert said[1:] in ([], [len({sample.writer for sample in samples})])
    columns = 3 if PEN_SETS[name].timed else 2
    assert all(stroke.shape[1] == columns for sample in samples for stroke in sample.strokes)
    if "digits" in name:
        assert {sample.label for sample in samples} == set("0123456789")


def test_strokes_labels_and_writers_are_read(tmp_path: Path) -> None:
    write(tmp_path)
    samples = load_pens("unipen-digits-dev", tmp_path, purpose="measure")
    assert samples is not None
    four, one = samples
    assert (four.label, four.writer, one.label, one.writer) == ("4", 39, "1", 40)
    assert [stroke.tolist() for stroke in four.strokes] == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]
    assert [stroke.tolist() for stroke in one.strokes] == [[[8, 9], [10, 11], [12, 13]]]


def test_a_set_may_be_some_of_the_writers_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, "uji-digits.npz")
    (trained,) = load_pens("uji-digits-train", tmp_path, purpose="train") or []
    (measured,) = load_pens("uji-digits-test", tmp_path, purpose="measure") or []
    assert (trained.label, measured.label) == ("4", "1")


@pytest.mark.parametrize("name", MEASURED)
def test_no_training_reads_what_may_only_be_measured(name: str, tmp_path: Path) -> None:
    write(tmp_path, PEN_SETS[name].file)
    with pytest.raises(MeasureOnlyError, match=f"{name} is for measuring only"):
        load_pens(name, tmp_path, purpose="train")


@pytest.mark.parametrize("name", TRAINED)
def test_what_may_be_trained_on_may_be_measured(name: str, tmp_path: Path) -> None:
    for purpose in ("train", "measure"):
        assert load_pens(name, tmp_path, purpose=purpose) is None


def test_all_development_and_test_sets_are_for_measuring_only() -> None:
    assert [name for name in PEN_SETS if name.endswith(("-dev", "-test"))] == [
        name for name, pen_set in PEN_SETS.items() if pen_set.use == "measure"
    ]


def test_forms_fitting_and_recipes_never_ask_to_measure() -> None:
    """The purpose is the caller's word: where models are made, the word is "train" alone."""
    kitchen = Path(train.__file__).parent
    makers = [*kitchen.glob("forms/*.py"), *kitchen.glob("fitting/*.py"), *kitchen.glob("*.py")]
    assert len(makers) > 20
    for path in makers:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "purpose":
                assert isinstance(node.value, ast.Constant), path
                assert node.value.value == "train", path


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "pens").mkdir()
    path = tmp_path / "pens" / "unipen-digits-dev.npz"
    for content in (b"", b"PK\x03\x04 no archive", b"nonsense"):
        path.write_bytes(content)
        with pytest.raises(DataError, match="is damaged"):
            load_pens("unipen-digits-dev", tmp_path, purpose="measure")


@pytest.mark.parametrize(
    "damage",
    [
        {"points": np.full((7, 2), np.nan, np.float32)},
        {"points": np.zeros((7, 3), np.float32)},
        {"stroke_start": np.array([0, 2, 9, 7], np.int32)},
        {"stroke_start": np.array([0, 2, 2, 7], np.int32)},
        {"stroke_start": np.array([0.0, 2.5, 4, 7])},
        {"sample_start": np.array([0, 2], np.int32)},
        {"sample_start": np.array([], np.int32)},
        {"label": np.array(["4", "1", "7"])},
    ],
    ids=["no numbers", "columns", "beyond", "empty stroke", "halves", "short", "none", "labels"],
)
def test_arrays_that_do_not_fit_each_other_are_damage(
    tmp_path: Path, damage: dict[str, object]
) -> None:
    write(tmp_path, **damage)
    with pytest.raises(DataError, match=r"unipen-digits-dev\.npz is damaged"):
        load_pens("unipen-digits-dev", tmp_path, purpose="measure")
