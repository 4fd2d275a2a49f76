"""torchrun: two gloo processes give what one gives; without it nothing is shared."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from train.fitting import distributed
from train.shipping.processes import is_main

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("two_processes.py")


def run(processes: int, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    if processes == 1:
        command = [sys.executable]
    else:
        command.append(f"--nproc-per-node={processes}")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, str(SCRIPT), str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, shortened(done.stderr)
    result: dict[str, Any] = json.loads((folder / f"{processes}.json").read_text())
    return result


def shortened(text: str, most: int = 4_000) -> str:
    """Both ends of a long text: what a process says first is the cause, torchrun's verdict last."""
    return text if len(text) <= 2 * most else f"{text[:most]}\n...\n{text[-most:]}"


@pytest.mark.training
def test_two_processes_give_the_accuracy_of_one(tmp_path: Path) -> None:
    one, two = run(1, tmp_path), run(2, tmp_path)
    for name in ("fcn", "cnn"):
        assert one[name]["accuracy"] > 0.7
        assert two[name]["accuracy"] == pytest.approx(one[name]["accuracy"], abs=0.05)
        assert two[name]["apart"] < 1e-4
    assert one["apart when resumed"] == two["apart when resumed"] == 0
    assert two["threads_left"] == [], "they could abort Python at its end"


def test_alone_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    device = torch.device("cpu")
    assert distributed.join(device) == device
    assert is_main()
    network = nn.Linear(2, 2)
    assert distributed.wrap(network) is network
    rows = torch.arange(5)
    assert distributed.share(rows).tolist() == rows.tolist()
    assert distributed.total(device, 1, 2.5) == [1, 2.5]
    assert distributed.decided_by_main(True)
    assert distributed.gathered("mine") == ["mine"]


def test_the_shares_of_a_batch_make_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    shares = []
    for rank in range(3):
        monkeypatch.setenv("RANK", str(rank))
        shares += distributed.share(torch.arange(8)).tolist()
    assert sorted(shares) == list(range(8))
