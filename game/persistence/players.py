"""Players: several on one machine, each with a folder of files of their own.

The first player's folder is the data folder itself, as it was before there were others; theirs are
`players/KEY` in it. Whatever is made there is made under another name and then renamed, and what is
deleted is first put out of sight: a kill leaves a whole player or none, and `sweep` clears up.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from game.language import _, figures, ngettext
from game.persistence.files import reason, sync_folder, write_whole
from game.persistence.in_use import InUse, is_in_use
from game.persistence.paths import DATABASE_FILE, PLAYERS_FOLDER
from game.persistence.player_card import (
    COLOURS,
    Card,
    NewerCard,
    folded,
    free_name,
    proper_name,
    read_card,
    write_card,
)
from game.persistence.player_files import has_files, remove_files, remove_folder
from recognizer.files import parse_json, read_bounded

FIRST, GUEST = "first", "guest"  # keys of no folder in `players`
MOST_PLAYERS = 200
LAST_FILE = "last.json"  # in the folder of the others: who played last
LAST_BYTES = 1_000  # of that file, at most
DRAFT, DELETED, GUESTS = ".new-", ".deleted-", ".guest-"  # beginnings of folders of no player
DRAFT_SECONDS = 3600.0  # after which a draft belongs to a game that was killed
_KEY = re.compile(r"[0-9a-f]{12}")


class PlayersError(Exception):
    """Something cannot be done with a player; its text is a sentence for them."""


@dataclass(frozen=True)
class Player:
    """Someone who plays here."""

    key: str  # FIRST, GUEST, or the name of a folder
    name: str
    colour: str  # one of COLOURS
    folder: Path  # with all that is kept of them

    @property
    def database(self) -> Path:
        """The database of their rounds; there may be none yet."""
        return self.folder / DATABASE_FILE

    @property
    def is_guest(self) -> bool:
        """Whether nothing of theirs is kept."""
        return self.key == GUEST


@dataclass(frozen=True)
class Found:
    """The players of a data folder by name, and sentences about those that cannot be read."""

    players: list[Player]
    notices: list[str]


def find_players(root: Path) -> Found:
    """All players of a data folder, each with their database; nothing is changed there.

    There is always one: without any, it is the first one, whose files are still to come.
    """
    cards: dict[str, Card | None] = {}
    notices: list[str] = []
    for key in _keys(root):
        folder = _folder(root, key)
        try:
            next(folder.iterdir(), None)
            cards[key] = read_card(folder)
        except ValueError:
            cards[key] = None
            notices.append(_damaged_name(folder))
        except NewerCard:
            told = _(
                "The player in {folder} was kept by a newer version of Digit Dash, and is left"
                " untouched. The others can play."
            )
            notices.append(told.format(folder=folder))
        except OSError as error:
            told = _("The player in {folder} cannot be read ({reason}). The others can play.")
            notices.append(told.format(folder=folder, reason=reason(error)))
    first = _first_card(root, notices)
    if first is not None and not first.deleted and (not cards or has_files(root)):
        cards[FIRST] = first
    elif not cards:
        cards[FIRST] = Card(_usual_name(1), COLOURS[0])
    return Found(_named(root, cards), notices)


def _damaged_name(folder: Path) -> str:
    told = _("The name of the player in {folder} is damaged; give them a new one.")
    return told.format(folder=folder)


def _usual_name(number: int) -> str:
    """What the player of that number is called who has no name."""
    return proper_name(_("Player {number}").format(number=number))


def _named(root: Path, cards: dict[str, Card | None]) -> list[Player]:
    """The players by name, no two of them with the same one."""
    players: list[Player] = []
    taken: list[str] = []
    by_name = sorted(cards.items(), key=lambda item: (item[1] is None, item[0] != FIRST, item[0]))
    for n, (key, card) in enumerate(by_name):
        known = card or Card(_usual_name(n + 1), COLOURS[n % len(COLOURS)])
        name = free_name(known.name, taken)
        taken.append(name)
        players.append(Player(key, name, known.colour, _folder(root, key)))
    return sorted(players, key=lambda player: (folded(player.name), player.key))


def _first_card(root: Path, notices: list[str]) -> Card | None:
    """What stands on the first player's, who as a rule has none; None: a version to come wrote."""
    usual = Card(_usual_name(1), COLOURS[0])
    try:
        return read_card(root) or usual
    except ValueError:
        notices.append(_damaged_name(root))
    except NewerCard:
        told = _("The player in {folder} was kept by a newer version of Digit Dash.")
        notices.append(told.format(folder=root))
        return None
    except OSError:
        pass  # the storage will have more to say
    return usual


