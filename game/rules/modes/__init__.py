"""All modes. A file of this package that holds a `MODE` is one; nothing else names it.

Found with `pkgutil`, so a frozen program finds them, too, if its maker was told to take them all
along (PyInstaller: `--collect-submodules game.rules.modes`), since no statement imports them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence

from game.rules.modes.mode import Mode

LAB = "lab"  # no mode, since nothing is asked or scored there; the command line opens it like one


def find_modes(package: str, path: Sequence[str]) -> dict[str, Mode]:
    """The modes in the modules of a package, by their keys and in their order."""
    found: list[Mode] = []
    for module in pkgutil.iter_modules(list(path)):
        mode = vars(importlib.import_module(f"{package}.{module.name}")).get("MODE")
        if isinstance(mode, Mode):
            found.append(mode)
    found.sort(key=lambda mode: (mode.order, mode.key))
    modes = {mode.key: mode for mode in found}
    if len(modes) < len(found) or LAB in modes:
        raise ValueError(f"Two modes of {package} have the same key: {[m.key for m in found]}.")
    return modes


MODES: dict[str, Mode] = find_modes(__name__, __path__)
