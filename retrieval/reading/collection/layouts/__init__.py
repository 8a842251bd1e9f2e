"""Folders and archives that are known by what is in them, an export of Notion say, one a module."""
