"""The command line: `python -m game`, also installed as `digit-dash`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from game.command_line import Parser, utf8
from game.persistence.paths import APP_NAME
from game.rules.modes import LAB, MODES

EXPORT_INK = "export-ink"
SIDE_LIMITS = (200, 16384)  # window points


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the game, or the command `export-ink`; return the exit code."""
    # Set before pygame is imported: it greets on stdout.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [EXPORT_INK]:
        from game.export_ink import main as export_ink

        return export_ink(words[1:])
    parser = _parser()
    given = parser.parse(words)
    if given.backend is not None:
        _check_backend(parser, given.backend)
    # As above: it names the window's class.
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", APP_NAME)
    from game.app import App, Options
    from game.window import DisplayError

    options = Options(
        data_dir=given.data_dir,
        mode=given.mode,
        backend=given.backend,
        seed=given.seed,
        size=given.size,
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
        epilog=f"digit-dash {EXPORT_INK} FILE writes your labelled ink into a file instead.",
    )
    parser.add_argument(
        "--mode", choices=[*sorted(MODES), LAB], help="start straight in this mode, or in the Lab"
    )
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
    parser.add_argument(
        "--size", type=_size, metavar="WxH", help="the window's size, such as 1280x720"
    )
    parser.add_argument("--frames", type=_count, metavar="N", help="run N frames and exit")
    return parser


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
