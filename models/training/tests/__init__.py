"""Tests, run by python3 -m unittest from the folder above."""
