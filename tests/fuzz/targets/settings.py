"""settings.toml: what is usable in it is used and stays, the rest is set aside, once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import tomli_w

from game.persistence import settings as kept
from game.persistence.choices import chosen_level, chosen_list, last_played
from game.persistence.paths import SETTINGS_FILE
from game.persistence.settings import HANDS, TEXT_SIZES, THEMES, Settings, SettingsFile
from game.rules.modes import MODES
from game.ui import look
from recognizer.endpointing.pace import Pace
from recognizer.endpointing.patience import PATIENCE
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence
from tests.fuzz.digits import kept as files

WORDS = (
    b'hand = "left"\n', b"volume = 0.25\n", b"ticks=1\n", b"[pace]\n", b"stroke = [0.4, 0.3, 5]\n",
    b'"?+" = [1.0, 2.0]\n', b"[choices.sums]\n", b'level = "hard"\n', b'tables = ["2", "3"]\n',
    b"[choices.sums.options]\n", b"[keys]\n", b'undo = "z"\n', b"window_size = [800, 600]\n",
    b'theme = "paper"\n', b"[[a]]\n", b"1979-05-27T07:32:00Z", b"true", b"'''",
)  # fmt: skip


def seeds() -> list[bytes]:
    """A full file, the usual one, and those that once failed."""
    chosen = {"sums": {"level": "hard", "options": {"signs": ["plus", "minus"]}}, "dash": {}}
    full = Settings(
        hand="left", volume=0.25, pace={"stroke": [0.4, 0.3, 5.0], "7": [1.0, 2.0]},
        last_mode="sums", choices=chosen, keys={"undo": "u"}, window_size=[800, 600],
    )  # fmt: skip
    tables = [asdict(full), asdict(Settings())]
    return [*(tomli_w.dumps(table).encode() for table in tables), *files("settings-*.toml"), b""]


def one(data: bytes) -> None:
    """It is loaded with one sentence at the most, and written with all that was usable in it."""
    with scratch.empty_folder() as folder:
        (folder / SETTINGS_FILE).write_bytes(data)
        file = SettingsFile.load(folder)
        assert len(file.notices) <= 1
        for notice in file.notices:
            is_sentence(notice)
        _are_usable(file.settings)
        aside = [path.read_bytes() for path in folder.glob(f"{SETTINGS_FILE}.broken-*")]
        assert aside == ([data] if file.notices else []), "what is left out is kept"
        _comes_back(folder, file)


def _are_usable(settings: Settings) -> None:
    assert settings.hand in HANDS and settings.patience in PATIENCE
    assert settings.theme in THEMES and settings.text_size in TEXT_SIZES
    assert 0 <= settings.volume <= 1 and 0 <= settings.ticks <= 1
    assert len(settings.window_size) in (0, 2) and len(settings.window_place) in (0, 2)
    again = Pace.from_table(Pace.from_table(settings.pace).as_table())
    assert all(pause.lasting(0.001) > 0 for pause in (again.stroke, again.digit))
    for mode in MODES.values():
        assert chosen_level(settings, mode).rules.most_digits >= 1
        chosen_list(settings, mode)
    assert last_played(settings) in MODES.values()
    look.adopt(settings)
    assert look.enlargement(settings) > 0
    look.adopt(Settings())


def _comes_back(folder: Path, file: SettingsFile) -> None:
    file.settings.volume = 0.5 if file.settings.volume != 0.5 else 0.75
    assert file.save() is None
    again = SettingsFile.load(folder)
    assert again.notices == [] and asdict(again.settings) == asdict(file.settings)
    raw = (folder / SETTINGS_FILE).read_bytes()
    assert len(raw) <= kept.MOST_BYTES
