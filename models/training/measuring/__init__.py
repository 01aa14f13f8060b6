"""Development sets and what the model is worth on them."""
