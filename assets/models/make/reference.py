"""A Llama forward in float64 numpy, written from the folder alone: shares no code with training."""

import os

import numpy as np

from bpe import Tokenizer
from folder import read_folder


def norm(x, weight, eps):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + eps) * weight


def softmax(x):
    x = np.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


class Reference:
    def __init__(self, folder):
        self.config, self.tensors = read_folder(folder)
        self.tokenizer = Tokenizer.load(os.path.join(folder, "tokenizer.json"))
        self.head_dim = self.config["head_dim"]

    def turn(self, x):
        """Rotary embedding of x [..., position, head_dim], pairs (i, i + half)."""
        half = self.head_dim // 2
        speed = self.config["rope_theta"] ** (-2.0 * np.arange(half) / self.head_dim)
        angle = np.arange(x.shape[-2])[:, None] * speed
        a, b = x[..., :half], x[..., half:]
        return np.concatenate([a * np.cos(angle) - b * np.sin(angle),
                               b * np.cos(angle) + a * np.sin(angle)], -1)

    def attention(self, layer, x):
        rows, length, _ = x.shape

        def heads(name):
            weight = self.tensors[f"model.layers.{layer}.self_attn.{name}.weight"]
            return (x @ weight.T).reshape(rows, length, -1, self.head_dim).transpose(0, 2, 1, 3)

        q, k, v = self.turn(heads("q_proj")), self.turn(heads("k_proj")), heads("v_proj")
        group = q.shape[1] // k.shape[1]
        k, v = np.repeat(k, group, 1), np.repeat(v, group, 1)
        scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(self.head_dim)
        probs = softmax(np.where(np.tri(length, dtype=bool), scores, -np.inf))
        joined = (probs @ v).transpose(0, 2, 1, 3).reshape(rows, length, -1)
        return joined @ self.tensors[f"model.layers.{layer}.self_attn.o_proj.weight"].T, probs

    def mlp(self, layer, x):
        gate, up, down = (self.tensors[f"model.layers.{layer}.mlp.{name}_proj.weight"]
                          for name in ("gate", "up", "down"))
        gate = x @ gate.T
        return (gate / (1 + np.exp(-gate)) * (x @ up.T)) @ down.T

    def forward(self, tokens):
        """Logits [rows, length, vocab] and probabilities [layers][rows, heads, query, key]."""
        eps, t = self.config["rms_norm_eps"], self.tensors
        x = t["model.embed_tokens.weight"][np.asarray(tokens)]
        kept = []
        for layer in range(self.config["num_hidden_layers"]):
            name = f"model.layers.{layer}."
            added, probs = self.attention(layer, norm(x, t[name + "input_layernorm.weight"], eps))
            kept.append(probs)
            x = x + added
            x = x + self.mlp(layer, norm(x, t[name + "post_attention_layernorm.weight"], eps))
        return norm(x, t["model.norm.weight"], eps) @ t["model.embed_tokens.weight"].T, kept

    def continue_ids(self, ids, steps, temperature=0.0, seed=0):
        """(new ids, probability of each); stops after the end token. Temperature 0 is greedy."""
        rng = np.random.default_rng(seed)
        new, sure = [], []
        for _ in range(steps):
            logits = self.forward([ids + new])[0][0, -1]
            probs = softmax(logits / temperature) if temperature else softmax(logits)
            pick = int(rng.choice(len(probs), p=probs)) if temperature else int(probs.argmax())
            new.append(pick)
            sure.append(float(probs[pick]))
            if pick == self.tokenizer.end:
                break
        return new, sure
