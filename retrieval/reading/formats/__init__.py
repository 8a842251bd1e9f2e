"""Read files, a format a module. All of it runs in processes of its own: see `sandbox`."""
