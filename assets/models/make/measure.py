"""What the gate asks of a model, on samples that training never saw.

`forward(tokens)` is any function from an int array [rows, length] to (logits [rows, length, vocab],
probabilities [layers][rows, heads, query, key]); the trainer and the gate pass different ones.
"""

import random

import numpy as np

from corpus_lookup import ask, facts_of_all_kinds, facts_of_one_kind, tell
from corpus_repeat import repeat, words
from corpus_story import story
from data import lookup_links, marked_pieces


def encode_marked(tokenizer, text):
    """(ids, positions whose token is an answer)."""
    ids, answers = [], []
    for piece, mark in marked_pieces(text):
        if mark == "^":
            answers.append(len(ids))
        ids += tokenizer.encode_word(piece)
    return ids, answers


def share_right(forward, tokenizer, texts):
    """Share of ^ words that are the most likely token, over all texts."""
    right = asked = 0
    for start in range(0, len(texts), 16):
        rows = [encode_marked(tokenizer, text) for text in texts[start:start + 16]]
        length = max(len(ids) for ids, _ in rows)
        tokens = np.full((len(rows), length), tokenizer.end, dtype=np.int64)
        for row, (ids, _) in enumerate(rows):
            tokens[row, :len(ids)] = ids
        logits, _ = forward(tokens)
        for row, (ids, answers) in enumerate(rows):
            best = logits[row].argmax(-1)
            right += sum(int(best[at - 1] == ids[at]) for at in answers)
            asked += len(answers)
    return right / asked, asked


def lookup_texts(kind, entities, count, seed):
    """Facts and one question; "mixed:who" is a who question after facts of several kinds."""
    rng = random.Random(seed)
    texts = []
    while len(texts) < count:
        if kind.startswith("mixed:"):
            facts = facts_of_all_kinds(rng, entities)
            asked = [fact for fact in facts if fact[0] == kind[6:]]
            if not asked:
                continue
        else:
            facts = asked = facts_of_one_kind(rng, kind, entities)
        texts.append(" ".join([tell(fact) for fact in facts] + [ask(rng.choice(asked))]))
    return texts


def repeat_texts(count, seed, length=(5, 20)):
    rng = random.Random(seed)
    return [repeat(rng, length, times=(2,)) for _ in range(count)]


def story_texts(count, seed):
    rng = random.Random(seed)
    return [story(rng) for _ in range(count)]


def head_scores(forward, tokenizer, seed, rows=16, length=40):
    """Mean attention [layers, heads] of three jobs on random words said twice, bare.

    previous: to the token before; induction: in the second half to the token after the same word's
    first place; first: to position 0 (from position 2 on).
    """
    rng = random.Random(seed)
    tokens = []
    for _ in range(rows):
        half = [tokenizer.encode_word(" " + word)[0] for word in words(rng, length)]
        tokens.append(half + half)
    _, probs = forward(np.array(tokens, dtype=np.int64))
    at = np.arange(2, 2 * length)
    second = np.arange(length + 1, 2 * length)
    scores = {"previous": [], "induction": [], "first": []}
    for layer in probs:
        scores["previous"].append(layer[:, :, at, at - 1].mean((0, 2)))
        scores["induction"].append(layer[:, :, second, second - length + 1].mean((0, 2)))
        scores["first"].append(layer[:, :, at, 0].mean((0, 2)))
    return {name: np.array(rows) for name, rows in scores.items()}


def question_links(tokenizer, text):
    """(ids, [(job, query, key)]) of facts and one question; every word is one token here."""
    pieces = marked_pieces(text)
    ids = [i for piece, _ in pieces for i in tokenizer.encode_word(piece)]
    assert len(ids) == len(pieces), text
    return ids, lookup_links([mark for _, mark in pieces], [piece.strip() for piece, _ in pieces],
                             range(len(ids)))


def question_scores(forward, tokenizer, texts):
    """Mean attention {job: [layers, heads]} of the jobs that lookup_links() names."""
    sums, counts = {}, {}
    for text in texts:
        ids, links = question_links(tokenizer, text)
        _, probs = forward(np.array([ids], dtype=np.int64))
        table = np.stack([layer[0] for layer in probs])
        for job, query, key in links:
            sums[job] = sums.get(job, 0) + table[:, :, query, key]
            counts[job] = counts.get(job, 0) + 1
    return {job: sums[job] / counts[job] for job in sums}


def best_heads(scores):
    """{job: (layer, head, score)} counted from 1."""
    best = {}
    for job, table in scores.items():
        layer, head = np.unravel_index(int(table.argmax()), table.shape)
        best[job] = (int(layer) + 1, int(head) + 1, float(table[layer, head]))
    return best
