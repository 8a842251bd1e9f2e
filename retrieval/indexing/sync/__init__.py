"""Keep a library true to what it was made of: folders, sites and archives looked at again."""
