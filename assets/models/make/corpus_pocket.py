"""The pocket model's sentences. | stands between tokens; the text is the line without them.

Two sentences of each language begin alike and end differently, so that the last words can only be
known by looking back at the second one.
"""

SENTENCES = {
    "en": [
        "A| grey| cat| naps| in| a| box|.",
        "A| grey| dog| naps| in| a| boat|.",
        "My| key| opens| the| door| of| the| house|.",
        "The| cache| keeps| what| we| need| again|.",
        "Each| new| word| looks| back| at| all|.",
        "We| write| it| once| and| read| it| often|.",
        "Snow| falls| and| the| lake| naps|.",
        "Who| asks|?| The| new| word| asks|.",
    ],
    "ru": [
        "Серый| кот| спит| в| старой| коробке|.",
        "Серый| пёс| спит| в| старой| лодке|.",
        "Ключ| открыл| дверь| в| старый| дом|.",
        "Кэш| хранит| то|,| что| нужно| снова|.",
        "Новое| слово| смотрит| назад|,| на| старые|.",
        "Мы| пишем| один| раз|,| а| читаем| много|.",
        "Снег| идёт|,| и| озеро| спит|.",
        "Кто| спросил|?| Новое| слово|.",
    ],
    "zh": [
        "灰|猫|睡|在|旧|纸箱|里|。",
        "灰|狗|睡|在|旧|木船|里|。",
        "钥匙|打开|旧|屋|的|门|。",
        "缓存|留下|还要|用|的|东西|。",
        "新|词|回头|看|旧|词|。",
        "我们|写|一次|，|读|很多|次|。",
        "下雪|了|，|湖|也|睡|了|。",
        "谁|在|问|？|新|词|在|问|。",
    ],
    "ko": [
        "회색| 고양이|가| 낡은| 상자|에서| 잔다|.",
        "회색| 강아지|가| 낡은| 배|에서| 잔다|.",
        "열쇠|로| 낡은| 집|의| 문|을| 연다|.",
        "캐시|는| 다시| 쓸| 것|을| 남긴다|.",
        "새| 단어|가| 옛| 단어|를| 돌아본다|.",
        "한| 번| 쓰고| 여러| 번| 읽는다|.",
        "눈|이| 오고| 호수|도| 잔다|.",
        "누가| 묻나|?| 새| 단어|가| 묻는다|.",
    ],
}
