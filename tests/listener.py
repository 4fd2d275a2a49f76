"""A script's progress that a test can look at."""

from rich.table import Table

from train.shipping.script import Progress


class Listener(Progress):
    """Keeps what is said and shown."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.tables: list[Table] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def show(self, table: Table) -> None:
        self.tables.append(table)
