"""What words do around an answer, in the languages models reply in: data, and how to look it up.

One role a word; a word that is not here is ``OTHER``, content. Words of the same language family share
a row. Phrases are rewritten to single words first.
"""

import re
from enum import Enum


class Role(Enum):
    """The part a word plays in a statement about options."""

    ANSWER = "answer, solution"
    OPTION = "option, choice, letter"
    IS = "is, would be"
    CHOOSE = "choose, select"
    OPINE = "think, say"
    RIGHT = "correct, best"
    MATCH = "matches, fits"
    NOT = "not, never, except"
    WRONG = "wrong, ruled out"
    MAYBE = "might, either, or: its own clause commits to nothing"
    IF = "if, maybe, not sure: nor does what follows in the sentence"
    SO = "so, therefore"
    BECAUSE = "because, than, as"
    BUT = "but, instead"
    AND = "and"
    NOT_BUT = "is not …, but"
    YES = "yes, sure"
    NO = "no, as a reply of its own"
    FINAL = "final"
    FILL = "the, of, definitely"
    HARD_TURN = "wait, I was wrong"
    SOFT_TURN = "actually, on reflection"
    OTHER = "anything else"


_WORDS: dict[Role, str] = {
    Role.ANSWER: """
        answer answers answered answering solution verdict conclusion ans antwort lösung réponse reponse solución
        respuesta resposta solução risposta soluzione ответ ответом решение antwoord odpowiedź svar cevap yanıt
        jawaban jawabannya 答案 正解 正答 答え 回答 解答 答 정답 정답은 답은 답 답변 답변은
        الإجابة الاجابة إجابة الجواب جواب الجوابُ उत्तर जवाब""",
    Role.OPTION: """
        option options choice choices letter alternative pick selection statement description opción opcion opção opcao alternativa
        letra opzione scelta lettera choix lettre buchstabe wahl möglichkeit auswahl вариант вариантом буква optie
        opcja pilihan opsi seçenek şık 选项 選項 選択肢 项 項 番 선택지 보기 선택 번 الخيار خيار الحرف विकल्प""",
    Role.IS: """
        is are be was being been = equals remains becomes 's it's its that's this's answer's es está está sea sería
        est soit serait c'est ist sei wäre lautet wird é e' è sia sarebbe seria são было будет является это
        adalah ialah yaitu là dir dır هي هو هى है हैं होगा 是 为 為 即 は が も 가 이 은 는""",
    Role.CHOOSE: """
        choose chose choosing prefer preferred leaves leaving chosen pick picked select selecting selected go going opt opting vote settle settling
        stick sticking elijo elige escojo selecciono escolho seleciono scelgo seleziono choisis choisirais sélectionne
        wähle nehme выбираю выберу kies memilih seçiyorum 选 選 选择 選擇 選ぶ 選びます 選択 選択します 선택합니다
        선택하겠습니다 고르겠습니다 고릅니다 أختار اختار चुनता चुनूंगा चुनती""",
    Role.OPINE: """
        think say believe guess suppose reckon feel conclude concluded concludes deduce infer creo pienso diría
        acho acredito penso credo direi pense crois dirais denke glaube meine думаю считаю полагаю 认为 覺得 觉得 認為
        思います 思う 생각합니다 أعتقد اعتقد मानना सोचता लगता""",
    Role.RIGHT: """
        correct right true accurate correctly accurately better best valid appropriate proper closest matching suitable plausible ✓ correcta correcto
        correta correto certa certo corretta corretto giusta giusto bonne bon juste exacte richtig richtige richtigen
        korrekt korrekte zutreffend правильный правильно правильным верный верно верным juist juiste goede poprawna
        benar betul doğru đúng 正确 正確 对 對 最佳 正しい 맞습니다 맞다 맞아요 옳습니다 올바른
        الصحيحة الصحيح صحيح صحيحة सही""",
    Role.MATCH: """
        fits fit matches match corresponds correspond supports support confirms wins matched supported described
        indicates points align aligns consistent 符合 一致 匹配 일치합니다 entspricht corresponde correspond
        corrisponde соответствует""",
    Role.NOT: """
        not n't isn't aren't wasn't weren't doesn't don't didn't can't cannot couldn't won't wouldn't shouldn't hasn't
        haven't ain't never without except excluding excludes exclude neither nor hardly scarcely barely avoid doubt
        against none nobody nothing ni ne n'est pas n'a jamais nicht kein keine keiner nie não nao nunca non
        né не нет ни нельзя niet geen nie bukan tidak değil không
        不 不是 非 不选 不能 不会 并非 没有 沒有 ない ありません ではありません じゃない でない 않습니다 않다 아닙니다
        아니다 아니에요 لا ليس ليست ليسَ غير नहीं""",
    Role.WRONG: """
        wrong incorrect false inaccurate untrue invalid mistaken impossible unlikely implausible eliminated eliminate
        eliminating excluded excludes ruled rule reject rejected discard discarded dismiss dismissed inconsistent
        contradicts contradict contradicted contradicting misleading distractor irrelevant improbable fails
        misrepresents incorrectly wrongly mistakenly ✗ incorrecta incorrecto falsa falso errónea equivocada errada
        errado incorreta sbagliata sbagliato errata scorretta faux fausse mauvaise incorrecte falsch falsche unrichtig
        неверно неверный неправильный неправильно неправильная onjuist fout salah yanlış sai 错 错误 錯 錯誤 不对 不正确
        不對 不正確 不符合 不符 排除 間違い 誤り 違います 違う 틀렸습니다 틀립니다 틀리다 خطأ خاطئة خاطئ ग़लत गलत""",
    Role.MAYBE: """
        might could may either both or almost nearly partially partly between potentially thought seemed tempting
        tempted presumably alternatively o ou oder oppure peut könnte veya atau или либо 
        或者 或 要么 または もし 또는 혹은 거나 أو या""",
    Role.IF: """
        if unless whether unsure uncertain unclear depends depending assuming suppose supposing maybe perhaps possibly
        initially originally whichever wonder wondering quizás quizá acaso si talvez forse se wenn falls vielleicht
        может возможно если misschien mungkin belki 也许 可能 如果 假如 たぶん 多分 かもしれない かもしれません 아마 만약
        ربما قد إذا शायद अगर यदि""",
    Role.SO: """
        so therefore thus hence then consequently ergo accordingly => entonces luego así portanto então logo assim
        quindi dunque perciò allora donc ainsi alors daher deshalb folglich somit поэтому значит итак следовательно
        dus daarom jadi maka 所以 因此 故 那么 综上 よって したがって だから なので 따라서 그러므로 그래서 إذن لذلك لذا فإن
        इसलिए अतः""",
    Role.BECAUSE: """
        because since as than while whereas although though which due given considering like unlike versus when where
        porque pues pois perché poiché parce puisque weil da denn потому omdat want karena çünkü
        因为 因為 由于 なぜなら から ので 왜냐하면 때문에 لأن لان क्योंकि""",
    Role.BUT: """
        but however yet instead nevertheless nonetheless pero sino mas porém ma bensì invece mais aber sondern doch
        но а maar ale tetapi melainkan ama fakat 但 但是 而是 而 しかし 하지만 그러나 بل لكن ولكن लेकिन बल्कि परंतु""",
    Role.AND: "and & plus y e et und и en dan ve 和 与 與 以及 と 와 과 و और",
    Role.NOT_BUT: "ではなく じゃなくて でなく 아니라 아니고",
    Role.YES: "yes yep yeah sure certainly okay ok sí sim oui ja да evet ya 是的 好的 はい 네 예 نعم हाँ हां",
    Role.NO: "no nope nah nein nee いいえ 아니요 아니오",
    Role.FINAL: "final finally ultimately definitiva finale définitive endgültige окончательный 最终 最後 최종",
    Role.FILL: """
        the a an of to with for on i i'd i'll i'm i've we we'd my our me you your it this that these those one here there
        would will must should shall has have had do does am im definitely clearly obviously probably likely most very
        surely simply just indeed again only following above based hello hi thanks thank please directly
        number overall also still now more let us your, quite really absolutely
        undoubtedly evidently apparently exactly seems seem appears appear looks look by
        confident confidence pretty fairly 'd 'll el la los las lo le les l l' un una der die das den dem
        il gli os um uma ao al del della du des de di je yo eu io ich ik я мой моя opinion
        mi minha meine mon mein meiner nach ce cela daß dass que che что seja deve debe doit muss должно быть
        的 我 我的 应该 應該 该 就 了 個 个 那 这 题 本题 描述 です だ である だと と思 で を に の これ 私 입니다 이다 이에요
        예요 합니다 를 을 제 저는 것 것은 이것은 으로 로 أن انا أنا इस मैं मेरा मेरे हूँ हूं का की के को तो ही यह""",
}  # fmt: skip

