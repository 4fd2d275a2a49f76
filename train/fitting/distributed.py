"""Several processes, one training: what `torchrun` starts shares the work by gradient averaging.

Every process shuffles alike and takes its share of each batch, so the batch is as large as with
one process; DistributedDataParallel averages. Without torchrun nothing here does anything.
"""

import atexit
import gc
import importlib
import os
from datetime import timedelta
from typing import TypeVar

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel

from train.shipping.processes import rank, world_size

Anything = TypeVar("Anything")

_PATIENCE = timedelta(hours=3)  # the others wait that long while the main process fits an SVM


def join(device: torch.device) -> torch.device:
    """Join the other processes, if there are any; returns the device that is this process's own."""
    if world_size() == 1:
        return device
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    if not distributed.is_initialized():
        # DistributedDataParallel loads this module. Loaded while there is a group, it keeps that
        # group for good, as the default argument of its functions (see `leave`).
        importlib.import_module("torch.distributed.nn.functional")
        backend = "nccl" if device.type == "cuda" else "gloo"
        distributed.init_process_group(backend, timeout=_PATIENCE)
        atexit.register(leave)
    return device


def leave() -> None:
    """Part from the other processes when all work is done; at the latest when Python ends.

    The group must be gone before Python is. Gloo's threads drop the tensors of the last exchange
    whenever they come to it and take Python's lock for that; where Python is ending already, this
    aborts the process ("terminate called without an active exception", pytorch/pytorch#179291).
    The threads end with the group, and the group with the last object that holds it: a network
    that `wrap` returned does, until it is collected.
    """
    if distributed.is_initialized():
        gc.collect()
        distributed.destroy_process_group()


def wrap(network: nn.Module) -> nn.Module:
    """The network as training calls it: gradients become the mean over all processes."""
    return DistributedDataParallel(network) if distributed.is_initialized() else network


def share(batch: Tensor) -> Tensor:
    """This process's part of a batch that all processes have drawn alike.

    A rest too small to share goes to all of them whole: none may sit out a step.
    """
    return batch if len(batch) < world_size() else batch[rank() :: world_size()]


def total(device: torch.device, *numbers: float) -> list[float]:
    """The sums of numbers over all processes."""
    if not distributed.is_initialized():
        return list(numbers)
    sums = torch.tensor(numbers, dtype=torch.float32 if device.type == "mps" else torch.float64)
    sums = sums.to(device)
    distributed.all_reduce(sums)
    return [float(number) for number in sums]


def decided_by_main(decision: Anything) -> Anything:
    """The main process's answer to a question that each process might answer otherwise."""
    if not distributed.is_initialized():
        return decision
    answer = [decision]
    distributed.broadcast_object_list(answer)
    return answer[0]


def gathered(own: Anything) -> list[Anything]:
    """What each process has, in their order."""
    if not distributed.is_initialized():
        return [own]
    everyones = [own] * world_size()
    distributed.all_gather_object(everyones, own)
    return everyones
