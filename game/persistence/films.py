"""Films as files: GIF, which everything shows, and MP4, where OpenCV can write it."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from game.language import _
from game.persistence.files import reason, remove_old_drafts, sync_folder
from game.persistence.gif import Gif, Palette, Picture
from game.persistence.pictures import PictureError, PictureFolder

if TYPE_CHECKING:
    import cv2

GIF, MP4 = "gif", "mp4"  # endings
# What OpenCV may know to write, the best first: H.264, which browsers play, and MPEG-4 Part 2.
CODECS = ("avc1", "mp4v")


class FilmFile(Protocol):
    """A film in the making."""

    def add(self, picture: Picture, hundredths: int) -> None:
        """Show a picture (height, width, 3) for so many hundredths of a second."""

    def finish(self) -> Path:
        """Put the whole film into its place; raises PictureError."""

    def drop(self) -> None:
        """Leave no trace of it."""


class GifFile:
    """A GIF, which lies in memory until it is whole."""

    def __init__(
        self, folder: PictureFolder, name: str, size: tuple[int, int], palette: Palette
    ) -> None:
        self._folder, self._name = folder, name
        self._gif = Gif(size, palette)

    def add(self, picture: Picture, hundredths: int) -> None:
        self._gif.add(picture, hundredths)

    def finish(self) -> Path:
        return self._folder.keep(self._name, self._gif.finish(), GIF)

    def drop(self) -> None:
        """Nothing is on the disk yet."""


class Mp4File:
    """An MP4, which grows in a draft beside its place."""

    def __init__(
        self, folder: PictureFolder, name: str, size: tuple[int, int], hundredths: int
    ) -> None:
        """All pictures last `hundredths`, or a multiple. Raises PictureError."""
        self._step = hundredths
        self._path = folder.folder / f"{name}.{MP4}"
        self._draft = self._path.with_name(
            f"{self._path.name}.new-{os.getpid()}-{time.time_ns()}.{MP4}"
        )
        try:
            folder.folder.mkdir(parents=True, exist_ok=True)
            remove_old_drafts(self._path)
        except OSError as error:
            raise _not_kept(self._path, reason(error)) from error
        writer = _writer(self._draft, size, 100.0 / hundredths)
        if writer is None:
            self.drop()
            raise PictureError(_("This system has nothing that writes MP4. A GIF always works."))
        self._writer = writer

    def add(self, picture: Picture, hundredths: int) -> None:
        for _each in range(max(1, round(hundredths / self._step))):
            self._writer.write(picture[:, :, ::-1].copy())

    def finish(self) -> Path:
        self._writer.release()
        try:
            if self._draft.stat().st_size == 0:
                told = _("The film cannot be kept as {file}: nothing was written.")
                raise PictureError(told.format(file=self._path))
            self._draft.replace(self._path)
        except OSError as error:
            self.drop()
            raise _not_kept(self._path, reason(error)) from error
        sync_folder(self._path.parent)
        return self._path

    def drop(self) -> None:
        with contextlib.suppress(AttributeError):  # it never came to a writer
            self._writer.release()
        with contextlib.suppress(OSError):
            self._draft.unlink(missing_ok=True)


def _not_kept(path: Path, why: str) -> PictureError:
    told = _("The film cannot be kept as {file} ({reason}).")
    return PictureError(told.format(file=path, reason=why))


def _writer(path: Path, size: tuple[int, int], rate: float) -> cv2.VideoWriter | None:
    """What writes the best film that there is a codec for."""
    # A codec that is missing is no news for the terminal; FFmpeg is asked for silence before it is
    # first used.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2  # brings OpenCV's films, which nothing else needs

    logging = cv2.utils.logging
    level = logging.getLogLevel()
    logging.setLogLevel(logging.LOG_LEVEL_SILENT)
    try:
        for codec in CODECS:
            writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), rate, size)
            if writer.isOpened():
                return writer
            writer.release()
    except cv2.error:
        return None
    finally:
        logging.setLogLevel(level)
    return None
