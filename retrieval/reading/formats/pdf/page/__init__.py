"""Put the characters of a page together to lines and tables, in the order of reading."""
