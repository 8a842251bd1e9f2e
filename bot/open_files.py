"""How many files this process may have open."""

import sys

# Each library takes three, and five more when its vectors are many. macOS grants no more than that.
MOST = 65_536 if sys.platform == "linux" else 10_240


def allow_many() -> None:
    """Takes as many as the system grants a process that asks."""
    try:
        import resource
    except ModuleNotFoundError:
        return  # Windows has no such limit
    given, grantable = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if grantable == resource.RLIM_INFINITY else min(grantable, MOST)
    if given < wanted and given != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, grantable))
