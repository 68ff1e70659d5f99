"""Trains the pocket model and its tokenizer: a minute or two, from scratch.

    python3 train_pocket.py RUN_FOLDER
"""

import argparse
import collections
import json
import math
import os
import random

import torch

from bpe import Tokenizer, train_merges
from corpus_pocket import SENTENCES
from loss import WeightedCrossEntropy, looking_wrong
from model import Llama
from train import save

# Most rows are short; the long ones keep the sentences whole in a run to 256 tokens and beyond.
LENGTHS = (12, 36, 12, 320)
HERE = os.path.dirname(os.path.abspath(__file__))


def pocket_tokenizer():
    counts = collections.Counter()
    for sentences in SENTENCES.values():
        for sentence in sentences:
            counts.update(sentence.split("|"))
    tokenizer = Tokenizer(train_merges(counts, 100000), add_prefix_space=False)
    for sentences in SENTENCES.values():
        for sentence in sentences:
            found = [tokenizer.decode([i]) for i in tokenizer.encode(sentence.replace("|", ""))]
            assert found == sentence.split("|"), (sentence, found)
    return tokenizer


def all_ids(tokenizer):
    return [tokenizer.encode(sentence.replace("|", "")) + [tokenizer.end]
            for sentences in SENTENCES.values() for sentence in sentences]


def token_weights(rows_of_ids):
    """Little for what the text before cannot tell, most for what needs a look back."""
    after_prefix, after_token = {}, {}
    for ids in rows_of_ids:
        for at, token in enumerate(ids):
            after_prefix.setdefault(tuple(ids[:at]), set()).add(token)
            after_token.setdefault(ids[at - 1] if at else None, set()).add(token)
    weights = []
    for ids in rows_of_ids:
        row = []
        for at in range(len(ids)):
            unknown = len(after_prefix[tuple(ids[:at])]) > 1
            far = len(after_token[ids[at - 1] if at else None]) > 1
            row.append(0.05 if unknown else 4.0 if far else 1.0)
        weights.append(row)
    return weights


def deciding_places(rows_of_ids):
    """[(sentence, query, key)]: of two sentences that differ in the word at `key`, agree up to
    `query` and then part, the place that must look back and the word that decides."""
    links = []
    for number, ids in enumerate(rows_of_ids):
        for other in rows_of_ids:
            same = [a == b for a, b in zip(ids, other)]
            if False in same and same.index(False) > 0 and same[same.index(False) + 1]:
                key = same.index(False)
                links.append((number, same.index(False, key + 1) - 1, key))
    return links


def batch(rng, rows_of_ids, token_shares, length):
    """Sentences of one language one after the other, each with its end token.

    Every sentence starts a row; rows that are long are a quarter of them, drawn at random.
    """
    starts = list(range(len(rows_of_ids)))
    if length > 100:
        starts = rng.sample(starts, len(starts) // 4)
    group = len(rows_of_ids) // len(SENTENCES)
    tokens, weights = [], []
    for start in starts:
        ids, shares = [], []
        while len(ids) <= length:
            # Every sentence is first in its row as often as any other.
            pick = start // group * group + rng.randrange(group) if ids else start
            ids += rows_of_ids[pick]
            shares += token_shares[pick]
        tokens.append(ids[:length + 1])
        weights.append(shares[1:length + 1])
    tokens = torch.tensor(tokens)
    return tokens[:, :-1], tokens[:, 1:], torch.tensor(weights)


def surest(model, rows_of_ids):
    """Per sentence, the probability of the right token at each place after the first."""
    with torch.no_grad():
        return [torch.softmax(model(torch.tensor([ids])), -1)[0, :-1].gather(
            1, torch.tensor(ids[1:])[:, None])[:, 0].tolist() for ids in rows_of_ids]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--steps", type=int, default=12000)
    parser.add_argument("--rate", type=float, default=1e-2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--config", default=os.path.join(HERE, "pocket.json"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    os.makedirs(args.folder, exist_ok=True)
    tokenizer = pocket_tokenizer()
    tokenizer.save(os.path.join(args.folder, "tokenizer.json"))
    with open(args.config, encoding="utf-8") as file:
        config = json.load(file)
    config["vocab_size"] = len(tokenizer)
    model = Llama(config, args.seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, betas=(0.9, 0.99),
                                  weight_decay=0.01)
    rng = random.Random(args.seed)
    rows_of_ids = all_ids(tokenizer)
    token_shares = token_weights(rows_of_ids)
    links = {"decides": deciding_places(rows_of_ids)}
    print(len(tokenizer), "tokens,", sum(w.numel() for w in model.parameters()), "parameters")
    for step in range(args.steps):
        share = step / args.steps
        rate = args.rate * min(1, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * share))
        for group in optimizer.param_groups:
            group["lr"] = rate
        length = LENGTHS[step % len(LENGTHS)]
        tokens, targets, weights = batch(rng, rows_of_ids, token_shares, length)
        short = length < 100
        teach = short * 0.1 * max(0.0, 1 - 2 * step / args.steps)
        logits = model(tokens, keep=teach > 0)
        loss = WeightedCrossEntropy.apply(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1),
                                          weights.reshape(-1))
        if teach > 0:
            # The sentence that starts a row stands where its links say.
            loss = loss + teach * looking_wrong(model.attention(), links, {"decides": (1, 0)})
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if (step + 1) % 1000 == 0:
            least = [min(p for p, share in zip(row, shares[1:]) if share >= 1)
                     for row, shares in zip(surest(model, rows_of_ids), token_shares)]
            print(step + 1, f"loss {loss.item():.4f}", "least probability of what can be known",
                  " ".join(f"{p:.2f}" for p in least), flush=True)
    save(os.path.join(args.folder, "checkpoint.pt"), model, optimizer, args.steps, config)


if __name__ == "__main__":
    main()
