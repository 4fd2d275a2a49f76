"""What the reading threads tell: frozen dataclasses, carried by one kind of pygame event."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from recognizer.inside.sights import Sight
from recognizer.reading import Reading

NEWS = pygame.event.custom_type()


@dataclass(frozen=True)
class ReaderReady:
    """A recognizer is loaded."""

    wanted: str  # the backend that was asked for
    backend: str  # the one that came
    backends: tuple[str, ...]  # all that can be chosen
    notice: str | None  # a sentence, where another came than was wanted
    learns_hands: bool


@dataclass(frozen=True)
class ReaderFailed:
    """A recognizer could not be loaded."""

    backend: str
    error: str  # a sentence


@dataclass(frozen=True)
class HandLearned:
    """The recognizer knows the player's hand now, or cannot."""

    count: int  # samples that now help to read
    error: str | None  # a sentence, where there are some and none helps


@dataclass(frozen=True)
class InkRead:
    """The answer to a request."""

    ticket: int
    reading: Reading | None  # None where it failed
    free: Reading | None  # the same ink read without its length, where that was asked for
    error: str | None  # a sentence


@dataclass(frozen=True)
class LabFound:
    """The Lab knows which backends there are."""

    backends: tuple[str, ...]  # the best first


@dataclass(frozen=True)
class LabLoaded:
    """One of them is loaded, or cannot be."""

    backend: str
    error: str | None  # a sentence


@dataclass(frozen=True)
class LabRead:
    """One of them has read the ink."""

    ticket: int
    backend: str
    reading: Reading | None  # None where it failed
    error: str | None  # a sentence


@dataclass(frozen=True)
class LabLooked:
    """One of them was looked into."""

    ticket: int
    backend: str
    reading: Reading | None  # of the ink that was looked at; None where that failed
    digit: int  # index of the digit that was looked at
    sight: Sight | None  # None where it has nothing to show, or that failed
    error: str | None  # a sentence


News = (
    ReaderReady | ReaderFailed | HandLearned | InkRead | LabFound | LabLoaded | LabRead | LabLooked
)


def post(news: News) -> None:
    """Put news into pygame's queue; any thread may."""
    pygame.event.post(pygame.event.Event(NEWS, news=news))


def carried_by(event: pygame.event.Event) -> News | None:
    """The news that an event carries, if that is what it is for."""
    if event.type != NEWS:
        return None
    news: News = event.news
    return news
