"""`/settings`: its page, menus and form, and the settings in words."""
