"""Batches: documents of a mix, packed into rows of the full context, with a weight per token."""

import random
import re

import numpy as np
import torch

from corpus_lookup import lookup
from corpus_repeat import WORDS, repeat
from corpus_story import story


def marked_pieces(text):
    """[(piece with its leading space, mark)] of a text with ~ ^ = marks."""
    pieces = []
    for match in re.finditer(r"(\s*)(\w+|[^\s\w~^=]+)([~^=]?)", text):
        space, word, mark = match.groups()
        lead = " " if space or not pieces else ""
        pieces.append((lead + word, mark))
    return pieces


def lookup_links(marks, words, positions):
    """[(job, query position, key position)] of a document of facts and questions.

    bind: from the second thing of a fact to the first; gather: from where the answer is due to the
    thing asked about; ask: from there to the second thing of the fact that answers.
    """
    links, facts, open_thing = [], {}, None
    for mark, word, at in zip(marks, words, positions):
        if word in ".?":
            asked = open_thing if word == "?" else None
            open_thing = None
        elif mark in ("~", "="):
            if open_thing is not None:
                links.append(("bind", at, open_thing[1]))
                facts[frozenset((open_thing[0], word))] = at
            open_thing = (word, at)
        elif mark == "^" and asked:
            if at - 1 > asked[1]:
                links.append(("gather", at - 1, asked[1]))
            links.append(("ask", at - 1, facts[frozenset((asked[0], word))]))
    return links


def repeat_links(marks, positions):
    """induction: from a word said again to what followed it the first time."""
    first = [at for mark, at in zip(marks, positions) if mark == "~"]
    again = [at for mark, at in zip(marks, positions) if mark in ("^", "=")]
    return [("induction", at - 1, key) for at, key in list(zip(again, first))[1:]]


# Weight of a token by its mark (see corpus_lookup.py).
WEIGHTS = {
    "lookup": {"": 0.1, "~": 0.02, "=": 0.2, "^": 4.0},
    "repeat": {"": 0.5, "~": 0.02, "=": 0.02, "^": 1.0},
}
PRONOUNS = {"He", "She", "he", "she", "him", "her", "his"}
ENTITIES = set(WORDS)


def story_weights(words):
    """Little for a name or thing said first, much for one said again and for the right pronoun."""
    seen, weights = set(), []
    for word in words:
        if word in PRONOUNS:
            weights.append(6.0)
        elif word in ENTITIES:
            weights.append(3.0 if word in seen else 0.2)
            seen.add(word)
        else:
            weights.append(1.0)
    return weights


class Source:
    """Documents as (ids, weights). `mix` gives the share of tokens of each kind of document."""

    def __init__(self, tokenizer, mix, seed, options=None):
        self.tokenizer = tokenizer
        self.rng = random.Random(seed)
        self.options = options or {}
        self.mix = mix
        self.given = {kind: 0.0 for kind in mix}

    def pick(self):
        """The kind furthest behind its share is next: shares hold in tokens, not documents."""
        total, given = sum(self.mix.values()), sum(self.given.values())
        return max(self.mix, key=lambda kind: self.mix[kind] / total * (given + 200)
                   - self.given[kind] + self.rng.random() * 200)

    def document(self):
        """(ids, weights, links) of one document and its end token."""
        kind = self.pick()
        make = {"story": story, "lookup": lookup, "repeat": repeat}[kind]
        pieces = marked_pieces(make(self.rng, **self.options.get(kind, {})))
        marks = [mark for _, mark in pieces]
        words = [piece.strip() for piece, _ in pieces]
        shares = story_weights(words) if kind == "story" else [WEIGHTS[kind][m] for m in marks]
        ids, weights, positions = [], [], []
        for (piece, _), share in zip(pieces, shares):
            word_ids = self.tokenizer.encode_word(piece)
            positions.append(len(ids))
            ids += word_ids
            weights += [share] * len(word_ids)
        ids.append(self.tokenizer.end)
        weights.append(0.5)
        self.given[kind] += len(ids)
        links = []
        if kind == "lookup":
            links = lookup_links(marks, words, positions)
        elif kind == "repeat":
            links = repeat_links(marks, positions)
        return ids, weights, links

    def batch(self, rows, length):
        """tokens [rows, length], targets and weights of the token after each, and
        {job: [(row, query, key)]} for a teacher that shows a head where to look."""
        links = {}
        tokens = np.zeros((rows, length + 1), dtype=np.int64)
        weights = np.zeros((rows, length + 1), dtype=np.float32)
        for row in range(rows):
            fill = 0
            while fill < length + 1:
                ids, shares, found = self.document()
                for job, query, key in found:
                    if fill + query < length:
                        links.setdefault(job, []).append((row, fill + query, fill + key))
                take = min(len(ids), length + 1 - fill)
                tokens[row, fill:fill + take] = ids[:take]
                weights[row, fill:fill + take] = shares[:take]
                weights[row, fill] = min(weights[row, fill], 0.05)
                fill += take
        return (torch.from_numpy(tokens[:, :-1].copy()), torch.from_numpy(tokens[:, 1:].copy()),
                torch.from_numpy(weights[:, 1:].copy()), links)
