"""A Python of its own, started in the repository's root: for what shows only from outside."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST = 120  # s that a child may take


def run_python(
    *words: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What came of `python WORDS`: exit status, stdout and stderr; this environment unless told."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )


def said_by(code: str, environment: Mapping[str, str] | None = None) -> str:
    """What this code prints; it must end well."""
    result = run_python("-c", code, environment=environment)
    assert result.returncode == 0, result.stderr
    return result.stdout
