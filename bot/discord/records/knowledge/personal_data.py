"""The kinds of what `activity.db` keeps of members: how each is found and how it is deleted.

A table that is made some day has to be named here, or among those that hold nothing of members: a
test compares both with the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what is kept of a member: `name` is what people call it, `query` selects server,
    time and words of each, newest first, `deletion` deletes all of it, or what tells whose it is.

    Both go by `:member`. A query may select no time, or no words: then that is ''.
    """

    name: str
    tables: tuple[str, ...]
    query: str
    deletion: tuple[str, ...]


NO_REPLY = "UPDATE hand_offs SET helper = NULL, name = NULL, reply = NULL, link = NULL"
THEIRS = "id IN (SELECT thread FROM kept_messages WHERE author = :member)"
KINDS = (
    Kind(
        "questions",
        ("asked", "askers", "shown_answers", "follow_ups"),
        "SELECT guild, at, question FROM asked JOIN askers ON asked.id = askers.asked "
        "WHERE member = :member ORDER BY at DESC",
        (
            "DELETE FROM asked WHERE id IN (SELECT asked FROM askers WHERE member = :member)",
            "DELETE FROM askers WHERE member = :member",
        ),
    ),
    Kind(
        "votes",
        ("votes",),
        "SELECT guild, at, CASE up WHEN 1 THEN '👍 ' ELSE '👎 ' END || question FROM votes "
        "JOIN asked ON asked.id = votes.asked WHERE member = :member ORDER BY at DESC",
        ("DELETE FROM votes WHERE member = :member",),
    ),
    Kind(
        "reasons",
        ("reasons",),
        "SELECT guild, at, reason FROM reasons JOIN asked ON asked.id = reasons.asked "
        "WHERE member = :member ORDER BY at DESC",
        ("DELETE FROM reasons WHERE member = :member",),
    ),
    Kind(
        "handed_over",
        ("hand_offs",),
        "SELECT guild, hand_offs.at, question FROM hand_offs "
        "JOIN asked ON asked.id = hand_offs.asked WHERE member = :member "
        "ORDER BY hand_offs.at DESC",
        ("DELETE FROM hand_offs WHERE member = :member",),
    ),
    Kind(
        "replies",
        ("hand_offs",),
        "SELECT guild, hand_offs.at, reply FROM hand_offs "
        "JOIN asked ON asked.id = hand_offs.asked WHERE helper = :member "
        "ORDER BY hand_offs.at DESC",
        (f"{NO_REPLY} WHERE helper = :member",),
    ),
    Kind(
        "tell_me",
        ("waiting",),
        "SELECT guild, at, question FROM waiting JOIN asked ON asked.id = waiting.asked "
        "WHERE member = :member ORDER BY at DESC",
        ("DELETE FROM waiting WHERE member = :member",),
    ),
    Kind(
        "gaps",
        ("settled",),
        "SELECT guild, settled.at, how || ': ' || question FROM settled "
        "JOIN asked ON asked.id = settled.asked WHERE member = :member ORDER BY settled.at DESC",
        ("UPDATE settled SET member = NULL WHERE member = :member",),
    ),
    Kind(
        "watched_posts",
        ("watched_posts",),
        "SELECT server, at, '' FROM watched_posts WHERE asker = :member ORDER BY at DESC",
        # It stays known that they were seen to: none is answered twice.
        (
            "UPDATE watched_posts SET state = 'let be', why = 'deleted' "
            "WHERE asker = :member AND state IN ('waiting', 'answering')",
            "UPDATE watched_posts SET asker = 0 WHERE asker = :member",
        ),
    ),
    Kind(
        "kept_messages",
        ("kept_threads", "kept_messages"),
        "SELECT server, '', '' FROM kept_messages JOIN kept_threads ON id = thread "
        "WHERE author = :member ORDER BY message DESC",
        # What others answered in a thread is read anew, without the member's words.
        (
            "UPDATE kept_threads SET document = '', digest = '' "
            f"WHERE kind = 'thread' AND {THEIRS}",
            f"DELETE FROM kept_threads WHERE kind != 'thread' AND {THEIRS}",
            "DELETE FROM kept_messages WHERE author = :member",
        ),
    ),
    Kind(
        "marks",
        ("marked_answers",),
        "SELECT server, at, '' FROM marked_answers WHERE member = :member ORDER BY at DESC",
        ("UPDATE marked_answers SET member = 0 WHERE member = :member",),
    ),
    Kind(
        "proposals",
        ("answer_queue",),
        "SELECT server, at, '' FROM answer_queue WHERE member = :member ORDER BY at DESC",
        ("UPDATE answer_queue SET member = 0 WHERE member = :member",),
    ),
    Kind(
        "followed",
        ("followed_channels",),
        "SELECT server, added_at, name FROM followed_channels WHERE added_by = :member "
        "ORDER BY added_at DESC",
        ("UPDATE followed_channels SET added_by = NULL WHERE added_by = :member",),
    ),
)
# The tables that hold nothing of any one member, and why.
IMPERSONAL: Mapping[str, str] = {
    "server_settings": "what a server chose",
    "digests": "when a server was sent its digest",
    "collection_bindings": "which channels and roles a server's collections are for",
    "opted_out": "digests that nobody's number can be read from",
    "opted_out_key": "the key of those",
}
# Tables and columns with words in which a member may be mentioned.
WORDS = (
    ("asked", "question"),
    ("reasons", "reason"),
    ("hand_offs", "reply"),
    ("settled", "title"),
)
# The documents, each with its server, whose words a member wrote. An answer that a helper gave and
# somebody else kept is the helper's.
WRITTEN = (
    "SELECT DISTINCT guild, document FROM settled JOIN asked ON asked.id = settled.asked "
    "LEFT JOIN hand_offs ON hand_offs.asked = settled.asked AND reply IS NOT NULL "
    "WHERE how = 'answered' AND document IS NOT NULL AND settled.member IS NOT NULL "
    "AND coalesce(helper, settled.member) = :member "
    "UNION SELECT server, document FROM kept_messages JOIN kept_threads ON id = thread "
    "WHERE author = :member AND document != ''"
)
