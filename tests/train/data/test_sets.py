"""Data sets: fetched, checked and split; every fault one sentence, and no half-written cache."""

import base64
import functools
import hashlib
import http.server
import io
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from train.data import sets as data

# "pendigits text\n" * 40, packed by the Unix program `compress`.
COMPRESSED = base64.b64decode(
    "H52QcMq4IZPmTBo6c0DQKYOHjoKAAwseTLiw4UOBBA0iVMjQIcSMEzla/ChxY0WPGEtS7HgxosaVI1O+"
    "FInSZciTLUGaZElyJs6eN3nKDBrT5s6iOmHWTEozp8qmQI8uffpzqFSnPoUaVYqV6NSsSKlqZVp1K1Sr"
    "XKOmRXvWbFmyY8WGBfvVa9eratvCnWs3L04="
)


@pytest.fixture
def local(tmp_path: Path, data_folder: Path) -> Path:
    """A copy of the real pendigits files that a test may spoil."""
    shutil.copytree(data_folder / "pendigits", tmp_path / "data" / "pendigits")
    for path in (tmp_path / "data" / "pendigits").iterdir():
        path.chmod(0o644)
    return tmp_path / "data"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder in place of the user's, and no named data folder."""
    monkeypatch.delenv("DIGIT_DASH_DATA", raising=False)
    monkeypatch.setattr(data, "_cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server on this machine: its address and the folder it serves."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None: ...

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", folder
        running.shutdown()


def test_mnist_is_loaded_whole(data_folder: Path) -> None:
    test = data.load_mnist(train=False, data=data_folder)
    assert test.pixels.shape == (10_000, 28, 28)
    assert test.pixels.dtype == np.uint8
    assert np.bincount(test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_pendigits_is_loaded_whole_and_test_writers_are_others(data_folder: Path) -> None:
    training = data.load_pendigits(train=True, data=data_folder)
    test = data.load_pendigits(train=False, data=data_folder)
    assert (len(training), len(test)) == (7_494, 3_498)
    assert len({digit.writer for digit in training}) == 30
    assert len({digit.writer for digit in test}) == 14


def test_unipen_is_optional(data_folder: Path, tmp_path: Path) -> None:
    samples = data.load_unipen("unipen-digits-dev", data_folder)
    assert samples is None or (len(samples) == 2_723 and samples[0].label in "0123456789")
    assert data.load_unipen("unipen-digits-dev", tmp_path) is None


def test_the_environment_names_the_folder_and_the_option_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGIT_DASH_DATA", str(tmp_path))
    assert data.named_folder(None) == tmp_path
    (tmp_path / "other").mkdir()
    assert data.named_folder(tmp_path / "other") == tmp_path / "other"
    monkeypatch.setenv("DIGIT_DASH_DATA", "")
    assert data.named_folder(None) is None
    with pytest.raises(data.DataError, match="does not exist"):
        data.named_folder(tmp_path / "nowhere")


def test_a_missing_file_is_named(local: Path) -> None:
    (local / "pendigits" / "pendigits-orig.tes").unlink()
    with pytest.raises(data.DataError, match=r"pendigits-orig\.tes is missing"):
        data.load_pendigits(train=True, data=local)
    with pytest.raises(data.DataError, match=r"train-images-idx3-ubyte is missing"):
        data.load_mnist(train=True, data=local)


@pytest.mark.parametrize("damage", ["cut", "altered"])
def test_a_damaged_file_is_named(local: Path, damage: str) -> None:
    path = local / "pendigits" / "pendigits-orig.tra"
    content = path.read_bytes()
    path.write_bytes(content[:-1000] if damage == "cut" else content.replace(b"267", b"276", 1))
    with pytest.raises(data.DataError, match=r"pendigits-orig\.tra is cut off or altered"):
        data.load_pendigits(train=True, data=local)


def test_a_damaged_unipen_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "pens").mkdir()
    path = tmp_path / "pens" / "unipen-digits-dev.npz"
    for content in (b"", b"PK\x03\x04 no archive", b"nonsense"):
        path.write_bytes(content)
        with pytest.raises(data.DataError, match="is damaged"):
            data.load_unipen("unipen-digits-dev", tmp_path)


def packed_pendigits(content: bytes = COMPRESSED) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        for name in ("pendigits-orig.tra.Z", "pendigits-orig.tes.Z"):
            members.writestr(name, content)
    return archive.getvalue()


def serve_pendigits(
    monkeypatch: pytest.MonkeyPatch, server: tuple[str, Path], content: bytes
) -> None:
    address, folder = server
    (folder / "pendigits.zip").write_bytes(content)
    monkeypatch.setattr(data, "PENDIGITS_URL", f"{address}/pendigits.zip")


def test_pendigits_is_downloaded_unpacked_and_kept(cache, server, monkeypatch) -> None:
    text = b"pendigits text\n" * 40
    checksum = hashlib.sha256(text).hexdigest()
    names = ("pendigits-orig.tra", "pendigits-orig.tes")
    monkeypatch.setattr(data, "_PENDIGITS_FILES", dict.fromkeys(names, checksum))
    serve_pendigits(monkeypatch, server, packed_pendigits())
    with pytest.raises(data.DataError, match="pendigits cannot be read"):
        data.load_pendigits(train=True)  # the parser's turn: it is no UNIPEN text
    assert sorted(path.name for path in (cache / "pendigits").iterdir()) == sorted(names)
    assert (cache / "pendigits" / "pendigits-orig.tra").read_bytes() == text


@pytest.mark.parametrize(
    "content",
    [packed_pendigits(), packed_pendigits()[:-80], packed_pendigits(b"no LZW"), b"<html>", b""],
    ids=["altered", "cut off", "not packed", "another page", "empty"],
)
def test_a_bad_download_leaves_no_cache(cache, server, monkeypatch, content: bytes) -> None:
    serve_pendigits(monkeypatch, server, content)
    with pytest.raises(data.DataError, match="pendigits"):
        data.load_pendigits(train=True)
    assert list(cache.iterdir()) == []


def test_an_unreachable_archive_is_one_sentence(cache, monkeypatch) -> None:
    monkeypatch.setattr(data, "PENDIGITS_URL", "http://127.0.0.1:9/pendigits.zip")
    with pytest.raises(data.DataError, match="pendigits cannot be downloaded") as caught:
        data.load_pendigits(train=True)
    assert "\n" not in str(caught.value)
    assert list(cache.iterdir()) == []


def test_a_bad_mnist_mirror_leaves_no_cache(cache, server, monkeypatch) -> None:
    from torchvision.datasets import MNIST

    address, folder = server
    for name, _ in MNIST.resources:
        (folder / name).write_bytes(b"not the file")
    monkeypatch.setattr(MNIST, "mirrors", [f"{address}/"])
    with pytest.raises(data.DataError, match="MNIST cannot be downloaded"):
        data.load_mnist(train=True)
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("DIGIT_DASH_DATA", raising=False)
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(data, "_cache_folder", lambda: tmp_path / "file")
    with pytest.raises(data.DataError, match="cannot be written"):
        data.load_pendigits(train=True)


def test_the_split_by_label_keeps_shares_and_repeats_by_seed() -> None:
    labels = np.repeat(np.arange(10), np.arange(100, 200, 10))
    training, validation = data.split_by_label(labels, 145, seed=3)
    assert len(training) + len(validation) == len(labels)
    assert not set(training.tolist()) & set(validation.tolist())
    shares = np.bincount(labels[validation]) / np.bincount(labels)
    assert np.ptp(shares) < 0.01
    again, other = (data.split_by_label(labels, 145, seed)[1] for seed in (3, 4))
    assert np.array_equal(validation, again)
    assert not np.array_equal(validation, other)


def test_the_split_by_writer_parts_no_writer() -> None:
    digits = [data.PenDigit(1, writer, []) for writer in range(30) for _ in range(5)]
    training, validation = data.split_by_writer(digits, 4, seed=1)
    writers = {digit.writer for digit in validation}
    assert len(writers) == 4
    assert len(training) + len(validation) == 150
    assert writers.isdisjoint({digit.writer for digit in training})
    assert data.split_by_writer(digits, 4, seed=1)[1] == validation
    with pytest.raises(ValueError, match="cannot be held out"):
        data.split_by_writer(digits, 30, seed=1)
