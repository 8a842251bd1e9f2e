"""The whole, with a real small model."""
