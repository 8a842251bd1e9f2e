"""The Discord client: what members and moderators see of Footnote there."""
