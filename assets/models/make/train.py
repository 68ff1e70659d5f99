"""Trains a model; stops and starts again from its checkpoint.

    python3 train.py CONFIG TOKENIZER RUN_FOLDER --steps 8000 --mix '{"story": 2, "lookup": 2}'

The run folder gets log.txt and checkpoint.pt. Running the same command again goes on from there.
"""

import argparse
import json
import math
import os
import time

import numpy as np
import torch

from bpe import Tokenizer
from data import Source
from loss import WeightedCrossEntropy, looking_wrong
from measure import best_heads, head_scores, lookup_texts, repeat_texts, share_right
from model import Llama


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("config")
    parser.add_argument("tokenizer")
    parser.add_argument("folder")
    parser.add_argument("--start", help="checkpoint whose weights a fresh run starts from")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rows", type=int, default=8)
    parser.add_argument("--length", type=int, default=256)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--floor", type=float, default=0.05, help="last rate as a share of --rate")
    parser.add_argument("--warm", type=int, default=100)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--beta2", type=float, default=0.98)
    parser.add_argument("--mix", default='{"story": 1, "lookup": 1, "repeat": 1}')
    parser.add_argument("--options", default="{}")
    parser.add_argument("--jobs", default="{}", help="heads shown where to look")
    parser.add_argument("--teach", type=float, default=0.2, help="weight of that")
    parser.add_argument("--teach-until", type=int, default=2000, help="step where it has faded out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--full", action="store_true", help="no bfloat16 in the products")
    return parser.parse_args()


def make_optimizer(model, args):
    matrices = [w for w in model.parameters() if w.dim() == 2]
    others = [w for w in model.parameters() if w.dim() != 2]
    groups = [{"params": matrices, "weight_decay": args.decay},
              {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=args.rate, betas=(0.9, args.beta2), eps=1e-8)


def rate_at(step, args):
    if step < args.warm:
        return args.rate * (step + 1) / args.warm
    share = min(1.0, (step - args.warm) / max(1, args.steps - args.warm))
    return args.rate * (args.floor + (1 - args.floor) * 0.5 * (1 + math.cos(math.pi * share)))


def measure(model, tokenizer, samples=64):
    """The gate in small, as one line."""
    model.eval()

    def forward(tokens):
        with torch.no_grad():
            logits = model(torch.from_numpy(tokens), keep=True)
        return logits.numpy(), [probs.numpy() for probs in model.attention()]

    parts = []
    for kind in ("who", "where", "colour", "place", "mixed:who", "mixed:where", "mixed:colour"):
        shares = [share_right(forward, tokenizer, lookup_texts(kind, n, samples // 2, 10**9 + n))[0]
                  for n in (2, 4)]
        parts.append(kind + " " + "/".join(f"{share:.2f}" for share in shares))
    share, _ = share_right(forward, tokenizer, repeat_texts(16, 10**9))
    parts.append(f"copy {share:.3f}")
    for job, (layer, head, score) in best_heads(head_scores(forward, tokenizer, 10**9, 4)).items():
        parts.append(f"{job} {layer}.{head} {score:.2f}")
    model.train()
    return ", ".join(parts)


def save(path, model, optimizer, step, config):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step,
                "config": config}, path + ".new")
    os.replace(path + ".new", path)


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    with open(args.config, encoding="utf-8") as file:
        config = json.load(file)
    tokenizer = Tokenizer.load(args.tokenizer)
    config["vocab_size"] = len(tokenizer)
    os.makedirs(args.folder, exist_ok=True)
    path = os.path.join(args.folder, "checkpoint.pt")
    model = Llama(config, args.seed)
    optimizer = make_optimizer(model, args)
    first = 0
    if os.path.exists(path):
        state = torch.load(path)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
    elif args.start:
        model.load_state_dict(torch.load(args.start)["model"])
    # A seed of its own for every leg, so that a resumed run does not see its first samples again.
    source = Source(tokenizer, json.loads(args.mix), args.seed * 100003 + first,
                    json.loads(args.options))
    log = open(os.path.join(args.folder, "log.txt"), "a", buffering=1)
    print(f"# {vars(args)} parameters {sum(w.numel() for w in model.parameters())}", file=log)
    began, total, shown, tokens_seen = time.time(), [], [], 0
    jobs = json.loads(args.jobs)
    for step in range(first, args.steps):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, args)
        tokens, targets, weights, links = source.batch(args.rows, args.length)
        teach = args.teach * max(0.0, 1 - step / args.teach_until) if jobs else 0
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.full):
            logits = model(tokens, keep=teach > 0)
        loss = WeightedCrossEntropy.apply(logits.view(-1, logits.shape[-1]), targets.view(-1),
                                          weights.view(-1))
        total.append(loss.item())
        if teach > 0:
            wrong = looking_wrong(model.attention(), links, jobs)
            loss = loss + teach * wrong
            shown.append(wrong.item())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        tokens_seen += tokens.numel()
        last = step + 1 == args.steps or time.time() - began > 60 * args.minutes
        if (step + 1) % args.every == 0 or last:
            speed = tokens_seen / (time.time() - began)
            print(f"{step + 1} loss {np.mean(total):.3f} shown {np.mean(shown or 0):.2f} "
                  f"{speed:.0f}/s {measure(model, tokenizer)}", file=log)
            total, shown = [], []
            save(path, model, optimizer, step + 1, config)
        if last:
            break


if __name__ == "__main__":
    main()
