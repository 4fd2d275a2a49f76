"""Which of several processes this one is, as torchrun says; without it there is one. No torch."""

import os


def world_size() -> int:
    """How many processes torchrun has started; 1 without it."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def rank() -> int:
    """This process's number, from 0."""
    return int(os.environ.get("RANK", "0"))


def is_main() -> bool:
    """Whether this process is the one that writes files and speaks to the user."""
    return rank() == 0
