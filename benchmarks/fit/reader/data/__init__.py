"""The reader's examples: questions with windows that answer them, and with others."""
