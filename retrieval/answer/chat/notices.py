"""What members are told where it isn't the chat model that answers."""

UNAVAILABLE = (
    "The chat model is unavailable at the moment; these are the documents' own words instead."
)
SPENT = (
    "The chat model's answers for today are used up; these are the documents' own words instead."
)
UNHELD = (
    "What the chat model wrote does not stand in the documents; these are their own words instead."
)
# What the model is told to write where the passages don't answer.
SENTINEL = "NOT IN THE DOCUMENTS"
# What stands behind a sentence that nothing in the documents supports, if it is shown at all.
UNSUPPORTED = "(not in the documents)"
