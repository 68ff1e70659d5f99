"""Reads and writes a model folder in the Hugging Face layout, without any library for it."""

import json
import os
import struct

import numpy as np

FORMATS = {"F32": np.float32, "F16": np.float16}


def write_safetensors(path, tensors, kind):
    """8 bytes of header length, the JSON header padded to 8, then the values, little-endian."""
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, value in tensors.items():
        size = value.size * np.dtype(FORMATS[kind]).itemsize
        header[name] = {"dtype": kind, "shape": list(value.shape),
                        "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(np.ascontiguousarray(value.astype(FORMATS[kind])).tobytes())


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            values = np.frombuffer(data[begin:end], dtype=FORMATS[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"]).astype(np.float64)
    return tensors


def llama_config(config, end, kind):
    """config.json of the sizes in `config`."""
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": config["vocab_size"],
        "hidden_size": config["hidden_size"],
        "intermediate_size": config["intermediate_size"],
        "num_hidden_layers": config["num_hidden_layers"],
        "num_attention_heads": config["num_attention_heads"],
        "num_key_value_heads": config["num_key_value_heads"],
        "head_dim": config["head_dim"],
        "max_position_embeddings": config["max_position_embeddings"],
        "hidden_act": "silu",
        "rms_norm_eps": config["rms_norm_eps"],
        "rope_theta": config["rope_theta"],
        "rope_scaling": None,
        "attention_bias": False,
        "mlp_bias": False,
        "attention_dropout": 0.0,
        "initializer_range": config["initializer_range"],
        "tie_word_embeddings": True,
        "bos_token_id": None,
        "eos_token_id": end,
        "use_cache": True,
        "torch_dtype": {"F32": "float32", "F16": "float16"}[kind],
    }


def write_folder(folder, config, tensors, tokenizer, kind):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
        json.dump(llama_config(config, tokenizer.end, kind), file, indent=2)
        file.write("\n")
    tokenizer.save(os.path.join(folder, "tokenizer.json"))
    write_safetensors(os.path.join(folder, "model.safetensors"), tensors, kind)


def read_folder(folder):
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    return config, read_safetensors(os.path.join(folder, "model.safetensors"))
