"""Very short stories from a grammar of our own.

A template is text with [one|of|these] choices and {slots}. Every plot keeps its small world
consistent: who holds what, where it is, and which pronoun belongs to whom.
"""

import random
import re

from lexicon_story import ANIMALS, COLOURS, FOOD, OBJECTS, PLACES, people

CHOICE = re.compile(r"\[([^\[\]]*)\]")
ARTICLE = re.compile(r"\b([Aa]) (?=[aeiou])")
PEOPLE = people()
FORMS = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}
THINGS = [thing for thing in OBJECTS if thing not in FOOD]
WISH = ["go outside", "play", "see the sea", "sleep", "climb a tree", "learn to swim", "sing"]


def expand(rng, template, slots):
    while True:
        match = CHOICE.search(template)
        if not match:
            break
        pick = rng.choice(match.group(1).split("|"))
        template = template[:match.start()] + pick + template[match.end():]
    return template.format(**slots)


def world(rng):
    """Slots of one story: A and B are people, o and q objects, p and r places, and so on."""
    (a, a_is), (b, b_is), (d, d_is) = rng.sample(PEOPLE, 3)
    o, q = rng.sample(THINGS, 2)
    p, r, s = rng.sample(PLACES, 3)
    c, e = rng.sample(COLOURS, 2)
    n, m = rng.sample(ANIMALS, 2)
    slots = dict(A=a, B=b, D=d, o=o, q=q, p=p, r=r, s=s, c=c, e=e, n=n, m=m,
                 f=rng.choice(FOOD), w=rng.choice(WISH))
    for letter, pronoun in (("a", a_is), ("b", b_is), ("d", d_is)):
        subject, thing, owner = FORMS[pronoun]
        slots["He" + letter] = subject.capitalize()
        slots["he" + letter] = subject
        slots["him" + letter] = thing
        slots["his" + letter] = owner
    return slots


OPEN = "[One day|One morning|Today|One evening|One cold day|One warm day]"

LOST = [
    "{A} had a {c} {o}. [{Hea} loved the {o}.|The {o} was [new|small|old].|]",
    OPEN + " the {o} was [gone|lost]. {A} [was sad|began to cry|did not know what to do].",
    "[{Hea} looked in the {p}, but the {o} was not there.|]",
    "{B} [came to help|saw {A} and stopped|heard {A}]. [What is wrong, said {B}. My {o} is lost, "
    "said {A}.|Do not cry, said {B}.|]",
    "[They|{A} and {B}] looked in the {r} [and under the {q}|for a long time|]. "
    "[The {o} was not there.|They saw a {n}, but no {o}.|]",
    "Then {B} [looked in|went into] the {s}. The {o} was in the {s}.",
    "{A} was [so|very] happy. [Thank you, said {A}.|{Hea} thanked {B}.|{A} hugged {B}.]",
    "[From that day on {hea} kept the {o} in the {p}.|{A} and {B} went home with the {c} {o}.|"
    "They played in the {s} all day.]",
    "[What colour is the {o}? It is {c}.|||]",
]

SHARE = [
    "{A} and {B} [were friends|lived in a small village|met in the {p}].",
    OPEN + " {A} had a {f}, but {B} had [nothing|no food]. {B} was [very|so] hungry.",
    "[{A} saw that {B} was hungry.|Can I have some, said {B}.|{A} looked at {B}.]",
    "{A} [cut the {f}|broke the {f}] in two and gave one [part|half] to {B}.",
    "[Thank you, said {B}. You are a good friend.|{B} ate the {f} and was happy.]",
    "[The next day {B} had a {c} {o}. {B} gave the {o} to {A}.|"
    "Then they sat in the {r} and ate the {f}.|]",
    "[It is good to share.|Now they were both happy.|They were friends for ever.]",
]

ANIMAL = [
    "A [small|little|big] {c} {n} lived in the {p}. [It was [kind|shy|brave].|]",
    OPEN + " the {n} met a {m}. The {m} was [sad|cold|tired|lost].",
    "[Why are you sad, said the {n}. I lost my {o}, said the {m}.|"
    "I am cold, said the {m}. Come with me, said the {n}.|"
    "I want to {w}, said the {m}, but I am alone.]",
    "[The {n} took the {m} to the {r}.|They went to the {r}.]",
    "[In the {r} they found a {o}.|{A} was in the {r} with a {o}. {A} helped the {m}.]",
    "The {m} was happy. [The {n} was happy too.|The {n} and the {m} danced.|]",
    "[After that they were friends.|They played until the sun went down.|"
    "At night they slept in the {r}.]",
]

GIFT = [
    "It was the birthday of {A}. [{Hea} was very happy.|The sun was warm.|]",
    "{B} came with a {c} {o}. [This {o} is for you, said {B}.|Here is a {o}, said {B}.]",
    "{D} came with a {e} {q}. [{A} liked the {q}.|This {q} is for you, said {D}.]",
    "[{A} put the {o} in the {p}.|{A} held the {o} and laughed.] "
    "[{A} put the {q} in the {r}.|]",
    "Then they [ate a {f}|played in the {s}|sang a song|danced in the {s}].",
    "{A} [thanked {B} and {D}|hugged {B} and {D}]. [It was a good day.|What a good day, said {A}.]",
    "[What colour is the {o}? It is {c}.|What colour is the {q}? It is {e}.||||]",
]

