"""Collections in a server: who may read which, and what a question may draw on."""
