"""The manifest of the models: entries that can be trusted, or a sentence that names it."""

from __future__ import annotations

import json
from pathlib import Path

from recognizer.errors import RecognizerError
from recognizer.store import MANIFEST, ModelEntry, ModelStore, backend_info, models_folder
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence

WORDS = (
    b'"format": 2', b'"models"', b'"cnn"', b'"file"', b'"../cnn.onnx"', b'"sha256"', b'"kind"',
    b'"sees"', b'"glyph"', b'"page"', b'"rank"', b'"made_by"', b'"title"', b'"about"', b"10",
)  # fmt: skip
_MODEL = b"no model at all"


def seeds() -> list[bytes]:
    """The shipped one, and a small one."""
    shipped = (models_folder() / MANIFEST).read_bytes()
    document = json.loads(shipped)
    document["models"] = {"cnn": document["models"]["cnn"]}
    for name in ("metrics", "data"):
        document["models"]["cnn"].pop(name, None)
    return [json.dumps(document, indent=1).encode(), shipped, b"{}", b""]


def one(data: bytes) -> None:
    """Nothing leads out of the folder, and no model is taken without its sha256."""
    with scratch.file(MANIFEST, data) as path:
        store = ModelStore(path.parent)
        (path.parent / "cnn.onnx").write_bytes(_MODEL)
        names = store.names()
        for name in {*names, "cnn", "yolo"}:
            try:
                assert store.lists(name) or name not in names
                entry = store.entry(name)
            except RecognizerError as error:
                is_sentence(error, path)
                assert name not in names
            else:
                _can_be_trusted(entry, path.parent)
            backend_info.cache_clear()
            info = backend_info(name, path.parent)
            assert info.title.isprintable() and info.about.isprintable()
            assert info.sees in ("glyph", "page")
        backend_info.cache_clear()


def _can_be_trusted(entry: ModelEntry, folder: Path) -> None:
    assert entry.path.parent == folder
    for text in (entry.name, entry.info.kind, entry.info.title, entry.info.about, entry.made_by):
        assert text.isprintable() and len(text) <= 200
    try:
        content = entry.read()
    except RecognizerError as error:
        is_sentence(error, entry.path)
    else:
        assert content == _MODEL
