"""Facts and questions about them: who has it, where is it, what colour is it.

A word ending in ^ is an answer that can be known from the text before it, one ending in ~ cannot be
guessed, one ending in = can be guessed to be one of few; the trainer weights them accordingly.
"""

import random

from lexicon_story import COLOURS, NAMES, OBJECTS, PLACES

KINDS = ("who", "where", "colour", "place")

FACT = {
    "who": "{value}~ has the {key}~.",
    "where": "The {key}~ is in the {value}~.",
    "colour": "The {key}~ is {value}~.",
    "place": "{key}~ is in the {value}~.",
}

QUESTION = {
    "who": "Who has the {key}=? {value}^ has it.",
    "where": "Where is the {key}=? In the {value}^.",
    "colour": "What colour is the {key}=? It is {value}^.",
    "place": "Where is {key}=? In the {value}^.",
}


VALUES = {"who": NAMES, "where": PLACES, "colour": COLOURS, "place": PLACES}


def facts_of_one_kind(rng, kind, count):
    """[(kind, key, value)] with keys and values all different."""
    keys = rng.sample(NAMES if kind == "place" else OBJECTS, count)
    return [(kind, key, value) for key, value in zip(keys, rng.sample(VALUES[kind], count))]


def facts_of_all_kinds(rng, count):
    """`count` things with two or three of an owner, a place and a colour each."""
    things = rng.sample(OBJECTS, count)
    facts = []
    for kind in rng.sample(["who", "where", "colour"], rng.choice((2, 3))):
        rng.shuffle(things)
        facts += [(kind, thing, value)
                  for thing, value in zip(things, rng.sample(VALUES[kind], count))]
    if rng.random() < 0.3:
        rng.shuffle(facts)
    return facts


def ask(fact):
    kind, key, value = fact
    return QUESTION[kind].format(key=key, value=value)


def tell(fact):
    kind, key, value = fact
    return FACT[kind].format(key=key, value=value)


def lookup(rng, entities=(2, 3, 4), questions=(1, 10), mixed=0.4):
    count = rng.choice(entities)
    if rng.random() < mixed:
        facts = facts_of_all_kinds(rng, count)
    else:
        facts = facts_of_one_kind(rng, rng.choice(KINDS), count)
    parts = [tell(fact) for fact in facts]
    for _ in range(rng.randint(*questions)):
        parts.append(ask(rng.choice(facts)))
    return " ".join(parts)


if __name__ == "__main__":
    generator = random.Random(1)
    for _ in range(6):
        print(lookup(generator), end="\n\n")
