"""Random words said twice or more: nothing but looking back can tell the next one.

Words ending in ~ cannot be guessed, those ending in ^ can be copied (see corpus_lookup.py). One
that ends in = is a copy too, but nothing says that the list starts again there.
"""

import random

from lexicon_story import ANIMALS, COLOURS, NAMES, OBJECTS, PLACES

WORDS = sorted(set(ANIMALS + COLOURS + NAMES + OBJECTS + PLACES))

FRAMES = (
    ("", ".", "", "."),
    ("", ",", "", "."),
    ("", "", "", ""),
    ("Say:", ".", "Again:", "."),
    ("{A} said:", ".", "The parrot said:", "."),
    ("Words:", ".", "Words:", "."),
)


def words(rng, count):
    return [rng.choice(WORDS) for _ in range(count)]


def repeat(rng, length=(3, 24), times=(2, 2, 2, 3, 4)):
    chosen = words(rng, rng.randint(*length))
    first, first_end, then, then_end = rng.choice(FRAMES)
    first = first.format(A=rng.choice(NAMES))
    parts = [first] if first else []
    parts.append(" ".join(word + "~" for word in chosen) + first_end)
    for _ in range(rng.choice(times) - 1):
        if then:
            parts.append(then)
        begin = "^" if first_end or then else "="
        marks = [begin] + ["^"] * (len(chosen) - 1)
        parts.append(" ".join(word + mark for word, mark in zip(chosen, marks)) + then_end)
    return " ".join(parts)


if __name__ == "__main__":
    generator = random.Random(1)
    for _ in range(6):
        print(repeat(generator), end="\n\n")
