"""A player's card: name and colour, in a small file `player.json` of their folder."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from game.language import _
from game.persistence.files import set_aside, write_whole
from recognizer.files import parse_json, read_bounded

CARD_FILE = "player.json"
FORMAT = 1  # of the file
MOST_BYTES = 10_000  # of the file; a usual one takes a hundred
LONGEST_NAME = 24  # characters
# By name; what they look like says the theme.
COLOURS = ("marigold", "sky", "coral", "leaf", "violet", "rose", "teal", "sand")


class NewerCard(Exception):
    """The card is of a version to come."""


@dataclass(frozen=True)
class Card:
    """What stands on it."""

    name: str
    colour: str  # one of COLOURS
    deleted: bool = False  # the player is being deleted; what is left of them goes, too


def proper_name(typed: str) -> str:
    """A name as it is kept: printable, single spaces, at most LONGEST_NAME; "" if nothing is left.

    A name that is proper already comes back as it is.
    """
    shown = "".join(c if c.isprintable() else " " for c in typed)
    spaced = " ".join(unicodedata.normalize("NFC", shown).split())
    return spaced[:LONGEST_NAME].rstrip()


def folded(name: str) -> str:
    """By what two names are the same to a reader: Mia is mia."""
    return unicodedata.normalize("NFKC", name).casefold()


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or with a number behind it where it is taken: "Mia 2". It is proper."""
    # Translators: what somebody is called without a name.
    tried = name = proper_name(name) or _("Player")
    used = {folded(each) for each in taken}
    counted = re.fullmatch(r"(.+) ([1-9]\d{0,3})", name, re.ASCII)
    name, number = (counted[1], int(counted[2])) if counted else (name, 1)
    while folded(tried) in used:
        number += 1
        tail = f" {number}"
        tried = name[: LONGEST_NAME - len(tail)].rstrip() + tail
    return tried


def initials(name: str) -> str:
    """Up to three characters that stand for a name: "M" for Mia, "AB" for Anna Berg.

    A number counts as a whole, as far as there is room: "P12" for Player 12.
    """
    first, *others = name.split() or [""]
    last = others[-1] if others else ""
    number = re.match(r"[0-9]{1,2}", last)
    return first[:1].upper()[:1] + (number[0] if number else last[:1].upper()[:1])


def read_card(folder: Path) -> Card | None:
    """The card of a player's folder, or None where there is none.

    Raises OSError for what cannot be read, ValueError for what is damaged, and NewerCard.
    """
    try:
        content = read_bounded(folder / CARD_FILE, MOST_BYTES)
    except FileNotFoundError:
        return None
    found = parse_json(content)
    if not isinstance(found, dict):
        raise ValueError("no card")
    version, deleted = found.get("format"), found.get("deleted") is True
    if type(version) is int and version > FORMAT:
        raise NewerCard
    name, colour = found.get("name"), found.get("colour")
    if version != FORMAT or not isinstance(name, str) or not (proper_name(name) or deleted):
        raise ValueError("no card")
    known = isinstance(colour, str) and colour in COLOURS
    return Card(proper_name(name), str(colour) if known else COLOURS[0], deleted)


def write_card(folder: Path, card: Card) -> None:
    """Write it whole; a damaged one is set aside. Raises OSError."""
    try:
        read_card(folder)
    except (ValueError, NewerCard):
        set_aside(folder / CARD_FILE)
    content = {"format": FORMAT, "name": card.name, "colour": card.colour}
    if card.deleted:
        content["deleted"] = True
    write_whole(folder / CARD_FILE, json.dumps(content) + "\n")
