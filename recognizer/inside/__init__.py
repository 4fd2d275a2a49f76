"""Looking into a model: what it compared a digit with, which ink it went by, what else it saw.

`views.open_view` opens what a model has to show, by its kind; `occlusion` asks any of them. Nothing
here reads for play: the models themselves are in `recognizer.backends`.
"""
