"""What all tests share: the hand-made ink and, where it is there, the data folder."""

import gc
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

FIXTURES = Path(__file__).parent / "fixtures"

# One worker a core (pytest-xdist), and so one thread a worker: what the libraries would start
# besides only waits. They read this when they load, in the workers and in the processes that tests
# start. glibc handing every freed picture back to the system costs a training most of its time.
for _name, _value in {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "-1",
}.items():
    os.environ.setdefault(_name, _value)

# Tests read English, wherever they run: the game speaks the machine's language by itself.
os.environ["LC_ALL"] = "C"
os.environ.pop("LANGUAGE", None)

# A busy machine may take its time: properties are about what comes out, not about how soon.
settings.register_profile("digit-dash", deadline=None)
settings.load_profile("digit-dash")


def pytest_collection_finish() -> None:
    """What was imported stays: the collector, which scenes call as they go, need not search it."""
    gc.freeze()


@dataclass(frozen=True)
class WrittenDigit:
    """A digit of the committed fixture: its value, its form in words, and its strokes."""

    value: int
    form: str
    strokes: list[list[list[float]]]


@pytest.fixture(scope="session")
def written_digits() -> list[WrittenDigit]:
    """Digits written for these tests, none of which any model learned from."""
    content = json.loads((FIXTURES / "digits.json").read_text())
    return [WrittenDigit(entry["value"], entry["form"], entry["strokes"]) for entry in content]


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The local data folder, or a skip where there is none."""
    named = os.environ.get("DIGIT_DASH_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not (folder / "MNIST" / "raw").is_dir():
        pytest.skip("no local data folder (DIGIT_DASH_DATA)")
    return folder
