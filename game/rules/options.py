"""Options: what a player may choose before a round, beside its level.

A mode lists its options. What was chosen is a mapping from an option's key to the keys of its
choices; whatever is missing, unknown or too much in it falls back to the default, so a line of an
old settings file, or one from the command line, can be handed in as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Chosen = Mapping[str, tuple[str, ...]]

SEPARATOR, GIVEN, AND = ";", "=", ","  # as in "sums:hard;signs=plus,minus"
_KEY = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Choice:
    """One of the values of an option."""

    key: str  # its name in the settings and in the database
    title: str  # for the player; marked, and translated where it is shown


@dataclass(frozen=True)
class Option:
    """Something to be chosen: one of its choices, or several of them, but at least one."""

    key: str
    title: str  # marked, as the meaning: it is translated where it is shown
    meaning: str  # a line for the player
    choices: tuple[Choice, ...]
    default: tuple[str, ...]  # keys of choices, in their order
    several: bool = False

    def __post_init__(self) -> None:
        keys = [choice.key for choice in self.choices]
        if len(keys) < 2 or len(set(keys)) < len(keys):
            raise ValueError(f"{self.key}: an option has choices, each under a name of its own.")
        if not all(map(_KEY.fullmatch, [self.key, *keys])):
            raise ValueError(f"{self.key}: keys are made of small letters, digits and hyphens.")
        known = tuple(key for key in keys if key in self.default)
        if not known or known != self.default or (len(known) > 1 and not self.several):
            raise ValueError(f"{self.key}: {self.default} cannot be chosen.")

    def settled(self, values: Sequence[str]) -> tuple[str, ...]:
        """What these values come to: known ones, each once, in the order of the choices."""
        known = tuple(choice.key for choice in self.choices if choice.key in values)
        return (known if self.several else known[:1]) or self.default

    def title_of(self, key: str) -> str:
        """What a choice is called, untranslated; raises KeyError for one that is not there."""
        return {choice.key: choice.title for choice in self.choices}[key]


def chosen_by(options: Sequence[Option], words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What words such as "tables=2,3" choose, each of an option of its own.

    Raises ValueError with a sentence for a word that chooses nothing here.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    known = {option.key: option for option in options}
    for word in words:
        key, given, values = word.partition(GIVEN)
        if not given:
            raise ValueError(f"{word!r} chooses nothing; write it as name=choice")
        if key not in known:
            has = f"there is {', '.join(known)}" if known else "there is none"
            raise ValueError(f"there is no option {key!r}; {has}")
        if key in chosen:
            raise ValueError(f"{key} was given twice; write it once, as in {key}=a,b")
        chosen[key] = _chosen_of(known[key], values.split(AND))
    return chosen


def _chosen_of(option: Option, values: Sequence[str]) -> tuple[str, ...]:
    keys = [choice.key for choice in option.choices]
    for value in values:
        if value not in keys:
            raise ValueError(f"{option.key} cannot be {value!r}; it can be {', '.join(keys)}")
    if len(values) > 1 and not option.several:
        raise ValueError(f"{option.key} can be only one of {', '.join(keys)}")
    return option.settled(values)


def settle(options: Sequence[Option], chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """Every option with what is chosen of it."""
    return {option.key: option.settled(chosen.get(option.key, ())) for option in options}


def unusual(options: Sequence[Option], chosen: Chosen) -> dict[str, tuple[str, ...]]:
    """What is chosen where that is not the default."""
    settled = settle(options, chosen)
    return {o.key: settled[o.key] for o in options if settled[o.key] != o.default}


def as_words(options: Sequence[Option], chosen: Chosen) -> str:
    """What is chosen as it is stored: nothing for the defaults, else such as ";signs=plus"."""
    return "".join(
        f"{SEPARATOR}{key}{GIVEN}{AND.join(values)}"
        for key, values in unusual(options, chosen).items()
    )


def from_words(words: str) -> dict[str, tuple[str, ...]]:
    """What `as_words` was made of; of anything else, what can be understood."""
    pairs = (part.partition(GIVEN) for part in words.split(SEPARATOR))
    return {key: tuple(values.split(AND)) for key, given, values in pairs if given}
