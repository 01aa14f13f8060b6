"""Git clones of public repositories, read at fixed commits."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


def folder_of(clones: Path, repository: str) -> Path:
    """The clone of `OWNER/NAME`, which is `NAME` or `NAME.git` under `clones`; a missing one is named."""
    name = repository.split("/")[1]
    for folder in (name, f"{name}.git"):
        if (clones / folder).is_dir():
            return clones / folder
    raise SystemExit(f"{clones}: no clone of {name} (git clone https://github.com/{repository})")


def files_of(clone: Path, commit: str, endings: tuple[str, ...],
             under: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each different file with one of the endings, by path; files that the clone lacks are left
    out."""
    listed = subprocess.run(["git", "-C", str(clone), "ls-tree", "-r", "-z", commit, *under], check=True,
                            stdout=subprocess.PIPE).stdout
    entries = sorted(entry.decode().split("\t", 1)[::-1] for entry in listed.split(b"\0") if entry)
    paths = {meta.split()[2]: path for path, meta in reversed(entries) if path.lower().endswith(endings)}
    with subprocess.Popen(["git", "-C", str(clone), "cat-file", "--batch"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as git:
        for blob, path in reversed(paths.items()):
            git.stdin.write(blob.encode() + b"\n")
            git.stdin.flush()
            answer = git.stdout.readline().split()
            if answer[-1] != b"missing":
                yield path, git.stdout.read(int(answer[2]) + 1)[:-1]
