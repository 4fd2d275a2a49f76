"""Who reads now, what it can, and the player's hand that helps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game.persistence.hand_samples import MyHand
from game.persistence.settings import Settings
from game.reading.lab_reader import InstalledModels, LabReader, Models
from game.reading.news import HandLearned, News, ReaderFailed, ReaderReady, post
from game.reading.reader import HandInk, Loaded, Reader, load_recognizer


class Desk:
    """The reading threads, and what is known of them on this side."""

    def __init__(
        self,
        settings: Settings,
        hand_file: Path,
        backend: str,
        *,
        load: Callable[[str], Loaded] = load_recognizer,
        lab_models: Models | None = None,
        post: Callable[[News], object] = post,
        at_once: bool = True,
    ) -> None:
        """Who reads is loaded from now on, or, unless `at_once`, when `begin` says so."""
        self.backend = backend  # who reads, or is to read once it is loaded
        self.backends: tuple[str, ...] = ()  # all that can be chosen; none are known before `ready`
        self.ready = False  # whether it is loaded
        self.error: str | None = None  # a sentence, while no recognizer can be used
        self.learns_hands = False
        self.hand_error: str | None = None  # a sentence, where the player's hand cannot help
        self.hand = MyHand(hand_file, self.teach)
        self.reader = Reader(load, post, at_once=at_once)
        self._post = post
        self._settings = settings
        self._lab_models = lab_models or InstalledModels()
        self._lab: LabReader | None = None
        self._begun = at_once
        self._wanted = backend
        self.teach()
        self.reader.use(backend)

    def begin(self) -> None:
        """Load who is to read, if nobody does so yet."""
        self._begun = True
        self.reader.begin()
        if self._lab is not None:
            self._lab.begin()

    @property
    def lab(self) -> LabReader:
        """The Lab's readers; begun by the first visit, and warm at the next."""
        if self._lab is None:
            self._lab = LabReader(self._lab_models, self._post, at_once=self._begun)
            self._lab.learn(self._hand_ink())
        return self._lab

    def use(self, backend: str) -> None:
        """Switch the recognizer."""
        self.backend = self._wanted = backend
        self.ready, self.error = False, None
        self.reader.use(backend)

    def seat(self, settings: Settings, hand_file: Path, backend: str) -> None:
        """Read for another player from now on, with their settings and their hand."""
        self._settings = settings
        self.hand = MyHand(hand_file, self.teach)
        self.hand_error = None
        self.teach()
        if backend != self._wanted:
            self.use(backend)

    def teach(self) -> None:
        """Tell the reading threads what they may know of the player's hand."""
        self.reader.learn(self._hand_ink())
        if self._lab is not None:
            self._lab.learn(self._hand_ink())

    def _hand_ink(self) -> HandInk:
        """The samples that are to help, as the recognizers take them."""
        if not self._settings.use_my_hand:
            return ()
        return [(sample.label, sample.strokes) for sample in self.hand.samples]

    def hear(self, news: News) -> bool:
        """Take note of what the threads tell; return whether it is still of interest.

        It is not once the player has chosen another recognizer.
        """
        match news:
            case HandLearned():
                self.hand_error = news.error
            case ReaderReady():
                if news.wanted != self._wanted:
                    return False
                self.backend, self.backends = news.backend, news.backends
                self.ready, self.error = True, None
                self.learns_hands = news.learns_hands
            case ReaderFailed():
                if news.backend != self._wanted:
                    return False
                self.ready, self.error = False, news.error
        return True

    def close(self) -> None:
        """Let the threads end."""
        self.reader.close()
        if self._lab is not None:
            self._lab.close()
