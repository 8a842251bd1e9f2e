"""Sources that are looked at again, folders and sites, and the places that each lists."""
