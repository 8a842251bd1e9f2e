"""What servers call encodings, and what Python calls what they mean by it.

The names are those of the WHATWG's Encoding Standard, so that a page reads as it does in browsers:
what calls itself Latin-1 or ASCII is windows-1252. Other names are never looked up, as Python knows
codecs that turn bytes into something else, or need hours for it.
"""

LABELS = {
    **dict.fromkeys(("windows-1252", "iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("windows-1254", "iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("windows-874", "iso-8859-11", "tis-620"), "cp874"),
    **{f"windows-{page}": f"cp{page}" for page in (1250, 1251, 1253, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("gb18030", "gbk", "gb2312"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    "euc-jp": "euc-jp",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
}
# These pass for other text unless one is told; each with bytes that it is never without.
HIDDEN = {
    "iso-2022-jp": (b"\x1b", "iso2022_jp"),
    "utf-16": (b"\0", "utf-16-le"),
    "utf-16le": (b"\0", "utf-16-le"),
    "utf-16be": (b"\0", "utf-16-be"),
}
