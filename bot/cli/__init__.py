"""The `footnote` command line: one verb a function, a few related verbs a module."""

import sys
from collections.abc import Mapping, Sequence

from bot.home_path import environment, find_home, find_verb, options_of
from bot.remote.client import STOPPED, run_by_owner
from bot.remote.owner_address import OwnedError

from .process import end_in_order, leave_unread, mend_streams, silence_libraries

# Verbs that own the home themselves, and options that this process answers by itself.
OWNING = frozenset({"run", "serve", "playground"})
ABOUT = frozenset({"--help", "-h", "--version"})


def main() -> None:
    """Run the command line: in the process that owns the home, where there is one, else here."""
    mend_streams()
    try:
        code = _run(sys.argv[1:], environment())
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("footnote: stopped.", file=sys.stderr)
        code = STOPPED
    except BrokenPipeError:
        leave_unread()
        code = 1
    except OSError as error:
        print(f"footnote: {error}.", file=sys.stderr)
        code = 1
    sys.exit(code)


def _run(arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a verb: by the home's owner if the verb is one that owners run, else here."""
    home, lent = find_home(arguments, variables), _run_by_owners(arguments)
    code = run_by_owner(arguments, home, variables) if lent else None
    while code is None:
        try:
            code = _run_here(arguments, variables)
        except OwnedError as error:
            # Another process took the home while this one was starting.
            if not lent:
                print(f"footnote: {error}", file=sys.stderr)
                return 1
            code = run_by_owner(arguments, error.home, variables)
    return code


def _run_by_owners(arguments: Sequence[str]) -> bool:
    verb = find_verb(arguments)
    return bool(verb) and verb not in OWNING and ABOUT.isdisjoint(options_of(arguments))


def _run_here(arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    # Only now what takes long to import: an owner has it already.
    from bot.output.terminal import own_terminal

    from .app import run

    silence_libraries()
    end_in_order()
    return run(arguments, own_terminal(variables))
