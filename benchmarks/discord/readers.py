"""Ask many questions in servers with random roles, overwrites, threads and collections, and count
the words that came up where not everybody who could see the answer may read them.

    python -m benchmarks.discord.readers [--questions N] [--seed N] [--reader]

Who may read what is settled by asking discord.py what everybody sees that there could be in such a
server: each named member, and one who isn't, with every choice of roles.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.discord.records.records import open_records
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.services import Services
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.asked_at_random import ask_at_random, settle_town
from tests.support.homes import opened


def main() -> None:
    """Print the figures, and each leak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    told = "have the reader read what was found, which takes five times as long"
    parser.add_argument("--reader", action="store_true", help=told)
    chosen = parser.parse_args()
    with (
        TemporaryDirectory() as folder,
        opened(Path(folder) / "home", SentenceEmbedder()) as library,
        open_records(library.home.folder) as records,
    ):
        if not chosen.reader:
            library.reader = None
        libraries = ServerLibraries(library, records)
        town = settle_town(Services(libraries))
        outcome = ask_at_random(town, chosen.questions, chosen.seed)
        libraries.close()
    for leak in outcome.leaks:
        print(f"LEAK: {leak}")
    print(f"questions                                             {outcome.asked:,}")
    print(f"with words that not all who see them may read         {len(outcome.leaks):,}")
    print(f"about a collection by its words, where all may read   {outcome.allowed:,}")
    print(f"  of these shown its words                            {outcome.found:,}")


if __name__ == "__main__":
    main()
