"""The documents of these tests, what is asked of them, and sentences that they support."""

from retrieval.types import Turn

LIGHTHOUSE = (
    "The lighthouse at Skerry Point was built in 1871. Its first keeper was Ada Lorne, and she "
    "kept the lamp for thirty years. Ada Lorne was born in the village of Tarn."
)
FERRY = (
    "The ferry to Holm leaves at nine in the morning. A ticket for the ferry costs four crowns. "
    "The ferry was run by Ivo Brand for ten summers."
)
BREAD = "Rye bread is baked for an hour at two hundred degrees. The dough rests overnight."

# Of this one the lighthouse is the first passage, the ferry the second and bread the third.
QUESTION = "Who was the first keeper of the lighthouse at Skerry Point?"
KEEPER = "The first keeper of the lighthouse was Ada Lorne [1]."
LAMP = "She kept the lamp for thirty years [1]."
BORN = "Ada Lorne was born in the village of Tarn [1]."
TICKET = "A ticket for the ferry costs four crowns [2]."

LEAVING = "When does the ferry to Holm leave?"
LEAVES = "The ferry to Holm leaves at nine in the morning [1]."

ELSEWHERE = "Who won the cup in Lima?"

TURNS = (Turn("Who was Ada Lorne?", "Ada Lorne was the first keeper of the lighthouse. [1]"),)
FOLLOW_UP, ALONE = "Where was she born?", "Where was Ada Lorne born?"
