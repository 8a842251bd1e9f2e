"""The three things that are asked of the operating system's network, with no rules in them."""

import socket


class Network:
    """What the outside looks like from here. Tests put one of their own in its place."""

    def look_up(self, name: str, port: int) -> list[str]:
        """The IP addresses of a name, which may take as long as it likes. Raises OSError."""
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            raise socket.gaierror(socket.EAI_NONAME, name) from None
        return [str(address[0]) for *_, address in found]

    def is_own(self, address: str) -> bool:
        """Whether an IP address is this machine's own."""
        with socket.socket(_family(address), socket.SOCK_DGRAM) as probe:
            try:
                # Sends nothing: it only asks from which address a packet would go there.
                probe.connect((address, 9))
            except OSError:
                return False
            return bool(probe.getsockname()[0] == address)

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        """A connection to an IP address, made within some seconds. Raises OSError."""
        line = socket.socket(_family(address), socket.SOCK_STREAM)
        try:
            line.settimeout(seconds)
            line.connect((address, port))
        except OSError:
            line.close()
            raise
        return line


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET
