"""Records each demo prompt's continuation and head scores as prompts.json, or checks them again.

    python3 demos.py FOLDER pocket|story            writes FOLDER/prompts.json
    python3 demos.py FOLDER pocket|story --check    runs every prompt again and compares
"""

import argparse
import json
import os
import sys

import numpy as np

from demo_texts import BRANCHES, JOBS, PROMPTS, USUAL
from reference import Reference, softmax

TOLERANCE = 2e-3
# A look whose head gives less than this is not worth pointing at and is left out.
WORTH_SHOWING = 0.4


def place(texts, word, which):
    """Position of the `which`-th token that reads `word` (from 0; -1 is the last one)."""
    return [at for at, text in enumerate(texts) if text.strip() == word][which]


def pairs_of(job, texts, prompt_length):
    """[(query, key)] of one look of a prompt: see demo_texts.py."""
    if "pairs" in job:
        return [(place(texts, *query), place(texts, *key)) for query, key in job["pairs"]]
    if job["job"] == "previous":
        return [(at, at - 1) for at in range(1, prompt_length)]
    if job["job"] == "copy":
        said = texts[prompt_length:]
        return [(prompt_length + place(said, word, 0) - 1, place(texts, word, 0))
                for word in job["words"]]
    first, again = job["first"], job["again"]
    start, restart = place(texts, *first), place(texts, *again)
    return [(restart + i, start + i + 1) for i in range(job["words"] - 1)]


def best_head(attention, pairs, usual):
    """The head that gives most; the job's usual head (from 1) where it gives nearly as much."""
    tables = np.stack([layer[0] for layer in attention])
    scores = np.mean([tables[:, :, query, key] for query, key in pairs], 0)
    layer, head = np.unravel_index(int(scores.argmax()), scores.shape)
    if usual and scores[usual[0] - 1, usual[1] - 1] > 0.9 * scores[layer, head]:
        layer, head = usual[0] - 1, usual[1] - 1
    return int(layer), int(head), float(scores[layer, head])


def run(model, prompt, steps):
    ids = model.tokenizer.encode(prompt)
    new, sure = model.continue_ids(ids, steps)
    logits, attention = model.forward([ids + new])
    two = np.sort(softmax(logits[0, len(ids) - 1:-1]), -1)[:, -2:]
    return ids, new, sure, float((two[:, 1] - two[:, 0]).min()), attention


def record(model, kind, steps):
    entries = []
    for spec in PROMPTS[kind]:
        ids, new, sure, margin, attention = run(model, spec["prompt"], spec.get("steps", steps))
        texts = [model.tokenizer.decode([i]) for i in ids + new]
        looks = []
        for job in spec["look"]:
            pairs = pairs_of(job, texts, len(ids))
            layer, head, score = best_head(attention, pairs, USUAL[kind].get(job["job"]))
            if score < WORTH_SHOWING:
                continue
            looks.append({"job": job["job"], "layer": layer + 1, "head": head + 1,
                          "pairs": [list(pair) for pair in pairs], "score": round(score, 4),
                          "from": texts[pairs[0][0]], "to": texts[pairs[0][1]]})
        entries.append({
            "id": spec["id"], "language": spec["language"], "prompt": spec["prompt"],
            "prompt_tokens": ids, "continuation": model.tokenizer.decode(new),
            "continuation_tokens": new, "ends": new[-1] == model.tokenizer.end,
            "least_probability": round(min(sure), 4), "least_margin": round(margin, 5),
            "look": looks})
    return entries


def branches(model, kind):
    """Prompts that can go on in two ways: the choices above 10% and their probabilities."""
    entries = []
    for language, prompt in BRANCHES[kind]:
        ids = model.tokenizer.encode(prompt)
        probs = softmax(model.forward([ids])[0][0, -1])
        choices = [{"token": int(i), "text": model.tokenizer.decode([int(i)]),
                    "probability": round(float(probs[i]), 4)}
                   for i in np.argsort(-probs) if probs[i] > 0.1]
        entries.append({"language": language, "prompt": prompt, "choices": choices})
    return entries


def check(model, entries):
    wrong = []
    for entry in entries:
        ids, new, sure, _, attention = run(model, entry["prompt"],
                                            len(entry["continuation_tokens"]))
        if ids != entry["prompt_tokens"] or new != entry["continuation_tokens"]:
            wrong.append(entry["id"] + ": other tokens")
            continue
        if abs(min(sure) - entry["least_probability"]) > TOLERANCE:
            wrong.append(entry["id"] + ": other probability")
        for look in entry["look"]:
            table = attention[look["layer"] - 1][0, look["head"] - 1]
            score = float(np.mean([table[query, key] for query, key in look["pairs"]]))
            if abs(score - look["score"]) > TOLERANCE:
                wrong.append(f"{entry['id']}: {look['job']} {score:.4f}, not {look['score']}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("kind", choices=sorted(PROMPTS))
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    model = Reference(args.folder)
    path = os.path.join(args.folder, "prompts.json")
    if args.check:
        with open(path, encoding="utf-8") as file:
            wrong = check(model, json.load(file)["prompts"])
        print("\n".join(wrong) or "all prompts as recorded")
        sys.exit(1 if wrong else 0)
    entries = record(model, args.kind, 16 if args.kind == "pocket" else 110)
    used = sorted({look["job"] for entry in entries for look in entry["look"]})
    data = {"format": 1, "model": args.kind, "jobs": {job: JOBS[job] for job in used},
            "prompts": entries, "branches": branches(model, args.kind)}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")
    for entry in entries:
        looks = ", ".join(f"{look['job']} {look['layer']}.{look['head']} {look['score']:.2f}"
                          for look in entry["look"])
        print(f"{entry['id']}: {entry['prompt']} ->{entry['continuation']} "
              f"(least {entry['least_probability']:.2f}, "
              f"margin {entry['least_margin']:.4f}; {looks})")


if __name__ == "__main__":
    main()
