"""Where a training runs: the device, its precision, and the settings that make a CPU quick."""

import contextlib
import ctypes
import random
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

import torch

_M_TRIM_THRESHOLD = -1  # numbers of glibc's mallopt(3)
_M_MMAP_MAX = -4


def choose_device(name: str = "auto") -> torch.device:
    """The device called `name` (any of torch's), or the best one at hand for "auto".

    Raises ValueError, with a sentence, where this machine has no such device.
    """
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    try:
        device = torch.device(name)
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"This machine cannot train on {name!r} ({reason}).") from None
    return device


def prepare(device: torch.device, seed: int) -> None:
    """Seed every generator, and keep glibc from handing freed batches back to the system each time.

    Without the latter a CPU training here spends half its time in page faults.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    if device.type == "cpu":
        with contextlib.suppress(
            OSError, AttributeError, TypeError
        ):  # no glibc here: nothing to tune
            libc = ctypes.CDLL(None)
            libc.mallopt(_M_MMAP_MAX, 0)
            libc.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)


def random_state(device: torch.device) -> dict[str, Any]:
    """The states of the generators that `prepare` seeds, as far as this device uses them."""
    state: dict[str, Any] = {"python": random.getstate(), "cpu": torch.get_rng_state()}
    if device.type != "cpu":
        state["device"] = torch.get_device_module(device).get_rng_state(device)
    return state


def set_random_state(device: torch.device, state: dict[str, Any]) -> None:
    """Go on drawing where `random_state` was asked."""
    random.setstate(state["python"])
    torch.set_rng_state(state["cpu"])
    if device.type != "cpu":
        torch.get_device_module(device).set_rng_state(state["device"], device)


def mixed_precision(device: torch.device) -> AbstractContextManager[None]:
    """bfloat16 for the heavy operations of a training step, where the device is quicker with it."""
    if device.type == "cuda" or (device.type == "cpu" and _multiplies_bfloat16()):
        return torch.autocast(device.type, torch.bfloat16)
    return contextlib.nullcontext()


@cache
def _multiplies_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16.

    One without them emulates each: the shipped CNN learned from 46 pictures a second so, and from
    394 in float32 (two cores with AVX2).
    """
    if not hasattr(torch.cpu, "get_capabilities"):  # torch before 2.11: float32 is safe
        return False
    capabilities = torch.cpu.get_capabilities()
    return any(there is True for name, there in capabilities.items() if name.endswith("bf16"))
