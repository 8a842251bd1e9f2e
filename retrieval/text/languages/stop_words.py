"""The words of each language that say how something is asked or told, not what about."""

import re
from functools import cache
from importlib.resources import files

# Where no spaces part words, what asks is taken out of a question before it is cut into pairs:
# Chinese, Japanese, Korean and Thai question words, particles and endings, the longest first.
ASKING = {
    "zh": "什么时候|什麼時候|多少钱|多少錢|为什么|為什麼|怎么样|怎麼樣|能不能|可不可以|是不是|有没有|有沒有|什么|什麼"
    "|怎么|怎麼|怎样|怎樣|如何|哪里|哪裡|哪儿|哪个|哪個|哪些|几点|幾點|几个|幾個|多少|多久|请问|請問|可以|需要|应该"
    "|應該|我们|我們|哪|谁|誰|几|幾|吗|嗎|呢|吧|啊|的|了|是|在|我|你",
    "ja": "いつですか|どこですか|なんですか|何ですか|ですか|ますか|でしょうか|ください|できますか|ありますか|何時|何曜日|何人"
    "|何年|何月|何|誰|いつ|どこ|どう|どの|どれ|なぜ|だれ|なに|いくら|いくつ|について|という|から|まで|より|です"
    "|ます|では|には|とは|は|が|を|に|で|と|も|の|へ|や|か",
    "ko": "언제|어디서|어디|누구|누가|무엇을|무엇|무슨|어떻게|어떤|얼마나|얼마|왜|몇|입니까|합니까|습니까|있나요|인가요|하나요"
    "|되나요|나요|까요|세요",
    "th": "เมื่อไหร่|เมื่อไร|ที่ไหน|อย่างไร|ยังไง|ทำไม|เท่าไหร่|เท่าไร|อะไร|ใคร|ไหน|กี่|หรือไม่|หรือเปล่า|ครับ|ค่ะ|คะ|ไหม"
    "|สามารถ|ของ|ที่|และ|คือ|ได้|เป็น|ใน|มี|การ",
}


def stop_words(code: str) -> frozenset[str]:
    """The stop words of a language but English; none where nothing is known of it."""
    return _lists().get(code, frozenset())


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {code: frozenset(words) for code, *words in lines}


@cache
def asking(code: str) -> re.Pattern[str] | None:
    """A pattern for what only asks, in a language without spaces between words."""
    return re.compile(ASKING[code]) if code in ASKING else None
