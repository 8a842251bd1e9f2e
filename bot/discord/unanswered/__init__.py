"""Questions that the documents don't answer: listed, answered by people, and told of."""
