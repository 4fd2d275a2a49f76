"""Options: nonsense is answered in a sentence before anything is loaded."""

import argparse
from pathlib import Path

import pytest
from child import run_python

from train.shipping.options import add_options, file_to_write


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(exit_on_error=False)
    add_options(made, "out", "seed", "epochs", "limit", "jobs", "joblib", "csv", "device")
    return made


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--jobs", "0"], "without workers nothing is done; take 1 or more, or -1 for one a core."),
        (["--jobs", "many"], "'many' is not a whole number."),
        (["--joblib", "nosuch"], "joblib has no backend 'nosuch'; known are "),
        (["--seed", "-1"], "-1 cannot be a seed; take a whole number from 0 to 4294967295."),
        (["--seed", "4294967296"], "4294967296 cannot be a seed"),
        (["--seed", "9" * 5000], "cannot be a seed"),
        (["--epochs", "0"], "0 is too few; take 1 or more."),
        (["--limit", "-5"], "-5 is too few; take 1 or more."),
        (["--device", "gpu"], "'gpu' is no device; take auto, cpu, cuda, cuda:1, mps or xpu."),
        (["--device", "cuda:99999999999"], "is no device"),
        (["--device", "meta"], "'meta' is no device"),
        (["--csv", "no such file"], "there is no file 'no such file'; correct its name."),
        (["--csv", "."], ". is no plain file; name a file."),
        (["--out", f"{__file__}/reports"], "is a file, not a folder; name another one."),
    ],
)
def test_nonsense_is_answered_in_a_sentence(words: list[str], sentence: str) -> None:
    with pytest.raises(argparse.ArgumentError) as caught:
        parser().parse_args(words)
    assert sentence in str(caught.value)


def test_a_file_to_write_needs_its_folder(tmp_path: Path) -> None:
    assert file_to_write(str(tmp_path / "out.csv")) == tmp_path / "out.csv"
    for text, sentence in (
        (str(tmp_path), "is a folder, not a file"),
        (str(tmp_path / "none" / "out.csv"), "there is no folder"),
        ("", "no file's name"),
    ):
        with pytest.raises(argparse.ArgumentTypeError, match=sentence):
            file_to_write(text)


def test_what_makes_sense_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "new" / "reports"
    words = [f"--out={out}", "--seed=0", "--epochs=1", "--jobs=-1", "--joblib=dask"]
    arguments = parser().parse_args([*words, f"--csv={__file__}"])
    assert (arguments.out, arguments.seed, arguments.epochs) == (out, 0, 1)
    assert (arguments.jobs, arguments.joblib, arguments.csv) == (-1, "dask", Path(__file__))
    assert not out.exists(), "nothing is made before the work begins"


def test_a_script_says_so_and_ends(tmp_path: Path) -> None:
    done = run_python("-m", "train.all", "--seed", "-1", f"--out={tmp_path / 'out'}")
    assert done.returncode == 2
    assert "argument --seed: -1 cannot be a seed" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_device_that_is_not_there_is_told_before_any_step(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_python("-m", "train.all", "--device=cuda:987", "--data=nowhere", f"--out={out}")
    assert done.returncode == 1
    assert done.stderr.startswith("This machine cannot train on 'cuda:987' (")
    assert "Traceback" not in done.stderr and not out.exists()


def test_a_name_of_no_device_is_told_without_torch() -> None:
    code = (
        "import sys\nfrom train.all import arguments_parser\n"
        "try: arguments_parser().parse_args(['--device=gpu'])\n"
        "finally: print('torch' in sys.modules)"
    )
    done = run_python("-c", code)
    assert "'gpu' is no device" in done.stderr and done.stdout == "False\n"