def _keys(root: Path) -> list[str]:
    """Of the players that have folders of their own."""
    try:
        there = list((root / PLAYERS_FOLDER).iterdir())
    except OSError:
        return []
    keys = sorted(path.name for path in there if _KEY.fullmatch(path.name))
    return [key for key in keys if _is_real(root / PLAYERS_FOLDER / key)]


def _is_real(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        return folder.is_dir() and not folder.is_symlink()
    return False


def _folder(root: Path, key: str) -> Path:
    return root if key == FIRST else root / PLAYERS_FOLDER / key


class Players:
    """The players of a data folder: found anew at every call, since several games may change them.

    What is found when a game starts, and could not be read, is told in `notices`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / PLAYERS_FOLDER
        self.sweep()
        self.notices = find_players(root).notices

    def all(self) -> list[Player]:
        """Everyone, by name."""
        return find_players(self.root).players

    def named(self, name: str) -> Player | None:
        """The player of that name, however it is capitalised."""
        wanted = folded(proper_name(name))
        return next((each for each in self.all() if folded(each.name) == wanted), None)

    def with_key(self, key: str) -> Player | None:
        """The player of that key."""
        return next((each for each in self.all() if each.key == key), None)

    def last(self) -> Player:
        """Who played last, or else the first one."""
        players = self.all()
        with contextlib.suppress(OSError, ValueError):
            found = parse_json(read_bounded(self.home / LAST_FILE, LAST_BYTES))
            key = found.get("last") if isinstance(found, dict) else None
            for player in players:
                if player.key == key:
                    return player
        return next((each for each in players if each.key == FIRST), players[0])

    def remember(self, player: Player) -> None:
        """Note that this one plays now; of a guest nothing is noted."""
        if player.is_guest or (player.key == FIRST and not self.home.is_dir()):
            return
        with contextlib.suppress(OSError):  # then somebody else is offered next time
            write_whole(self.home / LAST_FILE, json.dumps({"format": 1, "last": player.key}) + "\n")

    # --- who there is -----------------------------------------------------------------------------

    def free_name(self, name: str = "") -> str:
        """A name that nobody has: the given one, or such as "Player 2"."""
        taken = [player.name for player in self.all()]
        return free_name(name or _usual_name(len(taken) + 1), taken)

    def free_colour(self) -> str:
        """A colour that the fewest have."""
        used = [player.colour for player in self.all()]
        return min(COLOURS, key=used.count)

    def add(self, name: str, colour: str) -> Player:
        """A new player; raises PlayersError where the name is none, or taken, or cannot be kept."""
        name = self._fit(name, None)
        with self.draft() as draft:
            write_card(draft, Card(name, colour))
            return self.settle(draft, name, colour)

    def change(self, player: Player, name: str, colour: str) -> Player:
        """Another name or colour for a player; raises PlayersError."""
        name = self._fit(name, player)
        try:
            write_card(player.folder, Card(name, colour))
        except OSError as error:
            told = _("The name cannot be kept ({reason}).")
            raise PlayersError(told.format(reason=reason(error))) from error
        return Player(player.key, name, colour, player.folder)

    def _fit(self, typed: str, player: Player | None) -> str:
        name = proper_name(typed)
        if not name:
            raise PlayersError(_("A player needs a name: a letter or a digit will do."))
        other = self.named(name)
        if other is not None and (player is None or other.key != player.key):
            told = _("{player} plays here already; choose another name.")
            raise PlayersError(told.format(player=other.name))
        return name

    @contextlib.contextmanager
    def draft(self) -> Iterator[Path]:
        """A folder for a player who is not there yet; it goes where it is not settled."""
        if len(_keys(self.root)) >= MOST_PLAYERS:
            told = ngettext(
                "There is room for {count} player; delete one first.",
                "There is room for {count} players; delete one first.",
                MOST_PLAYERS,
            )
            raise PlayersError(told.format(count=figures.number(MOST_PLAYERS)))
        draft = self.home / f"{DRAFT}{uuid.uuid4().hex}"
        try:
            draft.mkdir(mode=0o700, parents=True)
            yield draft
        except OSError as error:
            told = _("No player can be kept in {folder} ({reason}).")
            raise PlayersError(told.format(folder=self.home, reason=reason(error))) from error
        finally:
            remove_folder(draft)

    def settle(self, draft: Path, name: str, colour: str) -> Player:
        """Make a player of a finished draft. Raises OSError."""
        key = uuid.uuid4().hex[:12]
        folder = self.home / key
        sync_folder(draft)
        draft.rename(folder)
        sync_folder(self.home)
        return Player(key, name, colour, folder)

    # --- who goes ---------------------------------------------------------------------------------

    def delete(self, player: Player) -> None:
        """Delete a player for good: every file of theirs, wherever it waits.

        Raises PlayersError where a game plays as them, or where something is left.
        """
        if is_in_use(player.folder):
            told = _("Somebody is playing as {player} in another window. Close that first.")
            raise PlayersError(told.format(player=player.name))
        try:
            if player.key == FIRST:
                card = Card(player.name, player.colour)
                write_card(self.root, replace(card, deleted=True))
                left = self._clear_root(card)
            else:
                aside = self.home / f"{DELETED}{player.key}-{uuid.uuid4().hex[:8]}"
                player.folder.rename(aside)
                sync_folder(self.home)
                left = self._clear(aside)
        except OSError as error:
            told = _("{player} cannot be deleted ({reason}).")
            raise PlayersError(told.format(player=player.name, reason=reason(error))) from error
        if left:
            # Translators: {file} is a file, and why it is still there.
            told = _(
                "Not all of {player} could be deleted; there is still {file}. See to that, then"
                " delete it again."
            )
            raise PlayersError(told.format(player=player.name, file=left))

    def _clear_root(self, card: Card) -> str | None:
        """Remove the first player's files; where one stays, so does the player with it.

        Or else what is played there next would go at the next start.
        """
        left = remove_files(self.root)
        if left:
            write_card(self.root, replace(card, deleted=False))
        return left

    def _clear(self, aside: Path) -> str | None:
        """Remove what was put aside, and what waits for its database elsewhere."""
        key = aside.name.removeprefix(DELETED).partition("-")[0]
        return remove_folder(aside, self.home / key / DATABASE_FILE)

    def sweep(self) -> None:
        """Clear up what games left behind that were killed: half a player, or a guest."""
        with contextlib.suppress(ValueError, OSError, NewerCard):
            card = read_card(self.root)
            if card is not None and card.deleted and not is_in_use(self.root):
                self._clear_root(card)
        try:
            there = list(self.home.iterdir())
        except OSError:
            return
        for path in there:
            if path.name.startswith(DELETED):
                self._clear(path)
            elif path.name.startswith(GUESTS) and not is_in_use(path):
                remove_folder(path, path / DATABASE_FILE)
            elif path.name.startswith(DRAFT):
                with contextlib.suppress(OSError):
                    if abs(time.time() - path.lstat().st_mtime) > DRAFT_SECONDS:
                        remove_folder(path)

    # --- who is not kept --------------------------------------------------------------------------

    def guest(self) -> tuple[Player, InUse]:
        """A guest with a folder for as long as they play; `forget` it together with its lock.

        Raises PlayersError where there is no place even for that.
        """
        name = f"{GUESTS}{uuid.uuid4().hex}"
        try:
            draft = self.home / f"{DRAFT}{uuid.uuid4().hex}"
            draft.mkdir(mode=0o700, parents=True)
            lock = InUse(draft)
            folder = draft.rename(self.home / name)
        except OSError:
            try:
                folder = Path(tempfile.mkdtemp(prefix="digit-dash-guest-"))
            except OSError as error:
                told = _("There is no room for a guest ({reason}).")
                raise PlayersError(told.format(reason=reason(error))) from error
            lock = InUse(folder)
        return Player(GUEST, _("Guest"), COLOURS[-1], folder), lock

    def forget(self, guest: Player) -> None:
        """Remove all that a guest left."""
        assert guest.is_guest, "players are deleted"
        remove_folder(guest.folder, guest.database)
        with contextlib.suppress(OSError):
            self.home.rmdir()  # where it was made for the guest alone
