"""The one exception of the package that is not a ValueError."""


class RecognizerError(Exception):
    """A model cannot be used; the message names the file and the command that makes it."""
