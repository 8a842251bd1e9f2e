"""The bot in a web page on this machine, with no Discord account: `simcord` plays Discord."""
