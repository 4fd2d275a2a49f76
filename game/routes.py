"""Every screen by its place: the one file that knows all scenes."""

from __future__ import annotations

from typing import assert_never

from game.rules.modes import MODES
from game.rules.typed import ANSWERS, is_typed
from game.scenes import places
from game.scenes.calibration import Calibration, CalibrationOffer
from game.scenes.countdown import Countdown
from game.scenes.days import Days
from game.scenes.digits import Digits
from game.scenes.filming import Filming
from game.scenes.halves import Halves
from game.scenes.hand import ForgetHand, MyHandScene
from game.scenes.inside import Inside
from game.scenes.keys import Keys
from game.scenes.lab import Lab
from game.scenes.learn import Learn
from game.scenes.leaving import Leaving
from game.scenes.lesson import Lesson, LessonEnd
from game.scenes.list_changes import DropList, RenameList
from game.scenes.list_editor import ListEditor
from game.scenes.lists import Lists
from game.scenes.notice import Notice
from game.scenes.pause import Pause
from game.scenes.play import Play
from game.scenes.player_editor import DeletePlayer, PlayerEditor
from game.scenes.player_import import ImportPlayer
from game.scenes.players import WhoPlays
from game.scenes.progress import Progress
from game.scenes.replay import Replay
from game.scenes.result import Result
from game.scenes.review import Review
from game.scenes.rounds import Rounds
from game.scenes.scene import Scene, Stage
from game.scenes.settings import SettingsScene
from game.scenes.setup import Setup
from game.scenes.title import Title
from game.scenes.typed import TypedPlay


def build(place: places.Place, stage: Stage) -> Scene:
    """The screen of a place; the type checker tells of a place that was forgotten here."""
    match place:
        case places.Title():
            return Title(stage)
        case places.Setup():
            return Setup(stage, place)
        case places.Days():
            return Days(stage, place)
        case places.Lists():
            return Lists(stage, place)
        case places.ListEditor():
            return ListEditor(stage)
        case places.RenameList():
            return RenameList(stage, place)
        case places.DropList():
            return DropList(stage, place)
        case places.Round():
            typed = is_typed(place.chosen or {}) and ANSWERS in MODES[place.mode].options
            return TypedPlay(stage, place) if typed else Play(stage, place)
        case places.Learn():
            return Learn(stage, place)
        case places.Halves():
            return Halves(stage, place)
        case places.Countdown():
            return Countdown(stage, place)
        case places.Pause():
            return Pause(stage, place)
        case places.Result():
            return Result(stage, place)
        case places.Review():
            return Review(stage, place)
        case places.Rounds():
            return Rounds(stage)
        case places.Replay():
            return Replay(stage, place)
        case places.Filming():
            return Filming(stage, place)
        case places.Digits():
            return Digits(stage, place)
        case places.Progress():
            return Progress(stage, place)
        case places.Lab():
            return Lab(stage)
        case places.Inside():
            return Inside(stage, place)
        case places.Settings():
            return SettingsScene(stage, place)
        case places.Keys():
            return Keys(stage)
        case places.Players():
            return WhoPlays(stage)
        case places.PlayerEditor():
            return PlayerEditor(stage, place)
        case places.DeletePlayer():
            return DeletePlayer(stage, place)
        case places.ImportPlayer():
            return ImportPlayer(stage, place)
        case places.Hand():
            return MyHandScene(stage)
        case places.ForgetHand():
            return ForgetHand(stage)
        case places.Lesson():
            return Lesson(stage)
        case places.LessonEnd():
            return LessonEnd(stage)
        case places.Calibration():
            return Calibration(stage)
        case places.CalibrationOffer():
            return CalibrationOffer(stage)
        case places.Notice():
            return Notice(stage, place)
        case places.Leaving():
            return Leaving(stage)
    assert_never(place)
