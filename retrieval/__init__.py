"""Documents in, cited answers out. Knows nothing of Discord, terminals or environment variables."""
