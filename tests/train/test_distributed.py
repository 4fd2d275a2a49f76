"""torchrun: two gloo processes give what one gives; without it nothing is shared."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from train import distributed

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("two_processes.py")


def run(processes: int, folder: Path) -> dict[str, float]:
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
    assert done.returncode == 0, done.stderr[-2_000:]
    result: dict[str, float] = json.loads((folder / f"{processes}.json").read_text())
    return result


@pytest.mark.training
def test_two_processes_give_the_accuracy_of_one(tmp_path: Path) -> None:
    one, two = run(1, tmp_path), run(2, tmp_path)
    assert (one["processes"], two["processes"]) == (1, 2)
    assert one["accuracy"] > 0.7
    assert two["accuracy"] == pytest.approx(one["accuracy"], abs=0.05)
    assert two["apart"] < 1e-4


def test_alone_nothing_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RANK", "WORLD_SIZE", "LOCAL_RANK"):
        monkeypatch.delenv(name, raising=False)
    device = torch.device("cpu")
    assert distributed.join(device) == device
    assert distributed.is_main()
    network = nn.Linear(2, 2)
    assert distributed.wrap(network) is network
    rows = torch.arange(5)
    assert distributed.share(rows).tolist() == rows.tolist()
    assert distributed.total(device, 1, 2.5) == [1, 2.5]
    assert distributed.decided_by_main(True)


def test_the_shares_of_a_batch_make_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "3")
    shares = []
    for rank in range(3):
        monkeypatch.setenv("RANK", str(rank))
        shares += distributed.share(torch.arange(8)).tolist()
    assert sorted(shares) == list(range(8))
