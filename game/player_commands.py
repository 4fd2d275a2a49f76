"""`python -m game players` and `python -m game player ...`: who plays on this machine.

`players` lists them; `player add NAME`, `player rename NAME NEW`, `player export NAME FILE`,
`player import FILE` and `player delete NAME --for-good` do what the game's own screen does.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from game.command_line import Parser, utf8, utf8_path
from game.persistence.player_card import COLOURS
from game.persistence.player_export import export_player, import_player
from game.persistence.players import Player, Players, PlayersError, find_players

LIST, ONE = "players", "player"


def main(arguments: Sequence[str]) -> int:
    """List the players, or do something with one; return the exit code."""
    if arguments[0] == LIST:
        return _list(arguments[1:])
    parser = Parser(prog=f"digit-dash {ONE}", description="Do something with one player.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    for name, about, do, words in (
        ("add", "a new player", _add, ("name",)),
        ("rename", "another name for a player", _rename, ("name", "new")),
        ("export", "everything of a player in one file", _export, ("name", "file")),
        ("import", "a new player from such a file", _import, ("file",)),
        ("delete", "a player and all that is kept of them", _delete, ("name",)),
    ):
        command = commands.add_parser(name, help=about, description=f"{about.capitalize()}.")
        for word in words:
            kind: Callable[[str], object] = utf8_path if word == "file" else utf8
            command.add_argument(word, type=kind, metavar=word.upper())
        if name == "add":
            command.add_argument("--colour", choices=COLOURS, help="theirs (default: a free one)")
        if name == "export":
            command.add_argument("--force", action="store_true", help="overwrite FILE")
        if name == "delete":
            command.add_argument("--for-good", action="store_true", help="yes, delete it all")
        command.add_data_dir()
        command.set_defaults(do=do)
    given = parser.parse(arguments[1:])
    try:
        print(given.do(Players(given.data_dir), given))
    except PlayersError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _list(arguments: Sequence[str]) -> int:
    parser = Parser(prog=f"digit-dash {LIST}", description="List who plays on this machine.")
    parser.add_data_dir()
    given = parser.parse(arguments)
    last = Players(given.data_dir).last()
    found = find_players(given.data_dir)
    width = max(len(player.name) for player in found.players)
    for player in found.players:
        played = "  (played last)" if player.key == last.key else ""
        print(f"{player.name:{width}}  {player.colour:8}  {player.folder}{played}")
    for notice in found.notices:
        print(notice, file=sys.stderr)
    return 0


def _add(players: Players, given: Any) -> str:
    player = players.add(given.name, given.colour or players.free_colour())
    return f"{player.name} plays here now: digit-dash --player {_quoted(player.name)}"


def _rename(players: Players, given: Any) -> str:
    before = _named(players, given.name)
    after = players.change(before, given.new, before.colour)
    return f"{before.name} is called {after.name} now."


def _export(players: Players, given: Any) -> str:
    player, path = _named(players, given.name), Path(given.file)
    if path.exists() and not given.force:
        raise PlayersError(f"{path} is there already; name another file, or add --force.")
    if not path.parent.is_dir():  # a folder that was misspelt is not made
        raise PlayersError(f"{path} cannot be written: there is no folder {path.parent}.")
    export_player(player, path, over=given.force)
    return f"Wrote everything of {player.name} to {path}."


def _import(players: Players, given: Any) -> str:
    player = import_player(players, given.file)
    return f"{player.name} plays here now: digit-dash --player {_quoted(player.name)}"


def _delete(players: Players, given: Any) -> str:
    player = _named(players, given.name)
    if not given.for_good:
        raise PlayersError(
            f"This would delete {player.name} with all rounds, ink, hand, lists and settings in"
            f" {player.folder}; nobody can bring it back. If you mean it, add --for-good."
        )
    players.delete(player)
    return f"{player.name} is deleted for good."


def _named(players: Players, name: str) -> Player:
    found = players.named(name)
    if found is None:
        names = ", ".join(player.name for player in players.all())
        raise PlayersError(f"Nobody here is called {name!r}; there is {names}.")
    return found


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