ROLES: dict[str, Role] = {}
for _role, _words in _WORDS.items():
    for _word in _words.split():
        ROLES.setdefault(_word, _role)
ROLES |= {"hard-turn": Role.HARD_TURN, "soft-turn": Role.SOFT_TURN, "shall": Role.FILL}

# Longest first, so that 不是 is found before 不.
_EAST_ASIAN = re.compile(
    "|".join(
        sorted(
            (re.escape(word) for word in ROLES if re.match("[\u3040-\u30ff\u3400-\u9fff]", word)), key=len, reverse=True
        )
    )
)

# One word for a phrase; order matters. The replacement's own word has the role.
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"no doubt|without (?:a |any )?doubt|beyond (?:a |any )?doubt", "certainly"),
    (r"not only", "both"),
    (r"but also", "and"),
    (r"step \d+ ?:", ","),
    (
        r"(?:was|were) (?:going|about|tempted|inclined) to (?:say|pick|choose|answer|go with)|(?:wanted|meant) to say"
        r"|(?:would|might|could) have (?:said|picked|chosen)|(?:nearly|almost) (?:said|picked|chose)",
        "initially",
    ),
    (r"far from", "not"),
    (r"by (?:a |the )?(?:process of )?elimination", "so"),
    (r"by far", "clearly"),
    (
        r"(?:some|many|most|other)s? ?(?:people|users|of them)? ?(?:may|might|would|could)? ?(?:say|think|argue|answer)",
        "initially",
    ),
    (r"if (?:i|we) (?:had|have|must|were|was)(?: forced)? ?(?:to )?(?:guess|choose|pick|answer|select)|if forced", "guess"),
    (r"(?:can|could|may|might) be (?:seen|inferred|concluded|observed|deduced|said)", "seems"),
    (
        r"(?:not|n't|never) (?:at all |so |too |very |really |entirely |completely |fully |totally |100 ?% )?(?:sure|certain|clear)"
        r"|hard to (?:say|tell)|(?:don't|do not|cannot|can't|can not|unable to) (?:know|determine|tell|say|decide)",
        "unsure",
    ),
    (r"(?:anything|all|nothing|none|everything|any|no one) but|other than|apart from|aside from|with the exception of", "except"),
    (r"rather than|instead of|as opposed to|and not|over (?=option|choice)|unlike", "; not"),
    (r"as well as|along with|together with", "and"),
    (r"even though|even if", "although"),
    (
        r"or rather|wait|oops|scratch that|strike that|hold on|hang on|let me (?:re\w+|think again|correct|start over)"
        r"|(?:my|a) mistake|my bad|i (?:was|am) (?:wrong|mistaken)|i'm (?:wrong|mistaken)|i misread|i misspoke"
        r"|chang(?:e|ed|ing) my (?:answer|mind)|correction|i stand corrected|i take (?:that|it) back|i mean(?:t)?"
        r"|espera|perdón|attends|warte|aspetta|espere|подожди|стоп|等等|等一下|待って|잠깐",
        "; hard-turn ;",
    ),
    (
        r"(?:up)?on (?:second|further|closer|careful|more careful) \w+|(?:up)?on reflection|second thoughts?|actually"
        r"|looking (?:again|closer|more closely)|sorry|apologies|in fact",
        "; soft-turn ;",
    ),
    (r"at first(?: glance| sight)?|first (?:thought|glance|impression|guess|instinct)|(?:one|you) (?:might|may|could)", "initially"),
    (r"going (?:with|for)|go (?:with|for)|opt(?:ing)? for|settl(?:e|ing) (?:on|for)|lean(?:ing)? (?:toward|towards|to)", "choose"),
    (r"in (?:my|our) (?:opinion|view|judg(?:e)?ment)|in conclusion|to conclude|in summary|to sum up|in short", ","),
    (r"tal vez|peut-être que", "maybe"),
    (r"ya que|dado que|puesto que|já que|так как|parce que", "because"),
)  # fmt: skip
_REWRITES = [(re.compile(rf"(?<!\w)(?:{phrase})(?!\w)", re.IGNORECASE), word) for phrase, word in _PHRASES]

