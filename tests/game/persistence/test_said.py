"""What is told of files goes through the catalogue; what is kept in them does not."""

from __future__ import annotations

import errno
import gettext as gnu
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from game import language
from game.persistence.files import reason
from game.persistence.lists import ListError, ListFolder
from game.persistence.player_archive import ArchiveError
from game.persistence.players import Players
from game.persistence.schema import why


class German(gnu.NullTranslations):
    """A few sentences."""

    _said: ClassVar[dict[str, str]] = {
        "Player {number}": "Spieler {number}",
        "My list": "Meine Liste",
        os.strerror(errno.EACCES): "keine Berechtigung",
        "database is locked": "Datenbank gesperrt",
        "The list {name} cannot be read ({reason}).": "{name}: nicht lesbar, {reason}.",
        "The file {file} is damaged.": "{file} ist beschädigt.",
    }

    def gettext(self, message: str) -> str:
        return self._said.get(message, message)


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    language.use(German())
    yield
    language.use(gnu.NullTranslations())


def test_the_systems_few_words_are_translated_where_they_are_known() -> None:
    assert reason(PermissionError(errno.EACCES, os.strerror(errno.EACCES))) == "keine Berechtigung"
    assert reason(OSError(errno.EXDEV, "Some rare trouble")) == "Some rare trouble"
    assert why(sqlite3.OperationalError("database is locked")) == "Datenbank gesperrt"
    assert ArchiveError("The file {file} is damaged.").sentence("x.zip") == "x.zip ist beschädigt."


def test_a_list_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "Mine.txt").mkdir()
    with pytest.raises(ListError, match=r"^Mine\.txt: nicht lesbar, "):
        ListFolder(tmp_path).read("Mine")
    assert ListFolder(tmp_path).free_name() == "Meine Liste"


def test_a_new_players_name_is_of_the_language_and_stays(tmp_path: Path) -> None:
    players = Players(tmp_path)
    assert [player.name for player in players.all()] == ["Spieler 1"]
    new = players.add(players.free_name(), "sky")
    assert new.name == "Spieler 2"
    language.use(gnu.NullTranslations())
    assert sorted(player.name for player in players.all()) == ["Spieler 2"]
