"""Everything that the program prints: terminal output, JSON, progress bars and logs."""
