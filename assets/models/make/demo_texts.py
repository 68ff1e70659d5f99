"""The demo prompts and what to look at in each.

A look names a job and where it shows: "pairs" of (query, key), each a token's text and which of its
places in the prompt and continuation is meant (0 the first, -1 the last); or the job "previous",
over the whole prompt; or "induction" over words said twice, from the place `first` and again from
`again`; or "copy", from before each of `words` in the continuation to its first place of all.
"""

JOBS = {
    "previous": {
        "en": "looks back to the token just before",
        "ru": "смотрит на предыдущий токен",
        "zh": "回看紧邻的前一个词元",
        "ko": "바로 앞 토큰을 돌아본다",
    },
    "induction": {
        "en": "looks back to what followed the same word the first time",
        "ru": "смотрит на то, что шло за этим же словом в первый раз",
        "zh": "回看同一个词第一次出现时后面跟着的词",
        "ko": "같은 단어가 처음 나왔을 때 그 뒤에 온 것을 돌아본다",
    },
    "bind": {
        "en": "looks from the end of a fact back to what the fact is about",
        "ru": "смотрит от конца факта назад, на то, о чём он",
        "zh": "从事实的结尾回看它说的是谁或什么",
        "ko": "사실의 끝에서 그 사실의 주인공을 돌아본다",
    },
    "gather": {
        "en": "looks from the place of the answer back to the thing asked about",
        "ru": "смотрит от места ответа назад, на предмет вопроса",
        "zh": "从答案的位置回看被问到的东西",
        "ko": "답할 자리에서 질문한 대상을 돌아본다",
    },
    "ask": {
        "en": "looks from the place of the answer back to the fact that holds it",
        "ru": "смотрит от места ответа назад, на факт, где он сказан",
        "zh": "从答案的位置回看含有答案的事实",
        "ko": "답할 자리에서 답이 들어 있는 사실을 돌아본다",
    },
    "subject": {
        "en": "looks back to the word that decides how the sentence ends",
        "ru": "смотрит на слово, от которого зависит конец фразы",
        "zh": "回看决定句子结尾的那个词",
        "ko": "문장의 끝을 정하는 단어를 돌아본다",
    },
    "copy": {
        "en": "looks back to the word it is about to say",
        "ru": "смотрит на слово, которое сейчас повторит",
        "zh": "回看接下来要说的那个词",
        "ko": "곧 다시 말할 단어를 돌아본다",
    },
    "first": {
        "en": "looks back to the first token, a clue here and a place to rest elsewhere",
        "ru": "смотрит на первый токен: здесь это подсказка, а где-то просто место отдыха",
        "zh": "回看第一个词元：在这里是线索，在别处只是歇脚的地方",
        "ko": "첫 토큰을 돌아본다. 여기서는 단서이고, 다른 데서는 쉬는 자리일 뿐이다",
    },
}


def pocket(name, language, prompt, query, key):
    job = "subject" if name.endswith(("-cat", "-dog")) else "first"
    return {"id": name, "language": language, "prompt": prompt,
            "look": [{"job": job, "pairs": [((query, -1), (key, 0))]}]}


POCKET = [
    pocket("en-cat", "en", "A grey cat naps in", "a", "cat"),
    pocket("en-dog", "en", "A grey dog naps in", "a", "dog"),
    pocket("en-key", "en", "My key opens the", "the", "key"),
    pocket("en-cache", "en", "The cache keeps what", "need", "The"),
    pocket("en-word", "en", "Each new word looks", "at", "Each"),
    pocket("en-write", "en", "We write it once and", "it", "We"),
    pocket("en-snow", "en", "Snow falls and", "the", "Snow"),
    pocket("en-who", "en", "Who asks? The", "word", "Who"),
    pocket("ru-cat", "ru", "Серый кот спит в", "старой", "кот"),
    pocket("ru-dog", "ru", "Серый пёс спит в", "старой", "пёс"),
    pocket("ru-key", "ru", "Ключ открыл дверь", "старый", "Ключ"),
    pocket("ru-cache", "ru", "Кэш хранит то, что", "нужно", "Кэш"),
    pocket("ru-word", "ru", "Новое слово смотрит", "назад", "Новое"),
    pocket("ru-write", "ru", "Мы пишем один раз,", "читаем", "Мы"),
    pocket("ru-snow", "ru", "Снег идёт,", "и", "Снег"),
    pocket("ru-who", "ru", "Кто спросил? Новое", "слово", "Кто"),
    pocket("zh-cat", "zh", "灰猫睡在", "旧", "猫"),
    pocket("zh-dog", "zh", "灰狗睡在", "旧", "狗"),
    pocket("zh-key", "zh", "钥匙打开", "旧", "钥匙"),
    pocket("zh-cache", "zh", "缓存留下还要", "用", "缓存"),
    pocket("zh-word", "zh", "新词回头", "看", "新"),
    pocket("zh-write", "zh", "我们写一次，", "读", "我们"),
    pocket("zh-snow", "zh", "下雪了，", "也", "下雪"),
    pocket("zh-who", "zh", "谁在问？新", "在", "谁"),
    pocket("ko-cat", "ko", "회색 고양이가 낡은", "낡은", "고양이"),
    pocket("ko-dog", "ko", "회색 강아지가 낡은", "낡은", "강아지"),
    pocket("ko-key", "ko", "열쇠로 낡은", "낡은", "열쇠"),
    pocket("ko-cache", "ko", "캐시는 다시 쓸", "쓸", "캐시"),
    pocket("ko-word", "ko", "새 단어가 옛", "옛", "새"),
    pocket("ko-write", "ko", "한 번 쓰고", "여러", "한"),
    pocket("ko-snow", "ko", "눈이 오고", "오고", "눈"),
    pocket("ko-who", "ko", "누가 묻나? 새", "가", "누가"),
]


