"""Prints the ship gate of the story model, measured on its exported folder and on fresh samples.

    python3 gate.py FOLDER [--samples 200]
"""

import argparse
import datetime

from measure import (best_heads, head_scores, lookup_texts, question_scores, repeat_texts,
                     share_right, story_texts)
from reference import Reference

# Training never uses seeds this large.
SEED = 7 * 10**9
OPENINGS = ("Mia had a red kite.", "Ben and Lily were friends.", "A small fox lived in the forest.",
            "It was the birthday of Leo.", "It was night, and Nora could not sleep.",
            "Otto had a parrot.", "The clock of Ruth was broken.", "Today Kai wanted to play.",
            "Zoe was in the park. Dan was in the barn.",
            "Eva had a blue drum and Max had a green key.")


def look_up(model, forward, samples):
    worst = {}
    print("| questions | 2 facts | 3 facts | 4 facts |\n|---|---|---|---|")
    for kind in ("who", "where", "colour", "place", "mixed:who", "mixed:where", "mixed:colour"):
        shares = [share_right(forward, model.tokenizer,
                              lookup_texts(kind, count, samples, SEED + 10 * count))[0]
                  for count in (2, 3, 4)]
        print(f"| {kind} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")
        worst[kind] = sum(shares) / len(shares)
    return worst


def stories(model, count):
    for number, opening in enumerate(OPENINGS[:count]):
        ids = model.tokenizer.encode(opening)
        for name, heat in (("greedy", 0.0), ("sampled at 0.8", 0.8)):
            new, _ = model.continue_ids(ids, 110, heat, SEED + number)
            ended = "" if new[-1] == model.tokenizer.end else " (not ended)"
            print(f"{number + 1}. {name}: **{opening}**{model.tokenizer.decode(new)}{ended}\n")
    print("One of the grammar, to compare: " + story_texts(1, SEED)[0])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--samples", type=int, default=200)
    args = parser.parse_args()
    model = Reference(args.folder)
    parameters = sum(value.size for value in model.tensors.values())
    print(f"Measured on {datetime.date.today()}: {parameters:,} parameters, "
          f"{len(model.tokenizer)} tokens.\n")
    passed = {}

    texts = repeat_texts(args.samples // 2, SEED)
    share, asked = share_right(model.forward, model.tokenizer, texts)
    print(f"Random word lists said twice, 5 to 20 words: {share:.2%} of {asked} words copied.\n")
    passed["copying >= 95%"] = share >= 0.95

    means = look_up(model, model.forward, args.samples)
    for kind in ("who", "where", "colour"):
        mean = (means[kind] + means["mixed:" + kind]) / 2
        passed[f"{kind} >= 90% (mean {mean:.1%})"] = mean >= 0.9

    print("\nHeads, counted from 1, and the mean attention they give to where their job says:\n")
    scores = head_scores(model.forward, model.tokenizer, SEED, rows=8)
    heads = best_heads(scores)
    texts = [text for kind in ("mixed:who", "mixed:where", "mixed:colour")
             for text in lookup_texts(kind, 3, args.samples // 4, SEED + 1)]
    asked_heads = best_heads(question_scores(model.forward, model.tokenizer, texts))
    for job, (layer, head, score) in {**heads, **asked_heads}.items():
        print(f"- {job}: layer {layer} head {head}, {score:.2f}")
    passed["a previous-token head >= 0.5"] = heads["previous"][2] >= 0.5
    passed["an induction head >= 0.6"] = heads["induction"][2] >= 0.6
    passed["one more head with a nameable job >= 0.5"] = any(
        score >= 0.5 for _, _, score in asked_heads.values())

    print("\n| gate | |\n|---|---|")
    for name, holds in passed.items():
        print(f"| {name} | {'holds' if holds else 'MISSED'} |")
    print("\nTen openings, each continued greedily and sampled:\n")
    stories(model, 10)


if __name__ == "__main__":
    main()
