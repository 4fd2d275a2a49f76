"""A reader for stand-ins: measures take readers, tests have something simple that reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from train.measures.readers import Reader


@dataclass(frozen=True, eq=False)
class Standing:
    """Opens a stand-in for a recognizer."""

    stand_in: Any

    def open(self) -> Any:
        return self.stand_in


@pytest.fixture
def reader_of() -> Callable[..., Reader]:
    """Makes a reader, in this process, of anything that reads."""

    def make(stand_in: Any, name: str = "cnn") -> Reader:
        return Reader(name, Standing(stand_in))  # type: ignore[arg-type]

    return make
