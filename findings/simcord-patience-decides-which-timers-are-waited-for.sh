#!/usr/bin/env bash
# simcord 3.2.1: `settle_timeout` reads as the longest time that settle() waits for a bot to come to rest,
# and is also what decides whether a bot is at rest: a task that sleeps for less than it is waited for by
# the real clock, one that sleeps for longer counts as idle at once. More patience, given to a slow test
# machine, so makes each settle() of a bot with a timer slower, up to that patience, and less of it leaves
# out what a short timer was still to do.
# Seen with a bot that sleeps three seconds after a message: settle_timeout 2: settled after 0.0 s, before
# the timer was done; 5: after 3.0 s; with a sleep of 600 s and 5: after 0.0 s.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet simcord==3.2.1 discord.py==2.7.1
cat > "$folder/try.py" <<'PYTHON'
import asyncio
import time

import discord
import simcord


class Reminder(discord.Client):
    def __init__(self, seconds):
        super().__init__(intents=discord.Intents.default())
        self.seconds, self.reminded = seconds, False

    async def on_message(self, message):
        if not message.author.bot:
            asyncio.get_running_loop().create_task(self.remind())
            await message.channel.send("I shall remind you.")

    async def remind(self):
        await asyncio.sleep(self.seconds)
        self.reminded = True


async def settled(seconds, patience):
    bot = Reminder(seconds)
    async with simcord.run(bot, settle_timeout=patience) as env:
        guild = env.create_guild("Guild")
        channel = guild.create_text_channel("general")
        member = guild.add_member(env.create_user("ann"))
        await env.settle()
        began = time.perf_counter()
        await member.send(channel, "Remind me.")
        await env.settle()
        took = time.perf_counter() - began
        print(f"sleep {seconds} s, settle_timeout {patience} s: settled after {took:.1f} s, "
              f"{'reminded' if bot.reminded else 'not reminded'}")
        return took, bot.reminded


found = [asyncio.run(settled(*each)) for each in ((3, 2), (3, 5), (600, 5))]
quick, waited, idle = found
ok = quick[0] < 1.5 and not quick[1] and waited[0] > 2.5 and waited[1] and idle[0] < 1.5
raise SystemExit(not ok)
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
