"""all-MiniLM-L6-v2, which the word vectors come from and whose scores are learned: its files, encoder and vectors."""
