"""The model itself, and how long texts become one vector."""
