"""One process has a home, and runs the shell's verbs for all others."""
