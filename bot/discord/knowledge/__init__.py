"""What members solved becomes documents: marked answers, pinned messages, announcements."""
