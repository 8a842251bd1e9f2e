"""What files hold, a kind a module. All of it runs in a process of its own: see `parsing`."""
