"""The queue of proposed answers: shown, taken, edited, declined."""
