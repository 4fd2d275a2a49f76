"""A training that goes on where it was stopped: all that decides how, kept after each epoch.

Weights, averages, optimizer, schedule, generators, history and the best so far are kept in the
step's file (`train.shipping.unfinished`). A training that takes them up ends bit for bit as it
would have, on the same machine with as many threads. Where no step is made, nothing is kept.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import torch

from train.fitting import distributed
from train.fitting.device import random_state, set_random_state
from train.shipping import unfinished
from train.shipping.processes import is_main, rank, world_size
from train.shipping.script import Progress


class Stateful(Protocol):
    """What tells its state and takes it back, as torch's modules and optimizers do."""

    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state: dict[str, Any], /) -> Any: ...


class Resumable:
    """The training of a step.

    `holders` have its state, by name; `generators` are its own, besides those that
    `train.fitting.device.prepare` seeds. Where several processes share it, the main one reads and
    writes, and each goes on with its own random numbers.
    """

    def __init__(
        self,
        holders: Mapping[str, Stateful],
        generators: Sequence[torch.Generator],
        device: torch.device,
        *,
        shared: bool = True,
    ) -> None:
        self._holders = holders
        self._generators = generators
        self._device = device
        self._shared = shared  # by torchrun's processes; else the main one does it alone
        self._on = f"{device.type}, {world_size() if shared else 1} processes"

    def take_up(self, title: str, epochs: int, progress: Progress) -> int:
        """Load what an earlier sitting kept of this training; returns how many epochs are done."""
        step = unfinished.current()
        if step is None:
            return 0
        content = step.read(self._on, progress.say) if is_main() else None
        if self._shared:
            content = distributed.decided_by_main(content)
        if content is None:
            return 0
        kept = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
        for name, holder in self._holders.items():
            holder.load_state_dict(kept["holders"][name])
        own = kept["random"][rank()]
        for generator, state in zip(self._generators, own["generators"], strict=True):
            generator.set_state(state)
        set_random_state(self._device, own["seeded"])
        done: int = kept["epochs"]
        if done < epochs:
            progress.say(f"{title} goes on from epoch {done + 1} of {epochs}.")
        else:
            progress.say(f"{title}: all {epochs} epochs were made before.")
        return done

    def keep(self, epochs: int, progress: Progress) -> None:
        """Keep the state after so many epochs; where that fails, say so and go on."""
        step = unfinished.current()
        if step is None:
            return
        own = {
            "seeded": random_state(self._device),
            "generators": [generator.get_state() for generator in self._generators],
        }
        everyones = distributed.gathered(own) if self._shared else [own]
        if not is_main():
            return
        content = io.BytesIO()
        states = {name: holder.state_dict() for name, holder in self._holders.items()}
        torch.save({"epochs": epochs, "holders": states, "random": everyones}, content)
        try:
            step.write(content.getvalue(), self._on)
        except OSError as error:
            progress.say(f"This epoch cannot be kept to go on from ({error.strerror or error}).")
