"""The names and words that the played server has to begin with."""

# The playground's server has the same number each time, so that its documents are found again.
SERVER = 1
CHANNEL, NEWS, HELPERS, STAFF = "ask-footnote", "news", "helpers", "staff"
FORUM = "questions"
TRIED = "How many books may I borrow?"
TOPIC = "Click a question below, type /ask, or mention the bot."
HELPING = "What the handbook doesn't say comes here, once /settings names this channel."
WELCOME = (
    "Welcome to the Lindenhof Lending Library! **Footnote** knows our handbook. Click one of the "
    "questions below, or ask in your own words: `/ask`, a mention, a reply. Give it a file of "
    "yours with `/documents add`."
)
PRIVATE = (
    "Only the staff sees this channel, and only here does **Footnote** know the notes for the "
    "staff. Ask it here for the code of the back door; then ask the same in the other channel. "
    "`/collections` says who reads what."
)
NOTICE = (
    "The library stays closed on 24 December. Games that are due then may come back on the 27th."
)
# Questions about the handbook to click: sentences, steps, a row of a table, and no answer.
EXAMPLES = (
    TRIED,
    "How do I print from a telephone?",
    "What is the most I pay for a late game?",
    "Is there parking?",
)
# In direct messages, where the handbook of the server isn't known.
DIRECT_EXAMPLES = ("How do I get there?", "Where do I leave my bag?", "What does a tour cost?")
POSTS = (
    ("Printing from my telephone", "How do I print something from my telephone?"),
    ("Lost my card", "I lost my card. What does a new one cost?"),
)
# A post with an answer that a moderator ticked, to take documents from the forum.
SOLVED = (
    "Returning a board game with a piece missing",
    "One of the dice of a game that I borrowed is gone. What do I do?",
    "Tell the desk when you bring it back. A die costs fifty cents; we keep a box of spare ones.",
)
TAG = {"name": "solved", "moderated": False, "emoji_id": None, "emoji_name": None}
