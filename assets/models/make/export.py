"""From a checkpoint to a model folder.

    python3 export.py CHECKPOINT TOKENIZER FOLDER [--kind F32|F16]
"""

import argparse

import numpy as np
import torch

from bpe import Tokenizer
from folder import write_folder
from model import Llama
from reference import Reference


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoint")
    parser.add_argument("tokenizer")
    parser.add_argument("folder")
    parser.add_argument("--kind", default="F32", choices=("F32", "F16"))
    args = parser.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu")
    tokenizer = Tokenizer.load(args.tokenizer)
    tensors = {f"model.{name}": value.float().numpy() for name, value in state["model"].items()}
    write_folder(args.folder, state["config"], tensors, tokenizer, args.kind)

    model = Llama(state["config"])
    model.load_state_dict(state["model"])
    tokens = np.random.default_rng(5).integers(0, len(tokenizer), (1, 64))
    with torch.no_grad():
        trained = model(torch.from_numpy(tokens)).numpy()
    exported, _ = Reference(args.folder).forward(tokens)
    print(f"{args.folder}: trained and exported logits differ by at most "
          f"{np.abs(trained - exported).max():.2e} (largest logit {np.abs(exported).max():.1f})")


if __name__ == "__main__":
    main()
