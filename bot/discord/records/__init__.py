"""What the bot remembers of questions, answers and servers, in one SQLite file of the home."""
