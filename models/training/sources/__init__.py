"""Reads the texts and word lists that the model is made of."""
