"""The languages that the bot speaks, by Discord's names for them."""

# Messages in the code are English; a server may choose any of the others, each under its own name.
ENGLISH = "en"
NAMES = {
    ENGLISH: "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pl": "Polski",
    "pt-BR": "Português do Brasil",
    "ru": "Русский",
    "zh-CN": "中文",
}
# Those that have a catalog: a translation of each message.
TRANSLATED = tuple(code for code in NAMES if code != ENGLISH)
# The same by their codes in ISO 639-1, which texts are told by.
WRITTEN = {code.partition("-")[0]: code for code in NAMES}
# What Discord offers besides, and the language in which that is understood best.
UNDERSTOOD = {
    "en-US": ENGLISH,
    "en-GB": ENGLISH,
    "es-ES": "es",
    "es-419": "es",
    "zh-TW": "zh-CN",
}


def language_of(locale: object) -> str | None:
    """The language for one of Discord's locales; None where the bot speaks none that is like it."""
    named = str(locale)
    return named if named in NAMES else UNDERSTOOD.get(named)
