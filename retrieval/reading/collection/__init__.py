"""Sources that hold many documents, folders and archives: what is in them, and its names."""
