"""A player in one file: a zip with a manifest, checked in every respect before any of it is used.

`manifest.json` names each file with its size and sha256. Whoever made a file, and whatever was done
to it on the way: what comes out of it has known names, bounded sizes and the content that went in.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from game.language import N_, _, figures
from game.persistence.files import written_whole
from game.persistence.lists import is_name
from game.persistence.paths import (
    DATABASE_FILE,
    LISTS_FOLDER,
    MY_HAND_FILE,
    PICTURES_FOLDER,
    SETTINGS_FILE,
)
from game.persistence.player_card import COLOURS, LONGEST_NAME, proper_name
from recognizer.files import open_regular, parse_json

FORMAT, WHAT = 1, "a player of Digit Dash"
MANIFEST = "manifest.json"
MANIFEST_BYTES = 2_000_000  # at most
MOST_FILES = 3_000
MOST_BYTES = 2 * 2**30  # of all that is in it
ROOMY_BYTES = 16 * 2**20  # above this nothing shrinks to less than
SHRUNK = 200  # a share of that, or it is a bomb: ink in a database shrinks to a sixth
BLOCK = 2**20  # bytes that are read at once
_SIZES = {  # the largest of each kind, bytes
    DATABASE_FILE: MOST_BYTES,
    SETTINGS_FILE: 100_000,
    MY_HAND_FILE: 32_000_000,
    LISTS_FOLDER: 16_000,
    PICTURES_FOLDER: 64_000_000,
}
_ENDINGS = {LISTS_FOLDER: r"\.txt", PICTURES_FOLDER: r"\.(png|gif|mp4)"}
_END = b"PK\x05\x06"  # of a zip: how many files it has, and how long its list of them is
_END_BYTES, _LONGEST_COMMENT = 22, 65_535
_END_64 = b"PK\x06\x07"  # of a zip of more than 4 GiB
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error, LookupError, OverflowError,
)  # fmt: skip


# Sentences on a file that is no use, with a gap for its name.
_DAMAGED = N_("The file {file} is damaged, or no exported player.")
_ALTERED = N_("The file {file} is damaged, or was put together by another program.")
_TOO_MUCH = N_("The file {file} holds more than a player can have.")


class ArchiveError(Exception):
    """It holds no player, or a damaged one; its text is marked, with a gap for the file's name."""

    def sentence(self, file: str) -> str:
        """What is wrong with the file of that name, for the player."""
        most = figures.number(MOST_FILES)
        return _(str(self)).format(file=file, most=most)


@dataclass(frozen=True)
class Label:
    """Whose an archive is."""

    name: str
    colour: str


def may_hold(name: str) -> bool:
    """Whether a file of that name, with "/" between folder and file, belongs to a player."""
    return _most(name) is not None


def _most(name: str) -> int | None:
    """How large a file of that name may be, bytes; None where there is none of that name."""
    if name in (DATABASE_FILE, SETTINGS_FILE, MY_HAND_FILE):
        return _SIZES[name]
    folder, slash, rest = name.partition("/")
    if not slash or folder not in _ENDINGS:
        return None
    found = re.fullmatch(rf"(.+){_ENDINGS[folder]}", rest, re.IGNORECASE)
    return _SIZES[folder] if found and is_name(found[1]) else None


# --- packing --------------------------------------------------------------------------------------


