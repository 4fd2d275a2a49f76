"""An exported player: all of it comes in, or nobody and a sentence; and who came can be played.

The first byte says what the rest is: the whole file, or one of the files in it, which is then put
into a sound archive with its true size and sha256. Or else nothing of them would ever be looked at.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from unittest import mock

from game.persistence import elsewhere
from game.persistence.paths import DATABASE_FILE, MY_HAND_FILE, SETTINGS_FILE
from game.persistence.player_archive import MANIFEST, may_hold
from game.persistence.player_card import CARD_FILE
from game.persistence.player_export import export_player, import_player
from game.persistence.players import Players, PlayersError
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence
from tests.fuzz.digits import kept
from tests.fuzz.source import Source
from tests.fuzz.targets.everything import read_all
from tests.fuzz.targets.made_player import make

WORDS = (
    b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"manifest.json", b"../", b"lists/",
    b"digit-dash.db", b"settings.toml", b"SQLite format 3\0", b"CREATE TABLE", b"CREATE VIEW ",
    b"CREATE TRIGGER", b'"format": 2', b'"sha256"', b'"size"', b"answers", b"rounds", b"appeals",
)  # fmt: skip
WHOLE = "the archive"
PARTS = (WHOLE, MANIFEST, DATABASE_FILE, SETTINGS_FILE, MY_HAND_FILE, "lists/Eights.txt")
_DATE = (2026, 1, 2, 3, 4, 0)  # of all entries: the same seeds every time

Files = dict[str, bytes]


def _exported() -> bytes:
    with scratch.empty_folder() as folder, mock.patch.object(elsewhere, "folders", list):
        export_player(make(folder), folder / "mia.zip")
        return (folder / "mia.zip").read_bytes()


_SOUND: Files = {}


def _sound() -> Files:
    """The files of a sound archive, by their names, and the archive itself."""
    if not _SOUND:
        whole = _exported()
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            _SOUND.update({name: archive.read(name) for name in archive.namelist()})
        _SOUND[WHOLE] = whole
    return _SOUND


def seeds() -> list[bytes]:
    """The archive and each file in it, and the databases that once failed."""
    databases = kept("digit-dash-*.db")
    found = [(PARTS.index(name), _sound()[name]) for name in PARTS]
    found += [(PARTS.index(DATABASE_FILE), database) for database in databases]
    return [bytes([which]) + content for which, content in found]


def _packed(part: str, content: bytes) -> bytes:
    """A sound archive, with other content of one of its files."""
    if part == WHOLE:
        return content
    files = {name: raw for name, raw in _sound().items() if name not in (WHOLE, MANIFEST)}
    if part != MANIFEST:
        files[part] = content
        manifest = json.loads(_sound()[MANIFEST])
        digest = hashlib.sha256(content).hexdigest()
        manifest["files"][part] = {"size": len(content), "sha256": digest}
        content = json.dumps(manifest).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in {**files, MANIFEST: content}.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), raw, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def one(data: bytes) -> None:
    """It is imported whole, into a folder of its own, and everything of it can be read."""
    part = PARTS[Source(data[:1]).below(len(PARTS))]
    with scratch.empty_folder() as folder, mock.patch.object(elsewhere, "folders", list):
        path = folder / "mia.zip"
        path.write_bytes(_packed(part, data[1:]))
        players = Players(folder / "there")
        before = players.all()
        try:
            came = import_player(players, path)
        except PlayersError as error:
            is_sentence(error)
            assert players.all() == before
            assert not list(_files(folder / "there")), "half a player is left"
            return
        assert came in players.all()
        there = {path.relative_to(came.folder).as_posix() for path in _files(came.folder)}
        assert all(name == CARD_FILE or may_hold(name) for name in there), there
        assert set(_files(folder)) == {path, *_files(came.folder)}, "something came out elsewhere"
        read_all(came.folder)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]