SWAP = [
    "{A} had a {c} {o} and {B} had a {e} {q}.",
    "{A} [wanted|liked] the {q}, and {B} [wanted|liked] the {o}. [Let us swap, said {A}.|"
    "They met in the {p}.|Do you want my {o}, said {A}. Yes, said {B}.]",
    "{A} gave the {o} to {B}, and {B} gave the {q} to {A}.",
    "[Now {A} has the {q} and {B} has the {o}.|Now {A} had the {q} and {B} had the {o}.]",
    "[Who has the {o}? {B} has it.|Who has the {q}? {A} has it.|||]",
    "[They were both happy.|Both went home with a smile.|They ran to the {r} to play.]",
]

RAIN = [
    OPEN + " {A} wanted to {w}. [But it began to rain.|But it was cold and wet.]",
    "{A} went into the {p}. [{B} was there with a {o}.|In the {p} {hea} saw {B}.]",
    "[Let us wait here, said {B}.|We can play here, said {B}.|Sit down, said {B}.]",
    "They [played with the {o}|told a story about a {n}|sang and ate a {f}] "
    "until the rain stopped.",
    "Then the sun came out and the sky was [blue|bright|blue and bright].",
    "[{A} and {B} ran out to the {r}.|Now we can go, said {A}.]",
    "[It was the best day.|They laughed all the way home.|{A} was glad.]",
]

MEND = [
    "The {o} of {A} was broken. [{Hea} was sad.|It was a {c} {o}, and {hea} loved it.]",
    "{A} took the {o} to {B} in the {p}. [Can you help me, said {A}.|Can you mend it, said {A}.]",
    "[Yes, I can, said {B}.|{B} looked at the {o} for a long time.|I will try, said {B}.]",
    "{B} worked [all day|all night|until the evening] with a {q}.",
    "[The next day|In the morning|Then] the {o} was as good as new.",
    "[Thank you, said {A}, and gave {B} a {f}.|{A} was so happy that {hea} danced.]",
    "[{B} smiled.|It is good to help, said {B}.]",
]

NIGHT = [
    "It was night, and {A} could not sleep. [The {p} was dark.|The wind was loud.]",
    "{A} heard a sound in the {p}. [What was it|Who is there], said {A}.",
    "[{Hea} took a lamp and went to look.|{Hea} was afraid, but {hea} went to look.]",
    "It was only a [small|little] {n}. The {n} was [cold|hungry|lost].",
    "[{A} gave the {n} a {f}.|{A} put a {c} blanket on the {n}.|{A} took the {n} to {hisa} bed.]",
    "[Then they both slept.|Good night, said {A}. Then {hea} slept.]",
    "[In the morning the {n} was gone, but there was a {o} by the bed.|"
    "In the morning {B} came and was happy to see the {n}.|]",
]

SEARCH = [
    "{A} was in the {p}. {B} was in the {r}. [They wanted to play.|It was a warm day.|]",
    "{A} had the {c} {o}. {B} had the {e} {q}.",
    "[Who has the {o}? {A} has it.|Who has the {q}? {B} has it.|Where is {A}? In the {p}.||||]",
    "[{B} went to the {p}.|Then {B} ran to the {p}.] [Hello, said {B}.|Hello {A}, said {B}.|]",
    "{A} [showed|gave] the {o} to {B}. [What a [good|nice] {o}, said {B}.|{B} liked the {c} {o}.]",
    "[A {n} came to see the {o} too.|Then a {n} took the {q} and ran to the {s}. "
    "They found the {q} in the {s}.|]",
    "[At the end of the day they went home.|They played until the evening.] "
    "[{A} was tired but happy.|]",
]

PARROT = [
    "{A} had a parrot. The parrot said all that {hea} said.",
    "{A} said: the {o} is {c}. The parrot said: the {o} is {c}.",
    "{A} said: the {n} is in the {p}. The parrot said: the {n} is in the {p}.",
    "[{B} came into the {r}. {B} said: I have a {q}. The parrot said: I have a {q}.|"
    "{A} said: {B} has the {q}. The parrot said: {B} has the {q}.]",
    "[{A} laughed.|They laughed.|Good parrot, said {A}.] [The parrot laughed too.|]",
]

PLOTS = [LOST, SHARE, ANIMAL, GIFT, SWAP, RAIN, MEND, NIGHT, SEARCH, PARROT]


def story(rng):
    slots = world(rng)
    text = " ".join(expand(rng, part, slots) for part in rng.choice(PLOTS))
    text = " ".join(text.split()).replace(" .", ".")
    return ARTICLE.sub(r"\1n ", text)


if __name__ == "__main__":
    generator = random.Random(1)
    for _ in range(12):
        print(story(generator), end="\n\n")
