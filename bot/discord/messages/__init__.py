"""Turn answers, passages and lists into Discord messages and buttons."""
