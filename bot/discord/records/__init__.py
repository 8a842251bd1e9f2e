"""Records of questions, answers and servers, all in one SQLite file of the home."""
