"""What is made once and read again by later steps."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


def remember(path: Path, make: Callable[[], Made]) -> Made:
    """What an earlier run made, or makes it now; what is unfinished is never read."""
    if not path.exists():
        made = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(pickle.dumps(made))
        unfinished.replace(path)
        return made
    return pickle.loads(path.read_bytes())
