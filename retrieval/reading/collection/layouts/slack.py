"""A Slack export: the days of a channel are one document, with all that says who is who."""

import json
import re
from collections import defaultdict
from functools import partial

from retrieval.errors import LoadError
from retrieval.reading.collection.collection import Entry, Holding
from retrieval.reading.limits import LARGEST_FILE
from retrieval.reading.raw_document import RawDocument

USERS, CHANNELS = "users.json", "channels.json"
# Who and what there is: of members, channels that are private or between few, and what else.
LISTS = (USERS, CHANNELS, "groups.json", "mpims.json", "dms.json")
SETTINGS = (
    *LISTS,
    "integration_logs.json",
    "canvases.json",
    "lists.json",
    "huddle_transcripts.json",
)
DAY = re.compile(r"(\d{4})-\d\d-\d\d\.json")
NOTICE = re.compile(rb'"subtype":\s*"(?:channel|group)_')
YEAR = len("2024")


def arrange_slack(holding: Holding) -> None:
    """Put the days of each channel together; of a large one, those of each year."""
    for users in [entry for entry in holding.entries if entry.name == USERS]:
        root = f"{users.folder}/" if users.folder else ""
        days = defaultdict[str, list[Entry]](list)
        for entry in holding.entries:
            if entry.path.startswith(root) and entry.folder != users.folder and _is_day(entry):
                days[entry.folder].append(entry)
        if not days:
            continue
        lists = [holding.find(f"{root}{name}") for name in LISTS]
        told = [entry for entry in lists if entry is not None]
        taken = {entry.path for channel in days.values() for entry in channel}
        holding.entries = [entry for entry in holding.entries if entry.path not in taken]
        settings = {f"{root}{name}" for name in SETTINGS}
        holding.leave_out("list of the export", partial(_is_one_of, settings))
        for channel, entries in days.items():
            if any(_has_messages(holding.read(day, LARGEST_FILE)) for day in entries):
                in_order = sorted(entries, key=lambda day: day.path)
                holding.entries += _documents(channel, in_order, told)
            else:
                holding.left_out.add("channel without messages")


def _has_messages(day: bytes) -> bool:
    """Return whether people say something, and not Slack alone, which says who came and went."""
    return day.count(b'"ts"') > len(NOTICE.findall(day))


def _is_one_of(paths: set[str], entry: Entry) -> bool:
    return entry.path in paths


def _is_day(entry: Entry) -> bool:
    return DAY.fullmatch(entry.name) is not None


def _documents(channel: str, days: list[Entry], lists: list[Entry]) -> list[Entry]:
    size = sum(entry.size for entry in (*days, *lists))
    if size <= LARGEST_FILE:
        return [_joined(channel, channel, days, lists)]
    years = defaultdict[str, list[Entry]](list)
    for day in days:
        years[day.name[:YEAR]].append(day)
    return [_joined(f"{channel}/{year}", channel, some, lists) for year, some in years.items()]


def _joined(path: str, channel: str, days: list[Entry], lists: list[Entry]) -> Entry:
    size = sum(entry.size for entry in (*days, *lists))
    return Entry(path, size, partial(_load, path, channel, days, lists))


def _load(path: str, channel: str, days: list[Entry], lists: list[Entry]) -> RawDocument:
    """A channel as lines of JSON: its name, the lists, and each day as it is."""
    size = sum(entry.size for entry in (*days, *lists))
    if size > LARGEST_FILE:
        raise LoadError("{file} is larger than a file may be. Export fewer days.", file=path)
    name = channel.rpartition("/")[2]
    lines = [json.dumps({"slack": name}).encode(), *map(_line, lists), *map(_line, days)]
    return RawDocument(b"\n".join(lines), source=path, called=path, name=f"{name}.json")


def _line(entry: Entry) -> bytes:
    """A list or a day on one line: in JSON, line ends only stand between its parts."""
    data = entry.load().data.removeprefix(b"\xef\xbb\xbf")
    kind = "day" if _is_day(entry) else "list"
    return b'{"%s": %s}' % (kind.encode(), data.replace(b"\r", b" ").replace(b"\n", b" "))
