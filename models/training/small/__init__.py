"""Makes splade-small-en out of MiniLM's encoder; README.md says how."""