def question(name, prompt, thing, fact_end, fact_start, at):
    """A look-up: `at` is the token before the answer, `thing` what is asked about."""
    steps = 4 if at == "?" else 2
    return {"id": name, "language": "en", "prompt": prompt, "steps": steps, "look": [
        {"job": "ask", "pairs": [((at, -1), (fact_end, 0))]},
        {"job": "bind", "pairs": [((fact_end, 0), (fact_start, 0))]},
        {"job": "gather", "pairs": [((at, -1), (thing, -1))]}]}


STORY = [
    question("who-two", "Mia has the kite. Ben has the ball. Who has the kite?",
             "kite", "kite", "Mia", "?"),
    question("who-three", "Leo has the drum. Anna has the lamp. Tom has the key. Who has the lamp?",
             "lamp", "lamp", "Anna", "?"),
    question("where-three", "The ball is in the garden. The cup is in the kitchen. The boat is in "
             "the barn. Where is the cup? In the", "cup", "kitchen", "cup", "the"),
    question("colour-three", "The hat is red. The bell is blue. The kite is green. "
             "What colour is the bell? It is", "bell", "blue", "bell", "is"),
    {"id": "list-twice", "language": "en", "steps": 5,
     "prompt": "kite lamp Mia garden red fox drum, kite lamp Mia",
     "look": [{"job": "induction", "first": ("kite", 0), "again": ("kite", 1), "words": 7},
              {"job": "previous"}]},
    {"id": "parrot-list", "language": "en",
     "prompt": "Mia said: ball owl Tom barn blue key. The parrot said: ball",
     "look": [{"job": "induction", "first": ("ball", 0), "again": ("ball", 1), "words": 6}]},
    {"id": "parrot-story", "language": "en", "steps": 4,
     "prompt": "Otto had a parrot. The parrot said all that he said. Otto said: the lamp is green. "
               "The parrot said: the",
     "look": [{"job": "induction", "first": ("the", 0), "again": ("the", 1), "words": 4}]},
    {"id": "lost", "language": "en",
     "prompt": "Mia had a red kite. One day the kite was lost. Mia was sad. Tom came to help. "
               "They looked in the garden. Then Tom went into the barn.",
     "look": [{"job": "copy", "words": ["barn", "Tom", "red"]}]},
    {"id": "night", "language": "en",
     "prompt": "It was night, and Nora could not sleep. Nora heard a sound in the barn. It was "
               "only a small fox. The fox was cold.",
     "look": [{"job": "copy", "words": ["Nora"]}]},
    {"id": "swap", "language": "en", "steps": 4,
     "prompt": "Eva had a blue drum and Max had a green key. They met in the park. Eva gave the "
               "drum to Max, and Max gave the key to Eva. Now Eva has the key and Max has the "
               "drum. Who has the drum?",
     "look": [{"job": "ask", "pairs": [(("?", 0), ("drum", 2))]},
              {"job": "bind", "pairs": [(("drum", 2), ("Max", 3))]},
              {"job": "gather", "pairs": [(("?", 0), ("drum", 3))]}]},
]

# The head of each job, [layer, head] from 1, named in a prompt wherever it does the job there.
USUAL = {
    "pocket": {"subject": (2, 1)},
    "story": {"previous": (2, 2), "bind": (2, 1), "gather": (2, 3), "ask": (3, 1),
              "induction": (3, 3), "copy": (3, 3)},
}

PROMPTS = {"pocket": POCKET, "story": STORY}

# Prompts that can go on in two ways, for looking at the distribution and for sampling.
BRANCHES = {
    "pocket": [("en", "A grey"), ("ru", "Серый"), ("zh", "灰"), ("ko", "회색")],
    "story": [("en", "Mia had a red kite and Ben had a blue drum. Mia")],
}
