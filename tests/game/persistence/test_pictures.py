"""Pictures to send on: written whole into a folder of their own, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.persistence.pictures import PictureError, PictureFolder


def test_a_picture_is_kept_and_a_later_one_takes_its_place(tmp_path: Path) -> None:
    pictures = PictureFolder(tmp_path / "pictures")
    assert not pictures.folder.exists(), "nobody asked for one yet"
    path = pictures.keep("daily-2026-03-20", b"first")
    assert path == tmp_path / "pictures" / "daily-2026-03-20.png"
    assert path.read_bytes() == b"first"
    assert pictures.keep("daily-2026-03-20", b"second") == path
    assert [p.read_bytes() for p in pictures.folder.iterdir()] == [b"second"]


def test_where_there_is_no_folder_to_be_had_a_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("in the way")
    with pytest.raises(PictureError, match=r"^The picture cannot be kept as .*\.png \(.+\)\.$"):
        PictureFolder(tmp_path / "pictures").keep("day", b"picture")
    assert (tmp_path / "pictures").read_text() == "in the way"
