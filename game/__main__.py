"""The command line: `python -m game`, also installed as `digit-dash`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from game.command_line import Parser, utf8, utf8_path
from game.persistence.paths import APP_NAME

EXPORT, EXPORT_INK, LIST_MODES, DOCTOR = "export", "export-ink", "modes", "doctor"
PLAYERS = ("players", "player")
SIDE_LIMITS = (200, 16384)  # window points


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the game, or a command such as `modes`; return the exit code."""
    # Set before pygame is imported: it greets on stdout, and it names the window's class.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", APP_NAME)
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [EXPORT]:
        from game.export_progress import main as export_progress

        return export_progress(words[1:])
    if words[:1] == [EXPORT_INK]:
        from game.export_ink import main as export_ink

        return export_ink(words[1:])
    if words[:1] == [LIST_MODES]:
        from game.list_modes import main as list_modes

        return list_modes(words[1:])
    if words[:1] == [DOCTOR]:
        from game.doctor import main as doctor

        return doctor(words[1:])
    if words[:1] == ["--version"]:
        from game.version import full_version

        print(full_version())
        return 0
    if words and words[0] in PLAYERS:
        from game.player_commands import main as player_commands

        return player_commands(words)
    parser = _parser()
    given = parser.parse(words)
    mode, file = _mode_and_file(parser, given)
    player = parser.player(given).key if given.player is not None else None
    if player is not None and given.guest:
        parser.error("argument --guest: a guest has no name; leave out --player")
    if given.backend is not None:
        _check_backend(parser, given.backend)
    from game.app import App, Options
    from game.window import DisplayError

    options = Options(
        data_dir=given.data_dir,
        mode=mode,
        level=given.level,
        file=file,
        chosen=tuple(given.option),
        backend=given.backend,
        seed=given.seed,
        size=given.size,
        lesson=True,
        player=player,
        guest=given.guest,
        headless_ok=given.frames is not None,
    )
    try:
        App(options).run(given.frames)
    except DisplayError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> Parser:
    parser = Parser(
        prog="digit-dash",
        description="Write the answer by hand; the game reads it as the pen lifts.",
        epilog=f"digit-dash {LIST_MODES} prints all modes with their levels instead,"
        f" digit-dash {EXPORT} FILE writes your rounds and answers into a table,"
        f" digit-dash {EXPORT_INK} FILE writes your labelled ink into a file,"
        " digit-dash players lists who plays here, digit-dash player adds, exports and deletes,"
        f" digit-dash {DOCTOR} says what works: one paste for a bug report.",
    )
    parser.add_argument(
        "--version", action="store_true", help="print the version and the models', and exit"
    )
    parser.add_argument(
        "--mode", nargs="+", type=utf8, metavar=("NAME", "FILE"),
        help="start straight in this mode, or in the Lab (lab); some modes play a file",
    )  # fmt: skip
    parser.add_argument("--level", type=utf8, metavar="NAME", help="the level of that mode")
    parser.add_argument(
        "--option", action="append", default=[], type=utf8, metavar="NAME=CHOICE",
        help="a choice of that mode, such as tables=2,3; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--backend", type=utf8, metavar="NAME", help="the recognizer for this run, such as cnn"
    )
    parser.add_argument(
        "--seed",
        type=utf8,
        metavar="TEXT",
        help="the same prompts in the same order for the same seed",
    )
    parser.add_data_dir()
    parser.add_player()
    parser.add_argument(
        "--guest", action="store_true", help="play as a guest, of whom nothing is kept"
    )
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help="the window's size, such as 1280x720"
    )
    parser.add_argument("--frames", type=_count, metavar="N", help="run N frames and exit")
    return parser


def _mode_and_file(parser: Parser, given: argparse.Namespace) -> tuple[str | None, Path | None]:
    """What `--mode` says, where that can be played; else a sentence and the end."""
    if given.mode is None:
        if given.level is not None:
            parser.error("argument --level: it is a level of a mode; name that with --mode")
        if given.option:
            parser.error("argument --option: it is a choice of a mode; name that with --mode")
        return None, None
    mode, *files = given.mode
    if len(files) > 1:
        parser.error("argument --mode: it takes one file at most")
    file = utf8_path(files[0]) if files else None
    from game.scenes import doors

    try:
        doors.start(mode, given.level, file, given.option)
    except doors.OptionError as error:
        parser.error(f"argument --option: {error}; digit-dash {LIST_MODES} lists them all")
    except ValueError as error:
        parser.error(f"argument --mode: {error}; digit-dash {LIST_MODES} lists them all")
    return mode, file


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of frames")
    return number


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().partition("x")
    low, high = SIDE_LIMITS
    if cross and width.isdecimal() and height.isdecimal():
        size = int(width), int(height)
        if all(low <= side <= high for side in size):
            return size
    raise argparse.ArgumentTypeError(f"{text!r} is no window size; write it as 1280x720")


def _check_backend(parser: argparse.ArgumentParser, name: str) -> None:
    from recognizer import RecognizerError, available_backends

    try:
        known = tuple(available_backends())
    except RecognizerError:
        return  # the game itself will show what is missing
    if name not in known:
        parser.error(f"argument --backend: {name!r} is not installed; there is {', '.join(known)}")


if __name__ == "__main__":
    sys.exit(main())
