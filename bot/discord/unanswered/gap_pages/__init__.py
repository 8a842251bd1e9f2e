"""The pages of `/gaps`: the list, one of the gaps, and the buttons under them."""
