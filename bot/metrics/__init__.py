"""What an operator's monitoring asks: how it goes, and whether all is well."""
