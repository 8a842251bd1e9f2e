"""Manual pages, in the macros of man(7) and of mdoc(7), as `man` shows them."""
