"""Downloads: unpacked, checked and kept; a bad one is a sentence and leaves no half cache."""

import base64
import functools
import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from train.data import download, pens, sets, uji
from train.data.folder import DataError

# "pendigits text\n" * 40, packed by the Unix program `compress`.
COMPRESSED = base64.b64decode(
    "H52QcMq4IZPmTBo6c0DQKYOHjoKAAwseTLiw4UOBBA0iVMjQIcSMEzla/ChxY0WPGEtS7HgxosaVI1O+"
    "FInSZciTLUGaZElyJs6eN3nKDBrT5s6iOmHWTEozp8qmQI8uffpzqFSnPoUaVYqV6NSsSKlqZVp1K1Sr"
    "XKOmRXvWbFmyY8WGBfvVa9eratvCnWs3L04="
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder in place of the user's, and no named data folder."""
    monkeypatch.delenv("DIGIT_DASH_DATA", raising=False)
    monkeypatch.setattr(sets, "cache_folder", lambda: tmp_path / "cache")
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
    monkeypatch.setattr(download, "PENDIGITS_URL", f"{address}/pendigits.zip")


def test_pendigits_is_downloaded_unpacked_and_kept(cache, server, monkeypatch) -> None:
    text = b"pendigits text\n" * 40
    checksum = hashlib.sha256(text).hexdigest()
    names = ("pendigits-orig.tra", "pendigits-orig.tes")
    checksums = dict.fromkeys(names, checksum)
    for module in (sets, download):
        monkeypatch.setattr(module, "PENDIGITS_FILES", checksums)
    serve_pendigits(monkeypatch, server, packed_pendigits())
    with pytest.raises(DataError, match="pendigits cannot be read"):
        sets.load_pendigits(train=True)  # the parser's turn: it is no UNIPEN text
    assert sorted(path.name for path in (cache / "pendigits").iterdir()) == sorted(names)
    assert (cache / "pendigits" / "pendigits-orig.tra").read_bytes() == text


@pytest.mark.parametrize(
    "content",
    [packed_pendigits(), packed_pendigits()[:-80], packed_pendigits(b"no LZW"), b"<html>", b""],
    ids=["altered", "cut off", "not packed", "another page", "empty"],
)
def test_a_bad_download_leaves_no_cache(cache, server, monkeypatch, content: bytes) -> None:
    serve_pendigits(monkeypatch, server, content)
    with pytest.raises(DataError, match="pendigits"):
        sets.load_pendigits(train=True)
    assert list(cache.iterdir()) == []


def test_an_unreachable_archive_is_one_sentence(cache, monkeypatch) -> None:
    monkeypatch.setattr(download, "PENDIGITS_URL", "http://127.0.0.1:9/pendigits.zip")
    with pytest.raises(DataError, match="pendigits cannot be downloaded") as caught:
        sets.load_pendigits(train=True)
    assert "\n" not in str(caught.value)
    assert list(cache.iterdir()) == []


def test_a_bad_mnist_mirror_leaves_no_cache(cache, server, monkeypatch) -> None:
    from torchvision.datasets import MNIST

    address, folder = server
    for name, _ in MNIST.resources:
        (folder / name).write_bytes(b"not the file")
    monkeypatch.setattr(MNIST, "mirrors", [f"{address}/"])
    with pytest.raises(DataError, match="MNIST cannot be downloaded"):
        sets.load_mnist(train=True)
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("DIGIT_DASH_DATA", raising=False)
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(sets, "cache_folder", lambda: tmp_path / "file")
    with pytest.raises(DataError, match="cannot be written"):
        sets.load_pendigits(train=True)


UJI_TEXT = """\
WORD 7 trn_UJI_W01-01
  NUMSTROKES 1
  POINTS 2 # 1 2 3 4
WORD a tst_UPV_W01-02
  NUMSTROKES 1
  POINTS 1 # 7 8
"""


def serve_uji(monkeypatch: pytest.MonkeyPatch, server: tuple[str, Path], text: str) -> None:
    address, folder = server
    with zipfile.ZipFile(folder / "uji.zip", "w") as members:
        members.writestr("uji/ujipenchars2.txt", text)
    monkeypatch.setattr(download, "UJI_URL", f"{address}/uji.zip")


def test_uji_is_downloaded_once_and_split_by_its_parts(cache, server, monkeypatch) -> None:
    monkeypatch.setattr(pens, "cache_folder", lambda: cache)
    monkeypatch.setattr(uji, "SAMPLES", 2)
    monkeypatch.setattr(uji, "WRITERS", 2)
    serve_uji(monkeypatch, server, UJI_TEXT)
    digits = pens.load_pens("uji-digits-train", purpose="train")
    assert digits is not None and [sample.label for sample in digits] == ["7"]
    monkeypatch.setattr(download, "UJI_URL", "http://127.0.0.1:9/uji.zip")
    letters = pens.load_pens("uji-letters-train", purpose="train")
    assert letters is not None and [sample.label for sample in letters] == ["a"]


@pytest.mark.parametrize("text", [UJI_TEXT, UJI_TEXT[:-10], "<html>"], ids=["a part", "cut", "no"])
def test_a_uji_that_is_not_whole_leaves_no_cache(cache, server, monkeypatch, text: str) -> None:
    monkeypatch.setattr(pens, "cache_folder", lambda: cache)
    serve_uji(monkeypatch, server, text)
    with pytest.raises(DataError, match="UJI cannot be downloaded"):
        pens.load_pens("uji-digits-train", purpose="train")
    assert not cache.exists() or list(cache.iterdir()) == []
