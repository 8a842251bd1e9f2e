"""Small talk in other languages than English: a table, which those who speak them can amend.

Each phrase is a pattern for words in small letters and without signs, as `small_talk` folds them:
"ß" is "ss" there. What a phrase says besides, as in "hallo, wann öffnet ihr?", makes a question.
"""
# ruff: noqa: E501 -- a table

from types import MappingProxyType
from typing import NamedTuple


class Phrases(NamedTuple):
    """The small talk of a language: what it says, and words that only point at another message."""

    about: str
    greeting: str
    thanks: str
    chatter: str
    pointing: str


PHRASES = MappingProxyType(
    {
        "de": Phrases(
            r"wer (?:bist du|seid ihr|ist (?:das|der bot))|was (?:bist du|kannst du(?: alles)?"
            r"|machst du|macht (?:der|dieser) bot|ist (?:das für ein|dieser) bot)|bist du (?:ein )?"
            r"(?:bot|mensch|echt|eine ki)|wie (?:heisst du|funktionierst du|funktioniert (?:das|der "
            r"bot|dieser bot)|benutze ich (?:dich|den bot))|stell dich vor|(?:kannst|könntest) du "
            r"(?:mir|uns)(?: bitte)?(?: mal)? helfen|(?:kann|könnte) (?:mir|uns)(?: bitte)? (?:jemand"
            r"|wer) helfen|ich brauche(?: bitte)? hilfe|(?:bitte )?hilfe?(?: mir)?(?: bitte)?|ich "
            r"(?:habe?|hätte)(?: mal)? eine frage|(?:kann|darf) ich (?:dich )?(?:mal )?(?:was|etwas)"
            r" fragen|befehle",
            r"(?:hallo|hallöchen|servus|moin|grüss (?:dich|euch|gott)|gute[nr] (?:morgen|tag|abend)"
            r"|tach)(?: (?:zusammen|alle|allerseits|leute|ihr|bot|footnote|du|moin|auch))*"
            r"|wie geht(?:'s|s| es)(?: (?:dir|euch|ihnen))?|bist du (?:da|wach|online)",
            r"(?:vielen |besten |herzlichen |lieben |tausend )*dank(?:e|eschön)?(?: (?:dir|euch|schön"
            r"|sehr|vielmals|für (?:die|deine) (?:schnelle )?(?:hilfe|antwort|info)))*|(?:das )?hat"
            r"(?: mir)?(?: sehr)? geholfen|(?:das )?hilft(?: mir)?(?: sehr)?|(?:sehr |echt )?(?:super"
            r"|toll|klasse|perfekt|prima|genial|gut gemacht|guter bot)",
            r"ja|na klar|nein|nee?|jo|jep|doch|genau|stimmt|klar|alles klar|verstehe|verstanden|ach ?so|aha"
            r"|egal|schon gut|kein problem|gern(?:e)?(?: geschehen)?|bitte(?: ?schön)?|entschuldigung"
            r"|tschüss|bis (?:bald|später|dann|morgen)|gute nacht|vielleicht|(?:ich )?weiss (?:ich )?"
            r"(?:es )?nicht|keine ahnung|erledigt|gelöst|hat sich erledigt",
            r"(?:kannst|könntest) du (?:das|dies|die frage|ihm|ihr|hier|da)(?: bitte)? (?:beantworten"
            r"|erklären|helfen)|(?:kann|könnte)(?: das| hier| da)? jemand(?: das)?(?: bitte)? "
            r"(?:beantworten|erklären|helfen)|(?:weiss|kennt)(?: das)? (?:jemand|wer)(?: das| was)?"
            r"|(?:irgendwelche |irgendeine )?(?:ideen?|tipps?|vorschläge)|das(?: hier)?|diese frage"
            r"|die frage(?: oben)?|siehe oben|oben|jemand|antworte(?: bitte)?|beantworte das",
        ),
        "es": Phrases(
            r"(?:y )?(?:tú )?qui[eé]n eres(?: t[uú])?|qu[eé] (?:eres|haces|puedes hacer|sabes(?: "
            r"hacer)?|hace (?:este|el) bot)|eres (?:un |una )?(?:bot|humano|persona|ia|real)|c[oó]mo "
            r"(?:te llamas|funcionas|funciona(?: este bot)?|te uso|te pregunto)|pres[eé]ntate|(?:me |"
            r"nos )?(?:puedes|podr[ií]as|pueden) ayudar(?:me|nos)?(?: por favor)?|alguien (?:me )?"
            r"(?:puede )?ayuda(?:r|rme)?|necesito ayuda|ayuda(?:me)?(?: por favor)?|ay[uú]dame|tengo "
            r"una (?:pregunta|duda)|(?:te )?puedo (?:hacer(?:te)? una pregunta|preguntar(?:te)?(?: "
            r"algo)?)|comandos",
            r"(?:hola|holi|buenas|buen(?:os|as)? (?:d[ií]as?|tardes|noches)|saludos)(?: (?:a todos|"
            r"todos|gente|bot|footnote|chicos|amigos))*|(?:qu[eé] tal|c[oó]mo (?:est[aá]s|va)|qu[eé] "
            r"pasa)|est[aá]s (?:ah[ií]|despierto)",
            r"(?:muchas |mil |much[ií]simas )?gracias(?: (?:a ti|por (?:la|tu) (?:ayuda|respuesta|"
            r"informaci[oó]n)|por todo))*|(?:eso )?me (?:ayuda|ayud[oó]|sirve|sirvi[oó])"
            r"(?: mucho)?|(?:eso )?funcion[oó]|(?:muy |qu[eé] )?(?:genial|perfecto|excelente|estupendo|buen bot|bien hecho|"
            r"bien|bueno)",
            r"s[ií]|vale|claro|ya|exacto|entiendo|entendido|de acuerdo|ok(?:ey)?|por favor|de nada|"
            r"no pasa nada|perd[oó]n|lo siento|adi[oó]s|hasta (?:luego|ma[nñ]ana|pronto)|chao|jaja(?:ja)*"
            r"|tal vez|quiz[aá]s|no (?:lo )?s[eé]|ni idea|listo|resuelto|da igual|olv[ií]dalo",
            r"(?:puedes|podr[ií]as|puede(?: alguien)?|alguien (?:puede|sabe)) (?:responder|explicar|"
            r"ayudar(?: con)?)(?:lo)?(?: (?:esto|eso|a esto|la pregunta))?|alguien (?:lo )?sabe|alguna "
            r"(?:idea|sugerencia)|(?:esto|eso|esta pregunta|la pregunta|arriba|alguien|responde(?: "
            r"(?:esto|eso))?)",
        ),
        "fr": Phrases(
            r"(?:t'?es|tu es|vous [eê]tes|c'est) qui|qui (?:es[- ]tu|[eê]tes vous)|(?:tu|vous) (?:fais|"
            r"faites|sais faire|peux faire|sers [aà]) quoi|que (?:fais[- ]tu|peux[- ]tu faire|sais tu "
            r"faire|fait ce bot)|qu'est[- ]ce que tu (?:fais|peux faire|sais faire|es)|(?:tu es|t'?es|"
            r"es tu) (?:un |une )?(?:bot|robot|humain|vrai|ia)|comment (?:tu t'appelles|t'appelles tu|"
            r"[cç]a marche|tu marches|t'utiliser)|pr[eé]sente toi|(?:tu |vous )?(?:peux|pourrais|pouvez|"
            r"pourriez)(?: tu| vous)? (?:m|nous |m' ?)'?aider(?: s'?il te pla[iî]t| stp)?|quelqu'un peut"
            r" m'aider|j'ai besoin d'aide|(?:[aà] l'|de l')?aide(?: moi)?(?: stp)?|au secours|j'ai une "
            r"question|(?:je )?peux(?: je)? (?:te )?poser une question|commandes",
            r"(?:bonjour|bonsoir|salut|coucou|bjr|slt|yo)(?: (?:[aà] tous|tout le monde|tous|les gens|"
            r"bot|footnote|toi))*|(?:[cç]a va|comment (?:[cç]a va|vas tu|tu vas)|quoi de neuf)(?: bien)?"
            r"|tu es l[aà]",
            r"(?:un grand |grand )?merci(?: (?:beaucoup|bien|[aà] toi|infiniment|pour (?:ton|votre|l')"
            r" ?(?:aide|r[eé]ponse)|pour la r[eé]ponse|d'avance))*|[cç]a (?:m')?aide(?: beaucoup)?|[cç]a"
            r" (?:marche|a march[eé])|(?:c'est )?(?:super|g[eé]nial|parfait|excellent|top|bien jou[eé]|"
            r"nickel|bon bot|impeccable)",
            r"oui|non|ouais|d'accord|ok|exact|voil[aà]|je vois|compris|entendu|de rien|pas de (?:souci|"
            r"probl[eè]me)|pardon|d[eé]sol[eé]e?|au revoir|[aà] (?:plus|bient[oô]t|demain)|bonne nuit|"
            r"s'il te pla[iî]t|s'il vous pla[iî]t|stp|svp|peut [eê]tre|je (?:ne )?sais pas|aucune id[eé]e"
            r"|r[eé]solu|c'est bon|mdr|lol|ptdr|laisse tomber",
            r"(?:tu |quelqu'un )?(?:peux|peut|pourrais|sait)(?: tu)? (?:r[eé]pondre(?: [aà] (?:[cç]a|"
            r"cette question|la question))?|expliquer(?: [cç]a)?|y r[eé]pondre)|quelqu'un (?:sait|a une "
            r"id[eé]e)|(?:une |des )?id[eé]es?|[cç]a|ceci|cette question|la question(?: au dessus)?|ci "
            r"dessus|au dessus|quelqu'un|r[eé]ponds(?: [aà] [cç]a)?",
        ),
        "it": Phrases(
            r"(?:tu )?chi sei(?: tu)?|(?:che )?(?:cosa|cos') ?(?:sei|fai|puoi fare|sai fare|fa questo "
            r"bot)|sei (?:un |una )?(?:bot|umano|persona|ia|vero)|come (?:ti chiami|funzioni|funziona(?: "
            r"questo bot)?|ti uso)|presentati|(?:mi |ci )?(?:puoi|potresti|potete) aiutar(?:e|mi|ci)(?: "
            r"per favore)?|qualcuno (?:mi )?pu[oò] aiutar(?:e|mi)|ho bisogno di aiuto|aiuto|aiutami|ho "
            r"una domanda|posso (?:farti una domanda|chiedere(?: una cosa)?|chiederti(?: una cosa)?)|"
            r"comandi",
            r"(?:ciao|salve|buongiorno|buon giorno|buonasera|buona sera|ehi|hey)(?: (?:a tutti|tutti|"
            r"ragazzi|bot|footnote))*|come (?:stai|va)|tutto bene|ci sei",
            r"(?:grazie|tante grazie|molte grazie)(?: (?:mille|tante|infinite|a te|per (?:l'aiuto|la "
            r"risposta|il tuo aiuto)))*|(?:mi )?[eè] (?:stato )?(?:utile|d'aiuto)|ha funzionato|"
            r"funziona|(?:[eè] )?(?:perfetto|ottimo|fantastico|grande|bravo|bravissimo|bel lavoro|bene)",
            r"s[iì]|no|ok|va bene|certo|esatto|giusto|capito|ho capito|d'accordo|prego|di niente|"
            r"nessun problema|scusa|scusate|mi dispiace|arrivederci|a (?:dopo|presto|domani)|buonanotte|"
            r"per favore|forse|non (?:lo )?so|nessuna idea|fatto|risolto|lascia stare|ahah(?:ah)*",
            r"(?:puoi|potresti|qualcuno pu[oò]) (?:rispondere|spiegare|aiutare)(?: (?:a questo|questo|a "
            r"questa domanda))?|qualcuno (?:lo )?sa|(?:qualche )?ide[ae]|questo|questa(?: domanda)?|la "
            r"domanda(?: sopra)?|qui sopra|sopra|qualcuno|rispondi(?: a questo)?",
        ),
        "ja": Phrases(
            r"(?:あなたは|君は)?(?:誰|だれ)(?:ですか|なの)?|(?:あなたは)?何(?:が|を)?(?:できる|できます|する|"
            r"してくれる)(?:の|か|ん ?ですか|んですか|のですか)?|(?:このボット|これ)は?(?:何|なに)(?:ですか)?|"
            r"使い方(?:を?教えて(?:ください)?)?|自己紹介(?:して(?:ください)?)?|(?:助けて|たすけて)(?:ください)?|"
            r"ヘルプ|質問(?:が(?:あります|ある)|しても?(?:いい|よい)ですか|いいですか)|コマンド|名前は",
            r"(?:こんにちは|こんちは|こんばんは|おはよう(?:ございます)?|はじめまして|どうも|やあ|もしもし)"
            r"(?:ボット|footnote)?|お?元気(?:ですか)?|いますか",
            r"(?:本当に|どうも)?(?:ありがとう(?:ございます|ございました)?|あざす|感謝(?:します)?|サンキュー)"
            r"(?:助かりました)?|助かりました|助かる|(?:完璧|最高|素晴らしい|すばらしい|すごい|いいね)(?:です)?",
            r"はい|うん|ええ|いいえ|いや|了解(?:です|しました)?|わかりました|分かりました|わかった|分かった|"
            r"なるほど|そうですか|そうです|そうだね|オッケー|おk|大丈夫(?:です)?|すみません|ごめん(?:なさい)?|"
            r"さようなら|またね|おやすみ(?:なさい)?|お願いします|たぶん|わかりません|解決(?:しました|済み)?|"
            r"w+|ｗ+|笑|草|どういたしまして",
            r"(?:これ|それ|この質問|上の質問)(?:に?(?:答えて|回答して)(?:ください)?|わかりますか|分かりますか|"
            r"は|を?教えて(?:ください)?|お願いします)?|(?:誰か)(?:わかりますか|分かる|教えて(?:ください)?)?|"
            r"答えて(?:ください)?|回答して(?:ください)?|教えて(?:ください)?|上",
        ),
        "ko": Phrases(
            r"(?:너는?|넌|당신은?) ?(?:누구|뭐)(?:야|니|예요|세요|입니까)?|누구(?:야|세요|예요)|뭐 ?(?:할 수 "
            r"있어(?:요)?|하는 봇이야)|무엇을 할 수 있(?:나요|어요)|(?:사용법|명령어)(?: ?알려 ?(?:줘|주세요))?|"
            r"자기 ?소개(?:해 ?(?:줘|주세요))?|(?:좀 )?도와 ?(?:줘|주세요|줄 수 있(?:나요|어(?:요)?))|도움(?:이 "
            r"필요(?:해|해요|합니다))?|헬프|질문(?:이)? ?(?:있어(?:요)?|있습니다|해도 (?:돼|되나요|될까요))|이름이 "
            r"뭐(?:야|예요)",
            r"(?:안녕|안녕하세요|안녕하십니까|하이|헬로|반가워(?:요)?|반갑습니다|좋은 아침(?:이에요)?)(?: (?:여러분"
            r"|봇|footnote|다들))*|잘 지내(?:요|세요)?|거기 있(?:어|나요)",
            r"(?:정말 |너무 |진짜 )?(?:고마워(?:요)?|고맙습니다|감사(?:해요|합니다|드려요|드립니다)?|땡큐|ㄱㅅ)(?: "
            r"(?:정말|많이))*|도움(?:이)? (?:됐어(?:요)?|되었어요|됐습니다)|(?:완벽(?:해요|합니다)?|최고(?:예요)?|"
            r"훌륭해(?:요)?|좋아요?|대박)",
            r"네|예|응|어|아니(?:요|오)?|그래(?:요)?|맞아(?:요)?|알겠(?:어요|습니다|어)|알았어(?:요)?|오케이|괜찮아"
            r"(?:요)?|미안(?:해(?:요)?|합니다)?|죄송(?:해요|합니다)|잘 가(?:요)?|안녕히 (?:가세요|계세요)|잘 ?자(?:요)?"
            r"|부탁(?:해(?:요)?|드려요|드립니다|합니다)|아마(?:도)?|몰라(?:요)?|모르겠(?:어요|습니다)|해결(?:됐어요|했어요|"
            r"됨)?|ㅋ+|ㅎ+|ㅇㅋ|ㅇㅇ|천만에요",
            r"(?:이거|이것|그거|이 질문|위 질문)(?:에)?(?: ?(?:답(?:해|변해) ?(?:줘|주세요)|알아(?:요)?|아세요|설명해 ?"
            r"(?:줘|주세요)))?|(?:누구|누가) (?:알아(?:요)?|아시나요|아는 사람)|답(?:해|변해) ?(?:줘|주세요)|위",
        ),
        "pl": Phrases(
            r"kim (?:jeste[sś]|ty jeste[sś])|co (?:potrafisz|umiesz|robisz|mo[zż]esz(?: zrobi[cć])?|robi "
            r"ten bot)|(?:jeste[sś]|czy jeste[sś]) (?:botem|cz[lł]owiekiem|robotem)|jak (?:masz na imi[eę]|"
            r"si[eę] nazywasz|dzia[lł]asz|to dzia[lł]a|ci[eę] u[zż]ywa[cć])|przedstaw si[eę]|(?:czy )?"
            r"(?:mo[zż]esz|mo[zż]ecie|m[oó]g[lł]by[sś])(?: mi| nam)? pom[oó]c|(?:czy )?kto[sś] (?:mo[zż]e |"
            r"mi )*pom[oó][cż](?:e)?|potrzebuj[eę] pomocy|pomocy|pom[oó][zż](?:cie)?(?: mi)?(?: prosz[eę])?"
            r"|pomoc|mam pytanie|(?:czy )?mog[eę] (?:o co[sś] )?zapyta[cć]|komendy|polecenia",
            r"(?:cze[sś][cć]|hej(?:ka)?|siema|witam|witaj(?:cie)?|dzie[nń] dobry|dobry wiecz[oó]r|elo)(?: "
            r"(?:wszystkim|wszyscy|ludzie|bot|footnote|wam))*|co (?:tam|s[lł]ycha[cć])|jak (?:leci|si[eę] "
            r"masz)|jeste[sś] tam",
            r"(?:bardzo |wielkie |serdeczne )?(?:dzi[eę]ki|dzi[eę]kuj[eę]|dzi[eę]kujemy|dzi[eę]ks)(?: "
            r"(?:bardzo|wielkie|za (?:pomoc|odpowied[zź]|info)))*|(?:to )?pomog[lł]o|dzia[lł]a|(?:super|"
            r"[sś]wietnie|idealnie|doskonale|ekstra|dobra robota|dobry bot)",
            r"tak|nie|no|ok|dobra|dobrze|jasne|pewnie|dok[lł]adnie|racja|rozumiem|aha|nie ma za co|nie ma "
            r"sprawy|spoko|przepraszam|sorki|pa|do (?:widzenia|zobaczenia|jutra)|na razie|dobranoc|prosz[eę]"
            r"|mo[zż]e|nie wiem|nie mam poj[eę]cia|gotowe|rozwi[aą]zane|niewa[zż]ne|haha(?:ha)*",
            r"(?:mo[zż]esz|czy kto[sś] mo[zż]e|kto[sś] mo[zż]e) (?:na to )?(?:odpowiedzie[cć]|to wyja[sś]ni[cć]"
            r"|wyja[sś]ni[cć])(?: na to)?|kto[sś] (?:to )?wie|(?:jakie[sś] )?pomys[lł]y?|to|to pytanie|"
            r"(?:pytanie )?powy[zż]ej|wy[zż]ej|kto[sś]|odpowiedz(?: na to)?",
        ),
        "pt-BR": Phrases(
            r"quem (?:[eé] (?:voc[eê]|vc)|[eé]s(?: tu)?)|(?:o )?que? (?:voc[eê]|vc) (?:faz|[eé]|sabe(?: "
            r"fazer)?|pode fazer)|o que (?:esse|este|o) bot faz|(?:voc[eê]|vc) [eé] (?:um |uma )?(?:bot|"
            r"humano|pessoa|ia|real)|como (?:voc[eê] (?:se chama|funciona)|funciona|(?:te )?uso(?: voc[eê])?)"
            r"|se apresente|(?:voc[eê] |vc |algu[eé]m )?(?:pode|poderia)(?: me| nos)? ajudar(?: por favor)?|"
            r"preciso de ajuda|(?:me )?ajud[ae](?: por favor)?|socorro|tenho uma (?:pergunta|d[uú]vida)|"
            r"posso (?:te )?(?:fazer uma pergunta|perguntar(?: (?:algo|uma coisa))?)|comandos",
            r"(?:oi+|ol[aá]|opa|e a[ií]|bom dia|boa (?:tarde|noite)|sauda[cç][oõ]es)(?: (?:a todos|todos|"
            r"pessoal|gente|galera|bot|footnote))*|(?:tudo (?:bem|bom)|como vai(?: voc[eê])?|beleza)|"
            r"(?:voc[eê] )?t[aá] a[ií]",
            r"(?:muito )?(?:obrigad[oa]|valeu|vlw|grat[oa]|brigad[oa]o?)(?: (?:mesmo|demais|pela (?:ajuda|"
            r"resposta)|por tudo))*|(?:isso )?(?:ajudou|funcionou|deu certo|serviu)(?: muito)?|(?:muito )?"
            r"(?:perfeito|[oó]timo|excelente|maravilha|show|legal|massa|bom bot|bom trabalho)",
            r"sim|n[aã]o|claro|certo|exato|isso(?: mesmo)?|entendi|entendido|t[aá] bom|ok|de nada|sem "
            r"problemas?|desculpa|foi mal|tchau|at[eé] (?:logo|mais|amanh[aã])|por favor|talvez|n[aã]o sei|"
            r"sei l[aá]|pronto|resolvido|deixa pra l[aá]|kk+|rs+|haha(?:ha)*",
            r"(?:voc[eê] |vc |algu[eé]m )?(?:pode|consegue|sabe) (?:responder|explicar)(?: (?:isso|isto|a "
            r"isso|essa pergunta))?|algu[eé]m (?:sabe|me responde)|alguma (?:ideia|sugest[aã]o)|isto|essa "
            r"pergunta|a pergunta(?: acima)?|acima|algu[eé]m|responde(?: (?:isso|a isso))?",
        ),
        "ru": Phrases(
            r"(?:ты|вы) кто(?: (?:такой|такая|такие))?|кто (?:ты|вы)(?: (?:такой|такая|такие))?|(?:а )?что "
            r"(?:ты|вы) (?:умеешь|умеете|можешь|можете|делаешь|делаете)|что (?:делает|это за|умеет)(?: этот)?"
            r" бот|(?:ты|вы) (?:бот|человек|робот|живой|настоящий)|как (?:тебя|вас) (?:зовут|спросить|"
            r"использовать)|как (?:ты|это) работае(?:шь|т)|представься|(?:можешь|можете|сможешь|не могли бы "
            r"вы)(?: мне| нам)?(?: пожалуйста)? помочь|кто(?: |-)?нибудь может помочь|мне нужна помощь|нужна "
            r"помощь|помогите|помоги(?: мне)?|помощь|(?:у меня )?(?:есть )?вопрос|(?:у меня вопрос)|можно "
            r"(?:тебя |вас )?(?:спросить|вопрос)|команды",
            r"(?:привет(?:ик|ствую)?|здравствуй(?:те)?|хай|ку|салют|добр(?:ый|ое|ой) (?:день|утро|вечер|"
            r"ночи)|доброго времени суток)(?: (?:всем|все|народ|бот|footnote|ребята))*|как (?:дела|жизнь|ты)"
            r"|ты (?:тут|здесь)|всем привет",
            r"(?:большое |огромное )?(?:спасибо|спс|благодарю|пасиб|спасибки)(?: (?:большое|огромное|тебе|вам|"
            r"за (?:помощь|ответ|информацию)))*|(?:это )?помогло|(?:все )?(?:работает|сработало|получилось)|"
            r"(?:очень )?(?:круто|супер|отлично|идеально|класс|молодец|хороший бот|замечательно)",
            r"да|нет|ага|угу|ок|окей|ладно|хорошо|ясно|понятно|понял(?:а)?|точно|верно|конечно|не за что|"
            r"пожалуйста|без проблем|извини(?:те)?|прости(?:те)?|пока|до (?:свидания|завтра|встречи)|"
            r"спокойной ночи|может быть|не знаю|без понятия|готово|решено|неважно|(?:ха)+|лол",
            r"(?:можешь|можете|кто(?: |-)?нибудь может) (?:на это )?(?:ответить|объяснить)(?: (?:на это|это))?"
            r"|кто(?: |-)?(?:нибудь|то)?(?: это)? знает|(?:есть )?(?:идеи|мысли|варианты)|это|этот вопрос|"
            r"вопрос выше|выше|кто(?: |-)?нибудь|ответь(?:те)?(?: на это)?",
        ),
        "zh-CN": Phrases(
            r"你(?:是|叫)(?:谁|什么|什么名字)|(?:你|这个机器人)(?:能|会|可以)?(?:做|干)(?:什么|啥|些什么)|你是(?:机器人|"
            r"人|真人|ai)吗?|怎么(?:用|使用)(?:你|这个机器人)?|介绍一?下?(?:你)?自己|(?:请)?帮(?:帮|个忙|我|一下)?(?:我)?"
            r"(?:吗)?|(?:你)?(?:能|可以)帮(?:帮|助)?(?:我|一下|忙|我一下)?吗?|求助|帮助|救命|我有(?:个|一个)?问题|(?:我)?"
            r"可以问(?:你)?(?:个|一个)?问题吗?|命令",
            r"(?:你们?好|您好|大家好|嗨|哈喽|哈啰|早(?:上好|安)?|晚上好|下午好)(?:啊|呀)?|(?:你)?(?:好吗|还好吗)|在吗",
            r"(?:非常|太|十分|多)?(?:谢谢|感谢|谢啦|多谢)(?:你|您|大家|了|你的帮助|你的回答)?|(?:这)?(?:有用|有帮助|解决了)"
            r"|(?:太)?(?:好了|棒了|完美|厉害|不错|赞)(?:了|啊)?",
            r"是(?:的|啊)?|不(?:是|用|客气)?|好(?:的|吧|啊)?|对(?:的|啊)?|行|嗯+|哦+|明白(?:了)?|知道了|了解|没事|没关系|"
            r"对不起|抱歉|不好意思|再见|拜拜|晚安|请|也许|可能|不知道|已解决|哈+|呵+|没问题|算了",
            r"(?:这个|这|那个|上面)(?:的)?(?:问题)?|(?:有(?:人|谁)|谁)(?:知道|能回答)(?:吗|这个吗)?|(?:请)?(?:回答|解释)"
            r"(?:一下)?(?:这个|这个问题)?|有(?:什么)?(?:想法|建议)吗?|(?:你)?(?:知道|能回答)(?:这个)?吗",
        ),
    }
)
