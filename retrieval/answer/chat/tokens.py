"""How many tokens a text has for a model whose tokenizer isn't at hand."""

import math
from dataclasses import dataclass


@dataclass(slots=True)
class TokenRate:
    """Characters to a token: as the model itself last counted, and before that a cautious guess.

    Models rarely bring their tokenizer along, but most report what they were charged with, so
    the first answer tells the rate. English has about four characters to a token, other languages
    fewer.
    """

    characters: float = 3.0

    def tokens(self, characters: int) -> int:
        """About how many tokens a text of so many characters has."""
        return math.ceil(characters / self.characters)

    def learn(self, characters: int, tokens: int) -> None:
        """Takes note that a prompt of so many characters had so many tokens."""
        if characters > 0 and tokens > 0:
            self.characters = characters / tokens
