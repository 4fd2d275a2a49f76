"""Attempts: how often a round may count, and where its chance comes from."""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar


class Attempts:
    """Which rounds count, and which prompts come."""

    again: ClassVar[bool] = True  # whether a round that was broken off may simply begin anew

    def counts(self, today: datetime.date, played: Collection[datetime.date]) -> bool:
        """Whether a round that begins now counts, where finished ones began on those days."""
        raise NotImplementedError

    def rng(self, fresh: random.Random, today: datetime.date) -> random.Random:
        """The round's chance: as a rule `fresh`, the one that the program hands out."""
        return fresh


@dataclass(frozen=True)
class Unlimited(Attempts):
    """As often as one likes, with other prompts each time."""

    def counts(self, today: datetime.date, played: Collection[datetime.date]) -> bool:
        """Always."""
        return True


@dataclass(frozen=True)
class OnceADay(Attempts):
    """The same prompts for everyone on a day, and only the first round of it counts."""

    salt: str  # keeps the modes apart that share a day
    again: ClassVar[bool] = False

    def counts(self, today: datetime.date, played: Collection[datetime.date]) -> bool:
        """Whether it is the day's first."""
        return today not in played

    def rng(self, fresh: random.Random, today: datetime.date) -> random.Random:
        """What the day gives; the same on every machine."""
        return random.Random(f"{self.salt} {today.isoformat()}")
