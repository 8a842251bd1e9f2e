"""Show, hand out and delete what is kept of members."""
