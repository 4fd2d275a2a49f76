"""`python -m recognizer [--backend NAME] FILE|-`: strokes or a picture in, the reading as JSON out.

Strokes are JSON, `{"strokes": [[[x, y], ...], ...]}`; a picture is PNG or JPEG.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from numpy.typing import ArrayLike

from recognizer import Recognizer, RecognizerError, available_backends
from recognizer.files import parse_json, read_at_most, read_bounded
from recognizer.picture_file import grey_picture, is_picture

MOST_BYTES = 32_000_000  # of the most points that ink may have, written out at length
INTERRUPTED = 130  # as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns 0, or 2 after one sentence on the standard error stream."""
    parser = argparse.ArgumentParser(
        prog="python -m recognizer",
        description="Reads a number, handwritten in a picture (PNG or JPEG) or as strokes in JSON, "
        'such as {"strokes": [[[x, y], ...], ...]}, and prints the reading as JSON.',
    )
    installed = ", ".join(available_backends())
    parser.add_argument(
        "--backend", default="cnn", metavar="NAME", help=f"one of {installed}; default: cnn"
    )
    parser.add_argument("--length", type=int, metavar="N", help="how many digits, where known")
    parser.add_argument(
        "file", metavar="FILE", help="a picture or a JSON file, or - for the standard input"
    )
    options = parser.parse_args(arguments)
    try:
        content = _content(options.file)
        reader = Recognizer(options.backend)
        if is_picture(content):
            reading = reader.read_image(grey_picture(content), options.length)
        else:
            reading = reader.read(_strokes(content, options.file), options.length)
    except (ValueError, RecognizerError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    try:
        print(json.dumps(reading.as_dict()), flush=True)
    except BrokenPipeError:  # who asked has gone: nothing more can be written, not even at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _content(name: str) -> bytes:
    """What a file, or the standard input, holds; raises ValueError, with a sentence, for none."""
    source = _source(name)
    try:
        if name == "-":
            return read_at_most(sys.stdin.buffer, MOST_BYTES, source)
        return read_bounded(Path(name), MOST_BYTES)
    except OSError as error:
        raise ValueError(f"{source} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise ValueError(f"{error}.") from None


def _strokes(content: bytes, name: str) -> list[ArrayLike]:
    """The strokes of a JSON file; raises ValueError with a sentence for anything else."""
    source = _source(name)
    try:
        document = parse_json(content)
    except ValueError as error:
        raise ValueError(
            f"{source} is no PNG or JPEG picture and holds no JSON ({error}); "
            "save a picture as PNG, or write strokes as --help shows them."
        ) from None
    strokes = document.get("strokes") if isinstance(document, dict) else None
    if not isinstance(strokes, list):
        raise ValueError(f'{source} must hold an object with a list "strokes".')
    return strokes


def _source(name: str) -> str:
    return "The standard input" if name == "-" else name


if __name__ == "__main__":
    sys.exit(main())