# After these, a lone A is a letter and not the article.
NOT_AFTER_ARTICLE = frozenset(
    "is isn't was wasn't are be because since and or but so then the this that these those there he she it they we i you "
    "his her its their my would should must can could may might will won't can't seems looks appears fits matches "
    "works shows says describes states wins in at for to from by if when while who which does doesn't has not "
    "over than as due given instead rather therefore thus hence please".split()
)
DETERMINERS = frozenset("the this that these those there it he she they we no yes because since".split())
DESCRIBES = frozenset("describes describe reflects represents captures answers explains".split())
NAMES_OF_OPTIONS = frozenset("option choice alternative".split())
ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}


def plainer(text: str) -> str:
    """A text with its phrases rewritten to single words."""
    for phrase, word in _REWRITES:
        text = phrase.sub(word, text)
    return text


def role_of(word: str) -> Role:
    """The role of one word in lower case, contractions and elisions included."""
    found = ROLES.get(word)
    if found is not None:
        return found
    if word.endswith("n't"):
        return Role.NOT
    head, mark, tail = word.partition("'")
    if mark and tail == "s":
        return Role.IS if ROLES.get(head, Role.OTHER) in (Role.ANSWER, Role.OPTION, Role.FILL) else Role.OTHER
    if mark and head in ("l", "d", "dell", "all", "qu", "j"):
        return ROLES.get(tail, Role.OTHER)
    return Role.OTHER


def east_asian_words(run: str) -> list[str]:
    """Cut a run of Chinese or Japanese into known words and single characters."""
    words: list[str] = []
    place = 0
    while place < len(run):
        known = _EAST_ASIAN.match(run, place)
        words.append(known[0] if known else run[place])
        place += len(words[-1])
    return words


def korean_words(run: str) -> list[str]:
    """Cut a Korean word into a known word and a known ending; whole where there is none."""
    if run in ROLES:
        return [run]
    for cut in range(len(run) - 1, 0, -1):
        if run[:cut] in ROLES and run[cut:] in ROLES:
            return [run[:cut], run[cut:]]
    return [run]
