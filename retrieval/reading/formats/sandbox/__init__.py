"""Run the format readers in processes with limits on memory and time."""
