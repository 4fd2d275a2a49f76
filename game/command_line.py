"""What the game's commands share: a parser that says what is wrong in one sentence."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from game.persistence.paths import default_data_dir


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and exits with 2, without the usage in front."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see --help)\n")

    def add_data_dir(self) -> None:
        """Add the option for the folder of the player's data."""
        self.add_argument(
            "--data-dir", type=Path, default=default_data_dir(), metavar="DIR",
            help="where settings and scores are kept (default: %(default)s)",
        )  # fmt: skip
