"""Byte-level BPE: train it, use it, write it as tokenizer.json.

The split pattern and the letters that stand for bytes are GPT-2's, so that any reader of Hugging
Face folders understands the file.
"""

import json

import regex

SPLIT = regex.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")

END = "<|endoftext|>"


def byte_letters():
    """GPT-2's table: printable bytes stand for themselves, the rest for letters from 256 on."""
    plain = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    letters = {byte: chr(byte) for byte in plain}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(plain))
    return letters


LETTER = byte_letters()
BYTE = {letter: byte for byte, letter in LETTER.items()}


def to_letters(text):
    return "".join(LETTER[byte] for byte in text.encode("utf-8"))


def apply_merge(parts, left, right):
    joined = []
    index = 0
    while index < len(parts):
        if index + 1 < len(parts) and parts[index] == left and parts[index + 1] == right:
            joined.append(left + right)
            index += 2
        else:
            joined.append(parts[index])
            index += 1
    return joined


def train_merges(word_counts, limit):
    """Merges of the most frequent pair first; ties go to the pair that sorts first."""
    words = [(list(to_letters(word)), count) for word, count in sorted(word_counts.items())]
    merges = []
    while len(merges) < limit:
        pairs = {}
        for parts, count in words:
            for pair in zip(parts, parts[1:]):
                pairs[pair] = pairs.get(pair, 0) + count
        if not pairs:
            break
        left, right = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append((left, right))
        words = [(apply_merge(parts, left, right), count) for parts, count in words]
    return merges


class Tokenizer:
    def __init__(self, merges, add_prefix_space):
        self.merges = merges
        self.add_prefix_space = add_prefix_space
        self.rank = {pair: rank for rank, pair in enumerate(merges)}
        names = [LETTER[byte] for byte in range(256)]
        known = set(names)
        for left, right in merges:
            if left + right not in known:
                known.add(left + right)
                names.append(left + right)
        self.id = {name: index for index, name in enumerate(names)}
        self.end = len(names)
        self.names = names + [END]
        self.cache = {}

    def __len__(self):
        return len(self.names)

    def encode_word(self, word):
        """Ids of one piece of the split."""
        ids = self.cache.get(word)
        if ids is None:
            parts = list(to_letters(word))
            while len(parts) > 1:
                never = len(self.rank)
                best = min(zip(parts, parts[1:]), key=lambda pair: self.rank.get(pair, never))
                if best not in self.rank:
                    break
                parts = apply_merge(parts, *best)
            ids = [self.id[part] for part in parts]
            self.cache[word] = ids
        return ids

    def encode(self, text):
        ids = []
        for number, piece in enumerate(text.split(END)):
            if number:
                ids.append(self.end)
            if piece and self.add_prefix_space and not piece[0].isspace():
                piece = " " + piece
            for word in SPLIT.findall(piece):
                ids += self.encode_word(word)
        return ids

    def decode(self, ids):
        """Text of ids, the end token left out, the added leading space kept."""
        data = bytes(BYTE[letter] for i in ids if i != self.end for letter in self.names[i])
        return data.decode("utf-8", errors="replace")

    def to_json(self):
        byte_level = {"type": "ByteLevel", "add_prefix_space": self.add_prefix_space,
                      "trim_offsets": True, "use_regex": True}
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [{"id": self.end, "content": END, "single_word": False, "lstrip": False,
                              "rstrip": False, "normalized": False, "special": True}],
            "normalizer": None,
            "pre_tokenizer": byte_level,
            "post_processor": None,
            "decoder": byte_level,
            "model": {
                "type": "BPE",
                "dropout": None,
                "unk_token": None,
                "continuing_subword_prefix": None,
                "end_of_word_suffix": None,
                "fuse_unk": False,
                "byte_fallback": False,
                "vocab": {name: index for index, name in enumerate(self.names)},
                "merges": [f"{left} {right}" for left, right in self.merges],
            },
        }

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.to_json(), file, ensure_ascii=False, indent=1)
            file.write("\n")

    @staticmethod
    def load(path):
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        merges = [tuple(merge.split(" ")) for merge in data["model"]["merges"]]
        tokenizer = Tokenizer(merges, data["pre_tokenizer"]["add_prefix_space"])
        assert {n: i for i, n in enumerate(tokenizer.names)} == data["model"]["vocab"], path
        return tokenizer
