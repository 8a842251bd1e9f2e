"""Text made fit to print: shortened, counted, and without what would steer a terminal."""

# Documents come from anywhere: what would steer a terminal (escape sequences, bidirectional
# overrides) is not shown.
STEERING = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
ESCAPES = {code: f"\\u{code:04x}" for code in (*STEERING, 0x2028, 0x2029, *range(0xD800, 0xE000))}


def many(count: int, what: str) -> str:
    """A count of things, in the plural where it is not one."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def shortened(text: str, longest: int | None) -> str:
    """Text of at most `longest` characters, cut between words."""
    if longest is None or len(text) <= longest:
        return text
    cut = text[:longest].rsplit(maxsplit=1)[0]
    return f"{cut} …"


def printable(text: str) -> str:
    """Text without what would steer a terminal."""
    return text.translate(STEERING)


def escaped(json: str) -> str:
    """JSON with what would steer a terminal, or can't be written at all, as JSON's own escapes."""
    return json.translate(ESCAPES)
