"""`python -m tests.screenshots DIR`: a picture of every screen of every mode, at three sizes.

No screen is needed: the real app is driven by the tests' driver, and its own recognizer reads ink
that is written as with a mouse. Besides the pictures, `DIR/SIZE/sheet-N.png` shows nine at a time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "game"))
sys.path.insert(0, str(Path(__file__).parent))

from camera import Camera
from tour import shots

SIZES = ((960, 600), (1280, 720), (2560, 1440))


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument(
        "--sizes", nargs="+", type=_size, default=SIZES, metavar="WxH", help="of the window"
    )
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="WORD",
        help="only pictures whose name has one of these words in it, such as play or sprint",
    )  # fmt: skip
    parser.add_argument("--language", default="en", metavar="CODE", help="what the game speaks")
    given = parser.parse_args()
    for size in given.sizes:
        folder = given.folder / f"{size[0]}x{size[1]}"
        with tempfile.TemporaryDirectory() as data:
            camera = Camera(Path(data), folder, size, given.only, given.language)
            for name, taken in shots(camera):
                if taken:
                    print(folder / f"{name}.png", flush=True)
            camera.close()
            if camera.unseen and not given.only:
                print(f"no picture of {', '.join(camera.unseen)}", file=sys.stderr)
                return 1
    return 0


def _size(word: str) -> tuple[int, int]:
    try:
        width, height = map(int, word.split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no size; write it as 1280x720") from None
    return width, height


if __name__ == "__main__":
    sys.exit(main())
