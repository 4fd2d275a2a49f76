"""player.json of the first player and of another, and last.json: there is always somebody."""

from __future__ import annotations

import contextlib

from game.persistence.player_card import (
    CARD_FILE,
    COLOURS,
    LONGEST_NAME,
    Card,
    NewerCard,
    read_card,
    write_card,
)
from game.persistence.players import LAST_FILE, Players, find_players
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence
from tests.fuzz.source import Source

WORDS = (
    b'{"format": 1, "name": "Mia", "colour": "sky"}', b'"format"', b'"name"', b'"colour"',
    b'"deleted": true', b'"deleted"', b'{"format": 1, "last": "0123456789ab"}', b'"last"', b"first",
)  # fmt: skip
_KEY = "0123456789ab"
_PLACES = 3  # the first player's card, another's, and who played last


def seeds() -> list[bytes]:
    """Each of the files, after the byte that says which."""
    mia = b'{"format": 1, "name": "Mia", "colour": "sky"}\n'
    gone = b'{"format": 1, "name": "Ben", "colour": "teal", "deleted": true}\n'
    last = b'{"format": 1, "last": "0123456789ab"}\n'
    return [b"\0" + mia, b"\1" + mia, b"\2" + last, b"\0" + gone, b"\1" + gone]


def one(data: bytes) -> None:
    """All can still be listed and played as, and a new name makes a sound card."""
    which, content = Source(data[:1]).below(_PLACES), data[1:]
    with scratch.empty_folder() as root:
        other = root / "players" / _KEY
        other.mkdir(parents=True)
        path = (root / CARD_FILE, other / CARD_FILE, root / "players" / LAST_FILE)[which]
        path.write_bytes(content)
        found = find_players(root)
        for notice in found.notices:
            is_sentence(notice)
        assert found.players
        names = [player.name for player in found.players]
        assert len({name.casefold() for name in names}) == len(names)
        for player in found.players:
            assert player.name and len(player.name) <= LONGEST_NAME and player.name.isprintable()
            assert player.colour in COLOURS
        players = Players(root)
        assert players.last().key in {player.key for player in players.all()}
        with contextlib.suppress(ValueError, NewerCard):
            read_card(path.parent)
        if which < 2:
            write_card(path.parent, Card("Zoe", "leaf"))
            assert read_card(path.parent) == Card("Zoe", "leaf")
