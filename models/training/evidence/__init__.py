"""Vocabulary, document frequencies, related words and word vectors."""
