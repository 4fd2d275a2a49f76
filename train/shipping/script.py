"""What the training scripts share at the terminal: progress with time left, faults as sentences."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.table import Table

from recognizer import RecognizerError
from train.data.folder import DataError


class Progress:
    """A progress bar where there is a terminal, plain lines everywhere."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        """Print one line, above the bar if one is shown."""
        self._console.print(line, markup=False)

    def show(self, table: Table) -> None:
        """Print a table."""
        self._console.print(table)

    @contextlib.contextmanager
    def steps(self, title: str, total: int, done: int = 0) -> Iterator[Callable[[], None]]:
        """Show a bar of `total` steps, some `done`; the function given marks one more as done."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        with RichProgress(*columns, console=self._console) as bar:
            task = bar.add_task(title, total=total, completed=done)
            yield lambda: bar.advance(task)


def run_script(
    parser: argparse.ArgumentParser, main: Callable[[argparse.Namespace, Progress], None]
) -> None:
    """Run a script's `main`; what a user could cause ends in one sentence and exit status 1."""
    arguments = parser.parse_args()
    try:
        main(arguments, Progress())
    except KeyboardInterrupt:
        sys.exit("Stopped; what was finished is kept.")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        sys.exit(f"A file cannot be read or written: {error.strerror or error}{where}.")
    except (DataError, RecognizerError, ValueError) as error:
        sys.exit(str(error))
