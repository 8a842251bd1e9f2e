"""Make documents of what members solved: marked answers, pinned messages, announcements."""
