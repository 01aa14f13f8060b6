"""What is made once and read again by later steps."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

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
    return recalled(path)


def recalled(path: Path) -> Any:
    """What an earlier run made; ends the program where none did."""
    if not path.exists():
        sys.exit(f"There is no {path}: name the work folder of a recipe that has run.")
    return pickle.loads(path.read_bytes())
