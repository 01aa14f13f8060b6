"""What a killed or misnamed run leaves behind."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from sources.kept import recalled, remember


class KeepingTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)

    def test_recalled_nothing_made_names_the_file_and_makes_none(self) -> None:
        path = self.work / "sources.pickle"
        with self.assertRaisesRegex(SystemExit, "sources.pickle"):
            recalled(path)
        self.assertEqual([], list(self.work.iterdir()))

    def test_remember_made_once_is_recalled(self) -> None:
        path = self.work / "sources.pickle"
        self.assertEqual([1], remember(path, lambda: [1]))
        self.assertEqual([1], remember(path, lambda: self.fail("made again")))
        self.assertEqual([1], recalled(path))


if __name__ == "__main__":
    unittest.main()
