"""Questions and documents that are written otherwise than usual are answered as well as can be."""

import unicodedata

import pytest

from retrieval.library import Library
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source
from tests.support.homes import note, put

VIETNAMESE = (
    "Thư viện mở cửa lúc chín giờ sáng. Phí hội viên là năm mươi nghìn đồng mỗi tháng và trẻ em"
    " không phải trả."
)
PERSIAN = (
    "کتابخانه ساعت نه صبح باز می\u200cشود. حق عضویت ماهانه پنجاه هزار تومان است و"
    " یکشنبه\u200cها تعطیل است."
)
ARABIC = (
    "\u200fتُفْتَحُ المَكْتَبَةُ\u200f فِي السَّاعَةِ التَّاسِعَةِ صَبَاحًا\u200e. رســـــوم العضوية خمسون"
    " دينارا في الشهر."
)
WELSH = (
    "Mae'r llyfrgell yn agor am naw o'r gloch y bore. Mae aelodaeth yn costio pum punt y mis ac"
    " mae'r drws ar gau ar ddydd Sul."
)
SWAHILI = (
    "Maktaba inafunguliwa saa tatu asubuhi. Ada ya uanachama ni shilingi mia tano kwa mwezi na"
    " mlango umefungwa siku ya Jumapili."
)
UKRAINIAN = (
    "Бібліотека відчиняється о дев'ятій годині ранку. Членський внесок становить п'ятсот гривень"
    " на місяць, але діти не платять."
)
TURKISH = (
    "Kütüphane sabah saat dokuzda açılır. IŞIK salonu İzmir'de ve üyelik ayda beş yüz liradır."
)
GERMAN = (
    "Die Straßensperrung an der Großen Gasse gilt bis Mai, und der Fußballplatz ist geschlossen."
)
WIDE = "会費は２，０００円です。ﾌﾟｰﾙは９時に開きます。図書館は午前九時に開館します。"
HINDI = "पुस्तकालय सुबह नौ बजे खुलता है। सदस्यता शुल्क पांच सौ रुपये है।"
TRADITIONAL = "圖書館上午九點開門。會員費每月五十元。每人最多可以借五本書。"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (unicodedata.normalize("NFD", VIETNAMESE), "Thư viện mở cửa lúc mấy giờ?"),
        (VIETNAMESE, unicodedata.normalize("NFD", "Thư viện mở cửa lúc mấy giờ?")),
        (PERSIAN, "كتابخانه چه ساعتي باز ميشود؟"),  # with Arabic yeh and kaf, and no joiner
        (ARABIC, "متى تفتح المكتبة؟"),
        (ARABIC, "\u202bكم رســوم العضويّة؟\u202c"),
        (WELSH, "Pryd mae'r llyfrgell yn agor?"),  # no stemmer
        (SWAHILI, "Maktaba inafunguliwa saa ngapi?"),
        (UKRAINIAN, "Коли відчиняється бібліотека?"),
        (TURKISH, "ışık salonu nerede?"),
        (TURKISH, "IŞIK SALONU NEREDE?"),
        (TURKISH, "Isik salonu nerede?"),
        (GERMAN, "Bis wann gilt die Strassensperrung an der Grossen Gasse?"),
        (GERMAN, "IST DER FUSSBALLPLATZ GESCHLOSSEN?"),
        (WIDE, "プールは何時に開きますか"),
        (WIDE, "ﾌﾟｰﾙは何時に開きますか"),
        (WIDE, "会費はいくらですか"),
        (WIDE, "図書館 opening time いつ"),
        (TRADITIONAL, "圖書館幾點開門？"),
    ],
)
def test_what_is_written_otherwise_is_found(text: str, question: str, library: Library) -> None:
    put(library, [note("a.md", text)])
    answer = library.ask(question)
    assert answer.answered
    assert all(cited.quote in text for cited in answer.citations)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (HINDI, "pustakalay kab khulta hai"),  # romanised
        (HINDI, "library kitne baje khulti hai"),
        (TRADITIONAL, "图书馆几点开门？"),  # simplified, of which the letters are others
        (WIDE, "When does the 図書館 open?"),
    ],
)
def test_what_is_not_found_is_said_not_to_be_there(
    text: str, question: str, library: Library
) -> None:
    put(library, [note("a.md", text)])
    assert library.ask(question).text


def test_a_wrong_language_finds_less_and_fails_nowhere(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("ja", "tr", "ar", "en"):
        monkeypatch.setattr(library.intake.languages, "always", language)
        name = f"in-{language}"
        put(library, [note(f"{language}.md", f"{GERMAN} {language}", f"{language}.md")], name)
        assert library.existing(name).catalog.languages() == (language,)
        assert library.ask("Bis wann gilt die Straßensperrung?", libraries=[name]).text
        assert list(library.conflicts([name])) == []


@pytest.mark.parametrize(
    ("encoding", "text", "question"),
    [
        ("shift_jis", "図書館は午前九時に開館します。", "図書館は何時に開館しますか"),
        ("iso2022_jp", "図書館は午前九時に開館します。", "図書館は何時に開館しますか"),
        ("gb18030", "图书馆上午九点开门。每人最多可以借五本书。", "图书馆几点开门"),
        (
            "euc-kr",
            "도서관은 오전 9시에 엽니다. 책은 다섯 권까지 빌립니다.",
            "도서관은 몇 시에 엽니까",
        ),
        ("koi8-r", "Библиотека открывается в девять часов утра.", "Когда открывается библиотека?"),
        ("cp1256", "تفتح المكتبة أبوابها في الساعة التاسعة صباحا.", "متى تفتح المكتبة؟"),
        ("cp1253", "Η βιβλιοθήκη ανοίγει στις εννέα το πρωί.", "Πότε ανοίγει η βιβλιοθήκη;"),
        ("cp1254", "Kütüphane sabah saat dokuzda açılır.", "Kütüphane saat kaçta açılır?"),
        ("tis-620", "ห้องสมุดเปิดเวลาเก้าโมงเช้า", "ห้องสมุดเปิดกี่โมง"),
    ],
)
def test_a_document_in_an_older_encoding_is_asked_in_its_language(
    encoding: str, text: str, question: str, library: Library
) -> None:
    raw = RawDocument(text.encode(encoding), "a.txt", "a.txt", "a.txt", "")
    put(library, [Source("a.txt", lambda _: raw)])
    answer = library.ask(question)
    assert answer.answered
    assert all(cited.quote in text for cited in answer.citations)
