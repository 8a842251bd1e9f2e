"""Forgetting is at hand for every verb of the shell, at no cost to those that erase nothing."""

import subprocess
import sys


def test_naming_it_imports_no_discord() -> None:
    code = "import sys, bot.discord.knowledge.privacy.forget; print('discord' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
