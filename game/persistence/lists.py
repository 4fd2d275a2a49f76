"""The player's lists: small text files of a folder, or one from anywhere."""

from __future__ import annotations

from pathlib import Path

from game.language import _, figures
from game.persistence.files import reason, write_whole
from game.rules.prompt_list import PromptList, read_prompts
from recognizer.files import read_bounded

MOST_BYTES = 16_000  # of a file: four times what the longest list needs
MOST_LISTS = 60  # that are offered
LONGEST_NAME = 40  # characters
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # before a text, that it is UTF-8
ENDING = ".txt"
FORBIDDEN = '/\\:*?"<>|'  # in a file's name, on one system or another


class ListError(Exception):
    """A list cannot be used or kept; its text is a sentence for the player."""


def read_list(path: Path) -> PromptList:
    """The list in a file; faulty lines are among its faults.

    Raises ListError for a file that cannot be read, is too large, is no UTF-8, or asks nothing.
    """
    name = _shown(path.stem)
    text = _text(path)
    found = read_prompts(name, text)
    if not found.prompts:
        told = found.faults[0].sentence if found.faults else _("It has no line with a sum.")
        nothing = _("The list {name} holds nothing to ask.").format(name=name)
        raise ListError(f"{nothing} {told}")
    return found


class ListFolder:
    """The folder with the player's lists, each by its name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Those that there are, in the order of the alphabet; none where there is no folder."""
        try:
            files = [path for path in self.folder.iterdir() if path.suffix.lower() == ENDING]
        except OSError:
            return []
        names = sorted({path.stem for path in files if is_name(path.stem)}, key=str.casefold)
        return names[:MOST_LISTS]

    def read(self, name: str) -> PromptList:
        """The list of that name; raises ListError."""
        return read_list(self._path(name))

    def text(self, name: str) -> str:
        """What is written in it; raises ListError."""
        return _text(self._path(name))

    def free_name(self, name: str | None = None) -> str:
        """A name that no list has: that one, or else a usual one, perhaps with a number."""
        name = name or _("My list")
        taken = {each.casefold() for each in self.names()}
        number = 1
        while (tried := f"{name} {number}" if number > 1 else name).casefold() in taken:
            number += 1
        return tried

    def write(self, name: str, text: str) -> None:
        """Keep a list under a name, in place of what had it; raises ListError."""
        if not is_name(name):
            raise _no_name(name)
        raw = text.encode("utf-8", "replace")
        if len(raw) > MOST_BYTES:
            told = _("A list has {count} bytes at most.")
            raise ListError(told.format(count=figures.number(MOST_BYTES)))
        try:
            write_whole(self._path(name), raw)
        except OSError as error:
            told = _("The list {name} cannot be kept ({reason}).")
            raise ListError(told.format(name=name, reason=reason(error))) from error

    def rename(self, name: str, new: str) -> None:
        """Give a list another name, which no other one has; raises ListError."""
        if not is_name(new):
            raise _no_name(new)
        others = {each.casefold() for each in self.names()} - {name.casefold()}
        if new.casefold() in others:
            told = _("There is a list {name} already; choose another name.")
            raise ListError(told.format(name=new))
        path = self._path(name)
        try:
            path.rename(path.with_name(f"{new}{path.suffix}"))
        except OSError as error:
            told = _("The list {name} cannot be renamed ({reason}).")
            raise ListError(told.format(name=name, reason=reason(error))) from error

    def delete(self, name: str) -> None:
        """Delete a list with its file; raises ListError."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            told = _("The list {name} cannot be deleted ({reason}).")
            raise ListError(told.format(name=name, reason=reason(error))) from error

    def _path(self, name: str) -> Path:
        """The file of that name, whatever the case of its ending."""
        for ending in (ENDING, ENDING.upper()):
            path = self.folder / f"{name}{ending}"
            if path.is_file():
                return path
        return self.folder / f"{name}{ENDING}"


def is_name(name: str) -> bool:
    """Whether a list can be called so: short, printable, and a file's name on every system."""
    return (
        name == name.strip()
        and 0 < len(name) <= LONGEST_NAME
        and name.isprintable()
        and not any(sign in name for sign in FORBIDDEN)
        and name[0] != "."
        and name[-1] != "."
    )


def _text(path: Path) -> str:
    name = _shown(path.name)
    try:
        raw = read_bounded(path, MOST_BYTES)
    except OSError as error:
        told = _("The list {name} cannot be read ({reason}).")
        raise ListError(told.format(name=name, reason=reason(error))) from error
    except ValueError:
        told = _("The list {name} is larger than {count} bytes.")
        raise ListError(told.format(name=name, count=figures.number(MOST_BYTES))) from None
    try:
        # Each program that does not know the mark may have put another one in front of it.
        return raw.decode("utf-8").lstrip(MARK)
    except UnicodeDecodeError:
        told = _("The list {name} is no UTF-8 text; save it as UTF-8.")
        raise ListError(told.format(name=name)) from None


def _no_name(name: str) -> ListError:
    told = _("“{name}” cannot be the name of a file; choose another one.")
    return ListError(told.format(name=_shown(name)))


def _shown(name: str) -> str:
    """A file's name in a sentence."""
    whole = "".join(c if c.isprintable() else "?" for c in name)
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1]}…"
