"""The Llama layer in PyTorch, with the tensor names of a Hugging Face folder."""

import math

import torch
from torch import nn
from torch.nn import functional


class RMSNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


def rotary_tables(length, head_dim, theta):
    frequency = theta ** (-torch.arange(0, head_dim, 2).double() / head_dim)
    angle = torch.arange(length).double()[:, None] * frequency[None, :]
    angle = torch.cat([angle, angle], dim=-1)
    return angle.cos().float(), angle.sin().float()


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], dim=-1) * sin


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config["hidden_size"]
        self.heads = config["num_attention_heads"]
        self.kv_heads = config["num_key_value_heads"]
        self.head_dim = config["head_dim"]
        self.q_proj = nn.Linear(width, self.heads * self.head_dim, bias=False)
        self.k_proj = nn.Linear(width, self.kv_heads * self.head_dim, bias=False)
        self.v_proj = nn.Linear(width, self.kv_heads * self.head_dim, bias=False)
        self.o_proj = nn.Linear(self.heads * self.head_dim, width, bias=False)
        self.probs = None

    def forward(self, x, cos, sin, mask, keep):
        batch, length, _ = x.shape

        def split(y, heads):
            return y.view(batch, length, heads, self.head_dim).transpose(1, 2)

        q = rotate(split(self.q_proj(x), self.heads), cos, sin)
        k = rotate(split(self.k_proj(x), self.kv_heads), cos, sin)
        v = split(self.v_proj(x), self.kv_heads)
        # The query heads of a group lie one after the other: one product with their keys does.
        group = self.heads // self.kv_heads
        rows = batch * self.kv_heads
        q = (q * (1 / math.sqrt(self.head_dim))).reshape(rows, group * length, self.head_dim)
        k = k.reshape(rows, length, self.head_dim)
        v = v.reshape(rows, length, self.head_dim)
        scores = torch.bmm(q, k.transpose(1, 2)).view(rows, group, length, length)
        probs = torch.softmax(scores + mask, dim=-1)
        if keep:
            self.probs = probs.view(batch, self.heads, length, length)
        out = torch.bmm(probs.view(rows, group * length, length), v)
        out = out.view(batch, self.heads, length, self.head_dim).transpose(1, 2)
        return self.o_proj(out.reshape(batch, length, self.heads * self.head_dim))


class Mlp(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, inner = config["hidden_size"], config["intermediate_size"]
        self.gate_proj = nn.Linear(width, inner, bias=False)
        self.up_proj = nn.Linear(width, inner, bias=False)
        self.down_proj = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    def __init__(self, config):
        super().__init__()
        width, eps = config["hidden_size"], config["rms_norm_eps"]
        self.input_layernorm = RMSNorm(width, eps)
        self.self_attn = Attention(config)
        self.post_attention_layernorm = RMSNorm(width, eps)
        self.mlp = Mlp(config)

    def forward(self, x, cos, sin, mask, keep):
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, mask, keep)
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    """Logits of every position; the head is the embedding."""

    def __init__(self, config, seed=0):
        super().__init__()
        torch.manual_seed(seed)
        self.config = config
        self.embed_tokens = nn.Embedding(config["vocab_size"], config["hidden_size"])
        self.layers = nn.ModuleList(Layer(config) for _ in range(config["num_hidden_layers"]))
        self.norm = RMSNorm(config["hidden_size"], config["rms_norm_eps"])
        deviation = config["initializer_range"]
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                last = name.endswith(("o_proj.weight", "down_proj.weight"))
                scale = 1 / math.sqrt(2 * config["num_hidden_layers"]) if last else 1
                nn.init.normal_(weight, std=deviation * scale)
        self.tables = {}

    def positions(self, length):
        if length not in self.tables:
            cos, sin = rotary_tables(length, self.config["head_dim"], self.config["rope_theta"])
            mask = torch.full((length, length), -1e9).triu(1)
            self.tables[length] = (cos, sin, mask)
        return self.tables[length]

    def forward(self, tokens, keep=False):
        cos, sin, mask = self.positions(tokens.shape[1])
        x = self.embed_tokens(tokens)
        for layer in self.layers:
            x = layer(x, cos, sin, mask, keep)
        return functional.linear(self.norm(x), self.embed_tokens.weight)

    def attention(self):
        """Probabilities of the last forward with keep: [layers][batch, heads, query, key]."""
        return [layer.self_attn.probs for layer in self.layers]
