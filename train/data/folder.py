"""The folder that the data lie in: the one a user names, else a cache that holds nothing unchecked.

A folder named by `--data` or by DIGIT_DASH_DATA is read as it is and never written to.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import platformdirs

from train.data.scratch import scratch_folder

LONGEST_QUOTED = 80  # characters of what a file says, in a sentence


class DataError(Exception):
    """A data set is missing, cut off or altered; the message is a sentence for the user."""


def shown(said: object) -> str:
    """What a file or a library says of it, for a sentence: it may be long, and of odd signs."""
    return "".join(c if c.isprintable() else "?" for c in str(said)[:LONGEST_QUOTED])


def named_folder(named: Path | None) -> Path | None:
    """The local data folder from `--data` or DIGIT_DASH_DATA, or None where nothing is named.

    Raises DataError where a folder is named that does not exist.
    """
    if named is None:
        from_environment = os.environ.get("DIGIT_DASH_DATA", "")
        if not from_environment:
            return None
        named = Path(from_environment)
    if not named.is_dir():
        raise DataError(
            f"The data folder {named} does not exist; correct --data or DIGIT_DASH_DATA, "
            "or leave both out to download the data."
        )
    return named


def cache_folder() -> Path:
    """Where downloaded data are kept between runs."""
    return platformdirs.user_cache_path("digit-dash") / "data"


def check_files(folder: Path, checksums: Mapping[str, str], what: str, *, local: bool) -> None:
    """Raise DataError unless every file stands in the folder with its right SHA-256."""
    remedy = (
        f"put the original {what} files there, or leave --data and DIGIT_DASH_DATA out "
        "to download them"
        if local
        else f"delete the folder {folder} and run again to download {what} anew"
    )
    for name, expected in checksums.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise DataError(f"{what} is not complete: {path} is missing; {remedy}.") from None
        except OSError as error:
            raise DataError(f"{path} cannot be read ({error.strerror}); {remedy}.") from error
        if found != expected:
            raise DataError(f"{path} is cut off or altered (wrong SHA-256); {remedy}.")


@contextlib.contextmanager
def arriving(folder: Path) -> Iterator[Path]:
    """Give a scratch folder beside `folder`; it takes its place only if the block ends well."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            scratch = stack.enter_context(scratch_folder(folder.parent, ".arriving-"))
            arrived = stack.pop_all()
    except OSError as error:
        raise DataError(
            f"The cache folder {folder.parent} cannot be written to ({error.strerror}); "
            "free space there, or name a local copy of the data with --data."
        ) from error
    with arrived:
        try:
            yield scratch
            scratch.rename(folder)
        except OSError as error:
            if not folder.is_dir():  # else another run of ours came first with the same files
                raise DataError(
                    f"The data cannot be stored in {folder} ({error}); free space there, "
                    "or name a local copy with --data."
                ) from error