def pack(path: Path, label: Label, files: Mapping[str, Path], *, over: bool = False) -> None:
    """Write an archive whole: `files` by their names in it.

    Raises OSError (FileExistsError without `over`), and ArchiveError where it would be too large.
    """
    if len(files) >= MOST_FILES:
        raise ArchiveError(N_("The file {file} would hold more than {most} files."))
    entries: dict[str, dict[str, Any]] = {}
    total = 0
    with (
        written_whole(path, over=over) as raw,
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, source in files.items():
            most = _most(name)
            assert most is not None, f"{name} is no file of a player"
            with open_regular(source) as content, archive.open(name, "w", force_zip64=True) as to:
                size, digest = _copy(content, to, min(most, MOST_BYTES - total))
            entries[name] = {"size": size, "sha256": digest}
            total += size
        about = {"what": WHAT, "format": FORMAT, "name": label.name, "colour": label.colour}
        archive.writestr(MANIFEST, json.dumps({**about, "files": entries}, indent=1))


def _copy(content: BinaryIO | Any, to: BinaryIO | Any, most: int) -> tuple[int, str]:
    """Copy at most so many bytes; return how many there were, and their sha256 in hex."""
    size, digest = 0, hashlib.sha256()
    while block := content.read(BLOCK):
        size += len(block)
        if size > most:
            raise ArchiveError(_TOO_MUCH)
        digest.update(block)
        to.write(block)
    return size, digest.hexdigest()


# --- unpacking ------------------------------------------------------------------------------------


def unpack(path: Path, folder: Path) -> Label:
    """Write all files of an archive into an empty folder, each brought to the disk.

    Raises ArchiveError for whatever is no sound archive, and OSError where it cannot be read, or
    what is in it not be written; then the folder may hold a part.
    """
    with open_regular(path) as raw:
        try:
            _check_end(raw)
            with zipfile.ZipFile(raw) as archive:
                label, files = _read_manifest(archive)
                _check_room(folder, sum(size for size, _digest in files.values()))
                for name, (size, digest) in files.items():
                    target = folder.joinpath(*name.split("/"))
                    target.parent.mkdir(mode=0o700, exist_ok=True)
                    with archive.open(name) as content, target.open("xb") as to:
                        found = _copy(content, to, size)
                        to.flush()
                        os.fsync(to.fileno())
                    if found != (size, digest):
                        raise ArchiveError(N_("The file {file} is damaged."))
        except _BROKEN as error:
            raise ArchiveError(_DAMAGED) from error
    return label


def _check_end(raw: BinaryIO) -> None:
    """Refuse endless lists of files before Python's own reader takes them into memory."""
    size = raw.seek(0, os.SEEK_END)
    raw.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT - 20))
    tail = raw.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise ArchiveError(_DAMAGED)
    entries, listed = struct.unpack_from("<10xHI", tail, at)
    if (
        entries > MOST_FILES
        or listed > MANIFEST_BYTES
        or tail[max(0, at - 20) :].startswith(_END_64)
    ):
        raise ArchiveError(_TOO_MUCH)
    raw.seek(0)


def _read_manifest(archive: zipfile.ZipFile) -> tuple[Label, dict[str, tuple[int, str]]]:
    """Whose it is, and its files with sizes and sha256, as the list of files in it says, too."""
    infos = archive.infolist()
    there = {info.filename: info for info in infos}
    if MANIFEST not in there or len(there) < len(infos):
        raise ArchiveError(N_("The file {file} is no exported player."))
    _check_entry(there[MANIFEST], MANIFEST_BYTES)
    with archive.open(MANIFEST) as file:
        manifest = parse_json(file.read(MANIFEST_BYTES))
    if not isinstance(manifest, dict) or manifest.get("what") != WHAT:
        raise ArchiveError(N_("The file {file} is no exported player."))
    version = manifest["format"]
    if type(version) is int and version > FORMAT:
        raise ArchiveError(N_("The file {file} was written by a newer version of Digit Dash."))
    files = manifest["files"]
    if version != FORMAT or not isinstance(files, dict) or {MANIFEST, *files} != set(there):
        raise ArchiveError(_ALTERED)
    found: dict[str, tuple[int, str]] = {}
    total = 0
    for name, entry in files.items():
        size, digest, most = entry["size"], entry["sha256"], _most(name)
        if most is None:
            raise ArchiveError(N_("The file {file} holds something that is no player's."))
        if type(size) is not int or not isinstance(digest, str) or size != there[name].file_size:
            raise ArchiveError(_ALTERED)
        _check_entry(there[name], most)
        total += size
        found[name] = size, digest
    if total > MOST_BYTES:
        raise ArchiveError(_TOO_MUCH)
    return _label(manifest), found


def _label(manifest: dict[str, Any]) -> Label:
    name, colour = manifest["name"], manifest["colour"]
    if not isinstance(name, str) or len(name) > 4 * LONGEST_NAME:
        raise ArchiveError(_ALTERED)
    known = isinstance(colour, str) and colour in COLOURS
    return Label(proper_name(name), str(colour) if known else COLOURS[0])


def _check_entry(info: zipfile.ZipInfo, most: int) -> None:
    """Refuse what is larger than it may be, or far larger than what is stored of it."""
    packed = max(1, info.compress_size)
    if info.file_size > most:
        raise ArchiveError(_TOO_MUCH)
    if info.file_size > ROOMY_BYTES and info.file_size > SHRUNK * packed:
        raise ArchiveError(_TOO_MUCH)
    known = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if not known or info.flag_bits & 1 or info.is_dir():
        raise ArchiveError(_ALTERED)


def _check_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + ROOMY_BYTES:
        raise ArchiveError(N_("The file {file} has no room on this disk."))
