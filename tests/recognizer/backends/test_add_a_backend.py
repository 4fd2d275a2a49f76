"""The worked example "Adding a backend" of recognizer/README.md: found by its kind, and reading."""

import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from recognizer import Recognizer, available_backends, backends, ink
from recognizer.store import MANIFEST, MANIFEST_FORMAT
from recognizer.strokes import clean_strokes

README = Path(backends.__file__).parents[1] / "README.md"


def example() -> str:
    """The code of the section's one Python block."""
    section = README.read_text(encoding="utf-8").partition("## Adding a backend")[2]
    (code,) = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    return str(code)


@pytest.fixture
def models(written_digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one model of the new kind, whose file stands beside the other backends."""
    package = tmp_path / "beside"
    package.mkdir()
    (package / "means.py").write_text(example(), encoding="utf-8")
    monkeypatch.setattr(backends, "__path__", [*backends.__path__, str(package)])
    glyphs = np.stack([ink.glyph(clean_strokes(written.strokes)) for written in written_digits])
    values = np.array([written.value for written in written_digits])
    means = [glyphs[values == digit].reshape(-1, 28 * 28).mean(axis=0) for digit in range(10)]
    folder = tmp_path / "models"
    folder.mkdir()
    np.savez(folder / "mine.npz", means=np.stack(means))
    content = (folder / "mine.npz").read_bytes()
    entry = {
        "file": "mine.npz", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
        "kind": "means", "title": "Means", "about": "Ten mean pictures", "sees": "glyph",
        "rank": 1, "made_by": "python -m train.means", "licence": "MIT", "data": [], "metrics": {},
    }  # fmt: skip
    manifest = {"format": MANIFEST_FORMAT, "models": {"mine": entry}}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_the_example_is_found_by_its_kind_and_reads(models: Path, written_digits) -> None:
    assert available_backends(models) == ("mine",)
    reader = Recognizer("mine", models)
    read = [reader.read(written.strokes, length=1).digits[0].value for written in written_digits]
    right = sum(value == of.value for value, of in zip(read, written_digits, strict=True))
    assert right >= 0.7 * len(written_digits), "it reads most of what it took the means of"
    assert not reader.learns_hands
