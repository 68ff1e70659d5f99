"""Trains the story model's BPE: every word of its corpus becomes one token."""

import collections
import random
import sys

from bpe import Tokenizer, train_merges
from corpus_lookup import lookup
from corpus_repeat import WORDS, repeat
from corpus_story import story
from data import marked_pieces


def word_counts(seed=11, documents=6000):
    rng = random.Random(seed)
    counts = collections.Counter()
    for _ in range(documents):
        for text in (story(rng), lookup(rng), repeat(rng)):
            counts.update(piece for piece, _ in marked_pieces(text))
    # A floor, so that rare names become one token as surely as frequent ones.
    for word in WORDS:
        counts[" " + word] = max(counts[" " + word], 2000)
    return {word: max(count, 200) for word, count in counts.items()}


def main():
    counts = word_counts()
    merges = train_merges(counts, 4000)
    tokenizer = Tokenizer(merges, add_prefix_space=True)
    split = [word for word in counts if len(tokenizer.encode_word(word)) > 1]
    print(len(counts), "words,", len(merges), "merges,", len(tokenizer), "tokens, split:", split)
    tokenizer.save(sys.argv[1])


if __name__ == "__main__":
    main()
